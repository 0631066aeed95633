"""Which text stands for a source text in each language, and how true it is to its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sitegen.model.language import Language, direction_of
from sitegen.model.text import Text
from sitegen.problems import Problems
from sitegen.schema.fields import SourceText
from sitegen.translate.pseudo import outside_markup
from sitegen.translate.segment_text import message_id
from sitegen.translate.segments import Lookup, Segment, State, Translation

if TYPE_CHECKING:
    from sitegen.translate.catalogue import Catalogue, Message

SHOWN = 60
"""Characters of a source text that a problem quotes."""


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
        self._may: dict[tuple[str, str], bool] = {}
        self.used: set[tuple[str, str, str, str | None]] | None = None
        """While a job is rendered: (domain, tag, msgid, context) of every message that was asked for."""
        self.problems = Problems()
        """Texts that could not be shown. A job puts its own in place."""
        self._findings: dict[tuple[str, str, str, bool], str] = {}
        self.mark_messages = False
        """For a preview: texts tell which message they answer."""

    def catalogue(self, source: str, target: str) -> Catalogue | None:
        domain = self._domains.get(source)
        if domain is None:
            domain = self._domains[source] = content_domain(source, self.site_source)
        return self._catalogues.get((domain, target))

    def message(self, domain: str, tag: str, msgid: str, context: str | None) -> Message | None:
        """What a catalogue has for a message; None when there is neither."""
        catalogue = self._catalogues.get((domain, tag))
        return None if catalogue is None else catalogue.lookup(msgid, context)

    def catalogues_of(self, tag: str) -> list[Catalogue]:
        """The catalogues of content in one language that are files, that of the site's own language first."""
        found = [
            (domain != "content", domain, catalogue)
            for (domain, target), catalogue in self._catalogues.items()
            if target == tag and domain.partition("-")[0] == "content" and catalogue.file is not None
        ]
        return [catalogue for *_, catalogue in sorted(found, key=lambda item: item[:2])]

    def may_translate(self, source: str, target: str) -> bool:
        """Whether any catalogue could have something to say in `target`, or in a language that stands in for it."""
        key = (source, target)
        known = self._may.get(key)
        if known is None:
            language = self.languages[target]
            tags = [target, *language.chain, *([language.derived_from] if language.derived_from else [])]
            known = self._may[key] = any(
                self.catalogue(source, tag) is not None or self.languages[tag].chain
                for tag in tags
                if tag in self.languages
            )
        return known

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
                return Translation(other.text, fallback, State.UNTRANSLATED, other.position)
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
        state = State.STALE if message.fuzzy else State.TRANSLATED
        return Translation(message.strings[0], target, state, message.position)

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
        *,
        markdown: bool = False,
    ) -> Text:
        """The text of a field in `target`. `variants`: texts from hand-written files, (tag, text).

        `markdown`: it will be shown as such; then its translation may bring no markup, and a script's change no
        address, that its source lacks.
        """
        by_hand = {**source_text.variants, **dict(variants)}
        language = self.languages[target]
        for tag in (target, language.derived_from):
            if tag is not None and tag in by_hand:
                return self._as_text(by_hand[tag], tag, language, State.TRANSLATED, markdown)
        if not any(map(str.isalpha, source_text.text)):
            return Text(source_text.text, target, language.dir, State.SAME)
        found = self.find(source_text.text, context, source, target)
        if found.position is not None and not language.pseudo and self._refused(source_text.text, found, markdown):
            found = Translation(source_text.text, source, State.UNTRANSLATED)
        answer = self._as_text(found.text, found.lang, language, found.state, markdown)
        if self.mark_messages and source not in (target, language.derived_from):
            answer.message = f"{content_domain(source, self.site_source)} {message_id(source_text.text, context)}"
        return answer

    def own_text(self, source_text: SourceText, language: Language) -> Text:
        """The same for a text of the target language itself, of which there is no other version."""
        state = State.TRANSLATED if any(map(str.isalpha, source_text.text)) else State.SAME
        return Text(source_text.text, language.tag, language.dir, state)

    def _refused(self, msgid: str, found: Translation, markdown: bool) -> bool:
        """Whether a translation brings in what its source lacks; the problem names its line of the catalogue."""
        key = (msgid, found.text, found.lang, markdown)
        finding = self._findings.get(key)
        if finding is None:
            from sitegen.translate.segment_safety import check_markup, check_plain

            findings = check_markup(msgid, found.text) if markdown else check_plain(msgid, found.text)
            finding = self._findings[key] = next(iter(findings), "")
        if finding and found.position is not None:
            message = f"{finding} (until then the source text is shown)"
            self.problems.warning("translation-unsafe", found.position, message)
        return bool(finding)

    def inexact(self, msgid: str, found: Translation, source: str, target: str) -> str | None:
        """What to do where a text that must be exact is not; None where it is."""
        if found.state not in (State.UNTRANSLATED, State.STALE):
            return None
        language = self.languages[target]
        wanted = language.derived_from or target
        catalogue = self.catalogue(source, wanted)
        domain = content_domain(source, self.site_source)
        file = catalogue.name if catalogue is not None else f"i18n/{wanted}/LC_MESSAGES/{domain}.po"
        shown = msgid if len(msgid) <= SHOWN else f"{msgid[:SHOWN].rstrip()}…"
        if found.state is State.STALE:
            return (
                f"the {wanted} text of '{shown}' is that of an older source, and this text must be exact; "
                f"bring its translation in {file} up to date and take its mark 'fuzzy' away"
            )
        return f"'{shown}' must be exact, and {wanted} has no such text; add its official wording to {file}"

    def _as_text(self, value: str, tag: str, language: Language, state: State, markdown: bool = False) -> Text:
        if tag == language.derived_from and language.derive is not None:
            derived = outside_markup(value, language.derive) if markdown else language.derive(value)
            return Text(derived, language.tag, language.dir, state)
        if tag == language.tag:
            return Text(value, tag, language.dir, state)
        return Text(value, tag, direction_of(tag, self.languages), state)
