"""People are shown with their consent alone: without the day on which they gave it, their entry stays unpublished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitegen.model.entry import Entry
from sitegen.problems import Problems

PEOPLE, CONSENT = "people", "consent"


def with_consent(entries: Iterable[Entry], today: dt.date, problems: Problems) -> list[Entry]:
    """The entries without the people who have not agreed by `today`. Code: person-consent, a warning for each."""
    kept = []
    for entry in entries:
        day = entry.value(CONSENT)
        if entry.collection != PEOPLE or entry.schema.field(CONSENT) is None or (day is not None and day <= today):
            kept.append(entry)
        else:
            position = entry.record.positions.get(CONSENT, entry.position)
            problems.warning("person-consent", position, _message(entry, day))
    return kept


def _message(entry: Entry, day: dt.date | None) -> str:
    if day is None:
        return (
            f"'{entry.id}' has no 'consent', so this person is not shown; ask whether they agree to be named here, "
            "and add the day on which they said so, such as 'consent: 2027-03-05'"
        )
    return f"the consent of '{entry.id}' is of {day}, which is yet to come, so this person is not shown; check the date"
