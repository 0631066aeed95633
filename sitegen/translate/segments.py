"""The unit of translation and what a lookup answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sitegen.problems import Position


class State(StrEnum):
    """How far one segment speaks its language. `SAME`: no translation is needed (numbers, names, code alone)."""

    TRANSLATED = "translated"
    STALE = "stale"
    UNTRANSLATED = "untranslated"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Segment:
    """One block of Markdown with its inline markup, or one translatable field.

    `kind`: paragraph | heading | list item | table cell | caption | term | definition | html | title | field …
    `place`: titles of the headings above it, outermost first. `line` is relative to the file (1-based, 0 unknown).
    `context` is the msgctxt or None. `comments` are for translators. `maximum_length` in characters or None.
    """

    msgid: str
    kind: str
    context: str | None = None
    level: int = 0
    place: tuple[str, ...] = ()
    line: int = 0
    comments: tuple[str, ...] = ()
    exact: bool = False
    maximum_length: int | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """What stands in for a segment: `text` in the language `lang` (the source's when untranslated).

    `position`: of the message in its catalogue.
    """

    text: str
    lang: str
    state: State
    position: Position | None = field(default=None, compare=False)


Lookup = Callable[[Segment], Translation]
