"""A document's HTML with holes for its texts."""

from __future__ import annotations

from typing import Any, NamedTuple


class Hole(NamedTuple):
    """Where the text of a slot goes. `before` is the HTML up to the opening tag of its element, `opening` that tag.

    `tag` and `attributes` are of that element if the text is all that it holds; else `tag` is ''.
    """

    before: str
    slot: int
    tag: str
    attributes: tuple[tuple[str, str | None], ...]
    opening: str


class Phrase(NamedTuple):
    """Where an interface text goes, within an attribute."""

    before: str
    message: str


class Skeleton(NamedTuple):
    """The holes of a document in order, the HTML after the last, and the tokens of its table of contents.

    `fixed` are the numbers of slots without a hole: blocks of code.
    """

    holes: tuple[Hole | Phrase, ...]
    end: str
    toc: tuple[dict[str, Any], ...]
    fixed: frozenset[int]
