"""JSON Schema (2020-12) of site.yaml and of every collection, for editors that complete and check YAML.

Made from the same tables as the validator, and as strict as JSON Schema can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sitegen.schema import standards, values
from sitegen.schema.fields import Field, FieldType, Schema
from sitegen.schema.site_file import SITE_FIELDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"
_SCALAR = ["string", "number", "boolean"]
_URL_PATTERN = (
    r"^(?!//)(?!www\.)(?:(?:[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:)|(?![A-Za-z][A-Za-z0-9+.-]*:))"
    r"[^\s<>\"\\^`{|}]*$"
)
_FILE_PATTERN = r"^(?!/)(?![A-Za-z][A-Za-z0-9+.-]*:)(?!.*(?:^|/)\.{0,2}(?:/|$))[^\\]+$"
_SLUG_PATTERN = r"^[^\sA-Z./-](?:[^\sA-Z/]*[^\sA-Z./-])?$"

Json = dict[str, Any]


class _Site(Protocol):
    """What is needed of `Config`, which stands above this room."""

    @property
    def languages(self) -> tuple[Any, ...]: ...
    @property
    def collections(self) -> Mapping[str, Any]: ...


def json_schemas(config: _Site) -> dict[str, Json]:
    """File name → JSON Schema: `site.json`; for each collection `lags.json`, one record, and `lags.list.json`, a data
    file with many.
    """
    names = sorted({name for language in config.languages for name in (language.tag, language.path)})
    writer = _Writer(names)
    schemas = {"site.json": writer.document("site.yaml", "The site as a whole.", writer.mapping(SITE_FIELDS))}
    for name, collection in config.collections.items():
        schema: Schema = collection.schema
        record = writer.mapping(schema.fields)
        schemas[f"{name}.json"] = writer.document(name, schema.doc, record)
        schemas[f"{name}.list.json"] = writer.document(f"{name} (many)", schema.doc, _many(record))
    return schemas


def _many(record: Json) -> Json:
    """A list of records with an `id` each, or a mapping from id to record."""
    key = {"type": ["string", "number"], "description": "The id: the last part of the address. It never changes."}
    listed = {
        **record,
        "properties": {"id": key, **record["properties"]},
        "required": ["id", *record.get("required", [])],
    }
    return {
        "anyOf": [
            {"type": "array", "items": listed},
            {"type": "object", "additionalProperties": record},
            {"type": "null"},
        ]
    }


class _Writer:
    """Writes fields as JSON Schema. `languages`: names that a text given per language may use (empty: any tag)."""

    def __init__(self, languages: list[str]) -> None:
        self._names: Json = {"enum": languages} if languages else {"pattern": LANGUAGE_PATTERN}

    def document(self, title: str, doc: str, body: Json) -> Json:
        definitions = {
            "country": {"enum": list(standards.countries())},
            "currency": {"enum": sorted(standards.currencies())},
            "timezone": {"enum": sorted(standards.time_zones())},
        }
        return {"$schema": DIALECT, "title": title, "description": doc, **body, "$defs": definitions}

    def mapping(self, fields: Iterable[Field]) -> Json:
        table = list(fields)
        required = [field.name for field in table if field.required]
        found: Json = {
            "type": "object",
            "properties": {field.name: self.field(field) for field in table},
            "additionalProperties": False,
        }
        return {**found, "required": required} if required else found

    def field(self, field: Field) -> Json:
        value = self.value(field, field.type)
        if field.many and field.type is not FieldType.NAMED:
            value = {"type": "array", "items": value}
        described = {"description": field.doc} if field.doc else {}
        if field.required or not value:
            return {**described, **value}
        # an empty field counts as absent
        return {**described, "anyOf": [value, {"type": "null"}]}

    def value(self, field: Field, kind: FieldType) -> Json:
        """One value of the field's type, or of its item's."""
        if kind in (FieldType.TEXT, FieldType.LONG_TEXT):
            return self._text(field)
        if kind is FieldType.MAPPING:
            return _or_shorthand(self.mapping(field.fields), field, self)
        if kind is FieldType.NAMED:
            return self._named(field)
        if kind is FieldType.LANGUAGE_MAP:
            item = self.value(field, field.item or FieldType.TEXT)
            return {
                "type": "object",
                "propertyNames": {"pattern": LANGUAGE_PATTERN},
                "additionalProperties": {"anyOf": [item, {"type": "null"}]},
            }
        if kind is FieldType.SLUG:
            return {"anyOf": [_SLUG, {"type": "object", "propertyNames": self._names, "additionalProperties": _SLUG}]}
        if kind in (FieldType.INTEGER, FieldType.NUMBER):
            return _number(field, kind)
        if kind is FieldType.CHOICE:
            return {"enum": list(field.choices)}
        return _SIMPLE[kind]

    def _text(self, field: Field) -> Json:
        text: Json = {"type": _SCALAR, "pattern": r"\S"}
        if field.maximum_length is not None:
            text["maxLength"] = field.maximum_length
        if not field.translatable:
            return text
        by_language = {
            "type": "object",
            "minProperties": 1,
            "propertyNames": self._names,
            "additionalProperties": {"anyOf": [text, {"type": "null"}]},
        }
        return {"anyOf": [text, by_language]}

    def _named(self, field: Field) -> Json:
        item = _or_shorthand(self.mapping(field.fields), field, self)
        inner: Json = {"type": "array", "items": item} if field.many else item
        return {"type": "object", "additionalProperties": {"anyOf": [inner, {"type": "null"}]}}


def _or_shorthand(mapping: Json, field: Field, writer: _Writer) -> Json:
    """A plain value may stand for a mapping with one key."""
    short = next((inner for inner in field.fields if inner.name == field.shorthand), None)
    if short is None:
        return mapping
    return {"anyOf": [writer.value(short, short.type), mapping]}


def _number(field: Field, kind: FieldType) -> Json:
    number: Json = {"type": kind.value}
    if field.minimum is not None:
        number["minimum"] = field.minimum
    if field.maximum is not None:
        number["maximum"] = field.maximum
    pattern = values.INTEGER_PATTERN if kind is FieldType.INTEGER else values.NUMBER_PATTERN
    return {"anyOf": [number, {"type": "string", "pattern": f"^{pattern}$"}]}


def _pattern(pattern: str, **more: str) -> Json:
    return {"type": "string", "pattern": f"^(?:{pattern})$", **more}


_SLUG: Json = {"type": ["string", "number"], "pattern": _SLUG_PATTERN}
_DAY = _pattern(values.DATE_PATTERN)
_SIMPLE: dict[FieldType, Json] = {
    FieldType.BOOLEAN: {"anyOf": [{"type": "boolean"}, _pattern("[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]")]},
    FieldType.DATE: _DAY,
    FieldType.DATETIME: _pattern(values.DATETIME_PATTERN),
    FieldType.PERIOD: {
        "anyOf": [
            _pattern(values.YEARS_PATTERN),
            {"type": "integer", "minimum": 1000, "maximum": 9999},
            {
                "type": "object",
                "properties": {
                    "start": {"anyOf": [_DAY, {"type": "null"}], "description": "The first day."},
                    "end": {"anyOf": [_DAY, {"type": "null"}], "description": "The last day."},
                },
                "additionalProperties": False,
            },
        ]
    },
    FieldType.TIMEZONE: {"$ref": "#/$defs/timezone"},
    FieldType.MONEY: {
        "anyOf": [
            _pattern(values.MONEY_PATTERN),
            {
                "type": "object",
                "properties": {
                    "amount": {"anyOf": [{"type": "number", "minimum": 0}, _pattern(r"[0-9]+(\.[0-9]{1,4})?")]},
                    "currency": {"$ref": "#/$defs/currency"},
                },
                "required": ["amount", "currency"],
                "additionalProperties": False,
            },
        ]
    },
    FieldType.COORDINATES: {
        "type": "object",
        "properties": {
            "lon": {"type": "number", "minimum": -180, "maximum": 180, "description": "Longitude, east of Greenwich."},
            "lat": {"type": "number", "minimum": -90, "maximum": 90, "description": "Latitude, north of the equator."},
        },
        "required": ["lon", "lat"],
        "additionalProperties": False,
    },
    FieldType.EMAIL: {**_pattern(values.EMAIL_PATTERN), "maxLength": values.MAX_EMAIL_CHARACTERS},
    FieldType.PHONE: {"type": ["string", "integer"], "pattern": f"^{values.PHONE_PATTERN}$"},
    FieldType.URL: {"type": "string", "pattern": _URL_PATTERN, "maxLength": values.MAX_URL_CHARACTERS},
    FieldType.FILE: {"type": "string", "pattern": _FILE_PATTERN},
    FieldType.LANGUAGE: {"type": "string", "pattern": LANGUAGE_PATTERN},
    FieldType.COUNTRY: {"$ref": "#/$defs/country"},
    FieldType.REFERENCE: {"type": ["string", "number"], "pattern": r"^[^\s\\]+$"},
    FieldType.ANY: {},
}
