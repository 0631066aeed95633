"""Whether a list speaks its language: search engines need no list of foreign titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.model.text import Text
from sitegen.translate.segments import State

if TYPE_CHECKING:
    from sitegen.plan.views import Views


class ListCoverage:
    """Answers, and remembers, for lists (`list news`), tags (`tag village`) and the list of tags (`tags`)."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._site = views.site
        self._known: dict[tuple[str, str], bool] = {}

    def spoken(self, subject: str, tag: str) -> bool:
        """Whether enough of the list's titles are translated. Noted as a dependency of the page that asks."""
        self._views.sites[tag].record(f"spoken:{subject}")
        return self.is_spoken(subject, tag)

    def state(self, subject: str, tag: str) -> str:
        """What that dependency stands for: whether the list exists in this language, and speaks it."""
        kind, _, name = subject.partition(" ")
        table = self._views.routes.lists if kind == "list" else self._views.routes.tags
        return f"{(name, tag) in table} {self.is_spoken(subject, tag)}"

    def is_spoken(self, subject: str, tag: str) -> bool:
        """As `spoken`, without a note."""
        found = self._known.get((subject, tag))
        if found is None:
            translations = self._site.translations
            used, translations.used = translations.used, None  # this answer is the dependency, not its parts
            found = self._known[subject, tag] = self._reckon(subject, tag)
            translations.used = used
        return found

    def _reckon(self, subject: str, tag: str) -> bool:
        language = self._site.languages[tag]
        if language.pseudo:
            return False
        if self._site.config.source_language in (tag, language.derived_from):
            return True
        states = [text.state for text in self._titles(subject, tag)]
        spoken = sum(state != State.UNTRANSLATED for state in states)
        return spoken >= language.threshold * len(states)

    def _titles(self, subject: str, tag: str) -> Iterator[Text]:
        kind, _, name = subject.partition(" ")
        language_site = self._views.sites[tag]
        if kind == "list":
            settings = self._site.config.collections[name]
            yield language_site.site_text(settings.title, f"collections.{name}.title")
            entries = self._site.collections.get(name, ())
            yield from (language_site.title_of(entry) for entry in entries if self._site.exists(entry, tag))
            return
        every = [slug for slug, other in self._views.routes.tags if other == tag and slug]
        for slug in (name,) if kind == "tag" else every:
            text, ids = self._site.tags[slug]
            entries = [self._site.entries[entry_id] for entry_id in ids]
            yield self._views.tag_link(slug, text, entries[0].source_language, tag).title
            if kind == "tag":
                yield from (language_site.title_of(entry) for entry in entries if self._site.exists(entry, tag))
