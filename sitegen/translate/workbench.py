"""A catalogue as the static workbench takes it: cut into pieces that give the file again, byte for byte.

The browser changes some pieces and joins them all. What it needs to write an entry stands beside the entry: everything
above its msgstr, without the marks of an unfinished translation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sitegen.read.po import PoEntry, PoFile, format_entry, format_pieces
from sitegen.read.po_files import digest
from sitegen.translate.glossary import Glossary
from sitegen.translate.segment_text import message_id
from sitegen.translate.word_diff import word_diff

_MSGSTR = re.compile(r"^msgstr", re.MULTILINE)


def workbench_catalogue(
    po: PoFile, *, language: str, domain: str, source_language: str, glossary: Glossary | None = None
) -> dict[str, Any]:
    """The catalogue as plain data for JSON: `pieces` (each with its text as `raw`) and `trailing` are the file.

    A piece with an `id` is a message in use; `above` and `head` are what stands above its msgstr once it is
    translated. The piece with `fields` is the header.
    """
    pieces = [_piece(entry, above, text, po, language, glossary or Glossary()) for entry, above, text in _all(po)]
    text = "".join(piece["raw"] for piece in pieces) + po.trailing
    return {
        "domain": domain,
        "path": po.name,
        "source": source_language,
        "digest": digest(text.encode("utf-8")),
        "newline": po.newline,
        "width": po.width,
        "pieces": pieces,
        "trailing": po.trailing,
    }


def _all(po: PoFile) -> list[tuple[PoEntry, str, str]]:
    return [(entry, above, text) for entry, (above, text) in zip(po.entries, format_pieces(po), strict=True)]


def _piece(entry: PoEntry, above: str, text: str, po: PoFile, language: str, glossary: Glossary) -> dict[str, Any]:
    piece: dict[str, Any] = {"raw": above + text}
    if entry.is_header:
        return piece | {"fields": [list(field) for field in po.fields]}
    if entry.obsolete:
        return piece
    done = format_entry(entry.with_flag("fuzzy", False).without_previous(), po.width, po.newline)
    start = _MSGSTR.search(done)
    assert start is not None
    piece |= {
        "id": message_id(entry.msgid, entry.context),
        "above": above,
        "head": done[: start.start()],
        "msgid": entry.msgid,
        "strings": list(entry.strings),
        "state": "untranslated" if not entry.has_translation else "stale" if entry.fuzzy else "translated",
        "notes": list(entry.extracted),
        "places": list(entry.references),
    }
    if entry.fuzzy and entry.previous_msgid is not None:
        piece["difference"] = word_diff(entry.previous_msgid, entry.msgid)
    piece |= {
        name: value
        for name, value in (
            ("plural", entry.plural),
            ("context", entry.context),
            ("comments", list(entry.comments)),
            ("terms", _terms(entry.msgid, language, glossary)),
        )
        if value
    }
    return piece


def _terms(msgid: str, language: str, glossary: Glossary) -> list[Mapping[str, Any]]:
    return [
        {"term": term.term, "translations": list(agreed), "note": term.note}
        for term in glossary.in_text(msgid)
        if (agreed := term.translations.get(language, ())) or term.note
    ]
