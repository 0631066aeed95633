"""Digests of values: the same value has the same digest in every process, on every machine, in every year."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
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
    kind = type(value)
    if kind is str:
        out.append(f"s:{value}")
    elif kind in _SIMPLE:
        out.append(f"{kind.__name__}:{value!r}")
    elif without and isinstance(value, without):
        return
    elif isinstance(value, str) and not isinstance(value, Enum):
        # a text that knows its language
        out.append(f"s:{value!s}")
        out.extend(f"{name}:{getattr(value, name)}" for name in ("lang", "dir", "state") if hasattr(value, name))
    elif isinstance(value, _PLAIN):
        out.append(f"{kind.__name__}:{value!r}")
    elif isinstance(value, _NAMED):
        out.append(f"{kind.__name__}:{value}")
    else:
        out.append(f"{kind.__name__}(")
        for part in _parts(value):
            _write(part, out, without)
        out.append(")")


_SIMPLE = frozenset({bool, int, float, type(None)})
_PLAIN = (bool, int, float, Decimal, Enum)
_NAMED = (dt.date, dt.time, dt.timedelta, PurePath)


def _parts(value: Any) -> Iterable[Any]:
    """What a compound value is made of, in a stable order."""
    names = _names(type(value))  # type: ignore[arg-type]
    if names is not None:
        return (part for name in names for part in (name, getattr(value, name)))
    if isinstance(value, Mapping):
        return (part for pair in value.items() for part in pair)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if isinstance(value, Iterable):
        return value
    raise TypeError(f"{type(value).__name__} has no digest")


@functools.cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass; None for another type."""
    return tuple(item.name for item in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None
