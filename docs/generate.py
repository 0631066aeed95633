"""Writes the parts of docs/ that come from the code, between their marks, so that they cannot rot.

    python docs/generate.py            write
    python docs/generate.py --check    say which files are out of date, and fail

A mark is a pair of lines, `<!-- generated: NAME -->` and `<!-- end of generated: NAME -->`.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "sitegen"
DOCS = REPOSITORY / "docs"
_BLOCK = re.compile(
    r"(?P<open><!-- generated: (?P<name>[a-z-]+) -->\n).*?(?P<close><!-- end of generated: (?P=name) -->)", re.DOTALL
)


def steps() -> list[list[str]]:
    """The import rule of pyproject.toml: the rooms of each step, from the command line down."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(each for each in settings["tool"]["importlinter"]["contracts"] if each["id"] == "layers")
    return [re.findall(r"\w+", layer) for layer in contract["layers"]]


def imports() -> str:
    return "```text\n" + "\n".join(" | ".join(step) for step in steps()) + "\n```"


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def headline(path: Path) -> str:
    """The first paragraph of a module's docstring on one line."""
    return " ".join(docstring(path).split("\n\n")[0].split())


def rooms() -> str:
    """A section per room: its docstring, then a line per module."""
    lines = []
    for step in steps():
        for room in step:
            folder = PACKAGE / room
            head = folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{room}.py"
            if not head.exists():
                continue
            lines.append(f"### {room}\n\n{docstring(head)}\n")
            if folder.is_dir():
                modules = sorted(path for path in folder.rglob("*.py") if path.name != "__init__.py")
                lines.extend(f"- `{module.relative_to(PACKAGE).as_posix()}`: {headline(module)}" for module in modules)
                lines.append("")
    return "\n".join(lines)


def context() -> str:
    """The template contract: the head of plan/context.py, then every class that a template can meet."""
    module = PACKAGE / "plan" / "context.py"
    parts = [_as_text(docstring(module))]
    views = PACKAGE / "model" / "entry.py"
    for path in (module, views):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.ClassDef) and (path == module or node.name.endswith("View"))
            if isinstance(node, ast.ClassDef) and public:
                parts.append(_describe(node))
    return "\n\n".join(parts)


def _as_text(text: str) -> str:
    """Indented blocks of a docstring are code in Markdown as they stand."""
    return inspect.cleandoc(text)


def _describe(node: ast.ClassDef) -> str:
    rows = "\n".join(f"| `{name}` | `{kind}` |" for name, kind in _attributes(node))
    table = f"\n\n| attribute | type |\n| --- | --- |\n{rows}" if rows else ""
    return f"### {node.name}\n\n{ast.get_docstring(node) or ''}{table}"


def _attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            if not item.target.id.startswith("_"):
                yield item.target.id, ast.unparse(item.annotation).replace("|", "\\|")
        elif isinstance(item, ast.FunctionDef) and not item.name.startswith("_"):
            arguments = ", ".join(argument.arg for argument in item.args.args if argument.arg != "self")
            is_property = any(isinstance(each, ast.Name) and each.id == "property" for each in item.decorator_list)
            result = ast.unparse(item.returns).replace("|", "\\|") if item.returns else ""
            yield item.name if is_property else f"{item.name}({arguments})", result


def command_line() -> str:
    """A section per command: what it does, and a table of its options."""
    from sitegen import cli

    return "\n\n".join(_commands(cli._parser()))  # noqa: SLF001 - the parser is built for nobody else


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    rows = []
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            below = dict(action.choices)
        elif action.help != argparse.SUPPRESS and "--help" not in action.option_strings:
            shown = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
            value = f" {shown}" if action.option_strings and action.nargs != 0 else ""
            name = (action.option_strings[-1] if action.option_strings else shown) + value
            rows.append(f"| `{name}` | {(action.help or '').replace('%(prog)s', 'sitegen')} |")
    if not below:
        table = "\n\n| | |\n| --- | --- |\n" + "\n".join(rows) if rows else ""
        yield f"### {parser.prog}\n\n{parser.description or ''}{table}"
    for child in below.values():
        yield from _commands(child)


PARTS: dict[str, Callable[[], str]] = {
    "imports": imports,
    "rooms": rooms,
    "context": context,
    "command-line": command_line,
}


def render(text: str) -> str:
    """The same document with each generated part made anew."""

    def fill(match: re.Match[str]) -> str:
        return f"{match['open']}\n{PARTS[match['name']]().strip()}\n\n{match['close']}"

    return _BLOCK.sub(fill, text)


def outdated() -> dict[Path, str]:
    """Files whose generated parts differ from the code, with what they should hold."""
    found = {}
    for path in (*sorted(DOCS.rglob("*.md")), REPOSITORY / "README.md"):
        text = path.read_text(encoding="utf-8")
        wanted = render(text)
        if wanted != text:
            found[path] = wanted
    return found


def main(arguments: list[str]) -> int:
    found = outdated()
    for path, text in found.items():
        name = path.relative_to(REPOSITORY).as_posix()
        if "--check" in arguments:
            print(f"{name} is out of date; run: python docs/generate.py")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY))
    sys.exit(main(sys.argv[1:]))
