"""Why a job was done again, in words: which of the things that it reads is no longer what it was."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

MARK = 8
"""Hexadecimal digits of the mark of one dependency."""

_WORDS = {
    "entry": "the fields of '{name}'{tag}",
    "body": "the text of '{name}'{tag}",
    "list": "the entries of '{name}'{tag}",
    "order": "the order of '{name}'{tag}",
    "count": "the number of '{name}'{tag}",
    "some": "whether there are any '{name}'{tag}",
    "referring": "which entries refer to '{name}'{tag}",
    "fact": "the site's {name}{tag}",
    "own": "its own source, or its address in some language",
    "tag": "the entries with the tag '{name}'{tag}",
    "tags": "the tags{tag}",
    "url": "the address of '{name}'",
    "lists": "the address of the list '{name}'",
    "media": "whether there is media/{name}",
    "claim": "whether there is a page at {name}",
    "source": "what {name} is the source of",
    "template": "the template {name}, or what it includes",
}


def marks(names: Iterable[str], digest: Callable[[str], str]) -> str:
    """A mark of each dependency, end to end, to tell later which one changed."""
    return "".join([f"{zlib.crc32(f'{name}={digest(name)}'.encode()):08x}" for name in names])


def changed_names(names: list[str], known: str, digest: Callable[[str], str]) -> list[str]:
    """The dependencies whose mark is no longer the known one."""
    now = marks(names, digest)
    spots = range(0, len(now), MARK)
    return [
        name for name, spot in zip(names, spots, strict=True) if now[spot : spot + MARK] != known[spot : spot + MARK]
    ]


def in_words(name: str) -> str:
    """A dependency's name as a person reads it."""
    head, _, tag = name.rpartition("@")
    kind, _, subject = head.partition(":")
    words = _WORDS.get(kind, f"{kind} of '{{name}}'{{tag}}")
    return words.format(name=subject.replace("|", " or "), tag=f" in {tag}" if tag else "")


def explain(names: list[str], known: str, digest: Callable[[str], str]) -> str:
    """The reason in one sentence; at most three dependencies are named."""
    changed = changed_names(names, known, digest)
    shown = "; ".join(in_words(name) for name in changed[:3])
    more = f"; and {len(changed) - 3} more" if len(changed) > 3 else ""
    return f"changed: {shown}{more}" if shown else "what it reads changed"
