"""The texts that funders demand: word for word, in the page's language, or a problem that says what is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.model.funding import funding_texts, is_shown
from sitegen.model.funding_library import built_in, built_in_keys, languages_of
from sitegen.model.funding_rules import check_emblem_rules
from sitegen.model.text import Text
from sitegen.problems import Position, Problems
from sitegen.schema.fields import Period, SourceText

AT = Position("content/data/funding.yaml", 4, 3)
OFFICIAL = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()  # noqa: SIM905
EACEA = {"regime": "mff2021", "kind": "co_funded", "granting_authority": {"key": "eacea"}}


def source(text, **variants):
    return SourceText(text, AT, {tag.replace("_", "-"): value for tag, value in variants.items()})


def texts(values, tag, **more):
    problems = Problems()
    return funding_texts(values, tag, problems, AT, **more), [str(problem) for problem in problems]


@pytest.mark.parametrize("kind", ["funded", "co_funded"])
@pytest.mark.parametrize("tag", [*OFFICIAL, "sr-Cyrl", "sr-Latn", "sr", "mk", "bs", "sq", "tr", "uk"])
def test_statements_in_every_official_language_and_the_neighbours(tag, kind):
    found, problems = texts({"regime": "mff2021", "kind": kind}, tag)
    assert found.statement
    assert found.statement_lang == tag
    assert found.disclaimer is None
    assert not problems


def test_statements_are_word_for_word():
    said = {
        tag: texts({"regime": "mff2021", "kind": "co_funded"}, tag)[0].statement
        for tag in ("en", "fi", "pl", "sr-Latn")
    }
    assert said == {
        "en": "Co-funded by the European Union",
        "fi": "Euroopan unionin osarahoittama",
        "pl": "Dofinansowane przez Unię Europejską",
        "sr-Latn": "Sufinansira Evropska unija",
    }


@pytest.mark.parametrize("tag", OFFICIAL)
def test_the_disclaimer_of_eacea_in_every_official_language(tag):
    found, problems = texts(EACEA, tag)
    assert "EACEA" in found.disclaimer
    assert found.disclaimer_lang == tag
    assert "{" not in found.disclaimer
    assert not problems


def test_a_missing_text_names_the_language_and_what_to_add():
    found, problems = texts(EACEA, "sr-Latn")
    assert found.disclaimer is None
    assert problems == [
        "content/data/funding.yaml:4:3: error[funding-text-missing]: the mandated text 'disclaimer_2021.eacea' is missing "
        "in sr-Latn, and no other language may stand in for it: add the wording that the funder prescribes as "
        "'disclaimer_text' with 'sr-Latn: …'; where the rules prescribe one language only, 'disclaimer_language: en'"
    ]


def test_no_language_and_no_script_stands_in_for_another():
    assert built_in("statement.funded", "xx") is None
    assert built_in("assistance", "sr-Latn") is not None
    assert built_in("assistance", "sr-Cyrl") is None
    assert built_in("assistance", "sr") is None
    assert built_in("statement.funded", "hr-Cyrl") is None


def test_a_region_has_the_text_of_its_language_and_plain_serbian_is_cyrillic():
    assert built_in("statement.funded", "de-AT") == built_in("statement.funded", "de")
    assert built_in("statement.funded", "sr-Latn-RS") == built_in("statement.funded", "sr-Latn")
    assert built_in("statement.funded", "sr") == built_in("statement.funded", "sr-Cyrl")
    assert built_in("statement.funded", "sr").text == "Финансира Европска унија"


ASSISTANCE = {
    "regime": "external2014",
    "kind": "assistance",
    "responsible_name": source("“Leader+ Banatski Karlovac” Citizens' Association"),
}


def test_the_sentence_of_external_assistance_with_its_name():
    found, problems = texts(ASSISTANCE, "en")
    assert found.statement is None
    assert found.disclaimer == (
        "This publication has been produced with the assistance of the European Union. The contents of this publication "
        "are the sole responsibility of “Leader+ Banatski Karlovac” Citizens' Association and can in no way be taken to "
        "reflect the views of the European Union."
    )
    assert not problems


@pytest.mark.parametrize("tag", ["fi", "sr-Cyrl", "pl", "ar"])
def test_a_text_prescribed_in_one_language_stands_in_it_everywhere(tag):
    found, problems = texts({**ASSISTANCE, "disclaimer_language": "en"}, tag)
    assert found.disclaimer.startswith("This publication")
    assert found.disclaimer_lang == "en"
    assert not problems


def test_an_empty_placeholder_is_an_error():
    found, problems = texts({"regime": "external2014", "kind": "assistance"}, "en")
    assert found.disclaimer is None
    assert problems == [
        "content/data/funding.yaml:4:3: error[funding-placeholder-empty]: 'assistance' in en has a place for {name} that "
        "nothing fills: give the field 'responsible_name'"
    ]


def test_names_are_put_in_as_they_are_and_never_read_again():
    found, _ = texts(ASSISTANCE, "en", names={"name": "{programme} \\1 <b>"})
    assert "{programme} \\1 <b>" in found.disclaimer


def test_the_general_disclaimer_names_its_authority():
    values = {"regime": "mff2021", "kind": "funded", "granting_authority": {"name": source("the Agency")}}
    found, problems = texts(values, "en")
    assert "those of the European Union or the Agency. Neither" in found.disclaimer
    assert not problems
    assert "funding-text-missing" in texts(values, "fi")[1][0]


def test_own_texts_per_language():
    values = {"regime": "national", "statement_text": source("Paid by the Land", fi="Maan maksama"), "kind": "funded"}
    assert texts(values, "fi")[0].statement == "Maan maksama"
    found, problems = texts(values, "pl")
    assert found.statement is None
    assert problems == [
        "content/data/funding.yaml:4:3: error[funding-text-missing]: the mandated text 'statement_text' is missing in pl, "
        "and no other language may stand in for it: add 'pl: …' to 'statement_text', or translate it in pl's catalogue"
    ]


def test_own_texts_from_catalogues_count_only_when_they_are_whole():
    values = {"regime": "national", "disclaimer_text": source("By {name}"), "responsible_name": source("Us")}
    translated = Text("Toimijana {name}", "fi", state="translated")
    assert texts(values, "fi", own={"disclaimer_text": translated})[0].disclaimer == "Toimijana Us"
    for half in (Text("Toimijana", "fi", state="stale"), Text("By {name}", "en", state="untranslated")):
        found, problems = texts(values, "fi", own={"disclaimer_text": half})
        assert found.disclaimer is None
        assert "funding-text-missing" in problems[0]


def test_an_own_text_prescribed_in_one_language():
    values = {"regime": "national", "disclaimer_text": source("Only so"), "disclaimer_language": "en"}
    found, problems = texts(values, "fi")
    assert (found.disclaimer, found.disclaimer_lang, problems) == ("Only so", "en", [])


def test_an_unknown_disclaimer():
    _, problems = texts({"regime": "mff2021", "kind": "funded", "disclaimer": "asistance"}, "en")
    assert problems == [
        "content/data/funding.yaml:4:3: error[funding-text-unknown]: no built-in disclaimer 'asistance'; did you mean "
        "'assistance'? There are: disclaimer_2021, assistance, website_interreg_ipa; for another wording use "
        "'disclaimer_text'"
    ]


def test_unconfirmed_texts_are_shown_and_reported():
    found, problems = texts({"regime": "mff2021", "kind": "funded"}, "sr-Latn")
    assert found.statement == "Finansira Evropska unija"
    assert not found.verified
    assert not problems
    assert [str(problem) for problem in found.unverified] == [
        "content/data/funding.yaml:4:3: warning[funding-text-unverified]: the built-in text 'statement.funded' in sr-Latn "
        "is not confirmed (unverified): compare it with the funder's own wording, and give that as a text of your own "
        "where it differs"
    ]
    assert texts({"regime": "mff2021", "kind": "funded"}, "en")[0].verified


def test_the_slogan_of_rural_development():
    values = {"regime": "eafrd2014", "slogan": True, "funds": ["EAFRD"]}
    found, problems = texts(values, "fi")
    assert found.slogan == "Euroopan maaseudun kehittämisen maatalousrahasto: Eurooppa investoi maaseutualueisiin"
    assert found.statement is None
    assert not problems
    assert "'eafrd_slogan_2014_2020' is missing in sr-Latn" in texts(values, "sr-Latn")[1][0]


def test_the_footnote_on_kosovo():
    values = {"regime": "national", "footnotes": ["kosovo"]}
    found, _ = texts(values, "en")
    assert found.footnotes[0].startswith("For the European Union, this designation is without prejudice")
    assert found.footnotes[0].lang == "en"
    assert "'footnotes.kosovo' is missing in fi" in texts(values, "fi")[1][0]
    assert "add the wording that the funder prescribes as 'footnote_text' with 'fi: …'" in texts(values, "fi")[1][0]
    assert texts({**values, "disclaimer_language": "en"}, "fi")[0].footnotes[0].lang == "en"


def test_a_footnote_of_ones_own():
    values = {
        "regime": "national",
        "footnotes": ["kosovo"],
        "footnote_text": source("A note.", en="A note.", fi="Viite."),
    }
    for tag, expected in {"en": "A note.", "fi": "Viite."}.items():
        found, problems = texts(values, tag)
        assert [(str(text), text.lang) for text in found.footnotes] == [(expected, tag)]
        assert not problems
        assert found.verified
    found, problems = texts(values, "sv")
    assert found.footnotes == ()
    assert problems == [
        "content/data/funding.yaml:4:3: error[funding-text-missing]: the mandated text 'footnote_text' is missing in "
        "sv, and no other language may stand in for it: add 'sv: …' to 'footnote_text', or translate it in sv's "
        "catalogue"
    ]
    found, problems = texts({**values, "disclaimer_language": "en"}, "sv")
    assert [(str(text), text.lang) for text in found.footnotes] == [("A note.", "en")]
    assert not problems
    assert texts({**values, "disclaimer_language": "en"}, "fi")[0].footnotes[0].lang == "fi"


def test_a_footnote_of_ones_own_on_the_page(site):
    result = site(
        """
        -- content/pages/index.md --
        ---
        funding: [fund]
        ---
        # Home
        -- content/data/funding.yaml --
        - {id: fund, regime: national, statement_text: {en: Paid, fi: Maksettu}, footnote_text: {en: A note., fi: Viite.}}
        """
    ).build()
    assert result.ok, result.problems
    for tag, expected in {"en": "A note.", "fi": "Viite."}.items():
        assert result.reads(f"{tag}/index.html", "//p[@class='funding__footnote']") == expected


@pytest.mark.parametrize(
    "values, day, shown",
    [
        ({}, "2027-01-01", True),
        ({"show_until": dt.date(2027, 1, 1)}, "2027-01-01", True),
        ({"show_until": dt.date(2027, 1, 1)}, "2027-01-02", False),
        ({"show_until": dt.date(2027, 1, 1), "status": "closed"}, "2026-12-31", True),
        ({"status": "closed"}, "2026-12-31", False),
        ({"period": Period(dt.date(2027, 1, 1), None)}, "2026-12-31", False),
        ({"period": Period(dt.date(2027, 1, 1), dt.date(2027, 12, 31))}, "2027-01-01", True),
        ({"period": Period(None, dt.date(2020, 12, 31))}, "2027-01-01", True),  # the duty outlasts the period
    ],
)
def test_days_on_which_a_block_stands(values, day, shown):
    assert is_shown(values, dt.date.fromisoformat(day)) is shown


def test_every_built_in_text_is_whole():
    confidences = set()
    for key in built_in_keys(""):
        for tag in languages_of(key):
            found = built_in(key, tag)
            confidences.add(found.confidence)
            assert found.text == found.text.strip()
            assert found.text
    assert confidences == {"official", "published", "unverified", "draft"}
    assert len(languages_of("statement.funded")) == 31


@pytest.mark.parametrize(
    "values, codes",
    [
        ({"regime": "mff2021", "kind": "funded"}, []),
        ({"regime": "mff2021", "kind": "funded", "emblem": False}, ["funding-emblem-hidden"]),
        ({"regime": "mff2021"}, ["funding-statement-missing"]),
        ({"regime": "eafrd2014", "slogan": True}, ["funding-fund-missing"]),
        ({"regime": "national", "emblem": False}, []),
        (
            {"regime": "mff2021", "kind": "funded", "logos": [{"file": "logos/eu-flag.svg", "name": "EU"}]},
            ["funding-emblem-copy"],
        ),
        ({"regime": "mff2021", "kind": "funded", "logos": [{"file": "logos/museum.svg"}]}, ["funding-logo-unnamed"]),
        ({"regime": "mff2021", "kind": "funded", "logos": [{"file": "undp.svg", "name": "UNDP"}]}, []),
    ],
)
def test_rules_of_the_emblem(values, codes):
    assert [problem.code for problem in check_emblem_rules(values, AT)] == codes
