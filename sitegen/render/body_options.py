"""What the rendering of a body takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sitegen.plan.context import Heading
from sitegen.translate.segments import Lookup, State

TABLE = "Table"
FOOTNOTES = "Footnotes"
BACK_TO_TEXT = "Back to reference %(number)s in the text"

PHRASES = (TABLE, FOOTNOTES, BACK_TO_TEXT)
"""Interface texts of a body, beside the default titles of admonitions (`segment_walk.DEFAULT_TITLES`)."""


@dataclass(frozen=True, slots=True)
class BodyOptions:
    """How one document is to appear on one page.

    `language`, `direction`: of the page ('ltr' | 'rtl'); `source_language`, `source_direction`: of the document.
    `lookup` finds translations; None on a page in the source language.
    `resolve(href, image)` gives the address for a target as the author wrote it; None leaves it as it is.
    `derive` turns the script of `derived_from` into that of the page; it sees plain text alone.
    `direction_of(tag)` is asked for languages other than these two. `phrase(message)` translates interface texts.
    `image_size(href)` gives (width, height) in pixels of an image as the author wrote its address, or None.
    `report(code, message)` hears what had to be refused. `mark_states` marks every segment for the preview, with the
    `domain` of its message.
    `checked`: the lookup's texts have passed `segment_safety` already; otherwise it is asked here, and a text that it
    refuses gives way to its source. `share`: pages with the same name here look up the same texts.
    `contents`: a table of contents is wanted. `force` puts even equal translations through the whole way; for tests.
    """

    language: str
    source_language: str
    direction: str = "ltr"
    source_direction: str = "ltr"
    lookup: Lookup | None = None
    resolve: Callable[[str, bool], str | None] | None = None
    derive: Callable[[str], str] | None = None
    derived_from: str | None = None
    direction_of: Callable[[str], str] | None = None
    phrase: Callable[[str], str] | None = None
    image_size: Callable[[str], tuple[int, int] | None] | None = None
    report: Callable[[str, str], None] | None = None
    mark_states: bool = False
    domain: str = ""
    checked: bool = False
    share: str = ""
    contents: bool = True
    force: bool = False

    def say(self, message: str) -> str:
        return self.phrase(message) if self.phrase else message

    def own(self, tag: str) -> bool:
        """Whether text in this language needs no mark of its own on the page."""
        return tag == self.language or (self.derive is not None and tag == self.derived_from)

    def direction_for(self, tag: str) -> str:
        if tag == self.source_language:
            return self.source_direction
        if tag == self.language or self.direction_of is None:
            return self.direction
        return self.direction_of(tag)


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body. `counts`: texts by state. `excerpt`: the first paragraph without markup, '' when there is none.

    `messages`: (msgid, context) of all messages that were looked up.
    """

    html: str
    toc: tuple[Heading, ...] = ()
    counts: Mapping[State, int] = field(default_factory=dict)
    excerpt: str = ""
    messages: frozenset[tuple[str, str | None]] = frozenset()
