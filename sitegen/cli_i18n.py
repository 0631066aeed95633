"""The `sitegen i18n` commands: what volunteers and their coordinators run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.translate.status import Counts, LanguageStatus
    from sitegen.translate.update import FileUpdate
    from sitegen.translation import StatusReport

FINE, PROBLEMS, USAGE = 0, 1, 2
BAR = 20
"""Characters of a full bar."""

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
    status = command(own, "status", lambda o: _status(o, shown), "show how far each language is translated")
    status.add_argument("languages", nargs="*", metavar="LANGUAGE", help="show each page of these languages, too")
    status.add_argument("--json", action="store_true", help="print it as JSON, with every page")
    status.add_argument("--against", metavar="REVISION", help="compare with a revision of the site's git repository")
    check = command(own, "check", lambda o: _check(o, shown), "check what translators wrote, and the glossary's terms")
    check.add_argument("--strict", action="store_true", help="fail on warnings, too")
    touch = command(
        own, "touch", lambda o: _touch(o, shown), "note that texts by hand are up to date with their source"
    )
    touch.add_argument("files", nargs="+", metavar="FILE", help="such as content/pages/about.fi.md")


def _extract(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import extract

    problems = Problems()
    written = extract(options.site, problems)
    shown(problems)
    if problems.errors:
        return PROBLEMS
    print("\n".join(f"written: {path}" for path in written) or "The templates are up to date.")
    return FINE


# --- update -----------------------------------------------------------------------------------------------


def _update(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import update

    problems = Problems()
    report = update(options.site, problems, force=options.force, dry_run=options.dry_run)
    shown(problems)
    if report is None:
        return PROBLEMS
    touched = [file for file in report.files if _is_touched(file, dry_run=options.dry_run)]
    for path in report.templates:
        print(f"template  {path}")
    for file in touched:
        print(f"{'new' if file.created else 'changed':<8}  {file.path}  ({', '.join(_told(file)) or 'comments'})")
    left = len(report.files) - len(touched)
    if left or not touched:
        print(f"{left} {'catalogue is' if left == 1 else 'catalogues are'} up to date.")
    if options.dry_run and touched:
        print("Nothing was written, because of --dry-run.")
    return PROBLEMS if problems.errors else FINE


def _is_touched(file: FileUpdate, *, dry_run: bool) -> bool:
    return (file.created or file.result.changed) if dry_run else file.written


def _told(file: FileUpdate) -> Iterator[str]:
    """What happened to the messages of a file, in words."""
    result = file.result
    for number, word in (
        (result.added - result.fuzzy, "new"),
        (result.fuzzy, "fuzzy"),
        (result.carried, "carried over"),
        (result.revived, "revived"),
        (result.obsoleted, "obsolete"),
    ):
        if number > 0:
            yield f"{number} {word}"


# --- status -----------------------------------------------------------------------------------------------


def _status(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import status

    problems = Problems()
    report = status(options.site, problems, against=options.against)
    shown(problems)
    if report is None:
        return PROBLEMS
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        return FINE
    unknown = [tag for tag in options.languages if tag not in report.now.languages]
    if unknown:
        known = ", ".join(report.now.languages) or "none"
        print(f"Nothing is translated into {', '.join(unknown)}; the languages are: {known}")
        return USAGE
    print("\n".join(_table(report)))
    for tag in options.languages:
        print("\n" + "\n".join(_pages(tag, report.now.languages[tag])))
    return FINE


def _table(report: StatusReport) -> Iterator[str]:
    """One line per language: share, bar, counts, and what changed since the revision."""
    if not report.now.languages:
        yield "This site has nothing to translate."
        return
    width = max(8, *map(len, report.now.languages))
    since = f"  since {report.revision}" if report.then is not None else ""
    gap = " " * (BAR + 6)
    yield f"{'language':<{width}}  {gap}  {'translated':>10}  {'stale':>5}  {'missing':>7}  {'total':>6}{since}"
    for tag, language in report.now.languages.items():
        counts = language.counts
        change = f"  {_change(report, tag)}" if since else ""
        yield (
            f"{tag:<{width}}  {counts.percent:>3}%  {_bar(counts)}  {counts.translated:>10,}  {counts.stale:>5,}"
            f"  {counts.untranslated:>7,}  {counts.total:>6,}{change}"
        )


def _bar(counts: Counts) -> str:
    """Full for what is translated, shaded for what is stale; only whole translations fill it to the end."""
    total = counts.total or 1
    full = BAR if not counts.total else BAR * counts.translated // total
    shaded = min(BAR - full, -(-BAR * counts.stale // total))
    marks = "█▒·" if _can_print("█▒·") else "#~."
    return marks[0] * full + marks[1] * shaded + marks[2] * (BAR - full - shaded)


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _change(report: StatusReport, tag: str) -> str:
    changes = (report.changes or {}).get(tag, {})
    words = {"translated": "translated", "stale": "stale", "untranslated": "missing"}
    told = [f"{changes[name]:+,} {word}" for name, word in words.items() if changes.get(name)]
    return ", ".join(told) or "no change"


def _pages(tag: str, language: LanguageStatus) -> Iterable[str]:
    """The pages with something left to do, the least translated first."""
    left = [(counts.percent, page, counts) for page, counts in language.pages.items() if counts.percent < 100]
    if not left:
        return [f"{tag}: everything is translated."]
    lines = [f"{tag}: {len(left)} of {len(language.pages)} files have something left to translate"]
    for percent, page, counts in sorted(left, key=lambda item: (item[0], item[1])):
        lines.append(f"  {percent:>3}%  {page}  ({counts.stale} stale, {counts.untranslated} missing)")
    return lines


# --- check and touch --------------------------------------------------------------------------------------


def _check(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import check_translations

    problems = Problems()
    checked = check_translations(options.site, problems)
    shown(problems)
    if checked is None:
        return PROBLEMS
    errors, warnings = len(problems.errors), len(problems.warnings)
    print(
        f"{checked.messages:,} translations in {checked.catalogues} catalogues: "
        f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    )
    return PROBLEMS if errors or (options.strict and warnings) else FINE


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _touch(options: argparse.Namespace, shown: PrintProblems) -> int:
    from sitegen.translation import touch

    problems = Problems()
    written = touch(options.site, options.files, problems)
    shown(problems)
    print("\n".join(f"written: {path}" for path in written) or "Nothing had to be written.")
    return PROBLEMS if problems.errors else FINE
