"""Which text stands for a source text in each language, and how true it is to its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sitegen.model.language import Language, direction_of
from sitegen.model.text import Text
from sitegen.schema.fields import SourceText
from sitegen.translate.segment_text import message_id
from sitegen.translate.segments import Lookup, Segment, State, Translation

if TYPE_CHECKING:
    from sitegen.translate.catalogue import Catalogue


def content_domain(source: str, site_source: str) -> str:
    """The gettext domain of texts whose source language is `source`."""
    return "content" if source == site_source else f"content-{source}"


class Translations:
    """Answers every question of the kind «this text, from that language, in this language»."""

    def __init__(
        self, languages: dict[str, Language], catalogues: Mapping[tuple[str, str], Catalogue], site_source: str
    ) -> None:
        self.languages = languages
        self.site_source = site_source
        self._catalogues = catalogues
        self._domains: dict[str, str] = {}
        self.used: set[tuple[str, str, str, str | None]] | None = None
        """While a job is rendered: (domain, tag, msgid, context) of every message that was asked for."""
        self.mark_messages = False
        """For a preview: texts tell which message they answer."""

    def catalogue(self, source: str, target: str) -> Catalogue | None:
        domain = self._domains.get(source)
        if domain is None:
            domain = self._domains[source] = content_domain(source, self.site_source)
        return self._catalogues.get((domain, target))

    def find(self, msgid: str, context: str | None, source: str, target: str) -> Translation:
        """The best text for `target`, not yet derived: `lang` is the language whose text it is."""
        if source == target:
            return Translation(msgid, source, State.TRANSLATED)
        own = self._own(msgid, context, source, target)
        if own is not None:
            return own
        language = self.languages[target]
        if language.derived_from is not None:
            base = self.find(msgid, context, source, language.derived_from)
            if base.state is not State.UNTRANSLATED:
                return base
        for fallback in language.chain:
            if fallback not in (source, target) and (other := self._own(msgid, context, source, fallback)):
                return Translation(other.text, fallback, State.UNTRANSLATED)
        return Translation(msgid, source, State.UNTRANSLATED)

    def _own(self, msgid: str, context: str | None, source: str, target: str) -> Translation | None:
        catalogue = self.catalogue(source, target)
        if catalogue is None:
            return None
        if self.used is not None:
            self.used.add((self._domains[source], target, msgid, context))
        message = catalogue.lookup(msgid, context)
        if message is None or not message.strings or not message.strings[0]:
            return None
        return Translation(message.strings[0], target, State.STALE if message.fuzzy else State.TRANSLATED)

    def body_lookup(self, source: str, target: str) -> Lookup | None:
        """The lookup for the blocks of a body; None where source and target are the same text.

        A derived language's texts come in the script of its base: it is changed later, on the element tree.
        """
        if source == target or self.languages[target].derived_from == source:
            return None

        def lookup(segment: Segment) -> Translation:
            return self.find(segment.msgid, segment.context, source, target)

        return lookup

    def text(
        self,
        source_text: SourceText,
        context: str | None,
        source: str,
        target: str,
        variants: Iterable[tuple[str, str]] = (),
    ) -> Text:
        """The text of a field in `target`. `variants`: texts from hand-written files, (tag, text)."""
        by_hand = {**source_text.variants, **dict(variants)}
        language = self.languages[target]
        for tag in (target, language.derived_from):
            if tag is not None and tag in by_hand:
                return self._as_text(by_hand[tag], tag, language, State.TRANSLATED)
        if not any(map(str.isalpha, source_text.text)):
            return Text(source_text.text, target, language.dir, State.SAME)
        found = self.find(source_text.text, context, source, target)
        answer = self._as_text(found.text, found.lang, language, found.state)
        if self.mark_messages and source not in (target, language.derived_from):
            answer.message = f"{content_domain(source, self.site_source)} {message_id(source_text.text, context)}"
        return answer

    def _as_text(self, value: str, tag: str, language: Language, state: State) -> Text:
        if tag == language.derived_from and language.derive is not None:
            return Text(language.derive(value), language.tag, language.dir, state)
        if tag == language.tag:
            return Text(value, tag, language.dir, state)
        return Text(value, tag, direction_of(tag, self.languages), state)
