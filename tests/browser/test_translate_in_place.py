"""Translating in place as translators do it: in Chromium, with the mouse, with the keyboard alone, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

import harness
from preview import Preview, serving

from .test_accessibility import violations

pytestmark = pytest.mark.browser

SITE = """
-- content/pages/about.md --
---
title: About us
summary: Who we are
---
## What we do

We help *villages* with every application for [funding](ref:pages/money).

Nobody has translated this yet.

- One thing
- Another thing
-- content/pages/money.md --
---
title: Money
---
There is some.
-- i18n/glossary.yaml --
- term: village
  fi: kylä
  note: not a town
"""

CATALOGUE = """\
# Suomennos.
msgid ""
msgstr ""
"Language: fi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Unknown: kept\\n"


msgctxt "pages.title"
msgid "About us"
msgstr ""
"Mei"
"stä"

msgid "What we do"
msgstr "Mitä teemme"

# ask Aino
#. paragraph · About us › What we do
#: content/pages/about.md
#, fuzzy
#| msgid "We help *villages* with applications for [funding](ref:pages/money)."
msgid ""
"We help *villages* with every application for [funding](ref:pages/money)."
msgstr ""
"Autamme *kyliä* hakemaan [rahaa](ref:pages/money)."

#~ msgid "gone"
#~ msgstr "poissa"
"""

PATH = "i18n/fi/LC_MESSAGES/content.po"
OLD = "Autamme *kyliä* hakemaan [rahaa](ref:pages/money)."
NEW = 'Autamme *kyliä* jokaisessa "haussa", kun ne hakevat [rahaa](ref:pages/money).'
WANTED = (
    CATALOGUE.replace("#, fuzzy\n", "")
    .replace('#| msgid "We help *villages* with applications for [funding](ref:pages/money)."\n', "")
    .replace(
        f'msgstr ""\n"{OLD}"',
        'msgstr ""\n"Autamme *kyliä* jokaisessa \\"haussa\\", kun ne hakevat "\n"[rahaa](ref:pages/money)."',
    )
)
STALE = ".prose p[data-i18n=stale]"


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def place(site: Callable[..., harness.SiteUnderTest]) -> harness.SiteUnderTest:
    return site(SITE, {PATH: CATALOGUE})


@pytest.fixture
def preview(place: harness.SiteUnderTest) -> Iterator[Preview]:
    with serving(place.root) as running:
        yield running


@pytest.fixture
def translating(preview: Preview, visit: Any) -> Callable[..., Any]:
    """`translating(width=360)`: the Finnish page with the marks on."""

    def start(width: int = 1280, **options: Any) -> Any:
        page = visit(preview.address, width, **options).go("fi/about/")
        page.get_by_role("button", name="Translate", exact=True).click()
        return page

    return start


def test_a_stale_paragraph_is_corrected(translating, place):
    page = translating()
    page.locator(STALE).click(position={"x": 5, "y": 5})
    panel = page.get_by_role("dialog", name="Translate into Suomi")
    assert "We help *villages* with every application" in panel.inner_text()
    assert panel.locator("ins").first.inner_text().endswith("every application] ") or panel.locator("ins").count()
    assert "ask Aino" in panel.inner_text()
    assert "village → kylä (not a town)" in panel.inner_text()
    assert PATH in panel.inner_text()
    field = panel.get_by_label("Translation (Suomi)")
    assert field.input_value() == OLD
    field.fill(NEW)
    with page.expect_navigation(timeout=20_000):
        field.press("Control+Enter")
    page.get_by_text("Saved, and shown on this page.").wait_for()
    assert page.locator(STALE).count() == 0
    text = page.locator(".prose p[data-i18n=translated]").first.inner_text()
    assert text.startswith("Autamme kyliä jokaisessa")
    assert place.read(PATH) == WANTED
    assert page.evaluate("document.activeElement.className").startswith("sitegen-mark")


def test_with_the_keyboard_alone(preview, visit, place):
    page = visit(preview.address).go("fi/about/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Translate":
            break
    assert page.evaluate("document.activeElement.textContent") == "Translate", "the switch can be reached"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Tab")
    name = ""
    for _ in range(20):
        page.keyboard.press("Enter")  # «Next to do»
        name = page.evaluate("document.activeElement.getAttribute('aria-label')")
        if "source changed" in name:
            break
        page.get_by_role("button", name="Next to do").focus()
    assert name.startswith("Translate, source changed: Autamme kyliä")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    for _ in range(12):  # the focus stays within, or goes to the browser's own parts
        page.keyboard.press("Tab")
        inside = "!document.activeElement || document.activeElement === document.body || "
        assert page.evaluate(inside + "!!document.activeElement.closest('dialog')")
    page.get_by_label("Translation (Suomi)").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(NEW)
    page.keyboard.press("Escape")
    assert page.get_by_text("Not saved yet.").is_visible(), "nothing is thrown away by one key"
    with page.expect_navigation(timeout=20_000):
        page.keyboard.press("Control+Enter")
    page.get_by_text("Saved, and shown on this page.").wait_for()
    assert place.read(PATH) == WANTED


def test_errors_are_shown_and_nothing_is_saved(translating, place):
    page = translating()
    page.get_by_role("button", name="Translate, source changed").click()
    field = page.get_by_label("Translation (Suomi)")
    field.fill("Autamme *kyliä* [tässä](https://evil.example/)")
    page.locator(".sitegen-finding--error").first.wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    field.press("Control+Enter")
    page.get_by_text("Not saved: mend what is wrong first").wait_for()
    assert place.read(PATH) == CATALOGUE
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Translate, source changed")


def test_a_file_that_changed_meanwhile_is_left_alone(translating, place):
    page = translating()
    page.get_by_role("button", name="Translate, source changed").click()
    field = page.get_by_label("Translation (Suomi)")
    field.wait_for()
    page.route("**/livereload*", lambda route: route.abort())
    page.evaluate("window.LiveReload && LiveReload.shutDown()")
    changed = CATALOGUE.replace("poissa", "mennyt")
    place.write(PATH, changed)
    field.fill(NEW)
    field.press("Control+Enter")
    page.get_by_text("the file has changed meanwhile").wait_for()
    assert place.read(PATH) == changed
    assert field.input_value() == NEW, "what was typed stays"


def test_what_was_typed_survives_a_reload(translating, place):
    page = translating()
    page.get_by_role("button", name="Translate, source changed").click()
    page.get_by_label("Translation (Suomi)").fill("Kesken")
    with page.expect_navigation(timeout=20_000):
        place.edit("content/pages/about.md", "Nobody has translated", "Nobody else has translated")
    assert page.get_by_label("Translation (Suomi)").input_value() == "Kesken"


def test_titles_and_new_texts_can_be_translated(translating, place):
    page = translating()
    heading = page.get_by_role("heading", level=1)
    heading.click(position={"x": 5, "y": 5})
    assert page.get_by_label("Translation (Suomi)").input_value() == "Meistä"
    page.keyboard.press("Escape")
    page.locator(".prose p[data-i18n=untranslated]").click(position={"x": 5, "y": 5})
    page.get_by_label("Translation (Suomi)").fill("Tätä ei ole vielä käännetty.")
    with page.expect_navigation(timeout=20_000):
        page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved, and shown on this page.").wait_for()
    assert "Tätä ei ole vielä käännetty." in page.locator(".prose").inner_text()
    text = place.read(PATH)
    added = '#. paragraph · About us › What we do\n#: content/pages/about.md\nmsgid "Nobody has translated this yet."\n'
    assert added + 'msgstr "Tätä ei ole vielä käännetty."\n\n' in text
    assert text.replace(added + 'msgstr "Tätä ei ole vielä käännetty."\n\n', "") == CATALOGUE


def test_pages_in_their_own_language_have_no_switch(preview, visit):
    page = visit(preview.address).go("en/about/")
    assert page.locator(".sitegen-bar").count() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(translating, axe, width, dark, tmp_path):
    page = translating(width, dark=dark)
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=str(tmp_path / f"marks-{width}-{dark}.png"), full_page=True)
    page.get_by_role("button", name="Translate, source changed").click()
    page.get_by_label("Translation (Suomi)").fill("Autamme *kyliä* [tässä](https://evil.example/)")
    page.locator(".sitegen-finding--error").first.wait_for()
    assert violations(page, axe) == []
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.screenshot(path=str(tmp_path / f"panel-{width}-{dark}.png"))
