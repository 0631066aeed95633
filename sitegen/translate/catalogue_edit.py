"""Putting one translation into a catalogue on disk, with everything else byte for byte as it was."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.problems import Problems
from sitegen.read.po import MAX_MESSAGE_LENGTH, PoEntry, PoFile, format_po
from sitegen.read.po_files import ChangedMeanwhileError, read_po, write_atomically
from sitegen.translate.catalogue import is_formatted
from sitegen.translate.message_checks import check_message
from sitegen.translate.message_checks_safety import Finding


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of an edit. `digest`: of the file now, for the next edit; `findings`: what the checks say of the text.

    `refused` is empty when the text was written, else the reason.
    """

    digest: str
    findings: tuple[Finding, ...] = ()
    refused: str = ""


def with_translation(po: PoFile, msgid: str, context: str | None, strings: tuple[str, ...]) -> PoFile | None:
    """`po` with a message translated: not fuzzy, its former source forgotten. None when it has no such message."""
    found = next((entry for entry in po.messages if entry.key == (context, msgid)), None)
    if found is None or len(strings) != max(1, len(found.strings)):
        return None
    done = replace(found, strings=strings).with_flag("fuzzy", False).without_previous()
    return replace(po, entries=tuple(done if entry is found else entry for entry in po.entries))


def save_translation(
    root: Path,
    path: str,
    expected: str,
    msgid: str,
    context: str | None,
    strings: tuple[str, ...],
    *,
    language: str,
    domain: str,
    source_language: str = "",
) -> Saved:
    """Write a translation into the catalogue `path` below `root`, unless the file is no longer the one of `expected`
    (its digest), is damaged, lacks the message, or the text is unsafe."""
    problems = Problems()
    read = read_po(root, path, problems)
    if read is None or read[0].damaged:
        return Saved(expected, refused=str(problems))
    po, digest = read
    if digest != expected:
        return Saved(digest, refused="the file has changed meanwhile; look at the message again")
    strings = tuple(unicodedata.normalize("NFC", text.replace("\r\n", "\n")) for text in strings)
    if any(len(text) > MAX_MESSAGE_LENGTH for text in strings):
        return Saved(digest, refused=f"a text has at most {MAX_MESSAGE_LENGTH} characters")
    changed = with_translation(po, msgid, context, strings)
    if changed is None:
        return Saved(digest, refused="the catalogue has no such message; run 'sitegen i18n update'")
    entry = next(entry for entry in changed.messages if entry.key == (context, msgid))
    findings = _findings(entry, language, domain, source_language)
    if unsafe := [finding.message for finding in findings if finding.unsafe]:
        return Saved(digest, findings, refused="; ".join(unsafe))
    return _write(root, path, changed, digest, findings)


def _findings(entry: PoEntry, language: str, domain: str, source_language: str) -> tuple[Finding, ...]:
    if not entry.has_translation:
        return ()
    formatted = is_formatted(domain, entry)
    return tuple(check_message(entry, language, source_language=source_language, formatted=formatted))


def _write(root: Path, path: str, po: PoFile, expected: str, findings: tuple[Finding, ...]) -> Saved:
    try:
        write_atomically(root / path, format_po(po).encode("utf-8"), expected)
    except ChangedMeanwhileError:
        return Saved(expected, findings, refused="the file has changed meanwhile; look at the message again")
    except OSError as error:
        return Saved(expected, findings, refused=f"the file cannot be written: {error.strerror}")
    read = read_po(root, path, Problems())
    return Saved(read[1] if read is not None else "", findings)
