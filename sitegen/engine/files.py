"""Whether a file is still the one that was read: by its status where that can be trusted, else by its content."""

from __future__ import annotations

import os

FileStatus = tuple[int, int, int, int]
"""(modification time in ns, size, inode, change time in ns)"""

OutputStatus = tuple[int, int, int]
"""The same without the change time, which a new link to the file sets anew."""


def status_of(path: str) -> FileStatus | None:
    """The status of a file, or None when there is none."""
    try:
        found = os.stat(path, follow_symlinks=True)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def output_status(path: str) -> OutputStatus | None:
    """The status of a file that was written here, or None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
