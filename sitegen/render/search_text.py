"""What the search knows of a page: the words of its `main`, read from the finished HTML, with their languages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

MAXIMUM_TEXT = 20_000
"""Characters of a page that excerpts are taken from; all of its words can be found."""

_TOKEN = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->", re.DOTALL)
_LANG = re.compile(r"\slang=[\"']([A-Za-z0-9-]+)[\"']")
_UNSEARCHED = re.compile(r"\s(?:hidden|aria-hidden=[\"']true[\"']|data-search=[\"']off[\"'])(?=[\s/=]|$)")
_ASIDE = re.compile(r"\sdata-search=[\"']aside[\"']")
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"[ \n]*\n[ \n]*")


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED = _names("script style template svg math nav form noscript button select textarea iframe object")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_INLINE = _names(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u "
    "var wbr img"
)
_ASIDES = frozenset(("aside", "dl", "footer"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class PageText:
    """`title`: of the first h1, `title_lang` where it is not the page's language. `runs`: (language or '', text) in
    the order of reading, blocks on lines of their own, the title left out; `asides`: the same of facts beside the text,
    which make worse excerpts; `headings`: those of the text, once more."""

    title: str = ""
    title_lang: str = ""
    headings: list[str] = field(default_factory=list)
    runs: list[tuple[str, str]] = field(default_factory=list)
    asides: list[tuple[str, str]] = field(default_factory=list)


def page_text(page: str) -> PageText:
    """The text of a page's `main`. Navigation, forms, pictures and what bears `data-search="off"` are left out; what
    bears `data-search="aside"` is found, but excerpts come from there only when nothing else fits."""
    return _Reader().read(page)


class _Reader:
    def __init__(self) -> None:
        self.text = PageText()
        self.open: list[tuple[str, str]] = []  # (element, language) within main
        self.skip = 0  # how deep `open` was where the skipped element began, 0: nothing is skipped
        self.aside = 0  # the same of facts beside the text
        self.parts: list[str] = []
        self.heading: list[str] | None = None
        self.in_title = False

    def read(self, page: str) -> PageText:
        start = page.find("<main")
        if start < 0:
            return self.text
        position = start
        for token in _TOKEN.finditer(page, start):
            self._words(page[position : token.start()])
            position = token.end()
            name = token[2].lower() if token[2] else ""
            if name == "main" and token[1]:
                break
            if name:
                self._tag(name, closing=bool(token[1]), attributes=token[3])
        self._flush()
        return self.text

    def _words(self, raw: str) -> None:
        if self.skip or not raw:
            return
        text = html.unescape(raw) if "&" in raw else raw
        if self.heading is not None:
            self.heading.append(text)
        if not self.in_title:
            self.parts.append(_SPACE.sub(" ", text))

    def _tag(self, name: str, *, closing: bool, attributes: str) -> None:
        if name not in _INLINE:
            self.parts.append("\n")
        if name in _VOID:
            return
        if closing:
            self._close(name)
            return
        match = _LANG.search(attributes) if "lang=" in attributes else None
        before = self.open[-1][1] if self.open else ""
        lang = match[1] if match else before
        if lang != before:
            self._flush()
        self.open.append((name, lang))
        if not self.skip and (name in _SKIPPED or (attributes and _UNSEARCHED.search(attributes))):
            self.skip = len(self.open)
        if self.skip:
            return
        if not self.aside and (name in _ASIDES or (attributes and _ASIDE.search(attributes))):
            self._flush(before)
            self.aside = len(self.open)
        if name == "h1" and not self.text.title:
            self.in_title, self.heading, self.text.title_lang = True, [], lang
        elif name in _HEADINGS:
            self.heading = []

    def _close(self, name: str) -> None:
        if not any(element == name for element, _ in self.open):
            return
        while self.open:
            element, lang = self.open.pop()
            if lang != (self.open[-1][1] if self.open else ""):
                self._flush(lang)
            if self.skip > len(self.open):
                self.skip = 0
            if self.aside > len(self.open):
                self._flush(lang)
                self.aside = 0
            if element == name:
                break
        if name == "h1" and self.in_title:
            self.text.title, self.heading, self.in_title = self._heading(), None, False
        elif name in _HEADINGS and self.heading is not None:
            self.text.headings.append(self._heading())
            self.heading = None

    def _heading(self) -> str:
        return _SPACE.sub(" ", "".join(self.heading or ())).strip()

    def _flush(self, lang: str | None = None) -> None:
        """The words so far are one run."""
        text = _BREAK.sub("\n", "".join(self.parts)).strip()
        self.parts.clear()
        if lang is None:
            lang = self.open[-1][1] if self.open else ""
        runs = self.text.asides if self.aside else self.text.runs
        if text and runs and runs[-1][0] == lang:
            runs[-1] = (lang, f"{runs[-1][1]}\n{text}")
        elif text:
            runs.append((lang, text))
