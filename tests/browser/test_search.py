"""The search in Chromium under a strict Content-Security-Policy: in either script, by keyboard, at a root and below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import harness

from .test_accessibility import violations

pytestmark = pytest.mark.browser

SITE = """
-- site.yaml --
title: Network
url: https://network.example/
theme: network
languages:
  - tag: sr-Cyrl
    path: sr
  - tag: sr-Latn
    path: sr-latn
    derived_from: sr-Cyrl
  - pl
  - fi
  - en
  - lb
source_language: sr-Cyrl
menus:
  main: [pages/town]
-- content/pages/index.md --
---
title: Почетна
---
Добро дошли.
-- content/pages/town.md --
---
title: Крушевац
---
Град на реци Расини. Овде живе Ђорђе и Љубица.
-- content/pages/people.md --
---
title: Људи
summary: Ко овде ради.
---
Мајстори из Крушевца граде куће.
-- content/pages/lodz.pl.md --
---
title: Łódź
---
Miasto w Polsce, w województwie łódzkim. Działa tu kilka gmin.
-- content/pages/saarijarvi.fi.md --
---
title: Saarijärvi
---
Kaupunki Keski-Suomessa. Naapurissa on viisi kuntaa.
-- content/pages/escaped.en.md --
---
title: Bread & butter
---
Some say 1 < 2, and `<script>alert(1)</script>` is text.
-- content/pages/dierfer.lb.md --
---
title: Dierfer
---
Eis Dierfer.
"""
MANY = "".join(f"-- content/pages/many-{n}.en.md --\n---\ntitle: Village {n}\n---\nA village.\n" for n in range(25))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sut = harness.SiteUnderTest(tmp_path_factory.mktemp("search") / "site", harness.unpack(SITE + MANY))
    result = sut.build()
    assert result.ok, result.problems
    return result.output


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    with harness.serve_plainly(built) as address:
        yield address


def told(page: Any) -> str:
    """What the search says of its results, once it does."""
    page.locator("[data-search-status]:not(:empty)").wait_for()
    return page.locator("[data-search-status]").inner_text()


def results(page: Any) -> list[str]:
    return page.locator(".result__link").all_inner_texts()


def ask(seen: Any, folder: str, query: str) -> list[str]:
    page = seen.go(f"{folder}/search/?q={quote(query)}")
    told(page)
    return results(page)


@pytest.mark.parametrize("folder, town, people", [("sr", "Крушевац", "Људи"), ("sr-latn", "Kruševac", "Ljudi")])
def test_serbian_is_found_in_either_script_and_in_other_forms(served, visit, folder, town, people):
    seen = visit(served)
    for query in ("Крушевац", "krusevac", "Kruševac"):
        assert (query, ask(seen, folder, query)) == (query, [town, people])
    for query in ("Крушевца", "krusevca", "KRUŠEVCU", "круше"):
        assert (query, sorted(ask(seen, folder, query))) == (query, sorted([town, people]))
    assert (seen.errors, seen.strangers) == ([], [])


QUERIES = """
    pl  Łódź             lodz, Łódź, łodzi, gmina
    fi  Saarijärvi       saarijarvi, SAARIJÄRVI, Saarijärvellä, Saarijärven, kunta, kunnan
    sr  Крушевац         djordje, dorde, Ђорђу, ljubice
    en  Bread & butter   bread & butter, butters
    lb  Dierfer          Dierf, Dierfes
"""  # for the last language there is no list of endings


@pytest.mark.parametrize("line", QUERIES.strip().splitlines())
def test_words_are_found_without_their_diacritics_and_in_other_forms(served, visit, line):
    folder, title, queries = re.split(r"\s{2,}", line.strip())
    seen = visit(served)
    for query in queries.split(", "):
        assert (query, ask(seen, folder, query)[:1]) == (query, [title])


def test_other_words_are_not_found(served, visit):
    seen = visit(served)
    for folder, query in (("fi", "saarna"), ("fi", "järvi"), ("pl", "kot"), ("sr", "крава"), ("sr", "круг")):
        assert (query, ask(seen, folder, query)) == (query, [])


def test_results_show_the_spelling_of_the_page(served, visit):
    page = visit(served).go("sr/search/?q=krusevac")
    told(page)
    assert page.locator(".result mark").all_inner_texts() == ["Крушевац", "Крушевца"]
    assert page.locator(".result__excerpt").nth(1).inner_text() == "Ко овде ради. Мајстори из Крушевца граде куће."
    page = visit(served).go("en/search/?q=script")
    told(page)
    assert "<script>alert(1)</script> is text" in page.locator(".result__excerpt").first.inner_text()


def test_texts_of_another_language_say_so(served, visit):
    page = visit(served).go("fi/search/?q=krusevac")
    told(page)
    assert page.locator(".result__link").first.get_attribute("lang") == "sr-Cyrl"
    assert page.locator(".result__excerpt").first.get_attribute("lang") == "sr-Cyrl"


def test_what_is_found_is_told_to_those_who_listen(served, visit):
    page = visit(served).go("fi/search/")
    status = page.get_by_role("status")
    assert status.inner_text() == ""
    box = page.get_by_role("searchbox", name="Mitä etsit?")
    box.fill("kunta")
    assert told(page) == "Tuloksia: 1"
    box.fill("qqq")
    page.get_by_text("Mitään ei löytynyt.").wait_for()
    assert results(page) == []
    box.fill("kunta qqq")
    page.get_by_text("Tuloksia: 1").wait_for()
    assert status.inner_text().startswith("Millään sivulla ei ole kaikkia näitä sanoja.")
    box.fill("")
    page.locator("[data-search-status]:empty").wait_for(state="attached")
    assert results(page) == []


def test_by_keyboard_alone(served, visit):
    seen = visit(served)
    page = seen.go("sr/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "../sr/search/":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/sr/search/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("krusevac")
    told(page)
    page.locator(".result").nth(1).wait_for()
    focused = "document.activeElement.textContent || document.activeElement.type"
    walk = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Escape", "ArrowDown", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        walk.append(page.evaluate(focused))
    assert walk == ["Крушевац", "Људи", "Људи", "Крушевац", "search", "Крушевац", "search", "Крушевац"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sr/town/")
    assert (seen.errors, seen.strangers) == ([], [])


def test_a_search_has_an_address(served, visit):
    page = visit(served).go("pl/search/")
    page.get_by_role("searchbox").fill("łódź")
    page.wait_for_url(f"**/pl/search/?q={quote('łódź')}")
    told(page)
    page.locator(".result__link").first.click()
    page.wait_for_url("**/pl/lodz/")
    page.go_back()
    told(page)
    assert page.get_by_role("searchbox").input_value() == "łódź"
    assert results(page) == ["Łódź"]


def test_more_results_are_shown_on_demand(served, visit):
    page = visit(served).go("en/search/?q=village")
    assert told(page) == "Results: 25"
    assert len(results(page)) == 10
    more = page.get_by_role("button", name="More results")
    more.press("Enter")
    page.locator(".result").nth(19).wait_for()
    assert page.evaluate("document.activeElement") is not None
    assert page.evaluate("document.activeElement.closest('.result') === document.querySelectorAll('.result')[10]")
    more.click()
    page.locator(".result").nth(24).wait_for()
    assert more.count() == 0
    assert len(set(results(page))) == 25


def test_in_a_sub_folder_and_moved(built, visit):
    with harness.serve_plainly(built, "/sub/folder/") as at:
        seen = visit(at)
        assert ask(seen, "sr", "krusevac") == ["Крушевац", "Људи"]
        seen.page.locator(".result__link").first.click()
        assert seen.page.url == at + "sr/town/"
        assert (seen.errors, seen.strangers) == ([], [])


def test_the_box_for_missing_pages_leads_to_results(served, visit):
    page = visit(served).go("pl/404.html")
    page.get_by_role("searchbox").fill("lodz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pl/search/?q=lodz")
    told(page)
    assert results(page) == ["Łódź"]


def test_without_a_script_the_page_says_so_and_leads_on(served, visit):
    page = visit(served, java_script_enabled=False).go("fi/search/")
    assert page.get_by_text("Haku tarvitsee JavaScriptin").is_visible() or page.locator("noscript .notice").is_visible()
    page.get_by_role("searchbox").fill("kunta")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fi/search/?q=kunta")


def test_an_index_that_does_not_come_is_told(served, visit):
    seen = visit(served)
    seen.page.route("**/search/*.json", lambda route: route.abort())
    page = seen.go("en/search/?q=village")
    assert told(page) == "The search could not be loaded. Please try again."
    seen.page.unroute("**/search/*.json")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Results: 25").wait_for()


def test_a_page_from_before_the_last_publication_finds_the_new_index(tmp_path, visit):
    sut = harness.SiteUnderTest(tmp_path / "site", harness.unpack(SITE))
    output = sut.build().output
    with harness.serve_plainly(output) as at:
        page = visit(at).go("pl/search/")
        page.get_by_role("searchbox").fill("qq")
        told(page)  # words are known now, texts are not
        sut.edit("content/pages/lodz.pl.md", "Miasto", "Duże miasto")
        assert sut.build().ok
        page.get_by_role("searchbox").fill("lodz")
        page.get_by_text("Duże miasto").wait_for()
        assert results(page) == ["Łódź"]


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width, dark", [(320, False), (1280, True)])
def test_everyone_can_use_it(served, visit, axe, width, dark):
    seen = visit(served, width, dark=dark)
    for path in ("sr/search/", "fi/search/?q=krusevac", "en/search/?q=village", "pl/search/?q=qqq"):
        page = seen.go(path)
        if "q=" in path:
            told(page)
        assert (path, violations(page, axe)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("folder, town", [("sr", "Крушевац"), ("sr-latn", "Kruševac"), ("en", "Kruševac")])
def test_the_flagship_is_searched_in_either_script(served_flagship, visit, folder, town):
    seen = visit(served_flagship)
    for query in ("krusevac", "Kruševac", "Крушевац", *(("Крушевца",) if folder != "en" else ())):
        assert town in ask(seen, folder, query)[0]
    assert (seen.errors, seen.strangers) == ([], [])
