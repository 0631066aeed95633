"""Open data: every format by its own standard, for every language, and nothing private in any of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import posixpath
import uuid

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.content_lines import content, text_value
from sitegen.render.export_files import safe_cell
from sitegen.schema.fields import Field, FieldType

SITE = """
-- site.yaml --
title: Net
url: https://network.example/
timezone: Europe/Belgrade
languages: [{tag: en, name: English}, {tag: fi, name: Suomi}]
translate: {threshold: 0}
collections:
  lags:
    fields:
      bank_account: {type: text, private: true, doc: Of nobody's concern.}
      officer:
        type: mapping
        doc: Who works there.
        fields:
          role: {type: text, doc: What they do.}
          home: {type: text, private: true, doc: Where they live.}
-- content/pages/index.md --
# Home
-- content/data/lags.yaml --
- id: one
  name: {en: "One, two \\"and\\" three", fi: Yksi}
  status: accredited
  country: FI
  municipalities: [{name: Aa, code: "1"}, Bb]
  population: 48000
  location: {lon: 25.5, lat: -62.25}
  email: one@example.org
  phone: +358 40 123 456
  address: "Street 1; 40100 Town"
  website: https://one.example/
  budget: [{fund: EAFRD, amount: 1200000 EUR}, {fund: ESF+, amount: 99.50 EUR}]
  strategy: {title: Plan, period: 2021-2027, goals: [First, Second]}
  bank_account: SECRET-1
  officer: {role: Manager, home: SECRET-2}
  themes: ["=cmd|' /C calc'!A0", water]
  validated: 2027-01-02
- id: two
  name: "@Two"
  bank_account: SECRET-3
- id: hidden
  name: Draft
  draft: true
-- content/data/projects.yaml --
- {id: well, title: A well, lags: [one], total: 21620 USD, start: 2027-01-01, summary: "Line one"}
-- content/data/people.yaml --
- {id: ann, name: SECRET-4, email: secret-5@example.org, phone: 0123456, consent: 2027-01-01}
-- content/events/fair.md --
---
title: {en: "Fair; with, marks", fi: Markkinat}
start: 2027-05-09 10:00
end: 2027-05-09 12:30
timezone: Europe/Helsinki
venue: Hall, Town
online_url: https://meet.example/x
location: {lon: 25.5, lat: 62}
updated: 2027-02-01
---
Secret body.
-- content/events/week.md --
---
title: A week
start: 2027-10-30
end: 2027-11-01
---
"""


@pytest.fixture
def built(site):
    result = site(SITE).build()
    assert result.ok, result.problems
    return result


def table(result, path):
    raw = result.bytes(path)
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel needs a byte order mark"
    assert raw.count(b"\r\n") >= 2
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_for_each_entry_and_a_column_for_each_fact(built):
    rows = table(built, "en/data/lags.csv")
    assert [row["id"] for row in rows] == ["two", "one"]  # by title
    one = rows[1]
    assert one["name"] == 'One, two "and" three'
    assert one["url"] == "https://network.example/en/lags/one/"
    assert (one["country"], one["population"]) == ("FI", "48000")
    assert (one["location.lon"], one["location.lat"]) == ("25.5", "-62.25")
    assert (one["municipalities.name"], one["municipalities.code"]) == ("Aa | Bb", "1 | ")
    assert (one["budget.fund"], one["budget.amount"]) == ("EAFRD | ESF+", "1200000 EUR | 99.50 EUR")
    assert (one["strategy.title"], one["strategy.goals"]) == ("Plan", "First | Second")
    assert (one["strategy.period.start"], one["strategy.period.end"]) == ("2021-01-01", "2027-12-31")
    assert one["officer.role"] == "Manager"


def test_texts_are_those_of_the_language_and_say_so(built):
    finnish = {row["id"]: row for row in table(built, "fi/data/lags.csv")}
    assert finnish["one"]["name"] == "Yksi"
    assert (finnish["one"]["language"], finnish["two"]["language"]) == ("fi", "en")
    assert finnish["one"]["url"] == "https://network.example/fi/lags/one/"


def test_no_cell_is_a_formula(built):
    rows = {row["id"]: row for row in table(built, "en/data/lags.csv")}
    assert rows["two"]["name"] == "'@Two"
    assert rows["one"]["themes"].startswith("'=cmd|")
    assert rows["one"]["phone"] == "+358 40 123 456"  # digits alone: no formula, and programs can dial it


@given(st.text())
def test_safe_cells_never_begin_like_a_formula(text):
    field = Field(name="x", type=FieldType.TEXT, doc="")
    cell = safe_cell(text, field)
    assert cell in (text, "'" + text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r"))


def test_json_keeps_types_and_structure(built):
    data = json.loads(built.text("en/data/lags.json"))
    assert (data["title"], data["language"], data["publisher"]) == ("Local Action Groups", "en", "Net")
    one = data["entries"][1]
    assert one["location"] == {"lon": 25.5, "lat": -62.25}
    assert one["budget"][1] == {"fund": "ESF+", "amount": {"amount": 99.5, "currency": "EUR"}}
    assert one["strategy"]["period"] == {"start": "2021-01-01", "end": "2027-12-31"}
    assert one["municipalities"] == [{"name": "Aa", "code": "1"}, {"name": "Bb"}]
    well = json.loads(built.text("fi/data/projects.json"))["entries"][0]
    assert well["lags"] == [{"id": "one", "title": "Yksi", "url": "https://network.example/fi/lags/one/"}]
    fair = json.loads(built.text("en/data/events.json"))["entries"]
    assert {entry["id"]: entry["start"] for entry in fair} == {
        "fair": "2027-05-09T10:00:00+03:00",
        "week": "2027-10-30",
    }


def test_geojson_holds_the_entries_with_a_place(built):
    data = json.loads(built.text("fi/data/lags.geojson"))
    assert data["type"] == "FeatureCollection"
    assert data["bbox"] == [25.5, -62.25, 25.5, -62.25]
    (feature,) = data["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [25.5, -62.25]}
    assert (feature["id"], feature["properties"]["name"], feature["properties"]["population"]) == ("one", "Yksi", 48000)
    assert "en/data/projects.geojson" not in built.files


def test_nothing_private_leaves_in_any_output(built):
    """Whatever the file: pages, data, contacts, feeds."""
    for path, content_ in built.files.items():
        for number in range(1, 4):
            assert f"SECRET-{number}".encode() not in content_, path
        if "/data/" in path or path.endswith((".vcf", ".ics")):
            assert b"SECRET-4" not in content_, path
            assert b"secret-5" not in content_, path
            assert b"Draft" not in content_, path
            assert b"Secret body" not in content_, path
            assert b"consent" not in content_, path


def test_the_list_offers_its_data_and_describes_it(built):
    page = built.html("fi/lags/index.html")
    scripts = [json.loads(text) for text in page.xpath("//script[@type='application/ld+json']/text()")]
    (dataset,) = [data for data in scripts if data.get("@type") == "dcat:Dataset"]
    assert dataset["dct:title"] == {"@value": "Local Action Groups", "@language": "en"}
    assert [part["dcat:mediaType"]["@id"].split("media-types/")[1] for part in dataset["dcat:distribution"]] == [
        "text/csv", "application/json", "application/geo+json",
    ]  # fmt: skip
    for part in dataset["dcat:distribution"]:
        assert part["dcat:downloadURL"]["@id"].removeprefix("https://network.example/") in built.files
    events = built.html("en/events/index.html").xpath("//a[@type]")
    found = {(link.get("type"), posixpath.normpath(posixpath.join("en/events", link.get("href")))) for link in events}
    assert found >= {("text/calendar", "en/calendar.ics"), ("text/csv", "en/data/events.csv")}


def test_a_catalogue_tells_of_all_data_sets(built):
    catalogue = json.loads(built.text("data/catalogue.jsonld"))
    assert catalogue["@type"] == "dcat:Catalog"
    assert catalogue["@context"]["dcat"] == "http://www.w3.org/ns/dcat#"
    assert catalogue["@id"] == "https://network.example/data/catalogue.jsonld"
    assert catalogue["dct:language"] == ["en", "fi"]
    base = "https://network.example/"
    data = {path for path in built.files if path.startswith(("en/data/", "fi/data/")) or path.endswith("calendar.ics")}
    files = [
        part["dcat:downloadURL"]["@id"] for each in catalogue["dcat:dataset"] for part in each["dcat:distribution"]
    ]
    assert sorted(files) == sorted(base + path for path in data)
    ids = [each["@id"] for each in catalogue["dcat:dataset"]]
    assert len(ids) == len(set(ids))
    for each in catalogue["dcat:dataset"]:
        assert each["@type"] == "dcat:Dataset"
        page = each["dcat:landingPage"]["@id"].removeprefix(base)
        assert f"{page}index.html" in built.files
        if not each["@id"].startswith(each["dcat:landingPage"]["@id"] + "#"):  # a collection without a list
            continue
        scripts = built.html(f"{page}index.html").xpath("//script[@type='application/ld+json']/text()")
        said = next(found for text in scripts if (found := json.loads(text)).get("@type") == "dcat:Dataset")
        assert {key: value for key, value in said.items() if key != "@context"} == each
    (link,) = built.html("fi/lags/index.html").xpath("//p[@class='downloads']/a[@type='application/ld+json']")
    assert link.get("href") == "../../data/catalogue.jsonld"
    assert link.get("rel") is None


def test_without_open_data_there_is_no_catalogue(site):
    result = site("-- content/pages/index.md --\n# Home\n").build()
    assert result.ok, result.problems
    assert "data/catalogue.jsonld" not in result.files


def test_the_catalogue_follows_the_collections(site):
    under_test = site(SITE)
    assert under_test.build().ok
    under_test.edit("site.yaml", "translate:", "description: All about us\ntranslate:")
    catalogue = json.loads(under_test.build().text("data/catalogue.jsonld"))
    assert catalogue["dct:description"][0] == {"@value": "All about us", "@language": "en"}
    under_test.delete("content/data/projects.yaml")
    catalogue = json.loads(under_test.build().text("data/catalogue.jsonld"))
    assert not [each for each in catalogue["dcat:dataset"] if "projects" in each["@id"]]


def test_a_collection_can_stay_out_of_open_data(site):
    result = site(SITE.replace("  lags:\n", "  lags:\n    data_export: false\n")).build()
    assert result.ok, result.problems
    assert not [path for path in result.files if "data/lags" in path or path.endswith(".vcf")]
    assert not result.html("en/lags/index.html").xpath("//p[@class='downloads']")


def test_the_vcard_of_a_group(built):
    raw = built.bytes("fi/lags/one/contact.vcf")
    lines = raw.decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert "FN;LANGUAGE=fi:Yksi" in lines
    assert "EMAIL;TYPE=work:one@example.org" in lines
    assert 'TEL;VALUE=uri;TYPE="work,voice":tel:+35840123456' in lines
    assert 'ADR;LABEL="Street 1; 40100 Town":;;Street 1\\; 40100 Town;;;;FI' in lines
    assert "GEO:geo:-62.250000,25.500000" in lines
    assert "REV:20270102T000000Z" in lines
    assert "fi/lags/two/contact.vcf" not in built.files  # a name alone is no contact


def events_of(result, path):
    calendar = icalendar.Calendar.from_ical(result.bytes(path))
    assert not calendar.errors
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_of_each_language(built):
    english, finnish = events_of(built, "en/calendar.ics"), events_of(built, "fi/calendar.ics")
    fair = english["Fair; with, marks"]
    assert fair["DTSTART"].dt == dt.datetime(2027, 5, 9, 7, 0, tzinfo=dt.UTC)  # summer time in Helsinki
    assert fair["DTEND"].dt == dt.datetime(2027, 5, 9, 9, 30, tzinfo=dt.UTC)
    assert fair["LOCATION"] == "Hall, Town"
    assert (fair["GEO"].latitude, fair["GEO"].longitude) == (62.0, 25.5)
    assert fair["DTSTAMP"].dt == dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
    assert str(fair["URL"]) == "https://network.example/en/events/fair/"
    assert finnish["Markkinat"]["UID"] == fair["UID"]
    assert uuid.UUID(str(fair["UID"]))
    week = english["A week"]
    assert (week["DTSTART"].dt, week["DTEND"].dt) == (dt.date(2027, 10, 30), dt.date(2027, 11, 2))


def test_one_event_beside_its_page(built):
    (event,) = events_of(built, "fi/events/fair/event.ics").values()
    assert str(event["SUMMARY"]) == "Markkinat"
    (link,) = built.html("fi/events/fair/index.html").xpath("//a[@type='text/calendar']")
    assert (link.text, link.get("href").rsplit("/", 1)[-1]) == ("Lisää kalenteriin", "event.ics")


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=300), max_size=5))
def test_content_lines_fold_between_characters_and_lose_nothing(texts):
    lines = [f"SUMMARY:{text_value(text)}" for text in texts]
    raw = content(lines)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.replace(b"\r\n ", b"").decode().split("\r\n")[:-1] == lines
    for line in raw.split(b"\r\n"):
        line.decode()


def test_the_same_data_gives_the_same_bytes_on_another_day(site):
    first, second = site(SITE).build(date="2027-03-05"), site(SITE).build(date="2027-04-05")
    for path, content_ in first.files.items():
        if "/data/" in path or path.endswith((".ics", ".vcf")):
            assert second.files[path] == content_, path


def test_data_follows_its_entries_in_incremental_builds(site):
    made = site(SITE)
    assert made.build().ok
    made.edit("content/data/lags.yaml", "Yksi", "Kaksi")
    made.edit("content/data/lags.yaml", "location: {lon: 25.5, lat: -62.25}", "location: {lon: 26, lat: 62}")
    changed = made.build()
    assert "Kaksi" in changed.text("fi/data/lags.csv")
    assert "Kaksi" in changed.text("fi/data/projects.json")
    assert "Kaksi" in changed.text("fi/lags/one/contact.vcf")
    clean = made.build(clean=True, output=made.root / "clean")
    assert changed.files == clean.files
    made.edit("content/data/lags.yaml", "  location: {lon: 26, lat: 62}\n", "")
    again = made.build()
    assert "en/data/lags.geojson" not in again.files
    assert "geojson" not in again.text("en/lags/index.html")
    assert again.files == made.build(clean=True, output=made.root / "clean").files
