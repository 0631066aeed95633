"""`sitegen i18n status`: how far each language is, now and at a revision of the site's repository."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sitegen.problems import Position, Problems
from sitegen.translation.messages import Messages, collect_messages, templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.read.po import PoFile
    from sitegen.translate.catalogue import Catalogues
    from sitegen.translate.status import Status

GIT_SECONDS = 60
MAX_FORMER_FILES = 2_000
"""Catalogues and templates of a revision that are looked at."""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """`now`; with a revision also `then` and, by language, how much each count rose or fell since."""

    now: Status
    revision: str = ""
    then: Status | None = None
    changes: Mapping[str, Mapping[str, int]] | None = None

    def as_json(self) -> dict[str, Any]:
        """The status; with a revision also `"against": {"revision", "languages", "changes"}`."""
        found = self.now.as_json()
        if self.then is not None:
            found["against"] = {"revision": self.revision, **self.then.as_json(), "changes": self.changes}
        return found


def status(root: Path, problems: Problems, *, against: str | None = None) -> StatusReport | None:
    """The status of every language that is translated; None when the site, or the revision, cannot be read."""
    from sitegen.translate.status import changes

    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return None
    found = _status(messages, templates(messages, problems), messages.catalogues.content)
    if against is None:
        return StatusReport(found)
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        if not _Revision(messages.config.root, against, problems).unpack(Path(folder)):
            return None
        then = _former_status(messages, Path(folder), against, problems)
    return None if then is None else StatusReport(found, against, then, changes(found, then))


def _status(messages: Messages, pots: dict[str, PoFile], catalogues: Catalogues) -> Status:
    from sitegen.translate.status import translation_status

    languages = messages.config.languages
    sources = messages.domain_sources
    derived = {language.tag: language.derived_from for language in languages if language.derived_from}
    tags = [tag for language in languages if (tag := language.tag) not in derived and _asked(tag, pots, sources)]
    return translation_status(pots, catalogues, tags, source_languages=sources, derived=derived)


def _asked(tag: str, pots: dict[str, PoFile], sources: Mapping[str, str]) -> bool:
    """Whether anything is to be translated into the language; regional kinds of English need no `ui` catalogue."""
    return any(sources.get(domain) not in (tag, tag.partition("-")[0]) for domain in pots)


def _former_status(messages: Messages, folder: Path, revision: str, problems: Problems) -> Status | None:
    from sitegen.model.catalogues import domain_source
    from sitegen.read.po_files import read_po
    from sitegen.translate.catalogue import load_catalogues

    config = messages.config
    history = Problems()  # what was wrong then is nobody's business now
    found = {path.stem: path.name for path in sorted((folder / "i18n").glob("*.pot"))}
    pots = {domain: read[0] for domain, name in found.items() if (read := read_po(folder, f"i18n/{name}", history))}
    if not pots:
        message = f"revision '{revision}' holds no template (i18n/*.pot) to count by; commit what 'i18n update' writes"
        problems.error("status-templates", Position("i18n"), message)
        return None
    inside = [folder / theme.relative_to(config.root) / "i18n" for theme in messages.themes]
    outside = [Path(path) for path in messages.site.theme.catalogue_dirs if not Path(path).is_relative_to(config.root)]
    catalogues = load_catalogues(
        folder,
        [language.tag for language in config.languages],
        history,
        themes=[path for path in (*inside, *outside) if path.is_dir()],
        sources=lambda domain: domain_source(domain, config.source_language),
    )
    return _status(messages, pots, catalogues)


class _Revision:
    """Templates and catalogues as a revision of the repository holds them. No shell and no hook of it is run."""

    def __init__(self, root: Path, revision: str, problems: Problems) -> None:
        self._root = root
        self._revision = revision
        self._problems = problems

    def unpack(self, target: Path) -> bool:
        """Write them below `target`; False, with a problem, when there is no such revision, or no git."""
        commit = self._commit()
        if commit is None:
            return False
        for path, blob in self._files(commit):
            data = self._git("cat-file", "blob", blob)
            if data is None:
                return False
            place = target.joinpath(*PurePosixPath(path).parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return True

    def _commit(self) -> str | None:
        if self._git("rev-parse", "--git-dir") is None:
            self._fail("git-repository", "the site lies in no git repository, so there is nothing to compare with")
            return None
        wanted = f"{self._revision}^{{commit}}"
        found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        if found is None:
            self._fail("git-revision", f"there is no revision '{self._revision}'; 'git log' shows them")
            return None
        return found.decode("ascii", "replace").strip()

    def _files(self, commit: str) -> Iterator[tuple[str, str]]:
        """(path relative to the site, blob) of plain files that may be templates or catalogues."""
        listed = self._git("ls-tree", "-r", "-z", "-l", commit, "--", "i18n", "themes")
        found = 0
        for row in (listed or b"").decode("utf-8", "replace").split("\0"):
            about, _, path = row.partition("\t")
            mode, _, rest = about.partition(" ")
            if not _is_catalogue(path) or not mode.startswith("100"):
                continue
            _kind, blob, size = rest.split()
            if size.isdigit() and int(size) <= _most_bytes() and found < MAX_FORMER_FILES:
                found += 1
                yield path, blob

    def _git(self, *arguments: str) -> bytes | None:
        command = ["git", "--no-pager", "-c", "core.quotepath=false", "-C", str(self._root), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - no shell; user input stands behind --end-of-options alone
                command, capture_output=True, check=False, timeout=GIT_SECONDS, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError:
            self._fail("git-missing", "git is not installed, and without it there is no earlier state to compare with")
            return None
        except subprocess.TimeoutExpired:
            self._fail("git-slow", f"git did not answer within {GIT_SECONDS} seconds")
            return None
        return done.stdout if done.returncode == 0 else None

    def _fail(self, code: str, message: str) -> None:
        if not self._problems.errors:  # one reason is enough
            self._problems.error(code, Position("--against"), message)


def _is_catalogue(path: str) -> bool:
    parts = PurePosixPath(path).parts
    inside = parts[:1] == ("i18n",) or (parts[:1] == ("themes",) and parts[2:3] == ("i18n",))
    return inside and path.endswith((".po", ".pot")) and ".." not in parts and "\ufffd" not in path


def _most_bytes() -> int:
    from sitegen.read.po import MAX_FILE_BYTES

    return MAX_FILE_BYTES
