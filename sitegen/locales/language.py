"""BCP 47 tags and what follows from them: Babel's locale, direction, Open Graph locale, a language's name in itself."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})(?P<extlang>(-[a-z]{3}){0,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?(?P<variants>(-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(?P<extensions>(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*)(?P<private>-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
MAXIMUM_TAG_LENGTH = 35  # as RFC 5646 section 4.4.1 recommends

# Scripts written from right to left, and the languages that use one of them where the tag names none (CLDR).
_RTL_SCRIPTS = frozenset(
    (
        *("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Sogd", "Syrc", "Syre", "Syrj"),
        *("Syrn", "Thaa", "Yezi"),
    )
)
_RTL_LANGUAGES = frozenset(
    (
        *("apc", "ar", "arc", "arz", "azb", "bal", "bgn", "bqi", "brh", "ckb", "dv", "fa", "glk", "he", "khw", "ks"),
        *("lrc", "luz", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi"),
    )
)

# Old codes that still turn up in files of other tools.
_ALIASES = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "no": "nb", "sh": "sr-Latn", "tl": "fil"}

# The region of languages whose Open Graph locale is not the likely one of CLDR: sites of European networks.
_OG_REGIONS = {"en": "GB", "pt": "PT"}

# CLDR writes language names as in running text; in a switcher they stand alone. Serbian needs its script.
_NAMES = {
    "sr": "Српски",
    "sr-Cyrl": "Српски (ћирилица)",
    "sr-Latn": "Srpski (latinica)",
    "cnr": "Crnogorski",
    "en-XA": "[Ƥšéûðö Éñĝļîšĥ]",
    "ar-XB": "عربي وهمي",
}
_PSEUDO = {"en-XA": "en", "ar-XB": "ar"}
# Languages that write their own name with a small letter even where it stands alone have no business here:
# a name in a list begins with a capital in every cased script; Georgian's capitals are for whole words only.
_UNCASED_SCRIPTS = frozenset({"ka"})


def is_valid_tag(tag: str) -> bool:
    """Whether `tag` is well-formed BCP 47 (`sr-Latn`, `pt-BR`, `ca-valencia`); it need not be registered."""
    return len(tag) <= MAXIMUM_TAG_LENGTH and _TAG.fullmatch(tag) is not None


def normalise_tag(tag: str) -> str:
    """The tag in its canonical spelling: `sr_latn` → `sr-Latn`, `sr@latin` → `sr-Latn`, `PT-br` → `pt-BR`, `iw` → `he`.

    What is not a tag comes back as it was.
    """
    spelled = tag.strip().partition(".")[0].replace("_", "-")
    base, _, modifier = spelled.partition("@")
    script = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab"}.get(modifier.lower())
    if script:
        language, _, rest = base.partition("-")
        base = "-".join(filter(None, (language, script, rest)))
    elif modifier:
        return tag
    match = _TAG.fullmatch(base)
    if match is None or len(base) > MAXIMUM_TAG_LENGTH:
        return tag
    language = match["language"].lower()
    language = _ALIASES.get(language, language)
    head = language + match["extlang"].lower()
    if match["script"] and "-" not in head:
        head += "-" + match["script"].title()
    if match["region"]:
        head += "-" + match["region"].upper()
    return head + (match["variants"] + match["extensions"] + (match["private"] or "")).lower()


def language_of(tag: str) -> str:
    """The language subtag: `sr` of `sr-Latn`."""
    return normalise_tag(tag).partition("-")[0]


def script_of(tag: str) -> str | None:
    """The script subtag that the tag names: `Latn` of `sr-Latn`, None of `fi`."""
    match = _TAG.fullmatch(normalise_tag(tag))
    return match["script"] if match else None


def region_of(tag: str) -> str | None:
    """The region subtag that the tag names: `BR` of `pt-BR`, None of `pt`."""
    match = _TAG.fullmatch(normalise_tag(tag))
    return match["region"] if match else None


@cache
def babel_identifier(tag: str) -> str | None:
    """The identifier of the CLDR locale that serves this tag (`sr-Latn` → `sr_Latn`), None when CLDR has none.

    A region or script that CLDR does not know for the language is left off; pseudo-locales use their base.
    """
    from babel.localedata import exists

    tag = normalise_tag(tag)
    if not is_valid_tag(tag):
        return None
    language, script, region = language_of(_PSEUDO.get(tag, tag)), script_of(tag), region_of(tag)
    if tag in _PSEUDO:
        region = None
    if language == "cnr":  # Montenegrin has no data of its own
        language, script, region = "sr", script or "Latn", region or "ME"
    for parts in ((language, script, region), (language, script), (language, region), (language,)):
        identifier = "_".join(part for part in parts if part)
        if len(identifier) > 3 and script and script not in identifier and exists(f"{language}_{script}"):
            continue
        if exists(identifier):
            return identifier
        if region and not script and (likely := _with_likely_script(language, region)):
            return likely
    return None


def _with_likely_script(language: str, region: str) -> str | None:
    """`zh_Hant_TW` for Chinese in Taiwan: the region alone can decide the script."""
    from babel.core import get_global
    from babel.localedata import exists

    likely: str = get_global("likely_subtags").get(f"{language}_{region}", "")
    return likely if likely and exists(likely) else None


def babel_locale(tag: str) -> Locale | None:
    """Babel's locale of this tag, None when CLDR has none."""
    from babel import Locale

    identifier = babel_identifier(tag)
    return None if identifier is None else Locale.parse(identifier)


def direction(tag: str) -> str:
    """`'rtl'` or `'ltr'`: by the script that the tag names, else by the language."""
    tag = normalise_tag(tag)
    script = script_of(tag)
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    language = language_of(tag)
    if language == "pa":  # Punjabi in Pakistan uses the Arabic script
        return "rtl" if region_of(tag) == "PK" else "ltr"
    return "rtl" if language in _RTL_LANGUAGES else "ltr"


@cache
def og_locale(tag: str) -> str:
    """The Open Graph form, language and region: `sr_RS`, `fi_FI`, `en_GB`. A language without one stays alone."""
    tag = normalise_tag(tag)
    language, region = language_of(tag), region_of(tag)
    if tag in _PSEUDO:
        language, region = _PSEUDO[tag], None
    region = region or _OG_REGIONS.get(language) or _likely_region(language)
    return f"{language}_{region}" if region else language


def _likely_region(language: str) -> str | None:
    from babel.core import get_global

    likely: str = get_global("likely_subtags").get(language, "")
    parts = likely.split("_")
    return parts[-1] if len(parts) > 1 and len(parts[-1]) == 2 else None


@cache
def own_name(tag: str) -> str:
    """The language's name in itself, as it stands in a language switcher: `Suomi`, `Srpski (latinica)`."""
    tag = normalise_tag(tag)
    if tag in _NAMES:
        return _NAMES[tag]
    locale = babel_locale(tag)
    if locale is None:
        return tag
    language, script, region = language_of(tag), script_of(tag), region_of(tag)
    name = locale.languages.get(language) or locale.get_language_name() or tag
    details = [locale.scripts.get(script, script)] if script else []
    details += [locale.territories.get(region, region)] if region else []
    if details:
        name = f"{name} ({', '.join(details)})"
    return name if language in _UNCASED_SCRIPTS else capitalise(name, tag)


def capitalise(text: str, tag: str) -> str:
    """The text with its first letter as a capital, by the rules of its language (Turkish `i` → `İ`, Dutch `IJ`)."""
    if not text:
        return text
    language = language_of(tag)
    if language in ("tr", "az") and text[0] == "i":
        return "İ" + text[1:]
    if language == "nl" and text[:2] == "ij":
        return "IJ" + text[2:]
    return text[0].title() + text[1:]
