"""Ordinary Markdown read without a Markdown parser: headings, paragraphs, flat lists, quotations and simple tables.

Most pages hold nothing else. `plain_document` takes a text only when each of its lines can mean one thing, and gives
the blocks that Python-Markdown would make of it; for anything else it answers None, and the whole parser has to look.
Laws of the tests hold both ways to the same segments, addresses and bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sitegen.translate.plain_inline import Inline, Target, plain_inline

# What concerns more than its own block, or is not as it looks: HTML, entities without end, attribute lists,
# definitions, fences, tabs, private and control characters, lines of spaces, escapes.
_UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef<{}\\\\]")
_UNUSUAL_WORDS = ("&#", "]:", "] :", "[TOC]", "```", "~~~")
_LINE_OF_SPACES = re.compile("^ +$", re.MULTILINE)
_BLANK = re.compile(r"\n{2,}")
# Beginnings of lines that may open another block within a paragraph; bold, emphasis and images may not.
_OPENER = re.compile(r" *(?:[-+:>=#]|!(?!\[)|\*(?!\*?[^\s*_\[])|_(?!_?[^\s*_\[])|\d+\.)|    ")
_HEADING = re.compile(r"(#{1,6}) ?([^\s#`*_\[\]&>!](?:[^`*_\[\]&>\n]*[^\s#`*_\[\]&>])?)[ ]*(?:\n|\Z)")
_BULLET = re.compile(r"[*+-] +(?=\S)")
_NUMBER = re.compile(r"(\d+)\. +(?=\S)")
_NO_SLUG = re.compile(r"[^\w\s-]")
_JOINTS = re.compile(r"[-\s]+")
_ALIGNMENT = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}


class Paragraph(NamedTuple):
    """`text`: the number of a text; so everywhere below."""

    text: int


class Heading(NamedTuple):
    level: int
    text: int
    anchor: str


class Items(NamedTuple):
    """A list; `start`: the first number of an ordered one as written, '' for bullets."""

    start: str
    texts: list[int]


class Quotation(NamedTuple):
    blocks: list[Block]


class Table(NamedTuple):
    """Rows of texts, the first of them the head; None for an empty cell. `alignments`: 'left' … or ''."""

    alignments: list[str]
    rows: list[list[int | None]]


Block = Paragraph | Heading | Items | Quotation | Table


@dataclass(slots=True)
class PlainDocument:
    """A document of ordinary blocks. `texts`: the raw text of every slot in order; `inlines`: the same as HTML."""

    blocks: list[Block] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    @property
    def targets(self) -> Iterator[Target]:
        """The addresses of all links and images, in order."""
        return (piece for inline in self.inlines if len(inline) > 1 for piece in inline if isinstance(piece, Target))


class _UnusualError(Exception):
    """Something that only the whole parser can read. Never leaves this module."""


def plain_document(text: str) -> PlainDocument | None:
    """The blocks of `text` (NFC); None when it holds anything but ordinary Markdown."""
    if _UNUSUAL.search(text):
        return None
    for word in _UNUSUAL_WORDS:
        if word in text:
            return None
    if ("\n " in text or text[:1] == " ") and _LINE_OF_SPACES.search(text):
        return None
    reader = _Reader()
    try:
        reader.made.blocks = reader.blocks(text, quoted=False)
    except _UnusualError:
        return None
    return reader.made


def _opens(block: str) -> bool:
    """Whether a line of a paragraph could open another block."""
    for line in block.split("\n"):  # noqa: SIM110 - a generator costs more than the lines
        if not line[:1].isalpha() and _OPENER.match(line):
            return True
    return False


class _Reader:
    """Reads one document."""

    def __init__(self) -> None:
        self.made = PlainDocument()

    def blocks(self, text: str, *, quoted: bool) -> list[Block]:
        found: list[Block] = []
        for block in _BLANK.split(text.strip("\n")):
            rest = block
            if block[:1] == "#" and "|" in block and "\n" in block:  # the heading might be the head of a table
                raise _UnusualError
            while rest.startswith("#"):
                heading, rest = self._heading(rest)
                found.append(heading)
            if rest:
                made = self._block(rest, quoted=quoted)
                # A list after a list goes on with it, and so does a quotation.
                if found and made.__class__ is found[-1].__class__ and isinstance(made, Items | Quotation):
                    raise _UnusualError
                found.append(made)
        return found

    def _block(self, block: str, *, quoted: bool) -> Block:
        first = block[0]
        if first in "*+-" and _BULLET.match(block):
            return Items("", self._items(block, _BULLET))
        if first.isdigit() and (number := _NUMBER.match(block)):
            return Items(number[1], self._items(block, _NUMBER))
        if first == ">" and not quoted:
            return self._quotation(block)
        if first == "|" and "\n" in block:
            return self._table(block)
        if first.isspace() or block[-1].isspace() or ("|" in block and "\n" in block) or _opens(block):
            raise _UnusualError
        return Paragraph(self._text(block))

    def _text(self, raw: str) -> int:
        inline = plain_inline(raw)
        if inline is None:
            raise _UnusualError
        self.made.texts.append(raw)
        self.made.inlines.append(inline)
        return len(self.made.texts) - 1

    def _heading(self, block: str) -> tuple[Heading, str]:
        match = _HEADING.match(block)
        if match is None:
            raise _UnusualError
        text = match[2]
        return Heading(len(match[1]), self._text(text), self._anchor(text)), block[match.end() :]

    def _anchor(self, text: str) -> str:
        """The heading's id as the table of contents of Python-Markdown makes it."""
        anchor = _JOINTS.sub("-", _NO_SLUG.sub("", text).strip().lower())
        if not anchor or anchor in self.made.anchors:  # it would be numbered
            raise _UnusualError
        self.made.anchors.add(anchor)
        return anchor

    def _items(self, block: str, marker: re.Pattern[str]) -> list[int]:
        """Items with their further lines; a line that could open a block within an item is unusual."""
        if "|" in block:
            raise _UnusualError
        items: list[str] = []
        for line in block.split("\n"):
            match = marker.match(line)
            if match is not None:
                items.append(line[match.end() :])
            else:
                items[-1] += f"\n{line}"
        for item in items:
            if _opens(item) or item[-1].isspace() or item[0].isspace():
                raise _UnusualError
        return [self._text(item) for item in items]

    def _quotation(self, block: str) -> Quotation:
        lines = []
        for line in block.split("\n"):
            if line[:1] != ">":
                raise _UnusualError
            lines.append("" if line.strip() == ">" else line[2:] if line[1] == " " else line[1:])
        blocks = self.blocks("\n".join(lines), quoted=True)
        if not blocks:
            raise _UnusualError
        return Quotation(blocks)

    def _table(self, block: str) -> Table:
        lines = [line.strip(" ") for line in block.split("\n")]
        if len(lines) < 3 or not lines[0].endswith("|") or len(lines[0]) < 2 or "`" in block:
            raise _UnusualError
        head, separator, *body = [line.removeprefix("|").removesuffix("|").split("|") for line in lines]
        if len(head) < 2 or len(separator) != len(head) or not set("".join(separator)) <= set(":- "):
            raise _UnusualError
        marks = [mark.strip(" ") for mark in separator]
        alignments = [_ALIGNMENT[mark.startswith(":"), mark.endswith(":")] for mark in marks]
        return Table(alignments, [self._row(row, len(head)) for row in (head, *body)])

    def _row(self, cells: list[str], width: int) -> list[int | None]:
        cells = [cell.strip(" ") for cell in cells[:width]]
        if any(cell != cell.strip() for cell in cells):
            raise _UnusualError
        row = [self._text(cell) if cell else None for cell in cells]
        return row + [None] * (width - len(row))
