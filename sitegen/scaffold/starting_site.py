"""`sitegen init`: a small bilingual site that builds at once and whose comments teach."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sitegen.problems import Position, Problems

# Wheels and version control are wary of dot files: these get their dot when they are written.
_DOTTED = {"gitignore": ".gitignore"}


def init_site(target: Path, problems: Problems) -> list[Path]:
    """Write the starting site into `target`, a folder that is empty or not there yet.

    Answers with the files written, in order; none, and a problem, when the folder cannot be used.
    Codes: init-not-a-folder, init-not-empty, init-cannot-write.
    """
    position = Position(str(target))
    try:
        if target.exists() and not target.is_dir():
            problems.error("init-not-a-folder", position, "is a file; name a new or an empty folder")
            return []
        if target.is_dir() and any(target.iterdir()):
            message = "is not empty, and nothing in it shall be overwritten; name a new or an empty folder"
            problems.error("init-not-empty", position, message)
            return []
        return _copy(files("sitegen.scaffold").joinpath("starter"), target)
    except OSError as error:
        problems.error("init-cannot-write", position, f"cannot be written: {os.strerror(error.errno or 0)}")
        return []


def _copy(source: Traversable, target: Path) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for item in sorted(source.iterdir(), key=lambda item: item.name):
        place = target / _DOTTED.get(item.name, item.name)
        if item.is_dir():
            written.extend(_copy(item, place))
        else:
            place.write_bytes(item.read_bytes())
            written.append(place)
    return written
