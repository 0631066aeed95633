"""The treeprocessors after the inline parser, made cheap: each first asks whether the tree holds what it works on.

`md.toc` stays empty unless the document asks for a table of contents with its marker; `md.toc_tokens` is always set.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import (
    TocTreeprocessor,
    nest_toc_tokens,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unescape,
    unique,
)
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor

from sitegen.translate.fast_registry import names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_unique: Any = unique  # its third parameter is newer than its type stubs
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Text without these is its own HTML, and none of the three known postprocessors changes it.
_SPECIAL = ("&", "<", ">", "\x02")
_KNOWN_POSTPROCESSORS = {"raw_html", "footnote", "amp_substitute"}


class FastPrettify(PrettifyTreeprocessor):
    """Looks block level elements up in a set. New ones must be registered before the first run."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._block_level: frozenset[str] = frozenset()

    def run(self, root: Element) -> None:
        if len(self._block_level) != len(self.md.block_level_elements):
            self._block_level = frozenset(self.md.block_level_elements)
        super().run(root)

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
        block_level = self._block_level
        tag = elem.tag
        if tag in block_level and tag not in ("code", "pre"):
            if len(elem) and elem[0].tag in block_level and (not elem.text or not elem.text.strip()):
                elem.text = "\n"
            for child in elem:
                if child.tag in block_level:
                    self._prettifyETree(child)
        tail = elem.tail
        if not tail or not tail.strip():
            elem.tail = "\n"


class FastAttrList(AttrListTreeprocessor):
    """Skips trees without a brace in their text."""

    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class FastUnescape(UnescapeTreeprocessor):
    """Skips texts and attributes where nothing was escaped."""

    def run(self, root: Element) -> None:
        if "\x02" in "".join(root.itertext()):
            super().run(root)
            return
        for element in root.iter():
            for key, value in element.items():
                if value and "\x02" in value:  # a flag of an attribute list has no value
                    element.set(key, self.unescape(value))


class FastToc(TocTreeprocessor):
    """Reads headings of plain text without serialising them, and builds the table only where it is asked for."""

    def __init__(self, md: Markdown, config: dict[str, Any]) -> None:
        super().__init__(md, config)
        self._postprocessors = 0
        self._known = False
        self._simple = not (self.base_level or self.use_anchors or self.use_permalinks)

    def run(self, doc: Element) -> None:
        headings = [element for element in doc.iter() if element.tag in _HEADINGS]
        labelled = any(heading.get("data-toc-label") is not None for heading in headings)
        if not self._simple or labelled or self.marker in "".join(doc.itertext()) or not self._no_more_postprocessors():
            super().run(doc)
            return
        used: set[str] | None = None
        counters: dict[str, int] = {}
        tokens: list[Any] = []
        for heading in headings:
            inner = self._inner(heading)
            name = strip_tags(inner) if "<" in inner else " ".join(inner.split())
            identifier = heading.get("id")
            if identifier is None:
                used = used if used is not None else _identifiers(doc)
                identifier = _unique(self.slugify(html.unescape(name), self.sep), used, counters)
                heading.set("id", identifier)
            level = int(heading.tag[1])
            if self.toc_top <= level <= self.toc_bottom:
                tokens.append(_token(level, unescape(identifier), name, inner))
        md: Any = self.md
        md.toc = ""
        md.toc_tokens = nest_toc_tokens(tokens)

    def _no_more_postprocessors(self) -> bool:
        if self._postprocessors != len(self.md.postprocessors):
            self._postprocessors = len(self.md.postprocessors)
            self._known = set(names(self.md.postprocessors)) == _KNOWN_POSTPROCESSORS
        return self._known

    def _inner(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) or any(character in text for character in _SPECIAL):
            return str(render_inner_html(remove_fnrefs(heading), self.md))
        return text.strip()


def _identifiers(doc: Element) -> set[str]:
    return {identifier for element in doc.iter() if (identifier := element.get("id")) is not None}


def _token(level: int, identifier: str, name: str, inner: str) -> dict[str, Any]:
    return {"level": level, "id": identifier, "name": name, "html": inner, "data-toc-label": ""}


def install(md: Markdown, toc: dict[str, Any]) -> None:
    """Replace the treeprocessors of an instance that has all its extensions; `toc` configures that one."""
    md.treeprocessors.register(FastPrettify(md), "prettify", 10)
    md.treeprocessors.register(FastAttrList(md), "attr_list", 8)
    md.treeprocessors.register(FastUnescape(md), "unescape", 0)
    md.treeprocessors.register(FastToc(md, toc), "toc", 5)
