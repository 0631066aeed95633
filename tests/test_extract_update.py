"""Templates, and catalogues made and brought up to date on disk; status and pseudo-locales."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.config import LanguageConfig
from sitegen.problems import Problems
from sitegen.read.po import MAX_MESSAGE_LENGTH, PoFile, format_po, parse_po
from sitegen.translate.catalogue import load_catalogues
from sitegen.translate.extract import ContentSource, InterfaceMessage, build_templates
from sitegen.translate.extract_templates import extract_template
from sitegen.translate.message_checks_tokens import tokens
from sitegen.translate.pseudo import accented, mirrored, pseudo
from sitegen.translate.segments import Segment
from sitegen.translate.status import changes, load_former, translation_status
from sitegen.translate.update import UpdateReport, update_catalogues

DAY = dt.datetime(2027, 3, 5, 12, tzinfo=dt.UTC)
LANGUAGES = [
    LanguageConfig("en", "en", "English"),
    LanguageConfig("fi", "fi", "Suomi"),
    LanguageConfig("sr-Cyrl", "sr", "Српски"),
    LanguageConfig("sr-Latn", "sr-latn", "Srpski", derived_from="sr-Cyrl"),
]
SOURCES = {"content": "en", "content-fi": "fi", "ui": "en"}


def page(file: str, *segments: Segment | str, domain: str = "content") -> ContentSource:
    made = tuple(s if isinstance(s, Segment) else Segment(s, "paragraph") for s in segments)
    return ContentSource(domain=domain, file=file, title=f"Title of {file}", segments=made)


def templates(
    *sources: ContentSource, ui: tuple[InterfaceMessage, ...] = (), now: dt.datetime = DAY
) -> dict[str, PoFile]:
    problems = Problems()
    found = build_templates(sources, ui, project="Net", source_languages=SOURCES, now=now, problems=problems)
    assert not list(problems), str(problems)
    return found


def update(root: Path, made: dict[str, PoFile], expected: str = "", **options: bool) -> UpdateReport:
    problems = Problems()
    report = update_catalogues(root, made, LANGUAGES, source_languages=SOURCES, now=DAY, problems=problems, **options)
    assert [problem.code for problem in problems] == expected.split()
    return report


def test_translators_are_told_where_a_text_stands_and_what_its_limits_are() -> None:
    segment = Segment(
        "Funding", "heading", level=2, place=("About", "Aims"), comments=("Not a verb.",), maximum_length=30
    )
    exact = Segment("Co-funded", "field", context="funding.statement", exact=True)
    source = ContentSource(domain="content", file="b.md", title="About", segments=(segment, exact))
    po = templates(source)["content"]
    heading, field = po.messages
    assert heading.extracted == ("heading 2 · About › Aims", "Not a verb.", "maximum length: 30 characters")
    assert heading.references == ("b.md",)
    assert field.context == "funding.statement"
    assert field.extracted[1].startswith("legal text")
    assert po.field("X-Source-Language") == "en"


def test_messages_stand_once_in_the_order_of_files() -> None:
    po = templates(page("b.md", "x", "y"), page("a.md", "y", "z", "y"))["content"]
    assert [entry.msgid for entry in po.messages] == ["y", "z", "x"]
    assert next(po.messages).references == ("a.md", "b.md")
    assert next(po.messages).extracted == ("paragraph · Title of a.md", "paragraph · Title of b.md")


def test_what_is_too_long_or_has_two_plurals_is_told() -> None:
    problems = Problems()
    build_templates(
        [page("a.md", "x" * (MAX_MESSAGE_LENGTH + 1))],
        [
            InterfaceMessage(file="t.html", line=1, msgid="a", plural="as"),
            InterfaceMessage(file="t.html", line=2, msgid="a", plural="aa"),
        ],
        project="Net", source_languages=SOURCES, now=DAY, problems=problems,
    )  # fmt: skip
    assert [problem.code for problem in problems] == ["message-length", "message-plural"]


TEMPLATE = """{# i18n: A button. #}
<a>{{ _("Read more") }}</a> {{ ngettext("%(num)s group", "%(num)s groups", n) }} {{ pgettext("verb", "Open") }}
{{ npgettext("count", "one", "many", n) }} {{ gettext("100%%") }}
{% trans count=n %}
  {{ count }} call
{% pluralize %}
  {{ count }} calls
{% endtrans %}
"""


def test_messages_of_templates() -> None:
    problems = Problems()
    found = extract_template(TEMPLATE, "templates/a.html", problems)
    assert not list(problems)
    assert [(m.line, m.context, m.msgid, m.plural, m.flags) for m in found] == [
        (2, None, "Read more", None, ()),
        (2, None, "%(num)s group", "%(num)s groups", ("python-format",)),
        (2, "verb", "Open", None, ()),
        (3, "count", "one", "many", ()),
        (3, None, "100%%", None, ()),
        (4, None, "%(count)s call", "%(count)s calls", ("python-format",)),
    ]
    assert found[0].comments == ("A button.",)


@pytest.mark.parametrize(
    "source, problem",
    [
        ("a\n{% if %}", "2 template-syntax"),
        ("{{ _(name) }}", "1 template-message"),
        ("\n{{ ngettext('a', b, 1) }}", "2 template-message"),
        ("{{ _('') }}", "1 template-message"),
    ],
)
def test_templates_that_hide_their_messages_are_told(source: str, problem: str) -> None:
    problems = Problems()
    assert extract_template(source, "a.html", problems) == ()
    assert [f"{p.position.line} {p.code}" for p in problems] == [problem]


UI = (InterfaceMessage(file="t.html", line=1, msgid="%(num)s a", plural="%(num)s as", flags=("python-format",)),)


def test_new_catalogues_for_every_language_that_needs_one(tmp_path: Path) -> None:
    report = update(tmp_path, templates(page("a.md", "x"), page("b.fi.md", "y", domain="content-fi"), ui=UI))
    assert report.written == [
        "i18n/content.pot",
        "i18n/content-fi.pot",
        "i18n/ui.pot",
        "i18n/fi/LC_MESSAGES/content.po",
        "i18n/sr-Cyrl/LC_MESSAGES/content.po",
        "i18n/en/LC_MESSAGES/content-fi.po",
        "i18n/sr-Cyrl/LC_MESSAGES/content-fi.po",
        "i18n/fi/LC_MESSAGES/ui.po",
        "i18n/sr-Cyrl/LC_MESSAGES/ui.po",
    ]
    text = (tmp_path / "i18n/sr-Cyrl/LC_MESSAGES/ui.po").read_text(encoding="utf-8")
    assert 'Language: sr_Cyrl\\n"' in text
    assert "nplurals=3; plural=(n%10==1 && n%100!=11" in text
    assert 'msgstr[2] ""' in text
    assert (
        update(tmp_path, templates(page("a.md", "x"), page("b.fi.md", "y", domain="content-fi"), ui=UI)).written == []
    )


@pytest.mark.skipif(shutil.which("msgfmt") is None and "CI" not in os.environ, reason="GNU gettext is not installed")
def test_msgfmt_accepts_new_catalogues(tmp_path: Path) -> None:
    for path in update(tmp_path, templates(page("a.md", "x"), ui=UI)).written:
        done = subprocess.run(
            ["msgfmt", "-c", "-o", "/dev/null", str(tmp_path / path)], capture_output=True, check=False
        )
        assert done.returncode == 0, path
        assert path.endswith(".pot") or done.stderr == b"", path


def translate(path: Path, **texts: str) -> None:
    po = parse_po(path.read_text(encoding="utf-8"), path.name, Problems())
    entries = tuple(replace(e, strings=(texts[e.msgid],)) if e.msgid in texts else e for e in po.entries)
    path.write_text(format_po(replace(po, entries=entries)), encoding="utf-8")


def test_the_date_of_a_template_changes_with_its_messages_alone(tmp_path: Path) -> None:
    update(tmp_path, templates(page("a.md", "x")))
    before = (tmp_path / "i18n/content.pot").read_bytes()
    later = DAY + dt.timedelta(days=9)
    assert update(tmp_path, templates(page("a.md", "x"), now=later)).written == []
    assert (tmp_path / "i18n/content.pot").read_bytes() == before
    update(tmp_path, templates(page("a.md", "x", "y"), now=later))
    assert b"POT-Creation-Date: 2027-03-14" in (tmp_path / "i18n/content.pot").read_bytes()


def test_a_catalogue_in_the_other_layout_and_one_of_a_derived_language_are_kept_up_to_date(tmp_path: Path) -> None:
    for name in ("fi", "sr_Latn"):
        path = tmp_path / f"i18n/content/{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('msgid "x"\nmsgstr "X"\n')
    report = update(tmp_path, templates(page("a.md", "x", "y")))
    assert [file.path for file in report.files if file.written] == [
        "i18n/content/fi.po",
        "i18n/sr-Cyrl/LC_MESSAGES/content.po",
        "i18n/content/sr_Latn.po",
    ]
    text = (tmp_path / "i18n/content/fi.po").read_text()
    assert 'msgid "x"\nmsgstr "X"\n' in text
    assert "Plural-Forms" in text


def test_a_damaged_catalogue_is_left_alone(tmp_path: Path) -> None:
    update(tmp_path, templates(page("a.md", "x")))
    path = tmp_path / "i18n/fi/LC_MESSAGES/content.po"
    path.write_text('msgid "x"\nmsgstr "Ä\n')
    assert update(tmp_path, templates(page("a.md", "x", "y")), "po-syntax").written == [
        "i18n/content.pot",
        "i18n/sr-Cyrl/LC_MESSAGES/content.po",
    ]
    assert path.read_text() == 'msgid "x"\nmsgstr "Ä\n'


def test_many_obsolete_at_once_ask_for_force(tmp_path: Path) -> None:
    texts = [f"{'x' * n} y" for n in range(1, 21)]
    update(tmp_path, templates(page("a.md", *texts)))
    path = tmp_path / "i18n/fi/LC_MESSAGES/content.po"
    translate(path, **dict.fromkeys(texts, "k"))
    before = path.read_bytes()
    update(tmp_path, templates(page("a.md", "other")), "po-mass-obsolete")
    assert path.read_bytes() == before
    update(tmp_path, templates(page("a.md", "other")), force=True)
    assert path.read_text().count("#~ msgid") == 20


def test_status_counts_messages_by_language_domain_and_page(tmp_path: Path) -> None:
    made = templates(page("a.md", "x", "y", "z"), page("b.md", "z"), ui=UI)
    update(tmp_path, made)
    translate(tmp_path / "i18n/sr-Cyrl/LC_MESSAGES/content.po", x="X", z="Z")
    old = (tmp_path / "i18n/fi/LC_MESSAGES/content.po").read_bytes()
    path = tmp_path / "i18n/fi/LC_MESSAGES/content.po"
    translate(path, y="Y", z="Z")
    path.write_text(path.read_text().replace('msgid "y"', '#, fuzzy\n#| msgid "yy"\nmsgid "y"'))
    tags = [language.tag for language in LANGUAGES]
    problems = Problems()
    options = {"source_languages": SOURCES, "derived": {"sr-Latn": "sr-Cyrl"}}
    now = translation_status(made, load_catalogues(tmp_path, tags, problems), tags, **options)  # type: ignore[arg-type]
    found = now.as_json()["languages"]
    assert list(found) == tags
    assert found["fi"] == {
        "total": 4, "translated": 1, "stale": 1, "untranslated": 2, "percent": 25,
        "domains": {
            "content": {"total": 3, "translated": 1, "stale": 1, "untranslated": 1, "percent": 33},
            "ui": {"total": 1, "translated": 0, "stale": 0, "untranslated": 1, "percent": 0},
        },
        "pages": {
            "a.md": {"total": 3, "translated": 1, "stale": 1, "untranslated": 1, "percent": 33},
            "b.md": {"total": 1, "translated": 1, "stale": 0, "untranslated": 0, "percent": 100},
            "t.html": {"total": 1, "translated": 0, "stale": 0, "untranslated": 1, "percent": 0},
        },
    }  # fmt: skip
    assert found["sr-Latn"] == found["sr-Cyrl"]
    assert found["en"]["total"] == 0
    then = load_former(lambda _path: old, {("content", "fi"): "i18n/fi/LC_MESSAGES/content.po"})
    before = translation_status(made, then, tags, **options)  # type: ignore[arg-type]
    assert changes(now, before)["fi"] == {"total": 0, "translated": 1, "stale": 1, "untranslated": -2, "percent": 25}


SAMPLE = (
    'See [the *guide*](a_guide.md "Title"), `code`, <b>%(n)s</b> &amp; {x} at https://a.example/x or me@a.example[^1].'
)


def test_pseudo_locales_change_words_and_nothing_else() -> None:
    assert accented("Read more").startswith("⟦Ŕéåð ɱöŕé ")
    assert accented("2027") == "2027"
    assert len(accented("Menu")) > 1.5 * len("Menu")
    assert mirrored("Hi you") == "\u200f\u202eHi\u202c\u200f \u200f\u202eyou\u202c\u200f"
    assert (pseudo("en-XA"), pseudo("ar-XB"), pseudo("fi")) == (accented, mirrored, None)
    for change in (accented, mirrored):
        text = change(SAMPLE)
        for kept in (
            "](a_guide.md",
            "`code`",
            "<b>%(n)s</b>",
            "&amp;",
            "{x}",
            "https://a.example/x",
            "me@a.example",
            "[^1]",
        ):
            assert kept in text
        assert "guide*" not in text.replace("a_guide", "")


@given(st.text(st.sampled_from('ab [](){}<>/!:"=*_`\\&%1'), max_size=40))
@example("`{`a}")
def test_pseudo_locales_keep_all_tokens(text: str) -> None:
    assert tokens(accented(text)).placeholders == tokens(text).placeholders
    assert tokens(accented(text)).braces == tokens(text).braces
