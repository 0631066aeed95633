"""Publishing: a new site is staged beside the old one and takes its place in one step.

sitegen only ever replaces or empties a folder that bears its own mark, and a build with errors never comes here.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Self

from sitegen.problems import Position, Problems

MARK = ".sitegen-output"
MARK_TEXT = "This folder is written by sitegen: everything in it is replaced by the next build.\n"


def check_output(output: Path, root: Path, problems: Problems) -> None:
    """Refuse an output folder that is not ours, holds sources, or cannot be written."""
    place = Position("site.yaml")
    resolved, site = output.resolve(), root.resolve()
    protected = [site / name for name in ("content", "i18n", "themes")]
    if resolved == site or site.is_relative_to(resolved):
        problems.error(
            "output-unsafe",
            place,
            f"the output folder '{output}' holds the site's sources; choose another, such as public",
        )
    elif any(resolved.is_relative_to(folder) or folder.is_relative_to(resolved) for folder in protected):
        problems.error(
            "output-unsafe",
            place,
            f"the output folder '{output}' is among the site's sources; choose another, such as public",
        )
    elif output.exists() and not output.is_dir():
        problems.error("output-unsafe", place, f"the output '{output}' is a file; choose a folder")
    elif output.is_dir() and not is_ours(output):
        message = (
            f"the folder '{output}' was not made by sitegen, so it will not be replaced; empty it or choose another"
        )
        problems.error("output-foreign", place, message)
    elif not _writable(output):
        problems.error(
            "output-unwritable", place, f"the output folder '{output}' cannot be written; check its permissions"
        )


def is_ours(folder: Path) -> bool:
    """An empty folder, or one that bears the mark."""
    return (folder / MARK).is_file() or not any(folder.iterdir())


def _writable(output: Path) -> bool:
    folder = output
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


class Stage:
    """A folder beside the output in which the next site grows. Use as a context manager; `publish` ends it."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.parent / f".{output.name}.sitegen-next"
        self._old = output.parent / f".{output.name}.sitegen-old"

    def __enter__(self) -> Self:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        _remove(self.folder)
        _remove(self._old)
        self.folder.mkdir()
        (self.folder / MARK).write_text(MARK_TEXT, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        _remove(self.folder)
        _remove(self._old)

    def write(self, path: str, content: bytes) -> None:
        """Write one file; `path` is relative with POSIX slashes."""
        target = f"{self.folder}/{path}"
        try:
            with open(target, "wb") as file:
                file.write(content)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content)

    def keep(self, path: str) -> bool:
        """Take a file of the old site as it is; False when it cannot be taken."""
        source, target = f"{self.output}/{path}", f"{self.folder}/{path}"
        try:
            os.link(source, target)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            try:
                os.link(source, target)
            except OSError:
                return self._kept_copy(source, target)
        except OSError:
            return self._kept_copy(source, target)
        return True

    @staticmethod
    def _kept_copy(source: str, target: str) -> bool:
        """Where the file system knows no hard links."""
        try:
            shutil.copy2(source, target)
        except OSError:
            return False
        return True

    def copy(self, path: str, source: Path) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)

    def publish(self) -> None:
        """Put the staged site in the place of the old one."""
        if self.output.exists():
            self.output.rename(self._old)
        self.folder.rename(self.output)
        _remove(self._old)


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
