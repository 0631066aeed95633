"""Broken catalogues: each mistake is a problem with its line, and what could be read is still used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read import po_files
from sitegen.read.po import MAX_MESSAGE_LENGTH, format_po, parse_po

HEADER = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
GOOD = 'msgid "good"\nmsgstr "hyvä"\n'


def found(text: str) -> tuple[list[str], list[str]]:
    """Problems as `line code`, and the msgids that were read."""
    problems = Problems()
    po = parse_po(text, "fi.po", problems)
    assert po.damaged or not any(problem.code in ("po-syntax", "po-truncated") for problem in problems)
    return [f"{p.position.line} {p.code}" for p in problems], [entry.msgid for entry in po.messages]


@pytest.mark.parametrize(
    "text, problem",
    [
        ('msgid "a"\nmsgstr "b\n', "2 po-syntax"),
        ('msgid "a"\nmsgstr "b" c\n', "2 po-syntax"),
        ('msgid "a"\nmsgstr "b\\q"\n', "2 po-escape"),
        ('msgid "a"\nmsgstr "\\xe4"\n', "2 po-escape"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "3 po-syntax"),
        ('msgstr "b"\n', "1 po-syntax"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[2] "c"\n', "1 po-plural-forms"),
        ('msgid "a"\nmsgstr[0] "b"\n', "1 po-plural-forms"),
        ('#~ msgid "a"\nmsgstr "b"\n', "2 po-syntax"),
        ('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', "1 po-syntax"),
        (f'msgid "a"\nmsgstr "{"x" * (MAX_MESSAGE_LENGTH + 1)}"\n', "1 po-length"),
    ],
)
def test_a_mistake_costs_its_own_message(text: str, problem: str) -> None:
    codes, msgids = found(text + "\n" + GOOD)
    assert codes == [problem]
    assert msgids == ["good"]
    assert found(GOOD + "\n" + text)[1] == ["good"]


@pytest.mark.parametrize("text", ['msgid "a"\n', 'msgctxt "c"\nmsgid "a"\n', 'msgid "a"\nmsgid_plural "b"\n'])
def test_a_truncated_file_is_told(text: str) -> None:
    codes, msgids = found(GOOD + "\n" + text)
    assert [code.split()[1] for code in codes] == ["po-truncated"]
    assert msgids == ["good"]
    codes, msgids = found(text + "\n" + GOOD)
    assert [code.split()[1] for code in codes] == ["po-truncated"]
    assert msgids == ["good"]


def test_a_message_twice_names_both_lines() -> None:
    problems = Problems()
    po = parse_po(GOOD + "\n" + GOOD, "fi.po", problems)
    assert str(problems) == ("fi.po:4: error[po-duplicate]: the same message stands in line 1; remove one of the two")
    assert po.damaged


def test_the_wrong_number_of_plural_forms_is_told_but_nothing_is_dropped() -> None:
    text = HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\nmsgstr[2] "e"\n'
    problems = Problems()
    po = parse_po(text, "fi.po", problems)
    assert [problem.code for problem in problems] == ["po-plural-forms"]
    assert not po.damaged
    assert format_po(po) == text


@pytest.mark.parametrize("character", ["\ufdd0", "\x00", "\x02", "\ufffe", "\U0001ffff", "\x7f"])
def test_characters_that_no_text_may_hold(character: str) -> None:
    assert found(f'msgid "a"\nmsgstr "b{character}"\n')[0] == ["2 po-character"]


@given(st.text(st.sampled_from('msgidtrcx_plural[01]#~|,:. "\\\n\r\t'), max_size=200))
def test_no_text_is_too_broken_to_be_reported(text: str) -> None:
    problems = Problems()
    po = parse_po(text, "fi.po", problems)
    if not po.damaged:
        assert format_po(po) == text
        assert not any(problem.code == "po-syntax" for problem in problems)


def catalogue(root: Path, path: str, data: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


@pytest.mark.parametrize(
    "data, hint",
    [
        (
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=CP1250\\n"\nmsgid "a"\nmsgstr "č"\n'.encode("cp1250"),
            "CP1250",
        ),
        ('msgid "a"\nmsgstr "č"\n'.encode("utf-16"), "UTF-16"),
        (b'msgid "a"\nmsgstr "\xff"\n', "UTF-8"),
    ],
)
def test_another_charset_is_named(tmp_path: Path, data: bytes, hint: str) -> None:
    catalogue(tmp_path, "i18n/fi/LC_MESSAGES/content.po", data)
    problems = Problems()
    assert po_files.read_catalogue_files(tmp_path, "i18n", ["fi"], problems) == ()
    (problem,) = problems
    assert problem.code == "po-charset"
    assert hint in problem.message


def test_both_layouts_and_all_spellings_of_a_language(tmp_path: Path) -> None:
    catalogue(tmp_path, "i18n/sr_latn/LC_MESSAGES/content.po", GOOD.encode())
    catalogue(tmp_path, "i18n/ui/SR@latin.po", GOOD.encode())
    catalogue(tmp_path, "i18n/content/pt-br.po", GOOD.encode())
    problems = Problems()
    found = po_files.find_po(tmp_path, "i18n", ["sr-Latn", "pt-BR"], problems)
    assert not list(problems)
    assert found == {
        ("content", "sr-Latn"): "i18n/sr_latn/LC_MESSAGES/content.po",
        ("ui", "sr-Latn"): "i18n/ui/SR@latin.po",
        ("content", "pt-BR"): "i18n/content/pt-br.po",
    }


def test_a_catalogue_in_both_layouts_or_of_no_language_is_told(tmp_path: Path) -> None:
    catalogue(tmp_path, "i18n/fi/LC_MESSAGES/content.po", GOOD.encode())
    catalogue(tmp_path, "i18n/content/fi.po", GOOD.encode())
    catalogue(tmp_path, "i18n/content/fo.po", GOOD.encode())
    problems = Problems()
    po_files.find_po(tmp_path, "i18n", ["fi"], problems)
    assert [problem.code for problem in problems] == ["po-language", "po-twice"]


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.po").write_text(GOOD)
    folder = tmp_path / "site/i18n/content"
    folder.mkdir(parents=True)
    (folder / "fi.po").symlink_to(tmp_path / "outside.po")
    problems = Problems()
    assert po_files.read_catalogue_files(tmp_path / "site", "i18n", ["fi"], problems) == ()
    assert [problem.code for problem in problems] == ["po-outside"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "fi.po"
    path.write_bytes(b"one")
    with pytest.raises(po_files.ChangedMeanwhileError):
        po_files.write_atomically(path, b"two", po_files.digest(b"zero"))
    assert path.read_bytes() == b"one"
    po_files.write_atomically(path, b"two", po_files.digest(b"one"))
    assert path.read_bytes() == b"two"
    assert [file.name for file in tmp_path.iterdir()] == ["fi.po"]
