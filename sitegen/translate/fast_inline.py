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

from sitegen.translate.fast_patterns import CODE, EM, ENTITY, HARD_BREAK, IMAGE, LINK, MARKUP, STRONG, TITLE_SPACE
from sitegen.translate.fast_registry import names

if TYPE_CHECKING:
    from markdown import Markdown

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
    "linebreak": (HARD_BREAK,),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_REFERENCES = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))


class _Step(NamedTuple):
    pattern: Any  # an inline pattern
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
        known = names(self.inlinePatterns)
        self._steps = [_Step(self.inlinePatterns[name], _TRIGGERS.get(name, ()), name in _REFERENCES) for name in known]
        self._known = set(known) == set(_TRIGGERS) and not any(step.pattern.ANCESTOR_EXCLUDES for step in self._steps)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if len(self._steps) != len(self.inlinePatterns):
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
            if text and text.__class__ is not AtomicString and (MARKUP.search(text) or HARD_BREAK in text):
                nodes = _direct(text, child)
                if nodes is None:
                    child.text = None
                    nodes = [item[0] for item in self._place(self._handle(text), child)]
                    following += nodes
                else:
                    # The plain walk would have numbered them, and shows the numbers where it loses its way.
                    for node in nodes:
                        self.stashed_nodes[f"{len(self.stashed_nodes):04}"] = node
                insertions.append((child, nodes))
            tail = child.tail
            if tail and (MARKUP.search(tail) or HARD_BREAK in tail):
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

    def _handle(self, data: str, index: int = 0) -> str:
        """Road 3: the plain walk over the patterns, less those whose trigger is not in the text by now."""
        if isinstance(data, AtomicString):
            return data
        start = 0
        count = len(self._steps)
        references = bool(self.md.references)
        while index < count:
            pattern, triggers, needs_references = self._steps[index]
            matched = False
            if (references or not needs_references) and _triggered(triggers, data):
                data, matched, start = self._apply(pattern, data, index, start)
            if not matched:
                index += 1
                start = 0
        return data

    # The parent's own walk calls this by its mangled name when it comes to the children of a new element.
    _InlineProcessor__handleInline = _handle


def _triggered(triggers: tuple[str, ...], data: str) -> bool:
    return not triggers or triggers[0] in data or (len(triggers) == 2 and triggers[1] in data)


def _direct(text: str, parent: Element) -> list[Element] | None:
    """Road 2: set the parent's text and answer its new children, or None when the text is not simple."""
    if HARD_BREAK in text:
        return None
    nodes: list[Element] = []
    position = at = 0  # all before `position` is done; there is no markup between it and `at`
    while found := MARKUP.search(text, at):
        at = found.start()
        if text[at] == "&" and not ENTITY.match(text, at):
            at += 1
            continue
        if text[at] == "[" and text[at - 1 : at] == "!":
            at -= 1
        made = _element(text, at)
        if made is None:
            return None
        node, end = made
        if nodes:
            nodes[-1].tail = text[position:at] or None
        else:
            first = text[:at] or None
        nodes.append(node)
        position = at = end
    if not nodes:
        return nodes
    nodes[-1].tail = text[position:] or None
    parent.text = first
    return nodes


def _element(text: str, at: int) -> tuple[Element, int] | None:
    """The element that the markup at a place stands for and where it ends, or None when it is not simple."""
    character = text[at]
    if character == "[":
        match = LINK.match(text, at)
        return _link(match) if match else None
    if character == "*":
        match = STRONG.match(text, at)
        if match:
            return _emphasis("strong", match)
        match = EM.match(text, at)
        return _emphasis("em", match) if match else None
    if character == "!":
        match = IMAGE.match(text, at)
        return _image(match) if match else None
    if character == "`":
        match = CODE.match(text, at)
        return _code(match) if match else None
    return None


def _link(match: re.Match[str]) -> tuple[Element, int] | None:
    text, url, title = match.groups()
    if "&" in text and ENTITY.search(text):
        return None
    node = Element("a", {"href": url})
    node.text = text
    _set_title(node, title)
    return node, match.end()


def _image(match: re.Match[str]) -> tuple[Element, int]:
    alternative, url, title = match.groups()
    node = Element("img", {"src": url})
    _set_title(node, title)
    node.set("alt", alternative)
    return node, match.end()


def _set_title(node: Element, title: str | None) -> None:
    if title is not None:
        node.set("title", TITLE_SPACE.sub(" ", title.strip()))


def _emphasis(tag: str, match: re.Match[str]) -> tuple[Element, int] | None:
    text = match.group(1)
    if "&" in text and ENTITY.search(text):
        return None
    node = Element(tag)
    node.text = text
    return node, match.end()


def _code(match: re.Match[str]) -> tuple[Element, int]:
    node = Element("code")
    node.text = AtomicString(code_escape(match.group(1).strip()))
    return node, match.end()


def install(md: Markdown) -> None:
    """Replace the inline processor of an instance that has all its extensions."""
    md.treeprocessors.register(FastInlineProcessor(md), "inline", 20)
