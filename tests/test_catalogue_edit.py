"""Saving one translation: into the file, and nothing else of it changes."""

from __future__ import annotations

from pathlib import Path

from sitegen.read.po_files import digest
from sitegen.translate.catalogue_edit import Saved, save_translation

TEXT = (
    'msgid ""\nmsgstr "X-Mine: yes\\n"\n\n\n# kept\n#, fuzzy\n#| msgid "Old [text](a.md)"\nmsgid ""\n"New "\n"[text](a.md)"\n'
    'msgstr "Vanha"\n\nmsgid "b"\nmsgstr ""\n"wrapped "\n"oddly"\n#~ msgid "gone"\n#~ msgstr "poissa"\n'
)


def save(root: Path, text: str, msgid: str = "New [text](a.md)", expected: str | None = None) -> Saved:
    path = root / "fi.po"
    if not path.exists():
        path.write_text(TEXT)
    return save_translation(
        root, "fi.po", expected or digest(path.read_bytes()), msgid, None, (text,), language="fi", domain="content"
    )


def test_the_message_is_translated_and_all_else_stays_as_it_was(tmp_path: Path) -> None:
    saved = save(tmp_path, "Uusi [teksti](a.md)")
    assert (saved.refused, saved.findings) == ("", ())
    text = (tmp_path / "fi.po").read_text()
    assert text == TEXT.replace("Vanha", "Uusi [teksti](a.md)").replace("#, fuzzy\n", "").replace(
        '#| msgid "Old [text](a.md)"\n', ""
    )
    assert saved.digest == digest(text.encode())


def test_what_may_not_be_saved_is_refused_with_a_reason(tmp_path: Path) -> None:
    assert "changed meanwhile" in save(tmp_path, "x", expected="0" * 32).refused
    assert "no such message" in save(tmp_path, "x", msgid="gone").refused
    assert "javascript:" in save(tmp_path, "[x](javascript:x)").refused
    assert "at most" in save(tmp_path, "x" * 60_000).refused
    assert (tmp_path / "fi.po").read_text() == TEXT


def test_findings_come_back_with_what_was_saved(tmp_path: Path) -> None:
    saved = save(tmp_path, "Uusi teksti.")
    assert not saved.refused
    assert {finding.code for finding in saved.findings} == {"translation-link", "translation-punctuation"}
