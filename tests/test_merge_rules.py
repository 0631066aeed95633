"""Merging a catalogue with its template: each rule by an example."""

from __future__ import annotations

import dataclasses

import pytest

from sitegen.problems import Problems
from sitegen.read.po import PoEntry, PoFile, format_po, header_text, parse_po
from sitegen.translate.merge import MASS_MINIMUM, MergeResult, merge

HEADER = PoEntry(
    msgid="",
    strings=(header_text([("Language", "fi"), ("Content-Type", "text/plain; charset=UTF-8"), ("X-Mine", "yes")]),),
)


def template(*messages: str | PoEntry, page: str = "a.md") -> PoFile:
    entries = (
        m if isinstance(m, PoEntry) else PoEntry(msgid=m, references=(page,), extracted=(f"paragraph · {page}",))
        for m in messages
    )
    return PoFile("content.pot", (PoEntry(msgid="", strings=("X-Domain: content\n",)), *entries))


def catalogue(**translations: str) -> PoFile:
    entries = (
        PoEntry(msgid=msgid, strings=(text,), references=("a.md",), extracted=("paragraph · a.md",))
        for msgid, text in translations.items()
    )
    return reread(PoFile("fi.po", (HEADER, *entries)))


def reread(po: PoFile) -> PoFile:
    problems = Problems()
    again = parse_po(format_po(po), po.name, problems)
    assert not list(problems), str(problems)
    return again


def in_use(result: MergeResult, msgid: str) -> PoEntry:
    return next(entry for entry in result.po.messages if entry.msgid == msgid)


def obsolete(result: MergeResult) -> dict[str, str]:
    return {entry.msgid: entry.strings[0] for entry in result.po.obsolete}


def test_order_places_and_pages_alone_change_no_byte() -> None:
    old = catalogue(one="yksi", two="kaksi")
    result = merge(template("two", "one", page="renamed.md"), old)
    assert not result.changed
    assert format_po(result.po) == format_po(old)


def test_a_note_for_translators_reaches_them() -> None:
    entry = PoEntry(msgid="one", extracted=("paragraph · a.md", "A number, not a pronoun."))
    result = merge(template(entry), catalogue(one="yksi"))
    assert result.changed
    assert in_use(result, "one").extracted == entry.extracted
    assert in_use(result, "one").strings == ("yksi",)


def test_a_new_message_is_empty_and_in_its_place() -> None:
    result = merge(template("one", "new", "two"), catalogue(one="yksi", two="kaksi"))
    assert [entry.msgid for entry in result.po.messages] == ["one", "new", "two"]
    assert in_use(result, "new").strings == ("",)
    assert result.po.field("X-Mine") == "yes"


@pytest.mark.parametrize(
    "before, after, text, wanted",
    [
        ("See [it](a.md) now", "See [it](b.md) now", "Katso [se](a.md) nyt", "Katso [se](b.md) nyt"),
        ("At <https://a.example/>.", "At <https://b.example/x>.", "Kohteessa <https://a.example/>.",
         "Kohteessa <https://b.example/x>."),
        ("[a](1.md) or [b](2.md)", "[a](3.md) or [b](4.md)", "[b](2.md) tai [a](1.md)", "[b](4.md) tai [a](3.md)"),
        ('[a](1.md "Title")', '[a](2.md "Title")', '[a](1.md "Otsikko")', '[a](2.md "Otsikko")'),
        ("two  spaces", "two spaces", "kaksi väliä", "kaksi väliä"),
    ],
)  # fmt: skip
def test_an_address_or_white_space_is_carried_over(before: str, after: str, text: str, wanted: str) -> None:
    result = merge(template(after), catalogue(**{before: text}))
    assert (in_use(result, after).strings, in_use(result, after).fuzzy) == ((wanted,), False)
    assert result.carried == 1
    assert obsolete(result) == {}


def test_an_address_that_the_translator_chose_is_not_replaced_blindly() -> None:
    before, after = "Read all of it [in here](a.md) now", "Read all of it [in here](b.md) now"
    result = merge(template(after), catalogue(**{before: "Lue [täältä](oma.md)"}))
    entry = in_use(result, after)
    assert (entry.fuzzy, entry.previous_msgid) == (True, before)
    assert obsolete(result) == {before: "Lue [täältä](oma.md)"}


def test_deleting_and_restoring_brings_the_translation_back() -> None:
    gone = merge(template("two"), catalogue(one="yksi", two="kaksi"))
    assert obsolete(gone) == {"one": "yksi"}
    back = merge(template("one", "two"), reread(gone.po))
    assert in_use(back, "one").strings == ("yksi",)
    assert (back.revived, obsolete(back)) == (1, {})


SOURCE = "The group gives advice free of charge to everybody."
EDITED = "The group gives advice free of charge to all members."


def test_an_edited_message_keeps_a_fuzzy_copy_and_its_former_source() -> None:
    result = merge(template(EDITED), catalogue(**{SOURCE: "Neuvonta on maksutonta."}))
    entry = in_use(result, EDITED)
    assert (entry.strings, entry.fuzzy, entry.previous_msgid) == (("Neuvonta on maksutonta.",), True, SOURCE)
    assert obsolete(result) == {SOURCE: "Neuvonta on maksutonta."}
    assert result.lost_sight == 0


def test_edited_twice_the_former_source_is_the_one_that_was_translated() -> None:
    once = merge(template(EDITED), catalogue(**{SOURCE: "Neuvonta on maksutonta."}))
    twice = merge(template(EDITED + " Ask!"), reread(once.po))
    entry = in_use(twice, EDITED + " Ask!")
    assert (entry.previous_msgid, entry.strings) == (SOURCE, ("Neuvonta on maksutonta.",))
    assert obsolete(twice) == {SOURCE: "Neuvonta on maksutonta."}
    back = merge(template(SOURCE), reread(twice.po))
    assert (in_use(back, SOURCE).fuzzy, in_use(back, SOURCE).previous_msgid) == (False, None)
    assert obsolete(back) == {}


def test_the_former_source_back_again_is_translated_again_without_an_obsolete_copy() -> None:
    fuzzy = PoEntry(msgid=EDITED, strings=("Neuvonta.",), flags=("fuzzy",), previous_msgid=SOURCE)
    result = merge(template(SOURCE), PoFile("fi.po", (HEADER, fuzzy)))
    entry = in_use(result, SOURCE)
    assert (entry.strings, entry.fuzzy, entry.previous_msgid) == (("Neuvonta.",), False, None)


def test_short_texts_and_other_contexts_are_never_fuzzy() -> None:
    result = merge(template("Read it all"), catalogue(**{"Read them all": "Lue kaikki"}))
    assert in_use(result, "Read it all").strings == ("",)
    other = PoEntry(msgid=EDITED, context="menu")
    assert in_use(merge(template(other), catalogue(**{SOURCE: "x"})), EDITED).strings == ("",)


def test_the_same_page_goes_first() -> None:
    donors = [
        PoEntry(msgid="Call for small projects, open until March.", strings=("b",), references=("b.md",)),
        PoEntry(msgid="Call for big projects, open until March.", strings=("a",), references=("a.md",)),
    ]
    new = "Call for new projects, open until March."
    result = merge(template(new), PoFile("fi.po", (HEADER, *donors)))
    assert in_use(result, new).strings == ("a",)


def test_a_message_still_in_use_is_no_donor() -> None:
    result = merge(template(SOURCE, EDITED), catalogue(**{SOURCE: "Neuvonta."}))
    assert in_use(result, EDITED).strings == ("",)


def test_both_halves_of_a_split_paragraph_show_where_they_come_from() -> None:
    whole = "We met in the village hall on Monday. Then everybody planted a tree by the lake."
    halves = ["We met in the village hall on Monday.", "Then everybody planted a tree by the lake."]
    result = merge(template(*halves), catalogue(**{whole: "Kokous ja puu."}))
    assert [in_use(result, half).previous_msgid for half in halves] == [whole, whole]
    assert obsolete(result) == {whole: "Kokous ja puu."}


def plural(msgid: str, many: str | None, *strings: str) -> PoEntry:
    return PoEntry(msgid=msgid, plural=many, strings=strings or (("", "") if many else ("",)))


def test_a_plural_added_changed_or_taken_away_loses_no_form() -> None:
    old = PoFile("fi.po", (HEADER, plural("group", "groups", "ryhmä", "ryhmää"), plural("member", None, "jäsen")))
    result = merge(template(plural("group", None), plural("member", "members")), old, plural_count=2)
    group, member = result.po.messages
    assert (group.strings, group.fuzzy, group.previous_plural) == (("ryhmä",), True, "groups")
    assert group.comments == ("former plural form: ryhmää",)
    assert (member.strings, member.fuzzy, member.previous_msgid) == (("jäsen", "jäsen"), True, "member")
    result = merge(template(plural("group", "bands")), dataclasses.replace(old, entries=old.entries[:2]))
    assert next(result.po.messages).strings == ("ryhmä", "ryhmää")
    assert next(result.po.messages).fuzzy


@pytest.mark.parametrize("gone, suspicious", [(MASS_MINIMUM, False), (MASS_MINIMUM + 1, True), (20, True)])
def test_many_obsolete_at_once_is_suspicious(gone: int, suspicious: bool) -> None:
    names = [f"message number {n} of {'x' * n}" for n in range(20)]
    result = merge(template(*names[gone:]), catalogue(**dict.fromkeys(names, "x")))
    assert result.suspicious is suspicious
    assert len(obsolete(result)) == gone


def test_the_translators_flags_and_comments_stay() -> None:
    entry = PoEntry(msgid="one", strings=("yksi",), comments=("mine",), flags=("max-length:9", "python-format"))
    result = merge(template("one", "two"), PoFile("fi.po", (HEADER, entry)))
    assert in_use(result, "one").comments == ("mine",)
    assert in_use(result, "one").flags == ("max-length:9",)
