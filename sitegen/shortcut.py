"""A build in which nothing changed: told from the status of files alone, before anything is read."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sitegen.engine.aside import aside
from sitegen.engine.digests import digest_strings
from sitegen.engine.files import OutputStatus
from sitegen.engine.fingerprint import fingerprint
from sitegen.engine.stamp import UncertainError, digest_statuses, load_stamp, save_stamp, scan, statuses_digest

T = TypeVar("T")
Outputs = Mapping[str, tuple[str, OutputStatus]]
"""Path → digest and status of a file or folder of the output."""

_SOURCES = ("site.yaml", "content", "i18n", "themes")


@dataclass(slots=True)
class Shortcut:
    """Made before a build reads anything. `inputs` is None where the status of the sources could deceive.

    `report`: what the last build reported, when its sources and everything that it wrote are still the same.
    `outputs`: digests of the status of all that the last build wrote, as it is now; empty when nothing is known.
    """

    path: Path
    inputs: str | None
    report: dict[str, Any] | None = None
    outputs: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, root: Path, settings: Mapping[str, Any], *, recall: bool = True) -> Shortcut:
        """`settings`: everything beside the files that the build depends on. `recall`: whether a report is wanted."""
        name = digest_strings((str(settings.get("output")),))[:16]
        path = root / ".sitegen" / "cache" / f"{name}.json"
        stamp = load_stamp(path) if recall else None
        if stamp is None:
            return cls(path, _inputs(root, settings))
        try:
            first, second = halves(stamp["paths"])
            ask = partial(statuses_digest, stamp["folder"], first)
            answer = aside(ask) if len(first) > MANY else ask
            inputs = _inputs(root, settings)
            outputs = [answer(), statuses_digest(stamp["folder"], second)]
            same = inputs is not None and stamp["inputs"] == inputs and stamp["outputs"] == outputs
            return cls(path, inputs, dict(stamp["report"]) if same else None, outputs)
        except (KeyError, TypeError, ValueError):
            return cls(path, _inputs(root, settings))

    def is_intact(self, outputs: Outputs) -> bool:
        """Whether all of these files and folders are now as they were noted; False where only a look can tell."""
        return bool(outputs) and self.outputs == _digests(outputs)

    def note(self, folder: Path, outputs: Outputs, report: dict[str, Any]) -> None:
        """After a build that was published: digest and status of all files and folders that lie in `folder` now."""
        if self.inputs is None:
            save_stamp(self.path, None)
            return
        stamp = {
            "inputs": self.inputs,
            "folder": str(folder),
            "paths": list(outputs),
            "outputs": _digests(outputs),
            "report": report,
        }
        save_stamp(self.path, stamp)


MANY = 1000
"""Beyond so many files a second process looks at most of the output while this one looks at the sources."""


def halves(items: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """What the second process looks at, and the rest."""
    cut = len(items) * 7 // 10
    return items[:cut], items[cut:]


def _digests(outputs: Outputs) -> list[str]:
    return [digest_statuses(part) for part in halves([status for _, status in outputs.values()])]


def _inputs(root: Path, settings: Mapping[str, Any]) -> str | None:
    """Digest of all that a build depends on; None where the status of files could deceive."""
    try:
        files = scan([*(root / name for name in _SOURCES), _builtin_themes()], time.time_ns())
    except (UncertainError, OSError):
        return None
    words = [f"{key}={value}" for key, value in sorted(settings.items())]
    return digest_strings([fingerprint(), os.path.abspath(root), *words, files])


def _builtin_themes() -> Path:
    package = Path(__file__).resolve().parent
    return package / "themes" if (package / "themes").is_dir() else package.parent / "themes"
