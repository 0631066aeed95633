"""What a cache was made with: this program's own files, its libraries, the interpreter. Any change is a new cache."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.engine.digests import digest_strings

FORMAT = "1"
LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "nh3", "pyyaml")


def fingerprint() -> str:
    """Digest of versions and of the status of every source file of the program, without reading any of them."""
    package = Path(__file__).resolve().parent.parent
    versions = [f"{name}={_version(name)}" for name in LIBRARIES]
    return digest_strings([FORMAT, sys.version, *versions, *_sources(str(package))])


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda item: item.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "themes", "starter"):
                    yield from _sources(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".txt", ".json")):
                status = entry.stat()
                yield f"{entry.path} {status.st_mtime_ns} {status.st_size}"
