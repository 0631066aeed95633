"""The drawing of maps: countries where they are, marks inside their countries, the same bytes every time."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sitegen.render.map_data import countries
from sitegen.render.maps import KINDS, MapOptions, Maps
from sitegen.schema.fields import Coordinates

NAMES = {"FI": "Suomi", "RS": "Srbija", "PL": "Polska", "ES": "España"}


def entry(name: str, country: str, lon: float | None = None, lat: float | None = None) -> SimpleNamespace:
    place = None if lon is None or lat is None else Coordinates(lon, lat)
    return SimpleNamespace(id=f"lags/{name}", title=name, url=f"/{name}/", country=country, location=place)


def draw(*entries: SimpleNamespace, kind: str = "page", **options: str):
    maps = Maps(MapOptions(**options))
    return maps.draw(entries, kind, "en", lambda code: NAMES.get(code, code), lambda _code, _entries: "/list/")


def test_nothing_to_show_is_no_map():
    assert draw() is None
    assert draw(entry("nowhere", "")) is None


def test_countries_with_members_are_areas_with_their_names_and_members():
    view = draw(entry("one", "FI"), entry("two", "RS"), entry("three", "FI"))
    assert [(area.code, area.name, len(area.entries)) for area in view.areas] == [
        ("RS", "Srbija", 1),
        ("FI", "Suomi", 2),
    ] or [(area.code, area.name, len(area.entries)) for area in view.areas] == [("FI", "Suomi", 2), ("RS", "Srbija", 1)]
    assert all(area.path.startswith("M") for area in view.areas)
    assert all(0 <= area.x <= view.width and 0 <= area.y <= view.height for area in view.areas)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_map_is_small_and_always_the_same(kind: str):
    entries = [
        entry("a", "FI", 25.7, 62.2),
        entry("b", "RS", 21.3, 43.6),
        entry("c", "PL", 21.0, 52.2),
        entry("d", "ES", -3.7, 40.4),
    ]
    first, second = draw(*entries, kind=kind), draw(*entries, kind=kind)
    assert first == second
    assert len(str(first.land) + "".join(area.path for area in first.areas) + first.borders) < 60_000


def test_north_is_up_and_east_is_right():
    view = draw(entry("north", "FI", 25.7, 62.2), entry("south", "RS", 21.3, 43.6), entry("west", "ES", -3.7, 40.4))
    marks = {mark.entries[0].title: (mark.x, mark.y) for mark in view.marks}
    assert marks["north"][1] < marks["south"][1]
    assert marks["west"][0] < marks["south"][0]


def test_a_few_members_in_one_place_stand_side_by_side_and_many_share_a_mark():
    few = draw(entry("a", "FI", 25.7, 62.2), entry("b", "FI", 25.7, 62.2), entry("c", "ES", -3.7, 40.4))
    places = {(mark.x, mark.y) for mark in few.marks}
    assert len(places) == 3
    many = draw(*(entry(f"m{number}", "FI", 25.7, 62.2) for number in range(9)), entry("c", "ES", -3.7, 40.4))
    assert sorted(len(mark.entries) for mark in many.marks) == [1, 9]
    assert {mark.url for mark in many.marks} == {"/list/", "/c/"}


def test_an_unknown_country_is_left_out():
    view = draw(entry("a", "FI"), entry("b", "QQ"))
    assert [area.code for area in view.areas] == ["FI"]


def test_every_country_has_an_outline():
    data = countries()
    assert {"FI", "PL", "RS"} <= set(data.rings)
    assert all(rings for rings in data.rings.values())
