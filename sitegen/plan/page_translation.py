"""How far an entry's page speaks its language: the counts of its fields and of its body together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model.source_state import is_outdated
from sitegen.plan.context import Translation
from sitegen.plan.routes import ROOT

if TYPE_CHECKING:
    from sitegen.model.entry import Entry
    from sitegen.plan.pages import BodyFacts
    from sitegen.plan.views import Views


_KEEP = 64
"""States of so many pages are kept: those of one entry are asked for together."""


class PageTranslations:
    """Reckons the state of each page once: each of an entry's pages asks it of all its languages."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._known: dict[tuple[str, str], tuple[BodyFacts, Translation]] = {}

    def of(self, entry: Entry, tag: str, body: BodyFacts) -> Translation:
        """The counts of the entry's fields and body in this language, and what follows for its page."""
        key = (entry.id, tag)
        known = self._known.get(key)
        if known is None or known[0] is not body:
            if len(self._known) > _KEEP:
                self._known.clear()
            known = self._known[key] = (body, _reckon(self._views, entry, tag, body))
        return known[1]


def _reckon(views: Views, entry: Entry, tag: str, body: BodyFacts) -> Translation:
    language = views.site.languages[tag]
    source = entry.source_language
    by_hand = entry.record_in(tag, language.derived_from)
    texts = views.field_counts(entry, tag)
    translated, stale, untranslated = (
        texts[0] + body.translated,
        texts[1] + body.stale,
        texts[2] + body.untranslated,
    )
    total = translated + stale + untranslated
    coverage = translated / total if total else 1.0
    if source in (tag, language.derived_from):
        state, coverage = "source", 1.0
    elif is_outdated(entry, tag, language.derived_from):
        state = "outdated"
    elif untranslated == total and total and by_hand is None:
        state = "untranslated"
    else:
        state = "partial" if stale or untranslated else "translated"
    return Translation(
        state=state,
        total=total,
        translated=translated,
        stale=stale,
        untranslated=untranslated,
        coverage=coverage,
        below_threshold=state != "source" and coverage < language.threshold,
        source_language=views.languages.get(source) or views.languages[tag],
        source_url=ROOT + views.routes.entries.get((entry.id, source), ""),
        help_url=views.sites[tag].facts["translate"].help,
    )
