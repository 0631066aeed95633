"""The ends of the Markdown pipeline, made cheap: preprocessors that look before they leap, and a quick serializer.

Each class does exactly what its parent does; it only notices sooner that there is nothing to do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import HTML_EMPTY

from markdown import serializers
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.preprocessors import NormalizeWhitespace

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# What Python's HTML parser would see as more than text: a tag, a declaration, or a numeric reference that is not
# closed (it would add the semicolon).
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&#(?!(?:[0-9]+|[xX][0-9a-fA-F]+);)")
_VOID = HTML_EMPTY
_BOOLEAN = getattr(serializers, "BOOLEAN_ATTRIBUTES")["html"]  # noqa: B009
# The plain serializer walks with a stack of its own; this one recurses, and leaves deeper trees to it.
_DEPTH_LIMIT = 100


class FastNormalizeWhitespace(NormalizeWhitespace):
    """Skips the search for lines of spaces where no space ends a line."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "\t" in source or "\r" in source or " \n" in source or "\x02" in source or "\x03" in source:
            return super().run(lines)
        if lines and lines[-1] and not lines[-1].strip(" "):  # a last line of spaces meets the newlines added below
            return super().run(lines)
        return [*lines, "", ""]


class FastFencedBlocks(FencedBlockPreprocessor):
    """Skips documents without a fence."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent.md, parent.config)

    def run(self, lines: list[str]) -> list[str]:
        for line in lines:
            if line.startswith(("```", "~~~")):
                return super().run(lines)
        return lines


class FastHtmlBlocks(HtmlBlockPreprocessor):
    """Skips the HTML parser where it would hand back the text as it came."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if ("<" in source or "&#" in source) and _MARKUP.search(source):
            return super().run(lines)
        return lines


class _UnusualError(Exception):
    """The tree holds something that only the plain serializer knows."""


def to_html(root: Element) -> str:
    """The HTML of an element tree, the same bytes as `markdown.serializers.to_html_string`."""
    parts: list[str] = []
    try:
        _write(root, parts, _DEPTH_LIMIT)
    except _UnusualError:
        return serializers.to_html_string(root)
    return "".join(parts)


def _write(element: Element, parts: list[str], depth: int) -> None:
    tag = element.tag
    if tag.__class__ is not str or not depth:
        raise _UnusualError
    attributes = element.items()
    parts.append(f"<{tag}{_attributes(attributes)}>" if attributes else f"<{tag}>")
    text = element.text
    lower = tag.lower()
    if text:
        parts.append(text if lower in ("script", "style") else escape(text))
    for child in element:
        _write(child, parts, depth - 1)
    if lower not in _VOID:
        parts.append(f"</{tag}>")
    if tail := element.tail:
        parts.append(escape(tail))


def escape(text: str) -> str:
    """Character data as the plain serializer escapes it: an ampersand that begins an entity stays."""
    if "&" in text:
        text = serializers.RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _attributes(items: Any) -> str:
    written = ""
    for name, value in sorted(items):
        if name.__class__ is not str or not (value is None or isinstance(value, str)):
            raise _UnusualError
        if value is None:
            written += f" {name}"
            continue
        escaped = escape(value)
        if '"' in escaped:
            escaped = escaped.replace('"', "&quot;")
        written += f" {escaped}" if name == escaped and name in _BOOLEAN else f' {name}="{escaped}"'
    return written


def install(md: Markdown) -> None:
    """Replace the preprocessors and the serializer of an instance that has all its extensions."""
    md.preprocessors.register(FastNormalizeWhitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(FastFencedBlocks(md.preprocessors["fenced_code_block"]), "fenced_code_block", 25)
    md.preprocessors.register(FastHtmlBlocks(md), "html_block", 20)
    md.serializer = to_html
