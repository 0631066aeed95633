"""Running the jobs of a build: render in workers, stage their files, add what needs to know all pages, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.engine.pool import WorkerError, run_jobs, worker_count
from sitegen.plan.jobs import LATE, Job, JobKind, plan_jobs
from sitegen.plan.routes import Routes
from sitegen.problems import Position, Problems
from sitegen.publish import Stage
from sitegen.render.assets import Assets
from sitegen.render.environment import build_environment
from sitegen.render.feeds import atom_feed, robots, sitemaps
from sitegen.render.links import check_anchors
from sitegen.render.outputs import Rendered, Renderer

if TYPE_CHECKING:
    from sitegen.model.site import Site
    from sitegen.translate.catalogue import Translator

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Produced:
    """What the jobs yielded together.

    `pages`: tag → HTML pages; `segments`: tag → translated, stale and untranslated ones.
    """

    pages: dict[str, int] = field(default_factory=dict)
    segments: dict[str, list[int]] = field(default_factory=dict)
    indexed: dict[str, bool] = field(default_factory=dict)
    published: bool = False


def produce(
    site: Site,
    routes: Routes,
    translators: Mapping[str, Translator],
    problems: Problems,
    *,
    publish: Callable[[], bool],
    workers: int | None = None,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Produced:
    """Render everything into a stage and, when `publish()` still says so, put it in the place of the old site."""
    produced = Produced()
    assets = Assets(site.theme.asset_dirs)
    environment = build_environment(site.theme.template_dirs, site.config.root / ".sitegen" / "templates")
    renderer = Renderer(site, routes, environment, assets, translators)
    jobs = plan_jobs(site, routes)
    with Stage(site.config.output) as stage:
        _render(renderer, [job for job in jobs if job.kind not in LATE], stage, produced, problems, workers, progress)
        for path, content in _late_files(renderer, [job for job in jobs if job.kind in LATE], produced):
            stage.write(path, content)
        for path, content in assets.published.items():
            stage.write(f"assets/{path}", content)
        for media in site.media.values():
            stage.copy(f"media/{media.path}", site.config.root / "content" / "media" / media.path)
        if publish():
            stage.publish()
            produced.published = True
    return produced


def _render(
    renderer: Renderer,
    jobs: list[Job],
    stage: Stage,
    produced: Produced,
    problems: Problems,
    workers: int | None,
    progress: Progress,
) -> None:
    def work(job: Job) -> Rendered:
        rendered = renderer.render(job)
        for path, content in rendered.files:
            stage.write(path, content)
        rendered.files = [(path, b"") for path, _ in rendered.files]
        return rendered

    anchors: dict[str, frozenset[str]] = {}
    uses = []
    done = 0
    try:
        for index, rendered in run_jobs(jobs, work, workers=worker_count(workers, len(jobs))):
            _collect(jobs[index], rendered, renderer, produced)
            problems.extend(rendered.problems)
            anchors |= rendered.anchors
            uses += rendered.anchor_uses
            done += 1
            progress("pages", done, len(jobs))
    except WorkerError as failure:
        job = jobs[failure.index]
        position = _position(job, renderer.site)
        problems.error(
            "worker-failed",
            position,
            f"the worker that rendered '{job.key}' {failure.reason}; see whether this entry is unusual",
        )
    check_anchors(uses, anchors, problems)


def _position(job: Job, site: Site) -> Position:
    entry = site.entries.get(job.subject)
    return entry.position if entry else Position("site.yaml")


def _collect(job: Job, rendered: Rendered, renderer: Renderer, produced: Produced) -> None:
    produced.indexed |= rendered.indexed
    if job.kind is JobKind.ENTRY:
        tags: Iterable[str] = rendered.coverage
    else:
        tags = [job.language] if job.language and job.kind is not JobKind.REDIRECT else []
    for tag in tags:
        produced.pages[tag] = produced.pages.get(tag, 0) + 1
    for tag, counts in rendered.coverage.items():
        total = produced.segments.setdefault(tag, [0, 0, 0])
        for number, count in enumerate(counts):
            total[number] += count


def _late_files(renderer: Renderer, jobs: list[Job], produced: Produced) -> Iterable[tuple[str, bytes]]:
    def indexed(address: str) -> bool:
        return produced.indexed.get(address, True)

    for job in jobs:
        if job.kind is JobKind.FEED:
            language_site = renderer.views.sites[job.language]
            language = renderer.views.languages[job.language]
            feed = atom_feed(renderer.site, language_site, language, renderer.routes, indexed)
            yield f"{renderer.site.languages[job.language].prefix}feed.xml", feed
        elif job.kind is JobKind.SITEMAP:
            yield from sitemaps(renderer.site, _sitemap_groups(renderer, indexed))
        elif job.kind is JobKind.ROBOTS:
            yield "robots.txt", robots(renderer.site)


def _sitemap_groups(renderer: Renderer, indexed: Callable[[str], bool]) -> Iterable[Mapping[str, str]]:
    """The indexed addresses of each page, by language."""
    routes, groups = renderer.routes, dict[str, dict[str, str]]()
    for table in (routes.entries, routes.lists, routes.tags):
        for (name, tag), address in table.items():
            if indexed(address):
                groups.setdefault(f"{id(table)} {name}", {})[tag] = address
    return groups.values()
