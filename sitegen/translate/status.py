"""How far each language has come: per language, domain and page, now or at another time.

Counts are distinct messages of the templates. A message counts for every page that it stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.problems import Problems
from sitegen.read.po import PoFile, parse_po
from sitegen.read.po_files import decode_po
from sitegen.translate.catalogue import Catalogue, Catalogues
from sitegen.translate.segments import State


@dataclass(slots=True)
class Counts:
    """Messages by state."""

    total: int = 0
    translated: int = 0
    stale: int = 0

    @property
    def untranslated(self) -> int:
        return self.total - self.translated - self.stale

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 means all of it. Nothing to translate is 100."""
        return 100 * self.translated // self.total if self.total else 100

    def add(self, state: State) -> None:
        self.total += 1
        self.translated += state in (State.TRANSLATED, State.SAME)
        self.stale += state is State.STALE

    def as_json(self) -> dict[str, int]:
        return {
            "total": self.total,
            "translated": self.translated,
            "stale": self.stale,
            "untranslated": self.untranslated,
            "percent": self.percent,
        }


@dataclass(slots=True)
class LanguageStatus:
    """One language: all in all, by domain, by page (source file)."""

    counts: Counts = field(default_factory=Counts)
    domains: dict[str, Counts] = field(default_factory=dict)
    pages: dict[str, Counts] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.counts.as_json(),
            "domains": {name: counts.as_json() for name, counts in sorted(self.domains.items())},
            "pages": {name: counts.as_json() for name, counts in sorted(self.pages.items())},
        }


@dataclass(frozen=True, slots=True)
class Status:
    """Tag → status of the language, in the site's order."""

    languages: Mapping[str, LanguageStatus]

    def as_json(self) -> dict[str, Any]:
        """`{"languages": {"fi": {"total", "translated", "stale", "untranslated", "percent", "domains", "pages"}}}`."""
        return {"languages": {tag: language.as_json() for tag, language in self.languages.items()}}


def translation_status(
    templates: Mapping[str, PoFile],
    catalogues: Catalogues,
    tags: Iterable[str],
    *,
    source_languages: Mapping[str, str],
    derived: Mapping[str, str] | None = None,
) -> Status:
    """The status of the languages `tags`.

    `templates`: domain → template. `source_languages`: domain → the tag it is written in, which needs no translation.
    `derived`: tag → the tag from which its texts are derived; what that one has, it has.
    """
    derived = derived or {}
    languages: dict[str, LanguageStatus] = {}
    for tag in tags:
        language = languages[tag] = LanguageStatus()
        for domain, template in sorted(templates.items()):
            source = source_languages.get(domain)
            if source in (tag, derived.get(tag)):
                continue
            chain = [found for name in (tag, derived.get(tag)) if name and (found := catalogues.get((domain, name)))]
            _count(template, chain, language, language.domains.setdefault(domain, Counts()))
    return Status(languages)


def _count(template: PoFile, chain: list[Catalogue], language: LanguageStatus, domain: Counts) -> None:
    for entry in template.messages:
        state = _state(chain, entry.msgid, entry.context)
        language.counts.add(state)
        domain.add(state)
        for page in entry.references:
            language.pages.setdefault(page, Counts()).add(state)


def _state(chain: list[Catalogue], msgid: str, context: str | None) -> State:
    found = (message for catalogue in chain if (message := catalogue.lookup(msgid, context)) is not None)
    message = next(found, None)
    return message.state if message is not None else State.UNTRANSLATED


Loader = Callable[[str], bytes | None]
"""Path relative to the site → the file's bytes at another time (a git revision), None when there was none."""


def load_former(
    loader: Loader, paths: Mapping[tuple[str, str], str], sources: Mapping[str, str] | None = None
) -> dict[tuple[str, str], Catalogue]:
    """Catalogues as they were: `paths` is (domain, tag) → path, as `find_po` gives it. Their problems are history."""
    found: dict[tuple[str, str], Catalogue] = {}
    for (domain, tag), path in paths.items():
        data = loader(path)
        text = decode_po(data, path, Problems()) if data is not None else None
        if text is not None:
            source = (sources or {}).get(domain, "")
            found[domain, tag] = Catalogue(tag, domain, parse_po(text, path, Problems()), source_language=source)
    return found


def load_former_templates(loader: Loader, paths: Mapping[str, str]) -> dict[str, PoFile]:
    """Templates as they were: `paths` is domain → path."""
    found: dict[str, PoFile] = {}
    for domain, path in paths.items():
        data = loader(path)
        text = decode_po(data, path, Problems()) if data is not None else None
        if text is not None:
            found[domain] = parse_po(text, path, Problems())
    return found


def changes(now: Status, then: Status) -> dict[str, dict[str, int]]:
    """Tag → how much each count rose (or fell) since `then`; languages that are new count from nothing."""
    result: dict[str, dict[str, int]] = {}
    for tag, language in now.languages.items():
        before = then.languages.get(tag, LanguageStatus()).counts.as_json()
        if tag not in then.languages or not before["total"]:
            before = dict.fromkeys(before, 0)
        result[tag] = {name: value - before[name] for name, value in language.counts.as_json().items()}
    return result
