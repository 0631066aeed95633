"""Putting one translation into a catalogue on disk, with everything else byte for byte as it was."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.problems import Problems
from sitegen.read.po import MAX_MESSAGE_LENGTH, Key, PoEntry, PoFile, format_po
from sitegen.read.po_files import ChangedMeanwhileError, read_po, write_atomically
from sitegen.translate.catalogue import is_formatted
from sitegen.translate.message_checks import check_message
from sitegen.translate.message_checks_safety import Finding

CHANGED = "the file has changed meanwhile; look at the message again"


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
        return Saved(digest, refused=CHANGED)
    return store_translation(
        root, po, digest, (context, msgid), strings, language=language, domain=domain, source_language=source_language
    )


def store_translation(
    root: Path,
    po: PoFile,
    expected: str | None,
    key: Key,
    strings: tuple[str, ...],
    *,
    language: str,
    domain: str,
    source_language: str = "",
) -> Saved:
    """Write `po`, whose name is its path below `root`, with one message translated. `expected`: the digest that the
    file must still have; None when there must be none yet."""
    digest = expected or ""
    strings = tuple(unicodedata.normalize("NFC", text.replace("\r\n", "\n")) for text in strings)
    if any(len(text) > MAX_MESSAGE_LENGTH for text in strings):
        return Saved(digest, refused=f"a text has at most {MAX_MESSAGE_LENGTH} characters")
    changed = with_translation(po, key[1], key[0], strings)
    if changed is None:
        return Saved(digest, refused="the catalogue has no such message; run 'sitegen i18n update'")
    entry = next(entry for entry in changed.messages if entry.key == key)
    findings = _findings(entry, language, domain, source_language)
    if unsafe := [finding.message for finding in findings if finding.unsafe]:
        return Saved(digest, findings, refused="; ".join(unsafe))
    if not (root / po.name).resolve().is_relative_to(root.resolve()):
        return Saved(digest, findings, refused="the file lies outside of the site")
    if expected is None and (root / po.name).exists():
        return Saved(digest, findings, refused=CHANGED)
    return _write(root, po.name, changed, expected, findings)


def with_message(po: PoFile, entry: PoEntry, order: Iterable[Key]) -> PoFile:
    """`po` with one message more, after the nearest one that stands before it in `order` (a template's keys)."""
    keys = list(order)
    before = keys[: keys.index(entry.key)] if entry.key in keys else keys
    entries = [known for known in po.entries if known.key != entry.key]  # gettext allows it once, obsolete or not
    places = {known.key: number for number, known in enumerate(entries) if not known.obsolete}
    after = next((places[key] for key in reversed(before) if key in places), None)
    if after is None:
        after = next((number for number, known in enumerate(entries) if known.is_header), -1)
    entries.insert(after + 1, replace(entry, origin=None))
    return replace(po, entries=tuple(entries))


def _findings(entry: PoEntry, language: str, domain: str, source_language: str) -> tuple[Finding, ...]:
    if not entry.has_translation:
        return ()
    formatted = is_formatted(domain, entry)
    return tuple(check_message(entry, language, source_language=source_language, formatted=formatted))


def _write(root: Path, path: str, po: PoFile, expected: str | None, findings: tuple[Finding, ...]) -> Saved:
    try:
        write_atomically(root / path, format_po(po).encode("utf-8"), expected)
    except ChangedMeanwhileError:
        return Saved(expected or "", findings, refused=CHANGED)
    except OSError as error:
        return Saved(expected or "", findings, refused=f"the file cannot be written: {error.strerror}")
    read = read_po(root, path, Problems())
    return Saved(read[1] if read is not None else "", findings)
