"""PO files come back byte for byte, ours are accepted by every tool, and theirs are read without loss."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read.po import PoEntry, PoFile, format_po, header_text, parse_po

HEADER = 'msgid ""\nmsgstr ""\n"Language: fi\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

POEDIT = r"""# Finnish translation
# Copyright (C) 2027
#
msgid ""
msgstr ""
"Project-Id-Version: Common Ground\n"
"POT-Creation-Date: 2027-03-05 10:00+0200\n"
"PO-Revision-Date: 2027-03-06 09:12+0200\n"
"Last-Translator: Aino <aino@network.example>\n"
"Language-Team: Finnish\n"
"Language: fi\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Generator: Poedit 3.4\n"
"X-Poedit-Basepath: ../../..\n"
"X-Poedit-KeywordsList: _;gettext\n"
"X-Poedit-SearchPath-0: .\n"

#. heading 2 · About
#: content/pages/about.md:12 content/pages/ab.md
msgid "Read more"
msgstr "Lue lisää"

# a note
#  indented note
#, fuzzy, python-format
#| msgctxt "old"
#| msgid "%(n)s member"
#| msgid_plural "%(n)s members"
msgctxt "count"
msgid "%(n)s group"
msgid_plural "%(n)s groups"
msgstr[0] "%(n)s ryhmä"
msgstr[1] ""
"%(n)s ryh"
"mää"

#~| msgid "Before"
#~ msgid "Gone"
#~ msgstr "Poissa"

#~ msgctxt "a"
#~ msgid ""
#~ "Long gone\n"
#~ "away"
#~ msgstr ""
#~ "Kauan poissa\n"
#~ "täältä"
"""

WEBLATE = r"""msgid ""
msgstr ""
"Language: sr_Cyrl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\n"
"X-Generator: Weblate 5.9\n"

#: a.md
#, max-length:40
msgid ""
"A text that a tool of another kind wrapped at seventy-seven columns, as is "
"its way."
msgstr ""
"Текст који је други алат преломио на седамдесет седам колона, како му је то "
"обичај."
"""

ODD = 'msgid ""   "Con" "tent"\nmsgstr"x"\n#unspaced\n\n\n#. c\nmsgid   "a\\tb\\"c\\\\"\n\nmsgstr "\\x41\\101"\n# the end\n'


def parsed(text: str) -> PoFile:
    problems = Problems()
    po = parse_po(text, "fi.po", problems)
    assert not list(problems), str(problems)
    return po


def without_origin(po: PoFile) -> PoFile:
    return dataclasses.replace(po, entries=tuple(dataclasses.replace(entry, origin=None) for entry in po.entries))


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADER,
        POEDIT,
        WEBLATE,
        ODD,
        POEDIT.replace("\n", "\r\n"),
        POEDIT.rstrip("\n"),
        "\n\n" + POEDIT + "\n\n\n",
        POEDIT.replace("\n\n", "\n"),
        "\ufeff" + POEDIT,
    ],
    ids=["empty", "header", "poedit", "weblate", "odd", "crlf", "no end of line", "blank lines", "no blanks", "bom"],
)
def test_a_file_comes_back_byte_for_byte(text: str) -> None:
    assert format_po(parsed(text)) == text


def test_everything_in_an_entry_is_read() -> None:
    po = parsed(POEDIT)
    assert po.field("x-poedit-basepath") == "../../.."
    assert po.header is not None
    assert po.header.comments[0] == "Finnish translation"
    first, plural, *gone = list(po.entries)[1:]
    assert first.references == ("content/pages/about.md:12", "content/pages/ab.md")
    assert first.extracted == ("heading 2 · About",)
    assert plural.comments == ("a note", " indented note")
    assert plural.flags == ("fuzzy", "python-format")
    assert plural.fuzzy
    assert (plural.previous_context, plural.previous_msgid, plural.previous_plural) == (
        "old",
        "%(n)s member",
        "%(n)s members",
    )
    assert plural.strings == ("%(n)s ryhmä", "%(n)s ryhmää")
    assert [entry.obsolete for entry in gone] == [True, True]
    assert gone[0].previous_msgid == "Before"
    assert gone[1].strings == ("Kauan poissa\ntäältä",)


def test_escapes_and_several_texts_on_a_line() -> None:
    po = parsed(ODD)
    assert po.entries[0].msgid == "Content"
    assert po.entries[1].msgid == 'a\tb"c\\'
    assert po.entries[1].strings == ("AA",)
    assert po.trailing == "# the end\n"


def test_changing_one_text_leaves_all_other_lines_as_they_were() -> None:
    po = parsed(POEDIT)
    entries = list(po.entries)
    entries[2] = dataclasses.replace(entries[2].with_flag("fuzzy", False), strings=("yksi", "monta"))
    text = format_po(dataclasses.replace(po, entries=tuple(entries)))
    old, new = POEDIT.splitlines(), text.splitlines()
    assert [line for line in old if line not in new] == [
        "#, fuzzy, python-format",
        'msgstr[0] "%(n)s ryhmä"',
        'msgstr[1] ""',
        '"%(n)s ryh"',
        '"mää"',
    ]
    assert [line for line in new if line not in old] == ["#, python-format", 'msgstr[0] "yksi"', 'msgstr[1] "monta"']


def test_the_translators_wrapping_survives_a_change_beside_it() -> None:
    po = parsed(WEBLATE)
    entry = dataclasses.replace(po.entries[1], references=("b.md",), obsolete=True)
    text = format_po(dataclasses.replace(po, entries=(po.entries[0], entry)))
    assert '#~ "Текст који је други алат преломио на седамдесет седам колона, како му је то "\n' in text
    assert "#, max-length:40\n" in text


def test_a_file_that_is_not_wrapped_stays_so() -> None:
    long = "word " * 40
    po = parsed(HEADER + f'\nmsgid "{long}"\nmsgstr "{long}"\n')
    new = PoEntry(msgid=long + "new", strings=("uusi " * 40,))
    text = format_po(dataclasses.replace(po, entries=(*po.entries, new)))
    assert f'\nmsgid "{long}new"\n' in text


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n\t"), max_size=120
)
NAME = st.text(st.sampled_from("abcäжz "), min_size=1, max_size=9).map(str.strip).filter(bool)
COMMENT = st.text(st.sampled_from('ab äж·›~.,:|"'), max_size=30).map(str.rstrip)


@st.composite
def entries(draw: st.DrawFn) -> PoEntry:
    plural = draw(st.none() | TEXT)
    strings = draw(st.tuples(TEXT) if plural is None else st.tuples(TEXT, TEXT))
    fuzzy = draw(st.booleans())
    return PoEntry(
        msgid=draw(TEXT.filter(bool)),
        plural=plural,
        context=draw(st.none() | TEXT),
        strings=strings,
        comments=tuple(
            " " + comment if comment[:1] in (".", ":", ",", "|", "~") else comment
            for comment in draw(st.lists(COMMENT, max_size=3))
        ),
        extracted=tuple(draw(st.lists(COMMENT, max_size=3))),
        references=tuple(draw(st.lists(NAME.map(lambda name: name + ".md"), max_size=20))),
        flags=("fuzzy",) if fuzzy else (),
        previous_msgid=draw(st.none() | TEXT) if fuzzy else None,
        obsolete=draw(st.booleans()),
    )


@st.composite
def files(draw: st.DrawFn) -> PoFile:
    header = PoEntry(
        msgid="",
        strings=(
            header_text(
                [
                    ("Language", "fi"),
                    ("MIME-Version", "1.0"),
                    ("Content-Type", "text/plain; charset=UTF-8"),
                    ("Content-Transfer-Encoding", "8bit"),
                    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
                ]
            ),
        ),
    )
    made = draw(st.lists(entries(), max_size=6, unique_by=lambda entry: entry.key))
    made.sort(key=lambda entry: entry.obsolete)
    return PoFile("fi.po", (header, *made), width=draw(st.sampled_from([0, 77, 79])))


@settings(max_examples=150, deadline=None)
@given(files())
def test_what_is_written_is_what_is_read(po: PoFile) -> None:
    text = format_po(po)
    again = parsed(text)
    assert again.entries == po.entries
    assert format_po(again) == text
    assert parsed(format_po(without_origin(again))).entries == po.entries


needs_gettext = pytest.mark.skipif(
    shutil.which("msgfmt") is None and "CI" not in os.environ, reason="GNU gettext is not installed"
)


def run(tool: str, *arguments: str | Path) -> str:
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def content(po: PoFile) -> list[tuple[object, ...]]:
    return [
        (e.key, e.plural, e.strings, e.comments, e.extracted, e.references, e.flags, e.previous_msgid, e.obsolete)
        for e in po.entries
        if not e.is_header
    ]


def tool_text(text: str) -> str:
    """Texts on which gettext itself has rules: both or neither begin and end with a line break."""
    return " ".join(text.split()) or "x"


def tamed(po: PoFile) -> PoFile:
    """The same file without what gettext changes or refuses on principle."""
    seen = set()
    made = []
    for entry in po.entries:
        if not entry.is_header:
            entry = dataclasses.replace(
                entry,
                msgid=tool_text(entry.msgid),
                plural=None if entry.plural is None else tool_text(entry.plural),
                strings=tuple(map(tool_text, entry.strings)),
                previous_msgid=tool_text(entry.previous_msgid or "x") if entry.fuzzy else None,
                references=() if entry.obsolete else tuple(sorted({r.replace(" ", "_") for r in entry.references})),
                extracted=() if entry.obsolete else tuple(filter(None, map(str.strip, entry.extracted))),
                comments=tuple(filter(None, map(str.strip, entry.comments))),
            )
        if entry.key not in seen:
            seen.add(entry.key)
            made.append(entry)
    return dataclasses.replace(po, entries=tuple(made))


@needs_gettext
@settings(max_examples=25, deadline=None)
@given(files())
def test_gettext_reads_what_we_write_and_we_read_what_it_writes(
    tmp_path_factory: pytest.TempPathFactory, po: PoFile
) -> None:
    folder = tmp_path_factory.mktemp("po")
    po = tamed(po)
    file = folder / "fi.po"
    file.write_text(format_po(po), encoding="utf-8")
    run("msgfmt", "--check-format", "--check-header", "-o", folder / "fi.mo", file)
    theirs = run("msgcat", file)
    assert content(parsed(theirs)) == content(po)
    assert format_po(parsed(theirs)) == theirs
    merged = run("msgmerge", "--quiet", "--previous", "--no-fuzzy-matching", file, file)
    assert sorted(map(repr, content(parsed(merged)))) == sorted(map(repr, content(po)))


def test_polib_reads_what_we_write(tmp_path: Path) -> None:
    polib = pytest.importorskip("polib")
    found = polib.pofile(format_po(without_origin(parsed(POEDIT))))
    assert found.metadata["X-Generator"] == "Poedit 3.4"
    assert [entry.msgid for entry in found] == ["Read more", "%(n)s group", "Gone", "Long gone\naway"]
    assert found[1].msgstr_plural == {0: "%(n)s ryhmä", 1: "%(n)s ryhmää"}
    assert found[1].previous_msgid == "%(n)s member"
    path = tmp_path / "fi.po"
    found.save(str(path))
    theirs = path.read_text(encoding="utf-8")
    again = parsed(theirs)
    assert format_po(again) == theirs
    assert [entry.strings for entry in again.messages] == [entry.strings for entry in parsed(POEDIT).messages]


def test_translate_toolkit_reads_what_we_write() -> None:
    pypo = pytest.importorskip("translate.storage.pypo")
    store = pypo.pofile.parsestring(format_po(without_origin(parsed(POEDIT))).encode())
    units = [unit for unit in store.units if not unit.isheader()]
    assert [str(unit.source) for unit in units] == ["Read more", "%(n)s group", "Gone", "Long gone\naway"]
    assert units[1].isfuzzy()
    assert units[1].target.strings == ["%(n)s ryhmä", "%(n)s ryhmää"]
    theirs = bytes(store).decode()
    again = parsed(theirs)
    assert format_po(again) == theirs
    assert [entry.strings for entry in again.entries[1:]] == [entry.strings for entry in parsed(POEDIT).entries[1:]]
