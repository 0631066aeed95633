"""One Markdown source, parsed into blocks once: its segments, anchors and links, and all that finishing it needs.

`parse_document` never fails on what an editor wrote: what is wrong with it stands in `Document.problems`.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from sitegen.translate.block_state import (
    BlockState,
    borrowed_markdown,
    empty_tree,
    finish_tree,
    footnote_order,
    parse_blocks,
    plain_tree,
    restore,
    serialise,
)
from sitegen.translate.directives import Directives
from sitegen.translate.plain_document import PlainDocument, plain_document
from sitegen.translate.plain_slots import PlainWalk
from sitegen.translate.safe_html import needs_cleaning, removals
from sitegen.translate.segment_text import fold, speaks
from sitegen.translate.segment_walk import Slot, Walk
from sitegen.translate.segments import Segment

if TYPE_CHECKING:
    from markdown import Markdown

_OPEN_TAG = re.compile(r"<([A-Za-z][\w-]*)((?:\s+[^\s\"'=<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>]+))")
_BLOCK_HTML = re.compile(
    r"\s*<(?:address|article|aside|blockquote|details|div|dl|figure|footer|h[1-6]|header|hr|ol|p|pre|section|table|ul)\b"
)
_FRAGMENT_END = re.compile("[\n\x02]")
_HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link or image of the source: its target as written and the line of the file (0 unknown)."""

    href: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class NamedText:
    """The title of an abbreviation or of a reference; `key` is its name. `segment` is None where nothing is said."""

    key: str
    text: str
    segment: Segment | None


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed source.

    `segments` are in document order, footnotes, abbreviations and reference titles last. `anchors` are all ids of the
    page, computed from the source text and so the same in every language. `problems` and `warnings` are (line, code,
    message), the line counted in the file. `raw_html`: the author wrote HTML, so that the output must be sanitised.
    `tree`, `slots`, `state`, `abbreviations`, `references` and `plain` are for the renderer and must not be changed;
    `cache` is where it keeps what it makes of them. `plain`: the blocks of an ordinary document, whose tree and
    slots are made when they are asked for.
    """

    text: str = field(repr=False)
    first_line: int
    anchors: frozenset[str]
    links: tuple[LinkUse, ...]
    problems: tuple[tuple[int, str, str], ...] = ()
    warnings: tuple[tuple[int, str, str], ...] = ()
    raw_html: bool = False
    state: BlockState = field(repr=False, default_factory=BlockState)
    abbreviations: tuple[NamedText, ...] = field(repr=False, default=())
    references: tuple[NamedText, ...] = field(repr=False, default=())
    plain: PlainDocument | None = field(repr=False, default=None)
    cache: dict[str, Any] = field(repr=False, default_factory=dict)

    @functools.cached_property
    def digest(self) -> str:
        return hashlib.blake2b(f"{self.first_line}\n{self.text}".encode(), digest_size=16).hexdigest()

    @functools.cached_property
    def segments(self) -> tuple[Segment, ...]:
        return _segments(self.slots, self.abbreviations, self.references)

    @functools.cached_property
    def segment_count(self) -> int:
        """How many `segments` there are, without making them."""
        return len(self.segments) if self.plain is None else sum(map(speaks, self.plain.texts))

    @functools.cached_property
    def exact(self) -> tuple[Segment, ...]:
        """The segments that may not be shown untranslated; an ordinary document has none."""
        return () if self.plain is not None else tuple(segment for segment in self.segments if segment.exact)

    @functools.cached_property
    def slots(self) -> tuple[Slot, ...]:
        assert self.plain is not None  # else they were given
        return tuple(PlainWalk(self.plain, Lines(self.text, self.first_line).find).slots())

    @functools.cached_property
    def tree(self) -> Element:
        return parse_document(self.text, first_line=self.first_line, quick=False).tree


def parse_document(text: str, *, first_line: int = 1, quick: bool = True) -> Document:
    """Parse the Markdown `text` that begins on line `first_line` of its file.

    `quick`: an ordinary document is read without the whole parser; the result is the same.
    """
    text = unicodedata.normalize("NFC", text)
    plain = plain_document(text) if quick else None
    if plain is None:
        with borrowed_markdown() as parser:
            return _Parsing(parser, text, first_line).document()
    lines = Lines(text, first_line)
    links = tuple(
        LinkUse(target.href, lines.find(target.href.removeprefix("mailto:")), target.image) for target in plain.targets
    )
    return Document(text, first_line, frozenset(plain.anchors), links, plain=plain)


class _Parsing:
    """The steps of `parse_document` and what they hand on to each other."""

    def __init__(self, parser: Markdown, text: str, first_line: int) -> None:
        self._parser = parser
        self._text = text
        self._first_line = first_line
        self._problems: list[tuple[int, str, str]] = []
        self._source = ""
        self._raw: list[str] = []

    def document(self) -> Document:
        root, state = self._blocks()
        finder = Lines(self._source, self._first_line)
        directives = Directives(list(state.stash), self._report(finder))
        if "i18n:" in self._text:
            directives.take_from(root)
        _mend_paragraphs(root)
        output, state, raw_html = self._finish_source(root, state)
        test = alike(self._parser, state)
        walk = Walk(list(state.stash), state.fenced, directives.blocks, directives.texts, test, finder.find)
        slots = walk.slots(root)
        abbreviations = _named(state.abbreviations.items(), "abbreviation", finder)
        references = _named(((key, title or "") for key, (_, title) in state.references.items()), "link title", finder)
        tags = tuple(_tags(output))
        document = Document(
            self._text,
            self._first_line,
            anchors=frozenset(_anchors(tags)),
            links=tuple(_links(tags, Lines(self._source, self._first_line))),
            problems=tuple(self._problems),
            warnings=tuple(_removals(self._raw, Lines(self._source, self._first_line))),
            raw_html=raw_html,
            state=state,
            abbreviations=abbreviations,
            references=references,
        )
        vars(document).update(tree=root, slots=slots)
        return document

    def _blocks(self) -> tuple[Element, BlockState]:
        if not self._text.strip():
            return empty_tree(), BlockState()
        try:
            root, state, self._source = parse_blocks(self._parser, self._text)
        except (RecursionError, RuntimeError, ValueError, AttributeError, IndexError, TypeError) as error:
            # The parser is not ours; a text that it cannot take is the editor's to mend, never a traceback.
            message = f"this Markdown cannot be read ({type(error).__name__}); simplify what is nested in itself"
            self._problems.append((self._first_line, "markdown-unreadable", message))
            return plain_tree(self._text), BlockState()
        return root, state

    def _finish_source(self, root: Element, state: BlockState) -> tuple[str, BlockState, bool]:
        """HTML of the source as it is; on the way the anchors of headings and the order of footnotes get fixed."""
        try:
            output, order, finished = self._finish(root, state)
        except (RecursionError, RuntimeError, ValueError, AttributeError, IndexError, TypeError) as error:
            message = f"this Markdown cannot be read ({type(error).__name__}); simplify what is nested in itself"
            self._problems.append((self._first_line, "markdown-unreadable", message))
            root[:] = plain_tree(self._text)[:]
            return "", BlockState(), False
        _fix_anchors(root, finished)
        numbered = order + [label for label in state.footnotes if label not in order]
        if numbered != list(state.footnotes):
            state = replace(state, footnotes=tuple(numbered))
            _order_footnotes(root, numbered)
        stash = [str(piece) for piece in self._parser.htmlStash.rawHtmlBlocks]
        self._raw = [piece for number, piece in enumerate(stash) if number not in state.fenced]
        return output, state, needs_cleaning(stash)

    def _finish(self, root: Element, state: BlockState) -> tuple[str, list[str], Element]:
        restore(self._parser, state)
        finished = finish_tree(self._parser, copy.deepcopy(root))
        return serialise(self._parser, finished), footnote_order(self._parser), finished

    def _report(self, finder: Lines) -> Callable[[str, str, str], None]:
        def report(directive: str, code: str, message: str) -> None:
            self._problems.append((finder.find(directive), code, message))

        return report


def alike(parser: Markdown, state: BlockState) -> Callable[[str, str], bool]:
    """A test whether two raw texts give the same HTML but for white space, within a document."""

    def output(raw: str) -> list[str]:
        root = empty_tree()
        SubElement(root, "p").text = raw
        followed = SubElement(root, "p")  # as the link back follows a footnote: attribute lists then apply otherwise
        followed.text = raw
        SubElement(followed, "a")
        restore(parser, state)
        return serialise(parser, finish_tree(parser, root)).split()

    return lambda raw, other: output(raw) == output(other)


class Lines:
    """Finds texts in the source, each from where the last one was found."""

    def __init__(self, source: str, first_line: int) -> None:
        self._source = source
        self._first_line = first_line
        self._position = 0
        self._counted = (0, 0)

    def find(self, text: str) -> int:
        """The line of the file on which `text` begins, 0 when it is not there as such."""
        start = _FRAGMENT_END.split(text.strip(), maxsplit=1)[0].strip()
        if not start:
            return 0
        position = self._source.find(start, self._position)
        if position < 0:
            position = self._source.find(start)
            if position < 0:
                return 0
        self._position = position + len(start)
        return self._line(position)

    def _line(self, position: int) -> int:
        before, lines = self._counted
        if position < before:
            before, lines = 0, 0
        lines += self._source.count("\n", before, position)
        self._counted = (position, lines)
        return self._first_line + lines


def _named(pairs: Iterable[tuple[str, str]], kind: str, finder: Lines) -> tuple[NamedText, ...]:
    named = []
    for key, text in pairs:
        msgid = fold(text.strip())
        segment = None
        if msgid and speaks(msgid):
            context = key if kind == "abbreviation" else None
            segment = Segment(msgid, kind, context, line=finder.find(text), comments=_about(kind, key))
        named.append(NamedText(key, text, segment))
    return tuple(named)


def _about(kind: str, key: str) -> tuple[str, ...]:
    return (f"What {key} stands for",) if kind == "abbreviation" else ()


def _segments(slots: tuple[Slot, ...], *named: tuple[NamedText, ...]) -> tuple[Segment, ...]:
    found = [slot.segment for slot in slots if slot.segment]
    return tuple(found + [text.segment for texts in named for text in texts if text.segment])


def _mend_paragraphs(root: Element) -> None:
    """HTML blocks that the parser did not take for such (in list items) cannot stand in a paragraph."""
    for paragraph in root.iter("p"):
        if paragraph.text and _BLOCK_HTML.match(paragraph.text):
            paragraph.tag = "div"


def _fix_anchors(root: Element, finished: Element) -> None:
    """Give the headings of the block tree the ids which they have in the source language."""
    for raw, done in zip(_headings(root), _headings(finished), strict=True):
        if identifier := done.get("id"):
            raw.set("id", identifier)


def _headings(root: Element) -> list[Element]:
    return [element for element in root.iter() if _HEADING.fullmatch(element.tag)]


def _order_footnotes(root: Element, labels: list[str]) -> None:
    """Number footnotes by first reference in the source, whatever a translation's word order is."""
    ranks = {f"fn:{label}": rank for rank, label in enumerate(labels)}
    for division in root.iter("div"):
        if division.get("class") == "footnote" and (items := division.find("ol")) is not None:
            items[:] = sorted(items, key=lambda item: ranks.get(item.get("id", ""), len(ranks)))
            return


_Tags = tuple[tuple[str, dict[str, str]], ...]


def _tags(output: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Opening tags that have attributes."""
    for match in _OPEN_TAG.finditer(output):
        if not match.group(2):
            continue
        attributes: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(match.group(2)):
            value = next(group for group in found.groups()[1:] if group is not None)
            attributes.setdefault(found.group(1).lower(), html.unescape(value))
        yield match.group(1).lower(), attributes


def _removals(pieces: list[str], finder: Lines) -> Iterator[tuple[int, str, str]]:
    """What the author wrote as HTML and no page will show."""
    for piece in pieces:
        if found := removals(piece):
            message = f"{', '.join(found)} cannot stand in content and is left out; use Markdown or plain HTML elements"
            yield finder.find(piece), "html-removed", message


def _anchors(tags: _Tags) -> Iterator[str]:
    for tag, attributes in tags:
        if attributes.get("id"):
            yield attributes["id"]
        if tag == "a" and attributes.get("name"):
            yield attributes["name"]


def _links(tags: _Tags, finder: Lines) -> Iterator[LinkUse]:
    for tag, attributes in tags:
        href = attributes.get("src" if tag == "img" else "href")
        if tag not in ("a", "img") or not href or attributes.get("class", "").startswith("footnote-"):
            continue
        yield LinkUse(href, finder.find(href.removeprefix("mailto:")), tag == "img")
