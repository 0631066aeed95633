"""A build in which nothing changed: told from the status of files alone, before anything is read."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.engine.digests import digest_strings
from sitegen.engine.files import OutputStatus
from sitegen.engine.fingerprint import fingerprint
from sitegen.engine.stamp import UncertainError, load_stamp, save_stamp, scan, status_digest, statuses

_SOURCES = ("site.yaml", "content", "i18n", "themes")


@dataclass(slots=True)
class Shortcut:
    """Made before a build reads anything. `inputs` is None where the status of the sources could deceive."""

    path: Path
    inputs: str | None

    @classmethod
    def begin(cls, root: Path, settings: Mapping[str, Any]) -> Shortcut:
        """`settings`: everything beside the files that the build depends on."""
        folder = root / ".sitegen" / "cache"
        name = digest_strings((str(settings.get("output")),))[:16]
        try:
            files = scan([*(root / name for name in _SOURCES), _builtin_themes()], time.time_ns())
        except (UncertainError, OSError):
            return cls(folder / f"{name}.json", None)
        words = [f"{key}={value}" for key, value in sorted(settings.items())]
        return cls(folder / f"{name}.json", digest_strings([fingerprint(), os.path.abspath(root), *words, files]))

    def recall(self) -> dict[str, Any] | None:
        """What the last build reported, when its sources and everything that it wrote are still the same."""
        if self.inputs is None:
            return None
        stamp = load_stamp(self.path)
        if stamp is None or stamp.get("inputs") != self.inputs:
            return None
        try:
            same = status_digest(statuses(stamp["folder"], stamp["paths"])) == stamp["outputs"]
            return dict(stamp["report"]) if same else None
        except (KeyError, TypeError, ValueError):
            return None

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


def _builtin_themes() -> Path:
    package = Path(__file__).resolve().parent
    return package / "themes" if (package / "themes").is_dir() else package.parent / "themes"
