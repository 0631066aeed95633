"""Catalogues on disk: where they lie, how they are read, and how they are written without ever being half written.

Both layouts are read: `i18n/<language>/LC_MESSAGES/<domain>.po` and `i18n/<domain>/<language>.po`.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Position, Problems, did_you_mean
from sitegen.read.po_model import MAX_FILE_BYTES, PoFile
from sitegen.read.po_parser import parse_po
from sitegen.read.po_table import PoTable, read_table

_CHARSET = re.compile(rb"Content-Type:[^\"\n]*charset=([\w.:-]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_MODIFIERS = {"latin": "latn", "cyrillic": "cyrl", "arabic": "arab"}


@dataclass(frozen=True, slots=True)
class PoSource:
    """A catalogue file. `tag` as the site spells it; `path` relative to the site with POSIX slashes;
    `digest` of the bytes read, for writing back only what nobody changed meanwhile."""

    tag: str
    domain: str
    path: str
    po: PoFile
    digest: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """A catalogue file that is read for showing it: as a table where it is clean, else as a whole."""

    tag: str
    domain: str
    path: str
    po: PoFile | PoTable
    digest: str


def digest(data: bytes) -> str:
    """What tells whether a file is still the one that was read."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def normal_tag(name: str) -> str:
    """A language's name in lower case with hyphens; `sr@latin` and `sr_RS@latin` name their script."""
    name, _, modifier = name.partition("@")
    parts = name.replace("_", "-").lower().split("-")
    if modifier.lower() in _MODIFIERS:
        parts.insert(1, _MODIFIERS[modifier.lower()])
    return "-".join(parts)


def decode_po(data: bytes, file: str, problems: Problems) -> str | None:
    """The text of a catalogue, which must be UTF-8; None when it is not."""
    if len(data) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 1024 // 1024} MiB"
        problems.error("po-size", Position(file), f"the file is larger than {limit}; split the catalogue")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.error("po-charset", Position(file, line), _charset_message(data))
        return None
    declared = _declared(data)
    if not text.isascii() and declared not in ("", "UTF-8", "UTF8", "CHARSET"):
        message = f"the header says {declared}, but the file is UTF-8: write 'charset=UTF-8'"
        problems.warning("po-charset", Position(file), message)
    return text


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:20_000])
    return match[1].decode("ascii", "replace").upper() if match else ""


def _charset_message(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "the file is UTF-16; save it as UTF-8"
    declared = _declared(data)
    if declared and declared not in ("UTF-8", "UTF8", "CHARSET"):
        return f"the file is in {declared}; save it as UTF-8 ('msgconv -t UTF-8' does it)"
    return "the file is not UTF-8; save it as UTF-8"


def read_po(root: Path, path: str, problems: Problems) -> tuple[PoFile, str] | None:
    """The catalogue at `path` below `root` and the digest of its bytes; None, and a problem, when it is unreadable."""
    read = _read_text(root, path, problems)
    return None if read is None else (parse_po(read[0], path, problems), read[1])


def _read_text(root: Path, path: str, problems: Problems) -> tuple[str, str] | None:
    """The text of a catalogue and the digest of its bytes."""
    full = root / path
    try:
        if not full.resolve().is_relative_to(root.resolve()):
            problems.error(
                "po-outside", Position(path), "the file is a link that leaves the site; put the file itself here"
            )
            return None
        with full.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problems.error("po-unreadable", Position(path), f"cannot be read: {error.strerror}")
        return None
    text = decode_po(data, path, problems)
    return None if text is None else (text, digest(data))


def _listing(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:
        return []


def _candidates(root: Path, folder: str) -> Iterator[tuple[str, str, str]]:
    """(language as written, domain, path) of every catalogue of both layouts."""
    for below in _listing(root / folder):
        if not below.is_dir():
            continue
        for file in _listing(below / "LC_MESSAGES"):
            if file.suffix == ".po":
                yield below.name, file.stem, f"{folder}/{below.name}/LC_MESSAGES/{file.name}"
        for file in _listing(below):
            if file.suffix == ".po":
                yield file.stem, below.name, f"{folder}/{below.name}/{file.name}"


def find_po(root: Path, folder: str, tags: Iterable[str], problems: Problems) -> dict[tuple[str, str], str]:
    """(domain, tag) → path of its catalogue, below `root`/`folder`. `tags`: the site's languages."""
    known = {normal_tag(tag): tag for tag in tags}
    found: dict[tuple[str, str], str] = {}
    for name, domain, path in _candidates(root, folder):
        tag = known.get(normal_tag(name))
        if tag is None:
            hint = did_you_mean(name, known.values())
            problems.warning("po-language", Position(path), f"the site has no language '{name}'{hint or '; not used'}")
        elif not _DOMAIN.fullmatch(domain):
            problems.warning("po-domain", Position(path), f"'{domain}' is no name of a domain; not used")
        elif (first := found.setdefault((domain, tag), path)) != path:
            message = f"{first} is a catalogue of the same language and domain; merge the two ('msgcat') and remove one"
            problems.error("po-twice", Position(path), message)
    return found


def read_catalogue_files(root: Path, folder: str, tags: Iterable[str], problems: Problems) -> tuple[PoSource, ...]:
    """Every catalogue below `root`/`folder`, in order of domain and language."""
    sources = []
    for (domain, tag), path in sorted(find_po(root, folder, tags, problems).items()):
        read = read_po(root, path, problems)
        if read is not None:
            sources.append(PoSource(tag, domain, path, *read))
    return tuple(sources)


def read_catalogue_tables(root: Path, folder: str, tags: Iterable[str], problems: Problems) -> Iterator[TableSource]:
    """As `read_catalogue_files`, in less time."""
    for (domain, tag), path in sorted(find_po(root, folder, tags, problems).items()):
        read = _read_text(root, path, problems)
        if read is not None:
            text, found = read
            yield TableSource(tag, domain, path, read_table(text, path) or parse_po(text, path, problems), found)


class ChangedMeanwhileError(Exception):
    """The file on disk is no longer the one that was read; nothing was written."""


def write_atomically(path: Path, data: bytes, expected: str | None = None) -> None:
    """Replace `path` whole or not at all; its folder is made. `expected`: the digest that it must still have.

    Raises ChangedMeanwhileError and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if expected is not None and (not path.exists() or digest(path.read_bytes()) != expected):
        raise ChangedMeanwhileError(str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
