"""Translations put into a block tree: the second mode of the segmenter's walk.

A text that is not in the page's language carries `lang` and `dir` on its own element, a stale one says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from sitegen.render.body_options import BodyOptions
from sitegen.translate.document import Document, NamedText
from sitegen.translate.segment_safety import check_markup, check_plain
from sitegen.translate.segment_text import message_id, show_codes, tame, unfold
from sitegen.translate.segment_walk import Slot
from sitegen.translate.segments import Segment, State, Translation

SHOWN = 60
"""Characters of a msgid that a message quotes."""

_REAL = (State.TRANSLATED, State.STALE)
_NOBODY: Mapping[str, str] = {}


@dataclass(slots=True)
class Texts:
    """What has been put in, beside the tree: the stash of raw HTML, titles, and what was counted on the way."""

    stash: list[str]
    abbreviations: dict[str, str] = field(default_factory=dict)
    references: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    counts: Counter[State] = field(default_factory=Counter)
    messages: set[tuple[str, str | None]] = field(default_factory=set)


class TextWriter:
    """Writes the translations of one document into a copy of its tree."""

    def __init__(self, document: Document, options: BodyOptions) -> None:
        self._document = document
        self._options = options
        self._checked: dict[tuple[str, str], list[str]] = document.cache.setdefault("checked", {})
        self._ids: dict[int, str] = document.cache.setdefault("ids", {})
        self._parents: dict[Element, Element] | None = None
        self.texts = Texts(list(document.state.stash))

    def write(self, root: Element) -> Texts:
        """Translate `root`, a copy of the document's tree, in place."""
        elements = list(root.iter())
        for slot in self._document.slots:
            element = elements[slot.index]
            if slot.title:
                element.text = self._options.say(slot.raw)
            elif slot.segment is None:
                self.texts.counts[State.SAME] += 1
            else:
                self._write(root, element, slot, slot.segment)
        return self.finish()

    def text_of(self, slot: Slot) -> tuple[str, Mapping[str, str]]:
        """The raw text for a slot that is no raw HTML, and the attributes that it needs."""
        if slot.title:
            return self._options.say(slot.raw), _NOBODY
        source = slot.raw
        if slot.prefix or slot.suffix:
            source = source[len(slot.prefix) : len(source) - len(slot.suffix)]
        if slot.segment is None:
            self.texts.counts[State.SAME] += 1
            return source, _NOBODY
        translation, core = self._translated(slot.segment, slot)
        return source if core is None else core, self._attributes(slot.segment, translation)

    def finish(self) -> Texts:
        """Translate titles, when all slots have been asked for."""
        self._write_titles()
        return self.texts

    def _write(self, root: Element, element: Element, slot: Slot, segment: Segment) -> None:
        translation, core = self._translated(segment, slot)
        attributes = self._attributes(segment, translation)
        if slot.html is not None:
            if core is not None:
                self.texts.stash[slot.html] = f"{slot.prefix}{core}{slot.suffix}"
            if attributes:
                element.tag = "div"
                element.attrib.update(attributes)
            return
        end = len(slot.raw) - len(slot.suffix)
        source = slot.raw[len(slot.prefix) : end]
        self._place(root, element, slot, source if core is None else core, attributes)

    def _translated(self, segment: Segment, slot: Slot) -> tuple[Translation, str | None]:
        """The translation and the raw text to put in; None leaves the source as it is."""
        translation = self._look_up(segment)
        core = self._core(segment, slot, translation)
        if core is None and translation.text != segment.msgid:
            translation = self._source(segment)
        self.texts.counts[translation.state] += 1
        return translation, core

    def _core(self, segment: Segment, slot: Slot, translation: Translation) -> str | None:
        """The raw text of a translation; None for the source's own text, and for one that may not be shown."""
        if translation.text == segment.msgid and not (self._options.force and translation.state in _REAL):
            return None
        if not self._options.checked and self._refused(segment, self._findings(segment.msgid, translation.text)):
            return None
        verbatim = slot.lines or slot.html is not None
        core = tame(translation.text) if verbatim else unfold(translation.text)
        restored = show_codes(core, slot.codes) if slot.codes else core
        return restored or None

    def _findings(self, msgid: str, text: str) -> list[str]:
        """What is wrong with a translation, found once for all pages that show it."""
        found = self._checked.get((msgid, text))
        if found is None:
            found = self._checked[msgid, text] = check_markup(msgid, text, self._document)
        return found

    def _refused(self, segment: Segment, findings: list[str]) -> bool:
        """Whether a translation was found wanting; who asked to hear of it does."""
        if findings and self._options.report:
            beginning = segment.msgid if len(segment.msgid) <= SHOWN else f"{segment.msgid[:SHOWN]}…"
            message = f"the translation of '{beginning}' into {self._options.language} is not shown: {findings[0]}"
            self._options.report("translation-unsafe", message)
        return bool(findings)

    def _look_up(self, segment: Segment) -> Translation:
        if self._options.lookup is None:
            return self._source(segment)
        self.texts.messages.add((segment.msgid, segment.context))
        return self._options.lookup(segment)

    def _id(self, segment: Segment) -> str:
        """The message's id, reckoned once for all languages."""
        found: str | None = self._ids.get(id(segment))  # segments live as long as their document
        if found is None:
            found = self._ids[id(segment)] = message_id(segment.msgid, segment.context)
        return found

    def _source(self, segment: Segment) -> Translation:
        own = self._options.own(self._options.source_language)
        return Translation(segment.msgid, self._options.source_language, State.SAME if own else State.UNTRANSLATED)

    def _attributes(self, segment: Segment, translation: Translation) -> Mapping[str, str]:
        attributes = {}
        if not self._options.own(translation.lang) and translation.state is not State.SAME:
            attributes = {"lang": translation.lang, "dir": self._options.direction_for(translation.lang)}
        if translation.state is State.STALE:
            attributes["data-translation"] = "stale"
        if self._options.mark_states:
            attributes["data-i18n"] = str(translation.state)
            attributes["data-i18n-id"] = self._id(segment)
            if self._options.domain:
                attributes["data-i18n-domain"] = self._options.domain
        return attributes or _NOBODY

    def _place(self, root: Element, element: Element, slot: Slot, core: str, attributes: Mapping[str, str]) -> None:
        """Put `core` where the slot is; attributes go on the element if the text is all that it holds."""
        alone = not slot.tail and not len(element)
        if not attributes or alone:
            text = f"{slot.prefix}{core}{slot.suffix}"
            kept = _same_kind(text, slot.verbatim)
            if slot.tail:
                element.tail = kept
            else:
                element.text = kept
            element.attrib.update(attributes if alone else _NOBODY)
            return
        span = Element("span", dict(attributes))
        span.text, span.tail = _same_kind(core, slot.verbatim), slot.suffix
        if slot.tail:
            parent = self._parent(root, element)
            element.tail = slot.prefix
            parent.insert(list(parent).index(element) + 1, span)
        else:
            element.text = slot.prefix
            element.insert(0, span)

    def _parent(self, root: Element, element: Element) -> Element:
        if self._parents is None:
            self._parents = {child: parent for parent in root.iter() for child in parent}
        return self._parents[element]

    def _write_titles(self) -> None:
        self.texts.abbreviations = {named.key: self._title(named) for named in self._document.abbreviations}
        addresses = self._document.state.references
        self.texts.references = {
            named.key: (addresses[named.key][0], self._title(named) or None) for named in self._document.references
        }

    def _title(self, named: NamedText) -> str:
        if named.segment is None:
            return named.text
        msgid = named.segment.msgid
        translation = self._look_up(named.segment)
        text = " ".join(tame(translation.text).split())
        if not text or (not self._options.checked and self._refused(named.segment, check_plain(msgid, text))):
            translation, text = self._source(named.segment), msgid
        self.texts.counts[translation.state] += 1
        return named.text if text == msgid else text


def _same_kind(text: str, verbatim: bool) -> str:
    """Texts that were kept from inline parsing stay so."""
    if not verbatim:
        return text
    from markdown.util import AtomicString

    return AtomicString(text)
