"""From degrees to a drawing: Lambert's azimuthal equal-area projection, thinning, clipping, SVG paths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sitegen.render.map_data import Point

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class View:
    """A projection around (`lon`, `lat`), and where on a drawing of `width` × `height` units it puts things.

    Areas keep their proportions (on the sphere), which is what a map of members is read for.
    """

    lon: float
    lat: float
    scale: float
    left: float
    top: float
    width: int
    height: int

    def place(self, lon: float, lat: float) -> Point:
        """Degrees → units of the drawing, y downwards."""
        x, y = equal_area(self.lon, self.lat, lon, lat)
        return x * self.scale + self.left, self.top - y * self.scale

    def holds(self, point: Point, pad: float = 0.0) -> bool:
        return -pad <= point[0] <= self.width + pad and -pad <= point[1] <= self.height + pad


def equal_area(lon0: float, lat0: float, lon: float, lat: float) -> Point:
    """Kilometres east and north of (lon0, lat0)."""
    turn, phi, phi0 = math.radians(lon - lon0), math.radians(lat), math.radians(lat0)
    facing = math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(turn)
    factor = EARTH_KM * math.sqrt(2.0 / max(1.0 + facing, 1e-3))
    x = factor * math.cos(phi) * math.sin(turn)
    y = factor * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(turn))
    return x, y


def fit(points: Sequence[Point], width: int, height: int, *, margin: float, smallest_km: float) -> View:
    """The view that shows all `points` (degrees). `margin`: share of each side left free; `smallest_km`: the least
    that the drawing shows across, so that a single point still has surroundings."""
    lon, lat = _middle([p[0] for p in points]), _middle([p[1] for p in points])
    placed = [equal_area(lon, lat, *point) for point in points]
    xs, ys = [p[0] for p in placed], [p[1] for p in placed]
    room = 1 - 2 * margin
    across = max((max(xs) - min(xs)) / room, (max(ys) - min(ys)) / room * width / height, smallest_km)
    scale = width / across
    return View(lon, lat, scale, width / 2 - _middle(xs) * scale, height / 2 + _middle(ys) * scale, width, height)


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2


def thinned(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: no point that is left out lay farther than `tolerance` from the line that stays."""
    if len(points) < 3:
        return list(points)
    if points[0] == points[-1]:
        far = max(range(len(points)), key=lambda i: math.dist(points[0], points[i]))
        return [*thinned(points[: far + 1], tolerance)[:-1], *thinned(points[far:], tolerance)]
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        place, worst = _farthest(points, start, end)
        if worst > tolerance:
            keep.add(place)
            waiting += [(start, place), (place, end)]
    return [points[i] for i in sorted(keep)]


def _farthest(points: Sequence[Point], start: int, end: int) -> tuple[int, float]:
    (x1, y1), (x2, y2) = points[start], points[end]
    dx, dy = x2 - x1, y2 - y1
    length = math.hypot(dx, dy)
    worst, place = -1.0, start
    for i in range(start + 1, end):
        x, y = points[i]
        away = abs((x - x1) * dy - (y - y1) * dx) / length if length else math.hypot(x - x1, y - y1)
        if away > worst:
            worst, place = away, i
    return place, worst


def clipped(ring: list[Point], width: float, height: float, pad: float) -> list[Point]:
    """A ring cut to the drawing and `pad` around it (Sutherland and Hodgman); [] where nothing is left."""
    for axis, bound, sign in ((0, -pad, 1), (0, width + pad, -1), (1, -pad, 1), (1, height + pad, -1)):
        if not ring:
            return []
        ring = _cut(ring, axis, bound, sign)
    return ring


def _cut(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    before = ring[-1]
    for point in ring:
        here, there = (point[axis] - bound) * sign >= 0, (before[axis] - bound) * sign >= 0
        if here != there:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
        if here:
            kept.append(point)
        before = point
    return kept


def path(points: Iterable[Point], *, closed: bool) -> str:
    """SVG path data in whole units, relative; '' where rounding leaves no line."""
    rounded = [(round(x), round(y)) for x, y in points]
    if closed and len(rounded) > 1 and rounded[0] == rounded[-1]:
        rounded.pop()
    steps: list[int] = []
    x, y = rounded[0] if rounded else (0, 0)
    for next_x, next_y in rounded[1:]:
        if (next_x, next_y) != (x, y):
            steps += [next_x - x, next_y - y]
            x, y = next_x, next_y
    if len(steps) < (4 if closed else 2):
        return ""
    text = f"M{rounded[0][0]} {rounded[0][1]}l{steps[0]}"
    for step in steps[1:]:
        text += str(step) if step < 0 else f" {step}"
    return text + ("z" if closed else "")


def inner_place(ring: list[Point], cells: int = 14) -> tuple[Point, float]:
    """A point well within a ring, and its distance to the edge: where a name finds most room."""
    from sitegen.render.map_data import contains

    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    best, room = (left + wide / 2, top + high / 2), 0.0
    for row in range(1, cells):
        for column in range(1, cells):
            x, y = left + wide * column / cells, top + high * row / cells
            if contains(ring, x, y):
                # Names are wide and low: what lies above matters less than what lies beside.
                distance = min(math.hypot(x - px, (y - py) * 2) for px, py in ring)
                if distance > room:
                    best, room = (x, y), distance
    return best, room
