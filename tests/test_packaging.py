"""What one installs is what is tested here: the wheel builds a site on its own, in an empty environment."""

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import harness

SETTINGS = tomllib.loads((harness.REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
CORE = {"babel", "jinja2", "livereload", "markdown", "nh3", "pyyaml"}


def run(*command: object, **options) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, encoding="utf-8", check=False, env=environment, **options
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, harness.REPOSITORY)
    (built,) = folder.glob("*.whl")
    return built


def test_the_core_needs_six_packages():
    names = {requirement.split(">")[0].split("[")[0] for requirement in SETTINGS["project"]["dependencies"]}
    assert names == CORE


@pytest.mark.slow
def test_the_wheel_carries_the_theme_and_the_starting_site(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "sitegen/themes/network/theme.yaml" in names
    assert "sitegen/scaffold/starter/site.yaml" in names
    theme = harness.REPOSITORY / "themes" / "network"
    for path in theme.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.parts):
            assert f"sitegen/themes/network/{path.relative_to(theme).as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests/", "content/", "bench/"))]


@pytest.mark.slow
def test_init_and_build_from_the_wheel_in_an_empty_environment(wheel, tmp_path):
    """Needs the package index that pip is set up for."""
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel)
    work = tmp_path / "work"
    work.mkdir()
    assert run(programs / "sitegen", "--version", cwd=work).stdout.startswith("sitegen ")
    run(programs / "sitegen", "init", "x", cwd=work)
    built = run(programs / "sitegen", "build", "--strict", "--site", "x", cwd=work)
    assert "warning" not in built.stdout.lower().replace("0 warnings", "").replace("no warnings", "")
    home = (work / "x" / "public" / "fi" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="fi"' in home
    run(programs / "sitegen", "check", "--site", "x", cwd=work)
