"""A catalogue read for showing it: every message at once, by its key, without what only an editor of the file needs.

`read_table` takes clean files alone, in which nothing could be wrong: entries apart by blank lines, each as gettext
writes it. Everything else is the business of `parse_po`, which finds the same messages, and says what is amiss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from sitegen.problems import Problems
from sitegen.read.po_model import MAX_ENTRIES, MAX_MESSAGE_LENGTH, Key, PoEntry, PoFile
from sitegen.read.po_parser import FORBIDDEN_CHARACTERS, literal_value, parse_po

_LITERAL = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_LITERALS = rf"({_LITERAL}(?:\n{_LITERAL})*)"
# No flags, no translator's comments, no previous source, no plural, not obsolete: what most entries are.
_CLEAN = re.compile(rf"(?:#[.:][^\n]*\n)*(?:msgctxt {_LITERALS}\n)?msgid {_LITERALS}\nmsgstr {_LITERALS}")
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])

_ESCAPED = re.compile(r"\\[^nt\"\\]")
# Marks of direction, of insertions, and all beyond U+E0000; wider than need be.
_UNSEEN = (
    *(chr(code).encode() for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFE))),
    b"\xf3",
    b"\xf4",
)
Clean = tuple[str, int]
"""A message's translation and the line of its msgid."""


@dataclass
class PoTable:
    """The messages of a clean catalogue in the order of the file.

    `clean`: key → what ordinary entries say; `others`: key → the other entries, and None in `clean` for their place.
    `head`: a catalogue of the header alone. `calm`: no translation in `clean` has a character that is not seen.
    """

    name: str
    text: str = field(repr=False)
    head: PoFile
    clean: dict[Key, Clean | None] = field(default_factory=dict, repr=False)
    others: dict[Key, PoEntry] = field(default_factory=dict, repr=False)
    calm: bool = False

    @cached_property
    def file(self) -> PoFile:
        """The catalogue with all that it holds."""
        return parse_po(self.text, self.name, Problems())


def read_table(text: str, name: str) -> PoTable | None:
    """The messages of `text`; None when anything in it is unusual."""
    try:
        return _read(text, name)
    except ValueError:  # an escape sequence that there is not
        return None


def _read(text: str, name: str) -> PoTable | None:
    data = text.encode(errors="surrogatepass")
    chunks = text.rstrip("\n").split("\n\n")
    if not _may_be_clean(text, data) or len(chunks) > MAX_ENTRIES or max(map(len, chunks)) > MAX_MESSAGE_LENGTH:
        return None
    head = _entries(chunks[0] + "\n", name)
    if head is None or len(head.entries) != 1 or head.header is None:
        return None
    table = PoTable(name, text, head, calm=_calm(data))
    clean = table.clean
    line = chunks[0].count("\n") + 3
    obsolete: list[Key] = []
    match_clean = _CLEAN.fullmatch
    for number in range(1, len(chunks)):
        chunk = chunks[number]
        lines = chunk.split("\n")
        if (said := _plainly(lines, chunk)) is not None:
            key, msgstr = said
            clean[key] = (msgstr, line + len(lines) - 2)
            line += len(lines) + 1
            continue
        match = match_clean(chunk)
        if match is None:
            entry = _single(chunk, name, line)
            if entry is None:
                return None
            if entry.obsolete:
                obsolete.append(entry.key)
            else:
                clean[entry.key] = None
                table.others[entry.key] = entry
        else:
            table.calm = table.calm and not _ESCAPED.search(chunk)
            context, msgid, msgstr = match.groups()
            key = (None if context is None else literal_value(context), literal_value(msgid))
            clean[key] = (literal_value(msgstr), line + chunk.count("\n", 0, match.start(2)))
        line += len(lines) + 1
    whole = len({*clean, *obsolete, (None, "")})
    return table if whole == len(chunks) else None  # else some message stands there twice


def _plainly(lines: list[str], chunk: str) -> tuple[Key, str] | None:
    """Key and translation of an entry of two or three lines without any escape; None for another."""
    if "\\" in chunk:
        return None
    last, said = lines[-1], lines[-2] if len(lines) > 1 else ""
    if said[:7] != 'msgid "' or last[:8] != 'msgstr "' or said[-1] != '"' or last[-1] != '"':
        return None
    quotes = chunk.count('"')
    if len(said) < 8 or len(last) < 9:  # one quote is both the first and the last
        return None
    if len(lines) == 2 and quotes == 4:
        return (None, said[7:-1]), last[8:-1]
    first = lines[0]
    if len(lines) == 3 and quotes == 6 and len(first) > 9 and first[:9] == 'msgctxt "' and first[-1] == '"':
        return (first[9:-1], said[7:-1]), last[8:-1]
    return None


def _may_be_clean(text: str, data: bytes) -> bool:
    """Whether the text as a whole, and in its bytes, rules out all that concerns more than one entry."""
    if "\r" in text or "\ufeff" in text or "msgid_plural" in text or "\n\n\n" in text or text.startswith("\n"):
        return False
    if len(data.translate(None, _CONTROLS)) != len(data):
        return False
    # The bytes of noncharacters, and of a few others.
    if b"\xef\xb7" in data or b"\xbf\xbe" in data or b"\xbf\xbf" in data or b"\xed" in data:
        return not FORBIDDEN_CHARACTERS.search("".join(set(text)))
    return True


def _calm(data: bytes) -> bool:
    """Whether no character that is not seen stands in these bytes. Escapes may yet mean one."""
    return not any(mark in data for mark in _UNSEEN)


def _entries(chunk: str, name: str) -> PoFile | None:
    """What the parser finds in a part of the file; None when it finds something wrong."""
    problems = Problems()
    found = parse_po(chunk, name, problems)
    return None if len(problems) or found.damaged or found.trailing else found


def _single(chunk: str, name: str, line: int) -> PoEntry | None:
    found = _entries(chunk + "\n", name)
    if found is None or len(found.entries) != 1 or found.entries[0].is_header:
        return None
    entry = found.entries[0]
    # In its file it stands further below.
    object.__setattr__(entry, "line", entry.line + line - 1)
    return entry
