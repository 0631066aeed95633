"""The house keeps its own rules: one-way imports, small documented modules, a quick start, documentation in step."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

import harness

PACKAGE = harness.REPOSITORY / "sitegen"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
MAXIMUM_LINES = 400
NAMES_THAT_SAY_NOTHING = {"utils.py", "helpers.py", "misc.py", "common.py", "tools.py", "util.py"}
# What `sitegen --version` has no need of. Each costs a noticeable part of the tenth of a second that it may take.
HEAVY = ("babel", "jinja2", "markdown", "yaml", "nh3", "livereload", "tornado", "html5lib", "PIL", "multiprocessing")


def name(path: Path) -> str:
    return path.relative_to(harness.REPOSITORY).as_posix()


def test_imports_run_one_way():
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")
    result = subprocess.run(
        [program, "--no-cache"], cwd=harness.REPOSITORY, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_are_small_and_say_what_they_are_for(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAXIMUM_LINES, f"{name(path)} is too long: give part of it a room of its own"
    assert len((ast.get_docstring(ast.parse(text)) or "").strip()) >= 20, f"{name(path)} does not say what it is for"
    assert path.name not in NAMES_THAT_SAY_NOTHING


def test_rooms_are_packages():
    folders = {path.parent for path in MODULES}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", [path for path in MODULES if not path.name.startswith("cli")], ids=name)
def test_only_the_command_line_prints(path):
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == "print" or ast.unparse(node.func) in ("sys.stdout.write", "sys.exit"))
    ]
    allowed = path.name == "__main__.py"
    assert allowed or not calls, f"{name(path)}:{calls[0].lineno} prints or exits; report a problem instead"


def test_the_version_comes_without_heavy_imports():
    program = (
        "import sys\n"
        "sys.argv = ['sitegen', '--version']\n"
        "from sitegen.cli import main\n"
        "try:\n    code = main()\nexcept SystemExit as stop:\n    code = stop.code\n"
        "assert not code, code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=harness.REPOSITORY, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    version, heavy = result.stdout.splitlines()
    assert re.fullmatch(r"sitegen \d+\.\d+\.\d+\S*", version)
    assert heavy == "[]"


@pytest.mark.parametrize("module", ["build", "check.output", "config", "serve"])
def test_importing_a_room_does_no_work(module):
    """Rooms may be imported for their types without paying for what they use at work."""
    program = f"import sys, sitegen.{module}; print([n for n in {HEAVY!r} if n in sys.modules and n != 'yaml'])"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=harness.REPOSITORY, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"


def load_generator():
    spec = importlib.util.spec_from_file_location("generate", harness.REPOSITORY / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_documentation_is_in_step_with_the_code():
    assert [name(path) for path in load_generator().outdated()] == [], "run: python docs/generate.py"


def test_every_room_has_its_step():
    rooms = {path.stem for path in PACKAGE.glob("*.py")} | {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    rooms -= {"__init__", "__main__", "__pycache__", "themes"}
    assert {room for step in load_generator().steps() for room in step} == rooms


LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize(
    "path",
    [harness.REPOSITORY / "README.md", *sorted((harness.REPOSITORY / "docs").rglob("*.md"))],
    ids=name,
)
def test_links_of_the_documentation_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for match in LINK.finditer(re.sub(r"`[^`]*`", "", text)):
        target = (match[1] or match[2]).split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), f"{name(path)} links to '{target}', which is not there"
