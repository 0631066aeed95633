"""Dates, numbers, money, lists and names of places and languages, as one language writes them (CLDR, through Babel).

`formats(tag, timezone)` gives one object per language and time zone; it is memoised, and so are its answers.
The no-break spaces of the results are CLDR's own and must stay.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, Protocol
from zoneinfo import ZoneInfo

from sitegen.locales.language import babel_identifier, capitalise, normalise_tag

if TYPE_CHECKING:
    from babel import Locale

DATE_FORMS = ("short", "medium", "long", "full", "month", "iso")

_FILE_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte")
_NO_BREAK_SPACE = "\u00a0"
_EUROPEAN = {"en": "en_GB"}
# In running text of these languages a date range of CLDR uses thin spaces that many fonts lack.
_THIN_SPACE = "\u2009"


class MoneyLike(Protocol):
    """An amount in a currency (ISO 4217), as the schema's `Money`."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...


class PeriodLike(Protocol):
    """From `start` to `end`, both included, either may be None, as the schema's `Period`."""

    @property
    def start(self) -> dt.date | None: ...
    @property
    def end(self) -> dt.date | None: ...


@cache
def formats(tag: str, timezone: str = "UTC") -> Formats:
    """The formatter of a language. `timezone` is an IANA name: moments are shown in it."""
    return Formats(normalise_tag(tag), timezone)


class Formats:
    """How one language writes values.

    A language that CLDR does not know is written as English, its dates as ISO 8601. Plain `en` is written as in
    Europe (`5 March 2027`); a site for American readers has `en-US`.
    """

    def __init__(self, tag: str, timezone: str = "UTC") -> None:
        self.tag = tag
        self.timezone = timezone
        self._identifier = _EUROPEAN.get(tag) or babel_identifier(tag)
        # Answers repeat on hundreds of pages; Babel takes up to a millisecond for each.
        self._date = lru_cache(maxsize=10_000)(self._format_date)
        self._number = lru_cache(maxsize=10_000)(self._format_number)
        self._money = lru_cache(maxsize=10_000)(self._format_money)

    @cached_property
    def locale(self) -> Locale:
        from babel import Locale

        return Locale.parse(self._identifier or "en")

    @cached_property
    def zone(self) -> dt.tzinfo:
        return ZoneInfo(self.timezone)

    # Dates

    def date(self, value: dt.date | dt.datetime, form: str = "long") -> str:
        """A day: `5. mart 2027.` Moments are taken in the site's time zone.

        `form`: 'short' | 'medium' | 'long' | 'full' | 'month' (stand-alone month and year: `marzec 2027`) | 'iso'.
        """
        return self._date(self._day(value), form)

    def _day(self, value: dt.date | dt.datetime) -> dt.date:
        if isinstance(value, dt.datetime):
            return self._local(value).date()
        return value

    def _local(self, value: dt.datetime) -> dt.datetime:
        """The moment in the formatter's zone; a moment without a zone is in it already."""
        return value.replace(tzinfo=self.zone) if value.tzinfo is None else value.astimezone(self.zone)

    def _format_date(self, day: dt.date, form: str) -> str:
        if form not in DATE_FORMS:
            raise ValueError(f"no form of dates '{form}'; there are {', '.join(DATE_FORMS)}")
        if form == "iso" or (self._identifier is None and form != "month"):
            return day.isoformat()
        if self._identifier is None:
            return f"{day:%Y-%m}"
        from babel.dates import format_date, format_skeleton

        if form == "month":
            return str(format_skeleton("yMMMM", day, locale=self.locale))
        return format_date(day, form, locale=self.locale)

    def month_name(self, month: int) -> str:
        """The stand-alone name of a month, 1 to 12: `marzec`, `maaliskuu`."""
        from babel.dates import get_month_names

        return str(get_month_names("wide", "stand-alone", self.locale)[month])

    def time(self, value: dt.datetime | dt.time) -> str:
        """A time of day, hours and minutes: `16:00`, `16.00`."""
        from babel.dates import format_time

        moment = self._local(value).time() if isinstance(value, dt.datetime) else value
        return format_time(moment, "short", locale=self.locale)

    def datetime(self, value: dt.datetime, form: str = "long", *, zone: bool = True) -> str:
        """A day and a time: `5. mart 2027. 16:00 CET`; `zone`: with the zone's short name, or its distance to UTC."""
        if form == "iso":
            return self._local(value).isoformat(timespec="minutes")
        from babel.dates import get_datetime_format

        moment = self._local(value)
        clock = self.time(moment)
        if zone:
            clock = f"{clock} {self._zone_name(moment)}"
        day = self.date(moment, form)
        if self._identifier is None:
            return f"{day} {clock}"
        pattern = str(get_datetime_format("long" if form == "month" else form, locale=self.locale))  # type: ignore[arg-type]
        return pattern.replace("'", "").replace("{0}", clock).replace("{1}", day)

    def _zone_name(self, moment: dt.datetime) -> str:
        from babel.dates import get_timezone_gmt, get_timezone_name

        name = get_timezone_name(moment, width="short", locale=self.locale)
        # Without a short name of its own CLDR falls back on a place; a distance to UTC is clearer beside a time.
        return name if name.isupper() and name.isalpha() else get_timezone_gmt(moment, "long", locale=self.locale)

    def daterange(self, period: PeriodLike | tuple[dt.date | None, dt.date | None], form: str = "long") -> str:
        """From one day to another, both included, what they share said once: `1. – 5. mart 2027.`

        `form`: 'long' (month by name) or 'short'. An open end gives `5. mart 2027. –`; an open start, `– 5. mart 2027.`
        """
        start, end = (period.start, period.end) if not isinstance(period, tuple) else period
        if start is None or end is None:
            parts = (self.date(start, form) if start else "", "–", self.date(end, form) if end else "")
            return " ".join(part for part in parts if part)
        start, end = self._day(start), self._day(end)
        if start == end:
            return self.date(start, form)
        if self._identifier is None:
            return f"{start.isoformat()}/{end.isoformat()}"
        if form == "short":
            from babel.dates import format_interval

            return str(format_interval(start, end, "yMd", locale=self.locale)).replace(_THIN_SPACE, " ")
        return self._long_interval(start, end)

    def _long_interval(self, start: dt.date, end: dt.date) -> str:
        """CLDR's interval with the months in full; where it has none that fits the long form of a day, two days."""
        from babel.dates import parse_pattern

        letter = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        parts = self._interval_parts(letter) or self._derived_parts(letter)
        if parts is None:
            return f"{self.date(start)} – {self.date(end)}"
        ends = (start, end)
        texts = (str(parse_pattern(part).apply(day, self.locale)) for part, day in zip(parts, ends, strict=True))
        return "".join(texts).replace(_THIN_SPACE, " ")

    def _interval_parts(self, letter: str) -> tuple[str, str] | None:
        """The two halves of CLDR's interval, None when it writes months as numbers or leaves out words of the long
        form (Lithuanian `m.` and `d.`)."""
        known = self.locale.interval_formats
        found = known.get("yMMMMd", {}).get(letter) or known.get("yMMMd", {}).get(letter)
        long_form = self.locale.date_formats["long"].pattern
        if not found or len(found) != 2 or not any("MMM" in part or "LLL" in part for part in found):
            return None
        words = " ".join(re.findall("'([^']+)'", "".join(found)))
        if any(word not in words for word in re.findall("'([^']+)'", long_form)):
            return None
        parts = [re.sub("M{3,4}", "MMMM", re.sub("L{3,4}", "LLLL", part)) for part in found]
        if "dd" not in long_form:
            parts = [part.replace("dd", "d") for part in parts]
        return parts[0], parts[1]

    def _derived_parts(self, letter: str) -> tuple[str, str] | None:
        """The halves made from a long form that begins with the day: `d.–d. MMMM y`."""
        long_form = self.locale.date_formats["long"].pattern
        if not long_form.startswith("d") or letter == "y":
            return None
        if letter == "M":
            return long_form.partition("y")[0].rstrip() + " – ", long_form
        return long_form.partition("M")[0].rstrip() + "–", long_form

    # Numbers

    def number(self, value: float | Decimal, digits: int | None = None) -> str:
        """`1.234.567,5`; `digits`: exactly so many decimals, by default as many as there are, at most 3."""
        return self._number(value, digits, percent=False)

    def percent(self, share: float | Decimal, digits: int = 0) -> str:
        """A share of one: 0.81 → `81 %`, with `digits` decimals at most."""
        return self._number(share, digits, percent=True)

    def _format_number(self, value: float | Decimal, digits: int | None, *, percent: bool) -> str:
        from babel.numbers import format_decimal, format_percent

        exact = value if isinstance(value, int) else Decimal(str(value))
        if percent:
            pattern = self.locale.percent_formats[None].pattern
            if digits:
                pattern = pattern.replace("0", "0." + "#" * digits, 1) if "0." not in pattern else pattern
            return format_percent(exact, pattern, locale=self.locale)
        if digits is None:
            return format_decimal(exact, locale=self.locale)
        pattern = self.locale.decimal_formats[None].pattern.split(".")[0]
        return format_decimal(exact, f"{pattern}.{'0' * digits}" if digits else pattern, locale=self.locale)

    def money(self, value: MoneyLike, *, whole: bool = False) -> str:
        """`21.620,00 €`; `whole`: no decimals where the amount has none (`21.620 €`)."""
        return self._money(value.amount, value.currency, whole)

    def _format_money(self, amount: Decimal, currency: str, whole: bool) -> str:
        from babel.numbers import format_currency

        if not whole or amount != amount.to_integral_value():
            return format_currency(amount, currency, locale=self.locale)
        pattern = re.sub(r"\.0+", "", self.locale.currency_formats["standard"].pattern)
        return format_currency(amount, currency, pattern, locale=self.locale, currency_digits=False)

    def filesize(self, size: int) -> str:
        """Bytes in the unit that suits, powers of 1000: `1,4 MB`."""
        from babel.units import format_unit

        power = 0
        amount = float(size)
        while amount >= 999.5 and power < len(_FILE_UNITS) - 1:
            amount /= 1000
            power += 1
        if power == 0 and not self._has_bytes:
            amount, power = max(amount / 1000, 0.1 if amount else 0.0), 1
        digits = 1 if power and amount < 9.95 else 0
        value: float = round(amount, digits) if digits else round(amount)
        unit = f"digital-{_FILE_UNITS[power]}"
        # The narrow form is the sign of the SI (`MB`), where there is one; some languages leave out its space.
        patterns = self.locale._data["unit_patterns"].get(unit, {})  # noqa: SLF001
        length: Literal["long", "short", "narrow"] = (
            "long" if not power else "narrow" if "narrow" in patterns else "short"
        )
        text = format_unit(value, unit, length, locale=self.locale)
        return re.sub(r"(?<=\d) ?(?=[^\W\d_])", _NO_BREAK_SPACE, text)

    @cached_property
    def _has_bytes(self) -> bool:
        """Whether CLDR has every plural form of the word `byte`."""
        known = self.locale._data["unit_patterns"].get("digital-byte", {}).get("long", {})  # noqa: SLF001
        return self.locale.plural_form.tags <= set(known)

    # Lists and names

    def join(self, items: Iterable[str], style: str = "standard") -> str:
        """`a, b i c`; `style`: 'standard' | 'or' | 'unit'."""
        from babel.lists import format_list

        # Babel leaves out what a pattern inherits from CLDR's root.
        patterns = self.locale.list_patterns
        whole = next((name for name in (style, f"{style}-short") if "start" in patterns.get(name, ())), "standard")
        return format_list([str(item) for item in items], style=whole, locale=self.locale)  # type: ignore[arg-type]

    def territory(self, code: str) -> str:
        """The name of a country or territory (ISO 3166-1 alpha-2 or UN M.49): `Србија`. An unknown code stays."""
        return str(self.locale.territories.get(code.upper(), code))

    def language_name(self, tag: str) -> str:
        """The name of another language in this one, as in running text: `finski`, `Serbian (Latin)`."""
        from babel import Locale

        identifier = babel_identifier(tag)
        if identifier is None:
            return tag
        parts = normalise_tag(tag).split("-")
        other = Locale.parse(identifier)
        name = str(self.locale.languages.get(parts[0]) or self.locale.languages.get(other.language) or tag)
        details = [
            str(self.locale.scripts.get(part, part)) if len(part) == 4 else self.territory(part)
            for part in parts[1:]
            if len(part) in (2, 4)
        ]
        return f"{name} ({', '.join(details)})" if details else name

    def currency(self, code: str) -> str:
        """The name of a currency: `euro`."""
        return str(self.locale.currencies.get(code.upper(), code))

    def heading(self, text: str) -> str:
        """A text that CLDR gives for running text (a month, a language), with the capital of a heading."""
        return capitalise(text, self.tag)
