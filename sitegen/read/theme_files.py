"""Finding a theme and its parents: in the site, or among those that come with sitegen."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.read.config_fields import declared_fields
from sitegen.read.files import read_found
from sitegen.read.records import Theme
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.schema.fields import Field, FieldType
from sitegen.schema.nodes import Mapping as MappingNode
from sitegen.schema.nodes import Node, Scalar
from sitegen.schema.site_file import field_declaration
from sitegen.schema.validate import Validator, validate

MAX_THEME_PARENTS = 5
THEME_FILE = "theme.yaml"

THEME_FIELDS = (
    Field(name="name", type=FieldType.TEXT, doc="The name of the theme, the same as its folder's.", maximum_length=60),
    Field(name="description", type=FieldType.TEXT, doc="What the theme is for.", maximum_length=1_000),
    Field(name="version", type=FieldType.TEXT, doc="Its version.", maximum_length=60),
    Field(name="licence", type=FieldType.TEXT, doc="Its licence, best as an SPDX name.", maximum_length=100),
    Field(
        name="parent",
        type=FieldType.TEXT,
        doc="The theme whose files stand in for those that this one lacks.",
        maximum_length=60,
    ),
    Field(
        name="directories",
        type=FieldType.TEXT,
        many=True,
        doc="Collections whose lists it shows as directories, with pages of facets: `lags`.",
        maximum_length=60,
    ),
    Field(
        name="options",
        type=FieldType.NAMED,
        doc="What a site may set: name → declaration, in the language of own fields.",
        shorthand="type",
        fields=field_declaration(),
    ),
)
_THEME_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class _Folder:
    """A theme's folder on disk, and what its theme.yaml says."""

    name: str
    folder: str
    parent: str | None = None
    options: tuple[Field, ...] = ()
    directories: tuple[str, ...] = ()


def read_theme(config: Config, problems: Problems) -> Theme:
    """The theme of the site with its parents, nearest first. What is missing has been reported by `load_config`."""
    chain = _chain(config.root, config.theme, Position("site.yaml"), Problems())
    return Theme(
        name=config.theme,
        template_dirs=_subfolders(chain, "templates"),
        asset_dirs=_subfolders(chain, "assets"),
        catalogue_dirs=_subfolders(chain, "i18n"),
        options=config.theme_options,
        directories=frozenset(name for theme in chain for name in theme.directories),
    )


def load_theme_options(root: Path, site: MappingNode, name: str, problems: Problems) -> dict[str, Any]:
    """The options of the theme as `site.yaml` sets them, validated against the theme's own table, with its defaults."""
    node = site.items.get("theme")
    chain = _chain(root, name, node.position if node is not None else site.position, problems)
    fields: dict[str, Field] = {}
    for folder in reversed(chain):
        fields.update({field.name: field for field in folder.options})
    options = _options_node(node)
    if options is None or not chain:
        return _defaults(fields)
    values, _ = Validator(tuple(fields.values()), owner=f"the theme '{name}'").validate(options, problems)
    return {**_defaults(fields), **values}


def _defaults(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {field.name: field.default for field in fields.values()}


def _options_node(theme: Node | None) -> MappingNode | None:
    options = theme.items.get("options") if isinstance(theme, MappingNode) else None
    if isinstance(options, MappingNode):
        return options
    return (
        None
        if options is None or (isinstance(options, Scalar) and options.is_null)
        else MappingNode({}, options.position)
    )


def _subfolders(chain: list[_Folder], name: str) -> tuple[str, ...]:
    folders = (os.path.join(theme.folder, name) for theme in chain)
    return tuple(folder for folder in folders if os.path.isdir(folder))


def _chain(root: Path, name: str, position: Position, problems: Problems) -> list[_Folder]:
    chain: list[_Folder] = []
    wanted: str | None = name
    while wanted is not None:
        if any(theme.name == wanted for theme in chain) or len(chain) > MAX_THEME_PARENTS:
            problems.error(
                "theme-parents",
                position,
                f"the parents of the theme '{name}' lead back to '{wanted}' or are more than "
                f"{MAX_THEME_PARENTS} (MAX_THEME_PARENTS); change 'parent' in its theme.yaml",
            )
            break
        folder = _find(root, wanted)
        if folder is None:
            known = _known(root)
            problems.error(
                "theme-missing",
                position,
                f"there is no theme '{wanted}' (themes: {', '.join(known)})"
                f"{did_you_mean(wanted, known)}; put it into themes/{wanted}",
            )
            break
        theme = _read_theme_file(root, wanted, folder, problems)
        chain.append(theme)
        wanted, position = theme.parent, Position(_shown(root, folder))
    return chain


def theme_homes(root: Path) -> tuple[str, ...]:
    """Folders that hold themes: the site's, the package's, and the repository's when sitegen runs from a checkout."""
    package = Path(__file__).resolve().parent.parent
    return str(root / "themes"), str(package / "themes"), str(package.parent / "themes")


def _find(root: Path, name: str) -> str | None:
    if not _THEME_NAME.fullmatch(name):
        return None
    folders = (os.path.join(home, name) for home in theme_homes(root))
    return next((folder for folder in folders if os.path.isdir(folder)), None)


def _known(root: Path) -> list[str]:
    names: set[str] = set()
    for home in theme_homes(root):
        if os.path.isdir(home):
            names.update(
                name for name in os.listdir(home) if os.path.isdir(os.path.join(home, name)) and name[0] != "."
            )
    return sorted(names)


def _shown(root: Path, folder: str) -> str:
    """The path of the theme's file in messages: relative to the site, where it lies there."""
    relative = os.path.relpath(folder, root)
    return (
        f"{relative.replace(os.sep, '/')}/{THEME_FILE}"
        if not relative.startswith("..")
        else f"themes/{os.path.basename(folder)}/{THEME_FILE}"
    )


def _read_theme_file(root: Path, name: str, folder: str, problems: Problems) -> _Folder:
    path = os.path.join(folder, THEME_FILE)
    shown = _shown(root, folder)
    if not os.path.exists(path):
        return _Folder(name, folder)
    text = read_found(path, shown, problems)
    node = parse_yaml(text, shown, problems) if text is not None else None
    if not isinstance(node, MappingNode):
        return _Folder(name, folder)
    values, positions = validate(node, THEME_FIELDS, problems, owner=THEME_FILE)
    options = declared_fields(values.get("options", {}), "options", positions, node.position, problems)
    return _Folder(name, folder, values.get("parent"), options, values.get("directories", ()))
