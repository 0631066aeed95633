"""Watching a site's sources: which files there are and when they were last touched."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

Snapshot = dict[str, tuple[int, int, int]]
"""path → (modification time in ns, size, inode)"""

POLL_SECONDS = 0.05
SHARE_OF_TIME = 10
"""Looking takes at most one tenth of the time, however large the site."""

_IGNORED_SUFFIXES = (".swp", ".swx", ".tmp", "~", ".pyc")


def take_snapshot(roots: Iterable[Path]) -> Snapshot:
    """All files below the roots; folders and files that begin with a dot, and editors' scratch files, are left out."""
    snapshot: Snapshot = {}
    folders = []
    for root in roots:
        if root.is_dir():
            folders.append(str(root))
        elif root.is_file():
            status = root.stat()
            snapshot[str(root)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    while folders:
        _scan(folders.pop(), folders, snapshot)
    return snapshot


def _scan(folder: str, folders: list[str], snapshot: Snapshot) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "#")) or entry.name.endswith(_IGNORED_SUFFIXES):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    snapshot[entry.path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    except OSError:
        return  # gone between two looks: the next look tells


class Watcher(threading.Thread):
    """Calls `changed` with the paths that changed, from its own thread, until `stop`."""

    def __init__(self, roots: Iterable[Path], changed: Callable[[list[str]], None]) -> None:
        super().__init__(name="sitegen-watch", daemon=True)
        self._roots = list(roots)
        self._changed = changed
        self._stopping = threading.Event()
        self._snapshot = take_snapshot(self._roots)

    def run(self) -> None:
        pause = POLL_SECONDS
        while not self._stopping.wait(pause):
            started = time.monotonic()
            snapshot = take_snapshot(self._roots)
            pause = max(POLL_SECONDS, SHARE_OF_TIME * (time.monotonic() - started))
            if snapshot != self._snapshot:
                paths = sorted(path for path, _ in snapshot.items() ^ self._snapshot.items())
                self._snapshot = snapshot
                self._changed(list(dict.fromkeys(paths)))

    def stop(self) -> None:
        self._stopping.set()
