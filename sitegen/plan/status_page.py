"""The page on which volunteers see how far their language is translated, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sitegen.model.messages import site_texts
from sitegen.model.text import Text
from sitegen.plan.context import Link, Page, StatusLine, StatusView
from sitegen.plan.phrases import MENUS_AND_TITLES, TRANSLATION_STATUS
from sitegen.plan.routes import ROOT
from sitegen.translate.segments import State

if TYPE_CHECKING:
    from sitegen.model.entry import Entry
    from sitegen.plan.pages import Pages

Counts = tuple[int, int, int]
"""How many texts are translated, stale and untranslated."""

Coverage = Mapping[str, Mapping[str, Counts]]
"""Entry id → language tag → counts, as the pages were rendered."""

NEXT = 12
"""Pages that are named in each list of what to do next."""
_BLOB = {"github.com": "blob/HEAD", "gitlab.com": "-/blob/HEAD"}
"""Hosts of repositories and how they address a file of the main branch."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One page or record: how far it is translated."""

    entry: Entry
    counts: Counts


def status_page(pages: Pages, tag: str, coverage: Coverage) -> Page:
    """The status page of one language."""
    address = pages.views.routes.status[tag]
    page = pages.plain("status", TRANSLATION_STATUS, address, tag, only=pages.views.routes.status, noindex=True)
    return replace(page, status=_Status(pages, tag, coverage).view())


class _Status:
    """Reckons the status as the readers of one language see it. A derived language shows that of its base."""

    def __init__(self, pages: Pages, tag: str, coverage: Coverage) -> None:
        self._views = pages.views
        self._site = pages.views.site
        self._tag = tag
        self._own = self._site.languages[tag].derived_from or tag
        self._coverage = coverage
        self._language_site = self._views.sites[tag]

    def view(self) -> StatusView:
        own = self._parts(self._own)
        sections = (*self._sections(own), self._menus(self._own))
        overview = tuple(self._overview())
        mine = next((line for line in overview if line.current), None)
        return StatusView(
            language=mine,
            languages=overview,
            sections=tuple(line for line in sections if line.total),
            stale=self._next(own, 1),
            untranslated=self._next(own, 2),
            catalogues=self._catalogues(),
        )

    # --- counting -----------------------------------------------------------------------------------------

    def _parts(self, tag: str) -> list[_Part]:
        """Every entry with something to translate into the language."""
        parts = []
        for name in self._site.config.collections:
            for view in self._views.sites[tag].entries(name):  # noted as a dependency
                entry = self._site.entries[view.id]
                counts = self._counts(entry, tag)
                if entry.source_language != tag and any(counts):
                    parts.append(_Part(entry, counts))
        return parts

    def _counts(self, entry: Entry, tag: str) -> Counts:
        """As rendered; records without a page have fields alone."""
        known = self._coverage.get(entry.id)
        return known.get(tag, (0, 0, 0)) if known is not None else self._views.field_counts(entry, tag)

    def _overview(self) -> Iterator[StatusLine]:
        for tag, language in self._site.languages.items():
            if language.pseudo or language.derived_from is not None:
                continue
            menus = self._menus(tag)
            found = [part.counts for part in self._parts(tag)]
            counts = _sum([*found, (menus.translated, menus.stale, menus.untranslated)])
            if sum(counts):
                title = Text(language.name, tag, language.dir)
                url = self._views.routes.status.get(tag)
                yield _line(title, None if url is None else ROOT + url, counts, current=tag == self._own)

    def _sections(self, parts: list[_Part]) -> Iterator[StatusLine]:
        for name in self._site.config.collections:
            counts = _sum(part.counts for part in parts if part.entry.collection == name)
            collection = self._language_site.collection(name)
            yield _line(collection.title, collection.url, counts)

    def _menus(self, tag: str) -> StatusLine:
        """Texts of site.yaml: the site's title, menus, titles of lists."""
        source = self._site.config.source_language
        counts = {State.TRANSLATED: 0, State.STALE: 0, State.UNTRANSLATED: 0}
        if tag != source:
            for text, _kind, context in site_texts(self._site.config):
                state = self._site.translations.text(text, context, source, tag).state
                if state in counts:
                    counts[State(state)] += 1
        return _line(self._views.interface(self._tag, MENUS_AND_TITLES), None, tuple(counts.values()))  # type: ignore[arg-type]

    # --- what to do ---------------------------------------------------------------------------------------

    def _next(self, parts: list[_Part], column: int) -> tuple[StatusLine, ...]:
        """Pages with texts of one kind, those with most of them first."""
        chosen = [part for part in parts if part.counts[column]]
        chosen.sort(key=lambda part: (-part.counts[column], part.entry.id))
        lines = []
        for part in chosen[:NEXT]:
            view = self._language_site.view(part.entry)
            lines.append(_line(view.title, view.url, part.counts))
        return tuple(lines)

    def _catalogues(self) -> tuple[Link, ...]:
        """The files to translate, each with its address where the repository's host is known."""
        repository = self._site.config.translate.repository
        names = [catalogue.name for catalogue in self._site.translations.catalogues_of(self._own)]
        return tuple(Link(Text(name, "und"), file_address(repository, name) or "") for name in names)


def file_address(repository: str | None, path: str) -> str | None:
    """The address of a file in a repository on a host that is known, else None."""
    if not repository:
        return None
    parts = urlsplit(repository)
    middle = _BLOB.get((parts.hostname or "").removeprefix("www."))
    base = repository.rstrip("/").removesuffix(".git")
    return f"{base}/{middle}/{quote(path)}" if middle and parts.scheme == "https" else None


def _sum(found: Iterator[Counts] | list[Counts]) -> Counts:
    rows = list(found)
    return sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows)


def _line(title: Text, url: str | None, counts: Counts, *, current: bool = False) -> StatusLine:
    return StatusLine(title, url, sum(counts), *counts, current=current)
