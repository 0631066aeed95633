"""The drawing of maps: countries where they are, marks inside their countries, the same bytes every time."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitegen.render.map_data import countries
from sitegen.render.maps import KINDS, MapOptions, Maps
from sitegen.schema.fields import Coordinates

NAMES = {"FI": "Suomi", "RS": "Srbija", "PL": "Polska", "ES": "España", "DE": "Deutschland"}


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


def test_names_stand_beside_their_marks_and_none_upon_another():
    places = {"North": (25, 66), "Middle": (25.7, 62.2), "Near": (30.5, 63.5), "South": (21.3, 43.6)}
    view = draw(*(entry(name, "FI" if lat > 50 else "RS", lon, lat) for name, (lon, lat) in places.items()))
    assert {str(mark.entries[0].title) for mark in view.marks if mark.named} == set(places)
    boxes = [name_box(mark) for mark in view.marks]
    boxes += [
        (label.x - 7 * len(label.name), label.y - 20, label.x + 7 * len(label.name), label.y) for label in view.labels
    ]
    for number, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[2] <= view.width
        for other in boxes[:number]:
            assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def name_box(mark) -> tuple[float, float, float, float]:
    width = 12 * len(mark.entries[0].title)
    left = {"after": mark.x + 26, "before": mark.x - 26 - width, "above": mark.x - width / 2}[mark.side]
    top = mark.y - 58 if mark.side == "above" else mark.y - 14
    return left, top, left + width, top + 28


def test_long_names_and_those_of_many_marks_wait_until_somebody_points():
    long = draw(entry("A name that is far too long for any map", "FI", 25.7, 62.2), entry("Short", "ES", -3.7, 40.4))
    assert {str(mark.entries[0].title)[:5]: mark.named for mark in long.marks} == {"A nam": False, "Short": True}
    many = draw(*(entry(f"n{lon}{lat}", "FI", lon, lat) for lon in range(-9, 30, 6) for lat in range(38, 68, 6)))
    assert len(many.marks) > 24
    assert not any(mark.named for mark in many.marks)


def test_a_country_without_marks_tells_how_many_members_it_has():
    view = draw(
        entry("a", "FI"), entry("b", "FI"), entry("c", "RS"), entry("d", "ES", -3.7, 40.4), entry("e", "ES", -2, 40)
    )
    assert {label.name for label in view.labels if label.member} == {"Suomi (2)", "Srbija", "España"}


@pytest.mark.parametrize(
    "members, disputed, named",
    [(["RS"], "dashed", False), (["RS"], "hide", False), (["RS"], "show", True), (["RS", "XK"], "dashed", True)],
)
def test_a_disputed_area_is_named_only_where_it_is_shown_or_has_members(members, disputed, named):
    view = draw(*(entry(code, code) for code in members), disputed=disputed)
    assert ("XK" in {label.name.partition(" ")[0] for label in view.labels}) is named


def test_a_disputed_line_is_drawn_as_the_site_says():
    lines = {way: draw(entry("a", "RS"), disputed=way) for way in ("dashed", "show", "hide")}
    assert lines["dashed"].disputed
    assert not lines["show"].disputed
    assert not lines["hide"].disputed
    assert len(lines["show"].borders) > len(lines["hide"].borders)


def test_the_name_of_a_country_stands_within_it():
    located = [entry(f"{lon} {lat}", "PL", lon, lat) for lon, lat in ((19, 52), (16, 51), (22, 53), (21, 50))]
    view = draw(*located, entry("g", "DE", 10, 51))
    label = next(label for label in view.labels if label.name == "Polska")
    middle = next(area for area in view.areas if area.code == "PL")
    assert abs(label.x - middle.x) < 150
    assert abs(label.y - middle.y) < 150


def test_pages_of_the_flagship_have_small_maps(flagship: Path):
    maps = {
        path.relative_to(flagship).as_posix(): svg
        for path in sorted(flagship.rglob("*.html"))
        for svg in re.findall(r"<svg class=\"map__drawing\".*?</svg>", path.read_text("utf-8"), re.DOTALL)
    }
    assert {"en/lags/index.html", "en/lags/viisari/index.html"} <= set(maps)
    assert {path: len(svg.encode()) for path, svg in maps.items() if len(svg.encode()) > 60_000} == {}
    assert "Finska" in maps["sr-latn/lags/index.html"]
    assert "Suomi" in maps["fi/lags/index.html"]
    assert "Leader Viisari" in maps["en/lags/index.html"]
    linked = re.findall(r'<a class="map__area" href="([^"]+)"', maps["en/networks/index.html"])
    assert sorted(linked) == ["../../en/networks/ksl-plus/", "../../en/networks/leader-plus/"]
    assert not [path for path, svg in maps.items() if re.search(r"(href|src|url\()=?[\"']?(https?:)?//", svg)]
