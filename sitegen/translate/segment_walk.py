"""The one walk over a block tree: every text that a reader will see is a slot, and most slots hold a segment.

The walk runs after the block parser and before inline parsing, where the Markdown within each block is still raw.
Extraction reads the slots, translation writes into the same slots: the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sitegen.translate.directives import NO_NOTES, Notes
from sitegen.translate.segment_text import (
    STASHED,
    fold,
    folding_matters,
    hide_codes,
    plain,
    speaks,
    split_shell,
    unfold,
)
from sitegen.translate.segments import Segment

_SILENT_TAGS = frozenset({"pre", "code", "script", "style", "textarea", "math", "svg", "canvas", "kbd", "samp", "var"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS = {
    "p": "paragraph",
    "li": "list item",
    "td": "table cell",
    "th": "table cell",
    "dt": "term",
    "dd": "definition",
    "caption": "caption",
    "figcaption": "caption",
    "summary": "summary",
    "legend": "caption",
    "blockquote": "quotation",
} | dict.fromkeys(_HEADINGS, "heading")
_WITHIN = {"li": "list item", "dd": "definition", "blockquote": "quotation"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One text of the tree. `index` counts elements in document order.

    `raw` is the text as parsed, of which `prefix` and `suffix` stand around what `segment` translates (None: nothing
    to translate there). `codes` are pieces of raw HTML within it. `html` is the number of a stashed block of raw HTML
    which is this slot as a whole. `verbatim`: the text is not parsed as Markdown. `title`: the default title of an
    admonition, which the interface translates. `lines`: line breaks stand in the msgid as they were written, because
    the text would mean something else without them.
    """

    index: int
    tail: bool
    raw: str
    prefix: str = ""
    suffix: str = ""
    segment: Segment | None = None
    codes: tuple[str, ...] = ()
    html: int | None = None
    verbatim: bool = False
    title: bool = False
    lines: bool = False


class _Where(NamedTuple):
    """What an element inherits from those around it."""

    notes: Notes = NO_NOTES
    parent: str = ""
    footnote: bool = False


class Walk:
    """Collects the slots of a tree whose directives have been taken out.

    `alike(raw, other)` says whether two texts give the same HTML but for white space. `line_of(text)` finds a text in
    the source; it is asked for the texts of segments, in their order.
    """

    def __init__(
        self,
        stash: list[str],
        fenced: Collection[int],
        blocks: dict[Element, Notes],
        texts: dict[tuple[Element, bool], Notes],
        alike: Callable[[str, str], bool],
        line_of: Callable[[str], int] = lambda _text: 0,
    ) -> None:
        self._line_of = line_of
        self._alike = alike
        self._stash = stash
        self._fenced = fenced
        self._blocks = blocks
        self._texts = texts
        self._headings: list[tuple[int, str]] = []
        self._index: dict[Element, int] = {}

    def slots(self, root: Element) -> tuple[Slot, ...]:
        """All slots in document order."""
        self._index = {element: index for index, element in enumerate(root.iter())}
        found: list[Slot] = []
        self._visit(root, _Where(), found)
        return tuple(found)

    def _visit(self, element: Element, where: _Where, found: list[Slot]) -> None:
        if element.tag in _SILENT_TAGS or element.get("class") == "footnote-backref":
            return
        notes = where.notes
        if element in self._blocks:
            notes = self._blocks[element].under(notes)
        if element.get("translate") == "no" or element.get("lang"):
            notes = Notes(notes.comments, notes.context, True, notes.exact)
        footnote = where.footnote or element.get("class") == "footnote"
        here = _Where(notes, where.parent, footnote)
        if element.text and element.text.strip():
            found.append(self._slot(element, False, element.text, element, here))
        if not len(element):
            return
        below = _Where(notes, element.tag, footnote)
        for child in element:
            self._visit(child, below, found)
            if child.tail and child.tail.strip():
                found.append(self._slot(child, True, child.tail, element, here))

    def _slot(self, holder: Element, tail: bool, raw: str, element: Element, where: _Where) -> Slot:
        index = self._index[holder]
        notes = where.notes
        if (holder, tail) in self._texts:
            notes = self._texts[holder, tail].under(notes)
        if not tail and (found := STASHED.fullmatch(raw.strip())):
            return self._html_slot(index, raw, int(found.group(1)), notes)
        if _default_title(element, raw):
            return Slot(index, tail, raw, title=True)
        shell = split_shell(raw, element.tag)
        core, codes = hide_codes(shell.core)
        verbatim = type(raw) is not str
        msgid = fold(core)
        lines = folding_matters(core) and not self._alike(core, unfold(msgid))
        if lines:
            msgid = core
        kind = _kind(element, where)
        level = int(element.tag[1]) if kind == "heading" else 0
        segment = None
        if not notes.skip and shell.core != "[TOC]" and speaks(msgid):
            segment = self._segment(msgid, kind, notes, level, self._line_of(raw[len(shell.prefix) :]))
        if level:
            self._enter(level, plain(msgid))
        return Slot(index, tail, raw, shell.prefix, shell.suffix, segment, codes, None, verbatim, lines=lines)

    def _html_slot(self, index: int, raw: str, number: int, notes: Notes) -> Slot:
        html = self._stash[number] if number < len(self._stash) else ""
        segment = None
        # Raw HTML around a fenced block holds a mark of the parser; it stays as it is.
        if number not in self._fenced and not notes.skip and "\x02" not in html and speaks(html):
            segment = self._segment(html.strip(), "html", notes, 0, self._line_of(html))
        start, end = len(html) - len(html.lstrip()), len(html.rstrip())
        return Slot(index, False, raw, html[:start], html[end:], segment, html=number)

    def _segment(self, msgid: str, kind: str, notes: Notes, level: int, line: int) -> Segment:
        place = tuple(title for depth, title in self._headings if not level or depth < level)
        return Segment(msgid, kind, notes.context, level, place, line, notes.comments, notes.exact)

    def _enter(self, level: int, title: str) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, title))


def _kind(element: Element, where: _Where) -> str:
    if "admonition-title" in (element.get("class") or "").split():
        return "admonition title"
    if where.footnote:
        return "footnote"
    if element.tag == "p":
        return _WITHIN.get(where.parent, "paragraph")
    return _KINDS.get(element.tag, "paragraph")


def _default_title(element: Element, raw: str) -> bool:
    """Python-Markdown makes `Note` of `!!! note`; nobody wrote that word, so it is not content."""
    return element.get("class") == "admonition-title" and raw in DEFAULT_TITLES


DEFAULT_TITLES = frozenset(
    {
        "Note",
        "Tip",
        "Hint",
        "Important",
        "Warning",
        "Caution",
        "Danger",
        "Attention",
        "Error",
        "Info",
        "Example",
        "Success",
        "Question",
        "Quote",
        "Abstract",
        "Summary",
    }
)
"""Titles of admonitions which the interface catalogue translates when the author gave none."""
