"""What the template function `map()` answers: entries on a map of their countries, for one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sitegen.plan.context import MapArea, MapLabel, MapMark, MapRegion, MapView
from sitegen.render.map_data import DISPUTED, Point, countries
from sitegen.render.map_geometry import View, clipped, fit, path, thinned
from sitegen.render.map_land import Area, Land, draw_land, europe, extent
from sitegen.render.map_marks import clusters, spread
from sitegen.render.map_names import Names

if TYPE_CHECKING:
    from sitegen.model.entry import EntryView
    from sitegen.render.map_regions import Region


@dataclass(frozen=True, slots=True)
class _Kind:
    """A size of map. `smallest_km` across; `tolerance` in units: what the eye does not miss; `mark`: distance of
    marks; `names`: whether it has any."""

    width: int
    height: int
    margin: float
    smallest_km: float
    tolerance: float
    mark: float
    names: bool


KINDS = {
    "page": _Kind(1600, 1000, 0.07, 1500, 1.7, 62, True),
    "locator": _Kind(640, 480, 0.14, 700, 2.2, 60, False),
}
_HALF_ANGLE = 89.0


@dataclass(frozen=True)
class MapOptions:
    """What the site's theme options say: `map_region`, `map_disputed`, `map_labels`, `map_names`."""

    region: str = "auto"
    disputed: str = "dashed"
    labels: str = "all"

    @classmethod
    def of(cls, options: Any) -> MapOptions:
        def said(name: str, default: str) -> str:
            return str(options.get(f"map_{name}") or default)

        return cls(said("region", cls.region), said("disputed", cls.disputed), said("labels", cls.labels))


class Maps:
    """Draws maps as the site's options say."""

    def __init__(self, options: MapOptions) -> None:
        self._options = options

    def draw(
        self,
        entries: Iterable[EntryView],
        kind: str,
        tag: str,
        territory: Callable[[str], str],
        url_of: Callable[[str, Sequence[EntryView]], str | None],
        own_regions: tuple[Region, ...] = (),
    ) -> MapView | None:
        """A map, or None when no entry has a country or a place.

        `url_of`: (country code or '', entries) → where a mark that stands for several entries leads.
        """
        size = KINDS[kind]
        shown = [(entry, _country(entry), _location(entry)) for entry in entries]
        shown = [item for item in shown if item[1] or item[2]]
        if not shown:
            return None
        land = self._ground(size, kind, shown)
        by_country: dict[str, list[EntryView]] = {}
        for entry, country, _ in shown:
            if country in land.areas:
                by_country.setdefault(country, []).append(entry)
        marks = self._marks(land.view, size, [(entry, place) for entry, _, place in shown if place], url_of)
        areas = tuple(
            _map_area(code, territory(code), land.areas[code], found, url_of)
            for code, found in sorted(by_country.items(), key=lambda item: territory(item[0]))
        )
        labels: tuple[MapLabel, ...] = ()
        if size.names:
            names = Names(size.width, size.height)
            marks = names.marks(marks)
            named = [code for code in land.areas if code in by_country or self._is_named(code)]
            called = {code: _called(territory(code), by_country.get(code, ())) for code in named}
            labels = names.countries(land, by_country, called, self._options.labels)
        rest = "".join(area.path for code, area in land.areas.items() if code not in by_country)
        regions = tuple(_region(region, land.view, size.tolerance, tag) for region in own_regions)
        return MapView(
            width=size.width,
            height=size.height,
            land=rest,
            areas=areas,
            borders=land.borders,
            disputed=land.disputed,
            regions=tuple(region for region in regions if region.path),
            marks=marks,
            labels=labels,
        )

    # --- the ground ---------------------------------------------------------------------------------------

    def _ground(self, size: _Kind, kind: str, shown: Sequence[tuple[EntryView, str, Point | None]]) -> Land:
        return draw_land(self._view(size, kind, shown), size.tolerance, self._options.disputed)

    def _view(self, size: _Kind, kind: str, shown: Sequence[tuple[EntryView, str, Point | None]]) -> View:
        if kind == "page" and self._options.region == "europe":
            return europe(size.width, size.height)
        codes = frozenset(country for _, country, _ in shown if country)
        # A country's locators share one ground; only what lies outside of it moves the view.
        located = () if kind == "locator" and codes else tuple(place for _, _, place in shown if place)
        return _fitted(size, codes, located)

    # --- what stands on it --------------------------------------------------------------------------------

    def _is_named(self, code: str) -> bool:
        """A disputed area without members bears a name only where the site shows it like any country."""
        return code not in DISPUTED or self._options.disputed == "show"

    def _marks(
        self,
        view: View,
        size: _Kind,
        located: Sequence[tuple[EntryView, Point]],
        url_of: Callable[[str, Sequence[EntryView]], str | None],
    ) -> tuple[MapMark, ...]:
        places = [(view.place(*place), entry) for entry, place in located if _in_front(view, place)]
        places = [(point, entry) for point, entry in places if view.holds(point)]
        found = spread(clusters(places, size.mark), size.mark)
        found.sort(key=lambda cluster: (round(cluster.y / 40), cluster.x))  # the order of the keyboard: as one reads
        marks = []
        for cluster in found:
            entries = tuple(cluster.things)
            codes = {_country(entry) for entry in entries}
            url = entries[0].url if len(entries) == 1 else url_of(codes.pop() if len(codes) == 1 else "", entries)
            marks.append(MapMark(round(cluster.x), round(cluster.y), entries, url))
        return tuple(marks)


@lru_cache(maxsize=256)
def _fitted(size: _Kind, codes: frozenset[str], located: tuple[Point, ...]) -> View:
    points = extent(codes, located) or [(10.0, 50.0)]
    return fit(points, size.width, size.height, margin=size.margin, smallest_km=size.smallest_km)


def _called(name: str, entries: Sequence[EntryView]) -> str:
    """A country's name, with the number of its entries where no mark tells it."""
    return name if len(entries) < 2 or any(map(_location, entries)) else f"{name} ({len(entries)})"


def _map_area(
    code: str,
    name: str,
    area: Area,
    entries: list[EntryView],
    url_of: Callable[[str, Sequence[EntryView]], str | None],
) -> MapArea:
    url = url_of(code, entries) or (entries[0].url if len(entries) == 1 else None)
    return MapArea(code, name, area.path, round(area.label[0]), round(area.label[1]), tuple(entries), url, area.tiny)


def _region(region: Region, view: View, tolerance: float, tag: str) -> MapRegion:
    parts = []
    for ring in region.rings:
        if _in_front(view, ring[0]):
            shape = thinned([view.place(*point) for point in ring], tolerance)
            parts.append(path(clipped(shape, view.width, view.height, 12), closed=True))
    return MapRegion(region.name(tag), "".join(parts))


def _in_front(view: View, place: Point) -> bool:
    return abs((place[0] - view.lon + 180) % 360 - 180) <= _HALF_ANGLE * 1.2


def _country(entry: EntryView) -> str:
    code = str(getattr(entry, "country", None) or "")
    return code if code in countries().rings else ""


def _location(entry: EntryView) -> Point | None:
    found = getattr(entry, "location", None)
    return (found.lon, found.lat) if found is not None and hasattr(found, "lon") else None
