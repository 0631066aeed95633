"""The parts of a message that a translation must keep: links, tags, code, placeholders, footnotes, attribute lists.

The patterns are wider than Markdown's own: what merely might be read as a link or a tag counts as one, so that
nothing slips through where two parsers differ.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from sitegen.translate.segment_text import CODE_SPAN

TRANSLATABLE_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder", "lang", "hreflang", "dir"})
"""Attributes whose value a translation may change."""

VOID_ELEMENTS = frozenset("area base br col embed hr img input link meta source track wbr x".split())  # noqa: SIM905

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[A-Za-z]")
STRAY_PERCENT = re.compile(r"%(?!%|\(\w+\)[#0\- +]*\d*(?:\.\d+)?[A-Za-z])")
BRACES = re.compile(r"\{[^{}\n]*\}")
LANGUAGE_MARK = re.compile(
    r"""\{:?\s*lang=["']?([A-Za-z][A-Za-z0-9-]{1,20})["']?(?:\s+dir=["']?(?:ltr|rtl)["']?)?\s*\}"""
)
"""An attribute list that only names a language: a translation may drop it, or need one of its own."""
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
REFERENCE_LABEL = re.compile(r"\]\s?\[([^\]\[]*)\]")
DEFINITION = re.compile(r"\[[^\]\n]+\]:[ ]*\S")
LINK = re.compile(
    r"(!?)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))"
    r"|\]\(\s*(?:<([^<>\n]*)>|([^\s()]*))"
)
TAG = re.compile(r"""<(/?)([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
ANGLE = re.compile(r"<[A-Za-z/!?][^<>]*>?")
AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]*:|[^\s<>@/]+@)[^\s<>]*)>")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
URL = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>\"'`\\)\]}]+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HOST = re.compile(r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?![\w-])", re.IGNORECASE)
SCRIPT_SCHEME = re.compile(r"(?:java|vb|live)script:|data:\s*\w+/|\bfile://", re.IGNORECASE)
BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
BIDI_MARK = re.compile("[\u061c\u200e\u200f]")

_FILE_ENDINGS = frozenset(
    """
    md html htm xml json yaml yml po pot csv pdf png jpg jpeg svg webp gif odt ods doc docx xls xlsx txt zip py js css
    toml ics
    """.split()  # noqa: SIM905 - a list to be read
)


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML tag: its name, whether it closes, and its attributes with their values decoded."""

    name: str
    closing: bool
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What was found in one text. Counters where the number matters."""

    links: Counter[str]
    images: Counter[str]
    labels: Counter[str]
    tags: tuple[Tag, ...]
    strange: Counter[str]
    braces: Counter[str]
    footnotes: Counter[str]
    codes: Counter[str]
    placeholders: Counter[str]


NO_TOKENS = Tokens(Counter(), Counter(), Counter(), (), Counter(), Counter(), Counter(), Counter(), Counter())
_SPECIAL = re.compile(r"[<\[{`%]")


def target(raw: str) -> str:
    """The address that a browser would see in `raw`: entities decoded, controls and spaces gone."""
    decoded = html.unescape(raw)
    return "".join(character for character in decoded if character > " " and character != "\x7f")


def _links(text: str) -> tuple[Counter[str], Counter[str]]:
    links: Counter[str] = Counter()
    images: Counter[str] = Counter()
    for match in LINK.finditer(text):
        address = target(next((group for group in match.groups()[1:] if group is not None), ""))
        (images if match[1] == "!" else links)[address] += 1
    for match in AUTOLINK.finditer(text):
        links[target(match[1])] += 1
    return links, images


def _tag(match: re.Match[str]) -> Tag:
    attributes = tuple(
        (name.lower(), html.unescape(value.strip("\"'"))) for name, value in ATTRIBUTE.findall(match[3].rstrip("/ "))
    )
    return Tag(match[2].lower(), bool(match[1]), tuple(sorted(attributes)))


def tokens(text: str) -> Tokens:
    """All that must be kept of `text`. Links and tags inside of code count too."""
    if not _SPECIAL.search(text):
        return NO_TOKENS
    links, images = _links(text)
    tags: list[Tag] = []
    strange: Counter[str] = Counter()
    for found in ANGLE.findall(text) if "<" in text else ():
        match = TAG.fullmatch(found)
        if match:
            tags.append(_tag(match))
        elif not AUTOLINK.fullmatch(found):
            strange[found] += 1
    return Tokens(
        links,
        images,
        Counter(label.casefold() for label in REFERENCE_LABEL.findall(text)),
        tuple(tags),
        strange + Counter(match.strip() for match in DEFINITION.findall(text)),
        Counter(found.strip() for found in BRACES.findall(text)),
        Counter(FOOTNOTE.findall(text)),
        Counter(match["code"] for match in CODE_SPAN.finditer(text)),
        Counter(PLACEHOLDER.findall(text)),
    )


def hosts(text: str) -> set[str]:
    """Names of hosts, with or without a scheme; a file's name such as `about.md` is none."""
    found = {(urlsplit(url if "://" in url else f"//{url}").hostname or "").lower() for url in _urls(text)}
    for name in HOST.findall(text) if "." in text else ():
        if name.rsplit(".", 1)[1].lower() not in _FILE_ENDINGS:
            found.add(name.lower())
    return {name.removeprefix("www.") for name in found if name}


def _urls(text: str) -> list[str]:
    if "://" not in text and "www." not in text.lower():
        return []
    return [url for url in URL.findall(text) if "[" not in url]


def _without_language(address: str, codes: frozenset[str]) -> str:
    """`address` with every part that names one of the languages taken out: `a/index_en.html` → `a/index.html`."""
    parts = re.split(r"([/._?=&#-])", address)
    kept: list[str] = []
    for part in parts:
        if part.casefold() in codes:
            if kept:
                kept.pop()
        else:
            kept.append(part)
    return "".join(kept)


def same_page(source: str, translated: str, codes: frozenset[str]) -> bool:
    """Whether two addresses lead to one page, perhaps in two languages. `codes`: language codes in lower case."""
    if source == translated:
        return True
    if not codes or urlsplit_safe(source)[:1] != urlsplit_safe(translated)[:1]:
        return False
    return _without_language(source, codes) == _without_language(translated, codes)


def urlsplit_safe(address: str) -> tuple[str, str]:
    """(scheme, host); nonsense has neither."""
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        return "invalid:", address


@functools.lru_cache(maxsize=1024)
def language_codes(*tags: str | None) -> frozenset[str]:
    """What may name these languages in an address: `sr-Latn` → sr-latn, sr_latn, sr."""
    codes = set()
    for tag in tags:
        if tag:
            lower = tag.lower()
            codes |= {lower, lower.replace("-", "_"), lower.split("-")[0]}
    return frozenset(codes)
