"""Watching a site's sources: which files there are and when they were last touched."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sitegen.serve.notify import Notices

Snapshot = dict[str, tuple[int, int, int]]
"""path → (modification time in ns, size, inode)"""

POLL_SECONDS = 0.05
SHARE_OF_TIME = 10
"""Looking takes at most one tenth of the time, however large the site."""

LOOK_SECONDS = 1.0
"""So often there is a look where the system gives notice; it knows nothing of some disks."""

QUIET_SECONDS = 0.01
"""So long nothing more must change before what changed is told."""

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


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith(_IGNORED_SUFFIXES)


def _file_status(path: str, roots: Iterable[Path]) -> tuple[int, int, int] | None:
    """As a snapshot has it: None for what is ignored, is no file, or lies outside the roots."""
    if not any(path == str(root) or path.startswith(f"{root}{os.sep}") for root in roots):
        return None
    if _is_ignored(os.path.basename(path)) or os.path.isdir(path):
        return None
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _scan(folder: str, folders: list[str], snapshot: Snapshot) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _is_ignored(entry.name):
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
        self._notices = Notices.open(self._roots)
        self._snapshot = take_snapshot(self._roots)

    def run(self) -> None:
        """Look from time to time; where the system gives notice, look at what it names at once."""
        pause = POLL_SECONDS
        while not self._stopping.is_set():
            paths = self._noticed(pause)
            if paths is None:
                started = time.monotonic()
                paths = self._look()
                pause = max(POLL_SECONDS, SHARE_OF_TIME * (time.monotonic() - started))
            if paths and not self._stopping.is_set():
                self._changed(paths)
        if self._notices is not None:
            self._notices.close()

    def _noticed(self, seconds: float) -> list[str] | None:
        """Files of which the system says that they changed; None when the time for a look has come."""
        if self._notices is None:
            self._stopping.wait(seconds)
            return None
        names = more = self._notices.wait(max(seconds, LOOK_SECONDS))
        while more:  # several files may be saved together
            more = self._notices.wait(QUIET_SECONDS)
            names = names | more if names is not None and more is not None else None
        if not names:
            return None
        known = self._snapshot
        now = {name: found for name in names if (found := _file_status(name, self._roots)) is not None}
        paths = [name for name in sorted(names) if known.get(name) != now.get(name)]
        for name in paths:
            known.pop(name, None)
        known |= {name: now[name] for name in paths if name in now}
        return paths

    def _look(self) -> list[str]:
        snapshot = take_snapshot(self._roots)
        paths = sorted({path for path, _ in snapshot.items() ^ self._snapshot.items()})
        self._snapshot = snapshot
        return paths

    def stop(self) -> None:
        self._stopping.set()
