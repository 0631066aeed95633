"""The directory in Chromium under a strict Content-Security-Policy: typed, chosen, by keyboard, shared, without scripts."""

from __future__ import annotations

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
title: Мрежа
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
source_language: sr-Cyrl
translate: {threshold: 0}
collections:
  pages: {}
  lags: {title: Групе}
-- content/data/lags.yaml --
- {id: rasina, name: Расина и Крушевац, country: RS, region: Расински округ, status: accredited, themes: [вода], location: {lon: 21.3, lat: 43.6}}
- {id: dzep, name: Џеп, country: RS, region: Пчињски округ, status: potential, themes: [вода, храна]}
- {id: djerdap, name: Ђердап, country: RS, region: Борски округ, status: accredited, municipalities: [Кладово], location: {lon: 22.1, lat: 44.6}}
- {id: lodz, name: Łódzka grupa, country: PL, region: Łódzkie, status: accredited, location: {lon: 19.4, lat: 51.7}}
- {id: jarvi, name: Järvi-Suomi, country: FI, region: Keski-Suomi, location: {lon: 25.7, lat: 62.2}}
- {id: hostile, name: "<b onmouseover=alert(1)>Bread</b> & butter", country: FI}
"""
MANY = "".join(f"- {{id: v{n}, name: Village {n}, country: PL, status: accredited}}\n" for n in range(70))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sut = harness.SiteUnderTest(tmp_path_factory.mktemp("directory") / "site", harness.unpack(SITE + MANY))
    result = sut.build()
    assert result.ok, result.problems
    return result.output


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    with harness.serve_plainly(built) as address:
        yield address


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def told(page: Any) -> str:
    page.locator("[data-directory-status]:not(:empty)").wait_for()
    return page.locator("[data-directory-status]").inner_text()


def found(page: Any) -> list[str]:
    return page.locator("[data-directory-results] :is(.card__title, tbody th)").all_text_contents()


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name || ''")


@pytest.mark.parametrize("folder, name", [("sr", "Расина и Крушевац"), ("sr-latn", "Rasina i Kruševac")])
def test_serbian_names_are_found_in_either_script(served, visit, folder, name):
    seen = visit(served)
    page = seen.go(f"{folder}/lags/")
    box = page.get_by_role("searchbox")
    for query in ("krusevac", "Kruševac", "Крушев", "rasina krus"):
        box.fill(query)
        page.wait_for_function("name => document.querySelector('.card__title')?.textContent === name", arg=name)
        assert (query, found(page)) == (query, [name])
    box.fill("кладово")
    page.wait_for_function("document.querySelector('.card__link').href.endsWith('/djerdap/')")
    assert (seen.errors, seen.strangers) == ([], [])


def test_letters_are_found_without_their_diacritics(served, visit):
    page = visit(served).go("fi/lags/")
    for query, name in (("lodz", "Łódzka grupa"), ("jarvi", "Järvi-Suomi"), ("SUOMI jär", "Järvi-Suomi")):
        page.get_by_role("searchbox").fill(query)
        page.wait_for_function("name => document.querySelector('.card__title')?.textContent === name", arg=name)


def test_choices_narrow_the_list_and_tell_their_numbers(served, visit):
    seen = visit(served)
    page = seen.go("sr/lags/")
    country, status = page.get_by_label("Држава"), page.get_by_label("Статус")
    assert country.locator("option").all_inner_texts() == ["Све", "Пољска (71)", "Србија (3)", "Финска (2)"]
    country.select_option("rs")
    assert told(page) == "Резултати: 3"
    assert found(page) == ["Ђердап", "Расина и Крушевац", "Џеп"]
    assert status.locator("option").all_inner_texts() == ["Све", "Акредитована (2)", "Потенцијална (1)"]
    assert country.locator("option").nth(1).inner_text() == "Пољска (71)"
    status.select_option("potential")
    page.get_by_text("Резултати: 1").wait_for()
    assert found(page) == ["Џеп"]
    assert page.url == served + "sr/lags/?country=rs&status=potential"
    page.get_by_role("button", name="Поништи избор").click()
    assert page.url == served + "sr/lags/"
    assert page.locator("[data-directory-list]").is_visible()
    assert focused(page) == "q"
    assert (seen.errors, seen.strangers) == ([], [])


def test_the_number_is_told_to_those_who_listen(served, visit):
    page = visit(served).go("fi/lags/")
    status = page.get_by_role("status")
    assert status.inner_text() == ""
    page.get_by_role("searchbox").fill("lodz")
    assert told(page) == "Tuloksia: 1"
    page.get_by_role("searchbox").fill("qqq")
    page.get_by_text("Mitään ei löytynyt.").wait_for()
    assert found(page) == []
    page.get_by_role("searchbox").fill("")
    page.locator("[data-directory-status]:empty").wait_for(state="attached")
    assert page.locator("[data-directory-list]").is_visible()


def test_what_is_shown_has_an_address_and_back_works(served, visit):
    seen = visit(served)
    page = seen.go("pl/lags/")
    box = page.get_by_role("searchbox")
    box.press_sequentially("łódz")
    page.wait_for_url(f"**/pl/lags/?q={quote('łódz')}")
    page.get_by_label("Kraj").select_option("pl")
    page.get_by_role("radio", name="Tabela").check()
    page.wait_for_url(f"**/pl/lags/?q={quote('łódz')}&country=pl&view=table")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/pl/lags/lodz/")
    page.go_back()
    assert "1" in told(page)
    assert (box.input_value(), page.get_by_label("Kraj").input_value(), found(page)) == ("łódz", "pl", ["Łódzka grupa"])
    page.go_back()  # from the table
    page.locator(".card__title").first.wait_for()
    page.go_back()  # from the country
    page.wait_for_url(f"**/pl/lags/?q={quote('łódz')}")
    page.go_back()  # from the words
    page.wait_for_url("**/pl/lags/")
    page.locator("[data-directory-list]").wait_for()
    assert box.input_value() == ""
    shared = visit(served).go("pl/lags/?country=fi&view=table&status=nonsense")
    assert sorted((told(shared), found(shared))[1]) == ["<b onmouseover=alert(1)>Bread</b> & butter", "Järvi-Suomi"]
    assert (seen.errors, seen.strangers) == ([], [])


def test_by_keyboard_alone(served, visit):
    seen = visit(served)
    page = seen.go("sr/lags/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == "q":
            break
    page.keyboard.type("село village 1")
    page.keyboard.press("Control+A")
    page.keyboard.type("village 1")
    told(page)
    page.wait_for_function("document.querySelectorAll('[data-directory-results] .card').length === 11")
    walk = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "Escape", "ArrowDown"):
        page.keyboard.press(key)
        walk.append(focused(page))
    assert walk == ["Village 1", "Village 10", "Village 1", "q", "Village 1", "q", "Village 1"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/sr/lags/v1/")
    assert (seen.errors, seen.strangers) == ([], [])


def test_more_groups_are_shown_on_demand(served, visit):
    page = visit(served).go("en/lags/?country=pl")
    assert told(page) == "Results: 71"
    assert len(found(page)) == 48
    page.get_by_role("button", name="More results").press("Enter")
    assert len(set(found(page))) == 71
    assert page.evaluate(
        "document.activeElement === document.querySelectorAll('[data-directory-results] .card__link')[48]"
    )
    assert page.get_by_role("button", name="More results").count() == 0


def test_names_stay_text(served, visit):
    page = visit(served).go("en/lags/?q=bread")
    told(page)
    assert found(page) == ["<b onmouseover=alert(1)>Bread</b> & butter"]
    assert page.locator("[onmouseover]").count() == 0


def test_without_a_script_everything_is_reached(served, visit):
    page = visit(served, java_script_enabled=False).go("sr/lags/")
    assert not page.locator(".directory__form").is_visible()
    assert page.locator(".register a").count() == 76
    page.locator(".letters a", has_text="Џ").click()
    page.wait_for_url("**/#letter-*")
    page.locator(".facet summary").first.click()
    page.locator(".facets a", has_text="Финска").click()
    page.wait_for_url("**/sr/lags/country/fi/")
    assert len(page.locator(".card__title").all_inner_texts()) == 2
    assert not page.locator(".directory__form").is_visible()


def test_the_page_of_a_value_searches_the_directory(served, visit):
    page = visit(served).go("sr/lags/country/rs/")
    page.get_by_role("searchbox").fill("krus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sr/lags/?country=rs&q=krus")
    assert (told(page), found(page)) == ("Резултати: 1", ["Расина и Крушевац"])


def test_a_file_that_does_not_come_is_told(served, visit):
    seen = visit(served)
    seen.page.route("**/directory.json", lambda route: route.abort())
    page = seen.go("en/lags/?q=village")
    assert told(page) == "The search could not be loaded. Please try again."
    assert page.locator(".register a").first.is_visible()
    seen.page.unroute("**/directory.json")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_text("Results: 70").wait_for()


@pytest.mark.parametrize("width, dark", [(320, False), (1280, True)])
def test_everyone_can_use_it(served, visit, axe, width, dark):
    seen = visit(served, width, dark=dark)
    for path in (
        "sr/lags/",
        "pl/lags/?country=rs",
        "fi/lags/?view=table",
        "en/lags/country/fi/",
        "sr-latn/lags/jarvi/",
    ):
        page = seen.go(path)
        if "?" in path:
            told(page)
        assert (path, violations(page, axe)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert (seen.errors, seen.strangers) == ([], [])
