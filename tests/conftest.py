"""Fixtures that every room's tests share: sites in strings, the flagship, servers, a browser, outside tools."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import harness

# Speed varies between machines; what hypothesis must find does not.
settings.register_profile("sitegen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("sitegen"), max_examples=1000)
settings.load_profile(os.environ.get("SITEGEN_HYPOTHESIS", "sitegen"))

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # the pages are our own; containers forbid the sandbox
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., harness.SiteUnderTest]:
    """`site(archive, **files)`: a site on disk. A file's name in `files` is its path, for contents in bytes."""
    count = 0

    def make(archive: str = "", files: dict[str, str | bytes] | None = None) -> harness.SiteUnderTest:
        nonlocal count
        count += 1
        content: dict[str, str | bytes] = {**harness.unpack(archive), **(files or {})}
        content.setdefault("site.yaml", harness.MINIMAL_SITE)
        return harness.SiteUnderTest(tmp_path / f"site-{count}", content)

    return make


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made once per test run, however many workers run the tests."""
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    target = shared / name
    with _lock(shared / f"{name}.lock"):
        done = shared / f"{name}.done"
        if not done.exists():
            shutil.rmtree(target, ignore_errors=True)
            make(target)
            done.touch()
    return target


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    import fcntl

    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship site of this repository, built; the folder of its output."""

    def make(target: Path) -> None:
        from sitegen.build import BuildOptions, build_site

        harness.copy_flagship(target)
        result = build_site(target, BuildOptions(date=harness.TODAY))
        assert result.published, "the flagship site does not build:\n" + str(result.problems)

    return _once(tmp_path_factory, "flagship", make) / "public"


def _missing(what: str, setting: str) -> None:
    """Skip, by name; where the surroundings promise the tool, its absence is a failure."""
    if os.environ.get(setting) == "1":
        pytest.fail(f"{what} is missing, and {setting}=1 says that it must be there", pytrace=False)
    pytest.skip(f"{what} is not installed")


def require_tool(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    if not found:
        _missing(name, "SITEGEN_REQUIRE_TOOLS")
    assert found
    return found


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """`tool("msgfmt")`: the path of an outside program; the test is skipped where it is absent."""
    return require_tool


@pytest.fixture(scope="session")
def chromium() -> str:
    for candidate in (os.environ.get("SITEGEN_CHROMIUM", ""), *CHROMIUM):
        if candidate and Path(candidate).exists():
            return candidate
    _missing("Chromium", "SITEGEN_REQUIRE_BROWSER")
    raise AssertionError


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """Headless Chromium. Its event loop stays in this thread: run other loops in threads of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield instance
        instance.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page in a context of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def served_flagship(flagship: Path) -> Iterator[str]:
    """Address of the flagship site, as a plain host with a strict CSP serves it."""
    with harness.serve_plainly(flagship) as address:
        yield address
