"""Where calls and projects stand on the day of the build: told from their dates, in their own time zone.

A build knows its day and not the hour: a call that closes on the day itself is still open. Pages carry both moments, so
that a small script can tell the state at the hour of reading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

UPCOMING, OPEN, CLOSED = "upcoming", "open", "closed"
PLANNED, RUNNING, FINISHED = "planned", "running", "finished"


@dataclass(frozen=True, slots=True)
class CallPhase:
    """`state`: 'upcoming' | 'open' | 'closed'. `opens`: the first moment, `closes`: the first moment after the last,
    both in ISO 8601 with their distance to UTC, '' where they are not known."""

    state: str
    opens: str
    closes: str


def call_phase(values: Mapping[str, Any], day: dt.date, zone: str) -> CallPhase:
    """`values`: fields of a call. `zone`: the site's time zone, whose `day` it is."""
    own = ZoneInfo(values.get("timezone") or zone)
    opens = _moment(values.get("opens"), own)
    closes = _end(values.get("closes"), own)
    begin = dt.datetime.combine(day, dt.time(), ZoneInfo(zone))
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))
    if closes is not None and _utc(closes) <= _utc(begin):
        state = CLOSED
    elif opens is not None and _utc(opens) >= _utc(after):
        state = UPCOMING
    else:
        state = OPEN
    return CallPhase(state, _iso(opens), _iso(closes))


def project_state(values: Mapping[str, Any], day: dt.date) -> str | None:
    """What the editor says, else what the dates tell; None where there are none."""
    said = values.get("status")
    start, end = values.get("start"), values.get("end")
    if said or (start is None and end is None):
        return said
    if start is not None and day < start:
        return PLANNED
    return FINISHED if end is not None and day > end else RUNNING


def _moment(value: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    if value is None:
        return None
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return moment.replace(tzinfo=moment.tzinfo or zone)


def _end(value: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    """A day alone counts to its end."""
    whole_day = value is not None and not isinstance(value, dt.datetime)
    return _moment(value + dt.timedelta(days=1) if value is not None and whole_day else value, zone)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


def _iso(moment: dt.datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="minutes")
