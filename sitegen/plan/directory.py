"""A directory: which values its entries can be chosen by, the pages of these values, and its letters.

A facet (country, region, theme, status) has at least two values. Each value has a page of its own, a part of the list
as an archive is one: `fi/groups/country/fi/`. In routes, jobs and dependencies it is `lags country/fi`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sitegen.model.text import Text
from sitegen.plan.archives import archive_name
from sitegen.plan.context import DirectoryView, Facet, FacetValue, Link
from sitegen.plan.paging import page_address, page_count
from sitegen.plan.phrases import GROUP_STATES
from sitegen.problems import Position
from sitegen.schema.fields import SourceText

if TYPE_CHECKING:
    from sitegen.config import CollectionConfig
    from sitegen.model.entry import Entry
    from sitegen.model.site import Site
    from sitegen.plan.routes import Routes
    from sitegen.plan.views import Views

FACETS = {"lags": ("country", "region", "themes", "status")}
"""Collection → the fields by which visitors choose."""

SEGMENTS = {"themes": "theme"}
"""How a field is called in addresses, where not by its name."""

DIRECTORY_FROM = 12
"""So many entries make a directory worth searching; fewer are seen at a glance."""

MAX_FACET_VALUES = 500
"""No facet has more pages; the most common values have one, the rest can be chosen in the form alone."""

INDEX = "directory.json"

Claim = Callable[[str, str, Position], bool]


@dataclass(slots=True)
class FacetEntries:
    """A value of a facet: as its first entry writes it, and the ids of all entries that have it."""

    raw: Any
    first: Entry
    path: str
    ids: list[str] = field(default_factory=list)


class FacetValues:
    """Reads the values of entries; a text is made into a part of an address once."""

    def __init__(self) -> None:
        self._slugs: dict[tuple[str, str], str] = {}

    def of(self, entry: Entry, name: str) -> Iterator[tuple[str, Any, str]]:
        """(slug, value as written, dotted path) of an entry's values of a facet."""
        found = entry.value(name)
        if found is None or found == ():
            return
        many = isinstance(found, (tuple, list))
        for number, value in enumerate(found if many else (found,)):
            slug = self._slug(value.text, entry.source_language) if isinstance(value, SourceText) else value.lower()
            if slug:
                yield slug, value, f"{name}.{number}" if many else name

    def _slug(self, text: str, language: str) -> str:
        found = self._slugs.get((text, language))
        if found is None:
            from sitegen.locales.scripts import slugify

            found = self._slugs[text, language] = slugify(text, language)
        return found

    def entries(self, site: Site, collection: str, name: str, tag: str) -> dict[str, FacetEntries]:
        """The values of one facet in one language: slug → who has it, in the order of the collection."""
        found: dict[str, FacetEntries] = {}
        for entry in site.collections.get(collection, ()):
            if site.exists(entry, tag):
                for slug, raw, path in self.of(entry, name):
                    value = found.get(slug)
                    if value is None:
                        value = found[slug] = FacetEntries(raw, entry, path)
                    if not value.ids or value.ids[-1] != entry.id:
                        value.ids.append(entry.id)
        return found


def segment(name: str) -> str:
    return SEGMENTS.get(name, name)


def field_of(segment_name: str) -> str:
    return next((name for name, used in SEGMENTS.items() if used == segment_name), segment_name)


def route_directories(site: Site, routes: Routes, claim: Claim) -> None:
    """Give the values of facets their pages, and each directory the file that its search reads."""
    values = FacetValues()
    for collection, names in FACETS.items():
        for tag in site.languages:
            if collection not in site.theme.directories or (collection, tag) not in routes.lists:
                continue
            settings = site.config.collections[collection]
            for name in names:
                _route_facet(site, settings, name, tag, values, routes, claim)
            count = sum(site.exists(entry, tag) for entry in site.collections[collection])
            address = f"{routes.lists[collection, tag]}{INDEX}"
            if count >= DIRECTORY_FROM and claim(address, f"the directory of {collection}", settings.title.position):
                routes.directories[collection, tag] = address


def _route_facet(
    site: Site,
    settings: CollectionConfig,
    name: str,
    tag: str,
    values: FacetValues,
    routes: Routes,
    claim: Claim,
) -> None:
    found = values.entries(site, settings.name, name, tag)
    if len(found) < 2:
        return
    common = sorted(found, key=lambda slug: (-len(found[slug].ids), slug))[:MAX_FACET_VALUES]
    for slug in sorted(common):
        part = f"{segment(name)}/{slug}"
        address = f"{routes.lists[settings.name, tag]}{part}/"
        owner = f"the {segment(name)} '{slug}' of {settings.name}"
        if not claim(address, owner, found[slug].first.position):
            continue
        key = archive_name(settings.name, part)
        routes.archives[key, tag] = address
        routes.members[key, tag] = frozenset(found[slug].ids)
        for number in range(2, page_count(len(found[slug].ids), settings.page_size) + 1):
            claim(page_address(address, number), owner, settings.title.position)


class Directories:
    """Directories as templates see them. What is read is recorded as `facets:<collection>`."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.values = FacetValues()
        self._facets: dict[tuple[str, str], tuple[Facet, ...]] = {}
        self._letter_places: dict[tuple[str, str], dict[str, int]] = {}
        self._known: dict[tuple[str, str], tuple[tuple[str, dict[str, FacetEntries]], ...]] = {}

    def state(self, collection: str, tag: str) -> list[Any]:
        """All that the facets of a collection show, as plain data for a digest."""
        found = [
            (name, slug, str(label), label.lang, label.state, len(value.ids), self._url(collection, name, slug, tag))
            for name, values in self.entries(collection, tag)
            for slug, value in values.items()
            for label in (self.label(value, name, tag),)
        ]
        return [found, self._views.routes.directories.get((collection, tag))]

    def entries(self, collection: str, tag: str) -> tuple[tuple[str, dict[str, FacetEntries]], ...]:
        """(field, its values) of every facet that a collection has, also of those with one value."""
        known = self._known.get((collection, tag))
        if known is None:
            site = self._views.site
            known = self._known[collection, tag] = tuple(
                (name, self.values.entries(site, collection, name, tag)) for name in FACETS.get(collection, ())
            )
        return known

    def view(self, collection: str, tag: str, current: str = "") -> DirectoryView:
        """The facets that leave a choice, and the letters. `current`: address of the page, with ROOT."""
        from sitegen.plan.routes import ROOT

        language_site = self._views.sites[tag]
        language_site.record(f"facets:{collection}")
        facets = tuple(_marked(facet, current) for facet in self._facets_of(collection, tag))
        data = self._views.routes.directories.get((collection, tag))
        whole = self._views.routes.list_url(collection, tag) or ""
        part = bool(current) and current != whole and not current.startswith(f"{whole}page/")
        return DirectoryView(
            facets, self._letters(collection, tag, current), None if data is None else ROOT + data, part
        )

    def _facets_of(self, collection: str, tag: str) -> tuple[Facet, ...]:
        found = self._facets.get((collection, tag))
        if found is None:
            found = self._facets[collection, tag] = tuple(
                self._facet(collection, name, values, tag)
                for name, values in self.entries(collection, tag)
                if len(values) > 1
            )
        return found

    def _facet(self, collection: str, name: str, values: dict[str, FacetEntries], tag: str) -> Facet:
        from sitegen.locales.collation import collation_key

        key = collation_key(tag)
        shown = [
            FacetValue(
                slug, self.label(value, name, tag), len(value.ids), self._url(collection, name, slug, tag), False
            )
            for slug, value in values.items()
        ]
        shown.sort(key=lambda value: (key(str(value.title)), value.slug))
        return Facet(segment(name), tuple(shown))

    def _url(self, collection: str, name: str, slug: str, tag: str) -> str | None:
        from sitegen.plan.routes import ROOT

        found = self._views.routes.archives.get((archive_name(collection, f"{segment(name)}/{slug}"), tag))
        return None if found is None else ROOT + found

    def label(self, value: FacetEntries, name: str, tag: str) -> Text:
        """How readers of `tag` know a value: the country's name, the region in their language, the state in words."""
        from sitegen.locales.formats import formats

        language = self._views.site.languages[tag]
        if isinstance(value.raw, SourceText):
            return self._views.sites[tag].text_of(value.first, value.path, value.raw)
        if name == "country":
            return Text(formats(tag).territory(str(value.raw)), tag, language.dir)
        if str(value.raw) in GROUP_STATES:
            return self._views.interface(tag, GROUP_STATES[str(value.raw)], "group")
        return Text(str(value.raw), "und")

    def title(self, name: str, tag: str) -> Text:
        """The name of a facet's value by the name of its page: `lags country/fi` → Suomi."""
        collection, _, part = name.partition(" ")
        field_name, slug = part.split("/", 1)
        values = dict(self.entries(collection, tag))[field_of(field_name)]
        return self.label(values[slug], field_of(field_name), tag)

    def country_url(self, collection: str, code: str, tag: str) -> str | None:
        """The page of a country's entries, with ROOT; noted as a dependency."""
        self._views.sites[tag].record(f"facets:{collection}")
        return self._url(collection, "country", code.lower(), tag)

    def _letters(self, collection: str, tag: str, current: str) -> tuple[Link, ...]:
        """The letters under which entries stand, each with the place where it begins in the list."""
        from sitegen.plan.routes import ROOT

        self._views.sites[tag].record(f"order:{collection}")
        settings = self._views.site.config.collections[collection]
        if settings.sort.lstrip("-") not in ("", "title", "name"):
            return ()
        places = self._places(collection, tag)
        address = ROOT + self._views.routes.lists.get((collection, tag), "")
        size = settings.page_size or len(places) + 1_000_000
        links = []
        for letter, number in places.items():
            page = page_address(address, number // size + 1)
            links.append(Link(Text(letter, "und"), f"{'' if page == current else page}#{letter_anchor(letter)}"))
        return tuple(links)

    def _places(self, collection: str, tag: str) -> dict[str, int]:
        """Letter → the number of its first entry."""
        from sitegen.locales.collation import letter_of

        places = self._letter_places.get((collection, tag))
        if places is None:
            places = self._letter_places[collection, tag] = {}
            language_site = self._views.sites[tag]
            for number, entry in enumerate(language_site.entries_of(collection)):
                places.setdefault(letter_of(tag, str(language_site.title_of(entry))), number)
        return places


def _marked(facet: Facet, current: str) -> Facet:
    """The facet with the value to which the page at `current` belongs."""
    for number, value in enumerate(facet.values):
        if value.url and (current == value.url or current.startswith(f"{value.url}page/")):
            return Facet(
                facet.name, (*facet.values[:number], replace(value, current=True), *facet.values[number + 1 :])
            )
    return facet


def letter_anchor(letter: str) -> str:
    """The id of a letter's heading: `letter-š`, `letter-0` for digits and signs."""
    return f"letter-{'0' if letter == '#' else letter.lower()}"


def is_facet(slug: str) -> bool:
    """Whether a part of a list is a facet's value, not an archive."""
    return "/" in slug
