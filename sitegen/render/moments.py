"""What templates may ask about days and hours: moments with their zone, and where calls and projects stand today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sitegen.locales.formats import formats
from sitegen.model.entry import EntryView
from sitegen.model.site import LanguageSite, Site
from sitegen.plan import phases

if TYPE_CHECKING:
    from sitegen.plan.phases import CallPhase


def moment_functions(site: Site, language_site: LanguageSite) -> dict[str, Callable[..., Any]]:
    """`datetime`, `call_phase`, `call_state` and `project_state` for one language; what they read is recorded."""
    zone = site.config.timezone
    tag = language_site.language.tag

    def datetime(value: dt.date, form: str = "long", timezone: str | None = None) -> str:
        """A moment in the zone in which it was written; a day alone is a day."""
        own = formats(tag, timezone or zone)
        return own.datetime(value, form) if isinstance(value, dt.datetime) else own.date(value, form)

    def call_phase(call: EntryView) -> CallPhase:
        language_site.record(f"phase:{call.id}")
        return phases.call_phase(site.entries[call.id].record.values, site.date, zone)

    def project_state(project: EntryView) -> str | None:
        language_site.record(f"phase:{project.id}")
        return phases.project_state(site.entries[project.id].record.values, site.date)

    return {
        "datetime": datetime,
        "call_phase": call_phase,
        "call_state": lambda call: call_phase(call).state,
        "project_state": project_state,
    }
