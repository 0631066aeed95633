"""The map of groups in Chromium: walked by keyboard, heard, seen in both colour schemes, small and from here alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

import harness

from .test_accessibility import violations

pytestmark = pytest.mark.browser

SITE = """
-- site.yaml --
title: Network
url: https://network.example/
theme: network
languages: [en, fi]
collections:
  pages: {}
  lags: {title: Groups}
-- content/data/lags.yaml --
- {id: north, name: Northern Lakes, country: FI, location: {lon: 27, lat: 66}}
- {id: lakes, name: Lakes and Forests, short_name: Lakes, country: FI, location: {lon: 25.7, lat: 62.2}}
- {id: river, name: The River, country: RS, location: {lon: 22.1, lat: 44.6}}
- {id: hills, name: "Hills <i>& vines", country: RS}
"""
TOWN = "".join(f"- {{id: t{n}, name: Town {n}, country: PL, location: {{lon: 21, lat: 52.2}}}}\n" for n in range(8))
MAP = ".map__drawing"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    sut = harness.SiteUnderTest(tmp_path_factory.mktemp("map") / "site", harness.unpack(SITE + TOWN))
    result = sut.build()
    assert result.ok, result.problems
    with harness.serve_plainly(result.output) as address:
        yield address


def walk(page: Any) -> list[tuple[str, str]]:
    """(accessible name, address) of every stop of the Tab key on the map, in its order."""
    page.locator(f"{MAP} a").first.focus()
    stops = []
    while page.evaluate("!!document.activeElement.closest('.map__drawing')"):
        focus = page.locator(":focus")
        name = focus.get_attribute("aria-label") or focus.text_content().strip()
        stops.append((name, focus.evaluate("link => link.href.baseVal")))
        page.keyboard.press("Tab")
    return stops


def test_by_keyboard_alone(served, visit):
    seen = visit(served)
    page = seen.go("en/lags/")
    stops = walk(page)
    assert [name for name, _ in stops[:3]] == ["Finland: 2", "Poland: 8", "Serbia: 2"]
    marks = [name for name, _ in stops[3:]]
    assert marks == ["Northern Lakes", "Lakes", "8: Town 0, Town 1, Town 2 …", "The River"]
    link = page.locator(f"{MAP} a", has_text="Lakes").last
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    dot = link.locator("circle")
    assert dot.evaluate("dot => getComputedStyle(dot).strokeWidth") == "8px"
    assert link.locator("text").evaluate("text => getComputedStyle(text).opacity") == "1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/lags/lakes/")
    assert (seen.errors, seen.strangers) == ([], [])


def test_every_stop_leads_to_a_page(served, visit):
    page = visit(served).go("fi/lags/")
    stops = walk(page)
    assert ("Suomi: 2", "../../fi/lags/country/fi/") in stops
    for _, address in stops:
        assert page.request.get(page.evaluate("address => new URL(address, location.href).href", address)).ok


def test_it_is_heard_as_a_group_of_links_with_names(served, visit):
    page = visit(served).go("en/lags/")
    assert page.get_by_role("group", name="Map").get_by_role("link").count() == 7
    told = page.get_by_role("group", name="Map").aria_snapshot()
    assert 'link "The River"' in told
    assert "Sweden" not in told  # names of countries without groups are for the eye
    assert page.get_by_role("link", name="8: Town 0, Town 1, Town 2 …").count() == 1


def test_it_has_colours_of_its_own_in_either_scheme(served, visit):
    colours = {}
    for dark in (False, True):
        page = visit(served, dark=dark).go("en/lags/")
        colours[dark] = {
            kind: page.locator(f".map__{kind}").first.evaluate("shape => getComputedStyle(shape).fill")
            for kind in ("land", "country", "dot", "label--member")
        }
        assert len(set(colours[dark].values())) == 4
        assert "rgb(0, 0, 0)" not in colours[dark].values()
    assert not set(colours[False].values()) & set(colours[True].values())


@pytest.mark.parametrize("width, dark", [(320, True), (1280, False)])
def test_everyone_can_use_it(served, visit, width, dark):
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    seen = visit(served, width, dark=dark)
    for path in ("en/lags/", "fi/lags/river/", "en/lags/country/fi/"):
        page = seen.go(path)
        assert (path, violations(page, axe)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        box = page.locator(MAP).bounding_box()
        assert box["width"] > 250
        assert 1.2 < box["width"] / box["height"] < 1.7
    assert (seen.errors, seen.strangers) == ([], [])
