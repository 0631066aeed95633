"""The slots of an ordinary document: what the segmenter's walk over its tree would find, without a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sitegen.translate.plain_document import Block, Heading, Items, Paragraph, PlainDocument, Quotation, Table
from sitegen.translate.segment_text import fold, plain, speaks
from sitegen.translate.segment_walk import Slot
from sitegen.translate.segments import Segment


class PlainWalk:
    """One walk over a document. `line_of(text)` finds a text in the source, asked in the order of the segments."""

    def __init__(self, document: PlainDocument, line_of: Callable[[str], int]) -> None:
        self._document = document
        self._line_of = line_of
        self._index = 0  # of the element that the walk has come to, in document order
        self._headings: list[tuple[int, str]] = []

    def slots(self) -> Iterator[Slot]:
        """All slots in document order."""
        return self._blocks(self._document.blocks, "paragraph")

    def _blocks(self, blocks: Iterable[Block], kind: str) -> Iterator[Slot]:
        for block in blocks:
            if isinstance(block, Heading):
                yield self._slot(block.text, "heading", block.level)
                self._enter(block.level, plain(fold(self._document.texts[block.text])))
                continue
            if isinstance(block, Paragraph):
                yield self._slot(block.text, kind)
                continue
            self._index += 1
            if isinstance(block, Quotation):
                yield from self._blocks(block.blocks, "quotation")
            elif isinstance(block, Items):
                for text in block.texts:
                    yield self._slot(text, "list item")
            else:
                yield from self._table(block)

    def _table(self, table: Table) -> Iterator[Slot]:
        for number, row in enumerate(table.rows):
            self._index += 2 if number < 2 else 1  # thead and tbody before the first row of each
            for text in row:
                if text is None:
                    self._index += 1
                else:
                    yield self._slot(text, "table cell")

    def _slot(self, text: int, kind: str, level: int = 0) -> Slot:
        self._index += 1
        raw = self._document.texts[text]
        msgid = fold(raw)
        segment = None
        if speaks(msgid):
            place = tuple(title for depth, title in self._headings if not level or depth < level)
            segment = Segment(msgid, kind, None, level, place, self._line_of(raw))
        return Slot(self._index, False, raw, segment=segment)

    def _enter(self, level: int, title: str) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, title))
