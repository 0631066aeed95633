"""Where the site will be: its address, and the folder into which it is written."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.problems import Position, Problems
from sitegen.read.files import is_inside

SOURCE_FOLDERS = ("content", "i18n", "themes")

_PATH = re.compile(r"/(?:[A-Za-z0-9._~%-]+/)*(?:[A-Za-z0-9._~%-]+)?")


def load_url(url: str | None, position: Position, base_url: str | None, problems: Problems) -> tuple[str, str]:
    """The absolute address with a trailing slash ('' where only a path was given) and its path (`/…/`)."""
    if base_url is not None:
        url, position = base_url, Position("--base-url")
    if not url:
        return "", "/"
    try:
        parts = urlsplit(url)
        absolute = parts.scheme in ("http", "https") and bool(parts.hostname)
        port_is_good = parts.port is None or absolute
    except ValueError:
        absolute = port_is_good = False
        parts = urlsplit("")
    path = parts.path or "/"
    good = port_is_good and (absolute or (not parts.scheme and not parts.netloc))
    if (
        not good
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
        or not _PATH.fullmatch(path)
        or ".." in path.split("/")
    ):
        problems.error(
            "site-url",
            position,
            f"'{url}' cannot be the address of a site; write https://network.example/ or a path such as /network/",
        )
        return "", "/"
    path = path if path.endswith("/") else f"{path}/"
    return (f"{parts.scheme}://{parts.netloc}{path}" if absolute else ""), path


def load_output(root: Path, name: str | None, position: Position, output: Path | None, problems: Problems) -> Path:
    """The folder for the finished site; one that would mix it with its sources is a problem."""
    if output is not None:
        position = Position("--output")
    folder = Path(os.path.abspath(output if output is not None else root / (name or "public")))
    real_root, real = os.path.realpath(root), os.path.realpath(folder)
    if is_inside(real, real_root):
        problems.error(
            "output-folder",
            position,
            f"the finished site cannot be written to '{folder}', which is or holds the "
            "folder of its sources; name another, such as public",
        )
        return Path(os.path.join(real_root, "public"))
    for source in SOURCE_FOLDERS:
        if is_inside(os.path.realpath(root / source), real):
            problems.error(
                "output-folder",
                position,
                f"the finished site cannot be written into '{source}', where its sources "
                "are; name another folder, such as public",
            )
    if output is None and not is_inside(real_root, real):
        problems.error(
            "output-folder",
            position,
            f"'{name}' lies outside the site's folder; only the command line may say that (--output)",
        )
    return folder
