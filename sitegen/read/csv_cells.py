"""The cells of one row → one record as YAML nodes: numbers, days and lists as spreadsheets write them, made plain.

Only what can be read in one way is converted (`30.4.2027`, `48 000`, `yes`); everything else goes to the validator as
it stands, which says what is wrong.
"""

from __future__ import annotations

import re
from typing import Any

from sitegen.problems import Position, Problems
from sitegen.read.csv_columns import Column
from sitegen.read.csv_table import Cell
from sitegen.schema import standards
from sitegen.schema.fields import Field, FieldType, Schema
from sitegen.schema.nodes import Mapping, Node, Scalar, Sequence

_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?")
_DAY_AND_TIME = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?,? +(\d{1,2})[:.](\d{2})(?::\d{2})?")
_GROUPS = re.compile(r"-?\d{1,3}( \d{3})+")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_TRUE, _FALSE = frozenset({"true", "yes", "x", "1", "✓"}), frozenset({"false", "no", "0", "-"})
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)


class RowReader:
    """Reads rows of one table into mappings for the validator."""

    def __init__(self, columns: list[Column], schema: Schema, delimiter: str, media_url: str) -> None:
        self._columns = {column.index: column for column in columns}
        self._fields = {field.name: field for field in schema.fields}
        self._comma = delimiter != ","  # a list with ';' comes from where the comma stands before decimals
        self._media_url = media_url

    def title(self, position: Position) -> str:
        """The heading of the column in which a position lies."""
        column = self._columns.get(position.column - 1)
        return column.title if column is not None else ""

    def record(
        self, place: Position, cells: tuple[Cell, ...], source: str, problems: Problems
    ) -> tuple[Scalar | None, Mapping]:
        """The id, when there is one, and the fields. `source`: the language of texts whose column names none."""
        key: Scalar | None = None
        tree: dict[str, Any] = {}
        for cell in cells:
            column = self._columns.get(cell.column)
            if column is None:
                continue
            if column.field is None:
                key = Scalar(cell.text, cell.position, plain=False)
                continue
            self._put(tree, column, cell, source)
        return key, _mapping(tree, place, problems)

    def _put(self, tree: dict[str, Any], column: Column, cell: Cell, source: str) -> None:
        *above, name = column.path
        target = tree
        top = self._fields[column.path[0]]
        assert column.field is not None
        if top.many and top.type is FieldType.MAPPING and above:
            parts = target.setdefault(top.name, _Parts(cell.position))
            parts.columns[name] = [self._scalar(text, column.field, cell) for text in _split_aligned(cell.text)]
            return
        for part in above:
            target = target.setdefault(part, {})
        if column.field.translatable and not column.field.many:
            texts = target.setdefault(name, _Texts())
            texts.nodes[column.language or source] = self._scalar(cell.text, column.field, cell)
            texts.plain = texts.plain and not column.language
        elif column.field.many:
            items = tuple(self._scalar(text, column.field, cell) for text in _split(cell.text))
            target[name] = Sequence(items, cell.position)
        else:
            target[name] = self._scalar(cell.text, column.field, cell)

    def _scalar(self, text: str, field: Field, cell: Cell) -> Scalar:
        kind = field.type
        if kind is FieldType.BOOLEAN:
            text = "true" if text.casefold() in _TRUE else "false" if text.casefold() in _FALSE else text
        elif kind in (FieldType.INTEGER, FieldType.NUMBER, FieldType.ANY, FieldType.MONEY):
            text = self._number(text)
        elif kind in (FieldType.DATE, FieldType.DATETIME):
            text = _day(text)
        elif kind is FieldType.COUNTRY and text not in standards.countries():
            text = standards.country_called(text) or text
        elif kind is FieldType.FILE and self._media_url:
            text = text.removeprefix(self._media_url)
        return Scalar(text, cell.position, plain=kind not in _TEXTS)

    def _number(self, text: str) -> str:
        number, blank, currency = text.rpartition(" ") if re.search(r" [A-Z]{3}$", text) else (text, "", "")
        plain = number.replace("\u202f", " ")
        if _GROUPS.fullmatch(plain):
            number = plain.replace(" ", "")
        elif self._comma and _DECIMAL_COMMA.fullmatch(plain):
            number = plain.replace(",", ".")
        return f"{number}{blank}{currency}"


class _Texts:
    """A text in one or several languages."""

    def __init__(self) -> None:
        self.nodes: dict[str, Scalar] = {}
        self.plain = True


class _Parts:
    """A list of mappings whose parts stand in columns of their own: `municipalities.name`, `municipalities.code`."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self.columns: dict[str, list[Scalar]] = {}


def _mapping(tree: dict[str, Any], place: Position, problems: Problems) -> Mapping:
    items = {name: _node(value, place, problems) for name, value in tree.items()}
    return Mapping(items, place, {name: node.position for name, node in items.items()})


def _node(value: Any, place: Position, problems: Problems) -> Node:
    if isinstance(value, dict):
        return _mapping(value, next(iter(_positions(value)), place), problems)
    if isinstance(value, _Texts):
        first = next(iter(value.nodes.values()))
        return first if value.plain else Mapping(dict(value.nodes), first.position)
    if isinstance(value, _Parts):
        return _listed(value, problems)
    return value  # type: ignore[no-any-return]


def _positions(tree: dict[str, Any]) -> list[Position]:
    return [value.position for value in tree.values() if isinstance(value, (Scalar, Sequence, _Parts))]


def _listed(parts: _Parts, problems: Problems) -> Sequence:
    lengths = {name: len(values) for name, values in parts.columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"'{name}' has {length}" for name, length in lengths.items())
        message = f"these columns list different numbers of things ({told}); keep a place for each: 'one | | three'"
        problems.error("csv-list-length", parts.position, message)
    items = []
    for number in range(max(lengths.values(), default=0)):
        found = {
            name: values[number]
            for name, values in parts.columns.items()
            if number < len(values) and values[number].text
        }
        if found:
            items.append(Mapping(dict(found), parts.position))
    return Sequence(tuple(items), parts.position)


def _split_aligned(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def _split(text: str) -> list[str]:
    mark = next((mark for mark in ("|", ";", "\n") if mark in text), "|")
    return [part.strip() for part in text.split(mark) if part.strip()]


def _day(text: str) -> str:
    """`30.4.2027` and `30. 4. 2027. 16:00` as ISO 8601: with points, the day always comes first."""
    match = _DAY.fullmatch(text)
    if match:
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    match = _DAY_AND_TIME.fullmatch(text)
    if match:
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02} {int(match[4]):02}:{match[5]}"
    return re.sub(r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}):00$", r"\1 \2", text)
