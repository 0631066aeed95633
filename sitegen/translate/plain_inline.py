"""Common inline Markdown as HTML in one pass, without a tree: links, images, code spans and emphasis, not nested.

`plain_inline` takes only what it renders as the whole of Python-Markdown does, byte for byte (a law of the tests
says so); anything else is `None` and has to be parsed. It is as narrow as `fast_inline`, whose patterns it uses.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from sitegen.translate.fast_patterns import CODE, EM, ENTITY, HARD_BREAK, IMAGE, LINK, MARKUP, STRONG, TITLE_SPACE

_UNSURE = re.compile("[{}\x00-\x09\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef]")
_SPECIAL = re.compile('[&<>"]')


@dataclass(frozen=True, slots=True)
class Target:
    """An address in inline HTML; `written` is what stands in the attribute if it is left as it is."""

    href: str
    image: bool
    written: str


Inline = tuple["str | Target", ...]
"""Inline HTML in pieces: texts and addresses in turn, beginning and ending with a text."""


@functools.lru_cache(maxsize=1024)
def plain_inline(text: str) -> Inline | None:
    """The HTML of a raw text; None when it holds anything unusual."""
    found = MARKUP.search(text)
    if _UNSURE.search(text) or HARD_BREAK in text:
        return None
    if found is None:
        return (text.replace(">", "&gt;") if ">" in text else text,)
    pieces: list[str | Target] = []
    html = ""  # what has been written since the last address
    position = 0
    while found is not None:
        at = found.start()
        character = text[at]
        if character == "&":
            if ENTITY.match(text, at):
                return None
            html += text[position:at].replace(">", "&gt;") + "&amp;"
            position = at + 1
            found = MARKUP.search(text, position)
            continue
        if character == "[" and text[at - 1 : at] == "!" and at > position:
            at -= 1
        html += text[position:at].replace(">", "&gt;")
        if character == "[":
            read = _image(text, at) if text[at] == "!" else _link(text, at)
            if read is None:
                return None
            before, target, after, position = read
            pieces += [html + before, target]
            html = after
        else:
            simple = _simple(character, text, at)
            if simple is None:
                return None
            written, position = simple
            html += written
        found = MARKUP.search(text, position)
    html += text[position:].replace(">", "&gt;")
    return (*pieces, html)


def _simple(character: str, text: str, at: int) -> tuple[str, int] | None:
    """Emphasis or a code span: its HTML and where it ends."""
    if character == "*":
        match = STRONG.match(text, at)
        tag = "strong" if match else "em"
        match = match or EM.match(text, at)
        if match is None or (inner := _words(match[1])) is None:
            return None
        return f"<{tag}>{inner}</{tag}>", match.end()
    if character == "`" and (match := CODE.match(text, at)) is not None:
        code = match[1].strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"<code>{code}</code>", match.end()
    return None


def _link(text: str, at: int) -> tuple[str, Target, str, int] | None:
    """HTML before the address, the address, HTML after it, and where the link ends."""
    match = LINK.match(text, at)
    if match is None or (inner := _words(match[1])) is None or "&" in match[0][match.end(1) - at :]:
        return None
    return '<a href="', Target(match[2], False, match[2]), f'"{_title(match[3])}>{inner}</a>', match.end()


def _image(text: str, at: int) -> tuple[str, Target, str, int] | None:
    match = IMAGE.match(text, at)
    if match is None or "&" in match[0]:
        return None
    alternative = match[1].replace(">", "&gt;").replace('"', "&quot;")
    before = f'<img alt="{alternative}" decoding="async" loading="lazy" src="'
    return before, Target(match[2], True, match[2]), f'"{_title(match[3])}>', match.end()


def _words(text: str) -> str | None:
    """The text within an element as HTML."""
    if _SPECIAL.search(text) is None:
        return text
    if "&" in text:
        if ENTITY.search(text):
            return None
        text = text.replace("&", "&amp;")
    return text.replace(">", "&gt;")


def _title(title: str | None) -> str:
    if title is None:
        return ""
    return f' title="{TITLE_SPACE.sub(" ", title.strip())}"'
