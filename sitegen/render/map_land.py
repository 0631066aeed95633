"""The ground of a map: coasts, borders and disputed lines of a view, drawn once and shared by all maps of that view."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sitegen.render.map_data import DISPUTED, PART_OF, Point, countries, joined, ring_area
from sitegen.render.map_geometry import View, clipped, fit, inner_place, path, thinned

EUROPE = ((-11.0, 36.0), (-9.5, 52.0), (34.0, 34.8), (41.0, 47.0), (31.0, 70.5), (-22.0, 64.0))
"""Points that the view of Europe holds."""

NEIGHBOURHOOD = 12.0
"""Degrees: parts of a country that lie farther from its largest part do not widen a map of it."""

_PAD = 12.0
_SMALLEST_ISLAND = 5.0
_BEHIND = 100.0


@dataclass(frozen=True, slots=True)
class Area:
    """A country on a view: its path; where its name fits best and how much room is there; `tiny`: hardly visible."""

    path: str
    label: Point
    room: float
    tiny: bool


@dataclass(frozen=True, slots=True)
class Land:
    """A view's countries by code, and its borders: agreed ones and disputed ones."""

    view: View
    areas: dict[str, Area]
    borders: str
    disputed: str


def extent(codes: Iterable[str], located: Iterable[Point]) -> list[Point]:
    """Points (degrees) that a map of these countries and places must hold."""
    points = list(located)
    for code in sorted(set(codes)):
        points += _mainland(code)
    return points


def _mainland(code: str) -> list[Point]:
    data = countries()
    rings = data.rings.get(code, ())
    if not rings:
        return []
    shapes = [data.ring(ring) for ring in rings]
    lon, lat = _centre(shapes[0])
    near = [shapes[0]]
    for shape in shapes[1:]:
        x, y = _centre(shape)
        if abs(x - lon) * math.cos(math.radians(lat)) < NEIGHBOURHOOD and abs(y - lat) < NEIGHBOURHOOD:
            near.append(shape)
    return [point for shape in near for point in shape]


def _centre(points: list[Point]) -> Point:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def europe(width: int, height: int) -> View:
    return fit(EUROPE, width, height, margin=0.02, smallest_km=0)


@lru_cache(maxsize=64)
def draw_land(view: View, tolerance: float, disputed: str) -> Land:
    """Everything of the world that the view shows. `disputed`: 'show' | 'dashed' | 'hide' its lines."""
    arcs = [_drawn(arc, view, tolerance) for arc in countries().arcs]
    areas: dict[str, Area] = {}
    for code, shapes in _shapes(view, arcs, merged=disputed == "hide").items():
        area = _area(shapes)
        if area is not None:
            areas[code] = area
    agreed, contested = _borders(view, arcs, disputed)
    return Land(view, areas, agreed, contested)


def _drawn(arc: Sequence[Point], view: View, tolerance: float) -> list[Point]:
    placed = [view.place(*point) for point in arc]
    seen = any(view.holds(point, _BEHIND) for point in placed)
    return thinned(placed, tolerance if seen else tolerance * 40)


def _shapes(view: View, arcs: list[list[Point]], *, merged: bool) -> dict[str, list[list[Point]]]:
    """Country code → its visible rings, largest first."""
    found: dict[str, list[list[Point]]] = {}
    for code, rings in countries().rings.items():
        owner = DISPUTED.get(code, code) if merged and code not in PART_OF else PART_OF.get(code, code)
        for number, ring in enumerate(rings):
            if _behind(view, ring):
                continue
            shape = clipped(joined(ring, arcs), view.width, view.height, _PAD)
            if len(shape) > 2 and (number == 0 or ring_area(shape) > _SMALLEST_ISLAND):
                found.setdefault(owner, []).append(shape)
    for shapes in found.values():
        shapes.sort(key=lambda shape: -ring_area(shape))
    return found


def _behind(view: View, ring: tuple[int, ...]) -> bool:
    """Whether a ring lies on the far side of the globe, where the projection tears shapes apart."""
    data = countries()
    for number in ring:
        lon, lat = data.arcs[number if number >= 0 else ~number][0]
        cosine = math.sin(math.radians(view.lat)) * math.sin(math.radians(lat)) + math.cos(
            math.radians(view.lat)
        ) * math.cos(math.radians(lat)) * math.cos(math.radians(lon - view.lon))
        if cosine < -0.5:
            return True
    return False


def _area(shapes: list[list[Point]]) -> Area | None:
    largest = shapes[0]
    tiny = ring_area(largest) < _SMALLEST_ISLAND * 20
    data = "".join(path(shape, closed=True) for shape in shapes)
    if not data and not tiny:
        return None
    label, room = inner_place(largest)
    return Area(data, label, room, tiny)


def _borders(view: View, arcs: list[list[Point]], disputed: str) -> tuple[str, str]:
    agreed: list[str] = []
    contested: list[str] = []
    for number, first, second in countries().borders():
        arc = arcs[number]
        if not any(view.holds(point, _PAD) for point in arc):
            continue
        if DISPUTED.get(first) == second or DISPUTED.get(second) == first:
            if disputed != "hide":
                (agreed if disputed == "show" else contested).append(path(arc, closed=False))
        elif PART_OF.get(first, first) != PART_OF.get(second, second):
            agreed.append(path(arc, closed=False))
    return "".join(agreed), "".join(contested)
