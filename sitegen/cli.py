"""The command line: argparse in, text out. The only module that prints."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.build import BuildOptions, BuildResult

FINE, PROBLEMS, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 (fine), 1 (problems) or 2 (wrong usage)."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return FINE


def run() -> None:
    """The program: one command, and then the end at once. To take a large site apart would cost a third of a second."""
    code = main()
    with contextlib.suppress(OSError):  # whoever read may be gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sitegen", description="Static sites for multilingual networks.")
    parser.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _build_command(commands)
    _serve_command(commands)
    _check_command(commands)
    _scaffold_commands(commands)
    _i18n_commands(commands)
    _data_commands(commands)
    schema = _command(commands, "schema", _schema, "write JSON Schema files for editors of YAML")
    schema.add_argument("--output", type=Path, metavar="DIR", help="folder to write to (default: .sitegen/schema)")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--site", type=Path, default=Path(), metavar="DIR", help="folder of the site (default: here)")
    parser.set_defaults(command=run)
    return parser


def _build_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    build = _command(commands, "build", _build, "build the site into its output folder")
    _build_options(build)
    build.add_argument("--translate", action="store_true", help="add a workbench for translators to every language")
    build.add_argument("--explain", metavar="PATH", help="say why this page or file was made again, or was not")
    build.add_argument("--profile", action="store_true", help="show where the time went")
    volume = build.add_mutually_exclusive_group()
    volume.add_argument("--quiet", action="store_true", help="print problems alone")
    volume.add_argument("--verbose", action="store_true", help="print every stage")


def _build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, metavar="DIR", help="output folder (default: as site.yaml says, public)")
    parser.add_argument("--base-url", metavar="URL", help="address of the site, or a path such as /network/")
    parser.add_argument("--strict", action="store_true", help="publish nothing when there are warnings")
    parser.add_argument("--drafts", action="store_true", help="include drafts and entries of the future")
    parser.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="build for this day (default: today)")
    parser.add_argument("--clean", action="store_true", help="forget what earlier builds remembered")
    parser.add_argument(
        "--pseudo", action="store_true", help="add the pseudo-locales en-XA and ar-XB, to find what is not translatable"
    )
    parser.add_argument(
        "--workers", type=_workers, metavar="N", help="number of processes (default: by site and cores)"
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2027-03-05") from None


def _workers(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 256:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 256")


# --- build ------------------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    import gc

    from sitegen.build import build_site

    gc.disable()  # a build makes few cycles, and ends; looking for them takes a tenth of its time
    progress = _Progress(enabled=not options.quiet and sys.stderr.isatty())
    with _profile(enabled=options.profile):
        result = build_site(options.site, _options(options), progress)
    progress.end()
    _print_problems(result.problems)
    if options.explain:
        _print_explanation(result, options.explain)
    if not options.quiet:
        _print_summary(result, options)
    return FINE if result.published else PROBLEMS


def _options(options: argparse.Namespace) -> BuildOptions:
    from sitegen.build import BuildOptions

    return BuildOptions(
        output=options.output,
        base_url=options.base_url,
        strict=options.strict,
        drafts=options.drafts,
        date=options.date,
        clean=options.clean,
        workers=options.workers,
        translate=getattr(options, "translate", False),
        pseudo=options.pseudo,
    )


@contextmanager
def _profile(*, enabled: bool) -> Iterator[None]:
    """Print the functions of sitegen in which most of the time passed; in this process, so give `--workers 1`."""
    if not enabled:
        yield
        return
    import cProfile
    import pstats

    with cProfile.Profile() as profile:
        yield
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats("sitegen", 40)


def _print_explanation(result: BuildResult, path: str) -> None:
    """`path` is an address or a file of the output: `/fi/tietoa/`, `fi/tietoa/index.html`, `public/fi/tietoa/`."""
    wanted = path.lstrip("/")
    if result.output is not None:
        wanted = wanted.removeprefix(f"{result.output.name}/").removeprefix(str(result.output).lstrip("/")).lstrip("/")
    if not wanted or wanted.endswith("/"):
        wanted += "index.html"
    if result.output is None or not (result.output / wanted).is_file():
        print(f"{wanted}: there is no such file in the output")
    else:
        print(f"{wanted}: {result.reasons.get(wanted, 'left as it was: nothing that it reads changed')}")


class _Progress:
    """One line on the terminal, from the second second on."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._started = time.monotonic()
        self._shown = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self._enabled and now - self._started > 1 and (now - self._shown > 0.1 or done == total):
            self._shown = now
            print(f"\r{stage}: {done} of {total}", end="\x1b[K", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _print_problems(problems: Problems) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _print_summary(result: BuildResult, options: argparse.Namespace) -> None:
    errors, warnings = len(result.problems.errors), len(result.problems.warnings)
    if not result.published:
        why = f"{_count(errors, 'error')}" if errors else f"{_count(warnings, 'warning')} and --strict"
        print(f"Nothing was published: {why}. The old site, if there is one, stays as it was.")
        return
    width = max((len(tag) for tag in result.pages), default=0)
    for tag, pages in result.pages.items():
        share = result.translated.get(tag)
        translated = "" if share is None else f"  {share:>7.1%} translated"
        print(f"  {tag:<{width}}  {_count(pages, 'page'):>10}{translated}")
    total = sum(result.pages.values())
    print(f"{_count(total, 'page')} in {result.output}, {_count(warnings, 'warning')}, {result.seconds:.2f} s")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# --- the other commands -----------------------------------------------------------------------------------


def _serve_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = _command(commands, "serve", _serve, "build, watch, rebuild and reload in the browser")
    _build_options(serve)
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="port on 127.0.0.1 (default: 8000)")
    serve.add_argument("--open", action="store_true", help="open the site in a browser")


def _serve(options: argparse.Namespace) -> int:
    from sitegen.serve import serve

    def report(result: BuildResult) -> None:
        _print_problems(result.problems)
        _print_summary(result, options)

    return serve(
        options.site, _options(options), port=options.port, open_browser=options.open, report=report, say=print
    )


def _check_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = _command(commands, "check", _check, "check sources, translations and the finished pages; change nothing")
    _build_options(check)


def _check(options: argparse.Namespace) -> int:
    """Build into a folder of our own, so that the published site stays as it is, and look at every page."""
    from dataclasses import replace

    from sitegen.build import build_site
    from sitegen.check.output import check_output
    from sitegen.read.config_file import load_config

    output = options.output or options.site / ".sitegen" / "check"
    result = build_site(options.site, replace(_options(options), output=output, check=True))
    problems = result.problems
    config = load_config(options.site, Problems(), output=output, base_url=options.base_url)
    if result.published and config is not None:
        problems.extend(check_output(output, config.base_path, config.url))
    _print_problems(problems)
    errors, warnings = len(problems.errors), len(problems.warnings)
    print(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}")
    return PROBLEMS if errors or (options.strict and warnings) else FINE


def _scaffold_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="make a small working bilingual site", description="Make a small site.")
    init.add_argument("target", type=Path, metavar="DIR", help="an empty or new folder")
    init.set_defaults(command=_init)
    new = _command(commands, "new", _new, "begin a page or an entry")
    new.add_argument("name", metavar="COLLECTION/NAME", help="such as pages/about or news/first-call")
    new.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="date of a dated entry (default: today)")


def _init(options: argparse.Namespace) -> int:
    from sitegen.scaffold.starting_site import init_site

    problems = Problems()
    written = init_site(options.target, problems)
    _print_problems(problems)
    if problems.errors:
        return PROBLEMS
    print(f"{_count(len(written), 'file')} in {options.target}. Next: sitegen serve --site {options.target}")
    return FINE


def _new(options: argparse.Namespace) -> int:
    from sitegen.read.config_file import load_config
    from sitegen.scaffold.new_entries import new_entry

    problems = Problems()
    config = load_config(options.site, problems)
    written = None
    if config is not None:
        written = new_entry(config, options.name, problems, options.date or dt.date.today())
    _print_problems(problems)
    if written is None:
        return PROBLEMS
    print(f"{written} is ready to be written")
    return FINE


def _i18n_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from sitegen.cli_i18n import add_i18n_commands

    add_i18n_commands(commands, _command, _print_problems)


def _data_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from sitegen.cli_data import add_data_commands

    add_data_commands(commands, _command, _print_problems)


def _schema(options: argparse.Namespace) -> int:
    import json

    from sitegen.read.config_file import load_config
    from sitegen.schema.json_schema import json_schemas

    problems = Problems()
    config = load_config(options.site, problems)
    _print_problems(problems)
    if config is None:
        return PROBLEMS
    folder = options.output or config.root / ".sitegen" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    schemas = json_schemas(config)
    for name, schema in schemas.items():
        (folder / name).write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{_count(len(schemas), 'schema')} in {folder}")
    return FINE
