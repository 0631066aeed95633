"""Safe access to the disk: only regular files inside the site are read, as UTF-8, and folders in a fixed order."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Position, Problems

MAX_TEXT_BYTES = 32_000_000
MAX_FOLDER_DEPTH = 16

_IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_CONTROL_BYTES = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
# U+FDD0 to U+FDEF, and the last two characters of every plane
_SUSPICIOUS_BYTES = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
_REFUSED_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


FileStatus = tuple[int, int, int, int]
"""(modification time in ns, size, inode, change time in ns): programs cannot set the last one."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file of the site: where it is on disk, and its path relative to the site (POSIX, NFC)."""

    absolute: str
    path: str
    size: int
    status: FileStatus = (0, 0, 0, 0)


def walk(root: Path, folder: str, problems: Problems) -> Iterator[FoundFile]:
    """All regular files below `root/folder`, sorted by path; hidden and temporary files are passed over.

    A symlink that leaves the site, a name that cannot be used and a folder too deep are problems.
    """
    real_root = os.path.realpath(root)
    start = os.path.join(root, folder)
    if not os.path.isdir(start):
        return
    if not is_inside(real_root, os.path.realpath(start)):
        _leaves(folder, problems)
        return
    yield from _walk(real_root, start, folder, (os.path.realpath(start),), problems)


def _walk(real_root: str, folder: str, path: str, above: tuple[str, ...], problems: Problems) -> Iterator[FoundFile]:
    if len(above) > MAX_FOLDER_DEPTH:
        problems.error(
            "folder-too-deep",
            Position(path),
            f"more than {MAX_FOLDER_DEPTH} folders lie in one another (MAX_FOLDER_DEPTH); move this one up",
        )
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: unicodedata.normalize("NFC", entry.name))
    except OSError as error:
        problems.error("file-unreadable", Position(path), f"this folder cannot be read: {error.strerror}")
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        inner = f"{path}/{unicodedata.normalize('NFC', entry.name)}"
        if not _usable_name(entry.name, path, problems):
            continue
        if entry.is_symlink() and not is_inside(real_root, os.path.realpath(entry.path)):
            _leaves(inner, problems)
        elif entry.is_dir():
            real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
            if entry.is_symlink() and any(os.path.realpath(one) == real for one in above):
                problems.error(
                    "symlink-loop", Position(inner), "this link leads back to a folder that holds it; delete it"
                )
            else:
                yield from _walk(real_root, entry.path, inner, (*above, entry.path), problems)
        else:
            yield from _file(entry, inner, problems)


def _file(entry: os.DirEntry[str], path: str, problems: Problems) -> Iterator[FoundFile]:
    try:
        status = entry.stat()
    except OSError:
        problems.error("file-unreadable", Position(path), "this link leads to nothing; delete it")
        return
    if stat.S_ISREG(status.st_mode):
        known = (status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)
        yield FoundFile(entry.path, path, status.st_size, known)
    else:
        problems.error("file-not-regular", Position(path), "this is no ordinary file; delete it")


def is_ignored(name: str) -> bool:
    """Files that systems and editors leave behind: hidden ones, backups, lock files."""
    return name.startswith((".", "~$")) or name.endswith(("~", ".swp", ".tmp", ".bak")) or name in _IGNORED_NAMES


def is_inside(root: str, path: str) -> bool:
    """Whether the real path `path` is `root` or lies below it."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _leaves(path: str, problems: Problems) -> None:
    problems.error(
        "symlink-outside",
        Position(path),
        "this link leads out of the site's folder, and nothing outside it is read; copy the file here instead",
    )


def _usable_name(name: str, folder: str, problems: Problems) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode(errors="replace").decode()
        problems.error("file-name", Position(folder), f"the name of the file '{shown}' is not in UTF-8; rename it")
        return False
    if _REFUSED_IN_NAMES.search(name) or _REFUSED.search(name):
        shown = "".join(character if character.isprintable() else "?" for character in name)
        problems.error(
            "file-name",
            Position(folder),
            f"the name of the file '{shown}' has a backslash or an invisible character in it; rename it",
        )
        return False
    return True


def read_text(root: Path, path: str, problems: Problems) -> str | None:
    """The text of a file of the site, line ends as `\\n`, or None with a problem. `path` is relative to `root`."""
    absolute = os.path.join(root, path)
    real_root = os.path.realpath(root)
    if not is_inside(real_root, os.path.realpath(absolute)):
        _leaves(path, problems)
        return None
    return read_found(absolute, path, problems)


def read_found(absolute: str, path: str, problems: Problems) -> str | None:
    """The text of a file that `walk` has found, line ends as `\\n`, or None with a problem."""
    try:
        with open(absolute, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                problems.error("file-not-regular", Position(path), "this is no ordinary file; delete it")
                return None
            data = file.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        problems.error("file-unreadable", Position(path), f"this file cannot be read: {error.strerror}")
        return None
    if len(data) > MAX_TEXT_BYTES:
        problems.error(
            "file-too-large",
            Position(path),
            f"this file is larger than {MAX_TEXT_BYTES // 1_000_000} MB (MAX_TEXT_BYTES); split it",
        )
        return None
    return decode(data, path, problems)


def decode(data: bytes, path: str, problems: Problems) -> str | None:
    """Bytes of a file as text: UTF-8, with or without BOM, line ends as `\\n`; else None and a problem."""
    if _looks_like_utf16(data):
        problems.error(
            "encoding-utf16",
            Position(path),
            "this file is in UTF-16; save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the BOM
        _not_utf8(data.removeprefix(b"\xef\xbb\xbf"), error.start, path, problems)
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    refused = _REFUSED.search(text) if _may_hold_refused(data) else None
    if refused:
        index = refused.start()
        position = Position(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
        problems.error(
            "character-refused",
            position,
            f"here stands the invisible character U+{ord(refused[0]):04X}, which belongs in no text; delete it",
        )
        return None
    return text


def _may_hold_refused(data: bytes) -> bool:
    """A quick look at UTF-8, which may be wrong in one direction only: the pattern itself takes its time."""
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        return True
    if data.isascii():
        return False
    return any(part in data for part in _SUSPICIOUS_BYTES) or _C1_BYTES.search(data) is not None


def _looks_like_utf16(data: bytes) -> bool:
    """A UTF-16 BOM, or a NUL in every other byte of the beginning."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = data[:64]
    even, odd = start[::2], start[1::2]
    return len(start) >= 4 and (odd.count(0) > len(odd) * 0.7) != (even.count(0) > len(even) * 0.7)


def _not_utf8(data: bytes, index: int, path: str, problems: Problems) -> None:
    line = data.count(b"\n", 0, index) + 1
    begin = data.rfind(b"\n", 0, index) + 1
    column = len(data[begin:index].decode("utf-8", errors="replace")) + 1
    guess = data[index : index + 1].decode("cp1250", errors="replace")
    meant = f"in Windows-1250 it would be '{guess}'" if guess.isalpha() else "it is probably in an old Windows encoding"
    problems.error(
        "encoding",
        Position(path, line, column),
        f"this file is not in UTF-8 (the byte 0x{data[index]:02X} stands "
        f"here; {meant}); save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)",
    )
