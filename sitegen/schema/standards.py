"""What the world's standards know: countries, currencies, time zones, language tags. From CLDR, by way of Babel.

Babel is imported when the first such value is met, and its tables are read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sitegen.problems import nearest

_LANGUAGE_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3}|[A-Za-z]{5,8})"
    r"(?:[-_](?P<script>[A-Za-z]{4}))?"
    r"(?:[-_](?P<territory>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:[-_][A-Za-z0-9]{1,8})*)"
)
MAX_CODE_CHARACTERS = 3
# groups of countries, private codes, and places that have a code of their own for other purposes only
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
_PSEUDO_LOCALES = frozenset({"en-XA", "ar-XB"})


def canonical_tag(text: str) -> str | None:
    """`sr-latn` or `SR_Latn` → `sr-Latn`; None where the text has not the form of a BCP 47 tag."""
    match = _LANGUAGE_TAG.fullmatch(text)
    if match is None:
        return None
    language, script, territory, rest = match.group("language", "script", "territory", "rest")
    parts = [language.lower()]
    if script:
        parts.append(script.title())
    if territory:
        parts.append(territory.upper())
    return "-".join(parts) + rest.replace("_", "-").lower()


@cache
def is_known_language(tag: str) -> bool:
    """Whether CLDR has a name for the language of a canonical tag, and for its script and territory."""
    if tag in _PSEUDO_LOCALES:
        return True
    match = _LANGUAGE_TAG.fullmatch(tag)
    if match is None:
        return False
    english = _english()
    script, territory = match["script"], match["territory"]
    return (
        match["language"] in english.languages
        and (script is None or script in english.scripts)
        and (territory is None or territory in english.territories)
    )


@cache
def is_locale(tag: str) -> bool:
    """Whether CLDR has data (dates, plurals, names) for this language, which an output language needs."""
    if tag in _PSEUDO_LOCALES:
        return True
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


@cache
def own_language_name(tag: str) -> str:
    """The language's name in itself, as it stands in a list: `Suomi`, `Српски`, `Srpski (latinica)`."""
    from babel import Locale, UnknownLocaleError

    if tag in _PSEUDO_LOCALES:
        return {"en-XA": "[Ȧccented]", "ar-XB": "[Mirrored]"}[tag]
    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError, TypeError):
        return tag
    return name[:1].upper() + name[1:]


@cache
def language_tags() -> tuple[str, ...]:
    """Tags of the languages for which CLDR has data, without territories: for suggestions."""
    from babel import localedata

    names = (name.replace("_", "-") for name in localedata.locale_identifiers())
    return tuple(sorted(name for name in names if not re.search(r"-([A-Z]{2}|\d{3})$", name)))


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code → English name (with XK for Kosovo, as the EU uses it)."""
    territories = _english().territories
    return {code: name for code, name in sorted(territories.items()) if len(code) == 2 and code not in _NO_COUNTRIES}


def country_called(name: str) -> str | None:
    """The code of the country whose English name is like `name`."""
    return _called(name, countries())


def language_called(name: str) -> str | None:
    """The tag of the language whose English name is like `name`."""
    return _called(name, {tag.replace("_", "-"): name for tag, name in _english().languages.items()})


def _called(name: str, known: Mapping[str, str]) -> str | None:
    codes = {english.lower(): code for code, english in known.items()}
    match = nearest(name.lower(), codes) if len(name) > MAX_CODE_CHARACTERS else None
    return codes[match] if match else None


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes, past ones included."""
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))


@cache
def time_zones() -> frozenset[str]:
    """IANA names of time zones, aliases included."""
    from babel.core import get_global

    return frozenset(get_global("zone_territories")) | frozenset(get_global("zone_aliases")) | {"UTC"}


@cache
def _english():  # type: ignore[no-untyped-def]  # noqa: ANN202 - babel.Locale, which is not imported here
    from babel import Locale

    return Locale("en")
