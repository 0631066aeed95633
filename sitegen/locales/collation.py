"""Alphabetical order (placeholder until the CLDR tailorings are in place)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


def collation_key(_tag: str) -> Callable[[str], str]:
    return lambda text: unicodedata.normalize("NFKD", text).casefold()


def letter_of(_tag: str, name: str) -> str:
    return name[:1].upper()
