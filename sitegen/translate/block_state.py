"""Python-Markdown in two halves: the block parser once for a source, inline parsing and output once for a language.

`BlockState` holds everything that the first half leaves in a `Markdown` instance, so that the second half can run
again and again, on any instance, with translated texts in the tree.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from markdown import Markdown

ROOT_TAG = "div"
_LEAKED = re.compile("\x02?klzzwxh:[0-9]{4,}\x03?|[\x02\x03]")  # the parser loses sight of a mark now and then


@dataclass(frozen=True, slots=True)
class BlockState:
    """What the block parser found beside the tree. `fenced` are the numbers of stashed code blocks."""

    stash: tuple[str, ...] = ()
    fenced: frozenset[int] = frozenset()
    references: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    footnotes: tuple[str, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def _idle() -> list[Markdown]:
    """Instances at rest: to make one costs as much as to convert a page. `pop` and `append` are atomic."""
    return []


@contextlib.contextmanager
def borrowed_markdown() -> Iterator[Markdown]:
    """A reset instance for one conversion; no two users hold the same one."""
    from sitegen.translate.parser import build_markdown

    idle = _idle()
    try:
        parser = idle.pop()
    except IndexError:
        parser = build_markdown()
    parser.reset()
    try:
        yield parser
    finally:
        if not parser.parser.state:  # else an error has stopped it halfway, and it is of no more use
            idle.append(parser)


def parse_blocks(parser: Markdown, text: str) -> tuple[Element, BlockState, str]:
    """The block tree of `text` with its footnotes, the state beside it, and the text as the parser normalised it."""
    lines = text.split("\n")
    normalised = text
    fenced = 0
    for number, preprocessor in enumerate(parser.preprocessors):
        lines = preprocessor.run(lines)
        if number == 0:
            normalised = "\n".join(lines)
        if preprocessor is parser.preprocessors["fenced_code_block"]:
            fenced = parser.htmlStash.html_counter
    root = parser.parser.parseDocument(lines).getroot()
    assert root is not None
    _place_footnotes(parser, root)
    state = BlockState(
        tuple(_as_text(parser, block) for block in parser.htmlStash.rawHtmlBlocks),
        frozenset(range(fenced)),
        dict(parser.references),
        tuple(_extension(parser, "FootnoteExtension").footnotes),
        dict(_extension(parser, "AbbrExtension").abbrs),
    )
    return root, state, normalised


def restore(parser: Markdown, state: BlockState) -> None:
    """Put an instance where the block parser had left it."""
    parser.reset()
    parser.htmlStash.rawHtmlBlocks = list(state.stash)
    parser.htmlStash.html_counter = len(state.stash)
    parser.references.update(state.references)  # type: ignore[arg-type]
    _extension(parser, "FootnoteExtension").footnotes.update(dict.fromkeys(state.footnotes, ""))
    _extension(parser, "AbbrExtension").abbrs.update(state.abbreviations)


def finish_tree(parser: Markdown, root: Element) -> Element:
    """Inline parsing and all that follows, up to the finished tree."""
    footnotes = parser.treeprocessors["footnote"]  # have been placed already
    for processor in parser.treeprocessors:
        if processor is not footnotes and (changed := processor.run(root)) is not None:
            root = changed
    return root


def serialise(parser: Markdown, root: Element) -> str:
    """The finished tree as HTML, with raw HTML put back into it."""
    text: str = parser.serializer(root)
    start, end = text.find(f"<{ROOT_TAG}>"), text.rfind(f"</{ROOT_TAG}>")
    text = text[start + len(ROOT_TAG) + 2 : end].strip() if 0 <= start < end else ""
    for processor in parser.postprocessors:
        text = processor.run(text)
    return without_marks(text).strip()


def without_marks(text: str) -> str:
    """HTML without private marks that the parser has forgotten in it."""
    return _LEAKED.sub("", text) if "\x02" in text or "\x03" in text else text


def footnote_order(parser: Markdown) -> list[str]:
    """Labels of footnotes in the order in which the text just finished refers to them."""
    return list(_extension(parser, "FootnoteExtension").footnote_order)


def empty_tree() -> Element:
    return Element(ROOT_TAG)


def plain_tree(text: str) -> Element:
    """A tree that shows a text which could not be parsed, as it stands."""
    root = empty_tree()
    pre = SubElement(root, "pre")
    pre.text = text
    return root


def _place_footnotes(parser: Markdown, root: Element) -> None:
    """Footnotes are blocks, too: parse them now and put them where they belong."""
    parser.treeprocessors["footnote"].run(root)


def _as_text(parser: Markdown, block: str | Element) -> str:
    return block if isinstance(block, str) else parser.serializer(block)


def _extension(parser: Markdown, name: str) -> Any:
    """A registered extension by the name of its class (a faster subclass may stand in for it)."""
    return next(
        found for found in parser.registeredExtensions if any(base.__name__ == name for base in type(found).__mro__)
    )
