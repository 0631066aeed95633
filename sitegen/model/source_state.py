"""Whether a text written by hand in another language still follows its source, told by a digest of that source."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sitegen.model.entry import Entry, translatable_texts

if TYPE_CHECKING:
    from sitegen.read.records import Record

FIELD = "source_digest"
_BYTES = 8


def source_digest(entry: Entry) -> str:
    """Of the entry's translatable fields and its body, not of dates, images or its file's name."""
    found = hashlib.blake2b(digest_size=_BYTES)
    for _field, path, text in translatable_texts(entry):
        found.update(f"{path}\x00{text.text}\x00".encode())
    body = "\n".join(line.rstrip() for line in (entry.record.body or "").strip().splitlines())
    found.update(body.encode())
    return found.hexdigest()


def by_hand(entry: Entry, tag: str, base: str | None) -> Record | None:
    """The record written by hand for readers of `tag`, perhaps in the language that it is derived from."""
    return entry.variants.get(tag) or entry.variants.get(base or "")


def is_outdated(entry: Entry, tag: str, base: str | None) -> bool:
    """Whether the text by hand says that it follows another state of its source. Without a digest nothing is known."""
    variant = by_hand(entry, tag, base)
    recorded = variant.values.get(FIELD) if variant is not None else None
    return bool(recorded) and recorded != source_digest(entry)
