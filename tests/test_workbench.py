"""Catalogues cut into pieces for the workbench: together they are the file, apart they can be written anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.problems import Problems
from sitegen.read.po import PoFile, format_po, parse_po
from sitegen.translate.catalogue_edit import with_message, with_translation
from sitegen.translate.workbench import workbench_catalogue

TEXT = """\
# Head
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Mine: yes\\n"


# kept
#. a note
#: b.md
#, fuzzy, python-format
#| msgid "Old %(name)s"
msgid "New %(name)s"
msgstr "Vanha %(name)s"

#, fuzzy
msgid "msgstr is a word"
msgid_plural ""
"msgstr "
"are words"
msgstr[0] "a"
msgstr[1] ""

msgctxt "c"
msgid "plain"
msgstr ""
"odd"
"ly"
#~ msgid "gone"
#~ msgstr "poissa"

# the end
"""


def read(text: str) -> PoFile:
    po = parse_po(text, "fi.po", Problems())
    assert not po.damaged
    return po


def cut(po: PoFile) -> dict:
    return workbench_catalogue(po, language="fi", domain="content", source_language="en")


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")], ids=["lf", "crlf"])
def test_the_pieces_are_the_file(text):
    found = cut(read(text))
    assert "".join(piece["raw"] for piece in found["pieces"]) + found["trailing"] == text


def test_a_head_is_what_stands_above_a_finished_translation():
    """Head and a new msgstr give what sitegen itself writes when the message is translated."""
    po = read(TEXT)
    found = cut(po)
    for number, piece in enumerate(found["pieces"]):
        if "id" not in piece:
            continue
        strings = tuple("x" for _ in piece["strings"])
        done = with_translation(po, piece["msgid"], piece.get("context"), strings)
        assert done is not None
        lines = [f'msgstr[{n}] "x"\n' if piece.get("plural") else 'msgstr "x"\n' for n in range(len(strings))]
        mine = [other["raw"] for other in found["pieces"]]
        mine[number] = piece["above"] + piece["head"] + "".join(lines)
        assert "".join(mine) + found["trailing"] == format_po(done)


def test_states_and_differences():
    pieces = {piece.get("msgid"): piece for piece in cut(read(TEXT))["pieces"]}
    assert pieces["New %(name)s"]["state"] == "stale"
    assert pieces["New %(name)s"]["difference"][:2] == [("deleted", "Old"), ("inserted", "New")]
    assert "difference" not in pieces["msgstr is a word"]
    assert pieces["plain"]["state"] == "translated"
    assert pieces["plain"]["context"] == "c"


def test_a_new_message_finds_its_place():
    po = read(TEXT)
    plain = next(entry for entry in po.messages if entry.msgid == "plain")
    new = replace(plain, msgid="new", strings=("uusi",), origin=None)
    order = [(None, "New %(name)s"), (None, "elsewhere"), ("c", "new"), ("c", "plain")]
    text = format_po(with_message(po, new, order))
    added = '\nmsgctxt "c"\nmsgid "new"\nmsgstr "uusi"\n'
    assert text.replace(added, "", 1) == TEXT
    assert text.index('msgid "new"') < text.index('msgid "msgstr is a word"')
    first = format_po(with_message(po, new, [("c", "new"), (None, "New %(name)s")]))
    assert first.index('msgid "new"') < first.index('msgid "New')
    assert first.replace(added, "", 1) == TEXT


def test_a_message_that_comes_back_is_there_once():
    po = read(TEXT)
    gone = replace(next(iter(po.obsolete)), obsolete=False)
    text = format_po(with_message(po, gone, []))
    assert text.count('msgid "gone"') == 1
    assert "#~" not in text
