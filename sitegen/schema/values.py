"""One scalar of YAML → one typed value, or what is wrong with it and what to do."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from sitegen.problems import did_you_mean, nearest
from sitegen.schema import standards
from sitegen.schema.fields import Field, FieldType, Money, Period

URL_SCHEMES = ("http", "https", "mailto", "tel")
MAX_DIGITS = 18
MAX_EMAIL_CHARACTERS = 254
MAX_URL_CHARACTERS = 2_000

INTEGER_PATTERN = r"[+-]?[0-9]+"
NUMBER_PATTERN = r"[+-]?[0-9]+(\.[0-9]+)?"
DATE_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
DATETIME_PATTERN = rf"{DATE_PATTERN}([ T][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?)?"
YEARS_PATTERN = r"[0-9]{4}(\s*[-–]\s*[0-9]{4})?"
MONEY_PATTERN = r"[0-9]+(\.[0-9]{1,4})?\s+[A-Z]{3}"
EMAIL_PATTERN = r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]+"
PHONE_PATTERN = r"\+?[0-9 ()./-]{3,30}"

_INTEGER = re.compile(INTEGER_PATTERN)
_NUMBER = re.compile(NUMBER_PATTERN)
_DATE = re.compile(DATE_PATTERN)
_DATETIME = re.compile(DATETIME_PATTERN)
_YEARS = re.compile(YEARS_PATTERN)
_MONEY = re.compile(MONEY_PATTERN)
_EMAIL = re.compile(EMAIL_PATTERN)
_PHONE = re.compile(PHONE_PATTERN)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NOT_IN_URL = re.compile(r'[\s<>"\\^`{|}\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_FOLDS = re.compile(r"[ \t]*\n[ \t\n]*")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a value cannot be used: a problem without its place."""

    code: str
    message: str


def convert(text: str, field: Field, kind: FieldType) -> Any:
    """The value of `text` as `kind` (the field's type, or its item's), or `Wrong`. Never raises."""
    return _CONVERTERS[kind](text, field)


def _text(text: str, field: Field) -> str:
    text = text.strip()
    return _FOLDS.sub(" ", text) if "\n" in text else text


def _long_text(text: str, field: Field) -> str:
    return text.strip("\n").rstrip()


def _boolean(text: str, field: Field) -> bool | Wrong:
    lowered = text.lower()
    if lowered in ("true", "false"):
        return lowered == "true"
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(lowered)
    hint = f"; did you mean {meant}?" if meant else ""
    return Wrong("value-boolean", f"'{field.name}' is true or false, not '{short(text)}'{hint}")


def _integer(text: str, field: Field) -> int | Wrong:
    if not _INTEGER.fullmatch(text) or len(text) > MAX_DIGITS:
        return Wrong(
            "value-number", f"'{field.name}' is a whole number such as 48000, not '{short(text)}'{_digits(text)}"
        )
    number = int(text)
    return _in_range(number, field) or number


def _number(text: str, field: Field) -> int | float | Wrong:
    if not _NUMBER.fullmatch(text) or len(text) > MAX_DIGITS:
        return Wrong("value-number", f"'{field.name}' is a number such as 1250.5, not '{short(text)}'{_digits(text)}")
    number = int(text) if _INTEGER.fullmatch(text) else float(text)
    return _in_range(number, field) or number


def _digits(text: str) -> str:
    """What to do about a number written for people: `48 000`, `1.250,5 km²`."""
    if re.match(r"[0-9]", text) and re.search(r"[\s,._'’]", text):
        return "; write digits only, with a point before decimals and no spaces, commas or units"
    return ""


def _in_range(number: float, field: Field) -> Wrong | None:
    low, high = field.minimum, field.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    if low is not None and high is not None:
        allowed = f"between {low:g} and {high:g}"
    else:
        allowed = f"at least {low:g}" if low is not None else f"at most {high:g}"
    return Wrong("value-range", f"'{field.name}' must be {allowed}, not {number:g}")


def _date(text: str, field: Field) -> dt.date | Wrong:
    if not _DATE.fullmatch(text):
        return Wrong("value-date", f"'{field.name}' is a date such as 2027-03-05 (year-month-day), not '{short(text)}'")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return Wrong("value-date-impossible", f"'{field.name}': there is no day {text} in the calendar")


def _datetime(text: str, field: Field) -> dt.date | dt.datetime | Wrong:
    if not _DATETIME.fullmatch(text):
        zone = "; the time zone has a field of its own" if re.search(r":\d\d\s*([Zz]|[+-]\d)", text) else ""
        return Wrong(
            "value-date",
            f"'{field.name}' is a date such as 2027-03-05, or with a time 2027-03-05 16:00, not '{short(text)}'{zone}",
        )
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
    except ValueError:
        return Wrong("value-date-impossible", f"'{field.name}': there is no {text} in the calendar")


def _period(text: str, field: Field) -> Period | Wrong:
    if not _YEARS.fullmatch(text):
        return Wrong(
            "value-period",
            f"'{field.name}' is a span of years such as 2021-2027, or start and end dates, not '{short(text)}'",
        )
    first, last = int(text[:4]), int(text[-4:])
    if first < 1 or last < 1:
        return Wrong("value-date-impossible", f"'{field.name}': there is no year 0000 in the calendar")
    return period_of(dt.date(first, 1, 1), dt.date(last, 12, 31), field)


def period_of(start: dt.date | None, end: dt.date | None, field: Field) -> Period | Wrong:
    if start is not None and end is not None and start > end:
        return Wrong("value-period", f"'{field.name}' ends ({end}) before it starts ({start}); swap them")
    return Period(start, end)


def _timezone(text: str, field: Field) -> str | Wrong:
    zones = standards.time_zones()
    if text in zones:
        return text
    return Wrong(
        "value-timezone",
        f"'{short(text)}' is no time zone; write an IANA name such as Europe/Belgrade{did_you_mean(text, zones)}",
    )


def _money(text: str, field: Field) -> Money | Wrong:
    if not _MONEY.fullmatch(text) or len(text) > MAX_DIGITS + 4:
        return Wrong(
            "value-money",
            f"'{field.name}' is an amount with its currency such as 21620 USD or 99.50 EUR (digits "
            f"only, a point before decimals), not '{short(text)}'",
        )
    amount, currency = text.split()
    return money_of(amount, currency, field)


def money_of(amount: str, currency: str, field: Field) -> Money | Wrong:
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,4})?", amount) or len(amount) > MAX_DIGITS:
        return Wrong(
            "value-money",
            f"the amount of '{field.name}' is digits with a point before decimals such as 21620 or "
            f"99.50, not '{short(amount)}'",
        )
    if currency not in standards.currencies():
        return Wrong(
            "value-currency",
            f"'{short(currency)}' is no currency; write its ISO 4217 code such as EUR, RSD, "
            f"PLN{_suggest_code(currency, standards.currencies())}",
        )
    return Money(Decimal(amount), currency)


def _suggest_code(text: str, codes: frozenset[str]) -> str:
    symbol = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "din": "RSD"}.get(text)
    match = symbol or (text.upper() if text.upper() in codes else None)
    return f"; did you mean '{match}'?" if match else ""


def _email(text: str, field: Field) -> str | Wrong:
    if (
        _EMAIL.fullmatch(text)
        and len(text) <= MAX_EMAIL_CHARACTERS
        and ".." not in text
        and not _NOT_IN_URL.search(text)
    ):
        return text
    hint = "; leave out 'mailto:'" if text.startswith("mailto:") else ""
    return Wrong(
        "value-email", f"'{field.name}' is an e-mail address such as office@example.org, not '{short(text)}'{hint}"
    )


def _phone(text: str, field: Field) -> str | Wrong:
    if _PHONE.fullmatch(text) and sum(character.isdigit() for character in text) >= 3:
        return text
    return Wrong("value-phone", f"'{field.name}' is a telephone number such as +381 37 123 456, not '{short(text)}'")


def _url(text: str, field: Field) -> str | Wrong:
    reason = _url_fault(text)
    if reason is None:
        return text
    return Wrong(
        "value-url", f"'{field.name}' is an address such as https://example.org/page, not '{short(text)}': {reason}"
    )


def _url_fault(text: str) -> str | None:
    return _form_fault(text) or _scheme_fault(text)


def _form_fault(text: str) -> str | None:
    if len(text) > MAX_URL_CHARACTERS:
        return f"it is longer than {MAX_URL_CHARACTERS} characters (MAX_URL_CHARACTERS)"
    bad = _NOT_IN_URL.search(text)
    if bad:
        return f"{_name_character(bad[0])} cannot stand in an address"
    if text.startswith("//"):
        return "it begins with '//'; begin with https://"
    if text.startswith("www."):
        return "https:// is missing at its beginning"
    return None


def _scheme_fault(text: str) -> str | None:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return None
    if scheme[1].lower() not in URL_SCHEMES:
        return f"only {', '.join(URL_SCHEMES)} are allowed, not '{scheme[1]}:'"
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return "its host name is broken"
    if scheme[1].lower() in ("http", "https") and (not host or not text[scheme.end() :].startswith("//")):
        return "its host name is missing"
    return None


def _name_character(character: str) -> str:
    if character.isspace():
        return "a space"
    return f"'{character}'" if character.isprintable() else f"the invisible character U+{ord(character):04X}"


def _file(text: str, field: Field) -> str | Wrong:
    path = text.removeprefix("media/")
    if _SCHEME.match(path):
        return Wrong(
            "value-file", f"'{field.name}' is the name of a file in content/media, not an address; save the file there"
        )
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        return Wrong(
            "value-file",
            f"'{field.name}' is the path of a file below content/media such as logos/eu.svg, not '{short(text)}'",
        )
    return path


def _language(text: str, field: Field) -> str | Wrong:
    tag = canonical_language(text)
    return tag if isinstance(tag, str) else Wrong(tag.code, f"'{field.name}': {tag.message}")


def canonical_language(text: str) -> str | Wrong:
    """The tag of a known language in its canonical form."""
    tag = standards.canonical_tag(text)
    if tag is not None and standards.is_known_language(tag):
        return tag
    match = standards.language_called(text) or nearest(text, standards.language_tags())
    hint = f"; did you mean '{match}'?" if match else ""
    return Wrong(
        "value-language", f"'{short(text)}' is no language tag; write a BCP 47 tag such as fi, pl or sr-Latn{hint}"
    )


def _country(text: str, field: Field) -> str | Wrong:
    known = standards.countries()
    if text in known:
        return text
    match = text.upper() if text.upper() in known else standards.country_called(text)
    hint = f"; did you mean '{match}'?" if match else ""
    return Wrong(
        "value-country",
        f"'{short(text)}' is no country; write its ISO 3166-1 code of two capital letters such as FI, PL, RS{hint}",
    )


def _slug(text: str, field: Field) -> str | Wrong:
    good = (
        bool(text)
        and text[0] not in "-."
        and text[-1] not in "-."
        and text == text.lower()
        and all(
            character.isalnum() or character in "-_." or unicodedata.category(character)[0] == "M" for character in text
        )
    )
    if good:
        return text
    return Wrong(
        "value-slug",
        f"'{field.name}' is a part of an address: small letters, digits and hyphens such as "
        f"local-groups, not '{short(text)}'",
    )


def _choice(text: str, field: Field) -> str | Wrong:
    if text in field.choices:
        return text
    return Wrong(
        "value-choice",
        f"'{field.name}' is one of {', '.join(field.choices)}; not '{short(text)}'"
        f"{did_you_mean(text.lower(), field.choices)}",
    )


def _reference(text: str, field: Field) -> str | Wrong:
    key = text.removeprefix("ref:")
    if field.reference is not None:
        key = key.removeprefix(f"{field.reference}/")
    if key and not re.search(r"[\s\\]", key):
        return key
    what = f"the id of an entry of {field.reference}" if field.reference else "the id of an entry such as pages/about"
    return Wrong("value-reference", f"'{field.name}' is {what}, which has no spaces; not '{short(text)}'")


def _any(text: str, field: Field) -> Any:
    return text


def plain_value(text: str) -> Any:
    """What an unquoted scalar of plain data means: true, false, a number, or text."""
    if text in ("true", "false"):
        return text == "true"
    if len(text) <= MAX_DIGITS and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text):
        return float(text) if "." in text else int(text)
    return text


def short(text: str) -> str:
    """The text as it stands in a message: one line, not too long, nothing invisible."""
    shown = "".join(character if character.isprintable() else " " for character in text[:80])
    return shown.strip() + ("…" if len(text) > 80 else "")


_CONVERTERS: dict[FieldType, Callable[[str, Field], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.BOOLEAN: _boolean,
    FieldType.INTEGER: _integer,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.PERIOD: _period,
    FieldType.TIMEZONE: _timezone,
    FieldType.MONEY: _money,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _phone,
    FieldType.URL: _url,
    FieldType.FILE: _file,
    FieldType.LANGUAGE: _language,
    FieldType.COUNTRY: _country,
    FieldType.SLUG: _slug,
    FieldType.CHOICE: _choice,
    FieldType.REFERENCE: _reference,
    FieldType.ANY: _any,
}
