"""`site.yaml` → Config, with every mistake in it named at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sitegen.config import Config, ContactConfig, LanguageConfig, MenuItemConfig, TranslateConfig
from sitegen.problems import Position, Problems
from sitegen.read.config_collections import load_collections
from sitegen.read.config_languages import load_languages
from sitegen.read.config_place import load_output, load_url
from sitegen.read.files import read_text
from sitegen.read.theme_files import load_theme_options
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.schema.fields import SourceText
from sitegen.schema.nodes import Mapping as MappingNode
from sitegen.schema.site_file import SITE_FIELDS
from sitegen.schema.validate import Validator, validate

SITE_FILE = "site.yaml"

_LANGUAGE_FIELDS = tuple(field for field in SITE_FIELDS if field.name in ("languages", "source_language"))


def load_config(
    root: Path, problems: Problems, *, output: Path | None = None, base_url: str | None = None
) -> Config | None:
    """The site's configuration, or None where there is none or it names no language.

    `output` and `base_url` come from the command line and win over the file. A Config that comes with errors is good
    enough to look for more of them, not to build.
    """
    root = Path(os.path.abspath(root))
    text = _read(root, problems)
    if text is None:
        return None
    node = parse_yaml(text, SITE_FILE, problems)
    if not isinstance(node, MappingNode):
        if not problems.errors:
            problems.error(
                "config-type",
                Position(SITE_FILE, 1, 1),
                "site.yaml is no mapping of fields; it needs at least 'title: …' and 'languages: [en]'",
            )
        return None
    languages, source = _languages(node, problems)
    validator = Validator(
        SITE_FIELDS,
        owner=SITE_FILE,
        languages=[language.tag for language in languages],
        aliases={language.path: language.tag for language in languages},
    )
    values, positions = validator.validate(node, problems, source_language=source)
    if not languages:
        return None
    return _config(root, text, node, values, positions, languages, source, problems, output, base_url)


def _read(root: Path, problems: Problems) -> str | None:
    if not root.is_dir():
        problems.error(
            "site-missing", Position(str(root)), "there is no such folder; name the folder that holds site.yaml"
        )
        return None
    if not os.path.lexists(root / SITE_FILE):
        other = next((name for name in ("site.yml", "Site.yaml", "config.yaml") if (root / name).exists()), None)
        hint = f"rename {other}" if other else "'sitegen init' makes a small site to begin with"
        problems.error("site-file-missing", Position(SITE_FILE), f"there is no site.yaml in this folder; {hint}")
        return None
    return read_text(root, SITE_FILE, problems)


def _languages(node: MappingNode, problems: Problems) -> tuple[tuple[LanguageConfig, ...], str]:
    """The languages come first: texts in the rest of the file may be given for each of them."""
    values, positions = validate(node, _LANGUAGE_FIELDS, Problems(), require=False)
    return load_languages(values, positions, node.position, problems)


def _config(
    root: Path,
    text: str,
    node: MappingNode,
    values: Mapping[str, Any],
    positions: Mapping[str, Position],
    languages: tuple[LanguageConfig, ...],
    source: str,
    problems: Problems,
    output: Path | None,
    base_url: str | None,
) -> Config:
    here = node.position
    url, base_path = load_url(values.get("url"), positions.get("url", here), base_url, problems)
    theme = values.get("theme", {})
    return Config(
        root=root,
        title=values.get("title", SourceText("", here, {})),
        description=values.get("description", SourceText("", here, {})),
        url=url,
        base_path=base_path,
        languages=languages,
        source_language=source,
        prefix_source_language=values.get("prefix_source_language", True),
        timezone=values.get("timezone", "UTC"),
        theme=theme.get("name", "network"),
        theme_options=load_theme_options(root, node, theme.get("name", "network"), problems),
        menus={
            name: tuple(
                _menu_item(item, f"menus.{name}.{number}", positions, problems) for number, item in enumerate(items)
            )
            for name, items in values.get("menus", {}).items()
        },
        collections=load_collections(root, values.get("collections", {}), positions, source, problems),
        funding=values.get("funding", ()),
        contact=ContactConfig(**values.get("contact", {})),
        translate=TranslateConfig(**values.get("translate", {})),
        output=load_output(root, values.get("output"), positions.get("output", here), output, problems),
        notice=values.get("notice"),
        search=values.get("search", True),
        digest=hashlib.blake2b(text.encode(), digest_size=16).hexdigest(),
    )


def _menu_item(
    item: Mapping[str, Any], path: str, positions: Mapping[str, Position], problems: Problems
) -> MenuItemConfig:
    position = positions.get(path, Position(SITE_FILE))
    targets = [name for name in ("entry", "collection", "url") if name in item]
    children = item.get("children", ())
    if len(targets) > 1:
        problems.error("menu-item", position, f"this menu item leads to {' and '.join(targets)}; keep one of them")
    elif not targets and not (children and "title" in item):
        problems.error(
            "menu-item", position, "this menu item leads nowhere; give it an 'entry', a 'collection' or a 'url'"
        )
    elif targets == ["url"] and "title" not in item:
        problems.error(
            "menu-item", position, "this menu item has a 'url' and no 'title'; add 'title: …', the text of the link"
        )
    return MenuItemConfig(
        position=position,
        entry=item.get("entry"),
        collection=item.get("collection"),
        url=item.get("url"),
        title=item.get("title"),
        children=tuple(
            _menu_item(child, f"{path}.children.{number}", positions, problems) for number, child in enumerate(children)
        ),
    )
