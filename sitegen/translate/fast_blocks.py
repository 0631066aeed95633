"""The block parser, made cheap: a block is offered only to those processors that could want it.

Every gate is a necessary condition of its processor's `test` (or of the search that its `run` begins with), taken
from the first characters of the block's lines; a processor that is not known here is always asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor

from sitegen.translate.fast_registry import names, priorities

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.blockprocessors import BlockProcessor

# A gate answers from the block and the first non-blank characters of its lines ("" for a blank line).
Gate = Callable[[str, str], bool]

_INDENT = "    "
# A block is a paragraph at once when no line begins with one of these, none is indented and there is no pipe.
_OPENERS = frozenset("-*_+:>[!#=\x02")


def _indented(block: str, _firsts: str) -> bool:
    return block.startswith(_INDENT)


def _always(_block: str, _firsts: str) -> bool:
    return True


def _any_of(characters: str) -> Gate:
    openers = frozenset(characters)
    return lambda _block, firsts: not openers.isdisjoint(firsts)


_GATES: dict[str, Gate] = {
    "markdown_block": lambda block, _firsts: block.startswith("\x02"),
    "admonition": lambda block, firsts: "!" in firsts or block.startswith(_INDENT),
    "empty": lambda block, _firsts: not block or block[0] == "\n",
    "indent": _indented,
    "defindent": _indented,
    "code": _indented,
    "table": lambda block, _firsts: "|" in block and "\n" in block,
    "hashheader": _any_of("#"),
    "setextheader": _any_of("=-"),
    "hr": _any_of("-_*"),
    "olist": lambda _block, firsts: firsts[:1].isdigit(),
    "ulist": lambda _block, firsts: firsts[:1] in ("*", "+", "-"),
    "deflist": _any_of(":"),
    "quote": _any_of(">"),
    "footnote": _any_of("["),
    "abbr": _any_of("*"),
    "reference": _any_of("["),
    "paragraph": _always,
}


class FastBlockParser(BlockParser):
    """A `BlockParser` that parses as its parent does, in less time."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._plan: list[tuple[Gate, BlockProcessor]] = []
        self._known = False  # no processor but those of `_GATES` is registered

    def _refresh(self) -> None:
        known = names(self.blockprocessors)
        self._plan = [(_GATES.get(name, _always), self.blockprocessors[name]) for name in known]
        self._known = set(known) == set(_GATES)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        if len(self._plan) != len(self.blockprocessors):
            self._refresh()
        while blocks:
            block = blocks[0]
            firsts = "".join([line.lstrip(" ")[:1] for line in block.split("\n")])
            if self._known and self._is_paragraph(block, firsts):
                self._add_paragraph(parent, blocks)
                continue
            # Not a method of its own: depth of calls is what the plain parser limits nesting by.
            for gate, processor in self._plan:
                block = blocks[0]
                if gate(block, firsts) and processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break

    def _is_paragraph(self, block: str, firsts: str) -> bool:
        """True when no processor before the last would take it, and it is not blank."""
        return (
            bool(firsts)
            and not firsts[0].isspace()
            and _OPENERS.isdisjoint(firsts)
            and not block.startswith(("\n", _INDENT))
            and not firsts[0].isdigit()
            and ("|" not in block or "\n" not in block)
        )

    def _add_paragraph(self, parent: Element, blocks: list[str]) -> None:
        if self.state and self.state[-1] == "list":
            self._plan[-1][1].run(parent, blocks)
        else:
            SubElement(parent, "p").text = blocks.pop(0).lstrip()


class FastTableProcessor(TableProcessor):
    """Splits rows without code and escapes at their pipes."""

    def _split_row(self, row: str) -> list[str]:
        if "`" in row or "\\" in row:
            return list(super()._split_row(row))  # type: ignore[misc]
        if self.border:
            row = row.removeprefix("|").removesuffix("|")
        return row.split("|")


def replace_parser(md: Markdown) -> FastBlockParser:
    """A fast parser with the processors of the one that the instance has; for use before extensions are loaded."""
    parser = FastBlockParser(md)
    for name, priority in priorities(md.parser.blockprocessors):
        processor = md.parser.blockprocessors[name]
        processor.parser = parser
        parser.blockprocessors.register(processor, name, priority)
    return parser


def install(md: Markdown) -> None:
    """Replace the table processor of an instance whose parser is a `FastBlockParser`."""
    plain: Any = md.parser.blockprocessors["table"]
    md.parser.blockprocessors.register(FastTableProcessor(md.parser, plain.config), "table", 75)
