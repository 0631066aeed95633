"""How a list falls into pages, and where each page of it stands."""

from __future__ import annotations


def page_count(entries: int, size: int) -> int:
    """How many pages `entries` take; `size` 0: all of them on one. A list without entries has one page."""
    return max(1, -(-entries // size)) if size else 1


def page_address(address: str, number: int) -> str:
    """The address of one page of a list: `fi/uutiset/`, `fi/uutiset/page/2/`."""
    return address if number == 1 else f"{address}page/{number}/"
