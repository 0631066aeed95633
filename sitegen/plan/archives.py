"""Archives: a list by programming period (projects, publications, calls) or by year (all that is ordered by a day).

An archive is a part of a collection's list with an address of its own: `en/projects/2014-2020/`, `fi/uutiset/2026/`.
There are archives only where there is more than one to choose from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sitegen.config import CollectionConfig
from sitegen.model.entry import Entry
from sitegen.model.text import Text
from sitegen.plan.paging import page_address, page_count
from sitegen.problems import Position
from sitegen.schema.fields import FieldType, Period

if TYPE_CHECKING:
    from sitegen.model.site import Site
    from sitegen.plan.routes import Routes

Claim = Callable[[str, str, Position], bool]
"""(address, owner, where that is written) → whether nobody else wants the address."""

BY_PERIOD = frozenset({"projects", "publications", "calls"})
PERIODS = ((1989, 1993), (1994, 1999), (2000, 2006), (2007, 2013), (2014, 2020), (2021, 2027), (2028, 2034))
"""The programming periods of the European Union: first and last year."""


def archive_of(entry: Entry, settings: CollectionConfig, funding: Mapping[str, Entry]) -> str | None:
    """The archive to which the entry belongs, `2014-2020` or `2026`; None: to none. `funding`: entries by id."""
    if settings.name in BY_PERIOD:
        return _period_of(entry, funding)
    field = _day_field(settings)
    day = entry.value(field) if field else None
    return f"{day.year:04}" if isinstance(day, dt.date) else None


def _day_field(settings: CollectionConfig) -> str | None:
    """The field with a day by which the collection is ordered."""
    name = settings.sort.lstrip("-")
    field = settings.schema.field(name) if name else None
    return name if field is not None and field.type in (FieldType.DATE, FieldType.DATETIME) else None


def _period_of(entry: Entry, funding: Mapping[str, Entry]) -> str | None:
    """The period of the programme that pays, where that is known; else the one in which the entry begins."""
    names = entry.value("funding", ())
    programmes = (funding[f"funding/{name}"].value("period") for name in names if f"funding/{name}" in funding)
    for period in (*programmes, entry.value("period")):
        if isinstance(period, Period) and period.start is not None and period.end is not None:
            return f"{period.start.year}-{period.end.year}"
    days = (entry.value(name) for name in ("start", "opens", "closes", "date", "end"))
    year = next((day.year for day in days if isinstance(day, dt.date)), None)
    if year is None:
        return None
    return next((f"{first}-{last}" for first, last in PERIODS if first <= year <= last), None)


def route_archives(site: Site, routes: Routes, claim: Claim) -> None:
    """Give every archive its addresses, newest first."""
    for settings in site.config.collections.values():
        kept = {entry.id: archive_of(entry, settings, site.entries) for entry in site.collections[settings.name]}
        for tag in site.languages:
            if (settings.name, tag) in routes.lists:
                _route_one(site, settings, kept, tag, routes, claim)


def _route_one(
    site: Site, settings: CollectionConfig, kept: Mapping[str, str | None], tag: str, routes: Routes, claim: Claim
) -> None:
    members: dict[str, list[str]] = {}
    for entry in site.collections[settings.name]:
        slug = kept[entry.id]
        if slug is not None and site.exists(entry, tag):
            members.setdefault(slug, []).append(entry.id)
    if len(members) < 2:
        return
    list_address = routes.lists[settings.name, tag]
    for slug in sorted(members, reverse=True):
        address = f"{list_address}{slug}/"
        owner = f"the archive {slug} of {settings.name}"
        if not claim(address, owner, settings.title.position):
            continue
        name = archive_name(settings.name, slug)
        routes.archives[name, tag] = address
        routes.archive_lists.setdefault((settings.name, tag), []).append((slug, address))
        routes.members[name, tag] = frozenset(members[slug])
        for number in range(2, page_count(len(members[slug]), settings.page_size) + 1):
            claim(page_address(address, number), owner, settings.title.position)


def archive_name(collection: str, slug: str) -> str:
    """The name of an archive in routes, jobs and dependencies: `projects 2014-2020`."""
    return f"{collection} {slug}"


def archives_of(routes: Routes, collection: str, tag: str) -> list[tuple[str, str]]:
    """The archives of a collection in one language, newest first: (slug, address)."""
    return routes.archive_lists.get((collection, tag), [])


def archive_title(title: Text, slug: str) -> Text:
    """`Projects 2014–2020`, in the language of the list's title."""
    return Text(f"{title} {shown_slug(slug)}", title.lang, title.dir, title.state)


def shown_slug(slug: str) -> str:
    """`2014–2020`: a span of years with the dash of print."""
    return slug.replace("-", "–")
