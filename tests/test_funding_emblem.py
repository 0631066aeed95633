"""The emblem of the European Union keeps its geometry and its colours."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import pytest

from sitegen.render.emblem import eu_emblem_file, eu_emblem_svg, star_centres, star_points

SVG = "{http://www.w3.org/2000/svg}"


def drawn_stars(svg):
    """The points of each star as they are drawn."""
    path = ET.fromstring(svg).findall(f"{SVG}path")[1].get("d")
    return [
        [tuple(map(float, point.split())) for point in star.strip("Z").split("L")] for star in path.split("M") if star
    ]


def test_twelve_stars_stand_on_the_circle_like_the_hours_of_a_clock():
    stars = drawn_stars(eu_emblem_svg())
    assert len(stars) == 12
    for hour, star in enumerate(stars):
        x, y = (sum(values) / 5 for values in zip(*star, strict=True))
        assert math.hypot(x - 13.5, y - 9) == pytest.approx(6, abs=0.002)
        assert x == pytest.approx(13.5 + 6 * math.sin(math.radians(30 * hour)), abs=0.002)
        assert y == pytest.approx(9 - 6 * math.cos(math.radians(30 * hour)), abs=0.002)


def test_stars_are_upright_and_regular():
    for star in drawn_stars(eu_emblem_svg()):
        x, y = (sum(values) / 5 for values in zip(*star, strict=True))
        assert len(star) == 5
        assert min(star, key=lambda point: point[1]) == pytest.approx((x, y - 1), abs=0.002), "one point straight up"
        assert all(math.hypot(px - x, py - y) == pytest.approx(1, abs=0.002) for px, py in star)
        lower = sorted(star, key=lambda point: -point[1])[:2]
        assert lower[0][1] == lower[1][1], "standing on two points"


def test_the_inner_corners_are_those_of_the_regulation():
    one, two, three, four, _ = star_points(star_centres()[0])
    # Where the first two strokes that cross meet: at 0.381966 of the radius from the centre.
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = one, two, three, four
    scale = (x1 - x2) * (y3 - y4) - (y1 - y2) * (x3 - x4)
    x = ((x1 * y2 - y1 * x2) * (x3 - x4) - (x1 - x2) * (x3 * y4 - y3 * x4)) / scale
    y = ((x1 * y2 - y1 * x2) * (y3 - y4) - (y1 - y2) * (x3 * y4 - y3 * x4)) / scale
    centre = star_centres()[0]
    assert math.hypot(x - centre[0], y - centre[1]) == pytest.approx(0.381966, abs=1e-6)


@pytest.mark.parametrize("svg", [eu_emblem_svg(), eu_emblem_svg("EU"), eu_emblem_file().decode()])
def test_colours_and_ratio(svg):
    root = ET.fromstring(svg)
    width, height = (float(value) for value in root.get("viewBox").split()[2:])
    assert width / height == 1.5
    assert float(root.get("width")) / float(root.get("height")) == 1.5
    assert [path.get("fill") for path in root.findall(f"{SVG}path")] == ["#003399", "#FFCC00"]
    assert "style" not in svg
    assert len(svg) < 1500


def test_text_alternative():
    assert 'aria-hidden="true"' in eu_emblem_svg()
    titled = eu_emblem_svg('Flag "<script>')
    assert 'role="img"' in titled
    assert ET.fromstring(titled).find(f"{SVG}title").text == 'Flag "<script>'
    assert not re.search(r"<script", titled)
