"""Digests of values: the same value has the same digest in every process, on every machine, in every year."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any

SIZE = 12
"""Bytes of a digest: 96 bits keep accidental collisions out of reach of any site."""


def digest_bytes(data: bytes) -> str:
    """Digest of raw bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=SIZE).hexdigest()


def digest_strings(parts: Iterable[str]) -> str:
    """Digest of a list of strings; where one ends and the next begins matters."""
    return digest_bytes("\x1f".join(parts).encode("utf-8", "surrogatepass"))


def digest_value(value: Any, without: tuple[type, ...] = ()) -> str:
    """Digest of plain data, dataclasses and named values, by content; values of the types `without` do not count.

    A TypeError for anything that cannot be digested is a bug of the caller.
    """
    out: list[str] = []
    _write(value, out, without)
    return digest_strings(out)


def _write(value: Any, out: list[str], without: tuple[type, ...]) -> None:
    if without and isinstance(value, without):
        return
    if value is None or isinstance(value, bool | int | float | Decimal | Enum):
        out.append(f"{type(value).__name__}:{value!r}")
    elif isinstance(value, str):
        out.append(f"s:{str(value)}")
        for name in ("lang", "dir", "state", "message"):  # a text that knows its language
            if hasattr(value, name):
                out.append(f"{name}:{getattr(value, name)}")
    elif isinstance(value, dt.date | dt.time | dt.timedelta | PurePath):
        out.append(f"{type(value).__name__}:{value}")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        out.append(f"{type(value).__name__}(")
        for item in dataclasses.fields(value):
            out.append(item.name)
            _write(getattr(value, item.name), out, without)
        out.append(")")
    elif isinstance(value, Mapping):
        out.append("{")
        for key, inner in value.items():
            out.append(str(key))
            _write(inner, out, without)
        out.append("}")
    elif isinstance(value, set | frozenset):
        _write(sorted(value, key=str), out, without)
    elif isinstance(value, Iterable):
        out.append("[")
        for inner in value:
            _write(inner, out, without)
        out.append("]")
    else:
        raise TypeError(f"{type(value).__name__} has no digest")
