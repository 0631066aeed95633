"""Directives for translators: `<!-- i18n: comment … -->`, `context`, `skip`, `skip-start`/`skip-end`, `exact`.

A directive on a line of its own speaks of the block that follows (of a whole list or table, too). Within a line it
speaks of that paragraph, list item or table cell alone. Directives are taken out of the tree: no reader sees them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from sitegen.problems import did_you_mean
from sitegen.translate.segment_text import CODE_SPAN, STASHED

DIRECTIVE = re.compile(r"<!--\s*i18n:(?P<body>.*?)-->", re.DOTALL)
NAMES = ("comment", "context", "skip", "skip-start", "skip-end", "exact")

_IN_LINE = re.compile(rf"{CODE_SPAN.pattern}|[ ]*{DIRECTIVE.pattern}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the directives say about one block or one text."""

    comments: tuple[str, ...] = ()
    context: str | None = None
    skip: bool = False
    exact: bool = False

    def under(self, other: Notes) -> Notes:
        """These notes for something within a block that has notes of its own."""
        return Notes(
            other.comments + self.comments,
            self.context or other.context,
            self.skip or other.skip,
            self.exact or other.exact,
        )


NO_NOTES = Notes()
Slot = tuple[Element, bool]
"""A text of the tree: an element and whether its tail is meant."""


class Directives:
    """Takes the directives out of a tree. `blocks` and `texts` tell afterwards what they said.

    `report(directive, code, message)` is called for each mistake with the directive's own text.
    """

    def __init__(self, stash: list[str], report: Callable[[str, str, str], None]) -> None:
        self.blocks: dict[Element, Notes] = {}
        self.texts: dict[Slot, Notes] = {}
        self._stash = stash
        self._report = report
        self._pending = NO_NOTES
        self._skipping = ""

    def take_from(self, root: Element) -> None:
        self._visit(root)
        if self._skipping:
            message = "skip-start has no skip-end; write <!-- i18n: skip-end --> where translation begins again"
            self._report(self._skipping, "directive-unclosed", message)

    def _visit(self, element: Element) -> None:
        self._text(element, tail=False)
        previous: Element | None = None
        for child in list(element):
            if self._is_directive(child):
                _remove(element, child, previous)
                continue
            notes = self._pending if not self._skipping else replace(self._pending, skip=True)
            self._pending = NO_NOTES
            if notes != NO_NOTES:
                self.blocks[child] = notes
            self._visit(child)
            self._text(child, tail=True)
            previous = child

    def _is_directive(self, element: Element) -> bool:
        """Whether the element holds nothing but directives; they then wait for the next block."""
        if element.tag != "p" or len(element) or not element.text or element.get("class"):
            return False
        text = STASHED.sub(lambda match: self._stash[int(match.group(1))], element.text)
        if not DIRECTIVE.search(text) or DIRECTIVE.sub("", text).strip():
            return False
        for match in DIRECTIVE.finditer(text):
            self._pending = self._read(match, self._pending)
        return True

    def _text(self, element: Element, *, tail: bool) -> None:
        text = element.tail if tail else element.text
        if not text or "i18n:" not in text or type(text) is not str:
            return
        notes = NO_NOTES

        def take(match: re.Match[str]) -> str:
            nonlocal notes
            if match.group("code") is not None:
                return match.group()
            notes = self._read(match, notes)
            return ""

        rest = _IN_LINE.sub(take, text)
        if notes != NO_NOTES:
            self.texts[element, tail] = notes
        if tail:
            element.tail = rest
        else:
            element.text = rest.lstrip() if element.tag != "pre" else rest

    def _read(self, match: re.Match[str], notes: Notes) -> Notes:
        name, _, value = match.group("body").strip().partition(" ")
        value = " ".join(value.split())
        match name:
            case "comment" if value:
                return replace(notes, comments=(*notes.comments, value))
            case "context" if value:
                return replace(notes, context=value)
            case "comment" | "context":
                message = f"'{name}' says nothing; write <!-- i18n: {name} your text -->"
                self._report(match.group(), "directive-empty", message)
            case "skip":
                return replace(notes, skip=True)
            case "exact":
                return replace(notes, exact=True)
            case "skip-start":
                self._skipping = match.group()
            case "skip-end":
                if not self._skipping:
                    message = "skip-end without a skip-start before it; remove it or add the beginning"
                    self._report(match.group(), "directive-unopened", message)
                self._skipping = ""
            case _:
                message = f"unknown directive '{name}'{did_you_mean(name, NAMES)} (known: {', '.join(NAMES)})"
                self._report(match.group(), "directive-unknown", message)
        return notes


def _remove(parent: Element, child: Element, previous: Element | None) -> None:
    """Take `child` out but leave its tail, which belongs to the parent."""
    parent.remove(child)
    if not child.tail:
        return
    if previous is None:
        parent.text = (parent.text or "") + child.tail
    else:
        previous.tail = (previous.tail or "") + child.tail
