"""The outlines of the world's countries as package data: arcs that neighbours share, and rings made of them.

Made by `tests/tools/make_countries.py` from world-atlas (ISC licence, Natural Earth); see data/LICENSE-WORLD-ATLAS.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y on a drawing."""

PART_OF: Mapping[str, str] = {"UA-43": "UA", "CY-north": "CY", "SO-north": "SO", "AU-ocean": "AU", "IN-north": "IN"}
"""Areas without a country code of their own → the country as which they are drawn."""

DISPUTED: Mapping[str, str] = {
    "XK": "RS",
    "UA-43": "UA",
    "CY-north": "CY",
    "EH": "MA",
    "SO-north": "SO",
    "PS": "IL",
    "IN-north": "IN",
}
"""Area → the country that claims it, or from which it parts; the site chooses how the line between is drawn."""


@dataclass(frozen=True, slots=True)
class Countries:
    """`rings`: area code → its rings, largest first; a ring is a tuple of arc numbers, `~n` for arc n backwards."""

    arcs: tuple[tuple[Point, ...], ...]
    rings: Mapping[str, tuple[tuple[int, ...], ...]]
    owners: Mapping[int, tuple[str, ...]]

    def ring(self, ring: tuple[int, ...]) -> list[Point]:
        """The points of a ring in degrees, closed."""
        return joined(ring, self.arcs)

    def borders(self) -> Iterator[tuple[int, str, str]]:
        """(arc, area, area) of every arc between two areas."""
        for arc, areas in self.owners.items():
            if len(areas) == 2 and areas[0] != areas[1]:
                yield arc, areas[0], areas[1]


def joined(ring: tuple[int, ...], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The arcs of a ring one after the other, each meeting point once."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


@cache
def countries() -> Countries:
    """The data, read at the first call."""
    raw = json.loads(files("sitegen.render").joinpath("data", "countries.json").read_text("utf-8"))
    rings = {code: tuple(tuple(ring) for ring in found) for code, found in raw["countries"].items()}
    owners: dict[int, list[str]] = {}
    for code, found in rings.items():
        for ring in found:
            for number in ring:
                owners.setdefault(number if number >= 0 else ~number, []).append(code)
    arcs = tuple(_arc(flat, raw["units"]) for flat in raw["arcs"])
    return Countries(arcs, rings, {number: tuple(areas) for number, areas in owners.items()})


def _arc(flat: list[int], units: int) -> tuple[Point, ...]:
    x = y = 0
    points = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / units, y / units))
    return tuple(points)


def contains(ring: list[Point], x: float, y: float) -> bool:
    """Whether a point lies in a ring (even-odd)."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def ring_area(points: list[Point]) -> float:
    """The area within a ring, in squares of its unit."""
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True))
    return abs(total) / 2
