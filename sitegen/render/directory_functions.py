"""What templates may ask about directories and maps, for one language; what is read is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sitegen.plan.directory import letter_anchor
from sitegen.problems import Position
from sitegen.render.map_regions import Region, RegionsError, read_regions
from sitegen.render.maps import MapOptions, Maps

if TYPE_CHECKING:
    from sitegen.model.entry import EntryView
    from sitegen.plan.context import DirectoryView, MapView
    from sitegen.plan.views import Views
    from sitegen.problems import Problems

REGIONS_OPTION = "map_regions"


class DirectoryFunctions:
    """`directory`, `letter_id` and `map` of every language, with the grounds of maps that they share."""

    def __init__(self, views: Views, problems: Problems) -> None:
        """`problems` takes those of the file of regions."""
        self._views = views
        self._problems = problems
        self._read: tuple[Region, ...] | None = None
        self._maps = Maps(MapOptions.of(views.site.theme.options))

    def of(self, tag: str) -> dict[str, Callable[..., Any]]:
        from sitegen.locales.formats import formats

        views, territory = self._views, formats(tag).territory

        def directory(collection: str, current: str = "") -> DirectoryView:
            return views.directories.view(collection, tag, current)

        def draw(entries: Iterable[EntryView], kind: str = "page") -> MapView | None:
            return self._maps.draw(entries, kind, tag, territory, url_of, self._regions(tag))

        def url_of(code: str, entries: Sequence[EntryView]) -> str | None:
            collection = entries[0].collection
            url = views.directories.country_url(collection, code, tag) if code else None
            return url or (views.routes.list_url(collection, tag) if len(entries) > 1 else None)

        return {"directory": directory, "letter_id": letter_anchor, "map": draw}

    def _regions(self, tag: str) -> tuple[Region, ...]:
        """The site's own regions. Each map depends on the file."""
        name = self._views.site.theme.options.get(REGIONS_OPTION)
        if not name:
            return ()
        self._views.sites[tag].record(f"file:{name}")
        if self._read is None:
            self._read = self._load(str(name))
        return self._read

    def _load(self, name: str) -> tuple[Region, ...]:
        path = self._views.site.config.root / "content" / "media" / name
        try:
            return read_regions(path.read_bytes())
        except OSError as error:
            reason = f"it cannot be read ({error.strerror})"
        except RegionsError as error:
            reason = str(error)
        message = f"the map's regions, content/media/{name}: {reason}"
        self._problems.error("map-regions", Position("site.yaml"), message)
        return ()
