"""Reading PO text: strict about what it accepts, forgiving about what it can still use.

A mistake costs the message it stands in, never the file. The file is then marked as damaged, so that
nobody writes back what could not be read.
"""

from __future__ import annotations

import re

from sitegen.problems import Position, Problems
from sitegen.read.po_model import (
    MAX_ENTRIES,
    MAX_FILE_BYTES,
    MAX_MESSAGE_LENGTH,
    MAX_PLURAL_FORMS,
    Key,
    Origin,
    PoEntry,
    PoFile,
)

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,4})\])?)(?![\w\[])[ \t]*(.*)$", re.DOTALL)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)")
_REFERENCE = re.compile("\u2068[^\u2069]*\u2069|\\S+")
_NPLURALS = re.compile(r"nplurals\s*=\s*(\d+)")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
FORBIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "\ud800-\udfff]"
)
"""Controls and noncharacters: none of them may stand in a text."""

_MIXED = "a message is either obsolete ('#~' before all of its lines) or in use"
_SIMPLE_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    '"': '"',
    "\\": "\\",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}


class _BrokenLineError(Exception):
    """One line says nothing that can be understood. Never leaves this module."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _unescape_one(match: re.Match[str]) -> str:
    found = match[1]
    if found in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[found]
    code = int(found[1:], 16) if found[0] == "x" and len(found) > 1 else int(found, 8) if found.isdigit() else 0x80
    if code < 0x80:
        return chr(code)
    raise _BrokenLineError("po-escape", f"'\\{found}' is no escape sequence; write '\\\\' for a backslash")


def _literals(text: str) -> str:
    """The value of one or more `"…"` on a line."""
    if "\\" not in text and text.count('"') == 2 and text[0] == text[-1] == '"':
        return text[1:-1]
    match = _LITERAL.fullmatch(text)
    if match:
        value = match[1]
        return _ESCAPE.sub(_unescape_one, value) if "\\" in value else value
    if _LITERAL.sub("", text).strip():
        raise _BrokenLineError(
            "po-syntax", f"expected a text in double quotes, all of it on this line, found: {text[:60]}"
        )
    return "".join(_ESCAPE.sub(_unescape_one, match[1]) for match in _LITERAL.finditer(text))


def literal_value(block: str) -> str:
    """The value of lines with one well-formed `"…"` each; ValueError for an escape sequence that there is not."""
    if "\\" in block:
        try:
            return "".join([_literals(line) for line in block.split("\n")])
        except _BrokenLineError as broken:
            raise ValueError(str(broken)) from None
    return block[1:-1].replace('"\n"', "") if "\n" in block else block[1:-1]


class _Draft:
    """An entry while its lines arrive."""

    def __init__(self, before: str) -> None:
        self.before = before
        self.lines: list[str] = []
        self.parts: dict[str, list[str]] = {}
        self.strings: dict[str, list[str]] = {}
        self.current: str | None = None
        self.line = 0
        self.obsolete = False
        self.broken = False

    @property
    def complete(self) -> bool:
        return any(name.startswith("msgstr") for name in self.strings)

    def value(self, name: str) -> str | None:
        found = self.strings.get(name)
        return None if found is None else "".join(found)

    def tail(self, name: str, prefix: str) -> tuple[str, ...]:
        """The lines of a kind of comment without their prefix and one space."""
        cut = len(prefix)
        return tuple(line[cut:].removeprefix(" ").rstrip() for line in self.parts.get(name, ()))


class _Parser:
    def __init__(self, text: str, name: str, problems: Problems) -> None:
        self.text = text
        self.name = name
        self.problems = problems
        self.entries: list[PoEntry] = []
        self.keys: dict[Key, int] = {}
        self.damaged = False
        self.draft = _Draft("")
        self.blank = ""

    def error(self, code: str, line: int, message: str) -> None:
        self.damaged = True
        self.problems.error(code, Position(self.name, line), message)

    def run(self) -> tuple[PoEntry, ...]:
        lines = self.text.split("\n")
        if not lines[-1]:
            del lines[-1]
        for number, line in enumerate(lines, start=1):
            self.read_line(number, line)
            if len(self.entries) > MAX_ENTRIES:
                self.error("po-size", number, f"more than {MAX_ENTRIES} messages; split the catalogue")
                break
        self.finish_last()
        return tuple(self.entries)

    def read_line(self, number: int, line: str) -> None:
        stripped = line.strip()
        if not stripped:
            if self.draft.broken and not self.draft.strings:
                self.draft = _Draft("")  # a stray line spoils nothing below a blank one
            self.keep(line)
            return
        try:
            if stripped[0] == '"':
                self.literal(stripped)
            elif stripped[0] == "#":
                self.comment(number, stripped)
            else:
                self.statement(number, stripped, "", False)
        except _BrokenLineError as broken:
            self.draft.broken = True
            self.error(broken.code, number, str(broken))
        self.keep(line)

    def keep(self, line: str) -> None:
        """Blank lines after a whole entry belong above the next one; all other lines to their entry."""
        draft = self.draft
        if not line.strip() and (draft.complete or not draft.lines):
            self.blank += line + "\n"
            return
        if draft.lines:
            draft.lines.append(self.blank)
        else:
            draft.before = self.blank
        draft.lines.append(line + "\n")
        self.blank = ""

    def boundary(self) -> None:
        """Called before what can only begin an entry."""
        if self.draft.complete or (self.draft.broken and self.draft.strings):
            self.finish()

    def comment(self, number: int, line: str) -> None:
        mark = line[1:2]
        if mark == "~":
            rest = line[2:]
            if rest.startswith("|"):
                self.boundary()
                self.statement(number, rest[1:].strip(), "previous ", True)
            else:
                self.statement(number, rest.strip(), "", True)
            return
        self.boundary()
        if mark == "|":
            self.statement(number, line[2:].strip(), "previous ", False)
            return
        name = {".": "extracted", ":": "references", ",": "flags"}.get(mark, "comments")
        self.draft.parts.setdefault(name, []).append(line)
        self.draft.current = None

    def literal(self, line: str, obsolete: bool = False) -> None:
        current = self.draft.current
        if current is None:
            raise _BrokenLineError("po-syntax", "this text belongs to no msgid or msgstr")
        self.draft.strings[current].append(_literals(line))
        self.draft.parts[current].append(line)
        if obsolete != self.draft.obsolete and not current.startswith("previous "):
            raise _BrokenLineError("po-syntax", _MIXED)

    def statement(self, number: int, line: str, prefix: str, obsolete: bool) -> None:
        if not line:
            return
        if line[0] == '"':
            self.literal(line, obsolete)
            return
        match = _KEYWORD.match(line)
        if not match:
            if self.blank:
                self.boundary()
            raise _BrokenLineError("po-syntax", self.unknown(line))
        keyword, rest = match[1], match[3].strip()
        if not prefix and keyword in ("msgctxt", "msgid"):
            self.boundary()
            if "msgid" in self.draft.strings:
                self.error("po-truncated", self.draft.line, "this message has no msgstr")
                self.draft = _Draft("")
        self.open(number, prefix + keyword, rest, obsolete)

    @staticmethod
    def unknown(line: str) -> str:
        if _CONFLICT.match(line):
            return "an unresolved merge conflict of git: keep one of the two sides and remove the markers"
        return f"expected msgctxt, msgid, msgid_plural, msgstr, a text in quotes or a comment, found: {line[:60]}"

    def open(self, number: int, name: str, rest: str, obsolete: bool) -> None:
        if name in self.draft.strings and self.blank:
            self.boundary()
        draft = self.draft
        if name in draft.strings:
            raise _BrokenLineError("po-syntax", f"a second {name} in one message")
        if name.startswith("msgstr") and "msgid" not in draft.strings:
            raise _BrokenLineError("po-syntax", "msgstr without a msgid above it")
        if name == "msgid":
            draft.line, draft.obsolete = number, obsolete
        elif name == "msgctxt":
            draft.obsolete = obsolete
        elif not name.startswith("previous ") and obsolete != draft.obsolete:
            raise _BrokenLineError("po-syntax", _MIXED)
        draft.strings[name], draft.parts[name], draft.current = [], [], name
        draft.strings[name].append(_literals(rest))
        draft.parts[name].append(rest)

    def finish_last(self) -> None:
        draft = self.draft
        if draft.complete or draft.broken:
            self.finish()
        elif draft.strings:
            line = draft.line or self.text.count("\n") + 1
            self.error("po-truncated", line, "the file ends in the middle of this message: its msgstr is missing")
            self.draft = _Draft("")

    def finish(self) -> None:
        draft, self.draft = self.draft, _Draft("")
        if draft.broken:
            return
        entry = self.build(draft)
        if entry is None:
            return
        seen = self.keys.setdefault(entry.key, entry.line)
        if seen != entry.line:
            self.error("po-duplicate", entry.line, f"the same message stands in line {seen}; remove one of the two")
        self.entries.append(entry)

    def build(self, draft: _Draft) -> PoEntry | None:
        forms = [name for name in draft.strings if name.startswith("msgstr")]
        plural = draft.value("msgid_plural")
        expected = ["msgstr"] if plural is None else [f"msgstr[{n}]" for n in range(len(forms))]
        if forms != expected:
            self.error("po-plural-forms", draft.line, f"found {', '.join(forms)}, expected {', '.join(expected)}")
            return None
        if len(forms) > MAX_PLURAL_FORMS:
            self.error("po-plural-forms", draft.line, f"no language has more than {MAX_PLURAL_FORMS} plural forms")
            return None
        strings = tuple("".join(draft.strings[name]) for name in forms)
        msgid = draft.value("msgid") or ""
        if max(map(len, (msgid, plural or "", *strings))) > MAX_MESSAGE_LENGTH:
            self.error("po-length", draft.line, f"a message of more than {MAX_MESSAGE_LENGTH} characters; shorten it")
            return None
        entry = PoEntry(
            msgid=msgid,
            plural=plural,
            context=draft.value("msgctxt"),
            strings=strings,
            comments=draft.tail("comments", "#"),
            extracted=draft.tail("extracted", "#."),
            references=_references(draft.tail("references", "#:")),
            flags=_flags(draft.tail("flags", "#,")),
            previous_context=draft.value("previous msgctxt"),
            previous_msgid=draft.value("previous msgid"),
            previous_plural=draft.value("previous msgid_plural"),
            obsolete=draft.obsolete,
            line=draft.line,
        )
        parts = {name: tuple(lines) for name, lines in draft.parts.items()}
        origin = Origin(entry, "".join(draft.lines), draft.before, parts, not self.entries)
        object.__setattr__(entry, "origin", origin)  # the one knot that a frozen class cannot tie itself
        return entry


def _references(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Words; a name with spaces stands between U+2068 and U+2069, as gettext writes it."""
    return tuple(word.strip("\u2068\u2069") for line in lines for word in _REFERENCE.findall(line))


def _flags(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(flag for line in lines for part in line.split(",") if (flag := part.strip()))


def parse_po(text: str, file: str, problems: Problems) -> PoFile:
    """The catalogue in `text`. `file` names it in problems; every mistake is one, none is raised."""
    if len(text) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 1024 // 1024} MiB"
        problems.error("po-size", Position(file), f"the file is larger than {limit}; split the catalogue")
        return PoFile(file, damaged=True)
    bom = text.startswith("\ufeff")
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    parser = _Parser(text.removeprefix("\ufeff"), file, problems)
    entries = parser.run()
    rest = parser.draft
    po = PoFile(
        file,
        entries,
        newline=newline,
        trailing=rest.before + "".join(rest.lines) + parser.blank,
        ended=text.endswith("\n") or not text,
        bom=bom,
        damaged=parser.damaged,
        width=_width(text),
    )
    _check_characters(text, po, problems)
    _check_plurals(po, problems)
    return po


def _check_characters(text: str, po: PoFile, problems: Problems) -> None:
    if not FORBIDDEN_CHARACTERS.search("".join(set(text))):  # the set first: a file has few different characters
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if match := FORBIDDEN_CHARACTERS.search(line):
            message = f"the character U+{ord(match[0]):04X} may not stand in a text; remove it"
            problems.error("po-character", Position(po.name, number, match.start() + 1), message)


def _check_plurals(po: PoFile, problems: Problems) -> None:
    match = _NPLURALS.search(po.field("Plural-Forms") or "")
    if not match:
        return
    count = int(match[1])
    for entry in po.messages:
        if entry.plural is not None and entry.has_translation and len(entry.strings) != count:
            message = f"{len(entry.strings)} plural forms, but the header promises {count}"
            problems.error("po-plural-forms", Position(po.name, entry.line), message)


_WIDTH_SAMPLE = 100_000
_LONG_LINE = re.compile(r'^(?:#~ |#\| )?(?:msg\S+ )?"[^"\n]{1,70} [^"\n]{20,}"$', re.MULTILINE)


def _width(text: str) -> int:
    """The column at which the tool that wrote `text` wraps: 0 (not at all), 77 (Weblate) or 79 (GNU gettext)."""
    text = text[:_WIDTH_SAMPLE]
    if any(len(match[0]) > 90 for match in _LONG_LINE.finditer(text)):
        return 0
    return 77 if "X-Generator: Weblate" in text or "X-Generator: Translate" in text else 79
