"""The pipeline: every stage of a build, in the order in which it runs."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.engine.lock import exclusive
from sitegen.problems import Position, Problems
from sitegen.shortcut import Shortcut

if TYPE_CHECKING:
    from sitegen.config import Config
    from sitegen.model.site import Site
    from sitegen.production.glance import Glance
    from sitegen.production.memory import Memory
    from sitegen.production.produce import Produced
    from sitegen.read.files import FoundFile
    from sitegen.read.records import Sources


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says of one build. `date`: the day for which the site is built, default today."""

    output: Path | None = None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    date: dt.date | None = None
    clean: bool = False
    workers: int | None = None
    pseudo: bool = False
    """Add the pseudo-locales `en-XA` and `ar-XB`, which show what a theme has hard-coded or cut off."""
    translate: bool = False
    """Add the workbench in which volunteers translate in their browser."""
    check: bool = False
    """Report also what does not keep a site from being published, such as legal texts that nobody has confirmed."""
    preview: bool = False
    """Pages say of every text which message it is, for translating in place; never for publishing."""

    def settings(self) -> dict[str, str]:
        """All that the output depends on beside the files of the site."""
        values = asdict(self) | {"date": self.date or _today()}
        return {name: str(value) for name, value in values.items() if name not in ("clean", "workers")}


@dataclass(slots=True)
class BuildResult:
    """What a build did. `pages`: language tag → pages written; `translated`: tag → share of segments, 0 to 1."""

    problems: Problems
    published: bool = False
    output: Path | None = None
    pages: dict[str, int] = field(default_factory=dict)
    translated: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    started: float = 0.0
    glance: Glance | None = None
    """Quick looks at what comes next; in a preview alone."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Output file → why it was made again; files that are not named here were left as they were."""

    def failed(self, options: BuildOptions) -> bool:
        """Whether the problems so far keep the site from being published."""
        return bool(self.problems.errors) or (options.strict and len(self.problems) > 0)

    def finished(self, site: Site | None = None, produced: Produced | None = None) -> BuildResult:
        self.seconds = time.perf_counter() - self.started
        if site is None or produced is None:
            return self
        self.published = produced.published
        self.output = site.config.output
        self.reasons = produced.reasons
        self.glance = produced.glance
        for tag in site.languages:
            self.pages[tag] = produced.pages.get(tag, 0)
            translated, stale, untranslated = produced.segments.get(tag, (0, 0, 0))
            total = translated + stale + untranslated
            self.translated[tag] = translated / total if total else 1.0
        return self

    def report(self) -> dict[str, Any]:
        """The result as plain data, for a later build in which nothing changed."""
        found = [
            (p.position.file, p.position.line, p.position.column, p.code, p.message) for p in self.problems.warnings
        ]
        return {"output": str(self.output), "pages": self.pages, "translated": self.translated, "warnings": found}

    def as_reported(self, report: dict[str, Any]) -> BuildResult:
        """This result, told as that of the last build."""
        for file, line, column, code, message in report["warnings"]:
            self.problems.warning(code, Position(file, line, column), message)
        self.published, self.output = True, Path(report["output"])
        self.pages, self.translated = report["pages"], report["translated"]
        self.seconds = time.perf_counter() - self.started
        return self


Progress = Callable[[str, int, int], None]
"""(stage, done, total)"""


def _silent(_stage: str, _done: int, _total: int) -> None:
    pass


def build_site(root: Path, options: BuildOptions | None = None, progress: Progress = _silent) -> BuildResult:
    """Build the site in `root`. Mistakes of its editors come back as problems, and then nothing is published."""
    options = options or BuildOptions()
    result = BuildResult(Problems(), started=time.perf_counter())
    recall = not (options.clean or options.preview)
    shortcut = Shortcut.begin(root, options.settings(), recall=recall)
    if shortcut.report is not None:
        return result.as_reported(shortcut.report)
    if not (root / "site.yaml").exists():
        return _pipeline(root, options, progress, result, shortcut)  # nothing is written where there is no site
    with exclusive(root / ".sitegen" / "lock"):
        return _pipeline(root, options, progress, result, shortcut)


def _pipeline(
    root: Path, options: BuildOptions, progress: Progress, result: BuildResult, shortcut: Shortcut
) -> BuildResult:
    """Every stage of a build."""
    problems = result.problems
    from sitegen.engine.fingerprint import fingerprint
    from sitegen.engine.store import Store
    from sitegen.production.memory import Memory, cache_path, load_memory, save_memory, settings_digest
    from sitegen.publish import check_output
    from sitegen.read.config_file import load_config
    from sitegen.read.known_records import KnownRecords
    from sitegen.read.site_files import read_sources

    config = load_config(root, problems, output=options.output, base_url=options.base_url)
    if config is None:
        return result.finished()
    if options.pseudo:
        from sitegen.model.pseudo_locales import with_pseudo_locales

        config = with_pseudo_locales(config)
    check_output(config.output, config.root, problems)
    store = Store(cache_path(config), fingerprint())
    memory = Memory() if options.clean else load_memory(store)
    known = KnownRecords(settings_digest(config), memory.records)
    sources = read_sources(config, problems, known, partial(_spread, options.workers))
    intact = shortcut.is_intact(memory.outputs)
    made = _make(root, config, sources, memory, options, progress, result, intact=intact)
    if made is not None and made[1].published:
        save_memory(store, memory, made[1].memory, known)
    store.close()
    if made is None:
        return result.finished()
    result.finished(*made)
    if result.published:
        shortcut.note(config.output, made[1].memory.outputs, result.report())
    return result


def _make(
    root: Path,
    config: Config,
    sources: Sources,
    memory: Memory,
    options: BuildOptions,
    progress: Progress,
    result: BuildResult,
    *,
    intact: bool,
) -> tuple[Site, Produced] | None:
    """From what was read to the output; None when mistakes were found before anything could be rendered."""
    from sitegen.model.assembly import assemble
    from sitegen.model.catalogues import read_catalogues
    from sitegen.model.exact_texts import check_exact_texts
    from sitegen.plan.funding_blocks import FundingBlocks
    from sitegen.plan.routes import plan_routes
    from sitegen.production.examine import check_bodies
    from sitegen.production.produce import produce
    from sitegen.translation.workbench import workbench_catalogues

    problems = result.problems
    catalogues = read_catalogues(config, sources, problems)
    site = assemble(config, sources, catalogues.content, problems, date=options.date or _today(), drafts=options.drafts)
    check_exact_texts(site, problems)
    routes = plan_routes(site, problems)
    if options.check:
        FundingBlocks(site, Problems()).report(problems)
    if result.failed(options):
        check_bodies(site, routes, problems)
        return None
    return site, produce(
        site,
        routes,
        catalogues,
        problems,
        memory=memory,
        intact=intact,
        publish=lambda: not result.failed(options),
        workers=options.workers,
        progress=progress,
        preview=options.preview,
        workbench=workbench_catalogues(root, site.date) if options.translate else None,
    )


def _spread(
    workers: int | None, files: Sequence[FoundFile], read: Callable[[Sequence[FoundFile]], dict[str, str]]
) -> Iterable[dict[str, str]]:
    """Let several processes read where there is much to read; meanwhile this one gets ready for what follows."""
    from sitegen.engine.pool import WorkerError, spread, worker_count

    count = worker_count(workers, len(files) // _FILES_A_JOB)
    if count == 1:
        return

    def get_ready() -> None:
        import sitegen.model.assembly
        import sitegen.model.catalogues
        import sitegen.production.produce
        import sitegen.render.markdown  # noqa: F401

    try:
        yield from spread(files, read, together=_entry_of, workers=count, meanwhile=get_ready)
    except WorkerError:
        return  # they are read in this process then


_FILES_A_JOB = 8
"""So many files are about as much work to read as a page to render."""


def _entry_of(found: FoundFile) -> str:
    """What the files of one entry's languages have in common."""
    folder, _, name = found.path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).astimezone().date()
