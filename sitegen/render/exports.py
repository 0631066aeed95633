"""Files of open data: what each holds is gathered here and written by the modules of its format.

Private fields never come this far: `LanguageSite.field_value` leaves them out, and nothing here reads records directly.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sitegen.model.entry import Entry
from sitegen.model.site import LanguageSite, Site
from sitegen.plan.exports import CALENDAR, CATALOGUE, EVENTS, VCARD, catalogue, dataset, downloads
from sitegen.plan.routes import ROOT, Routes
from sitegen.plan.views import Views
from sitegen.render.calendars import calendar, event_file
from sitegen.render.export_files import csv_file, geojson_file, json_file
from sitegen.render.export_values import ExportedEntry, Exporter
from sitegen.render.vcards import vcard_file


class Exports:
    """Writes the open data of a site. `absolute`: an address with ROOT → one with scheme and host."""

    def __init__(self, views: Views, absolute: Callable[[str], str]) -> None:
        self._views = views
        self._site: Site = views.site
        self._routes: Routes = views.routes
        self._absolute = absolute

    def beside(self, entry: Entry) -> list[tuple[str, bytes]]:
        """The vCard or the event file of an entry in each language: (output path, content)."""
        found = []
        for tag, language_site in self._views.sites.items():
            address = self._routes.beside.get((entry.id, tag))
            if address is None:
                continue
            language_site.record(f"entry:{entry.id}")
            url = self._entry_url(entry, tag)
            if address.endswith(VCARD):
                found.append((address, vcard_file(entry, language_site, url, self._absolute(ROOT + address))))
            else:
                found.append((address, event_file(entry, language_site, self._site, url)))
        return found

    def collection(self, name: str, tag: str) -> list[tuple[str, bytes]]:
        """All files of a collection's open data in one language, or the calendar of events."""
        language_site = self._views.sites[tag]
        language_site.record(f"exports:{name}")
        files = self._routes.exports[name, tag]
        if name == CATALOGUE:
            return [(files[0].address, self._catalogue(files[0].address))]
        if name == CALENDAR:
            return [(files[0].address, self._calendar(language_site, self._absolute(ROOT + files[0].address)))]
        entries = self._entries(name, language_site)
        exporter = Exporter(self._site.config, language_site, self._absolute)
        rows = [exporter.entry(entry, self._entry_url(entry, tag)) for entry in entries]
        return [(each.address, self._file(each.format, name, tag, rows)) for each in files]

    def _file(self, kind: str, name: str, tag: str, rows: list[ExportedEntry]) -> bytes:
        language_site = self._views.sites[tag]
        if kind == "csv":
            schema = self._site.config.collections[name].schema
            return csv_file(rows, schema, tuple(self._site.languages))
        about = self._about(name, language_site)
        return json_file(about, rows) if kind == "json" else geojson_file(about, rows)

    def _about(self, name: str, language_site: LanguageSite) -> dict[str, Any]:
        collection = language_site.collection(name)
        found = {
            "title": str(collection.title),
            "description": str(collection.description) if collection.description else None,
            "language": language_site.language.tag,
            "url": self._absolute(collection.url) if collection.url else None,
            "publisher": language_site.facts["contact"].name or str(language_site.facts["title"]),
        }
        return {key: value for key, value in found.items() if value is not None}

    def _catalogue(self, address: str) -> bytes:
        """What open data there is, in all languages."""
        source = self._site.config.source_language
        found = [key for key in self._routes.exports if key[0] in self._site.config.collections]
        tags = sorted(dict.fromkeys(tag for _name, tag in found), key=lambda tag: tag != source)
        sites = [self._views.sites[tag] for tag in tags]
        for language_site in sites:
            for part in ("collections", "title", "description", "contact", "home"):
                language_site.record(f"fact:{part}")
        datasets = [self._dataset(name, self._views.sites[tag]) for name, tag in found]
        described = catalogue(datasets, sites, ROOT + address, self._absolute)
        return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()

    def _dataset(self, name: str, language_site: LanguageSite) -> dict[str, Any]:
        language_site.record(f"exports:{name}")
        collection = language_site.collection(name)
        links = downloads(self._routes, name, language_site.language.tag, ROOT)
        described = dataset(
            collection, links, collection.url or language_site.facts["home"], language_site, self._absolute
        )
        return described if collection.url else {**described, "@id": f"{self._absolute(links[0].url)}#data"}

    def _calendar(self, language_site: LanguageSite, address: str) -> bytes:
        entries = self._entries(EVENTS, language_site)
        urls = [self._entry_url(entry, language_site.language.tag) for entry in entries]
        return calendar(list(zip(entries, urls, strict=True)), language_site, self._site, address)

    @staticmethod
    def _entries(name: str, language_site: LanguageSite) -> Sequence[Entry]:
        language_site.record(f"list:{name}")
        return language_site.entries_of(name)

    def _entry_url(self, entry: Entry, tag: str) -> str | None:
        url = self._routes.entry_url(entry, tag)
        return None if url is None else self._absolute(url)
