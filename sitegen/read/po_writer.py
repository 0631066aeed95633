"""Writing PO text as GNU gettext does, and every part that did not change exactly as it stood before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sitegen.read.po_model import PoEntry, PoFile

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}
_TO_ESCAPE = re.compile(r'[\\"\n\t\r\a\b\f\v]')
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U0001f300-\U0003fffd]"
)
_PIECE = re.compile(r"\S*\s+|\S+")
_SPACED = re.compile(r"\s")


def _escape(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: _ESCAPES[match[0]], text)


def _columns(text: str) -> int:
    """The width on a terminal: marks take none, East Asian characters two columns."""
    if text.isascii():
        return len(text)
    marks = sum(unicodedata.combining(character) != 0 for character in text)
    return len(text) - marks + len(_WIDE.findall(text))


def _wrap(line: str, width: int) -> Iterator[str]:
    """`line` (escaped) in pieces of at most `width` columns, broken after spaces where it can be."""
    current, used = "", 0
    for piece in _PIECE.findall(line):
        visible = _columns(piece.rstrip())
        if current and used + visible > width:
            yield current
            current, used = "", 0
        current += piece
        used += _columns(piece)
    yield current


def _literal(text: str, keyword: str, width: int) -> tuple[str, ...]:
    """`text` as lines in double quotes. `keyword` takes its place on the first of them."""
    *lines, last = text.split("\n")
    escaped = [_escape(line + "\n") for line in lines] + ([_escape(last)] if last or not lines else [])
    whole = "".join(escaped)
    if len(escaped) <= 1 and (not width or len(keyword) + 1 + _columns(whole) + 2 <= width):
        return (f'"{whole}"',)
    pieces = escaped if not width else [piece for line in escaped for piece in _wrap(line, width - 2)]
    if len(pieces) == 1 and len(escaped) == 1 and not _SPACED.search(whole.strip()):
        return (f'"{whole}"',) if not width else ('""', f'"{whole}"')
    return ('""', *(f'"{piece}"' for piece in pieces))


class _Writer:
    """Writes one entry. `old` holds the lines of the parts as they were read."""

    def __init__(self, entry: PoEntry, width: int) -> None:
        self.entry = entry
        self.width = width
        self.lines: list[str] = []
        self.old = _old_parts(entry)

    def run(self) -> list[str]:
        entry = self.entry
        self.comment("comments", entry.comments, "#")
        self.comment("extracted", entry.extracted, "#.")
        self.references()
        self.flags()
        mark = "#~" if entry.obsolete else "#"
        for keyword, value in _previous(entry):
            self.text(f"{mark}| ", keyword, value)
        prefix = "#~ " if entry.obsolete else ""
        for keyword, value in _statements(entry):
            self.text(prefix, keyword, value)
        return self.lines

    def comment(self, name: str, values: tuple[str, ...], mark: str) -> None:
        old = self.old.get((name, values))
        self.lines += old if old is not None else (f"{mark} {value}".rstrip() for value in values)

    def references(self) -> None:
        references = self.entry.references
        old = self.old.get(("references", references))
        if old is not None:
            self.lines += old
            return
        line = "#:"
        for reference in references:
            word = f"\u2068{reference}\u2069" if _SPACED.search(reference) else reference
            if self.width and line != "#:" and _columns(line) + 1 + _columns(word) > self.width:
                self.lines.append(line)
                line = "#:"
            line += f" {word}"
        if references:
            self.lines.append(line)

    def flags(self) -> None:
        flags = self.entry.flags
        old = self.old.get(("flags", flags))
        if old is not None:
            self.lines += old
        elif flags:
            self.lines.append(f"#, {', '.join(flags)}")

    def text(self, prefix: str, keyword: str, value: str) -> None:
        old = self.old.get((f"previous {keyword}", value)) if prefix.endswith("| ") else None
        old = old or self.old.get((keyword, value))
        first, *rest = old or _literal(value, prefix + keyword, self.width - len(prefix) if self.width else 0)
        self.lines.append(f"{prefix}{keyword} {first}" if first else f"{prefix}{keyword}")
        self.lines += (prefix + line for line in rest)


def _previous(entry: PoEntry) -> Iterator[tuple[str, str]]:
    for keyword, value in (
        ("msgctxt", entry.previous_context),
        ("msgid", entry.previous_msgid),
        ("msgid_plural", entry.previous_plural),
    ):
        if value is not None:
            yield keyword, value


def _statements(entry: PoEntry) -> Iterator[tuple[str, str]]:
    if entry.context is not None:
        yield "msgctxt", entry.context
    yield "msgid", entry.msgid
    if entry.plural is None:
        yield "msgstr", entry.strings[0] if entry.strings else ""
        return
    yield "msgid_plural", entry.plural
    for number, string in enumerate(entry.strings):
        yield f"msgstr[{number}]", string


def _old_parts(entry: PoEntry) -> dict[tuple[str, object], tuple[str, ...]]:
    """(part, its value then) → the lines that it had."""
    if entry.origin is None:
        return {}
    old = entry.origin.entry
    values: dict[str, object] = {
        "comments": old.comments,
        "extracted": old.extracted,
        "references": old.references,
        "flags": old.flags,
        **{f"previous {keyword}": value for keyword, value in _previous(old)},
        **dict(_statements(old)),
    }
    return {(name, value): entry.origin.parts[name] for name, value in values.items() if name in entry.origin.parts}


def _body(entry: PoEntry, width: int, newline: str) -> str:
    """The lines of an entry, each with its line end."""
    if entry.origin is not None and entry.unchanged:
        text = entry.origin.text
        return text if text.endswith("\n") else text + newline
    return "".join(line + newline for line in _Writer(entry, width).run())


def _separator(entry: PoEntry, first: bool, newline: str) -> str:
    """What stands above an entry: what stood there before, else one blank line."""
    origin = entry.origin
    if origin is not None and origin.first == first:
        return origin.before
    return "" if first else newline


def format_pieces(po: PoFile) -> list[tuple[str, str]]:
    """For each entry what stands above it and its own lines, each with its line end."""
    return [
        (_separator(entry, number == 0, po.newline), _body(entry, po.width, po.newline))
        for number, entry in enumerate(po.entries)
    ]


def format_po(po: PoFile) -> str:
    """The text of `po`. What was read and not changed comes back byte for byte; a BOM does not (msgfmt refuses it)
    unless nothing changed at all."""
    text = "".join(above + lines for above, lines in format_pieces(po)) + po.trailing
    unchanged = all(entry.unchanged for entry in po.entries)
    if not po.ended and unchanged:
        text = text.removesuffix("\n")
    return "\ufeff" + text if po.bom and unchanged else text


def format_entry(entry: PoEntry, width: int = 79, newline: str = "\n") -> str:
    """One entry alone, ending in a line end."""
    return _body(entry, width, newline)
