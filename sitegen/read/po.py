"""PO files, the catalogues of GNU gettext: `parse_po` and `format_po` are each other's inverse, byte for byte."""

from __future__ import annotations

from sitegen.read.po_model import (
    MAX_ENTRIES,
    MAX_FILE_BYTES,
    MAX_MESSAGE_LENGTH,
    MAX_PLURAL_FORMS,
    Key,
    PoEntry,
    PoFile,
    header_fields,
    header_text,
)
from sitegen.read.po_parser import FORBIDDEN_CHARACTERS, parse_po
from sitegen.read.po_writer import format_entry, format_pieces, format_po

__all__ = [
    "FORBIDDEN_CHARACTERS",
    "MAX_ENTRIES",
    "MAX_FILE_BYTES",
    "MAX_MESSAGE_LENGTH",
    "MAX_PLURAL_FORMS",
    "Key",
    "PoEntry",
    "PoFile",
    "format_entry",
    "format_pieces",
    "format_po",
    "header_fields",
    "header_text",
    "parse_po",
]
