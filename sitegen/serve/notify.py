"""What the system itself tells of changed files: inotify, on Linux. Elsewhere there is nobody to ask."""

from __future__ import annotations

import ctypes
import os
import select
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Self

_MOVED_FROM, _MOVED_TO, _CREATE, _DELETE, _CLOSE_WRITE = 0x40, 0x80, 0x100, 0x200, 0x8
_WANTED = _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _CLOSE_WRITE
_IS_FOLDER = 0x40000000
_HEAD = struct.Struct("iIII")  # watch, mask, cookie, length of the name


class Notices:
    """Notices of changes below some folders. `open` answers None where the system has no such thing."""

    def __init__(self, descriptor: int, add: ctypes._NamedFuncPointer) -> None:
        self._descriptor = descriptor
        self._add = add
        self._folders: dict[int, str] = {}

    @classmethod
    def open(cls, roots: Iterable[Path]) -> Self | None:
        """Notices from all folders below the roots, and from the folders of those that are files."""
        if sys.platform != "linux":
            return None
        try:
            library = ctypes.CDLL(None, use_errno=True)
            descriptor = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            add = library.inotify_add_watch
        except (OSError, AttributeError):
            return None
        if descriptor < 0:
            return None
        notices = cls(descriptor, add)
        if all(notices._watch(root) for root in roots if root.exists()):
            return notices
        notices.close()
        return None

    def _watch(self, top: Path) -> bool:
        """Watch a folder with all below it, or the folder of a file."""
        if not top.is_dir():
            return self._watch_folder(str(top.parent))
        for folder, below, _ in os.walk(top):
            below[:] = [name for name in below if not name.startswith(".")]
            if not self._watch_folder(folder):
                return False
        return True

    def _watch_folder(self, folder: str) -> bool:
        number = self._add(self._descriptor, os.fsencode(folder), _WANTED)
        if number >= 0:
            self._folders[number] = folder
        return bool(number >= 0)

    def wait(self, seconds: float) -> set[str] | None:
        """Paths of files that changed, at the latest after so many seconds; None when only a look can tell."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return set()
        try:
            data = os.read(self._descriptor, 1 << 16)
        except OSError:
            return None
        found: set[str] = set()
        offset = 0
        while offset < len(data):
            number, mask, _, length = _HEAD.unpack_from(data, offset)
            name = os.fsdecode(data[offset + _HEAD.size : offset + _HEAD.size + length].rstrip(b"\0"))
            offset += _HEAD.size + length
            folder = self._folders.get(number)
            if folder is None or mask & ~(_WANTED | _IS_FOLDER):
                return None
            if mask & _IS_FOLDER:
                self._watch(Path(folder, name))
                return None
            found.add(f"{folder}/{name}")
        return found

    def close(self) -> None:
        os.close(self._descriptor)
