"""The validator: every mistake in its words and at its place, all at once, and never an exception."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.schema.collections import BUILT_IN
from sitegen.schema.fields import Coordinates, Field, FieldType, Money, Period, SourceText
from sitegen.schema.nodes import Mapping, Scalar, Sequence
from sitegen.schema.site_file import SITE_FIELDS
from sitegen.schema.validate import Validator, validate
from sitegen.schema.values import convert

F = FieldType
TABLE = (
    Field(name="title", type=F.TEXT, doc="", translatable=True, maximum_length=20),
    Field(name="text", type=F.LONG_TEXT, doc=""),
    Field(name="flag", type=F.BOOLEAN, doc=""),
    Field(name="people", type=F.INTEGER, doc="", minimum=0, maximum=100),
    Field(name="least", type=F.INTEGER, doc="", minimum=5),
    Field(name="share", type=F.NUMBER, doc="", maximum=1),
    Field(name="day", type=F.DATE, doc=""),
    Field(name="moment", type=F.DATETIME, doc=""),
    Field(name="period", type=F.PERIOD, doc=""),
    Field(name="zone", type=F.TIMEZONE, doc=""),
    Field(name="money", type=F.MONEY, doc=""),
    Field(name="place", type=F.COORDINATES, doc=""),
    Field(name="email", type=F.EMAIL, doc=""),
    Field(name="phone", type=F.PHONE, doc=""),
    Field(name="url", type=F.URL, doc=""),
    Field(name="file", type=F.FILE, doc=""),
    Field(name="language", type=F.LANGUAGE, doc=""),
    Field(name="country", type=F.COUNTRY, doc=""),
    Field(name="slug", type=F.SLUG, doc=""),
    Field(name="status", type=F.CHOICE, doc="", choices=("potential", "accredited", "former")),
    Field(name="lag", type=F.REFERENCE, doc="", reference="lags"),
    Field(name="entry", type=F.REFERENCE, doc=""),
    Field(name="tags", type=F.TEXT, doc="", many=True),
    Field(
        name="contact",
        type=F.MAPPING,
        doc="",
        fields=(Field(name="email", type=F.EMAIL, doc="", required=True), Field(name="phone", type=F.PHONE, doc="")),
    ),
    Field(
        name="towns",
        type=F.MAPPING,
        doc="",
        many=True,
        shorthand="name",
        fields=(Field(name="name", type=F.TEXT, doc="", required=True), Field(name="code", type=F.TEXT, doc="")),
    ),
    Field(name="files", type=F.LANGUAGE_MAP, doc="", item=F.FILE),
    Field(name="sizes", type=F.NAMED, doc="", shorthand="n", fields=(Field(name="n", type=F.INTEGER, doc=""),)),
    Field(
        name="menus", type=F.NAMED, doc="", many=True, shorthand="n", fields=(Field(name="n", type=F.INTEGER, doc=""),)
    ),
    Field(name="data", type=F.ANY, doc=""),
)
VALIDATOR = Validator(TABLE, owner="lags", languages=["en", "fi", "sr-Latn"], aliases={"latin": "sr-Latn"})


def check(text, validator=VALIDATOR, **options):
    problems = Problems()
    node = parse_yaml(text, "f", problems)
    assert isinstance(node, Mapping), str(problems)
    options.setdefault("source_language", "en")
    values, positions = validator.validate(node, problems, **options)
    return values, positions, [str(problem) for problem in problems]


GOOD = {
    "title: 2024": SourceText,
    "text: |\n  a\n\n  b\n": "a\n\nb",
    "flag: TRUE": True,
    "flag: 'false'": False,
    "people: 007": 7,
    "share: -0.5": -0.5,
    "day: 2024-02-29": dt.date(2024, 2, 29),
    "day: '2024-02-29'": dt.date(2024, 2, 29),
    "moment: 2027-03-05": dt.date(2027, 3, 5),
    "moment: 2027-03-05 16:00": dt.datetime(2027, 3, 5, 16, 0),
    "moment: 2027-03-05T16:00:30": dt.datetime(2027, 3, 5, 16, 0, 30),
    "period: 2021-2027": Period(dt.date(2021, 1, 1), dt.date(2027, 12, 31)),
    "period: 2021–2027": Period(dt.date(2021, 1, 1), dt.date(2027, 12, 31)),
    "period: 2021": Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
    "period: {start: 2021-05-01}": Period(dt.date(2021, 5, 1), None),
    "zone: Europe/Belgrade": "Europe/Belgrade",
    "money: 21620 USD": Money(Decimal(21620), "USD"),
    "money: {amount: 99.50, currency: RSD}": Money(Decimal("99.50"), "RSD"),
    "place: {lon: 25.0, lat: 62.7}": Coordinates(25.0, 62.7),
    "email: office@example.org": "office@example.org",
    "email: посета@пример.срб": "посета@пример.срб",
    "phone: +381 37 (123) 456": "+381 37 (123) 456",
    "url: https://example.org/a?b=c#d": "https://example.org/a?b=c#d",
    "url: mailto:a@b.org": "mailto:a@b.org",
    "url: ../lags/viisari/": "../lags/viisari/",
    "url: '#top'": "#top",
    "file: logos/eu.svg": "logos/eu.svg",
    "file: media/logos/eu.svg": "logos/eu.svg",
    "language: SR_latn": "sr-Latn",
    "country: 'NO'": "NO",
    "country: XK": "XK",
    "slug: мрежа-1": "мрежа-1",
    "slug: {en: about, fi: meista}": {"en": "about", "fi": "meista"},
    "status: former": "former",
    "lag: lags/viisari": "viisari",
    "entry: ref:pages/about": "pages/about",
    "tags: [no, on, 1e3]": ("no", "on", "1e3"),
    "contact: {email: a@b.org}": {"email": "a@b.org"},
    "towns: [Kivijärvi, {name: Kinnula, code: 5}]": ({"name": "Kivijärvi"}, {"name": "Kinnula", "code": "5"}),
    "files: {pl: a.pdf, sr_latn: b.pdf}": {"pl": "a.pdf", "sr-Latn": "b.pdf"},
    "sizes: {a: 1, b: {n: 2}, c: }": {"a": {"n": 1}, "b": {"n": 2}, "c": {}},
    "menus: {a: [1, {n: 2}], b: }": {"a": ({"n": 1}, {"n": 2}), "b": ()},
    "data: [1, 2.5, 'true', true, {a: null}, 007]": (1, 2.5, "true", True, {"a": None}, "007"),
}


@pytest.mark.parametrize("text", GOOD)
def test_a_good_value_is_typed(text):
    values, positions, problems = check(text)
    assert problems == []
    name = text.split(":")[0]
    if name == "title":
        assert values == {"title": SourceText("2024", positions["title"], {})}
    else:
        assert values == {name: GOOD[text]}
        assert type(values[name]) is type(GOOD[text])


MISTAKES = {
    "titel: x": "f:1:1: error[field-unknown]: 'titel' is no field of lags; did you mean 'title'?",
    "name: x": "f:1:1: error[field-unknown]: 'name' is no field of lags; did you mean 'title'?",
    "zzz: x": "f:1:1: error[field-unknown]: 'zzz' is no field of lags",
    "title: a text that is much too long": "f:1:8: error[value-too-long]: 'title' has 28 characters, but at most 20 are allowed; shorten it",
    "title: ' '": "f:1:8: error[value-empty]: 'title' is empty; fill it in or delete the field",
    "title: [a]": "f:1:8: error[value-type]: 'title' should be one text, or one text for each language, not a list",
    "title: {fj: x, en: y}": "f:1:9: error[language-unknown]: 'fj' is no language of this site (they are en, fi, sr-Latn)",
    "title: {fi: x}": "f:1:8: error[text-source-missing]: 'title' has no text in 'en', the language in which this is written; add 'en: …'",
    "title: {en: x, EN: y}": "f:1:16: error[language-duplicate]: 'EN' and 'en' are the same language; keep one",
    "title: {en: x, fi: [y]}": "f:1:20: error[value-type]: 'title' should be one text, or one text for each language, not a list",
    "text: {en: x}": "f:1:7: error[value-type]: 'text' should be one text, not a mapping",
    "flag: yes": "f:1:7: error[value-boolean]: 'flag' is true or false, not 'yes'; did you mean true?",
    "flag: off": "f:1:7: error[value-boolean]: 'flag' is true or false, not 'off'; did you mean false?",
    "flag: maybe": "f:1:7: error[value-boolean]: 'flag' is true or false, not 'maybe'",
    "flag: [true]": "f:1:7: error[value-type]: 'flag' should be true or false, not a list",
    "people: many": "f:1:9: error[value-number]: 'people' is a whole number such as 48000, not 'many'",
    "people: 48 000": "f:1:9: error[value-number]: 'people' is a whole number such as 48000, not '48 000'; write digits only, with a point before decimals and no spaces, commas or units",
    "people: 101": "f:1:9: error[value-range]: 'people' must be between 0 and 100, not 101",
    "people: {}": "f:1:9: error[value-type]: 'people' should be a whole number, not a mapping",
    "least: 4": "f:1:8: error[value-range]: 'least' must be at least 5, not 4",
    "share: 1,5": "f:1:8: error[value-number]: 'share' is a number such as 1250.5, not '1,5'; write digits only, with a point before decimals and no spaces, commas or units",
    "share: 1.5": "f:1:8: error[value-range]: 'share' must be at most 1, not 1.5",
    "share: nan": "f:1:8: error[value-number]: 'share' is a number such as 1250.5, not 'nan'",
    "day: 2026-02-30": "f:1:6: error[value-date-impossible]: 'day': there is no day 2026-02-30 in the calendar",
    "day: 5.3.2027": "f:1:6: error[value-date]: 'day' is a date such as 2027-03-05 (year-month-day), not '5.3.2027'",
    "day: [x]": "f:1:6: error[value-type]: 'day' should be a date such as 2027-03-05, not a list",
    "moment: 2027-03-05 25:00": "f:1:9: error[value-date-impossible]: 'moment': there is no 2027-03-05 25:00 in the calendar",
    "moment: 2027-03-05T16:00Z": "f:1:9: error[value-date]: 'moment' is a date such as 2027-03-05, or with a time 2027-03-05 16:00, not '2027-03-05T16:00Z'; the time zone has a field of its own",
    "period: 2027-2021": "f:1:9: error[value-period]: 'period' ends (2021-12-31) before it starts (2027-01-01); swap them",
    "period: soon": "f:1:9: error[value-period]: 'period' is a span of years such as 2021-2027, or start and end dates, not 'soon'",
    "period: {start: 2027-01-02, end: 2027-01-01}": "f:1:9: error[value-period]: 'period' ends (2027-01-01) before it starts (2027-01-02); swap them",
    "period: {from: 2027-01-02}": "f:1:10: error[field-unknown]: 'from' is no field of 'period'; its fields are start, end",
    "period: 0000": "f:1:9: error[value-date-impossible]: 'period': there is no year 0000 in the calendar",
    "zone: Europe/Belgrad": "f:1:7: error[value-timezone]: 'Europe/Belgrad' is no time zone; write an IANA name such as Europe/Belgrade; did you mean 'Europe/Belgrade'?",
    "money: 21.620,00 USD": "f:1:8: error[value-money]: 'money' is an amount with its currency such as 21620 USD or 99.50 EUR (digits only, a point before decimals), not '21.620,00 USD'",
    "money: 5 ABC": "f:1:8: error[value-currency]: 'ABC' is no currency; write its ISO 4217 code such as EUR, RSD, PLN",
    "money: {amount: 5, currency: €}": "f:1:30: error[value-currency]: '€' is no currency; write its ISO 4217 code such as EUR, RSD, PLN; did you mean 'EUR'?",
    "money: {amount: -5, currency: EUR}": "f:1:17: error[value-money]: the amount of 'money' is digits with a point before decimals such as 21620 or 99.50, not '-5'",
    "money: {amount: 5}": "f:1:8: error[field-missing]: 'currency' is missing, but 'money' must have it; add 'currency: …'",
    "money: [5]": "f:1:8: error[value-type]: 'money' should be an amount with its currency such as 21620 USD, not a list",
    "place: {lon: 25, lat: 91}": "f:1:23: error[value-range]: 'place' has lat 91, but a latitude is at most 90; lon and lat are probably swapped",
    "place: {lon: 200, lat: 1}": "f:1:14: error[value-range]: 'lon' must be between -180 and 180, not 200",
    "place: 25": "f:1:8: error[value-type]: 'place' should be {lon: 25.0, lat: 62.7}, not the single value '25'",
    "email: office(at)example.org": "f:1:8: error[value-email]: 'email' is an e-mail address such as office@example.org, not 'office(at)example.org'",
    "email: mailto:a@b.org": "f:1:8: error[value-email]: 'email' is an e-mail address such as office@example.org, not 'mailto:a@b.org'; leave out 'mailto:'",
    "phone: call us": "f:1:8: error[value-phone]: 'phone' is a telephone number such as +381 37 123 456, not 'call us'",
    "url: www.example.org": "f:1:6: error[value-url]: 'url' is an address such as https://example.org/page, not 'www.example.org': https:// is missing at its beginning",
    "url: javascript:alert(1)": "f:1:6: error[value-url]: 'url' is an address such as https://example.org/page, not 'javascript:alert(1)': only http, https, mailto, tel are allowed, not 'javascript:'",
    "url: //example.org": "f:1:6: error[value-url]: 'url' is an address such as https://example.org/page, not '//example.org': it begins with '//'; begin with https://",
    "url: https:example.org": "f:1:6: error[value-url]: 'url' is an address such as https://example.org/page, not 'https:example.org': its host name is missing",
    "url: http://[1/": "f:1:6: error[value-url]: 'url' is an address such as https://example.org/page, not 'http://[1/': its host name is broken",
    "url: a b": "f:1:6: error[value-url]: 'url' is an address such as https://example.org/page, not 'a b': a space cannot stand in an address",
    "file: ../secret": "f:1:7: error[value-file]: 'file' is the path of a file below content/media such as logos/eu.svg, not '../secret'",
    "file: https://a.org/b.svg": "f:1:7: error[value-file]: 'file' is the name of a file in content/media, not an address; save the file there",
    "language: finnish": "f:1:11: error[value-language]: 'language': 'finnish' is no language tag; write a BCP 47 tag such as fi, pl or sr-Latn; did you mean 'fi'?",
    "country: Serbia": "f:1:10: error[value-country]: 'Serbia' is no country; write its ISO 3166-1 code of two capital letters such as FI, PL, RS; did you mean 'RS'?",
    "country: no": "f:1:10: error[value-country]: 'no' is no country; write its ISO 3166-1 code of two capital letters such as FI, PL, RS; did you mean 'NO'?",
    "country: EU": "f:1:10: error[value-country]: 'EU' is no country; write its ISO 3166-1 code of two capital letters such as FI, PL, RS",
    "slug: About us": "f:1:7: error[value-slug]: 'slug' is a part of an address: small letters, digits and hyphens such as local-groups, not 'About us'",
    "slug: {en: a/b}": "f:1:12: error[value-slug]: 'slug' is a part of an address: small letters, digits and hyphens such as local-groups, not 'a/b'",
    "slug: [a]": "f:1:7: error[value-type]: 'slug' should be one text, or one for each language, not a list",
    "status: Formr": "f:1:9: error[value-choice]: 'status' is one of potential, accredited, former; not 'Formr'; did you mean 'former'?",
    "lag: leader viisari": "f:1:6: error[value-reference]: 'lag' is the id of an entry of lags, which has no spaces; not 'leader viisari'",
    "entry: a b": "f:1:8: error[value-reference]: 'entry' is the id of an entry such as pages/about, which has no spaces; not 'a b'",
    "tags: leader": "f:1:7: error[value-type]: 'tags' is a list: write each value on a line of its own, beginning with '- ', or all of them as [one, two]; not the single value 'leader'",
    "tags: [a, ~]": "f:1:11: error[value-empty]: this item of 'tags' is empty; fill it in or delete it",
    "contact: me": "f:1:10: error[value-type]: 'contact' should be fields of its own, indented below it, not the single value 'me'",
    "contact: {}": "f:1:10: error[field-missing]: 'email' is missing, but 'contact' must have it; add 'email: …'",
    "contact: {email: }": "f:1:11: error[field-missing]: 'email' is empty, but 'contact' must have it; fill it in",
    "towns: [[a]]": "f:1:9: error[value-type]: 'towns' should be fields of its own, indented below it, not a list",
    "files: {finnish: a.pdf}": "f:1:9: error[value-language]: 'finnish' is no language tag; write a BCP 47 tag such as fi, pl or sr-Latn; did you mean 'fi'?",
    "files: a.pdf": "f:1:8: error[value-type]: 'files' should be one value for each language, such as 'en: …', indented below it, not the single value 'a.pdf'",
    "sizes: [1]": "f:1:8: error[value-type]: 'sizes' should be names with fields of their own, indented below it, not a list",
    "sizes: {a: [1]}": "f:1:12: error[value-type]: 'a' needs fields of its own, indented below it; not a list",
    "menus: {a: 1}": "f:1:12: error[value-type]: 'a' is a list: begin each item with '- '; not the single value '1'",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_in_these_words(text):
    _, _, problems = check(text)
    assert problems == [MISTAKES[text]]


def test_all_types_have_a_mistake_and_a_good_value():
    said = {text.split(":")[0] for text in MISTAKES} & {text.split(":")[0] for text in GOOD}
    assert {field.type for field in TABLE if field.name in said} | {F.ANY} == set(FieldType)


def test_long_values_are_cut_in_messages():
    _, _, problems = check("flag: " + "x" * 500)
    assert problems == [f"f:1:7: error[value-boolean]: 'flag' is true or false, not '{'x' * 80}…'"]


def test_too_long_an_address_is_refused():
    _, _, problems = check("url: /" + "x" * 2000)
    assert "longer than 2000 characters (MAX_URL_CHARACTERS)" in problems[0]


def test_required_fields_are_missed_unless_the_record_is_a_variant():
    table = Validator((Field(name="title", type=F.TEXT, doc="", required=True),), owner="pages")
    assert check("{}", table)[2] == [
        "f:1:1: error[field-missing]: 'title' is missing, but pages must have it; add 'title: …'"
    ]
    assert check("title:", table)[2] == [
        "f:1:1: error[field-missing]: 'title' is empty, but pages must have it; fill it in"
    ]
    assert check("title:", table, require=False)[2] == []


def test_texts_for_several_languages():
    values, positions, problems = check("title:\n  fi: Verkko\n  en: Network\n  latin: Mreža\n")
    assert problems == []
    assert values["title"] == SourceText("Network", positions["title"], {"fi": "Verkko", "sr-Latn": "Mreža"})
    assert (positions["title.fi"].line, positions["title.fi"].column) == (2, 7)


def test_positions_name_every_part():
    _, positions, _ = check("towns:\n  - A\n  - name: B\n    code: 7\ncontact:\n  email: a@b.org\n")
    found = {path: (position.line, position.column) for path, position in positions.items()}
    assert found == {
        "towns": (2, 3),
        "towns.0": (2, 5),
        "towns.0.name": (2, 5),
        "towns.1": (3, 5),
        "towns.1.name": (3, 11),
        "towns.1.code": (4, 11),
        "contact": (6, 3),
        "contact.email": (6, 10),
    }


def test_positions_stay_true_behind_a_bad_item():
    values, positions, problems = check("tags:\n  - a\n  - [x]\n  - b\n")
    assert values["tags"] == ("a", "b")
    assert positions["tags.1"].line == 4
    assert len(problems) == 1


TWENTY = """\
- id: a
  nam: Leader A
  name: Leader A
  status: accreditd
  country: Finland
  municipalities:
    - {code: 1}
  population: 48,000
  area_km2: big
  founded: 208
  location: {lon: 62.2}
  email: a at b
  phone: none
  website: example.org:80/
  social: https://a.example/
- id: b
  name: [B]
  strategy:
    period: 2027-2021
    goals: [one]
    titel: S
  budget:
    - {fund: EAFRD, amount: 12 EURO}
  validated: 2026-02-30
  image: /etc/passwd
- name: C
- id: d
  name: D
  cooperation: {seeking: yes}
"""


def test_twenty_mistakes_are_twenty_problems_with_their_lines(tmp_path):
    from sitegen.read.config_file import load_config
    from sitegen.read.site_files import read_sources

    (tmp_path / "content/data").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: N\nlanguages: [en]\n")
    (tmp_path / "content/data/lags.yaml").write_text(TWENTY)
    problems = Problems()
    config = load_config(tmp_path, problems)
    read_sources(config, problems)
    found = [(problem.position.line, problem.code) for problem in problems]
    assert found == [
        (2, "field-unknown"),
        (4, "value-choice"),
        (5, "value-country"),
        (7, "field-missing"),
        (8, "value-number"),
        (9, "value-number"),
        (10, "value-range"),
        (11, "field-missing"),
        (12, "value-email"),
        (13, "value-phone"),
        (14, "value-url"),
        (15, "value-type"),
        (17, "value-type"),
        (19, "value-period"),
        (21, "field-unknown"),
        (23, "value-money"),
        (24, "value-date-impossible"),
        (25, "value-file"),
        (26, "record-id"),
        (29, "value-boolean"),
    ]


_SCALARS = st.builds(Scalar, st.text(max_size=40), st.just(parse_yaml("a", "f", Problems()).position), st.booleans())
_NAMES = sorted({field.name for field in TABLE} | {"en", "fi", "lon", "lat", "amount", "currency", "start", "end", "n"})
_HERE = parse_yaml("a", "f", Problems()).position
_NODES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: Sequence(tuple(items), _HERE))
        | st.dictionaries(st.sampled_from(_NAMES) | st.text(max_size=8), inner, max_size=4).map(
            lambda items: Mapping(items, _HERE)
        )
    ),
    max_leaves=8,
)
_MAPPINGS = st.dictionaries(st.sampled_from(_NAMES), _NODES, max_size=6).map(lambda items: Mapping(items, _HERE))


@given(_MAPPINGS)
def test_the_validator_never_raises(node):
    for table in (TABLE, SITE_FIELDS, BUILT_IN["lags"].schema, BUILT_IN["funding"].schema):
        problems = Problems()
        values, _ = validate(node, table, problems, source_language="en")
        assert set(values) <= set(node.items)


@given(
    st.text(max_size=60),
    st.sampled_from(
        [field for field in TABLE if field.type not in (F.MAPPING, F.NAMED, F.LANGUAGE_MAP, F.COORDINATES)]
    ),
)
def test_conversion_never_raises(text, field):
    convert(text, field, field.type)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day):
    assert check(f"day: {day}")[0] == {"day": day}


def test_every_built_in_field_is_documented():
    def walk(fields):
        for field in fields:
            yield field
            yield from walk(field.fields)

    for built_in in BUILT_IN.values():
        names = [field.name for field in built_in.schema.fields]
        assert len(names) == len(set(names))
        for field in walk(built_in.schema.fields):
            assert field.doc.endswith("."), (built_in.schema.name, field.name)
            assert field.type is not F.CHOICE or field.choices
            assert field.type is not F.REFERENCE or field.reference in BUILT_IN
        assert not built_in.sort or built_in.sort.removeprefix("-") in names
