"""The figures as a Markdown table, and the page of the documentation that holds the last ones."""

from __future__ import annotations

import datetime as dt
import os
import platform
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Run

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(slots=True)
class Figures:
    """All runs of one peer in one scenario at one size; `place` is 'memory' or 'disk'."""

    place: str
    size: int
    scenario: str
    peer: str
    runs: list[Run] = field(default_factory=list)
    peak_mib: float | None = None

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)


def table(figures: list[Figures], reference: str = "Hugo") -> str:
    """Rows by size and scenario; ratios to the reference in the same scenario."""
    head = "| N | scenario | generator | wall s | CPU s | ms CPU a page | peak MiB "
    lines = [f"{head}| wall to {reference} | memory to {reference} |", "| ---: | --- | --- " + "| ---: " * 6 + "|"]
    base = {(f.place, f.size, f.scenario): f for f in figures if f.peer == reference}
    for each in figures:
        other = base.get((each.place, each.size, each.scenario))
        wall = f"{each.wall / other.wall:.3f}" if other else "–"
        known = other is not None and other.peak_mib and each.peak_mib
        memory = f"{each.peak_mib / other.peak_mib:.2f}" if known else "–"  # type: ignore[union-attr,operator]
        peak = f"{each.peak_mib:.0f}" if each.peak_mib else "–"
        pages = 5 * (each.size + 3)
        scenario = each.scenario if each.place == "memory" else f"{each.scenario}, on disk"
        lines.append(
            f"| {each.size:,} | {scenario} | {each.peer} | {each.wall:.2f} | {each.cpu:.2f} | "
            f"{each.cpu / pages * 1000:.2f} | {peak} | {wall} | {memory} |"
        )
    return "\n".join(lines)


def machine() -> str:
    model = "unknown processor"
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def update_page(path: Path, figures: list[Figures], versions: list[str], rounds: int) -> None:
    """Put the figures between the marks of the page; the words around them stay."""
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    facts = f"Measured on {dt.date.today().isoformat()}: {machine()}; {', '.join(versions)}. Median of {rounds}.\n"
    path.write_text(f"{before}{BEGIN}\n\n{facts}\n{table(figures)}\n\n{END}{after}", encoding="utf-8")
