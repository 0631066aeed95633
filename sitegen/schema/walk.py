"""One record on its way through the validator: type-directed, field by field, collecting every mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.problems import Position, Problems, did_you_mean
from sitegen.schema import values
from sitegen.schema.fields import Coordinates, Field, FieldType, SourceText
from sitegen.schema.nodes import Mapping, Node, Scalar, Sequence
from sitegen.schema.tables import Tables
from sitegen.schema.values import Wrong

MAX_TEXT_CHARACTERS = 100_000

_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
_ABSENT = object()
_EXPECTED = {
    FieldType.MAPPING: "fields of its own, indented below it",
    FieldType.NAMED: "names with fields of their own, indented below it",
    FieldType.LANGUAGE_MAP: "one value for each language, such as 'en: …', indented below it",
    FieldType.COORDINATES: "{lon: 25.0, lat: 62.7}",
    FieldType.MONEY: "an amount with its currency such as 21620 USD",
    FieldType.PERIOD: "a span of years such as 2021-2027, or {start: …, end: …}",
    FieldType.SLUG: "one text, or one for each language",
    FieldType.DATE: "a date such as 2027-03-05",
    FieldType.DATETIME: "a date such as 2027-03-05 16:00",
    FieldType.BOOLEAN: "true or false",
    FieldType.INTEGER: "a whole number",
    FieldType.NUMBER: "a number",
}
_COORDINATES = (
    Field(name="lon", type=FieldType.NUMBER, doc="Longitude.", required=True, minimum=-180, maximum=180),
    Field(name="lat", type=FieldType.NUMBER, doc="Latitude.", required=True, minimum=-90, maximum=90),
)
_MONEY = (
    Field(name="amount", type=FieldType.TEXT, doc="Digits.", required=True),
    Field(name="currency", type=FieldType.TEXT, doc="ISO 4217.", required=True),
)
_PERIOD = (
    Field(name="start", type=FieldType.DATE, doc="First day."),
    Field(name="end", type=FieldType.DATE, doc="Last day."),
)


class Walk:
    """One record on its way through the validator."""

    def __init__(self, tables: Tables, problems: Problems, source_language: str, require: bool) -> None:
        self.tables = tables
        self.problems = problems
        self.source_language = source_language
        self.require = require
        self.positions: dict[str, Position] = {}

    def mapping(self, node: Mapping, fields: dict[str, Field], path: str, owner: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        given: set[str] = set()
        for key, child in node.items.items():
            field = fields.get(key)
            if field is None:
                self._unknown_field(key, node, fields, owner)
                continue
            if type(child) is Scalar and child.is_null:
                continue
            given.add(key)
            value = self._field(child, field, f"{path}{key}")
            if value is not _ABSENT:
                found[key] = value
        if self.require:
            for field in fields.values():
                if field.required and field.name not in given:
                    self._missing(field, node, owner)
        return found

    def _unknown_field(self, key: str, node: Mapping, fields: dict[str, Field], owner: str) -> None:
        same = {"title": "name", "name": "title"}.get(key, "")
        hint = (
            f"; did you mean '{same}'?"
            if same in fields
            else did_you_mean(key, fields) or (f"; its fields are {', '.join(fields)}" if len(fields) <= 12 else "")
        )
        position = node.key_positions.get(key, node.position)
        self.problems.error("field-unknown", position, f"'{values.short(key)}' is no field of {owner}{hint}")

    def _missing(self, field: Field, node: Mapping, owner: str) -> None:
        position = node.key_positions.get(field.name, node.position)
        empty = field.name in node.items
        what = f"'{field.name}' is empty" if empty else f"'{field.name}' is missing"
        self.problems.error("field-missing", position, f"{what}, but {owner} must have it; {_how(field, empty)}")

    def _wrong(self, wrong: Wrong, node: Node) -> Any:
        self.problems.error(wrong.code, node.position, wrong.message)
        return _ABSENT

    def _field(self, node: Node, field: Field, path: str) -> Any:
        if field.many and field.type is not FieldType.NAMED:
            return self._list(node, field, path)
        return self._value(node, field, path)

    def _list(self, node: Node, field: Field, path: str) -> Any:
        if not isinstance(node, Sequence):
            return self._wrong(
                Wrong(
                    "value-type",
                    f"'{field.name}' is a list: write each value on a line of its own, "
                    f"beginning with '- ', or all of them as [one, two]; not {_kind(node)}",
                ),
                node,
            )
        self.positions[path] = node.position
        found: list[Any] = []
        for item in node.items:
            if isinstance(item, Scalar) and item.is_null:
                self._wrong(
                    Wrong("value-empty", f"this item of '{field.name}' is empty; fill it in or delete it"), item
                )
                continue
            value = self._value(item, field, f"{path}.{len(found)}")
            if value is not _ABSENT:
                found.append(value)
        return tuple(found)

    def _value(self, node: Node, field: Field, path: str) -> Any:
        self.positions[path] = node.position
        kind = field.type
        if type(node) is Scalar:
            if kind in _TEXTS:
                return self._text(node, field)
            if kind in _STRUCTURED:
                return self._shorthand(node, field, path)
            if kind is FieldType.ANY:
                return values.plain_value(node.text) if node.plain else node.text
            value = values.convert(node.text, field, kind)
            return self._wrong(value, node) if type(value) is Wrong else value
        if kind is FieldType.ANY:
            return plain_data(node)
        handler = _MAPPINGS.get(kind)
        if handler is not None and isinstance(node, Mapping):
            return handler(self, node, field, path)
        if kind in _TEXTS and field.translatable and isinstance(node, Mapping):
            return self._texts(node, field, path)
        return self._wrong(_wrong_type(field, node), node)

    def _text(self, node: Scalar, field: Field) -> Any:
        text = self._checked_text(node, field)
        if text is None:
            return _ABSENT
        return SourceText(text, node.position, {}) if field.translatable else text

    def _checked_text(self, node: Scalar, field: Field) -> str | None:
        text: str = values.convert(node.text, field, field.type)
        limit = field.maximum_length or MAX_TEXT_CHARACTERS
        if len(text) > limit:
            self._wrong(
                Wrong(
                    "value-too-long",
                    f"'{field.name}' has {len(text)} characters, but at most {limit} are allowed; shorten it",
                ),
                node,
            )
            return None
        if not text:
            self._wrong(Wrong("value-empty", f"'{field.name}' is empty; fill it in or delete the field"), node)
            return None
        return text

    def _texts(self, node: Mapping, field: Field, path: str) -> Any:
        """A translatable text that was given for several languages at once."""
        texts = {}
        for tag, child in self._by_language(node):
            self.positions[f"{path}.{tag}"] = child.position
            if not isinstance(child, Scalar):
                self._wrong(_wrong_type(field, child), child)
            elif not child.is_null:
                text = self._checked_text(child, field)
                if text is not None:
                    texts[tag] = text
        source = self.source_language or next(iter(texts), "")
        if source not in texts:
            if source:
                self._wrong(
                    Wrong(
                        "text-source-missing",
                        f"'{field.name}' has no text in '{source}', the language in which "
                        f"this is written; add '{source}: …'",
                    ),
                    node,
                )
            return _ABSENT
        return SourceText(texts.pop(source), node.position, texts)

    def _by_language(self, node: Mapping) -> Iterator[tuple[str, Node]]:
        seen: dict[str, str] = {}
        for key, child in node.items.items():
            tag = self.tables.language(key)
            position = node.key_positions.get(key, node.position)
            if isinstance(tag, Wrong):
                self.problems.error(tag.code, position, tag.message)
            elif tag in seen:
                self.problems.error(
                    "language-duplicate", position, f"'{key}' and '{seen[tag]}' are the same language; keep one"
                )
            else:
                seen[tag] = key
                yield tag, child

    def _shorthand(self, node: Scalar, field: Field, path: str) -> Any:
        if field.shorthand is None or field.type is FieldType.NAMED:
            return self._wrong(_wrong_type(field, node), node)
        whole = Mapping({field.shorthand: node}, node.position, {field.shorthand: node.position})
        return self._nested(whole, field, path)

    def _nested(self, node: Mapping, field: Field, path: str) -> dict[str, Any]:
        return self.mapping(node, self.tables.nested(field), f"{path}.", f"'{field.name}'")

    def _named(self, node: Mapping, field: Field, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, child in node.items.items():
            self.positions[f"{path}.{name}"] = node.key_positions.get(name, child.position)
            found[name] = self._named_item(name, child, field, f"{path}.{name}")
        return {name: value for name, value in found.items() if value is not _ABSENT}

    def _named_item(self, name: str, node: Node, field: Field, path: str) -> Any:
        if isinstance(node, Scalar) and node.is_null:
            return () if field.many else self._nested(Mapping({}, node.position), field, path)
        items = node.items if field.many and isinstance(node, Sequence) else (node,)
        if field.many and not isinstance(node, Sequence):
            return self._wrong(
                Wrong("value-type", f"'{name}' is a list: begin each item with '- '; not {_kind(node)}"), node
            )
        found: list[dict[str, Any]] = []
        for item in items:
            place = f"{path}.{len(found)}" if field.many else path
            if field.many:
                self.positions[place] = item.position
            if isinstance(item, Scalar) and field.shorthand is not None and not item.is_null:
                item = Mapping({field.shorthand: item}, item.position, {field.shorthand: item.position})  # noqa: PLW2901
            if isinstance(item, Mapping):
                found.append(self._nested(item, field, place))
            else:
                self._wrong(
                    Wrong("value-type", f"'{name}' needs fields of its own, indented below it; not {_kind(item)}"), item
                )
        return tuple(found) if field.many else (found[0] if found else _ABSENT)

    def _language_map(self, node: Mapping, field: Field, path: str) -> Any:
        found = {}
        single = Field(
            name=field.name,
            type=field.item or FieldType.TEXT,
            doc="",
            maximum_length=field.maximum_length,
            choices=field.choices,
            reference=field.reference,
        )
        for key, child in node.items.items():
            position = node.key_positions.get(key, node.position)
            tag = self.tables.any_language(key)
            if isinstance(tag, Wrong):
                self.problems.error(tag.code, position, tag.message)
            elif not (isinstance(child, Scalar) and child.is_null):
                value = self._value(child, single, f"{path}.{tag}")
                if value is not _ABSENT:
                    found[tag] = value
        return found

    def _slugs(self, node: Mapping, field: Field, path: str) -> Any:
        found = {}
        for tag, child in self._by_language(node):
            value = (
                self._value(child, field, f"{path}.{tag}") if isinstance(child, Scalar) else _wrong_type(field, child)
            )
            if isinstance(value, Wrong):
                self._wrong(value, child)
            elif value is not _ABSENT:
                found[tag] = value
        return found

    def _coordinates(self, node: Mapping, field: Field, path: str) -> Any:
        lon, lat = node.items.get("lon"), node.items.get("lat")
        if isinstance(lon, Scalar) and isinstance(lat, Scalar) and _swapped(lon.text, lat.text):
            return self._wrong(
                Wrong(
                    "value-range",
                    f"'{field.name}' has lat {lat.text}, but a latitude is at most 90; "
                    "lon and lat are probably swapped",
                ),
                lat,
            )
        found = self._whole(node, _COORDINATES_TABLE, path, field)
        return found if found is _ABSENT else Coordinates(float(found["lon"]), float(found["lat"]))

    def _money(self, node: Mapping, field: Field, path: str) -> Any:
        found = self._whole(node, _MONEY_TABLE, path, field)
        if found is _ABSENT:
            return _ABSENT
        money = values.money_of(found["amount"], found["currency"], field)
        if not isinstance(money, Wrong):
            return money
        return self._wrong(money, node.items["currency" if money.code == "value-currency" else "amount"])

    def _period(self, node: Mapping, field: Field, path: str) -> Any:
        found = self._whole(node, _PERIOD_TABLE, path, field)
        if found is _ABSENT:
            return _ABSENT
        period = values.period_of(found.get("start"), found.get("end"), field)
        return self._wrong(period, node) if isinstance(period, Wrong) else period

    def _whole(self, node: Mapping, table: dict[str, Field], path: str, field: Field) -> Any:
        """The values of a small mapping that is one value: _ABSENT where any part of it is wrong."""
        before = len(self.problems)
        required, self.require = self.require, True
        found = self.mapping(node, table, f"{path}.", f"'{field.name}'")
        self.require = required
        return found if len(self.problems) == before else _ABSENT


def plain_data(node: Node) -> Any:
    """The node as plain Python data: dicts, tuples, text, numbers, booleans, None."""
    if isinstance(node, Mapping):
        return {key: plain_data(child) for key, child in node.items.items()}
    if isinstance(node, Sequence):
        return tuple(plain_data(child) for child in node.items)
    if node.is_null:
        return None
    return values.plain_value(node.text) if node.plain else node.text


def _swapped(lon: str, lat: str) -> bool:
    try:
        return 90 < abs(float(lat)) <= 180 and abs(float(lon)) <= 90
    except ValueError:
        return False


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"the single value '{values.short(node.text)}'"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _wrong_type(field: Field, node: Node) -> Wrong:
    expected = _EXPECTED.get(field.type, "one text")
    if field.type in _TEXTS and field.translatable:
        expected = "one text, or one text for each language"
    return Wrong("value-type", f"'{field.name}' should be {expected}, not {_kind(node)}")


def _how(field: Field, empty: bool) -> str:
    return "fill it in" if empty else f"add '{field.name}: …'"


_STRUCTURED = frozenset({FieldType.MAPPING, FieldType.NAMED, FieldType.LANGUAGE_MAP, FieldType.COORDINATES})
_MAPPINGS = {
    FieldType.MAPPING: Walk._nested,  # noqa: SLF001
    FieldType.NAMED: Walk._named,  # noqa: SLF001
    FieldType.LANGUAGE_MAP: Walk._language_map,  # noqa: SLF001
    FieldType.SLUG: Walk._slugs,  # noqa: SLF001
    FieldType.COORDINATES: Walk._coordinates,  # noqa: SLF001
    FieldType.MONEY: Walk._money,  # noqa: SLF001
    FieldType.PERIOD: Walk._period,  # noqa: SLF001
}
_COORDINATES_TABLE = {field.name: field for field in _COORDINATES}
_MONEY_TABLE = {field.name: field for field in _MONEY}
_PERIOD_TABLE = {field.name: field for field in _PERIOD}
