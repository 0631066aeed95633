"""What changed between two versions of a source text, word by word, for a translator to see at a glance."""

from __future__ import annotations

import difflib
import re

MAX_DIFF_WORDS = 4000
"""Longer texts are shown as wholly replaced: comparing them would take longer than reading them."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """(`same` | `deleted` | `inserted`, text) in order: the deleted pieces belong to `old`, the inserted ones to `new`.

    All but the inserted pieces are `old`, all but the deleted ones are `new`.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > MAX_DIFF_WORDS:
        return [piece for piece in (("deleted", old), ("inserted", new)) if piece[1]]
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        found += [("deleted", "".join(before[a:b])), ("inserted", "".join(after[c:d]))]
    return [piece for piece in found if piece[1]]
