"""The `sitegen i18n` commands: what volunteers and their coordinators run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.translate.update import FileUpdate

FINE, PROBLEMS = 0, 1

PrintProblems = Callable[[Problems], None]


def add_i18n_commands(commands: Any, command: Callable[..., argparse.ArgumentParser], shown: PrintProblems) -> None:
    """Add `i18n` with its own commands. `command` makes one with `--site`; `shown` prints problems."""
    i18n = commands.add_parser("i18n", help="extract, update and watch translations", description="Translations.")
    own = i18n.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command(own, "extract", lambda o: _extract(o, shown), "write the templates for translators (i18n/*.pot)")
    update = command(own, "update", lambda o: _update(o, shown), "make or merge the catalogues of all languages")
    update.add_argument(
        "--force", action="store_true", help="even if more than a fifth of a catalogue becomes obsolete"
    )
    update.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")


def _extract(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import extract

    problems = Problems()
    written = extract(options.site, problems)
    shown(problems)
    if problems.errors:
        return PROBLEMS
    print("\n".join(f"written: {path}" for path in written) or "The templates are up to date.")
    return FINE


def _update(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import update

    problems = Problems()
    report = update(options.site, problems, force=options.force, dry_run=options.dry_run)
    shown(problems)
    if report is None:
        return PROBLEMS
    for file in report.files:
        print(_line(file, dry_run=options.dry_run))
    return PROBLEMS if problems.errors else FINE


def _line(file: FileUpdate, *, dry_run: bool) -> str:
    changes = file.created or (file.result.changed if dry_run else file.written)
    state = ("new" if file.created else "changed") if changes else "unchanged"
    return f"{state:>9}  {file.path}"
