"""What a translation must never do: bring in an address, an element, an attribute or a control that its source lacks.

A message that fails here is not shown: its source is. No comment can silence these findings.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.problems import Severity
from sitegen.read.po import FORBIDDEN_CHARACTERS
from sitegen.translate.message_checks_tokens import (
    BIDI_CONTROL,
    LANGUAGE_MARK,
    PLACEHOLDER,
    SCRIPT_SCHEME,
    STRAY_PERCENT,
    TRANSLATABLE_ATTRIBUTES,
    VOID_ELEMENTS,
    Tag,
    Tokens,
    same_page,
    tokens,
)

_SUSPICIOUS = re.compile(
    "[<\\[{&:\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U0010ffff]"
)
# What `_same_brackets` leaves to the others: what is not seen, labels, definitions, and targets out of the ordinary.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U0010ffff]"
)
_TARGET = r"\([^()\s<>\\\[\]]*\)"
_UNUSUAL_BRACKET = re.compile(rf"\](?:\s?\[|:|(?=\()(?!{_TARGET}))")
_BRACKET = re.compile(rf"[\[\]](?:{_TARGET})?")
_BRACKET_OR_IMAGE = re.compile(rf"!\[|[\[\]](?:{_TARGET})?")
_SCRIPT = re.compile("script:|data:|file:")
_INVISIBLE = re.compile("[\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
_URL_ATTRIBUTES = frozenset({"href", "src", "cite", "poster", "action", "formaction", "data"})
_RTL = frozenset({"ar", "he", "fa", "ur", "yi", "ckb", "dv", "ps", "sd", "ug", "syr"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with one message. `unsafe`: it must not be shown."""

    code: str
    message: str
    severity: Severity = Severity.ERROR
    unsafe: bool = False


def _unsafe(code: str, message: str) -> Finding:
    return Finding(f"translation-{code}", message, unsafe=True)


def _extra(found: Counter[str], allowed: Counter[str]) -> list[str]:
    return sorted((found - allowed).elements())


def _bidi(source: str, translated: str, language: str) -> Iterator[Finding]:
    extra = Counter(BIDI_CONTROL.findall(translated)) - Counter(BIDI_CONTROL.findall(source))
    if not extra:
        return
    right_to_left = language.partition("-")[0] in _RTL
    opened = sum(translated.count(character) for character in "\u2066\u2067\u2068")
    isolates_only = set(extra) <= set("\u2066\u2067\u2068\u2069") and opened == translated.count("\u2069")
    if not (right_to_left and isolates_only):
        names = ", ".join(f"U+{ord(character):04X}" for character in sorted(extra))
        yield _unsafe("bidi", f"the source has no such direction control ({names}); remove it")


def _characters(source: str, translated: str) -> Iterator[Finding]:
    match = FORBIDDEN_CHARACTERS.search(translated) or _INVISIBLE.search(translated)
    if match and match[0] not in source:
        yield _unsafe("character", f"the invisible character U+{ord(match[0]):04X} may not stand in a text; remove it")


def _links(source: Tokens, translated: Tokens, codes: frozenset[str]) -> Iterator[Finding]:
    for kind, mine, theirs in (("link", translated.links, source.links), ("image", translated.images, source.images)):
        left = Counter(theirs)
        for address in sorted(mine.elements()):
            match = next((known for known in left if left[known] and same_page(known, address, codes)), None)
            if match is None and any(same_page(known, address, codes) for known in theirs):
                continue  # the same link twice leads nowhere new
            if match is None:
                yield _unsafe("link", f"the source has no {kind} to '{_shorten(address)}'; use the source's address")
            else:
                left[match] -= 1
    for label in _extra(translated.labels, source.labels):
        if label not in source.labels:
            yield _unsafe("link", f"the source has no link labelled [{_shorten(label)}]; keep the source's labels")


def _same_tag(mine: Tag, theirs: Tag, codes: frozenset[str]) -> bool:
    if (mine.name, mine.closing) != (theirs.name, theirs.closing):
        return False
    if [name for name, _ in mine.attributes] != [name for name, _ in theirs.attributes]:
        return False
    return all(
        value == known
        or (name in TRANSLATABLE_ATTRIBUTES and "<" not in value)
        or (name in _URL_ATTRIBUTES and same_page(known, value, codes))
        for (name, value), (_, known) in zip(mine.attributes, theirs.attributes, strict=True)
    )


def _tags(source: Tokens, translated: Tokens, codes: frozenset[str]) -> Iterator[Finding]:
    left = list(source.tags)
    for tag in translated.tags:
        match = next((known for known in left if _same_tag(tag, known, codes)), None)
        if match is None:
            mark = "/" if tag.closing else ""
            yield _unsafe("tag", f"the source has no <{mark}{tag.name}> like this; keep its tags and attributes")
            return
        left.remove(match)
    for text in _extra(translated.strange, source.strange):
        yield _unsafe("tag", f"'{_shorten(text)}' looks like markup that the source lacks; remove it")
    if not balanced(translated.tags) and (balanced(source.tags) or left):
        yield _unsafe("tag", "a tag is opened and not closed, or closed in the wrong order")


def balanced(tags: Iterable[Tag]) -> bool:
    """Every element is closed, in order."""
    stack: list[str] = []
    for tag in tags:
        if tag.name in VOID_ELEMENTS:
            continue
        if not tag.closing:
            stack.append(tag.name)
        elif not stack or stack.pop() != tag.name:
            return False
    return not stack


def _braces(source: Tokens, translated: Tokens) -> Iterator[Finding]:
    for text in _extra(translated.braces, source.braces):
        if LANGUAGE_MARK.fullmatch(text):
            continue
        yield _unsafe("placeholder", f"the source has no '{_shorten(text)}'; keep what stands in braces as it is")


def _format(sources: tuple[str, ...], translated: str) -> Iterator[Finding]:
    known = {found for source in sources for found in PLACEHOLDER.findall(source)}
    for found in PLACEHOLDER.findall(translated):
        if found not in known:
            yield _unsafe("placeholder", f"the source has no placeholder '{found}'; keep the source's names")
    if STRAY_PERCENT.search(translated.replace("%%", "")) and not any(
        STRAY_PERCENT.search(source.replace("%%", "")) for source in sources
    ):
        yield _unsafe("placeholder", "a single % stands for nothing; write %% for a per cent sign")


def _shorten(text: str) -> str:
    clean = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return clean if len(clean) <= 60 else clean[:59] + "…"


def unsafe_findings(
    sources: tuple[str, ...],
    translated: str,
    *,
    language: str = "",
    codes: frozenset[str] = frozenset(),
    formatted: bool = False,
    calm: bool = False,
) -> list[Finding]:
    """Why `translated` must not be shown; empty when it may be.

    `sources`: the msgid, and the msgid_plural when there is one. `codes`: see `language_codes`; addresses that differ
    in these alone are the same page. `formatted`: `%(name)s` will be filled in. `calm`: it is known that `translated`
    has no character that is not seen.
    """
    findings: list[Finding] = list(_format(sources, translated)) if formatted and "%" in translated else []
    marked = any(mark in translated for mark in "<[{&:") if calm else _SUSPICIOUS.search(translated) is not None
    if not marked:
        return findings
    if len(sources) == 1 and _same_brackets(sources[0], translated, calm=calm):
        return findings
    source = sources[0] if len(sources) == 1 else "\n".join(sources)
    findings += _characters(source, translated)
    findings += _bidi(source, translated, language)
    joined, mine = tokens(source), tokens(translated)
    if len(sources) > 1:
        joined = max((tokens(text) for text in sources), key=lambda found: len(found.tags))
    findings += _links(joined, mine, codes)
    findings += _tags(joined, mine, codes)
    findings += _braces(joined, mine)
    plain = html.unescape(translated).translate(_NO_CONTROLS)
    if SCRIPT_SCHEME.search(plain) and not SCRIPT_SCHEME.search(source):
        findings.append(_unsafe("link", "an address that runs a script; remove it"))
    return findings


def _same_brackets(source: str, translated: str, *, calm: bool = False) -> bool:
    """The common case, told without taking texts apart: the same links and images in the same order, and no more."""
    if "<" in translated or "{" in translated or "&" in translated or "\\" in translated:
        return False
    if not calm and _UNSEEN.search(translated):
        return False
    if ":" in translated and _SCRIPT.search("".join(translated.split()).lower()):
        return False
    if "[" not in translated and "]" not in translated:
        return True
    bracket = _BRACKET_OR_IMAGE if "![" in translated or "![" in source else _BRACKET
    return bracket.findall(translated) == bracket.findall(source) and not _UNUSUAL_BRACKET.search(translated)


_NO_CONTROLS = dict.fromkeys([*range(0x21), 0x7F])
