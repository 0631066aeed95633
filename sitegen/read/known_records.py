"""What an earlier build read from each file, so that files that did not change need not be read again.

Only files without any problem are remembered. A row is a text of JSON; whatever is wrong with one makes it unknown.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sitegen.problems import Position
from sitegen.read.files import FoundFile
from sitegen.read.records import Record
from sitegen.schema.fields import Coordinates, Money, Period, SourceText

RACY_NS = 50_000_000
"""A file touched so shortly before it was looked at may change once more within the clock's own grain."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class RememberedRecord:
    """A record as it was validated. `suffix`: of its file's name. `required`: its required fields were asked for."""

    record: Record
    suffix: str
    required: bool

    @property
    def collection(self) -> str:
        return self.record.collection

    @property
    def key(self) -> str:
        return self.record.key


@dataclass(slots=True)
class KnownRecords:
    """`rows`: path → what is known of the file. `settings`: digest of all that validation depends on.

    After reading, `fresh` holds the rows of files that were read anew, and `seen` the paths of all files.
    """

    settings: str
    rows: Mapping[str, str]
    fresh: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def recall(self, found: FoundFile) -> list[RememberedRecord] | None:
        """The records of the file when it is still the one that was read."""
        self.seen.add(found.path)
        text = self.fresh.get(found.path) or self.rows.get(found.path)
        if text is None:
            return None
        try:
            settings, status, parts = json.loads(text)
            if settings != self.settings or tuple(status) != found.status:
                return None
            return [_unpack(part, found) for part in parts]
        except _DAMAGED:
            return None

    def remember(self, found: FoundFile, records: Iterable[RememberedRecord]) -> None:
        """Note what was read from a file without problems."""
        now = time.time_ns()
        status = found.status
        if abs(now - status[0]) < RACY_NS or abs(now - status[3]) < RACY_NS or status[3] > now:
            return  # it may change once more without a trace: it is read again next time
        try:
            row = [self.settings, list(status), [_pack(known) for known in records]]
        except TypeError:
            return
        self.fresh[found.path] = _ENCODER.encode(row)

    def gone(self) -> list[str]:
        """Paths of rows whose files are no longer there."""
        return [path for path in self.rows if path not in self.seen]


def _pack(known: RememberedRecord) -> list[Any]:
    record = known.record
    positions = {path: [place.line, place.column] for path, place in record.positions.items()}
    return [
        record.collection,
        record.key,
        known.suffix,
        known.required,
        record.suffix,
        [record.position.line, record.position.column],
        {name: _encode(value) for name, value in record.values.items()},
        positions,
        record.body,
        record.body_line,
        record.digest,
        record.fields_digest,
    ]


def _unpack(part: list[Any], found: FoundFile) -> RememberedRecord:
    collection, key, suffix, required, own, place, values, positions, body, body_line, digest, fields = part
    file = found.path
    record = Record(
        collection=collection,
        key=key,
        suffix=own,
        position=Position(file, *place),
        values={name: _decode(value, file) for name, value in values.items()},
        positions=_Positions(file, positions),
        body=body,
        body_line=body_line,
        digest=digest,
        fields_digest=fields,
    )
    return RememberedRecord(record, suffix, required)


class _Positions(Mapping[str, Position]):
    """Places of fields, made when a problem asks for one."""

    __slots__ = ("_file", "_places")

    def __init__(self, file: str, places: dict[str, list[int]]) -> None:
        self._file = file
        self._places = dict(places)

    def __getitem__(self, path: str) -> Position:
        line, column = self._places[path]
        return Position(self._file, line, column)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _encode(value: Any) -> Any:
    """Plain JSON: lists begin with a letter that names their kind."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): _encode(inner) for name, inner in value.items()}
    for kind, encode in _ENCODERS.items():
        if isinstance(value, kind):
            return encode(value)
    raise TypeError(f"{type(value).__name__} is not remembered")


_ENCODERS: dict[type, Callable[[Any], list[Any]]] = {
    SourceText: lambda text: ["T", text.text, text.position.line, text.position.column, dict(text.variants)],
    dt.datetime: lambda moment: ["t", moment.isoformat()],  # before dates: every datetime is a date, too
    dt.date: lambda day: ["d", day.isoformat()],
    Decimal: lambda number: ["D", str(number)],
    Money: lambda money: ["M", str(money.amount), money.currency],
    Period: lambda period: ["P", _encode(period.start), _encode(period.end)],
    Coordinates: lambda place: ["C", place.lon, place.lat],
    tuple: lambda parts: ["L", *map(_encode, parts)],
}


def _decode(value: Any, file: str) -> Any:
    if isinstance(value, dict):
        return {name: _decode(inner, file) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    return _DECODERS[value[0]](value[1:], file)


_DECODERS: dict[str, Callable[[list[Any], str], Any]] = {
    "T": lambda parts, file: SourceText(parts[0], Position(file, parts[1], parts[2]), parts[3]),
    "L": lambda parts, file: tuple(_decode(part, file) for part in parts),
    "d": lambda parts, _file: dt.date.fromisoformat(parts[0]),
    "t": lambda parts, _file: dt.datetime.fromisoformat(parts[0]),
    "D": lambda parts, _file: Decimal(parts[0]),
    "M": lambda parts, _file: Money(Decimal(parts[0]), parts[1]),
    "P": lambda parts, file: Period(_decode(parts[0], file), _decode(parts[1], file)),
    "C": lambda parts, _file: Coordinates(parts[0], parts[1]),
}
