"""The skeleton of an ordinary document, written from its blocks as the serializer would write their elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from sitegen.render.body_holes import Hole, Phrase, Skeleton
from sitegen.render.body_options import TABLE
from sitegen.translate.plain_document import Block, Heading, Items, Paragraph, PlainDocument, Quotation, Table

QUOTED = re.compile(r'["&<>]')
_ALIGN_CLASS = {"left": "align-start", "center": "align-center", "right": "align-end"}
_Attributes = tuple[tuple[str, str | None], ...]


def plain_skeleton(document: PlainDocument) -> Skeleton:
    """The HTML of the blocks with holes for their texts; headings appear in the table of contents by their marks."""
    writer = _Writer()
    writer.blocks(document.blocks)
    return Skeleton(tuple(writer.holes), writer.pending.removesuffix("\n"), tuple(nested(writer.headings)), frozenset())


def plain_html(
    document: PlainDocument, inner: list[str], say: Callable[[str], str]
) -> tuple[str, list[dict[str, Any]]] | None:
    """The HTML of the blocks with these texts, and the tokens of the table of contents; None when an interface text
    cannot stand in an attribute."""
    writer = _TextWriter(inner, say)
    writer.blocks(document.blocks)
    if writer.awkward:
        return None
    return "".join([*writer.pieces, writer.pending.removesuffix("\n")]), nested(writer.headings)


class _Writer:
    def __init__(self) -> None:
        self.holes: list[Hole | Phrase] = []
        self.headings: list[dict[str, Any]] = []
        self.pending = ""  # HTML since the last hole
        self._anchor = ""  # of the latest heading

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._hole(block.text, "p", (), "<p>", "</p>\n")
            elif isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Items):
                self._items(block)
            elif isinstance(block, Quotation):
                self.pending += "<blockquote>\n"
                self.blocks(block.blocks)
                self.pending += "</blockquote>\n"
            else:
                self._table(block)

    def _hole(self, text: int, tag: str, attributes: _Attributes, opening: str, closing: str) -> None:
        self.holes.append(Hole(self.pending, text, tag, attributes, opening))
        self.pending = closing

    def _phrase(self, message: str) -> None:
        self.holes.append(Phrase(self.pending, message))
        self.pending = ""

    def _in_contents(self, text: int) -> str:
        return f"\ufdd1t{text}\ufdd2"

    def _heading(self, block: Heading) -> None:
        tag = f"h{block.level}"
        self._hole(block.text, tag, (("id", block.anchor),), f'<{tag} id="{block.anchor}">', f"</{tag}>\n")
        html = self._in_contents(block.text)
        self.headings.append({"level": block.level, "id": block.anchor, "html": html, "children": []})
        self._anchor = block.anchor

    def _items(self, block: Items) -> None:
        tag = "ol" if block.start else "ul"
        self.pending += f'<ol start="{block.start}">\n' if block.start not in ("", "1") else f"<{tag}>\n"
        for text in block.texts:
            self._hole(text, "li", (), "<li>", "</li>\n")
        self.pending += f"</{tag}>\n"

    def _table(self, table: Table) -> None:
        """A wide table scrolls within its own region, named after the heading above it."""
        if self._anchor:
            self.pending += f'<div aria-labelledby="{self._anchor}"'
        else:
            self.pending += '<div aria-label="'
            self._phrase(TABLE)
            self.pending += '"'
        self.pending += ' class="table" role="region" tabindex="0">\n<table>\n<thead>\n'
        classes = [_ALIGN_CLASS.get(alignment) for alignment in table.alignments]
        head: list[_Attributes] = [(*_class(name), ("scope", "col")) for name in classes]
        body: list[_Attributes] = [_class(name) for name in classes]
        self._row(table.rows[0], "th", head, body)
        self.pending += "</thead>\n<tbody>\n"
        for row in table.rows[1:]:
            self._row(row, "td", body, body)
        self.pending += "</tbody>\n</table>\n</div>\n"

    def _row(self, row: list[int | None], tag: str, attributes: list[_Attributes], empty: list[_Attributes]) -> None:
        self.pending += "<tr>\n"
        for text, own, without in zip(row, attributes, empty, strict=True):
            if text is None:  # a header cell without a header is no header
                self.pending += f"{_opening('td', without)}</td>\n"
            else:
                self._hole(text, tag, own, _opening(tag, own), f"</{tag}>\n")
        self.pending += "</tr>\n"


class _TextWriter(_Writer):
    """Writes the texts themselves where there would be holes. `inner`: their HTML; `say` translates phrases."""

    def __init__(self, inner: list[str], say: Callable[[str], str]) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.awkward = False
        self._inner = inner
        self._say = say

    def _hole(self, text: int, tag: str, attributes: _Attributes, opening: str, closing: str) -> None:
        self.pieces += (self.pending, opening, self._inner[text])
        self.pending = closing

    def _phrase(self, message: str) -> None:
        phrase = self._say(message)
        self.awkward = self.awkward or QUOTED.search(phrase) is not None
        self.pending += phrase

    def _in_contents(self, text: int) -> str:
        return self._inner[text]


def _class(name: str | None) -> _Attributes:
    return () if name is None else (("class", name),)


def _opening(tag: str, attributes: _Attributes) -> str:
    written = "".join([f' {name}="{value}"' for name, value in attributes])
    return f"<{tag}{written}>"


def nested(headings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Headings under those of the levels above, as Python-Markdown nests them."""
    top: list[dict[str, Any]] = []
    parents: list[dict[str, Any]] = []
    levels: list[int] = []
    last: dict[str, Any] = {}
    for heading in headings:
        level = heading["level"]
        if levels and level < levels[-1]:
            levels.pop()
            while parents and level <= parents[-1]["level"]:
                parents.pop()
                del levels[-1:]
            levels.append(level)
        if not levels:
            levels.append(level)
        if level == levels[-1]:
            (parents[-1]["children"] if parents else top).append(heading)
        else:
            last["children"].append(heading)
            parents.append(last)
            levels.append(level)
        last = heading
    return top
