"""The static workbench in Chromium: texts are translated, kept, and downloaded as a file that every tool reads."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import harness
from sitegen.problems import Problems
from sitegen.read.po import PoFile, format_po, parse_po
from sitegen.translate.catalogue_edit import with_translation
from sitegen.translate.segment_text import message_id

from .test_accessibility import violations

pytestmark = pytest.mark.browser

SITE = """
-- site.yaml --
title: Test network
url: https://network.example/
languages:
  - tag: en
    name: English
  - tag: sr
    name: Српски
  - tag: sr-Latn
    name: Srpski
    derived_from: sr
  - tag: fi
    name: Suomi
translate:
  email: translations@network.example
  repository: https://code.example/network
-- content/pages/about.md --
---
title: About us
summary: Who we are
---
## What we do

We help *villages* with every application for [funding](ref:pages/money).

Nobody has translated this yet.

One line{two}
and another.
-- content/pages/money.md --
---
title: Money
---
There is some.
-- content/pages/draft.md --
---
title: Not yet
draft: true
---
A draft that is translated already.
-- i18n/glossary.yaml --
- term: village
  fi: kylä
""".replace("{two}", "  ")

CATALOGUE = """\
# Suomennos.
msgid ""
msgstr ""
"Language: fi\\n"
"PO-Revision-Date: 2020-01-01 10:00+0200\\n"
"Last-Translator: Somebody who wants to be "
"named at length\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Unknown: kept\\n"


msgctxt "pages.title"
msgid "About us"
msgstr ""
"Mei"
"stä"

# ask Aino
#. paragraph · About us › What we do
#: content/pages/about.md
#, fuzzy
#| msgid "We help *villages* with applications for [funding](ref:pages/money)."
msgid ""
"We help *villages* with every application for [funding](ref:pages/money)."
msgstr ""
"Autamme *kyliä* hakemaan [rahaa](ref:pages/money)."

msgid "A draft that is translated already."
msgstr "Luonnos, joka on jo käännetty."

#~ msgid "gone"
#~ msgstr "poissa"
"""

PATH = "i18n/fi/LC_MESSAGES/content.po"
STALE = "We help *villages* with every application for [funding](ref:pages/money)."
LINES = "One line\nand another."
NEW = 'Autamme *kyliä* jokaisessa "haussa", kun ne hakevat [rahaa](ref:pages/money) \\ avustuksia, joita kylät tarvitsevat.'
NEW_LINES = "Yksi rivi\nja toinen"


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def built(site: Callable[..., harness.SiteUnderTest]) -> harness.Result:
    result = site(SITE, {PATH: CATALOGUE}).build(translate=True)
    assert result.ok, result.problems
    return result


@pytest.fixture
def address(built: harness.Result) -> Iterator[str]:
    with harness.serve_plainly(built.output) as found:
        yield found


def catalogue(built: harness.Result) -> dict[str, Any]:
    (found,) = content(json.loads(built.text("fi/workbench/catalogue.json")))
    return found


def content(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The site's own texts; a theme that leaves something unsaid adds a catalogue of its own."""
    return [found for found in data["catalogues"] if found["domain"] == "content"]


def text_of(found: dict[str, Any]) -> str:
    return "".join(piece["raw"] for piece in found["pieces"]) + found["trailing"]


def task(page: Any, text: str) -> Any:
    return page.locator(".task").filter(has_text=text)


def test_only_languages_with_something_to_translate_have_one(built):
    assert [path for path in built.files if path.endswith("workbench/index.html")] == [
        "fi/workbench/index.html",
        "sr/workbench/index.html",
    ]
    page = built.html("fi/workbench/index.html")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not any("workbench/" in built.text(path) for path in built.files if "sitemap" in path)
    assert page.xpath("//script[not(@src) and not(@type='application/ld+json')] | //style | //@style") == []


def test_without_the_option_there_is_none(site):
    built = site(SITE, {PATH: CATALOGUE}).build()
    assert not any(path.endswith("catalogue.json") for path in built.files)


def test_an_address_that_is_taken_is_a_problem(site):
    place = site(SITE, {"content/pages/workbench.md": "---\ntitle: Translate\n---\nHow to.\n"})
    built = place.build(translate=True)
    assert "both want the address /fi/workbench/" in " ".join(built.problems)
    assert not built.ok


def test_the_pieces_are_the_file(built):
    """Up to what an update adds, the file is the one on disk; drafts are no less in it."""
    text = text_of(catalogue(built))
    assert text.startswith(CATALOGUE.split("msgctxt", maxsplit=1)[0].rstrip("\n"))
    assert 'msgstr "Luonnos, joka on jo käännetty."' in text
    assert "obsolete" not in text
    assert '#~ msgid "gone"' in text


def test_the_same_site_gives_the_same_bytes(site):
    first, second = (site(SITE).build(translate=True).files for _ in range(2))
    assert first == second


def download(page: Any, tmp_path: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator("[data-finish] button").click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_texts_are_translated_and_downloaded(built, address, visit, tmp_path, tool):
    seen = visit(address, accept_downloads=True)
    page = seen.go("fi/workbench/")
    stale = task(page, "We help *villages*")
    assert stale.locator("ins").all_inner_texts() == ["every application"]
    assert "village → kylä" in stale.inner_text()
    stale.locator("textarea").fill(NEW)
    task(page, "One line").locator("textarea").fill(NEW_LINES + "\n")
    page.locator("#workbench-name").fill('Aino "A" <aino@network.example>')
    found = download(page, tmp_path)
    assert found.name == "content.fi.po"
    assert seen.errors == []
    assert seen.strangers == []
    text = found.read_text(encoding="utf-8")
    subprocess.run([tool("msgfmt"), "-c", "-o", "/dev/null", str(found)], check=True)

    # What sitegen itself would have written for the same two edits, but for the header's two fields.
    po = parse_po(text_of(catalogue(built)), "wanted.po", Problems())
    for msgid, string in ((STALE, NEW), (LINES, NEW_LINES)):
        changed = with_translation(po, msgid, None, (string,))
        assert changed is not None
        po = changed
    old = '"PO-Revision-Date: 2020-01-01 10:00+0200\\n"\n"Last-Translator: Somebody who wants to be "\n"named at length\\n"'
    new = re.search(r'"PO-Revision-Date: \d{4}-\d\d-\d\d \d\d:\d\d[+-]\d{4}\\n"\n"Last-Translator: .*\\n"', text)
    assert new is not None
    assert new[0].endswith('"Last-Translator: Aino \\"A\\" <aino@network.example>\\n"')
    assert text == format_po(po).replace(old, new[0])


def test_the_file_merges_without_loss(built, address, visit, tmp_path):
    page = visit(address, accept_downloads=True).go("fi/workbench/")
    task(page, "We help *villages*").locator("textarea").fill(NEW)
    found = download(page, tmp_path)
    root = built.output.parent
    (root / PATH).write_bytes(found.read_bytes())
    done = harness.run_sitegen("i18n", "update", "--site", str(root))
    assert done.returncode == 0, done.stderr
    assert (root / PATH).read_bytes() == found.read_bytes(), "an update finds nothing to do"


def plural_catalogue(built: harness.Result) -> None:
    """Put a catalogue with plurals into the workbench, as a theme of the site's own would."""
    from sitegen.translate.workbench import workbench_catalogue

    text = CATALOGUE + (
        '\n#, python-format\nmsgid "%(num)s village"\nmsgid_plural "%(num)s villages"\nmsgstr[0] ""\nmsgstr[1] ""\n'
        '\n#, python-format\nmsgid "Page %(number)s of 100%%"\nmsgstr ""\n'
    )
    po = parse_po(text, "i18n/fi/LC_MESSAGES/ui.po", Problems())
    assert not po.damaged
    path = built.output / "fi/workbench/catalogue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    found = workbench_catalogue(po, language="fi", domain="ui", source_language="en")
    data["catalogues"] = [*content(data), found | {"sourceDir": "ltr"}]
    path.write_text(json.dumps(data), encoding="utf-8")


def test_plurals_and_placeholders(built, address, visit, tmp_path, tool):
    plural_catalogue(built)
    page = visit(address, accept_downloads=True).go("fi/workbench/")
    page.locator("#workbench-catalogue").select_option("1")
    plural = task(page, "%(num)s villages")
    assert plural.locator("textarea").count() == 2
    plural.locator("textarea").nth(0).fill("%(num)s kylä")
    plural.locator("textarea").nth(1).fill("%(num)s kylää")
    broken = task(page, "Page %(number)s")
    broken.locator("textarea").fill("Sivu 100 %")
    assert "%(number)s" in broken.locator("[data-missing]").inner_text()
    found = download(page, tmp_path)
    assert found.name == "ui.fi.po"
    subprocess.run([tool("msgfmt"), "-c", "-o", "/dev/null", str(found)], check=True)
    po = parse_po(found.read_text(encoding="utf-8"), "ui.po", Problems())
    entries = {entry.msgid: entry for entry in po.messages}
    assert entries["%(num)s village"].strings == ("%(num)s kylä", "%(num)s kylää")
    assert not entries["%(num)s village"].fuzzy
    assert entries["Page %(number)s of 100%%"].fuzzy, "what tools would refuse waits for somebody who looks at it"


HARD = [
    "plain",
    'quotes " and \\ back\\slashes \\n',
    "a\tb",
    "line\nline\n\nline",
    "x" * 100,
    "word " * 60,
    ("wörd " * 30 + "\n") * 3 + "end",
    "日本語の文章はとても長くなることがあります。" * 6 + " 空白 " * 20,
    "ẹ̀kọ́ " * 40,
    "non\u00a0breaking\u00a0spaces " * 10,
    "🏳️‍🌈 " * 30,
    "a" * 70 + " b",
]


def test_both_writers_agree(built, address, visit, tmp_path):
    """The browser's writer and sitegen's own give the same lines for texts that are hard to wrap and escape."""
    from sitegen.translate.workbench import workbench_catalogue

    entries = "".join(f'\nmsgid "Text {number}."\nmsgstr ""\n' for number in range(len(HARD)))
    po = parse_po(CATALOGUE.split("\n\n\n", maxsplit=1)[0] + "\n" + entries, PATH, Problems())
    path = built.output / "fi/workbench/catalogue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for width in (79, 0):
        sized: PoFile = replace(po, width=width)
        found = workbench_catalogue(sized, language="fi", domain="content", source_language="en")
        data["catalogues"] = [found | {"sourceDir": "ltr"}]
        path.write_text(json.dumps(data), encoding="utf-8")
        page = visit(address, accept_downloads=True).go("fi/workbench/")
        for number, text in enumerate(HARD):
            task(page, f"Text {number}.").locator("textarea").fill(text.strip())
        text = download(page, tmp_path).read_text(encoding="utf-8")
        for number, string in enumerate(HARD):
            changed = with_translation(sized, f"Text {number}.", None, (unicodedata.normalize("NFC", string.strip()),))
            assert changed is not None
            sized = changed
        assert text.split('msgid "Text 0."')[1] == format_po(sized).split('msgid "Text 0."')[1]


def test_work_is_kept_in_the_browser(built, address, visit):
    page = visit(address).go("fi/workbench/")
    task(page, "Nobody has").locator("textarea").fill("Kukaan ei.")
    task(page, "There is some").locator("textarea").fill("On sitä.")
    page.reload()
    page.locator("#workbench-show").select_option("edited")
    assert {area.input_value() for area in page.locator("textarea").all()} == {"Kukaan ei.", "On sitä."}
    # A newer catalogue: edits go with their messages as long as these say what they said.
    path = built.output / "fi/workbench/catalogue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    (found,) = content(data)
    found["digest"] = "0" * 32
    for piece in found["pieces"]:
        if piece.get("msgid") == "There is some.":
            piece["strings"], piece["state"] = ["Rahaa on."], "translated"
    path.write_text(json.dumps(data), encoding="utf-8")
    page.reload()
    page.locator("#workbench-show").select_option("edited")
    assert [area.input_value() for area in page.locator("textarea").all()] == ["Kukaan ei."]


def test_who_keeps_nothing_is_warned(address, visit):
    seen = visit(address)
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = seen.go("fi/workbench/")
    assert page.locator("[data-unkept]").is_visible()
    task(page, "Nobody has").locator("textarea").fill("Kukaan ei.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def test_the_keyboard_leads_from_text_to_text(address, visit):
    page = visit(address).go("fi/workbench/")
    stale = task(page, "We help *villages*")
    stale.locator("textarea").focus()
    before = page.locator("#workbench-progress").evaluate("element => element.value")
    page.keyboard.press("Control+Enter")  # it is right as it is
    assert stale.get_attribute("data-is") == "edited"
    assert page.locator("#workbench-progress").evaluate("element => element.value") == before + 1
    focused = "document.activeElement.closest('.task')?.querySelector('[data-source]').textContent"
    assert page.evaluate(focused) == "Nobody has translated this yet."
    page.keyboard.type("Kukaan ei.")
    page.keyboard.press("Control+Enter")
    assert page.evaluate(focused) == LINES
    stale.locator("[data-undo]").click()
    assert stale.get_attribute("data-is") == "stale"
    assert page.evaluate(focused) == STALE


def test_filter_and_search(address, visit):
    page = visit(address).go("fi/workbench/")
    shown = page.locator("[data-source]")
    assert "About us" not in shown.all_inner_texts()
    page.locator("#workbench-show").select_option("all")
    assert "About us" in shown.all_inner_texts()
    page.locator("#workbench-show").select_option("stale")
    assert shown.all_inner_texts() == [STALE]
    page.locator("#workbench-find").fill("xyz")
    assert page.locator("[data-empty]").is_visible()
    page.locator("#workbench-show").select_option("all")
    page.locator("#workbench-find").fill("MEISTÄ")
    assert shown.all_inner_texts() == ["About us"]
    mail = page.locator("[data-email] a").get_attribute("href")
    assert mail.startswith("mailto:translations@network.example?subject=fi%3A%20i18n")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(address, visit, axe, width, dark, tmp_path):
    seen = visit(address, width, dark=dark)
    page = seen.go("fi/workbench/")
    task(page, "Nobody has").locator("textarea").fill("Kukaan ei. <b>")
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.errors == []
    page.screenshot(path=str(tmp_path / f"workbench-{width}-{dark}.png"), full_page=True)


def test_ids_are_those_of_the_preview(built):
    ids = {piece["msgid"]: piece["id"] for piece in catalogue(built)["pieces"] if "id" in piece}
    assert ids[STALE] == message_id(STALE)
