"""The `sitegen data` commands: for those who keep lists in spreadsheets."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.read.csv_import import ImportReport

FINE, PROBLEMS = 0, 1
_WORDS = {"added": "new", "changed": "changed", "refused": "refused"}

PrintProblems = Callable[[Problems], None]


def add_data_commands(commands: Any, command: Callable[..., argparse.ArgumentParser], shown: PrintProblems) -> None:
    """Add `data` with its own commands. `command` makes one with `--site`; `shown` prints problems."""
    data = commands.add_parser("data", help="bring lists in from spreadsheets", description="Lists.")
    own = data.add_subparsers(title="commands", required=True, metavar="COMMAND")
    importing = command(own, "import", lambda o: _import(o, shown), "bring the rows of a CSV file into a collection")
    importing.add_argument("file", type=Path, metavar="FILE", help="a list saved as CSV, such as lags.csv")
    importing.add_argument("--collection", default="", metavar="NAME", help="default: as the file is called")
    importing.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    importing.add_argument("--skip-refused", action="store_true", help="write the good rows in spite of others")


def _import(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.read.config_file import load_config
    from sitegen.read.csv_import import import_csv

    problems = Problems()
    config = load_config(options.site, problems)
    report = None
    if config is not None:
        report = import_csv(
            config,
            options.file,
            problems,
            collection=options.collection,
            dry_run=options.dry_run,
            skip_refused=options.skip_refused,
        )
    shown(problems)
    if report is None:
        return PROBLEMS
    _tell(report, options)
    return FINE if not problems.errors or (options.skip_refused and report.written) else PROBLEMS


def _tell(report: ImportReport, options: argparse.Namespace) -> None:
    for row in report.rows:
        if row.state in _WORDS:
            matched = f" (found by {row.by})" if row.by and row.state == "changed" else ""
            details = f": {'; '.join(row.fields)}" if row.fields else ""
            print(f"  line {row.line:<5} {_WORDS[row.state]:<8} {row.key}{matched}{details}")
    counts = ", ".join(
        f"{report.count(state)} {word}"
        for state, word in (("added", "new"), ("changed", "changed"), ("same", "unchanged"), ("refused", "refused"))
    )
    print(f"{report.collection}: {counts}.")
    if report.written:
        print(f"Written: {', '.join(report.files)}")
    elif options.dry_run:
        print("Nothing was written, because of --dry-run.")
    elif report.count("refused"):
        print("Nothing was written. Correct the list and try again, or write the other rows with --skip-refused.")
    else:
        print("Nothing had to be written.")
