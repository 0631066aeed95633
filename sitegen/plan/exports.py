"""Open data: which files there are for each collection and language, what they are called and how they are described.

`<language>/data/<collection>.csv`, `.json` and, where entries have coordinates, `.geojson`; `<language>/calendar.ics`
with all events. `data/catalogue.jsonld` describes them all (DCAT). Beside its page a group has `contact.vcf`, an event
`event.ics`: those belong to the entry's own job.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitegen.config import CollectionConfig
from sitegen.model.entry import CollectionView, Entry
from sitegen.model.text import Text
from sitegen.plan.context import Link
from sitegen.problems import Position
from sitegen.schema.fields import Field, FieldType, Schema

if TYPE_CHECKING:
    from sitegen.model.site import LanguageSite, Site
    from sitegen.plan.routes import Routes

Claim = Callable[[str, str, Position], bool]

CALENDAR = "calendar.ics"
"""The name of the calendar of all events, in routes and jobs."""
CATALOGUE = "catalogue.jsonld"
"""The name of the catalogue of all open data, in routes and jobs; it belongs to the source language."""
EVENTS = "events"
VCARD, ICALENDAR = "contact.vcf", "event.ics"
"""Files beside the page of an entry."""

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "jsonld": "application/ld+json",
}
_NAMES = {"csv": "CSV", "json": "JSON", "geojson": "GeoJSON", "ics": "iCalendar", "jsonld": "DCAT"}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_CONTACT_FIELDS = ("email", "phone", "website", "address")


@dataclass(frozen=True, slots=True)
class Export:
    """One file of open data. `format`: a key of MEDIA_TYPES; `address`: without ROOT."""

    format: str
    address: str


def coordinates_field(schema: Schema) -> Field | None:
    """The field that says where an entry lies, when every reader may know it."""
    return next((item for item in schema.fields if item.type is FieldType.COORDINATES and not item.private), None)


def route_exports(site: Site, routes: Routes, claim: Claim) -> None:
    """Give every file of open data its address. A language that nobody speaks has none."""
    for language in site.languages.values():
        if language.pseudo:
            continue
        for settings in site.config.collections.values():
            _route_collection(site, settings, language.tag, language.prefix, routes, claim)
        events = site.config.collections.get(EVENTS)
        if events is not None and (EVENTS, language.tag) in routes.exports:
            address = f"{language.prefix}{CALENDAR}"
            if claim(address, "the calendar of events", events.title.position):
                routes.exports[CALENDAR, language.tag] = (Export("ics", address),)
    source = site.config.source_language
    described = next((site.config.collections[name] for name, _tag in routes.exports if name != CALENDAR), None)
    if described is not None and claim(f"data/{CATALOGUE}", "the catalogue of open data", described.title.position):
        routes.exports[CATALOGUE, source] = (Export("jsonld", f"data/{CATALOGUE}"),)
    for (entry_id, tag), address in list(routes.entries.items()):
        entry = site.entries[entry_id]
        name = file_beside(entry, site.config.collections[entry.collection])
        if name is not None and not site.languages[tag].pseudo and claim(address + name, entry_id, entry.position):
            routes.beside[entry_id, tag] = address + name


def _route_collection(
    site: Site, settings: CollectionConfig, tag: str, prefix: str, routes: Routes, claim: Claim
) -> None:
    entries = [entry for entry in site.collections[settings.name] if site.exists(entry, tag)]
    if not settings.data_export or not entries:
        return
    where = coordinates_field(settings.schema)
    located = where is not None and any(entry.value(where.name) is not None for entry in entries)
    found = []
    for kind in ("csv", "json", *(("geojson",) if located else ())):
        address = f"{prefix}data/{settings.name}.{kind}"
        if claim(address, f"the open data of {settings.name}", settings.title.position):
            found.append(Export(kind, address))
    routes.exports[settings.name, tag] = tuple(found)


def file_beside(entry: Entry, settings: CollectionConfig) -> str | None:
    """`contact.vcf` for an organisation with an address of any kind, `event.ics` for an event, else None."""
    if not settings.data_export:
        return None
    if settings.name == EVENTS:
        return ICALENDAR
    fields = {item.name: item for item in settings.schema.fields if not item.private}
    if "name" not in fields or not ("email" in fields or "phone" in fields):
        return None
    return VCARD if any(name in fields and entry.value(name) for name in _CONTACT_FIELDS) else None


def downloads(routes: Routes, collection: str, tag: str, root: str) -> tuple[Link, ...]:
    """Links to the open data of a collection; `root` stands before each address. Media types tell them apart."""
    found = [*routes.exports.get((collection, tag), ())]
    if collection == EVENTS:
        found += routes.exports.get((CALENDAR, tag), ())
    if found:
        found += [each for (name, _tag), files in routes.exports.items() if name == CATALOGUE for each in files]
    return tuple(
        Link(Text(_NAMES[each.format], "und"), root + each.address, media_type=MEDIA_TYPES[each.format])
        for each in found
    )


def dataset(
    collection: CollectionView,
    files: tuple[Link, ...],
    url: str,
    language_site: LanguageSite,
    absolute: Callable[[str], str],
) -> dict[str, Any]:
    """The collection as a `dcat:Dataset` with its distributions (DCAT 3), JSON-LD as plain data."""
    title, about = collection.title, collection.description or language_site.facts["description"]
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Dataset",
        "@id": absolute(url) + "#data",
        "dct:title": _literal(title),
        "dct:description": _literal(about),
        "dct:language": language_site.language.tag,
        "dct:publisher": _publisher(language_site, absolute),
        "dcat:landingPage": {"@id": absolute(url)},
        "dcat:distribution": [
            _distribution(link, absolute(link.url)) for link in files if link.media_type != MEDIA_TYPES["jsonld"]
        ],
    }


def catalogue(
    datasets: list[dict[str, Any]], sites: list[LanguageSite], url: str, absolute: Callable[[str], str]
) -> dict[str, Any]:
    """All data sets of the site as a `dcat:Catalog`. `sites`: of the languages with data, the source language first."""
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "@id": absolute(url),
        "dct:title": [_literal(each.facts["title"]) for each in sites],
        "dct:description": [_literal(each.facts["description"]) for each in sites],
        "dct:language": [each.language.tag for each in sites],
        "dct:publisher": _publisher(sites[0], absolute),
        "foaf:homepage": {"@id": absolute(sites[0].facts["home"])},
        "dcat:dataset": [{key: value for key, value in each.items() if key != "@context"} for each in datasets],
    }


def _literal(text: Text) -> dict[str, str]:
    return {"@value": str(text), "@language": text.lang}


def _publisher(language_site: LanguageSite, absolute: Callable[[str], str]) -> dict[str, Any]:
    return {
        "@type": "foaf:Organization",
        "foaf:name": language_site.facts["contact"].name or str(language_site.facts["title"]),
        "foaf:homepage": {"@id": absolute(language_site.facts["home"])},
    }


def _distribution(link: Link, address: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": str(link.title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{link.media_type}"},
    }
