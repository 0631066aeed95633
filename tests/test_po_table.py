"""Catalogues read as tables answer as those that the parser reads, with the same problems."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read.po import parse_po
from sitegen.read.po_table import read_table
from sitegen.translate.catalogue import Catalogue
from sitegen.translate.message_checks_safety import _UNSEEN, _same_brackets, unsafe_findings

ROOT = Path(__file__).parents[1]
HEADER = 'msgid ""\nmsgstr "Language: fi\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def facts(catalogue, problems):
    items = list(catalogue.items())
    raw = list(catalogue.raw_items())
    assert [((m.context, m.msgid), m.state, m.strings) for m in items] == raw
    found = [catalogue.lookup(message.msgid, message.context) for message in items]
    assert found == items
    return items, catalogue.plurals.count, catalogue.name, [(p.position, p.code, p.message) for p in problems]


def assert_same(text, domain="content"):
    """Whether the table of `text`, where it has one, says what the parser says."""
    table = read_table(text, "fi.po")
    problems = Problems()
    file = parse_po(text, "fi.po", problems)
    if table is None:
        return False
    assert not list(problems)
    quick, slow = Problems(), Problems()
    made = Catalogue("fi", domain, table, problems=quick), Catalogue("fi", domain, file, problems=slow)
    assert not table.calm or all(not _UNSEEN.search(clean[0]) for clean in table.clean.values() if clean)
    assert facts(made[0], quick) == facts(made[1], slow)
    assert table.file.entries == file.entries
    assert [entry.line for entry in table.others.values()] == [
        entry.line for entry in file.messages if entry.key in table.others
    ]
    assert made[0].file.entries == made[1].file.entries
    return True


def test_an_ordinary_catalogue_is_a_table():
    text = HEADER + (
        '\n#. comment\n#: a.md\nmsgctxt "c"\nmsgid "One"\nmsgstr "Yksi"\n'
        '\n#, fuzzy\n#| msgid "Old"\nmsgid ""\n"Two "\n"lines\\n"\nmsgstr "Kaksi"\n'
        '\n# A translator\nmsgid "Said"\nmsgstr "Sanottu"\n\nmsgid "[a](b)"\nmsgstr "[x](evil.md)"\n\nmsgid "None"\nmsgstr ""\n'
        '\n#~ msgid "Gone"\n#~ msgstr "Mennyt"\n'
    )
    assert assert_same(text)
    assert assert_same(text.rstrip("\n"))
    assert assert_same(HEADER)
    assert assert_same(HEADER + '\n\nmsgid "a"\nmsgstr "b"\n') is False  # a blank line too many is for the parser


@pytest.mark.parametrize(
    "path", [*ROOT.glob("i18n/*/LC_MESSAGES/*.po"), *ROOT.glob("themes/*/i18n/*/LC_MESSAGES/*.po")], ids=str
)
def test_real_catalogues(path):
    text = path.read_text(encoding="utf-8")
    assert assert_same(text, path.stem) or "msgid_plural" in text


PIECE = st.sampled_from(
    [
        'msgid "a"',
        'msgid "b"',
        'msgid ""',
        'msgctxt "c"',
        'msgstr "x"',
        'msgstr ""',
        '"y"',
        '"z\\n"',
        '"\\q"',
        '"\\"q\\\\"',
        "# t",
        "#. e",
        "#: r",
        "#, fuzzy",
        "#, python-format",
        '#| msgid "p"',
        '#~ msgid "a"',
        '#~ msgstr "o"',
        'msgstr "<b>"',
        'msgstr "[a](b)"',
        "",
        "",
        "",
        " ",
        "#",
        "junk",
        'msgid "%(a)s"',
        'msgstr "%(b)s"',
        'msgid "a" ',
        'msgid_plural "b"',
        "msgid 'a'",
        'msgid "d',
        "\ufdd0",
        "\x0b",
        "<<<<<<< x",
        'msgstr "a" "b"',
    ]
)
ENTRY = st.builds(
    lambda before, context, msgid, msgstr: "\n".join([*before, *context, f'msgid "{msgid}"', f'msgstr "{msgstr}"']),
    st.lists(st.sampled_from(["#. e", "#: r", "# t", "#, fuzzy", '#| msgid "p"', "#, python-format"]), max_size=2),
    st.sampled_from([[], ['msgctxt "c"'], ['msgctxt ""', '"c"', '"d"']]),
    st.sampled_from(["a", "b", "c", "[a](b)", "<b>d</b>", 'e"\n"f', "%(a)s", "\\n"]),
    st.sampled_from(
        ["x", "", "[x](b)", "[x](c)", "<i>", 'y"\n"z', "%(b)s", "50 %", "\\t", "\\x", "java script:", "{a}"]
    ),
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(ENTRY | st.lists(PIECE, max_size=6).map("\n".join), max_size=5),
    st.sampled_from(["content", "ui"]),
    st.booleans(),
)
def test_made_catalogues(entries, domain, ended):
    assert_same("\n\n".join([HEADER.rstrip("\n"), *entries]) + "\n" * ended, domain)


TEXT = st.lists(
    st.sampled_from(
        [
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "a",
            "b.md",
            " ",
            "<b>",
            "\\",
            "{x}",
            ":",
            "script:",
            "java",
            "&amp;",
            "\n",
            "\u202e",
            "data:",
            "x/",
            "[a](b)",
            "](b.md)",
            "][",
            "\ufeff",
            "file://",
        ]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=1000)
@given(TEXT, TEXT)
def test_the_same_brackets_are_safe(source, translated):
    for text in (translated, source.replace("a", "ž"), source.replace(".md", " .md"), source + " x"):
        if _same_brackets(source, text):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("sitegen.translate.message_checks_safety._same_brackets", lambda *_, **__: False)
                assert unsafe_findings((source,), text) == []
