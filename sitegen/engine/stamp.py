"""The quickest answer of all: nothing changed since the last build, neither what goes in nor what came out.

A stamp notes the status of every file on both sides. Where anything is doubtful there is no stamp, and the build looks
more closely.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sitegen.engine.digests import digest_bytes, digest_strings
from sitegen.engine.files import OutputStatus, output_status

RACY_NS = 50_000_000
"""A file touched so shortly before it was looked at may change once more within the clock's own grain."""


class UncertainError(Exception):
    """The files cannot be told apart by their status alone."""


def scan(roots: Iterable[Path], now_ns: int) -> str:
    """Digest of names and status of all files below the roots; raises UncertainError where it could deceive."""
    lines: list[str] = []
    for root in roots:
        lines.append(f"> {root}")
        if root.is_dir():
            lines += _scan(str(root), now_ns)
        elif root.exists():
            lines.append(_line(str(root), os.stat(root), now_ns))
    return digest_strings(lines)


def _scan(folder: str, now_ns: int) -> Iterator[str]:
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            raise UncertainError from error
        for entry in entries:
            if entry.is_symlink():
                raise UncertainError(entry.path)
            if entry.is_dir():
                folders.append(entry.path)
            else:
                yield _line(entry.path, entry.stat(), now_ns)


def _line(path: str, status: os.stat_result, now_ns: int) -> str:
    touched = status.st_ctime_ns
    if touched > now_ns - RACY_NS or status.st_mtime_ns > now_ns - RACY_NS:
        raise UncertainError(path)
    return f"{path} {status.st_mtime_ns} {status.st_size} {status.st_ino} {touched}"


def statuses_digest(folder: str, paths: Iterable[str]) -> str:
    """The digest of the status that these files and folders have now."""
    return digest_statuses([output_status(f"{folder}/{path}") for path in paths])


def digest_statuses(found: Sequence[OutputStatus | None]) -> str:
    """One digest for the status of many files; a missing one counts as well."""
    return digest_bytes(repr(list(found)).encode())


def load_stamp(path: Path) -> dict[str, Any] | None:
    """What `save_stamp` wrote; None when there is nothing, or nothing whole."""
    try:
        text = path.read_text(encoding="utf-8")
        checksum, _, body = text.partition("\n")
        if digest_strings((body,)) != checksum:
            return None
        found = json.loads(body)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def save_stamp(path: Path, stamp: dict[str, Any] | None) -> None:
    """Write a stamp whole or not at all; None takes away the one that is there."""
    try:
        if stamp is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        body = json.dumps(stamp, ensure_ascii=False, separators=(",", ":"))
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        temporary.write_text(f"{digest_strings((body,))}\n{body}", encoding="utf-8")
        temporary.replace(path)
    except OSError:
        return
