"""The course of a production: split by memory, render, add late files, publish, remember."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.config import Config
from sitegen.engine.digests import digest_bytes, digest_strings, digest_value
from sitegen.engine.files import FileStatus, status_of
from sitegen.engine.pool import WorkerError, run_jobs, worker_count
from sitegen.model.catalogues import SiteCatalogues
from sitegen.model.site import Site
from sitegen.plan.dependencies import Dependencies
from sitegen.plan.jobs import LATE, Job, JobKind, plan_jobs
from sitegen.plan.routes import Routes
from sitegen.problems import Position, Problems
from sitegen.production.late import render_late
from sitegen.production.memory import JobMemory, Memory, message_hashes, said_by
from sitegen.production.split import Conditions, Split, changed_catalogues, split_jobs, spoken
from sitegen.production.workbench import workbench_files
from sitegen.publish import Stage
from sitegen.render.assets import Assets
from sitegen.render.environment import TemplateDigests, build_environment
from sitegen.render.links import AnchorUse, check_anchors
from sitegen.render.outputs import Rendered, Renderer

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Produced:
    """What the jobs yielded together.

    `pages`: tag → HTML pages; `segments`: tag → translated, stale and untranslated ones. `rendered`: job key → why
    it was done; `kept`: how many jobs were left as they were. `memory`: for the next build.
    """

    pages: dict[str, int] = field(default_factory=dict)
    segments: dict[str, list[int]] = field(default_factory=dict)
    indexed: dict[str, bool] = field(default_factory=dict)
    published: bool = False
    rendered: dict[str, str] = field(default_factory=dict)
    kept: int = 0
    memory: Memory = field(default_factory=Memory)


def produce(
    site: Site,
    routes: Routes,
    catalogues: SiteCatalogues,
    problems: Problems,
    *,
    memory: Memory,
    publish: Callable[[], bool],
    workers: int | None = None,
    progress: Progress = lambda _stage, _done, _total: None,
    preview: bool = False,
    workbench: Mapping[str, bytes] | None = None,
) -> Produced:
    """Bring the output up to date. Nothing is published unless `publish()` says so once all is rendered.

    `preview`: pages say of every text which message it is. `workbench`: language tag → the catalogues that volunteers
    translate in their browser (see `production.workbench`).
    """
    return _Production(
        site, routes, catalogues, problems, memory, publish, workers, progress, preview, workbench or {}
    ).run()


class _Production:
    def __init__(
        self,
        site: Site,
        routes: Routes,
        catalogues: SiteCatalogues,
        problems: Problems,
        memory: Memory,
        publish: Callable[[], bool],
        workers: int | None,
        progress: Progress,
        preview: bool,
        workbench: Mapping[str, bytes],
    ) -> None:
        self.site = site
        self.routes = routes
        self.catalogues = catalogues
        self.problems = problems
        self.old = memory
        self.publish = publish
        self.workers = workers
        self.progress = progress
        self.preview = preview
        self.workbench = workbench
        self.produced = Produced()
        self.assets = Assets(site.theme.asset_dirs)
        environment = build_environment(site.theme.template_dirs, site.config.root / ".sitegen" / "templates")
        self.templates = TemplateDigests(environment, digest_bytes)
        self.renderer = Renderer(
            site, routes, environment, self.assets, catalogues.interface,
            mark_states=preview, workbench=frozenset(workbench),
        )  # fmt: skip
        self.dependencies = Dependencies(
            self.renderer.views, digest_value, self.templates.digest, self.renderer.bodies.entry_of_file
        )
        self.digests = {f"{domain} {tag}": found.digest for (domain, tag), found in catalogues.content.items()}
        self.changed = changed_catalogues(catalogues.content, memory, self.digests)
        self.results: dict[str, Rendered] = {}
        self.made: dict[str, str] = {}  # path → digest of the files that were made in this build

    def run(self) -> Produced:
        jobs = plan_jobs(self.site, self.routes)
        base = self._base()
        split = split_jobs(jobs, self._conditions(base))
        late_state = ""
        with Stage(self.site.config.output) as stage:
            by_key = {job.key: job for job in jobs}
            self._render([job for job in jobs if job.key in split.fresh and job.kind not in LATE], stage)
            for key, kept in split.kept.items():
                if by_key[key].kind not in LATE:
                    self.results[key] = kept.as_rendered()
            self._collect(by_key)
            late_state = self._late_state()
            self._render_late([job for job in jobs if job.kind in LATE], split, late_state, stage)
            workbench = workbench_files(self.renderer, self.workbench, self.problems)
            if self.problems.errors or not self.publish():
                return self.produced
            self._remember(base, late_state, by_key, split)
            self._static(stage, workbench)
            self._publish(stage)
        self.produced.rendered = {key: reason for key, reason in split.fresh.items() if key in self.results}
        self.produced.kept = len(split.kept)
        return self.produced

    # --- deciding -----------------------------------------------------------------------------------------

    def _base(self) -> str:
        """Digest of what concerns every job: configuration, assets, interface texts, facts that pages always show."""
        config = self.site.config
        facts = [
            (tag, [view.facts[name] for name in ("title", "description", "translate", "contact")])
            for tag, view in self.renderer.views.sites.items()
        ]
        interface = [
            (tag, [(catalogue.language, catalogue.digest) for catalogue, _ in translator.chain])
            for tag, translator in self.catalogues.interface.items()
        ]
        settings = {item: getattr(config, item) for item in Config.__dataclass_fields__ if item not in _UNSEEN}
        theme = [self.site.theme.name, self.site.theme.options, sorted(self.assets.published)]
        return digest_value([settings, theme, interface, facts, self.preview], without=(Position,))

    def _conditions(self, base: str) -> Conditions:
        output = str(self.site.config.output)

        def status(path: str) -> FileStatus | None:
            return status_of(f"{output}/{path}")

        return Conditions(self.old, base, self.dependencies, self.changed, status)

    def _late_state(self) -> str:
        """Digest of all addresses and of those that search engines may not know."""
        routes = self.routes
        found = [
            f"{name} {tag} {url}"
            for table in (routes.entries, routes.lists, routes.tags)
            for (name, tag), url in table.items()
        ]
        return digest_strings([*found, "not:", *sorted(url for url, may in self.produced.indexed.items() if not may)])

    # --- rendering ----------------------------------------------------------------------------------------

    def _render(self, jobs: list[Job], stage: Stage) -> None:
        def work(job: Job) -> tuple[Rendered, dict[str, str]]:
            rendered = self.renderer.render(job)
            return rendered, _written(rendered, stage)

        done = 0
        try:
            for index, (rendered, files) in run_jobs(jobs, work, workers=worker_count(self.workers, len(jobs))):
                self.results[jobs[index].key] = rendered
                self.made |= files
                self.problems.extend(rendered.problems)
                done += 1
                self.progress("pages", done, len(jobs))
        except WorkerError as failure:
            self._worker_failed(jobs[failure.index], failure.reason)

    def _worker_failed(self, job: Job, reason: str) -> None:
        entry = self.site.entries.get(job.subject)
        position = entry.position if entry else Position("site.yaml")
        message = f"the worker that rendered '{job.key}' {reason}; see whether this entry is unusual, and build again"
        self.problems.error("worker-failed", position, message)

    def _render_late(self, jobs: list[Job], split: Split, late_state: str, stage: Stage) -> None:
        for job in jobs:
            kept = split.kept.get(job.key)
            if kept is not None and self.old.about.get("late") == late_state:
                self.results[job.key] = kept.as_rendered()
                continue
            split.kept.pop(job.key, None)
            split.fresh.setdefault(job.key, "the list of pages changed")
            rendered = render_late(self.renderer, job, self.produced.indexed)
            self.made |= _written(rendered, stage)
            self.problems.extend(rendered.problems)
            self.results[job.key] = rendered

    def _collect(self, jobs: Mapping[str, Job]) -> None:
        """Join the facts of all jobs; check links to headings of other entries."""
        anchors: dict[str, frozenset[str]] = {}
        uses: list[AnchorUse] = []
        for key, rendered in self.results.items():
            self.produced.indexed |= rendered.indexed
            anchors |= rendered.anchors
            uses += rendered.anchor_uses
            self._count(jobs[key], rendered)
        check_anchors(uses, anchors, self.problems)

    def _count(self, job: Job, rendered: Rendered) -> None:
        tags: Iterable[str] = rendered.coverage
        if job.kind is not JobKind.ENTRY:
            tags = [job.language] if job.language and job.kind is not JobKind.REDIRECT else []
        for tag in tags:
            self.produced.pages[tag] = self.produced.pages.get(tag, 0) + 1
        for tag, counts in rendered.coverage.items():
            total = self.produced.segments.setdefault(tag, [0, 0, 0])
            for number, count in enumerate(counts):
                total[number] += count

    # --- publishing and remembering -----------------------------------------------------------------------

    def _remember(self, base: str, late_state: str, jobs: Mapping[str, Job], split: Split) -> None:
        memory = self.produced.memory
        memory.about = {"base": base, "late": late_state, "catalogues": self.digests}
        memory.jobs = {key: kept for key, kept in split.kept.items() if key in jobs}
        tables: dict[str, dict[str, str]] = dict(self.changed)
        for key, rendered in self.results.items():
            if key not in memory.jobs and not rendered.problems:
                memory.jobs[key] = self._job_memory(rendered, tables)
        # What a catalogue says has been compared for the kept jobs; what they note stays true.

    def _job_memory(self, rendered: Rendered, tables: dict[str, dict[str, str]]) -> JobMemory:
        messages: dict[str, tuple[str, str]] = {}
        for place, hashes in message_hashes(rendered.messages).items():
            if place not in tables:
                domain, _, tag = place.partition(" ")
                tables[place] = spoken(self.catalogues.content.get((domain, tag)))
            messages[place] = (hashes, said_by(hashes, tables[place]))
        names = sorted(rendered.dependencies)
        uses = [
            (use.position.file, use.position.line, use.position.column, use.entry_id, use.anchor)
            for use in rendered.anchor_uses
        ]
        return JobMemory(
            state=self.dependencies.combined(names),
            names=names,
            messages=messages,
            files={path: self.made[path] for path, _ in rendered.files},
            indexed=rendered.indexed,
            coverage=rendered.coverage,
            anchors={entry: sorted(found) for entry, found in rendered.anchors.items()},
            anchor_uses=uses,
        )

    def _static(self, stage: Stage, more: Iterable[tuple[str, bytes]]) -> None:
        """Assets, media and what stands beside the pages: written when they are new or their source changed."""
        assets = ((f"assets/{path}", content) for path, content in self.assets.published.items())
        for name, content in (*assets, *more):
            if self._kept(name, digest := digest_bytes(content)):
                continue
            stage.write(name, content)
            self.made[name] = digest
        folder = self.site.config.root / "content" / "media"
        for media in self.site.media.values():
            name, source = f"media/{media.path}", folder / media.path
            digest = digest_strings(map(str, status_of(str(source)) or ()))
            if self._kept(name, digest):
                continue
            stage.copy(name, source)
            self.made[name] = digest

    def _kept(self, path: str, digest: str) -> bool:
        known = self.old.outputs.get(path)
        if known is None or known[0] != digest or status_of(f"{self.site.config.output}/{path}") != known[1]:
            return False
        self.produced.memory.outputs[path] = known
        return True

    def _publish(self, stage: Stage) -> None:
        outputs = self.produced.memory.outputs
        for rendered in self.results.values():
            for path, _ in rendered.files:
                if path not in self.made:
                    outputs[path] = self.old.outputs[path]
        if self._nothing_changed(outputs):
            self.produced.published = True
            outputs |= {path: row for path, row in self.old.outputs.items() if path.endswith("/")}
            return
        for path in list(outputs):
            if not stage.keep(path):
                raise FileNotFoundError(path)
        stage.publish()
        self._note_outputs(outputs)
        self.produced.published = True

    def _nothing_changed(self, outputs: Mapping[str, Any]) -> bool:
        """Nothing was made, nothing is to go, and no stranger has put anything into the output."""
        if self.made or any(path not in outputs and not path.endswith("/") for path in self.old.outputs):
            return False
        folders = [(path, row) for path, row in self.old.outputs.items() if path.endswith("/")]
        output = str(self.site.config.output)
        return bool(folders) and all(status_of(f"{output}/{path}") == row[1] for path, row in folders)

    def _note_outputs(self, outputs: dict[str, tuple[str, FileStatus]]) -> None:
        """The files as they lie in their place now, and the folders, in which nothing else may appear."""
        output = str(self.site.config.output)
        for path, digest in [*((path, row[0]) for path, row in outputs.items()), *self.made.items()]:
            status = status_of(f"{output}/{path}")
            if status is not None:
                outputs[path] = (digest, status)
        folders = {"./"}
        for path in outputs:
            folder = os.path.dirname(path)
            while folder and f"{folder}/" not in folders:
                folders.add(f"{folder}/")
                folder = os.path.dirname(folder)
        for folder in folders:
            status = status_of(f"{output}/{folder}")
            if status is not None:
                outputs[folder] = ("", status)


_UNSEEN = frozenset({"root", "output", "digest"})


def _written(rendered: Rendered, stage: Stage) -> dict[str, str]:
    """Write the files of a result into the stage; their contents need not travel back to the parent process."""
    digests = {}
    for path, content in rendered.files:
        stage.write(path, content)
        digests[path] = digest_bytes(content)
    rendered.files = [(path, b"") for path, _ in rendered.files]
    return digests
