"""axe-core and HTML checkers find nothing on the flagship's pages, in any language, width or colour scheme."""

import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

import harness

from .conftest import LANGUAGES, WIDTHS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_RUN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"


@pytest.fixture(scope="session")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate(AXE_RUN, RULES)
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:160]}\n    {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]


# Every width and scheme in the source language; in the others, which differ in words alone, each of them once or more.
COMBINATIONS = [
    (language, size, scheme)
    for language in LANGUAGES
    for size in WIDTHS
    for scheme in ("light", "dark")
    if language == "en" or (size, scheme) in (("phone", "light"), ("tablet", "light"), ("desk", "dark"))
]


@pytest.mark.browser
@pytest.mark.parametrize("language, size, scheme", COMBINATIONS)
def test_axe_finds_nothing(served_flagship, main_pages, visit, axe, language, size, scheme):
    seen = visit(served_flagship, WIDTHS[size], dark=scheme == "dark")
    found = {path: told for path in main_pages[language] if (told := violations(seen.go(path), axe))}
    assert not found, "\n".join(f"{path}\n  " + "\n  ".join(told) for path, told in found.items())


@pytest.mark.browser
def test_axe_finds_nothing_on_open_menus_and_the_root(served_flagship, visit, axe):
    seen = visit(served_flagship, 360, java_script_enabled=True)
    page = seen.go("en/about/")
    for summary in page.locator("header summary").all():
        if summary.is_visible():
            summary.click()
            assert violations(page, axe) == []
            summary.click()
    plain = visit(served_flagship, 360, locale="xx").go("")
    assert violations(plain, axe) == []


def test_axe_would_find_something(browser, axe):
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><p style='color:#eee;background:#fff'>pale</p></body></html>")
    assert any(told.startswith("image-alt") for told in violations(page, axe))
    page.close()


def test_html5lib_finds_no_error(flagship):
    pages = sorted(flagship.rglob("*.html"))
    assert len(pages) > 50
    found = {p.relative_to(flagship).as_posix(): e for p in pages if (e := harness.html_errors(p.read_text("utf-8")))}
    assert found == {}


def vnu_jar() -> str | None:
    candidates = [
        os.environ.get("SITEGEN_VNU_JAR", ""),
        *map(str, (harness.REPOSITORY / "node_modules").rglob("vnu.jar")),
    ]
    return next((path for path in candidates if path and Path(path).is_file()), None)


@pytest.mark.tools
def test_the_checker_of_the_w3c_finds_no_error(flagship):
    jar = vnu_jar()
    if jar is None or not shutil.which("java"):
        pytest.skip("the npm package vnu-jar (SITEGEN_VNU_JAR) and Java are not both here")
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", "--also-check-svg", str(flagship)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    faults = [
        f"{message.get('url', '').rsplit('public/', 1)[-1]}:{message.get('lastLine')} {message['message']}"
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert faults == [], "\n".join(faults[:40])
