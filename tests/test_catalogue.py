"""Catalogues in use: plural rules, lookup, layers of themes, and what templates are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.locales.plurals import plural_forms, plural_index
from sitegen.problems import Problems
from sitegen.read.po import parse_po
from sitegen.translate.catalogue import Catalogue, interface_translator, load_catalogues
from sitegen.translate.catalogue_plurals import PluralSyntaxError, parse_plural_forms
from sitegen.translate.segments import State

HEADER = 'msgid ""\nmsgstr "Language: {0}\\nPlural-Forms: {1};\\n"\n\n'


def made(text: str, language: str = "fi", domain: str = "content", below: Catalogue | None = None) -> Catalogue:
    problems = Problems()
    header = HEADER.format(language, plural_forms(language).rstrip(";"))
    catalogue = Catalogue(
        language,
        domain,
        parse_po(header + text, f"{language}.po", problems),
        source_language="en",
        problems=problems,
        below=below,
    )
    assert not list(problems), str(problems)
    return catalogue


@pytest.mark.parametrize(
    "tag", ["ar", "be", "cy", "en", "fi", "fr", "ga", "is", "ja", "lt", "lv", "mt", "pl", "sl", "sr"]
)
def test_plural_rules_are_those_of_the_pinned_table(tag: str) -> None:
    rule = parse_plural_forms(plural_forms(tag))
    expected = plural_index(tag)
    assert [rule.index(n) for n in range(300)] == [expected(n) for n in range(300)]


def test_precedence_is_that_of_c() -> None:
    rule = parse_plural_forms("nplurals=6; plural=n==0||n%2==1&&!(n>7)?1+2*2-3:n/3%4")
    assert [rule.index(n) for n in (0, 3, 9, 10)] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nplurals=2",
        "nplurals=0; plural=0;",
        "nplurals=99; plural=0;",
        "nplurals=2; plural=__import__('os');",
        "nplurals=2; plural=n+;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n n;",
        "nplurals=2; plural=m;",
        f"nplurals=2; plural={'(' * 500}n{')' * 500};",
        f"nplurals=2; plural={'n+' * 900}n;",
    ],
)
def test_what_is_no_plural_expression_is_refused(header: str) -> None:
    with pytest.raises(PluralSyntaxError):
        parse_plural_forms(header)


@given(st.text("n0123456789%=!<>&|?:()+-*/ ", max_size=40), st.integers(0, 10**6))
def test_an_accepted_expression_always_gives_a_valid_form(expression: str, number: int) -> None:
    try:
        rule = parse_plural_forms(f"nplurals=3; plural={expression};")
    except PluralSyntaxError:
        return
    assert 0 <= rule.index(number) < 3


def test_lookup_answers_with_what_may_be_shown() -> None:
    catalogue = made(
        'msgid "a"\nmsgstr "A"\n\nmsgctxt "menu"\nmsgid "a"\nmsgstr "M"\n\nmsgid "empty"\nmsgstr ""\n\n'
        '# hello\n#, fuzzy\n#| msgid "olde"\nmsgid "old"\nmsgstr "vanha"\n\n#, fuzzy\nmsgid "guess"\nmsgstr "arvaus"\n\n'
        '#~ msgid "gone"\n#~ msgstr "poissa"\n'
    )
    found = catalogue.lookup("a")
    assert found is not None
    assert (found.strings, found.state, str(found.position)) == (("A",), State.TRANSLATED, "fi.po:4")
    assert (menu := catalogue.lookup("a", "menu")) is not None
    assert menu.strings == ("M",)
    assert (stale := catalogue.lookup("old")) is not None
    assert (stale.state, stale.previous, stale.comments) == (State.STALE, "olde", ("hello",))
    assert [catalogue.lookup(name) for name in ("empty", "guess", "gone", "b")] == [None] * 4


def test_an_unsafe_message_is_told_and_not_shown() -> None:
    problems = Problems()
    text = 'msgid "See [us](a.md)."\nmsgstr "Katso [meitä](https://evil.example/)."\n'
    catalogue = Catalogue("fi", "content", parse_po(text, "fi.po", problems), problems=problems)
    assert catalogue.lookup("See [us](a.md).") is None
    assert str(problems) == (
        "fi.po:1: warning[translation-link]: the source has no link to 'https://evil.example/'; "
        "use the source's address (until then the source text is shown)"
    )


def test_a_bad_plural_header_is_told() -> None:
    problems = Problems()
    text = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=exit();\\n"\n'
    Catalogue("fi", "ui", parse_po(text, "fi.po", problems), problems=problems)
    assert [problem.code for problem in problems] == ["po-plural-forms"]


def test_the_sites_own_entry_wins_over_its_themes(tmp_path: Path) -> None:
    for folder, text in (
        ("base/i18n", 'msgid "a"\nmsgstr "base a"\n\nmsgid "b"\nmsgstr "base b"\n\nmsgid "c"\nmsgstr "base c"\n'),
        ("child/i18n", 'msgid "a"\nmsgstr "child a"\n\nmsgid "b"\nmsgstr "child b"\n'),
        ("site/i18n", 'msgid "a"\nmsgstr "own a"\n\nmsgid "b"\nmsgstr ""\n'),
    ):
        for path in (f"{folder}/fi/LC_MESSAGES/ui.po", f"{folder}/ui/et.po"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
    problems = Problems()
    themes = [tmp_path / "child/i18n", tmp_path / "base/i18n"]
    found = load_catalogues(tmp_path / "site", ["fi"], problems, themes=themes)
    assert [problem.code for problem in problems] == ["po-language"]  # the site's own et.po alone
    translator = interface_translator("fi", found)
    assert [translator.gettext(name) for name in "abcd"] == ["own a", "child b", "base c", "d"]


COUNT = 'msgid "%(num)s group"\nmsgid_plural "%(num)s groups"\n'


def test_plurals_contexts_fallbacks_and_derived_scripts() -> None:
    serbian = made(
        COUNT + 'msgstr[0] "%(num)s група"\nmsgstr[1] "%(num)s групе"\nmsgstr[2] "%(num)s група"\n\n'
        'msgid "Menu"\nmsgstr "Мени"\n\nmsgctxt "verb"\nmsgid "Menu"\nmsgstr "Мениј"\n',
        "sr-Cyrl",
        "ui",
    )
    latin = made('msgctxt "verb"\nmsgid "Menu"\nmsgstr "OWN"\n', "sr-Latn", "ui")
    english = made('msgid "Hi"\nmsgstr "Hello"\n', "en", "ui")
    catalogues = {("ui", c.language): c for c in (serbian, latin, english)}
    translator = interface_translator(
        "sr-Latn", catalogues, fallbacks=["en"], derived_from="sr-Cyrl", derive=lambda text: f"latin({text})"
    )
    forms = [translator.ngettext("%(num)s group", "%(num)s groups", n) for n in (1, 2, 5, 21)]
    assert forms == [f"latin(%(num)s {word})" for word in ("група", "групе", "група", "група")]
    assert translator.gettext("Menu") == "latin(Мени)"
    assert translator.pgettext("verb", "Menu") == "OWN"
    assert translator.gettext("Hi") == "Hello"
    assert translator.ngettext("one", "many", 2) == "many"
    assert translator.npgettext("x", "one", "many", 1) == "one"
    assert (translator.has("Menu"), translator.has("Hi"), translator.has("no")) == (True, False, False)
