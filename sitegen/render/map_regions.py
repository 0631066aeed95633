"""The site's own regions: polygons of a GeoJSON file, drawn above the countries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.render.map_data import Point

MAX_REGION_BYTES = 5_000_000
MAX_REGION_POINTS = 200_000


class RegionsError(ValueError):
    """The file cannot be used; the message says why, in words for the site's editor."""


@dataclass(frozen=True, slots=True)
class Region:
    """A polygon with its names: language tag → name, '' for the plain one."""

    names: dict[str, str]
    rings: tuple[tuple[Point, ...], ...]

    def name(self, tag: str) -> str:
        return self.names.get(tag) or self.names.get(tag.split("-", maxsplit=1)[0]) or self.names.get("", "")


def read_regions(content: bytes) -> tuple[Region, ...]:
    """The polygons of a FeatureCollection. Names come from the properties `name` and `name:<language>`."""
    if len(content) > MAX_REGION_BYTES:
        raise RegionsError(f"it is larger than {MAX_REGION_BYTES} bytes (MAX_REGION_BYTES); simplify its outlines")
    try:
        raw = json.loads(content)
    except (UnicodeDecodeError, ValueError) as error:
        raise RegionsError(f"it is no JSON ({error})") from error
    features = raw.get("features") if isinstance(raw, dict) else None
    if not isinstance(features, list):
        raise RegionsError("it holds no 'features'; save it as a GeoJSON FeatureCollection")
    regions = tuple(region for feature in features if (region := _region(feature)) is not None)
    if not regions:
        raise RegionsError("none of its features is a Polygon or MultiPolygon")
    if sum(len(ring) for region in regions for ring in region.rings) > MAX_REGION_POINTS:
        raise RegionsError(f"it has more than {MAX_REGION_POINTS} points (MAX_REGION_POINTS); simplify its outlines")
    return regions


def _region(feature: Any) -> Region | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return None
    rings = tuple(_rings(geometry))
    properties = feature.get("properties")
    found = properties.items() if isinstance(properties, dict) else ()
    names = {
        key.removeprefix("name").lstrip(":_"): value
        for key, value in found
        if key.startswith("name") and isinstance(value, str)
    }
    return Region(names, rings) if rings else None


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[Point, ...]]:
    coordinates = geometry.get("coordinates")
    kinds: dict[str, Any] = {"Polygon": [coordinates], "MultiPolygon": coordinates}
    polygons: Any = kinds.get(geometry.get("type", ""), [])
    try:
        for polygon in polygons:
            for ring in polygon:
                points = tuple((float(point[0]), float(point[1])) for point in ring)
                if not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points):
                    raise RegionsError("its coordinates are not degrees of longitude and latitude; save it in WGS 84")
                if len(points) > 3:
                    yield points
    except (TypeError, IndexError, KeyError) as error:
        raise RegionsError(f"a polygon in it has no proper coordinates ({error})") from error
