"""Tags, plural forms and the formats of dates, numbers and names."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from sitegen.locales.collation import _sections
from sitegen.locales.formats import formats
from sitegen.locales.language import (
    babel_identifier,
    capitalise,
    direction,
    is_valid_tag,
    normalise_tag,
    og_locale,
    own_name,
)
from sitegen.locales.plurals import plural_count, plural_forms, plural_index
from sitegen.locales.scripts import pairs
from sitegen.schema.fields import Money, Period

NBSP = "\u00a0"
WHOLE = [*range(1101), 2000, 3000, 10_000, 20_000, 100_000, 123_456]

# Where gettext's convention and CLDR's rule part: see the module's docstring.
BY_CONVENTION = {"pt"}
LANGUAGES_WITH_RULES = sorted(
    name for name in locale_identifiers() if "_" not in name and Locale.parse(name).plural_form.abstract
)


@pytest.mark.parametrize("name", [name for name in LANGUAGES_WITH_RULES if name not in BY_CONVENTION])
def test_plural_forms_agree_with_cldr(name):
    rule, index = Locale.parse(name).plural_form, plural_index(name)
    forms = {}
    for number in WHOLE:
        forms.setdefault(rule(number), set()).add(index(number))
    assert all(len(indexes) == 1 for indexes in forms.values()), forms
    order = [min(forms[category]) for category in ("zero", "one", "two", "few", "many", "other") if category in forms]
    assert order == sorted(set(order)), "categories have their own forms, in CLDR's order"
    assert max(order) < plural_count(name)


@pytest.mark.parametrize("name", LANGUAGES_WITH_RULES)
def test_every_plural_form_is_used(name):
    numbers = [*WHOLE, 1_000_000]
    assert {plural_index(name)(number) for number in numbers} == set(range(plural_count(name)))


@pytest.mark.parametrize(
    "tag, header",
    [
        (
            "sr-Latn",
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        ),
        ("pl", "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
        ("fi", "nplurals=2; plural=(n != 1);"),
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("pt", "nplurals=2; plural=(n != 1);"),
        ("pt-BR", "nplurals=2; plural=(n > 1);"),
        ("pt_BR", "nplurals=2; plural=(n > 1);"),
        ("ja", "nplurals=1; plural=0;"),
        ("en-XA", "nplurals=2; plural=(n != 1);"),
        ("qqq", "nplurals=2; plural=(n != 1);"),
    ],
)
def test_plural_forms_are_pinned(tag, header):
    assert plural_forms(tag) == header


def test_a_large_table_of_languages():
    assert len(LANGUAGES_WITH_RULES) > 170
    for tag, count in {
        "ar": 6,
        "ga": 5,
        "sl": 4,
        "lv": 3,
        "lt": 3,
        "mt": 5,
        "cs": 3,
        "ro": 3,
        "hr": 3,
        "uk": 3,
    }.items():
        assert plural_count(tag) == count


@pytest.mark.parametrize(
    "written, tag",
    [
        ("sr_latn", "sr-Latn"),
        ("sr@latin", "sr-Latn"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("PT-br", "pt-BR"),
        ("iw", "he"),
        ("no", "nb"),
        ("sr-Latn-RS", "sr-Latn-RS"),
        ("de_DE.UTF-8", "de-DE"),
        ("ca-valencia", "ca-valencia"),
        ("not a tag", "not a tag"),
    ],
)
def test_tags_have_one_spelling(written, tag):
    assert normalise_tag(written) == tag
    assert normalise_tag(tag) == tag


@given(st.from_regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", fullmatch=True))
def test_normalising_is_idempotent_and_ignores_case(tag):
    assert is_valid_tag(tag)
    once = normalise_tag(tag)
    assert normalise_tag(once) == once == normalise_tag(tag.lower()) == normalise_tag(tag.upper().replace("-", "_"))


@pytest.mark.parametrize("tag", ["", "e", "sr_Latn", "english!", "sr-", "-sr", "sr--Latn", "x" * 40, "../etc", "ср"])
def test_what_is_no_tag(tag):
    assert not is_valid_tag(tag)


@pytest.mark.parametrize(
    "tag, identifier",
    [
        ("sr-Latn", "sr_Latn"),
        ("sr-Cyrl", "sr_Cyrl"),
        ("sr-Latn-RS", "sr_Latn_RS"),
        ("zh-TW", "zh_Hant_TW"),
        ("fi-XX", "fi"),
        ("en-XA", "en"),
        ("ar-XB", "ar"),
        ("xx", None),
        ("../../etc", None),
    ],
)
def test_babel_identifiers(tag, identifier):
    assert babel_identifier(tag) == identifier


@pytest.mark.parametrize(
    "tag, expected",
    [
        *((tag, "rtl") for tag in ("ar", "he", "fa", "ar-XB", "uz-Arab", "pa-PK")),
        *((tag, "ltr") for tag in ("en", "sr", "ar-Latn", "az", "pa", "xx")),
    ],
)
def test_directions(tag, expected):
    assert direction(tag) == expected


def test_directions_are_those_of_cldr():
    for name in locale_identifiers():
        locale = Locale.parse(name)
        if locale.character_order == "right-to-left":
            assert direction(name.replace("_", "-")) == "rtl", name


def test_open_graph_locales():
    tags = ["sr-Cyrl", "sr-Latn", "fi", "pl", "en", "en-US", "pt", "pt-BR", "eo"]
    assert [og_locale(tag) for tag in tags] == [
        "sr_RS",
        "sr_RS",
        "fi_FI",
        "pl_PL",
        "en_GB",
        "en_US",
        "pt_PT",
        "pt_BR",
        "eo",
    ]


def test_languages_are_named_in_themselves():
    names = {
        tag: own_name(tag) for tag in ("fi", "pl", "en", "sr", "sr-Cyrl", "sr-Latn", "cs", "el", "ka", "he", "qqq")
    }
    assert names == {
        "fi": "Suomi",
        "pl": "Polski",
        "en": "English",
        "sr": "Српски",
        "sr-Cyrl": "Српски (ћирилица)",
        "sr-Latn": "Srpski (latinica)",
        "cs": "Čeština",
        "el": "Ελληνικά",
        "ka": "ქართული",
        "he": "עברית",
        "qqq": "qqq",
    }
    assert capitalise("istanbul", "tr") == "İstanbul"
    assert capitalise("ijsland", "nl") == "IJsland"


DAY = dt.date(2027, 3, 5)


@pytest.mark.parametrize(
    "tag, long, month, number, money",
    [
        ("sr-Latn", "5. mart 2027.", "mart 2027.", "1.234.567,5", f"21.620,00{NBSP}€"),
        ("sr-Cyrl", "5. март 2027.", "март 2027.", "1.234.567,5", f"21.620,00{NBSP}€"),
        ("pl", "5 marca 2027", "marzec 2027", f"1{NBSP}234{NBSP}567,5", f"21{NBSP}620,00{NBSP}€"),
        ("fi", "5. maaliskuuta 2027", "maaliskuu 2027", f"1{NBSP}234{NBSP}567,5", f"21{NBSP}620,00{NBSP}€"),
        ("en", "5 March 2027", "March 2027", "1,234,567.5", "€21,620.00"),
        ("en-US", "March 5, 2027", "March 2027", "1,234,567.5", "€21,620.00"),
        ("qqq", "2027-03-05", "2027-03", "1,234,567.5", "€21,620.00"),
    ],
)
def test_the_table_of_formats(tag, long, month, number, money):
    form = formats(tag)
    assert form.date(DAY) == long
    assert form.date(DAY, "month") == month
    assert form.number(1234567.5) == number
    assert form.money(Money(Decimal(21620), "EUR")) == money


def test_money_can_drop_empty_decimals():
    form = formats("sr-Latn")
    assert form.money(Money(Decimal(21620), "EUR"), whole=True) == f"21.620{NBSP}€"
    assert form.money(Money(Decimal("21620.50"), "EUR"), whole=True) == f"21.620,50{NBSP}€"
    assert formats("fi").money(Money(Decimal(21620), "USD")) == f"21{NBSP}620,00{NBSP}$"


@pytest.mark.parametrize(
    "tag, same_month, same_year, years",
    [
        ("sr-Latn", "5.–9. mart 2027.", "5. mart – 9. maj 2027.", "5. mart 2027. – 9. maj 2028."),
        ("pl", "5–9 marca 2027", "5 marca – 9 maja 2027", "5 marca 2027 – 9 maja 2028"),
        (
            "fi",
            "5.–9. maaliskuuta 2027",
            "5. maaliskuuta – 9. toukokuuta 2027",
            "5. maaliskuuta 2027 – 9. toukokuuta 2028",
        ),
        ("en", "5–9 March 2027", "5 March – 9 May 2027", "5 March 2027 – 9 May 2028"),
        ("cs", "5.–9. března 2027", "5. března – 9. května 2027", "5. března 2027 – 9. května 2028"),
        (
            "lt",
            "2027 m. kovo 5 d. – 2027 m. kovo 9 d.",
            "2027 m. kovo 5 d. – 2027 m. gegužės 9 d.",
            "2027 m. kovo 5 d. – 2028 m. gegužės 9 d.",
        ),
    ],
)
def test_ranges_say_once_what_both_days_share(tag, same_month, same_year, years):
    form = formats(tag)
    assert form.daterange(Period(DAY, dt.date(2027, 3, 9))) == same_month
    assert form.daterange((DAY, dt.date(2027, 5, 9))) == same_year
    assert form.daterange((DAY, dt.date(2028, 5, 9))) == years
    assert form.daterange((DAY, DAY)) == form.date(DAY)


def test_open_ranges():
    assert formats("en").daterange((DAY, None)) == "5 March 2027 –"
    assert formats("en").daterange((None, DAY)) == "– 5 March 2027"


EUROPEAN = (
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv sr-Cyrl sr-Latn bs mk uk tr sq is nb"
)


@pytest.mark.parametrize("tag", EUROPEAN.split())
def test_ranges_of_every_language_name_both_days_and_the_months(tag):
    form = formats(tag)
    text = form.daterange((dt.date(2027, 3, 11), dt.date(2027, 5, 29)))
    assert all(part in text for part in ("11", "29", "2027")), text
    assert form.date(dt.date(2027, 5, 29)).split()[-1] in text or "2027" in text
    assert "{" not in text
    assert "\u2009" not in text


@pytest.mark.parametrize("tag", EUROPEAN.split())
def test_sizes_of_files_in_every_language(tag):
    form = formats(tag)
    for size in (0, 1, 2, 5, 999, 1_000, 1_420_000, 52_300_000, 3_000_000_000):
        text = form.filesize(size)
        assert "digital" not in text
        assert NBSP in text, text


def test_sizes_of_files():
    assert formats("en").filesize(1_420_000) == f"1.4{NBSP}MB"
    assert formats("fi").filesize(1_420_000) == f"1,4{NBSP}Mt"
    assert formats("sr-Latn").filesize(999_950) == f"1{NBSP}MB"


def test_moments_are_shown_in_the_time_zone_of_the_site():
    moment = dt.datetime(2027, 3, 31, 22, 30, tzinfo=dt.UTC)
    assert formats("sr-Latn", "Europe/Belgrade").datetime(moment) == "1. april 2027. 00:30 CEST"
    assert formats("fi", "Europe/Helsinki").datetime(moment) == "1. huhtikuuta 2027 1.30 UTC+03:00"
    assert formats("fi", "Europe/Helsinki").date(moment) == "1. huhtikuuta 2027"
    assert formats("fi", "Europe/Helsinki").datetime(moment, "iso") == "2027-04-01T01:30+03:00"
    assert formats("pl", "Europe/Warsaw").datetime(dt.datetime(2027, 3, 5, 16, 0), zone=False) == "5 marca 2027 16:00"


def test_lists_and_names():
    assert formats("sr-Latn").join(["a", "b", "c"]) == "a, b i c"
    assert formats("fi").join(["a"]) == "a"
    assert formats("fi").join(["a", "b", "c"], "unit") == "a, b ja c"
    assert formats("pl").territory("rs") == "Serbia"
    assert formats("sr-Cyrl").territory("RS") == "Србија"
    assert formats("fi").territory("ZZZ") == "ZZZ"
    assert formats("sr-Latn").language_name("fi") == "finski"
    assert formats("en").language_name("sr-Latn") == "Serbian (Latin)"
    assert formats("en").language_name("qqq") == "qqq"
    assert formats("en").percent(Decimal("0.8")) == "80%"
    assert formats("fi").percent(0.805, digits=1) == f"80,5{NBSP}%"
    assert formats("pl").number(2.5, digits=2) == "2,50"


def test_an_unknown_form_of_dates_is_a_bug_of_the_theme():
    with pytest.raises(ValueError, match="no form of dates 'lang'"):
        formats("en").date(DAY, "lang")


def test_one_object_per_language_and_zone():
    assert formats("fi", "Europe/Helsinki") is formats("fi", "Europe/Helsinki")
    assert formats("fi", "Europe/Helsinki") is not formats("fi", "UTC")


def test_the_rooms_of_languages_do_not_import_babel_until_they_need_it():
    modules = "collation, formats, language, plurals, scripts"
    code = (
        f"import sys; from sitegen.locales import {modules}; sys.exit('babel' in sys.modules or 'yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_documentation_names_every_pair_of_scripts_and_every_tailored_order():
    text = (Path(__file__).parents[1] / "docs" / "languages.md").read_text(encoding="utf-8")
    rows = tuple(re.findall(r"^\| `([\w-]+)` \| `([\w-]+)` \|", text, flags=re.MULTILINE))
    assert rows == pairs()
    tailored = re.search(r"Tailored are: (.*?)\. All other", text, flags=re.DOTALL)[1]
    assert set(re.findall("`([^`]+)`", tailored)) == set(_sections()) - {"root"}
