"""The fast path for simple front matter: `key: value` lines that YAML could not read in any other way.

Everything else, mistakes included, is left to the YAML parser. A test proves over arbitrary texts that both give the
same nodes at the same positions.
"""

from __future__ import annotations

import re
import unicodedata

from sitegen.problems import Position
from sitegen.schema.nodes import Mapping, Node, Scalar, Sequence

# A text without quotes: it begins with a letter or digit and holds neither ': ' nor ' #' nor a colon at its end.
_PLAIN = r"[^\W_](?:[^\n:#]|:(?=[^ \n])|(?<! )#)*(?<! )"
# The same within brackets, where more characters mean something.
_ITEM = r"[^\W_](?:[^\n:#\[\]{},\"'&*!|>%@`?]*[^\n:#\[\]{},\"'&*!|>%@`? ])?"
_LINE = re.compile(
    rf"([A-Za-z_][A-Za-z0-9_]{{0,99}}): +(?:({_PLAIN})|\"([^\"\\\n]*)\"|'([^'\n]*)'|\[({_ITEM}(?:, ?{_ITEM})*)\])\n"
)
_ITEMS = re.compile(_ITEM)


def flat_mapping(text: str, file: str, line_offset: int) -> Mapping | None:
    """The mapping that `text` says, or None where it is not plain enough to be sure without a YAML parser."""
    if not text.replace("\n", "").isprintable():
        return None
    items: dict[str, Node] = {}
    places: dict[str, Position] = {}
    line = line_offset
    start, end = 0, len(text)
    match_line = _LINE.match
    while start < end:
        match = match_line(text, start)
        line += 1
        if match is None:
            return None
        key, plain, double, single, flow = match.groups()
        if key in items:
            return None
        places[key] = Position(file, line, 1)
        if plain is not None:
            items[key] = Scalar(_nfc(plain), Position(file, line, match.start(2) - start + 1))
        elif flow is not None:
            items[key] = _sequence(match, start, file, line)
        else:
            quoted = double if double is not None else single
            column = match.start(3 if double is not None else 4) - start
            items[key] = Scalar(_nfc(quoted), Position(file, line, column), plain=False)
        start = match.end()
    return Mapping(items, Position(file, line_offset + 1, 1), places) if items else None


def _sequence(match: re.Match[str], start: int, file: str, line: int) -> Sequence:
    scalars = tuple(
        Scalar(_nfc(item[0]), Position(file, line, item.start() - start + 1))
        for item in _ITEMS.finditer(match.string, match.start(5), match.end(5))
    )
    return Sequence(scalars, Position(file, line, match.start(5) - start))


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
