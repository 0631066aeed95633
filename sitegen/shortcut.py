"""A build in which nothing changed: told from the status of files alone, before anything is read."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.engine.aside import aside
from sitegen.engine.digests import digest_strings
from sitegen.engine.files import OutputStatus
from sitegen.engine.fingerprint import fingerprint
from sitegen.engine.stamp import UncertainError, load_stamp, save_stamp, scan, status_digest, statuses

_SOURCES = ("site.yaml", "content", "i18n", "themes")


@dataclass(slots=True)
class Shortcut:
    """Made before a build reads anything. `inputs` is None where the status of the sources could deceive.

    `report`: what the last build reported, when its sources and everything that it wrote are still the same.
    """

    path: Path
    inputs: str | None
    report: dict[str, Any] | None = None

    @classmethod
    def begin(cls, root: Path, settings: Mapping[str, Any], *, recall: bool = True) -> Shortcut:
        """`settings`: everything beside the files that the build depends on. `recall`: whether a report is wanted."""
        name = digest_strings((str(settings.get("output")),))[:16]
        path = root / ".sitegen" / "cache" / f"{name}.json"
        if not recall or not path.exists():
            return cls(path, _inputs(root, settings))
        large = path.stat().st_size > LARGE
        outputs_now = aside(lambda: _outputs(path)) if large else lambda: _outputs(path)
        shortcut = cls(path, _inputs(root, settings))
        shortcut.report = shortcut._recall(outputs_now())
        return shortcut

    def _recall(self, outputs: str) -> dict[str, Any] | None:
        stamp = load_stamp(self.path)
        if stamp is None or self.inputs is None or stamp.get("inputs") != self.inputs:
            return None
        report = stamp.get("report")
        return report if outputs and outputs == stamp.get("outputs") and isinstance(report, dict) else None

    def note(self, folder: Path, outputs: Mapping[str, tuple[str, OutputStatus]], report: dict[str, Any]) -> None:
        """After a build that was published: digest and status of all files and folders that lie in `folder` now."""
        if self.inputs is None:
            save_stamp(self.path, None)
            return
        stamp = {
            "inputs": self.inputs,
            "folder": str(folder),
            "paths": list(outputs),
            "outputs": status_digest([status for _, status in outputs.values()]),
            "report": report,
        }
        save_stamp(self.path, stamp)


LARGE = 100_000
"""Bytes of a stamp beyond which a second process looks at the output while this one looks at the sources."""


def _inputs(root: Path, settings: Mapping[str, Any]) -> str | None:
    """Digest of all that a build depends on; None where the status of files could deceive."""
    try:
        files = scan([*(root / name for name in _SOURCES), _builtin_themes()], time.time_ns())
    except (UncertainError, OSError):
        return None
    words = [f"{key}={value}" for key, value in sorted(settings.items())]
    return digest_strings([fingerprint(), os.path.abspath(root), *words, files])


def _outputs(path: Path) -> str:
    """Digest of what lies in the output now, where the stamp knows of something; '' when there is no whole stamp."""
    stamp = load_stamp(path)
    try:
        return status_digest(statuses(stamp["folder"], stamp["paths"])) if stamp is not None else ""
    except (KeyError, TypeError, ValueError):
        return ""


def _builtin_themes() -> Path:
    package = Path(__file__).resolve().parent
    return package / "themes" if (package / "themes").is_dir() else package.parent / "themes"
