"""`python -m bench`: write the workload, run everyone in turn, check that they agree, print the table."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.agreement import differences
from bench.measure import run
from bench.peers import EDITS, REPOSITORY, Peer, hugo_program, install, prepare, shows
from bench.report import Figures, table, update_page
from bench.sources import GENERATORS

MEMORY = Path("/dev/shm")
PAGE = REPOSITORY / "docs/performance.md"


def main() -> int:
    options = _options()
    venv = install() if {"Hugo", "Pelican"} & set(options.peers) else None
    figures: list[Figures] = []
    agreed = True
    places = {"memory": MEMORY if MEMORY.is_dir() else None}
    if options.disk:
        places["disk"] = options.disk
    for place, folder in places.items():
        for size in options.sizes:
            if place == "disk" and size != max(options.sizes):
                continue
            with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=folder) as workspace:
                peers = [prepare(name, Path(workspace), size, venv) for name in options.peers]
                agreed &= _measure(place, size, peers, options, figures)
    print(table(figures))
    if options.write:
        update_page(PAGE, figures, _versions(venv), options.rounds)
    return 0 if agreed else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=_numbers, default=[20, 200, 2000], metavar="N,N", help="numbers of groups")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each, of which the median counts")
    known = ", ".join(GENERATORS)
    parser.add_argument("--peers", type=_names, default=list(GENERATORS), metavar="NAME,NAME", help=f"of {known}")
    parser.add_argument("--scenarios", type=lambda text: text.split(","), default=["cold", *EDITS], metavar="NAME,NAME")
    parser.add_argument("--disk", type=Path, metavar="DIR", help="measure the largest size, cold, in this folder too")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _names(text: str) -> list[str]:
    names = [part.strip() for part in text.split(",")]
    if unknown := set(names) - set(GENERATORS):
        raise argparse.ArgumentTypeError(f"no such generator: {', '.join(unknown)}")
    return names


def _measure(place: str, size: int, peers: list[Peer], options: argparse.Namespace, figures: list[Figures]) -> bool:
    """All scenarios of one size, the peers in turn within each round. Answers whether their outputs agree."""
    found = {(s, p.name): Figures(place, size, s, p.name) for s in ("cold", *EDITS) for p in peers}
    for peer in peers:  # the first run of each tells its memory and warms the file cache for all
        peer.make_cold()
        found["cold", peer.name].peak_mib = run(peer.command, peer.site, peer.environment, sample_memory=True).peak_mib
    complaints = differences({peer.name: peer.output for peer in peers}, size)
    print("\n".join(complaints) or f"{place}, N = {size}: all outputs agree", file=sys.stderr, flush=True)
    scenarios = ["cold"] if place == "disk" else options.scenarios
    for scenario in scenarios:
        for number in range(options.rounds):
            for peer in peers:
                if scenario == "cold" or peer.incremental:
                    _once(peer, scenario, number, found[scenario, peer.name])
        figures += [each for (s, _), each in found.items() if s == scenario and each.runs]
        done = [each for each in figures if (each.place, each.size, each.scenario) == (place, size, scenario)]
        print(table(done), file=sys.stderr, flush=True)
    return not complaints


def _once(peer: Peer, scenario: str, number: int, figures: Figures) -> None:
    mark = f"Edited{number}{scenario.replace(' ', '')}"
    if scenario == "cold":
        peer.make_cold()
    else:
        EDITS[scenario](peer, mark)
    figures.runs.append(run(peer.command, peer.site, peer.environment))
    if scenario != "cold" and not shows(peer, scenario, mark):
        raise AssertionError(f"{peer.name}: the output does not show that there was '{scenario}'")


def _versions(venv: Path | None) -> list[str]:
    from sitegen import __version__

    versions = [f"sitegen {__version__} ({_said('git', '-C', str(REPOSITORY), 'rev-parse', '--short', 'HEAD')})"]
    if venv is not None:
        versions.append(" ".join(_said(str(hugo_program(venv)), "version").split()[:2]))
        versions.append(f"Pelican {_said(str(venv / 'bin/pelican'), '--version')}")
    return versions


def _said(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return "unknown"
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
