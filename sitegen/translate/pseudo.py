"""Pseudo-locales: a site in a language that nobody speaks, so that every hard-coded or clipped text shows.

`en-XA` is accented, longer and bracketed; `ar-XB` is mirrored. Both leave code, addresses, tags and placeholders alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

ACCENTED = "en-XA"
MIRRORED = "ar-XB"

_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
_PADDING = "one two three four five six seven eight nine ten".split()  # noqa: SIM905
_LONGEST_PADDING = 40
_PROTECTED = re.compile(
    r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\]\((?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?=[\s)])"  # the address of a link or image
    r"|\]\s?\[[^\]]*\]|\[\^[^\]]*\]"  # the label of a link, a footnote
    r"|<[A-Za-z/!?][^<>]*>"  # a tag or an address in angle brackets
    r"|%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[A-Za-z]|%%|\{[^{}\n]*\}"  # placeholders, attribute lists
    r"|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);"
    r"|\b[A-Za-z][A-Za-z0-9+.-]*://[^\s)\]>]+|\bwww\.[^\s)\]>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\\.",
    re.DOTALL,
)
_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}|%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[A-Za-z]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_RLM, _RLO, _PDF = "\u200f", "\u202e", "\u202c"


def outside_markup(text: str, change: Callable[[str], str]) -> str:
    """`text`, Markdown or plain, with its words changed, and code, addresses, tags and placeholders left alone."""
    pieces: list[str] = []
    at = 0
    for start, end in _protected(text):
        pieces += (change(text[at:start]), text[start:end])
        at = end
    pieces.append(change(text[at:]))
    return "".join(pieces)


def _protected(text: str) -> list[tuple[int, int]]:
    """Where the parts begin and end that stay as they are, in order. Placeholders may reach over code and escapes."""
    spans = [match.span() for match in _PROTECTED.finditer(text)]
    if "{" not in text and "%(" not in text:
        return spans
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*spans, *(match.span() for match in _PLACEHOLDER.finditer(text))]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _padding(length: int) -> str:
    """Words that make a text longer as translations are: short ones by much, long ones by a third."""
    wanted = min(_LONGEST_PADDING, max(3, length if length < 20 else length // 3))
    words: list[str] = []
    while len(" ".join(words)) < wanted:
        words.append(_PADDING[len(words) % len(_PADDING)])
    return " ".join(words)


def accented(text: str) -> str:
    """`Read more` → `⟦Ŕéåð ɱöŕé one two⟧`."""
    if not any(map(str.isalpha, text)):
        return text
    core = text.strip()
    start = text.index(core)
    changed = outside_markup(core, lambda part: part.translate(_ACCENTS))
    gap = " · " if core.endswith(")") else " "  # `%(name) o` would be a placeholder
    return f"{text[:start]}⟦{changed}{gap}{_padding(len(core))}⟧{text[start + len(core) :]}"


def mirrored(text: str) -> str:
    """Each word read from right to left, as a browser lays out Arabic: RLM RLO word PDF RLM, the way of CLDR."""
    return outside_markup(text, lambda part: _WORD.sub(lambda match: f"{_RLM}{_RLO}{match[0]}{_PDF}{_RLM}", part))


def pseudo(tag: str) -> Callable[[str], str] | None:
    """What turns texts of the source language into the pseudo-locale `tag`; None when it is none."""
    return {ACCENTED: accented, MIRRORED: mirrored}.get(tag)
