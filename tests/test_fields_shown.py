"""What editors write down, readers see: every public field of every built-in collection stands on a page.

The records are made from the tables of fields: a field that is new and that the theme forgets fails here. One entry
has all fields; for each field there is a twin without it, whose page must say something else.
"""

from __future__ import annotations

import copy
import json

import pytest

import harness
from sitegen.schema.collections import BUILT_IN
from sitegen.schema.entry_fields import entry_fields
from sitegen.schema.fields import FieldType

COMMON = {field.name for field in entry_fields(None)}
NOT_FOR_READERS = {
    "lags.short_name": "for maps and narrow places",
    "lags.nuts": "regions in their own words are for readers; the code is in the open data",
    "lags.municipalities.code": "an official code: in the open data",
    "lags.source": "for editors, and in the open data",
    "events.location": "for calendars and the open data; `venue` tells readers where",
    "projects.images.language": "pictures have none as a rule",
}
CHOOSE_WORDS = {  # tests/test_funding.py
    *("regime", "kind", "disclaimer", "disclaimer_text", "disclaimer_language", "statement_text", "responsible_name"),
    *("emblem", "slogan", "footnotes", "footnote_text", "status", "show_until", "granting_authority.key"),
    "title",  # for lists of funding, which most sites do not have
    "logos.name",  # the text of a logo without `alt`
}
FILES = ("picture.png", "paper.pdf", "other.pdf")
TARGETS = ("lags", "projects", "partners")

TEXTS = {"icon": "globe", "key": "eacea"}  # these must be known; all other texts may be anything


def sample(field, number=0):
    """A value that the field takes, unlike that of any other field."""
    if field.type is FieldType.LANGUAGE_MAP:
        return {"en": FILES[1], "fi": FILES[2]}
    return [one(field, number)] if field.many else one(field, number)


def one(field, number):
    kind = field.type
    if kind is FieldType.MAPPING:
        return {inner.name: sample(inner, number + 10 * n + 1) for n, inner in enumerate(field.fields)}
    if kind is FieldType.CHOICE:
        return field.choices[0]
    if kind is FieldType.REFERENCE:
        return "target"
    values = {
        FieldType.TEXT: TEXTS.get(field.name, f"{field.name} {number}"),
        FieldType.LONG_TEXT: f"many words of {field.name} {number}",
        FieldType.BOOLEAN: not field.default,
        FieldType.INTEGER: 1900 + number,
        FieldType.NUMBER: 10.5 + number / 10,
        FieldType.DATE: f"20{10 + number % 15:02}-01-{1 + number % 28:02}",
        FieldType.DATETIME: f"2027-06-{1 + number % 28:02} 10:00",
        FieldType.PERIOD: f"{1800 + number}-{1802 + number}",
        FieldType.TIMEZONE: "Asia/Tokyo",
        FieldType.MONEY: f"{300 + number} EUR",
        FieldType.COORDINATES: {"lon": 25.5, "lat": 62.5},
        FieldType.EMAIL: f"mail{number}@example.org",
        FieldType.PHONE: f"+358 40 {1000 + number}",
        FieldType.URL: f"https://{field.name.replace('_', '-')}{number}.example/",
        FieldType.FILE: FILES[0],
        FieldType.LANGUAGE: "sv",
        FieldType.COUNTRY: "FI",
    }
    return values[kind]


def paths(fields, before=""):
    """Dotted names of all public fields, the nested ones too."""
    for field in fields:
        if field.private:
            continue
        yield before + field.name
        if field.type is FieldType.MAPPING:
            yield from (path for path in paths(field.fields, f"{before}{field.name}.") if not required(fields, path))


def required(fields, path):
    *above, name = path.split(".")
    found = None
    for part in [*above, name]:
        found = next((field for field in (found.fields if found else fields) if field.name == part), found)
    return found.required


def own_fields(name):
    return [field for field in BUILT_IN[name].schema.fields if field.name not in COMMON]


def without(record, path):
    """The record without one field, in every item of a list."""
    twin = copy.deepcopy(record)
    *above, name = path.split(".")
    level = twin
    for part in above:
        level = level[part][0] if isinstance(level[part], list) else level[part]
    del level[name]
    return twin


def twins(name):
    """(path of the field that is left out, record); the first one has everything."""
    fields = own_fields(name)
    record = {field.name: sample(field, 10 * n) for n, field in enumerate(fields)}
    heading = "name" if "name" in record else "title"
    record[heading] = "Same"
    wanted = [path for path in paths(fields) if path != heading and not required(fields, path)]
    return [("", record), *((path, without(record, path)) for path in wanted)]


def said(page):
    """What a page says and where it leads, without what tells its own address."""
    main = page.xpath("//main")[0]
    for drop in main.xpath(".//nav | .//*[contains(@class, 'downloads')]"):
        drop.getparent().remove(drop)
    names = ("href", "src", "alt", "datetime", "hreflang", "d", "cx")
    found = [value for element in main.iter() for key in names if (value := element.get(key))]
    return harness.reading(main), found


def site_of(collections):
    settings = {name: {"page_size": 1, "listed": True} for name in collections}
    config = {
        "title": "Net",
        "url": "https://network.example/",
        "languages": [{"tag": "en", "name": "English"}],
        "collections": settings,
    }
    data = {name: [{"id": "target", "title" if name == "projects" else "name": "Target"}] for name in TARGETS}
    data["funding"] = [{"id": "target", "regime": "national", "programme": "Target"}]
    for name, entries in collections.items():
        data[name] = [*data.get(name, ()), *({"id": f"e{n:03}", **entry} for n, entry in enumerate(entries))]
    files = {"site.yaml": json.dumps(config), "content/pages/index.md": "# Home\n"}
    files |= {f"content/data/{name}.yaml": json.dumps(entries) for name, entries in data.items()}
    return files | dict.fromkeys((f"content/media/{name}" for name in FILES), b"x")


def built(tmp_path, collections):
    result = harness.SiteUnderTest(tmp_path / "site", site_of(collections)).build()
    assert result.ok, result.problems
    return result


def forgotten(result, name, records):
    """The fields that can be left out without anybody noticing."""
    pages = []
    for n in range(len(records)):
        key = f"e{n:03}"
        path = f"en/{BUILT_IN[name].path}/{key}/index.html"
        if not BUILT_IN[name].publish:
            path = list_page(result, name, key)
        text, leads = said(result.html(path))
        pages.append((text, [lead.replace(key, "KEY") for lead in leads]))
    return [path for (path, _record), page in zip(records, pages, strict=True) if path and page == pages[0]]


def list_page(result, name, key):
    """The page of a list with one entry on each page; entries with one title are ordered by their ids."""
    number = int(key[1:]) + 1
    folder = f"en/{BUILT_IN[name].path}/"
    return f"{folder}index.html" if number == 1 else f"{folder}page/{number}/index.html"


@pytest.mark.parametrize("name", sorted(set(BUILT_IN) - {"pages", "funding"}))
def test_every_public_field_shows(tmp_path, name):
    records = [(path, record) for path, record in twins(name) if f"{name}.{path}" not in NOT_FOR_READERS]
    result = built(tmp_path, {name: [record for _path, record in records]})
    assert forgotten(result, name, records) == []


def test_every_fact_of_funding_shows(tmp_path):
    wanted = [(path, record) for path, record in twins("funding") if path not in CHOOSE_WORDS]
    base = {"regime": "eafrd2014", "kind": "co_funded"}  # rules without names in their texts
    drop = CHOOSE_WORDS - {"granting_authority.key"}
    funds = [{key: value for key, value in record.items() if key not in drop} | base for _path, record in wanted]
    for fund in funds:
        fund.get("granting_authority", {}).pop("key", None)
    projects = [{"title": "Same", "funding": [f"e{n:03}"]} for n in range(len(funds))]
    result = built(tmp_path, {"funding": funds, "projects": projects})
    assert forgotten(result, "projects", wanted) == []


def test_what_all_entries_have_shows(tmp_path):
    """On news, for all: these parts of the templates are shared."""
    fields = [field for field in BUILT_IN["news"].schema.fields if field.name in COMMON]
    hidden = {"description", "slug", "aliases", "draft", "language", "only_languages", "template", "noindex", "order"}
    hidden |= {"source_digest", "toc"}
    record = {field.name: sample(field, n) for n, field in enumerate(fields) if field.name not in hidden}
    record["title"] = "Same"
    records = [("", record), *((name, without(record, name)) for name in record if name != "title")]
    result = built(tmp_path, {"news": [made for _path, made in records]})
    assert forgotten(result, "news", records) == []
