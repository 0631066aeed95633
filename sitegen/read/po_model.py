"""What a PO file holds: entries with all that GNU gettext knows, and the very lines they were read from.

Everything is frozen. An entry made by `dataclasses.replace` keeps its `origin`; the writer compares values
and reuses the original lines of each part that still says the same, so that a translator's own wrapping
survives an edit of the part beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_ENTRIES = 100_000
MAX_MESSAGE_LENGTH = 50_000
MAX_PLURAL_FORMS = 8

Key = tuple[str | None, str]
"""What identifies a message: msgctxt (None when there is none) and msgid."""


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """How an entry stood in its file.

    `entry`: the entry as it was read. `text`: all of its lines with their line ends. `before`: the blank lines
    above it. `parts`: name of a part (`msgid`, `msgstr[0]`, `references` …) → its lines without keyword and prefix.
    `first`: it was the first of its file.
    """

    entry: PoEntry
    text: str
    before: str
    parts: dict[str, tuple[str, ...]]
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoEntry:
    """One message. `comments`, `extracted` and `references` are lines and words without their `#` prefix.

    `strings` are the msgstr's: one, or as many as the language has plural forms when `plural` is given.
    `previous_*` are the `#|` lines. `line` is where the entry's msgid stands (0: made, not read).
    """

    msgid: str
    plural: str | None = None
    context: str | None = None
    strings: tuple[str, ...] = ("",)
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_context: str | None = None
    previous_msgid: str | None = None
    previous_plural: str | None = None
    obsolete: bool = False
    line: int = field(default=0, compare=False)
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> Key:
        return (self.context, self.msgid)

    @property
    def is_header(self) -> bool:
        return not self.msgid and self.context is None and not self.obsolete

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def has_translation(self) -> bool:
        """At least one form holds text."""
        return any(self.strings)

    @property
    def unchanged(self) -> bool:
        """It says what it said in its file."""
        return self.origin is not None and self.origin.entry == self

    def with_flag(self, flag: str, on: bool = True) -> PoEntry:
        """The same entry with the flag set or cleared; the other flags keep their order."""
        others = tuple(f for f in self.flags if f != flag)
        return replace(self, flags=(flag, *others) if on else others)

    def without_previous(self) -> PoEntry:
        return replace(self, previous_context=None, previous_msgid=None, previous_plural=None)


def header_fields(text: str) -> tuple[tuple[str, str], ...]:
    """`Name: value` lines of a header's msgstr, in order; a line without a colon continues the one above."""
    fields: list[tuple[str, str]] = []
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon and " " not in name.strip():
            fields.append((name.strip(), value.strip()))
        elif line.strip() and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
    return tuple(fields)


def header_text(fields: Iterable[tuple[str, str]]) -> str:
    """The msgstr of a header."""
    return "".join(f"{name}: {value}\n" for name, value in fields)


@dataclass(frozen=True)
class PoFile:
    """A catalogue file: its entries in order, the header among them.

    `name`: path for problems. `damaged`: something could not be read, so nothing may be written back.
    `width`: column at which its tool wraps lines (0: it does not). `newline`: how its lines end.
    `trailing`: comments and blank lines after the last entry. `ended`: the text ended with a line end.
    """

    name: str
    entries: tuple[PoEntry, ...] = ()
    newline: str = "\n"
    trailing: str = ""
    width: int = 79
    ended: bool = True
    bom: bool = False
    damaged: bool = False

    @cached_property
    def header(self) -> PoEntry | None:
        return next((entry for entry in self.entries if entry.is_header), None)

    @cached_property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The header's fields in order, unknown ones too."""
        return header_fields(self.header.strings[0]) if self.header and self.header.strings else ()

    def field(self, name: str) -> str | None:
        """A header field's value, whatever the case of its name; None when it is missing."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    @property
    def messages(self) -> Iterator[PoEntry]:
        """Entries in use: no header, nothing obsolete."""
        return (entry for entry in self.entries if not entry.obsolete and not entry.is_header)

    @property
    def obsolete(self) -> Iterator[PoEntry]:
        return (entry for entry in self.entries if entry.obsolete)
