"""`sitegen i18n check`: every catalogue of a site read as a careful proof-reader would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.problems import Position, Problems
from sitegen.translation.messages import Messages, collect_messages

if TYPE_CHECKING:
    from sitegen.read.po_files import PoSource
    from sitegen.translate.glossary import Glossary

GLOSSARY = "i18n/glossary.yaml"


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was looked at: catalogues and translated messages."""

    catalogues: int
    messages: int


def check_translations(root: Path, problems: Problems) -> Checked | None:
    """Check all catalogues of the site and of its own themes; None when the site cannot be read.

    Beside what each message gives cause for, a catalogue that no longer fits the sources is a warning.
    """
    from sitegen.model.catalogues import domain_source
    from sitegen.translate.message_checks import check_catalogue

    found = Problems()
    messages = collect_messages(root, found)
    # What loading says of unsafe messages is said below with its own severity.
    problems.extend(problem for problem in found if not problem.code.startswith("translation-"))
    if messages is None:
        return None
    glossary = load_glossary(messages, problems)
    catalogues = number = 0
    for source in _catalogues(messages, problems):
        catalogues += 1
        number += sum(entry.has_translation for entry in source.po.messages)
        language = domain_source(source.domain, messages.config.source_language)
        check_catalogue(source.po, source.tag, source.domain, problems, source_language=language, glossary=glossary)
    if not problems.errors:
        _check_fresh(root, problems)
    return Checked(catalogues, number)


def load_glossary(messages: Messages, problems: Problems) -> Glossary:
    """The site's glossary; an absent one is empty."""
    from sitegen.read.files import read_text
    from sitegen.read.yaml_nodes import parse_yaml
    from sitegen.translate.glossary import Glossary, parse_glossary

    root = messages.config.root
    if not (root / GLOSSARY).is_file():
        return Glossary()
    text = read_text(root, GLOSSARY, problems)
    node = parse_yaml(text, GLOSSARY, problems) if text is not None else None
    tags = [language.tag for language in messages.config.languages]
    return Glossary() if node is None else parse_glossary(node, problems, tags)


def _catalogues(messages: Messages, problems: Problems) -> Iterator[PoSource]:
    """Those of the site, then those of the themes that lie in it, in all the languages that these have."""
    from sitegen.read.po_files import read_catalogue_files

    root = messages.config.root
    tags = [language.tag for language in messages.config.languages]
    yield from read_catalogue_files(root, "i18n", tags, problems)
    for theme in messages.themes:
        folder = theme / "i18n"
        own = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        name = folder.relative_to(root).as_posix()
        yield from read_catalogue_files(root, name, dict.fromkeys((*tags, *own)), problems)


def _check_fresh(root: Path, problems: Problems) -> None:
    from sitegen.translation.updates import update

    report = update(root, Problems(), force=True, dry_run=True)
    for file in report.files if report is not None else ():
        if file.created or file.result.changed:
            message = "the sources have changed since the last 'sitegen i18n update'; run it"
            problems.warning("catalogue-outdated", Position(file.path), message)
