"""The course of a production: split by memory, render, add late files, publish, remember."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from sitegen.config import Config
from sitegen.engine.digests import digest_bytes, digest_strings, digest_value
from sitegen.engine.files import OutputStatus, output_status, status_of
from sitegen.engine.pool import WorkerError, run_jobs, worker_count
from sitegen.model.catalogues import SiteCatalogues
from sitegen.model.site import CHANGING_FACTS, Site
from sitegen.plan.dependencies import Dependencies
from sitegen.plan.jobs import LATE, Job, JobKind, plan_jobs
from sitegen.plan.routes import Routes
from sitegen.problems import Position, Problems
from sitegen.production.glance import Glance, page_jobs
from sitegen.production.late import render_late
from sitegen.production.memory import Memory, schema_digest
from sitegen.production.search import SearchIndexes
from sitegen.production.split import Conditions, Split, changed_catalogues, split_jobs
from sitegen.production.work import Done, Finisher, kept
from sitegen.production.workbench import workbench_files
from sitegen.publish import Stage, work_folder
from sitegen.render.assets import Assets
from sitegen.render.environment import TemplateDigests, build_environment
from sitegen.render.links import AnchorUse, check_anchors
from sitegen.render.outputs import Renderer
from sitegen.schema.fields import Schema

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Produced:
    """What the jobs yielded together.

    `coverage`: entry id → tag → translated, stale and untranslated segments.
    `pages`: tag → HTML pages; `segments`: tag → translated, stale and untranslated ones. `reasons`: output file → why
    it was made again; `kept`: how many jobs were left as they were. `memory`: for the next build. `glance`: quick looks
    at what comes next, for a preview.
    """

    pages: dict[str, int] = field(default_factory=dict)
    segments: dict[str, list[int]] = field(default_factory=dict)
    indexed: dict[str, bool] = field(default_factory=dict)
    coverage: dict[str, Mapping[str, tuple[int, int, int]]] = field(default_factory=dict)
    published: bool = False
    reasons: dict[str, str] = field(default_factory=dict)
    kept: int = 0
    memory: Memory = field(default_factory=Memory)
    glance: Glance | None = None


def produce(
    site: Site,
    routes: Routes,
    catalogues: SiteCatalogues,
    problems: Problems,
    *,
    memory: Memory,
    publish: Callable[[], bool],
    intact: bool = False,
    workers: int | None = None,
    progress: Progress = lambda _stage, _done, _total: None,
    preview: bool = False,
    workbench: Mapping[str, bytes] | None = None,
) -> Produced:
    """Bring the output up to date. Nothing is published unless `publish()` says so once all is rendered.

    `intact`: it is known that the output is as the memory has it. `preview`: pages say which message each text is.
    `workbench`: tag → what volunteers translate in their browser.
    """
    return _Production(
        site, routes, catalogues, problems, memory, publish, intact, workers, progress, preview, workbench or {}
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
        intact: bool,
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
        make = partial(Renderer, mark_states=preview, workbench=frozenset(workbench))
        self.renderer = make(site, routes, environment, self.assets, catalogues.interface)
        self.dependencies = Dependencies(
            self.renderer.views, digest_value, self.templates.digest, self.renderer.bodies.entry_of_file
        )
        self.digests = {f"{domain} {tag}": found.digest for (domain, tag), found in catalogues.content.items()}
        self.changed = changed_catalogues(catalogues.content, memory, self.digests)
        self.results: dict[str, Done] = {}
        self._statuses: Mapping[str, OutputStatus | None] = {
            path: known if intact else self._status(path) for path, (_, known) in memory.outputs.items()
        }
        self._trusted = False  # whether the output holds what was written there, and nothing else
        self.made: dict[str, tuple[str, OutputStatus]] = {}  # the files that were made in this build

    def run(self) -> Produced:
        jobs = plan_jobs(self.site, self.routes)
        base = self._base()
        split = split_jobs(jobs, self._conditions(base))
        by_key = {job.key: job for job in jobs}
        output = self.site.config.output
        with Stage(output, work_folder(self.site.config.root, output)) as stage:
            self._begin(stage, split)
            finisher = Finisher(stage, self.old.outputs, self.dependencies, self.site.translations)
            self._render([job for job in jobs if job.key in split.fresh and job.kind not in LATE], finisher)
            for key, memory in split.kept.items():
                if by_key[key].kind not in LATE:
                    self.results[key] = kept(memory)
            self._collect(by_key)
            late_state = self._late_state()
            self._render_late([job for job in jobs if job.kind in LATE], split, late_state, stage, finisher)
            workbench = workbench_files(self.renderer, self.workbench, self.problems)
            if self.problems.errors or not self.publish():
                return self.produced
            self._remember(base, late_state, split)
            self._static(stage, workbench)
            self._publish(stage)
        for key, reason in split.fresh.items():
            if key in self.results:
                self.produced.reasons |= dict.fromkeys(self.results[key].paths, reason)
        self.produced.kept = len(split.kept)
        if self.preview:
            paths = {key: done.paths for key, done in self.results.items()}
            config, pages = self.site.config, page_jobs(jobs, paths)
            self.produced.glance = Glance(config, self.renderer, self.catalogues, pages)
        return self.produced

    # --- deciding -----------------------------------------------------------------------------------------

    def _base(self) -> str:
        """Digest of what concerns every job: configuration, assets, interface texts, facts that pages always show."""
        config = self.site.config
        facts = [
            (tag, view.collection_texts(), [item for item in view.facts.items() if item[0] not in CHANGING_FACTS])
            for tag, view in self.renderer.views.sites.items()
        ]
        interface = [
            (tag, [(catalogue.language, catalogue.digest) for catalogue, _ in translator.chain])
            for tag, translator in self.catalogues.interface.items()
        ]
        settings = {item: getattr(config, item) for item in Config.__dataclass_fields__ if item not in _UNSEEN}
        theme = [self.site.theme.name, self.site.theme.options, sorted(self.assets.published)]
        schemas = [schema_digest(collection.schema) for collection in config.collections.values()]
        return digest_value([settings, schemas, theme, interface, facts, self.preview], without=(Position, Schema))

    def _conditions(self, base: str) -> Conditions:
        return Conditions(self.old, base, self.dependencies, self.changed, self._statuses.get)

    def _late_state(self) -> str:
        """Digest of all addresses and of those that search engines may not know."""
        routes = self.routes
        found = [
            f"{name} {tag} {url}"
            for table in (routes.entries, routes.lists, routes.archives, routes.tags)
            for (name, tag), url in table.items()
        ]
        return digest_strings([*found, "not:", *sorted(url for url, may in self.produced.indexed.items() if not may)])

    # --- rendering ----------------------------------------------------------------------------------------

    def _render(self, jobs: list[Job], finisher: Finisher) -> None:
        def work(job: Job) -> Done:
            return finisher.finish(self.renderer.render(job))

        finished = 0
        try:
            for index, done in run_jobs(jobs, work, workers=worker_count(self.workers, len(jobs))):
                self._take(jobs[index], done)
                finished += 1
                self.progress("pages", finished, len(jobs))
        except WorkerError as failure:
            self._worker_failed(jobs[failure.index], failure.reason)

    def _take(self, job: Job, done: Done) -> None:
        self.results[job.key] = done
        self.made |= done.made
        self.problems.extend(done.problems)

    def _worker_failed(self, job: Job, reason: str) -> None:
        entry = self.site.entries.get(job.subject)
        position = entry.position if entry else Position("site.yaml")
        message = f"the worker that rendered '{job.key}' {reason}; see whether this entry is unusual, and build again"
        self.problems.error("worker-failed", position, message)

    def _status_state(self, late_state: str) -> str:
        """Digest of all addresses and of how far every page is translated."""
        counted = (f"{entry} {counts}" for entry, counts in sorted(self.produced.coverage.items()))
        return digest_strings([late_state, *counted])

    def _render_late(self, jobs: list[Job], split: Split, late_state: str, stage: Stage, finisher: Finisher) -> None:
        known = self.old.about.get("late") == late_state
        known_status = self.old.about.get("status") == self._status_state(late_state)
        for job in jobs:
            memory = split.kept.get(job.key)
            if memory is not None and (known if job.kind is not JobKind.STATUS else known_status):
                self.results[job.key] = kept(memory)
                continue
            split.kept.pop(job.key, None)
            split.fresh.setdefault(job.key, "the list of pages changed")
            rendered = render_late(self.renderer, job, self.produced.indexed, self.produced.coverage)
            self._need(stage)
            self._take(job, finisher.finish(rendered))

    def _collect(self, jobs: Mapping[str, Job]) -> None:
        """Join the facts of all jobs; check links to headings of other entries."""
        anchors: dict[str, frozenset[str]] = {}
        uses: list[AnchorUse] = []
        for key, done in self.results.items():
            self.produced.indexed |= done.indexed
            anchors |= done.anchors
            uses += done.anchor_uses
            self._count(jobs[key], done)
        check_anchors(uses, anchors, self.problems)

    def _count(self, job: Job, done: Done) -> None:
        tags: Iterable[str] = done.coverage
        if job.kind is not JobKind.ENTRY:
            tags = [job.language] if job.language and job.kind not in _NO_PAGES else []
        else:
            self.produced.coverage[job.subject] = done.coverage
        for tag in tags:
            self.produced.pages[tag] = self.produced.pages.get(tag, 0) + 1
        for tag, counts in done.coverage.items():
            total = self.produced.segments.setdefault(tag, [0, 0, 0])
            for number, count in enumerate(counts):
                total[number] += count

    # --- publishing and remembering -----------------------------------------------------------------------

    def _remember(self, base: str, late_state: str, split: Split) -> None:
        memory = self.produced.memory
        late = {"late": late_state, "status": self._status_state(late_state)}
        memory.about = {"base": base, **late, "catalogues": self.digests}
        memory.jobs = dict(split.kept)  # what catalogues say has been compared for these; what they note stays true
        memory.packed_jobs = {
            key: done.memory for key, done in self.results.items() if key not in memory.jobs and done.memory is not None
        }

    def _digest_of(self, path: str) -> str:
        return self.made[path][0] if path in self.made else self.old.outputs[path][0]

    def _begin(self, stage: Stage, split: Split) -> None:
        """Let the stage begin with all that is right in the output, or with nothing when all is made anew."""
        if not split.kept:
            self.old.outputs.clear()
            stage.begin_empty()
            return
        wrong = [path for path, row in self.old.outputs.items() if self._statuses.get(path) != row[1]]
        for path in wrong:
            del self.old.outputs[path]
        if wrong:
            self._begin_like_output(stage)
        elif split.fresh:
            self._begin_partly(stage)

    def _begin_partly(self, stage: Stage) -> None:
        self._trusted = True
        kept = self.old.about.get("kept") or {}
        if not stage.begin_from_kept(str(kept.get("identity")), kept.get("behind", ())):
            self._begin_like_output(stage)

    def _begin_like_output(self, stage: Stage) -> None:
        copied = stage.begin_like_output(path for path in self.old.outputs if path[-1] != "/")
        for path in copied:
            status = output_status(f"{stage.folder}/{path}")
            if status is not None:
                self.old.outputs[path] = (self.old.outputs[path][0], status)

    def _status(self, path: str) -> OutputStatus | None:
        return output_status(f"{self.site.config.output}/{path}")

    def _static(self, stage: Stage, workbench: Iterable[tuple[str, bytes]]) -> None:
        """Search indexes, assets, media and workbenches: written when they are new or their source changed."""
        search = SearchIndexes(self.renderer, self.old, self._digest_of, partial(self._content, stage))
        for path, digest, content_of in search.files():
            self._put(path, digest, stage, content_of)
        search.note(self.produced.memory)
        for path, content in workbench:
            self._put(path, digest_bytes(content), stage, partial(bytes, content))
        for path, content in self.assets.published.items():
            self._put(f"assets/{path}", digest_bytes(content), stage, partial(bytes, content))
        folder = self.site.config.root / "content" / "media"
        for media in self.site.media.values():
            source = folder / media.path
            digest = digest_strings(map(str, status_of(str(source)) or ()))
            self._put(f"media/{media.path}", digest, stage, source.read_bytes)

    def _content(self, stage: Stage, path: str) -> bytes:
        return ((stage.folder if path in self.made else stage.output) / path).read_bytes()

    def _put(self, path: str, digest: str, stage: Stage, content: Callable[[], bytes]) -> None:
        known = self.old.outputs.get(path)
        if known is not None and known[0] == digest:
            self.produced.memory.outputs[path] = known
            return
        self._need(stage)
        self.made[path] = (digest, stage.write(path, content()))

    def _need(self, stage: Stage) -> None:
        """Something is to be written after all."""
        if not stage.begun:
            self._begin_partly(stage)

    def _publish(self, stage: Stage) -> None:
        outputs = self.produced.memory.outputs
        for done in self.results.values():
            for path in done.paths:
                if path not in self.made:
                    outputs[path] = self.old.outputs[path]
        gone = [path for path in self.old.outputs if path not in outputs and path not in self.made and path[-1] != "/"]
        self.produced.published = True
        if not self.made and not gone:
            outputs |= {path: row for path, row in self.old.outputs.items() if path.endswith("/")}
            self.produced.memory.about["kept"] = self.old.about.get("kept") if not stage.begun else None
            return
        self._need(stage)
        for path in gone:
            stage.remove(path)
        identity = stage.publish(keep=self._trusted)
        if self._trusted:
            self.produced.memory.about["kept"] = {"identity": identity, "behind": sorted({*gone, *self.made})}
        self._note_outputs(outputs)

    def _note_outputs(self, outputs: dict[str, tuple[str, OutputStatus]]) -> None:
        """The files as they lie in their place now, and the folders, in which nothing else may appear."""
        outputs |= self.made
        folders = {"./"}
        for path in outputs:
            folder = os.path.dirname(path)
            while folder and f"{folder}/" not in folders:
                folders.add(f"{folder}/")
                folder = os.path.dirname(folder)
        for folder in folders:
            status = self._status(folder)
            if status is not None:
                outputs[folder] = ("", status)


_NO_PAGES = frozenset({JobKind.REDIRECT, JobKind.EXPORT})
_UNSEEN = frozenset({"root", "output", "digest"})
