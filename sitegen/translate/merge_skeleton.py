"""When only an address or white space of a message changed: what stays, and its translation with new addresses."""

from __future__ import annotations

import re

from sitegen.read.po import PoEntry

_ADDRESS = re.compile(
    r"(?<=\]\()[^\s()<>]+(?=[\s)])"  # [text](address "title")
    r"|(?<=\]\(<)[^<>\n]+(?=>)"
    r"|(?<=<)(?:https?|mailto|tel):[^<>\s]+(?=>)"
    r"""|(?<=href=")[^"]*|(?<=src=")[^"]*|(?<=href=')[^']*|(?<=src=')[^']*"""
    r"|\bhttps?://[^\s<>()\"'`\]]*[\w/]",
    re.IGNORECASE,
)


def addresses(text: str) -> list[str]:
    """The addresses in `text`, in order."""
    return _ADDRESS.findall(text)


def skeleton(text: str | None) -> str | None:
    """`text` with its addresses blanked and its white space folded."""
    return None if text is None else " ".join(_ADDRESS.sub("\ufffc", text).split())


def carried_strings(donor: PoEntry, entry: PoEntry) -> tuple[str, ...] | None:
    """The donor's texts with the addresses of `entry`; None when they cannot be put in for certain."""
    before = addresses(donor.msgid) + addresses(donor.plural or "")
    after = addresses(entry.msgid) + addresses(entry.plural or "")
    if len(before) != len(after):
        return None
    if before == after:
        return donor.strings
    changed: dict[str, str] = {}
    for old, new in zip(before, after, strict=True):
        if changed.setdefault(old, new) != new:
            return None  # one address became two: which is which?
    return _replaced(donor.strings, {old: new for old, new in changed.items() if old != new})


def _replaced(strings: tuple[str, ...], changed: dict[str, str]) -> tuple[str, ...] | None:
    result = []
    for string in strings:
        if string and not changed.keys() <= set(addresses(string)):
            return None  # the translator has an address of her own here
        result.append(_ADDRESS.sub(lambda match: changed.get(match[0], match[0]), string))
    return tuple(result)
