"""Routes: which address each entry, list and tag has in each language, and whether two claim the same one."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.config import CollectionConfig
from sitegen.model.entry import Entry
from sitegen.model.language import Language
from sitegen.model.site import Site
from sitegen.plan.archives import route_archives
from sitegen.plan.directory import route_directories
from sitegen.plan.exports import Export, route_exports
from sitegen.plan.paging import page_address, page_count
from sitegen.problems import Position, Problems

ROOT = "\ufdd0"
"""Stands before every internal address until a page's own depth is known; a noncharacter, so no text holds it."""

HOME_KEYS = ("index", "home")


@dataclass(slots=True)
class Routes:
    """Addresses without the ROOT mark and without a leading slash: `fi/tietoa/`; '' is the root page.

    `entries`: (entry id, tag) → address. `lists`: (collection, tag) → address of its first page.
    `archives`: (`<collection> <slug>`, tag) → address of an archive's first page; `members`: the ids of its entries.
    `archive_lists`: (collection, tag) → (slug, address) of its archives, newest first; parts of directories are none.
    `directories`: (collection, tag) → the file that a directory's search reads.
    `exports`: (collection, tag) → its files of open data. `beside`: (entry id, tag) → address of its vCard or event
    file. `claims`: output path → who claims it and where that is written, for problems and for pruning.
    """

    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    lists: dict[tuple[str, str], str] = field(default_factory=dict)
    tags: dict[tuple[str, str], str] = field(default_factory=dict)
    archives: dict[tuple[str, str], str] = field(default_factory=dict)
    archive_lists: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    members: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    directories: dict[tuple[str, str], str] = field(default_factory=dict)
    exports: dict[tuple[str, str], tuple[Export, ...]] = field(default_factory=dict)
    beside: dict[tuple[str, str], str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    search: dict[str, str] = field(default_factory=dict)
    aliases: list[tuple[str, str, str]] = field(default_factory=list)  # alias address, entry id, tag
    claims: dict[str, tuple[str, Position]] = field(default_factory=dict)

    def entry_url(self, entry: Entry, tag: str) -> str | None:
        """With ROOT: the entry's address in this language, else in its source language, else None."""
        found = self.entries.get((entry.id, tag))
        if found is None:
            found = self.entries.get((entry.id, entry.source_language))
        return None if found is None else ROOT + found

    def beside_url(self, entry: Entry, tag: str) -> str | None:
        """With ROOT: the address of the entry's vCard or event file in this language."""
        found = self.beside.get((entry.id, tag))
        return None if found is None else ROOT + found

    def list_url(self, collection: str, tag: str) -> str | None:
        found = self.lists.get((collection, tag))
        return None if found is None else ROOT + found


def plan_routes(site: Site, problems: Problems) -> Routes:
    """The routes of all entries, lists, tags and aliases; two claims on one address are problems."""
    routes = Routes()
    claim = _Claims(routes, problems)
    for settings in site.config.collections.values():
        if settings.publish:
            for entry in site.collections[settings.name]:
                _route_entry(site, entry, settings, routes, claim)
    for settings in site.config.collections.values():
        if settings.listed and site.collections[settings.name]:
            for language in site.languages.values():
                _route_list(site, settings, language, routes, claim)
    for language in site.languages.values():
        _route_tags(site, language, routes, claim)
    _route_status(site, routes, claim)
    _route_search(site, routes, claim)
    route_archives(site, routes, claim)
    route_directories(site, routes, claim)
    route_exports(site, routes, claim)
    _route_aliases(site, routes, claim)
    return routes


class _Claims:
    """Who claims which output file. Case and Unicode form do not make two addresses different on every server."""

    def __init__(self, routes: Routes, problems: Problems) -> None:
        self._routes = routes
        self._problems = problems
        self._folded: dict[str, str] = {}
        self._reported: set[tuple[str, str]] = set()

    def __call__(self, address: str, owner: str, position: Position) -> bool:
        path = output_path(address)
        folded = path if path.isascii() and path.islower() else unicodedata.normalize("NFC", path).casefold()
        other = self._folded.get(folded)
        if other is not None:
            name, place = self._routes.claims[other]
            if (owner, name) in self._reported:  # the same two in another language
                return False
            self._reported.add((owner, name))
            message = f"'{owner}' and '{name}' ({place}) both want the address /{address}"
            if other != path:
                message += f", which differs from /{other.removesuffix('index.html')} only in case or Unicode form"
            message += "; give one of them another slug"
            self._problems.error("route-duplicate", position, message)
            return False
        self._folded[folded] = path
        self._routes.claims[path] = (owner, position)
        return True


def output_path(address: str) -> str:
    """`fi/tietoa/` → `fi/tietoa/index.html`; an address of a file stays."""
    return address + "index.html" if address == "" or address.endswith("/") else address


def _route_entry(site: Site, entry: Entry, settings: CollectionConfig, routes: Routes, claim: _Claims) -> None:
    for language in site.languages.values():
        if not site.exists(entry, language.tag):
            continue
        address = entry_address(entry, settings, language, site.config.source_language)
        if claim(address, entry.id, entry.position):
            routes.entries[entry.id, language.tag] = address


def entry_address(entry: Entry, settings: CollectionConfig, language: Language, source_language: str) -> str:
    """`<language>/<collection>/<slug>/`; the home page has the address of its language."""
    if settings.name == "pages" and entry.key in HOME_KEYS:
        return language.prefix
    return f"{language.prefix}{collection_path(settings, language)}{entry_slug(entry, language)}/"


def collection_path(settings: CollectionConfig, language: Language) -> str:
    """`groups/`, or '' for a collection at the root of its language."""
    for tag in (language.tag, language.path, language.derived_from or "", ""):
        if tag in settings.path:
            path = settings.path[tag].strip("/")
            return f"{path}/" if path else ""
    return ""


def entry_slug(entry: Entry, language: Language) -> str:
    """From front matter (per language), else from the file's name. Always in Latin letters without diacritics."""
    slug = _chosen_slug(entry, language)
    if slug is not None:
        return slug
    *folders, name = entry.key.split("/")
    return "/".join([*(_slugify(folder, entry) for folder in folders), _slugify(_without_date(name), entry)])


def _chosen_slug(entry: Entry, language: Language) -> str | None:
    variant = entry.variants.get(language.tag)
    if variant is not None and isinstance(variant.values.get("slug"), str):
        return str(variant.values["slug"])
    slug: Any = entry.record.values.get("slug")
    if slug is None:
        return None
    if isinstance(slug, Mapping):
        for tag in (language.tag, language.path, language.derived_from or ""):
            if tag in slug:
                return str(slug[tag])
        return None
    return str(slug) if slug else None


def _without_date(name: str) -> str:
    parts = name.split("-", 3)
    dated = len(parts) == 4 and [len(part) for part in parts[:3]] == [4, 2, 2] and "".join(parts[:3]).isdigit()
    return parts[3] if dated else name


def _slugify(text: str, entry: Entry) -> str:
    if text.isascii() and text.replace("-", "").isalnum() and text.islower():
        return text
    from sitegen.locales.scripts import slugify

    return slugify(text, entry.source_language) or "entry"


def _route_list(site: Site, settings: CollectionConfig, language: Language, routes: Routes, claim: _Claims) -> None:
    path = collection_path(settings, language)
    if not path:
        return
    address = language.prefix + path
    owner = f"the list of {settings.name}"
    if claim(address, owner, settings.title.position):
        routes.lists[settings.name, language.tag] = address
    for number in range(2, list_pages(site, settings, language) + 1):
        claim(page_address(address, number), owner, settings.title.position)


def list_pages(site: Site, settings: CollectionConfig, language: Language) -> int:
    """How many pages the list of a collection has in this language."""
    count = sum(site.exists(entry, language.tag) for entry in site.collections[settings.name])
    return page_count(count, settings.page_size)


def _route_tags(site: Site, language: Language, routes: Routes, claim: _Claims) -> None:
    used = [slug for slug, (_, ids) in site.tags.items() if any(_shown(site, i, language.tag) for i in ids)]
    if not used:
        return
    position = Position("site.yaml")
    address = f"{language.prefix}tags/"
    if claim(address, "the list of tags", position):
        routes.tags["", language.tag] = address
    for slug in used:
        text, _ = site.tags[slug]
        if claim(f"{address}{slug}/", f"the tag '{text.text}'", text.position):
            routes.tags[slug, language.tag] = f"{address}{slug}/"


def _route_status(site: Site, routes: Routes, claim: _Claims) -> None:
    """The page on the state of the translation, where the theme has one: on demand, else where there are catalogues."""
    real = [language for language in site.languages.values() if not language.pseudo]
    wanted = site.config.translate.status_page
    if wanted is None:
        wanted = any(site.translations.catalogues_of(language.tag) for language in real)
    wanted = wanted and _theme_has(site, "status.html")
    for language in real if wanted and len(real) > 1 else ():
        address = f"{language.prefix}translation/"
        if claim(address, "the page on the state of the translation", Position("site.yaml")):
            routes.status[language.tag] = address


def _route_search(site: Site, routes: Routes, claim: _Claims) -> None:
    """The search page, where the theme has one and the site does not say `search: false`."""
    if site.config.search and _theme_has(site, "search.html"):
        for language in site.languages.values():
            address = f"{language.prefix}search/"
            if claim(address, "the search page", Position("site.yaml")):
                routes.search[language.tag] = address


def _theme_has(site: Site, template: str) -> bool:
    return any(os.path.isfile(f"{folder}/{template}") for folder in site.theme.template_dirs)


def _shown(site: Site, entry_id: str, tag: str) -> bool:
    entry = site.entries[entry_id]
    return site.exists(entry, tag) and site.config.collections[entry.collection].publish


def _route_aliases(site: Site, routes: Routes, claim: _Claims) -> None:
    for entry, tag, alias, position in _aliases(site):
        if (entry.id, tag) not in routes.entries:
            continue
        address = alias.strip("/")
        address = address if "." in address.rsplit("/", 1)[-1] else f"{address}/"
        if claim(address, f"an alias of {entry.id}", position):
            routes.aliases.append((address, entry.id, tag))


def _aliases(site: Site) -> Iterator[tuple[Entry, str, str, Position]]:
    for entry in site.entries.values():
        for tag, record in ((entry.source_language, entry.record), *entry.variants.items()):
            for number, alias in enumerate(record.values.get("aliases", ())):
                yield entry, tag, str(alias), record.positions.get(f"aliases.{number}", record.position)
