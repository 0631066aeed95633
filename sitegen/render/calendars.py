"""Events for calendars: iCalendar (RFC 5545, with the extensions of RFC 7986), one event or all of them.

Moments are written in UTC, so that no definition of a time zone has to travel along. Identifiers and stamps come from
the data, never from the clock: a subscriber sees a change only when an editor has made one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.model.entry import Entry
from sitegen.model.site import LanguageSite, Site
from sitegen.render.content_lines import content, stable_uid, text_value, uri_value
from sitegen.schema.fields import Coordinates

_DAY = dt.timedelta(days=1)


def event_file(entry: Entry, language_site: LanguageSite, site: Site, url: str | None) -> bytes:
    """One event. `url`: the absolute address of its page."""
    return content([*_begin(language_site), *_event(entry, language_site, site, url), "END:VCALENDAR"])


def calendar(events: list[tuple[Entry, str | None]], language_site: LanguageSite, site: Site, address: str) -> bytes:
    """All events with their addresses, to subscribe to. `address`: of the calendar itself."""
    title = f"{language_site.facts['title']}: {language_site.collection('events').title}"
    lines = [
        *_begin(language_site),
        f"NAME:{text_value(title)}",
        f"X-WR-CALNAME:{text_value(title)}",
        f"SOURCE;VALUE=URI:{uri_value(address)}",
        f"URL:{uri_value(address)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for entry, url in events:
        lines += _event(entry, language_site, site, url)
    return content([*lines, "END:VCALENDAR"])


def _begin(language_site: LanguageSite) -> list[str]:
    tag = language_site.language.tag
    return ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//sitegen//sitegen//{tag.upper()}", "CALSCALE:GREGORIAN"]


def _event(entry: Entry, language_site: LanguageSite, site: Site, url: str | None) -> Iterator[str]:
    def value(name: str) -> Any:
        field = entry.schema.field(name)
        return language_site.field_value(entry, field) if field is not None else None

    start = value("start")
    if start is None:
        return
    title = language_site.title_of(entry)
    yield "BEGIN:VEVENT"
    yield f"UID:{stable_uid(f'{site.config.url}{entry.id}')}"
    yield f"DTSTAMP:{_stamp(value('updated') or entry.date or start)}"
    yield from _span(start, value("end"), all_day=bool(value("all_day")), zone=_zone(entry, site))
    yield f"SUMMARY;LANGUAGE={title.lang}:{text_value(title)}"
    online = value("online_url")
    summary = value("summary") or value("description")
    if summary:
        yield f"DESCRIPTION;LANGUAGE={summary.lang}:{text_value(summary)}"
    if value("venue"):
        yield f"LOCATION:{text_value(value('venue'))}"
    place = value("location")
    if isinstance(place, Coordinates):
        yield f"GEO:{place.lat:.6f};{place.lon:.6f}"
    if online:
        yield f"CONFERENCE;VALUE=URI:{uri_value(online)}"
    if url or online:
        yield f"URL:{uri_value(url or online)}"
    tags = value("tags")
    if tags:
        yield "CATEGORIES:" + ",".join(text_value(tag) for tag in tags)
    yield "END:VEVENT"


def _zone(entry: Entry, site: Site) -> ZoneInfo:
    return ZoneInfo(entry.value("timezone") or site.config.timezone)


def _stamp(value: dt.date) -> str:
    """The day of the last change known to the data, as an instant."""
    day = value.date() if isinstance(value, dt.datetime) else value
    return f"{day:%Y%m%d}T000000Z"


def _span(start: dt.date, end: dt.date | None, *, all_day: bool, zone: ZoneInfo) -> Iterator[str]:
    """DTSTART and DTEND of one type. The end of whole days is the day after the last (RFC 5545, 3.6.1)."""
    timed = isinstance(start, dt.datetime) or isinstance(end, dt.datetime)
    if all_day or not timed:
        yield f"DTSTART;VALUE=DATE:{_day(start):%Y%m%d}"
        if end is not None and _day(end) >= _day(start):
            yield f"DTEND;VALUE=DATE:{_day(end) + _DAY:%Y%m%d}"
        return
    yield f"DTSTART:{_instant(start, zone)}"
    if end is not None:
        closing = end if isinstance(end, dt.datetime) else end + _DAY
        if _instant(closing, zone) > _instant(start, zone):
            yield f"DTEND:{_instant(closing, zone)}"


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _instant(value: dt.date, zone: ZoneInfo) -> str:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return f"{moment.replace(tzinfo=moment.tzinfo or zone).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
