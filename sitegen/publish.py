"""Publishing: a new site is staged beside the old one and takes its place in one step.

sitegen only ever replaces or empties a folder that bears its own mark, and a build with errors never comes here.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
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


def work_folder(root: Path, output: Path) -> Path:
    """Where the next site grows: among the site's own hidden files, or beside an output on another disk."""
    parent = output.parent
    while not parent.exists():
        parent = parent.parent
    if os.stat(parent).st_dev == os.stat(root).st_dev:
        name = hashlib.blake2b(os.fsencode(os.path.abspath(output)), digest_size=8).hexdigest()
        return root / ".sitegen" / "stage" / name
    return output.parent / f".{output.name}.sitegen"


class Stage:
    """A folder beside the output in which the next site grows, and the one that it replaced, kept for the next time.

    The output and the folder kept share the files that are the same in both (hard links where the disk knows them),
    so that a small change costs little: the kept folder is brought up to date and takes the place of the output.
    Use as a context manager; nothing is on disk before `begin_empty`, `begin_like_output` or `begin_from_kept`.
    """

    def __init__(self, output: Path, work: Path) -> None:
        """`work`: a folder of our own on the same disk as the output (see `work_folder`)."""
        self.output = output
        self._work = work
        self.folder = self._work / "next"
        self._old = self._work / "old"
        self._identity = self._work / "old.id"
        self._shares_files = False
        self._folders: set[str] = set()  # those of the stage that are known to be there
        self.begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.begun:
            remove_folder(self.folder)

    def begin_empty(self) -> None:
        """Begin with nothing: every file will be written."""
        self._work.mkdir(parents=True, exist_ok=True)
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self.forget_kept()
        remove_folder(self.folder)
        self.folder.mkdir()
        (self.folder / MARK).write_text(MARK_TEXT, encoding="utf-8")
        self._folders.clear()
        self.begun = True

    def begin_like_output(self, paths: Iterable[str]) -> set[str]:
        """Begin with these files of the output; answers those that could not be shared and were copied."""
        self.begin_empty()
        self._shares_files = True
        return {path for path in paths if not self._share(path)}

    def begin_from_kept(self, identity: str, behind: Iterable[str]) -> bool:
        """Begin with the folder that the output replaced, when it is still the one with this identity.

        `behind`: the files in which it differs from the output. They are shared, so that it is as the output is now.
        """
        try:
            if self._identity.read_text(encoding="utf-8") != identity:
                return False
            self._identity.unlink()
            remove_folder(self.folder)
            self._old.rename(self.folder)
        except OSError:
            return False
        self.begun = self._shares_files = True
        self._folders.clear()
        for path in behind:
            self.remove(path)
            if os.path.exists(f"{self.output}/{path}") and not self._share(path):
                return False
        return True

    def forget_kept(self) -> None:
        """Remove the folder that the output replaced."""
        self._identity.unlink(missing_ok=True)
        remove_folder(self._old)

    def write(self, path: str, content: bytes) -> tuple[int, int, int]:
        """Write one file; `path` is relative with POSIX slashes. A file that the output shares stays as it is there.

        Answers the file's time of modification (ns), size and inode.
        """
        folder = os.path.dirname(path)
        if folder not in self._folders:
            self._make_folder(folder)
        target = f"{self.folder}/{path}"
        if self._shares_files:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
            found = os.fstat(file)
        finally:
            os.close(file)
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _make_folder(self, folder: str) -> None:
        """Another worker may be making it at the same time."""
        above = os.path.dirname(folder)
        if folder and above not in self._folders:
            self._make_folder(above)
        if folder:
            with contextlib.suppress(FileExistsError):
                os.mkdir(f"{self.folder}/{folder}")
        self._folders.add(folder)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{self.folder}/{path}")
        folder = os.path.dirname(path)
        while folder:
            try:
                os.rmdir(f"{self.folder}/{folder}")
            except OSError:
                return
            self._folders.discard(folder)
            folder = os.path.dirname(folder)

    def _share(self, path: str) -> bool:
        """Take a file of the output; False when it had to be copied."""
        source, target = f"{self.output}/{path}", f"{self.folder}/{path}"
        try:
            os.link(source, target)
            return True
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
        except OSError:
            pass
        try:
            os.link(source, target)
            return True
        except OSError:
            shutil.copy2(source, target)
            return False

    def publish(self, *, keep: bool) -> str:
        """Put the staged site in the place of the output; answers the identity of the folder that it replaced.

        `keep`: that folder holds what sitegen wrote and nothing else, so that the next build may begin with it.
        """
        identity = os.urandom(8).hex()
        self.forget_kept()
        if self.output.exists():
            if not exchange(self.folder, self.output):
                self.output.rename(self._old)
                self.folder.rename(self.output)
            else:
                self.folder.rename(self._old)
            if keep:
                self._identity.write_text(identity, encoding="utf-8")
            else:
                self.forget_kept()
        else:
            self.folder.rename(self.output)
        self.begun = False
        return identity


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can (Linux); readers never see neither."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    current_folder, swap = -100, 2
    return bool(rename(current_folder, os.fsencode(one), current_folder, os.fsencode(other), swap) == 0)


def remove_folder(folder: Path) -> None:
    """Remove a folder of our own with all that is in it."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
