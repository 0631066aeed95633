"""What is wrong with a translation: each check by examples, and what must never be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Position, Problems
from sitegen.read.po import PoEntry, parse_po
from sitegen.schema.nodes import Mapping, Scalar, Sequence
from sitegen.translate.glossary import Glossary, parse_glossary
from sitegen.translate.message_checks import check_catalogue, check_message, is_usable

AT = Position("i18n/glossary.yaml", 1)


def codes(source: str, translated: str, language: str = "fi", **entry: object) -> list[str]:
    formatted = bool(entry.pop("formatted", False))
    message = PoEntry(msgid=source, strings=(translated,), **entry)  # type: ignore[arg-type]
    found = check_message(message, language, source_language="en", formatted=formatted)
    return sorted({finding.code.removeprefix("translation-") for finding in found})


@pytest.mark.parametrize(
    "source, translated, expected",
    [
        ("Read [it](a.md).", "Lue [se](a.md).", []),
        ("Read [it](a.md).", "Lue [se](a.fi.md).", []),
        ("Read [it](https://eu.example/x_en).", "Lue [se](https://eu.example/x_fi).", []),
        ("Read [it](https://en.example/x).", "Lue [se](https://evil.example/x).", ["host", "link"]),
        ("Read [it](a.md).", "Lue se.", ["link"]),
        ("Read ![it](a.png).", "Lue ![se](a.png).", []),
        ("Read [it][ref].", "Lue [se][ref].", []),
        ("Read [it][ref].", "Lue [se].", ["link"]),
        ("Use `make`.", "Käytä `make`.", []),
        ("Use `make`.", "Käytä `tee`.", ["code"]),
        ("So[^1].", "Niin[^1].", []),
        ("So[^1].", "Niin[^2].", ["footnote"]),
        ("A <b>bold</b> word", "<b>Lihava</b> sana", []),
        ("A <b>bold</b> word", "Lihava sana", ["tag"]),
        ("A <b>bold</b> word", "<b>Lihava sana", ["tag"]),
        ("A <b>bold</b> word", "</b>Lihava<b> sana", ["tag"]),
        ("Line<br>break", "Rivin<br>vaihto", []),
        ('<abbr title="A">a</abbr> b', '<abbr title="B">a</abbr> b', []),
        ("Word", " Sana", ["space"]),
        ("Word", "Sana ", ["space"]),
        ("Who?", "Kuka.", ["punctuation"]),
        ("Note:", "Huom:", []),
        ("And so on…", "Ja niin edelleen...", []),
        ("**Bold.**", "**Lihava.**", []),
        ("Written here", "Kirjoita: katso esimerkki.fi", ["host"]),
        ("Write to us", "Kirjoita aino@network.example", ["email"]),
        ("See about.md", "Katso tietoja.md", []),
        ("Plain text", "Teksti\u200f", ["bidi"]),
        ("A whole sentence in english here", "A whole sentence in english here", ["same"]),
        ("LEADER 2027", "LEADER 2027", []),
        ("Radio", "Radio", []),
        ('*lokalne grupy*{: lang="pl" } work', '*lokalne grupy*{: lang="pl" } toimii', []),
        ('Local *ryhmät*{: lang="fi" }', "Paikalliset *ryhmät*", []),
        ("Box {: .note }", "Laatikko", ["placeholder"]),
    ],
)  # fmt: skip
def test_each_check(source: str, translated: str, expected: list[str]) -> None:
    assert codes(source, translated) == expected


@pytest.mark.parametrize(
    "source, translated, language, expected",
    [
        ("Who?", "谁？", "zh-Hans", []),
        ("So.", "就是这样。", "zh-Hans", []),
        ("Who?", "من؟", "ar", []),
        ("Who?", "Ποιος;", "el", []),
        ("Who?", "Ποιος.", "el", ["punctuation"]),
        ("So.", "เช่นนั้น", "th", []),
        ("So", "\u2067כן\u2069", "he", []),
        ("So", "\u2067niin\u2069", "fi", ["bidi"]),
        ("So", "\u202eכן\u202c", "he", ["bidi"]),
        ("first;", "pierwszy;", "pl", []),
    ],
)
def test_languages_have_signs_of_their_own(source: str, translated: str, language: str, expected: list[str]) -> None:
    assert codes(source, translated, language) == expected


@pytest.mark.parametrize(
    "source, translated, expected",
    [
        ("%(n)s of %(m)s", "%(m)s/%(n)s", []),
        ("%(n)s of %(m)s", "%(n)s", ["placeholder"]),
        ("%(n)s pages", "%(x)s sivua", ["placeholder"]),
        ("%(n)s pages", "%s sivua", ["placeholder"]),
        ("100%%", "100 %%", []),
        ("100%%", "100 %", ["placeholder"]),
    ],
)
def test_placeholders_go_by_name(source: str, translated: str, expected: list[str]) -> None:
    assert codes(source, translated, formatted=True) == expected


def test_one_form_may_leave_the_number_out() -> None:
    entry = PoEntry(msgid="One group", plural="%(num)s groups", strings=("Yksi ryhmä", "%(num)s ryhmää"))
    assert check_message(entry, "fi", formatted=True, plural_count=2) == []
    (finding,) = check_message(entry, "sr-Cyrl", formatted=True, plural_count=3)
    assert finding.code == "translation-plural"


def test_limits_on_length_are_told_and_kept() -> None:
    assert codes("Menu", "Valikko", extracted=("maximum length: 5 characters",)) == ["length"]
    assert codes("Menu", "Lista", extracted=("maximum length: 5 characters",)) == []


HOSTILE = [
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))", "[x]( https://evil.example )", "[x](<https://evil.example>)", "![x](https://evil.example/p.png)",
    '[x](https://evil.example "t")', "<https://evil.example>", "<javascript:alert(1)>", "<aino@evil.example>", "[x][y]", "[x] [y]",
    "[x]: https://evil.example", "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example>", "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>", "<svg onload=alert(1)", "<a href='javascript:alert(1)'>x</a>", "<b onclick=alert(1)>x</b>",
    "<b style='position:fixed'>x</b>", "<iframe srcdoc='<b>'>", "</b>", "</p><p>", "<!-- x", "<![CDATA[", "<?php ?>",
    '<math><mi//xlink:href="data:x,<script>">', "*x*{: onclick=alert(1) }", '*x*{: style="color:red" }', "*x*{ #id .class }",
    "[x](//evil.example)", "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", "x javascript:alert(1)",
    "x\u202ereversed", "x\u2066y", "x\ufdd0y", "x\x00y", "x\ufeffy", "x\U000e0041y", "[x](\njavascript:alert(1))",
    "[a[b]](https://evil.example)", "[x](https://evil.example/(a))", "[](https://evil.example)", "[x](ftp://evil.example)",
    "<a\nhref=https://evil.example>x</a>", '<x id="1"/>', "&lt;b&gt; <b>x</b>", "<form action=//evil.example>", "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example>", "<meta http-equiv=refresh content=0>", "<object data=x>", "<embed src=x>",
    "<style>@import '//evil.example'</style>", "<template><b>", "<textarea>", "<plaintext>", "<title>x",
]  # fmt: skip


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_translation_brings_in_nothing_that_its_source_lacks(payload: str) -> None:
    for source in ("A plain text", "A [link](a.md) and **bold** with `code`"):
        entry = PoEntry(
            msgid=source, strings=(f"Teksti {payload}",), comments=("sitegen: ignore link, tag, placeholder",)
        )
        assert not is_usable(entry, "fi", source_language="en")


@given(st.text(st.sampled_from("ab [](){}<>/!:\"'=*_`\\&#;\n%-^"), max_size=60))
def test_a_copy_of_the_source_is_always_safe(text: str) -> None:
    assert is_usable(PoEntry(msgid=text, strings=(text,)), "fi")


@given(st.text(max_size=60))
def test_no_text_breaks_the_checks(text: str) -> None:
    check_message(PoEntry(msgid="Some [text](a.md) here.", strings=(text,)), "fi", formatted=True)


def test_a_comment_silences_a_check_but_not_what_is_unsafe() -> None:
    text = (
        '# sitegen: ignore punctuation, same\nmsgid "Who?"\nmsgstr "Kuka"\n\n'
        '# sitegen: ignore translation-tag\nmsgid "x"\nmsgstr "<b>x</b>"\n\n'
        '# sitegen: ignore nonsense\nmsgid "y"\nmsgstr "z"\n\n'
        '#, fuzzy\nmsgid "Why?"\nmsgstr "Miksi"\n'
    )
    problems = Problems()
    check_catalogue(parse_po(text, "fi.po", problems), "fi", "content", problems)
    assert [f"{p.position.line} {p.severity.value} {p.code}" for p in problems] == [
        "6 error translation-tag",
        "10 warning translation-ignore",
    ]


def glossary(*terms: dict[str, str]) -> Glossary:
    items = tuple(Mapping({key: Scalar(text, AT) for key, text in term.items()}, AT) for term in terms)
    problems = Problems()
    made = parse_glossary(Sequence(items, AT), problems, ["en", "fi", "pl", "sr-Cyrl"])
    assert not list(problems), str(problems)
    return made


TERMS = glossary(
    {"term": "Local Action Group", "fi": "Leader-ryhmä | paikallinen toimintaryhmä", "pl": "lokalna grupa działania",
     "sr-Cyrl": "локална акциона група", "note": "LAG for short"},
    {"term": "municipality", "fi": "kunta", "pl": "gmina"},
    {"term": "LEADER", "sr-Cyrl": "ЛЕАДЕР"},
)  # fmt: skip


@pytest.mark.parametrize(
    "source, translated, language, missing",
    [
        ("Local Action Groups decide", "Leader-ryhmien päätös", "fi", []),
        ("The local action group decides", "Toimintaryhmä päättää", "fi", ["Local Action Group"]),
        ("Ask a Local Action Group", "Zapytaj lokalną grupę działania", "pl", []),
        ("Of the Local Action Groups", "Lokalnych grup działania", "pl", []),
        ("Ask a Local Action Group", "Zapytaj stowarzyszenie", "pl", ["Local Action Group"]),
        ("With a Local Action Group", "Са локалном акционом групом", "sr-Cyrl", []),
        ("Six municipalities", "Kuuden kunnan alue", "fi", []),
        ("Six municipalities", "Kuusi pitäjää", "fi", ["municipality"]),
        ("Leader Plus is a network", "Лидер плус", "sr-Cyrl", []),
        ("LEADER works", "Лидер ради", "sr-Cyrl", ["LEADER"]),
        ("See `municipality` and <x@municipality.example>", "x", "fi", []),
        ("Local groups act", "x", "fi", []),
    ],
)
def test_glossary_terms_may_be_inflected(source: str, translated: str, language: str, missing: list[str]) -> None:
    assert [term.term for term in TERMS.missing(source, translated, language)] == missing


def test_a_broken_glossary_is_told() -> None:
    problems = Problems()
    items = (
        Scalar("x", AT),
        Mapping({"fi": Scalar("y", AT)}, AT),
        Mapping({"term": Scalar("a", AT), "fj": Scalar("b", AT)}, AT),
    )
    found = parse_glossary(Sequence(items, AT), problems, ["fi"])
    assert [problem.code for problem in problems] == ["glossary-language", "glossary-shape", "glossary-shape"]
    assert [term.term for term in found.terms] == ["a"]
