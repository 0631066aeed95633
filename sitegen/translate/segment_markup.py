"""The markup of a piece of HTML as a browser reads it, for comparing a translation with its source.

A module of its own, since most translations can be told without it and the parser of HTML takes long to load.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SPOKEN = frozenset({"title", "alt", "aria-label", "abbr", "label"})
_ADDRESSES = frozenset({"href", "src", "srcset", "cite", "poster", "action", "formaction", "data", "xlink:href"})
_LANGUAGE_FILE = re.compile(r"\.[a-z]{2,3}(?:-[a-z0-9]{2,8})*(?=\.(?:md|html|pdf)(?:[#?]|$))", re.IGNORECASE)
_LANGUAGE_PART = re.compile(r"(?<=[/_.=-])[a-z]{2}(?=[/_.&#-]|$)", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """What stands in a text beside its words."""

    tags: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str, str]] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    code: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)


class _Reader(HTMLParser):
    """Reads the markup of a piece of HTML as a browser would."""

    def __init__(self, markup: Markup) -> None:
        super().__init__(convert_charrefs=True)
        self._markup = markup
        self._code: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._markup.tags.add(tag)
        if tag == "code":
            self._code = []
        if tag == "img":
            self._markup.images[neutral(values.get("src", ""))] += 1
        if values.get("class") == "footnote-ref":
            self._markup.notes[values.get("href", "")] += 1
        for name, value in values.items():
            if name in _ADDRESSES:
                self._markup.addresses.add(value)
            # The number of a repeated footnote reference depends on its place alone.
            kept = "" if name in _SPOKEN or name in _ADDRESSES or value.startswith("fnref") else value
            self._markup.attributes.add((tag, name, kept))

    def handle_endtag(self, tag: str) -> None:
        if tag == "code" and self._code is not None:
            self._markup.code["".join(self._code)] += 1
            self._code = None

    def handle_comment(self, data: str) -> None:
        self._markup.tags.add("!--")

    def handle_decl(self, decl: str) -> None:
        self._markup.tags.add("!")

    def handle_pi(self, data: str) -> None:
        self._markup.tags.add("?")

    def unknown_decl(self, data: str) -> None:
        self._markup.tags.add("!")

    def handle_data(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)


def read_markup(output: str, markup: Markup) -> None:
    """Add what stands in `output` to `markup`."""
    reader = _Reader(markup)
    reader.feed(output)
    reader.close()


def neutral(address: str) -> str:
    """An address without its language: `about.md` and `about.fi.md`, `/index_en` and `/index_fi` are one target."""
    address = html.unescape(address).strip()
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/") if separator else ("", "", address)
    path = _LANGUAGE_PART.sub("*", _LANGUAGE_FILE.sub("", slash + path))
    return f"{scheme}{separator}{host.lower()}{path}" if separator else path
