"""Fields that must be exact (`exact: true`): a legal text is there, whole and up to date, or nothing is published."""

from __future__ import annotations

from sitegen.model.entry import Entry, translatable_texts
from sitegen.model.funding import is_shown
from sitegen.model.language import Language
from sitegen.model.site import Site, message_context
from sitegen.problems import Problems
from sitegen.schema.fields import Field
from sitegen.translate.segments import State, Translation


def check_exact_texts(site: Site, problems: Problems) -> None:
    """An error for every exact text that a language lacks or has only for an older source.

    Texts of funding that are missing altogether are told where their blocks are made, for these know built-in ones.
    """
    for name, settings in site.config.collections.items():
        if not any(map(_has_exact, settings.schema.fields)):
            continue
        for entry in site.collections[name]:
            if name != "funding" or is_shown(entry.record.values, site.date):
                _check_entry(site, entry, problems, missing=name != "funding")


def _has_exact(item: Field) -> bool:
    return item.exact or any(map(_has_exact, item.fields))


def _check_entry(site: Site, entry: Entry, problems: Problems, *, missing: bool) -> None:
    for item, path, text in translatable_texts(entry):
        if not item.exact or not any(map(str.isalpha, text.text)):
            continue
        for language in site.languages.values():
            by_hand = {*text.variants, *(tag for tag, record in entry.variants.items() if path in record.positions)}
            if not _asked(site, entry, language) or by_hand & {language.tag, language.derived_from}:
                continue
            context = message_context(entry.collection, path)
            found = site.translations.find(text.text, context, entry.source_language, language.tag)
            _report(site, entry, path, text.text, language, found, problems, missing=missing)


def _asked(site: Site, entry: Entry, language: Language) -> bool:
    own = entry.source_language in (language.tag, language.derived_from)
    return not own and not language.pseudo and site.exists(entry, language.tag)


def _report(
    site: Site,
    entry: Entry,
    path: str,
    msgid: str,
    language: Language,
    found: Translation,
    problems: Problems,
    *,
    missing: bool,
) -> None:
    message = site.translations.inexact(msgid, found, entry.source_language, language.tag)
    if message is not None and (missing or found.state is State.STALE):
        problems.error("exact-missing", entry.record.positions.get(path, entry.position), f"{path}: {message}")
