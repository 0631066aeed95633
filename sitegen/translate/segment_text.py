"""The text of one segment: from raw inline Markdown to a msgid and back again.

A msgid is what a translator sees: Unicode NFC, soft line breaks folded to a space, hard breaks kept as a newline,
structural white space and a trailing attribute list (`{#id .class}`) left out. `Shell` keeps what was left out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)", re.DOTALL)
"""A code span with its delimiters."""

STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
"""Where Python-Markdown has taken a piece of raw HTML out of the text."""

CODE = re.compile(r'<x id="([0-9]{1,4})"/>')
"""How such a place looks to a translator (the inline code of XLIFF)."""

_FOOTNOTE_END = "\x02qq3936677670287331zz\x03"  # the private mark before the link back from a footnote
_ATTRIBUTES = r"\{:?[ ]*[^{}\n ][^{}\n]*\}[ ]*"
_BLOCK_ATTRIBUTES = re.compile(rf"[ ]*\n[ ]*{_ATTRIBUTES}$")
_LINE_ATTRIBUTES = re.compile(rf"(?:[ ]*#+)?[ ]+{_ATTRIBUTES}$")
_LINE_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th"})

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef]")
_HARD_BREAK = re.compile(r"[ ]{2,}\n\s*")
_SOFT_BREAK = re.compile(r"[ ]?\n\s*")
_NEWLINES = re.compile(r"[ \t]*\n\s*")

_SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_SILENT_ELEMENT = re.compile(r"<(pre|code|script|style|kbd|samp|var)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(?:!--.*?--|[?!/]?[A-Za-z][^<>]*)>", re.DOTALL)
_SILENT = re.compile(
    r"\]\(\s*(?:<[^>]*>|[^\s)]*)"  # the target of a link or image, not its title
    r"|\]\[[^\]]*\]"  # the label of a reference link
    r"|\[\^[^\]]*\]"  # a reference to a footnote
    r"|\b[a-z][a-z0-9+.-]*://\S+|\bmailto:\S+|\bwww\.\S+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\{:?[^{}\n]*\}"  # an attribute list
    r"|&(?:#[0-9]+|#x[0-9a-f]+|[a-z0-9]+);",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:\s|\Z)")  # at the beginning: neither markup nor an address can hold it
_MAYBE_SILENT = re.compile(r"[\[\]:@{&]")  # what `_SILENT` matches has one of these, or "www."


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around a msgid in its block and is put back unchanged."""

    prefix: str
    core: str
    suffix: str


def split_shell(raw: str, tag: str) -> Shell:
    """Part the raw text of an element `tag` into white space and attributes around it, and its translatable core."""
    end = len(raw)
    if _FOOTNOTE_END in raw:
        end = raw.rindex(_FOOTNOTE_END)
    pattern = _LINE_ATTRIBUTES if tag in _LINE_TAGS else _BLOCK_ATTRIBUTES
    if "}" in raw and (match := pattern.search(raw[:end])):
        end = match.start()
    core = raw[:end].rstrip()
    stripped = core.lstrip()
    return Shell(raw[: len(core) - len(stripped)], stripped, raw[len(core) :])


def fold(core: str) -> str:
    """Raw inline Markdown as a msgid."""
    if "\n" in core:
        core = "\x00".join(_SOFT_BREAK.sub(" ", line) for line in _HARD_BREAK.split(core)).replace("\x00", "\n")
    return unicodedata.normalize("NFC", core)


def folding_matters(core: str) -> bool:
    """Whether lines of `core` might mean something else once they are one: attribute lists end with their line."""
    return "\n" in core and "{" in core and "}" in core


def unfold(text: str) -> str:
    """A msgstr as raw inline Markdown: every newline is a hard break."""
    text = tame(text)
    return _NEWLINES.sub("  \n", text) if "\n" in text else text


def tame(text: str) -> str:
    """A translator's text without control characters, of which Python-Markdown makes its private marks."""
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", text.strip())


def hide_codes(core: str) -> tuple[str, tuple[str, ...]]:
    """Raw HTML taken out of the text becomes numbered codes; also what each of them stands for."""
    marks: list[str] = []

    def number(match: re.Match[str]) -> str:
        marks.append(match.group())
        return f'<x id="{len(marks)}"/>'

    return STASHED.sub(number, core), tuple(marks)


def show_codes(text: str, marks: tuple[str, ...]) -> str | None:
    """Codes become the marks again; None when the translation lacks one or has one twice."""
    wanted = [str(number + 1) for number in range(len(marks))]
    if sorted(CODE.findall(text)) != sorted(wanted):
        return None
    return CODE.sub(lambda match: marks[int(match.group(1)) - 1], text)


def speaks(msgid: str) -> bool:
    """Whether there is anything to translate: a letter outside of code, addresses and markup."""
    if msgid[:1].isalpha() and _FIRST_WORD.match(msgid):
        return True
    return _speaks_within(msgid)


def _speaks_within(msgid: str) -> bool:
    if not any(character.isalpha() for character in msgid):
        return False
    text = CODE_SPAN.sub(" ", msgid) if "`" in msgid else msgid
    if "<" in text:
        text = _SILENT_ELEMENT.sub(" ", text)
        spoken = " ".join(value for tag in _TAG.findall(text) for value in _SPOKEN_ATTRIBUTE.findall(tag))
        text = _TAG.sub(" ", text) + spoken
    if not _MAYBE_SILENT.search(text) and "www." not in text.lower():
        return text is msgid or any(character.isalpha() for character in text)
    return any(character.isalpha() for character in _SILENT.sub(" ", text))


def message_id(msgid: str, context: str | None = None) -> str:
    """A short, stable name for a message (12 hexadecimal digits), fit for an HTML attribute."""
    key = msgid if context is None else f"{context}\x04{msgid}"
    return hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


def plain(markdown_text: str) -> str:
    """Inline Markdown roughly as the reader sees it: `**Aims** and [more](x)` → `Aims and more`."""
    text = _TAG.sub("", markdown_text)
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    return " ".join(re.sub(r"[*_`]+|\\(?=\W)", "", text).split())
