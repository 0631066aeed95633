"""A parsed document as the HTML of one page: translated, resolved, sanitised, and derived into another script."""

from __future__ import annotations

import copy
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from sitegen.plan.context import Heading
from sitegen.render.body_html import derive, inline_only, rewrite, sanitised
from sitegen.render.body_options import Body, BodyOptions
from sitegen.render.body_skeleton import as_written, assemble, skeleton_of
from sitegen.render.body_text import Texts, TextWriter
from sitegen.render.body_tree import TreeFinisher
from sitegen.translate.block_state import (
    BlockState,
    borrowed_markdown,
    empty_tree,
    finish_tree,
    restore,
    serialise,
    without_marks,
)
from sitegen.translate.document import Document
from sitegen.translate.safe_html import needs_cleaning
from sitegen.translate.segment_text import tame

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["Body", "BodyOptions", "render_body", "render_inline"]

_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_PARAGRAPH_START = re.compile(r"<p(?:\s[^>]*)?>")
_NOTE_MARK = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"</?a\b[^>]*>|<img\b[^>]*>", re.IGNORECASE)


def render_body(document: Document, options: BodyOptions) -> Body:
    """Render `document` for one page. The document is left as it is and may be rendered again."""
    output, toc, texts = _quick(document, options) or _thorough(document, options)
    if options.derive:
        output = derive(output, options, options.derive)
    return Body(
        html=output,
        toc=tuple(_heading(token, options) for token in toc) if options.contents else (),
        counts=dict(texts.counts),
        excerpt=_excerpt(output),
        messages=frozenset(texts.messages),
    )


def _quick(document: Document, options: BodyOptions) -> tuple[str, list[dict[str, Any]], Texts] | None:
    """The short cut, where the document and its translation allow it.

    Unless the document is an ordinary one, to prepare it costs more than the long way, so it waits for the first page
    that needs translations: a document written by hand for its language has none.
    """
    if not options.force and (written := as_written(document, options)) is not None:
        return written.html, written.toc, written.texts
    needless = document.plain is None and options.lookup is None and "skeleton" not in document.cache
    skeleton = None if options.force or needless else skeleton_of(document)
    made = assemble(document, skeleton, options) if skeleton else None
    return (made.html, made.toc, made.texts) if made else None


def _thorough(document: Document, options: BodyOptions) -> tuple[str, list[dict[str, Any]], Texts]:
    """Translate a copy of the block tree and finish it as Python-Markdown does."""
    root = copy.deepcopy(document.tree)
    texts = TextWriter(document, options).write(root)
    state = replace(
        document.state, stash=tuple(texts.stash), abbreviations=texts.abbreviations, references=texts.references
    )
    with borrowed_markdown() as parser:
        output, toc = _finish(parser, state, root, options)
    return output, toc, texts


def render_inline(text: str, options: BodyOptions | None = None) -> str:
    """Inline Markdown of a field as HTML without a paragraph around it; a blank line becomes two line breaks."""
    options = options or BodyOptions("", "")
    root = empty_tree()
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        SubElement(root, "p").text = tame(paragraph)
    with borrowed_markdown() as parser:
        output, _ = _finish(parser, BlockState(), root, options)
    output = "<br><br>".join(match.group(1) for match in _PARAGRAPH.finditer(output))
    return derive(output, options, options.derive) if options.derive else output


def _finish(
    parser: Markdown, state: BlockState, root: Element, options: BodyOptions
) -> tuple[str, list[dict[str, Any]]]:
    """Inline parsing, adjustment and output: the HTML and the tokens of the table of contents."""
    restore(parser, state)
    root = finish_tree(parser, root)
    stash = parser.htmlStash.rawHtmlBlocks
    unclean = needs_cleaning(str(piece) for piece in stash)

    def expand(value: str) -> str:
        for processor in parser.postprocessors:
            value = processor.run(value)
        return value

    TreeFinisher(options, state.footnotes, expand).finish(root)
    if unclean:
        parser.htmlStash.rawHtmlBlocks = [
            piece if number in state.fenced else rewrite(str(piece), options) for number, piece in enumerate(stash)
        ]
    output = serialise(parser, root)
    toc: list[dict[str, Any]] = parser.toc_tokens  # type: ignore[attr-defined]
    return (sanitised(output) if unclean else output), toc


def _heading(token: dict[str, Any], options: BodyOptions) -> Heading:
    from markupsafe import Markup

    inner = inline_only(_LINK.sub("", without_marks(token["html"])))
    if options.derive:
        inner = derive(inner, options, options.derive)
    children = tuple(_heading(child, options) for child in token["children"])
    return Heading(token["id"], Markup(inner), token["level"], children)  # noqa: S704 - sanitised above


def _excerpt(output: str) -> str:
    """The first paragraph that says something, as plain text."""
    position = 0
    while opening := _PARAGRAPH_START.search(output, position):
        position = output.find("</p>", opening.end())
        if position < 0:
            break
        text = output[opening.end() : position]
        if "<" in text:
            text = _TAG.sub("", _NOTE_MARK.sub("", text))
        text = html.unescape(text)
        if "admonition-title" not in opening.group() and text.strip():
            return " ".join(text.split())
    return ""
