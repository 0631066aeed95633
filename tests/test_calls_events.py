"""Calls on the day of reading, times in their zones, people with consent, files that are there, references both ways."""

from __future__ import annotations

import datetime as dt

import pytest

import harness
from sitegen.plan.phases import call_phase, project_state

BELGRADE = "Europe/Belgrade"


def moment(text):
    return dt.datetime.fromisoformat(text) if " " in text else dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    "opens, closes, day, expected",
    [
        ("2027-03-05", "2027-04-30", "2027-03-04", "upcoming"),
        ("2027-03-05", "2027-04-30", "2027-03-05", "open"),
        ("2027-03-05", "2027-04-30", "2027-04-30", "open"),
        ("2027-03-05", "2027-04-30", "2027-05-01", "closed"),
        ("2027-03-05 09:00", "2027-04-30 16:00", "2027-03-05", "open"),
        ("2027-03-05 09:00", "2027-04-30 16:00", "2027-04-30", "open"),
        ("2027-03-05 09:00", "2027-04-30 16:00", "2027-05-01", "closed"),
        ("2027-03-05 09:00", "2027-04-30 00:00", "2027-04-30", "closed"),
    ],
)
def test_the_state_of_a_call(opens, closes, day, expected):
    values = {"opens": moment(opens), "closes": moment(closes)}
    assert call_phase(values, dt.date.fromisoformat(day), BELGRADE).state == expected


def test_the_zone_of_the_call_counts():
    """Half past eleven at night in Lisbon is the next day in Belgrade."""
    values = {"closes": moment("2027-04-30 23:30"), "timezone": "Europe/Lisbon"}
    phase = call_phase(values, dt.date(2027, 5, 1), BELGRADE)
    assert (phase.state, phase.closes, phase.opens) == ("open", "2027-04-30T23:30+01:00", "")
    assert call_phase(values | {"timezone": BELGRADE}, dt.date(2027, 5, 1), BELGRADE).state == "closed"


def test_the_last_day_ends_at_midnight_of_its_zone():
    values = {"opens": dt.date(2027, 3, 28), "closes": dt.date(2027, 3, 28)}  # an hour is missing on this day
    phase = call_phase(values, dt.date(2027, 3, 28), BELGRADE)
    assert (phase.opens, phase.closes) == ("2027-03-28T00:00+01:00", "2027-03-29T00:00+02:00")


@pytest.mark.parametrize(
    "values, expected",
    [
        ({}, None),
        ({"status": "planned", "end": dt.date(2020, 1, 1)}, "planned"),
        ({"start": dt.date(2027, 3, 6)}, "planned"),
        ({"start": dt.date(2027, 3, 5), "end": dt.date(2027, 3, 5)}, "running"),
        ({"end": dt.date(2027, 3, 4)}, "finished"),
    ],
)
def test_the_state_of_a_project(values, expected):
    assert project_state(values, harness.TODAY) == expected


SITE = """
-- site.yaml --
title: Net
url: https://network.example/
timezone: Europe/Belgrade
languages: [{tag: en, name: English}, {tag: fi, name: Suomi}, {tag: pl, name: Polski}]
-- content/pages/index.md --
# Home
-- content/data/lags.yaml --
- {id: one, name: One}
-- content/data/calls.yaml --
- id: first
  title: First
  opens: 2027-03-01
  closes: 2027-03-06 16:00
  lags: [one]
-- content/data/people.yaml --
- {id: ann, name: Ann Agreed, consent: 2027-01-01, lag: one}
"""


def badge(result, path="en/calls/first/index.html"):
    (found,) = result.html(path).xpath("//*[@data-call]")
    return found


def test_a_call_says_its_state_and_its_deadline_in_each_language(site):
    result = site(SITE).build(date="2027-03-05")
    assert result.ok, result.problems
    found = badge(result)
    assert (found.text, found.get("data-call")) == ("Open", "open")
    assert (found.get("data-opens"), found.get("data-closes")) == ("2027-03-01T00:00+01:00", "2027-03-06T16:00+01:00")
    assert (found.get("data-closed"), found.get("data-upcoming")) == ("Closed", "Upcoming")
    assert badge(result, "fi/calls/first/index.html").text == "Avoinna"
    times = result.html("fi/calls/first/index.html").xpath("//dd/time")
    assert [(time.get("datetime"), time.text) for time in times] == [
        ("2027-03-01", "1. maaliskuuta 2027"),
        ("2027-03-06T16:00+01:00", "6. maaliskuuta 2027 16.00 UTC+01:00"),
    ]


def test_a_new_day_builds_only_what_it_changes(site):
    made = site(SITE)
    assert badge(made.build(date="2027-03-05")).text == "Open"
    assert badge(made.build(date="2027-03-06")).text == "Open"
    later = made.build(date="2027-03-07")
    assert badge(later).text == "Closed"
    assert later.files == made.build(date="2027-03-07", clean=True, output=made.root / "clean").files


@pytest.mark.browser
def test_the_script_tells_the_hour_of_reading(site, browser):
    result = site(SITE).build(date="2027-03-05")
    with harness.serve_plainly(result.output) as address:
        for now, expected in (
            ("2027-02-27T12:00:00Z", "Upcoming"),
            ("2027-03-06T14:59:00Z", "Open"),
            ("2027-03-06T15:00:00Z", "Closed"),
        ):
            context = browser.new_context()
            page = context.new_page()
            page.clock.set_fixed_time(now)
            page.goto(f"{address}en/calls/first/")
            assert page.locator("[data-call]").inner_text() == expected
            context.close()


def test_people_are_shown_with_consent_alone(site):
    made = site(SITE)
    made.write(
        "content/data/people.yaml",
        "- {id: ann, name: Ann Agreed, consent: 2027-01-01, lag: one}\n"
        "- {id: bob, name: Bob Unasked, lag: one}\n- {id: cy, name: Cy Tomorrow, consent: 2027-03-06}\n",
    )
    result = made.build(date="2027-03-05")
    assert result.ok
    warnings = [problem for problem in result.problems if "person-consent" in problem]
    assert len(warnings) == 2
    assert warnings[0].startswith(
        "content/data/people.yaml:2:3: warning[person-consent]: 'people/bob' has no 'consent'"
    )
    assert "is of 2027-03-06, which is yet to come" in warnings[1]
    everything = b"".join(result.files.values())
    assert b"Ann Agreed" in everything
    assert b"Bob Unasked" not in everything
    assert b"Cy Tomorrow" not in everything
    assert b"Cy Tomorrow" in b"".join(made.build(date="2027-03-06").files.values())


@pytest.mark.parametrize(
    "record, place, says",
    [
        ("files: {fi: strategia.pdf, en: stratgey.pdf}", "3:34", "'files.en' names 'stratgey.pdf'"),
        ("file: Strategy.pdf", "3:9", "did you mean 'strategy.pdf'? (case matters)"),
        ("file: nothing-like-it.docx", "3:9", "save the file there, or correct its name"),
        ("image: pictures/none.jpg", "3:10", "'image' names 'pictures/none.jpg'"),
    ],
)
def test_files_that_are_not_there(site, record, place, says):
    made = site(
        SITE + f"-- content/data/publications.yaml --\n- id: plan\n  title: Plan\n  {record}\n",
        {"content/media/strategia.pdf": b"%PDF-1", "content/media/strategy.pdf": b"%PDF-1"},
    )
    result = made.build()
    problem = result.problem("file-missing")
    assert problem.startswith(f"content/data/publications.yaml:{place}: error[file-missing]: ")
    assert says in problem


def test_files_in_lists_and_in_the_texts_by_hand(site):
    made = site(SITE, {"content/media/a.pdf": b"%PDF-1"})
    made.write(
        "content/calls/second.md", "---\ntitle: Second\nattachments:\n  - a.pdf\n  - {file: b.pdf, title: B}\n---\n"
    )
    made.write("content/calls/second.fi.md", "---\ntitle: Toinen\nimage: c.jpg\n---\n")
    result = made.build()
    found = sorted(problem.split(": error")[0] for problem in result.problems if "file-missing" in problem)
    assert found == ["content/calls/second.fi.md:3:8", "content/calls/second.md:5:12"]


REFERENCES = """
-- site.yaml --
title: Net
languages: [{tag: en, name: English}]
theme: bare
-- themes/bare/theme.yaml --
name: bare
-- themes/bare/templates/page.html --
{% set names = {'lags': ['projects', 'led_projects', 'calls', 'events', 'news', 'publications', 'documents', 'people'],
   'partners': ['projects', 'led_projects'], 'projects': ['news', 'publications'], 'funding': ['funded']} %}
{% for collection, reverse in names.items() %}{% for entry in site.collections[collection].entries %}{% for name in reverse %}
<p id="{{ entry.id }}.{{ name }}">{% for other in entry|attr(name) %}{{ other.id }} {% endfor %}</p>
{% endfor %}{% endfor %}{% endfor %}
-- themes/bare/templates/list.html --
x
-- themes/bare/templates/entry.html --
x
-- themes/bare/templates/home.html --
{% extends 'page.html' %}
-- themes/bare/templates/404.html --
x
-- themes/bare/templates/root.html --
x
-- content/pages/index.md --
# Home
-- content/data/lags.yaml --
- {id: one, name: One}
-- content/data/partners.yaml --
- {id: pal, name: Pal}
-- content/data/funding.yaml --
- {id: fund, regime: national, statement_text: {en: Paid}}
-- content/data/projects.yaml --
- {id: well, title: Well, lags: [one], lead: pal, partners: [pal], funding: [fund]}
- {id: mill, title: Mill, lead_lag: one}
-- content/data/calls.yaml --
- {id: call, title: Call, lags: [one]}
-- content/data/events.yaml --
- {id: fair, title: Fair, start: 2027-01-01, lags: [one]}
-- content/data/publications.yaml --
- {id: book, title: Book, lags: [one], projects: [well]}
-- content/data/documents.yaml --
- {id: statute, title: Statute, lags: [one]}
-- content/data/people.yaml --
- {id: ann, name: Ann, lag: one, consent: 2027-01-01}
-- content/news/2027-01-01-new.md --
---
title: New
lags: [one]
projects: [well]
---
"""


def test_references_are_seen_from_both_sides(site):
    result = site(REFERENCES).build()
    assert result.ok, result.problems
    page = result.html("en/index.html")
    seen = {p.get("id"): (p.text or "").split() for p in page.xpath("//p")}
    assert seen == {
        "lags/one.projects": ["projects/well"],
        "lags/one.led_projects": ["projects/mill"],
        "lags/one.calls": ["calls/call"],
        "lags/one.events": ["events/fair"],
        "lags/one.news": ["news/2027-01-01-new"],
        "lags/one.publications": ["publications/book"],
        "lags/one.documents": ["documents/statute"],
        "lags/one.people": ["people/ann"],
        "partners/pal.projects": ["projects/well"],
        "partners/pal.led_projects": ["projects/well"],
        "projects/well.news": ["news/2027-01-01-new"],
        "projects/well.publications": ["publications/book"],
        "projects/mill.news": [],
        "projects/mill.publications": [],
        "funding/fund.funded": ["projects/well"],
    }


def test_a_reference_to_nothing_names_its_place_and_the_nearest_entry(site):
    made = site(SITE)
    made.edit("content/data/calls.yaml", "lags: [one]", "lags: [oen]")
    problem = made.build().problem("reference-missing")
    assert problem.startswith("content/data/calls.yaml:5:10: error[reference-missing]: 'lags.0' names 'oen'")
    assert "did you mean 'one'?" in problem
