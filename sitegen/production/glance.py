"""A quick look: what a few pages will be after an edit, before the build that makes it so.

It works on the site of the last build, which it changes where a Markdown file, a catalogue or a template was edited.
The look is right for the pages of what was edited; what else follows (menus, lists, other pages) comes with the build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.config import Config
from sitegen.model.catalogues import SiteCatalogues
from sitegen.plan.jobs import LATE, Job
from sitegen.problems import Problems, Severity
from sitegen.read.files import FoundFile, read_text
from sitegen.read.site_files import read_again
from sitegen.render.outputs import Renderer

MOST_FILES = 20
"""After an edit of more files there is no quick look."""


class Glance:
    """Looks for as long as one process serves a site. `jobs`: output file → the job that makes it."""

    def __init__(self, config: Config, renderer: Renderer, catalogues: SiteCatalogues, jobs: Mapping[str, Job]) -> None:
        self._config = config
        self._renderer = renderer
        self._catalogues = {catalogue.name: catalogue for catalogue in catalogues.content.values()}
        self._jobs = jobs
        self._files = {
            record.position.file: entry.id
            for entry in renderer.site.entries.values()
            for record in (entry.record, *entry.variants.values())
            if record.body is not None
        }

    def look(self, changed: Iterable[str], pages: Iterable[str]) -> dict[str, bytes]:
        """The pages (paths of output files) after these files changed; nothing when only a build can tell."""
        files = [Path(os.path.relpath(path, self._config.root)).as_posix() for path in changed]
        if len(files) > MOST_FILES or not all(self._take(path) for path in files):
            return {}
        self._renderer.forget()
        found: dict[str, bytes] = {}
        for job in dict.fromkeys(self._jobs[page] for page in pages if page in self._jobs):
            rendered = self._renderer.render(job)
            if any(problem.severity is Severity.ERROR for problem in rendered.problems):
                return {}
            found |= dict(rendered.files)
        return found

    def _take(self, path: str) -> bool:
        """Let the site be as after a change of this file, where that is simple."""
        if path.startswith("content/") and path.endswith(".md"):
            return self._take_record(path)
        if path.endswith(".po"):
            catalogue = self._catalogues.get(path)
            text = read_text(self._config.root, path, Problems())
            return catalogue is not None and text is not None and catalogue.refresh(text)
        return "/templates/" in path and path.endswith(".html")

    def _take_record(self, path: str) -> bool:
        entry = self._renderer.site.entries.get(self._files.get(path, ""))
        absolute = os.path.join(self._config.root, path)
        if entry is None or not os.path.isfile(absolute):
            return False
        record = read_again(self._config, FoundFile(absolute, path, os.path.getsize(absolute)))
        if record is None or (record.collection, record.key) != (entry.collection, entry.key):
            return False
        if entry.record.position.file == path:
            entry.record = record
            return True
        variants = {tag: record if known.position.file == path else known for tag, known in entry.variants.items()}
        entry.variants = variants
        return True


def page_jobs(jobs: Iterable[Job], paths: Mapping[str, Iterable[str]]) -> dict[str, Job]:
    """Output file → its job, for pages that a look can show. `paths`: of each job, by its key."""
    return {
        path: job for job in jobs if job.kind not in LATE for path in paths.get(job.key, ()) if path.endswith(".html")
    }
