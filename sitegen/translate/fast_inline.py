"""The inline parser, made cheap: plain text is left alone, common markup is read in one pass, the rest as ever.

Three roads, the first that fits is taken for each text of the block tree:

1. no character of inline markup: the text stays as it is;
2. only links, images, code spans and emphasis in their simplest form, not nested: the elements are made directly;
3. anything else: Python-Markdown's own walk, whose patterns are entered only when their trigger is in the text.

Road 2 is narrow on purpose. What it takes must leave no markup character outside the elements that it makes, since
Python-Markdown looks at the texts of new elements a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, code_escape

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import Pattern

# Without any of these no pattern matches and no placeholder stands in the text.
_MARKUP = re.compile(r"[`\\\[<&*_\x02]|  \n")

_INNER = r"[^`\\\[\]<*_\x02]+"  # text inside an element; entities and hard breaks are refused afterwards
_ALT = r"[^`\\\[\]<\x02]*"
_URL = r"[^`\\\[\]<>*()\"'\x02\s]+"
_TITLE = r"[^`\\\[\]<>()\"'\x02]+"
_TOKEN = re.compile(
    rf"""
      (?P<image>!\[({_ALT})\]\(({_URL})(?:[ ]"({_TITLE})")?\))
    | (?P<link>(?<!!)\[(?!\^)({_INNER})\]\(({_URL})(?:[ ]"({_TITLE})")?\))
    | (?P<code>(?<!`)`([^`\\\x02]+)`(?!`))
    | (?P<strong>(?<!\*)\*\*(?!\s)({_INNER})(?<!\s)\*\*(?!\*))
    | (?P<em>(?<!\*)\*(?!\s)({_INNER})(?<!\s)\*(?!\*))
    | (?P<other>[`\\\[<*_\x02]|[ ][ ]\n|&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)
    """,
    re.VERBOSE,
)
_NESTED = re.compile(r"[ ][ ]\n|&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);")
_TITLE_SPACE = re.compile(r"\s")

# What must stand in a text for a pattern to match; patterns of references also need a definition.
_TRIGGERS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_REFERENCES = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))


class _Step(NamedTuple):
    pattern: Pattern
    triggers: tuple[str, ...]  # empty: the pattern is always entered
    needs_references: bool


class FastInlineProcessor(InlineProcessor):
    """An `InlineProcessor` with the same results. Inline patterns must be registered before its first run."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._steps: list[_Step] = []
        self._known = False  # no pattern but those of `_TRIGGERS` is registered
        # Private names of the parent, looked up once; `parser.py` keeps to versions that have them.
        self._apply: Callable[..., tuple[str, bool, int]] = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009
        self._place: Callable[..., list[Any]] = getattr(self, "_InlineProcessor__processPlaceholders")  # noqa: B009

    def _refresh(self) -> None:
        names = [item.name for item in self.inlinePatterns._priority]
        self._steps = [
            _Step(self.inlinePatterns[name], _TRIGGERS.get(name, ()), name in _REFERENCES) for name in names
        ]
        self._known = set(names) == set(_TRIGGERS) and not any(step.pattern.ANCESTOR_EXCLUDES for step in self._steps)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if len(self._steps) != len(self.inlinePatterns):
            self.inlinePatterns._sort()
            self._refresh()
        if not self._known:
            return super().run(tree, ancestors)
        self.stashed_nodes: dict[str, Element | str] = {}
        self.ancestors = []
        queue = [tree]
        for element in queue:  # grows as it is walked, breadth first
            queue.extend(self._run_children(element))
        return tree

    def _run_children(self, element: Element) -> list[Element]:
        """Parse the texts and tails of an element's children; answer the elements to be walked next, in order."""
        following: list[Element] = []
        insertions: list[tuple[Element, list[Element]]] = []
        for child in element:
            text = child.text
            if text and text.__class__ is not AtomicString and _MARKUP.search(text):
                nodes = self._direct(text, child)
                if nodes is None:
                    child.text = None
                    nodes = [item[0] for item in self._place(self._handle(text), child)]
                    following += nodes
                insertions.append((child, nodes))
            tail = child.tail
            if tail and _MARKUP.search(tail):
                self._run_tail(element, child, tail)
            if len(child):
                following.append(child)
        for child, nodes in insertions:
            for index, node in enumerate(nodes):
                child.insert(index, node)
        return following

    def _run_tail(self, element: Element, child: Element, tail: str) -> None:
        holder = Element("d")
        child.tail = None
        nodes = self._place(self._handle(tail), holder, False)
        if holder.tail:
            child.tail = holder.tail
        position = list(element).index(child) + 1
        for item in reversed(nodes):
            element.insert(position, item[0])

    def _direct(self, text: str, parent: Element) -> list[Element] | None:
        """Road 2: set the parent's text and answer its new children, or None when the text is not simple."""
        nodes: list[Element] = []
        pieces: list[str] = []
        position = 0
        for match in _TOKEN.finditer(text):
            node = _element(match)
            if node is None:
                return None
            pieces.append(text[position : match.start()])
            position = match.end()
            nodes.append(node)
        pieces.append(text[position:])
        parent.text = pieces[0] or None
        for node, piece in zip(nodes, pieces[1:], strict=True):
            if piece:
                node.tail = piece
        return nodes

    def _handle(self, data: str, index: int = 0) -> str:
        """Road 3: the plain walk over the patterns, less those whose trigger is not in the text by now."""
        if isinstance(data, AtomicString):
            return data
        start = 0
        count = len(self._steps)
        references = bool(self.md.references)
        while index < count:
            pattern, triggers, needs_references = self._steps[index]
            if needs_references and not references:
                matched = False
            elif triggers and triggers[0] not in data and (len(triggers) == 1 or triggers[1] not in data):
                matched = False
            else:
                data, matched, start = self._apply(pattern, data, index, start)
            if not matched:
                index += 1
                start = 0
        return data

    # The parent's own walk calls this by its mangled name when it comes to the children of a new element.
    _InlineProcessor__handleInline = _handle


def _element(match: re.Match[str]) -> Element | None:
    """The element that a token stands for, or None when it is not simple after all."""
    groups = match.groups()
    kind = match.lastgroup
    if kind == "link":
        return _link(groups[5], groups[6], groups[7])
    if kind == "strong":
        return _emphasis("strong", groups[11])
    if kind == "em":
        return _emphasis("em", groups[13])
    if kind == "image":
        return _image(groups[1], groups[2], groups[3])
    if kind == "code":
        node = Element("code")
        node.text = AtomicString(code_escape(groups[9].strip()))
        return node
    return None


def _link(text: str, url: str, title: str | None) -> Element | None:
    if _NESTED.search(text):
        return None
    node = Element("a", {"href": url})
    node.text = text
    if title is not None:
        node.set("title", _TITLE_SPACE.sub(" ", title.strip()))
    return node


def _image(alt: str, url: str, title: str | None) -> Element:
    node = Element("img", {"src": url})
    if title is not None:
        node.set("title", _TITLE_SPACE.sub(" ", title.strip()))
    node.set("alt", alt)
    return node


def _emphasis(tag: str, text: str) -> Element | None:
    if _NESTED.search(text):
        return None
    node = Element(tag)
    node.text = text
    return node


def install(md: Markdown) -> None:
    """Replace the inline processor of an instance that has all its extensions."""
    md.treeprocessors.register(FastInlineProcessor(md), "inline", 20)
