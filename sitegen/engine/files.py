"""Whether a file is still the one that was read: by its status where that can be trusted, else by its content."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

FileStatus = tuple[int, int, int, int]
"""(modification time in ns, size, inode, change time in ns)"""

RACY_NS = 50_000_000
"""A file touched so shortly before it was looked at may change once more within the clock's own grain."""

UNTRUSTED: FileStatus = (-1, -1, -1, -1)


def status_of(path: str) -> FileStatus | None:
    """The status of a file, or None when there is none."""
    try:
        found = os.stat(path, follow_symlinks=True)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def settled(status: FileStatus, now_ns: int) -> FileStatus:
    """The status to remember: one that can never match again when the file was touched only just now.

    The change time cannot be set by programs, so that a file with the same size and modification time is still seen
    to be another one; only a second change within the clock's grain would not be.
    """
    if abs(now_ns - status[3]) < RACY_NS or abs(now_ns - status[0]) < RACY_NS or status[3] > now_ns:
        return UNTRUSTED
    return status


def now_ns() -> int:
    return time.time_ns()


def statuses(paths: Iterable[str]) -> dict[str, FileStatus | None]:
    """The status of each path."""
    return {path: status_of(path) for path in paths}
