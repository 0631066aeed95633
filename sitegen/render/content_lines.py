"""Content lines, the common grammar of iCalendar (RFC 5545) and vCard (RFC 6350): escaped, folded, ended with CRLF."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

LIMIT = 75
"""Octets of a line without its end."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def text_value(text: str) -> str:
    """A value of type TEXT."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def uri_value(uri: str) -> str:
    """A value of type URI: it has no escapes, and what would end its line is taken out."""
    return re.sub(r"\s", "", _CONTROL.sub("", uri))


def stable_uid(address: str) -> str:
    """The UUID of whatever `address` names: the same in every build and on every machine."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, address))


def content(lines: Iterable[str]) -> bytes:
    """The lines, each folded where it is too long."""
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    """No character is cut in two: a fold comes before the character that no longer fits."""
    parts: list[bytes] = []
    current = b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > (LIMIT if not parts else LIMIT - 1):
            parts.append(current)
            current = b""
        current += octets
    parts.append(current)
    return b"\r\n ".join(parts) + b"\r\n"
