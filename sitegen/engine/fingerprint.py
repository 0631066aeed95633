"""What a cache was made with: this program's own files, its libraries, the interpreter. Any change is a new cache."""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.engine.digests import digest_strings

FORMAT = "1"
LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "nh3", "yaml")
"""Names of modules."""


@functools.cache
def fingerprint() -> str:
    """Digest of the libraries and of the status of every source file of the program, without reading any of them.

    A process keeps the code that it began with, and so its fingerprint.
    """
    package = Path(__file__).resolve().parent.parent
    libraries = [f"{name}={_installed(name)}" for name in LIBRARIES]
    return digest_strings([FORMAT, sys.version, *libraries, *_sources(str(package))])


def _installed(name: str) -> str:
    """Where a library lies and since when: to ask for its version takes longer than a build of nothing."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return "absent"
    status = os.stat(found.origin)
    return f"{found.origin} {status.st_mtime_ns} {status.st_size}"


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda item: item.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "themes", "starter"):
                    yield from _sources(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".txt", ".json")):
                status = entry.stat()
                yield f"{entry.path} {status.st_mtime_ns} {status.st_size}"
