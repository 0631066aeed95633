"""The search indexes: made from the finished pages of each language, anew only where one of these changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.engine.digests import digest_bytes, digest_value
from sitegen.locales.folding import Folding, folding_for
from sitegen.locales.inflection import inflection_of
from sitegen.plan.paging import page_address
from sitegen.plan.routes import Routes, list_pages, output_path
from sitegen.production.memory import Memory
from sitegen.render.outputs import Renderer
from sitegen.render.search_index import SearchPage, index_files, shown_runs, terms_of
from sitegen.render.search_text import page_text

File = tuple[str, str, Callable[[], bytes]]
"""Path, digest and content; the content of a file that stays as it is, is never asked for."""

_Found = tuple[str, tuple[str, str], bool]
"""Address, label, and whether the title alone is searched: most lists repeat what other pages say."""


_NO_LABEL = ("", "")


class SearchIndexes:
    """The indexes of all languages. `digests`: output path → digest; `read`: the content of a page by its path.

    `states`: what each language's index was made from, for the next build.
    """

    def __init__(
        self, renderer: Renderer, memory: Memory, digests: Callable[[str], str], read: Callable[[str], bytes]
    ) -> None:
        self.renderer = renderer
        self.memory = memory
        self.digests = digests
        self.read = read
        self.states: dict[str, Any] = {}
        self.pages: dict[str, dict[str, Any]] = {}

    def files(self) -> Iterator[File]:
        for tag, address in self.renderer.routes.search.items():
            yield from self._language(tag, address)

    def note(self, memory: Memory) -> None:
        """Remember, for the next build, what `files` found out."""
        memory.about["search"] = self.states
        memory.search_pages = self.pages

    def _language(self, tag: str, address: str) -> Iterator[File]:
        found = sorted(self._found(tag))
        folding = folding_for(tag, self.renderer.site.languages)
        inflection = inflection_of(tag)
        sources = [(*page, self.digests(output_path(page[0]))) for page in found]
        analysis = digest_value([dict(folding.letters), folding.pairs])
        state = digest_value([sources, analysis, inflection and [inflection.endings, inflection.changes]])
        known = self.memory.about.get("search", {}).get(tag)
        if known and known[0] == state and all(path in self.memory.outputs for path in known[1]):
            self.states[tag] = known
            yield from ((path, self.memory.outputs[path][0], bytes) for path in known[1])
            return
        pages = [page for one in found if (page := self._page(one, tag, analysis, folding)) is not None]
        self.states[tag] = [state, []]
        for name, content in index_files(pages, folding, inflection):
            self.states[tag][1].append(address + name)
            yield address + name, digest_bytes(content), partial(bytes, content)

    def _found(self, tag: str) -> Iterator[_Found]:
        """The pages of a language that can be found."""
        site, routes = self.renderer.site, self.renderer.routes
        labels = self._labels(routes, tag)
        for (entry_id, other), address in routes.entries.items():
            if other == tag and not site.entries[entry_id].value("noindex"):
                yield address, labels.get(site.entries[entry_id].collection, _NO_LABEL), False
        for (name, other), address in routes.lists.items():
            if other == tag:
                yield from self._list(name, tag, address)
        for (_, other), address in routes.tags.items():
            if other == tag:
                yield address, _NO_LABEL, True

    def _list(self, name: str, tag: str, address: str) -> Iterator[_Found]:
        """A list by its title; where its entries have no pages of their own, all that it says."""
        site = self.renderer.site
        settings = site.config.collections[name]
        last = 1 if settings.publish else list_pages(site, settings, site.languages[tag])
        for number in range(1, last + 1):
            yield page_address(address, number), _NO_LABEL, settings.publish

    def _labels(self, routes: Routes, tag: str) -> Mapping[str, tuple[str, str]]:
        collections = self.renderer.views.sites[tag].collections
        titles = {name: view.title for name, view in collections.items() if (name, tag) in routes.lists}
        return {name: (str(title), title.lang if title.lang != tag else "") for name, title in titles.items()}

    def _page(self, found: _Found, tag: str, analysis: str, folding: Folding) -> SearchPage | None:
        address, label, title_only = found
        path = output_path(address)
        digest = f"{self.digests(path)} {analysis} {title_only}"
        known = self.memory.search(tag).get(path)
        if not (isinstance(known, list) and len(known) == 5 and known[0] == digest):
            text = page_text(self.read(path).decode())
            terms = terms_of(text, folding, title_only=title_only)
            known = [digest, text.title, text.title_lang, [] if title_only else shown_runs(text), terms]
        self.pages.setdefault(tag, {})[path] = known
        _, title, title_lang, runs, terms = known
        below = address.removeprefix(self.renderer.site.languages[tag].prefix)
        return SearchPage(below, label, title, title_lang, runs, terms) if title else None
