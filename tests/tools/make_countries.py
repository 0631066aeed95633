"""Make `sitegen/render/data/countries.json` from the npm package world-atlas (ISC licence, Natural Earth 4.1).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tests/tools/make_countries.py package

What it does: decodes the TopoJSON of 1:50 million; thins each arc once, finely in and around Europe and coarsely
elsewhere (neighbours share arcs, so no gaps open); gives each area its ISO 3166-1 code; sets areas whose status is
disputed apart, so that a site can choose how to draw them; and copies the licence.
"""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from babel.core import get_global

Point = tuple[float, float]

TARGET = Path(__file__).resolve().parents[2] / "sitegen" / "render" / "data"
UNITS = 100  # per degree
EUROPE = (-32.0, 27.0, 70.0, 82.0)  # west, south, east, north
FINE, COARSE = 0.025, 0.3  # degrees
SMALLEST_FINE, SMALLEST_COARSE = 0.002, 0.5  # square degrees: smaller islands are left out, but never the last ring
# Areas without a code of their own in the source. A part of a country is drawn as that country.
NAMED = {
    "Kosovo": "XK",
    "N. Cyprus": "CY-north",
    "Somaliland": "SO-north",
    "Siachen Glacier": "IN-north",
    "Indian Ocean Ter.": "AU-ocean",
}
CRIMEA = (32.3, 44.2, 36.8, 46.3)
CRIMEA_CODE = "UA-43"  # ISO 3166-2. The source draws who holds it; states and the EU count it to Ukraine.


def decode(topology: dict) -> list[list[Point]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def thin(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker; lengths of a degree of longitude shrink with the latitude."""
    if len(points) < 3:
        return list(points)
    if points[0] == points[-1]:  # a ring of one arc: halve it at its farthest point
        far = max(range(len(points)), key=lambda i: math.dist(points[0], points[i]))
        return [*thin(points[: far + 1], tolerance)[:-1], *thin(points[far:], tolerance)]
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        (x1, y1), (x2, y2) = points[start], points[end]
        shrink = math.cos(math.radians((y1 + y2) / 2))
        dx, dy = (x2 - x1) * shrink, y2 - y1
        length = math.hypot(dx, dy) or 1e-12
        worst, place = 0.0, 0
        for i in range(start + 1, end):
            away = abs((points[i][0] - x1) * shrink * dy - (points[i][1] - y1) * dx) / length
            if away > worst:
                worst, place = away, i
        if worst > tolerance:
            keep.add(place)
            waiting += [(start, place), (place, end)]
    return [points[i] for i in sorted(keep)]


def ring_points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    return points


def area(points: Sequence[Point]) -> float:
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))
    return abs(total) / 2


def rings_by_code(topology: dict, arcs: list[list[Point]]) -> dict[str, list[list[int]]]:
    aliases = get_global("territory_aliases")
    found: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        number = geometry.get("id")
        code = aliases[number][0] if number in aliases else NAMED[geometry["properties"]["name"]]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            # Holes are other countries or lakes; those are drawn above (South Africa holds Lesotho) or left out.
            outer = polygon[0]
            points = ring_points(outer, arcs)
            crimea = code == "RU" and all(inside(point, CRIMEA) for point in points)
            found.setdefault(CRIMEA_CODE if crimea else code, []).append(outer)
    return found


def main(package: Path) -> None:
    topology = json.loads((package / "countries-50m.json").read_text())
    arcs = decode(topology)
    codes = rings_by_code(topology, arcs)
    thinned = [thin(arc, FINE if any(inside(p, EUROPE) for p in arc) else COARSE) for arc in arcs]
    kept: dict[str, list[list[int]]] = {}
    for code, rings in codes.items():
        sized = sorted(rings, key=lambda ring: -area(ring_points(ring, arcs)))
        kept[code] = [ring for number, ring in enumerate(sized) if number == 0 or large(ring_points(ring, arcs))]
    used = sorted({index if index >= 0 else ~index for rings in kept.values() for ring in rings for index in ring})
    numbers = {old: new for new, old in enumerate(used)}
    lines = [json.dumps(deltas(thinned[index]), separators=(",", ":")) for index in used]
    countries = {
        code: [[numbers[i] if i >= 0 else ~numbers[~i] for i in ring] for ring in rings]
        for code, rings in sorted(kept.items())
    }
    rows = [f'"{code}":{json.dumps(rings, separators=(",", ":"))}' for code, rings in countries.items()]
    TARGET.mkdir(exist_ok=True)
    text = f'{{"units":{UNITS},"arcs":[\n' + ",\n".join(lines) + '\n],"countries":{\n' + ",\n".join(rows) + "\n}}\n"
    (TARGET / "countries.json").write_text(text)
    shutil.copy(package / "LICENSE", TARGET / "LICENSE-WORLD-ATLAS")
    print(f"{len(used)} arcs, {sum(len(thinned[i]) for i in used)} points, {len(text)} bytes")


def large(points: list[Point]) -> bool:
    fine = any(inside(point, EUROPE) for point in points)
    return area(points) >= (SMALLEST_FINE if fine else SMALLEST_COARSE)


def deltas(points: list[Point]) -> list[int]:
    """First point, then differences, in hundredths of a degree; points that fall together are said once."""
    rounded = [(round(x * UNITS), round(y * UNITS)) for x, y in points]
    flat = [*rounded[0]]
    for (x1, y1), (x2, y2) in pairwise(rounded):
        if (x1, y1) != (x2, y2):
            flat += [x2 - x1, y2 - y1]
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))
