"""The language in which collections are declared: fields, their types, and the values they yield."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sitegen.problems import Position


class FieldType(StrEnum):
    """What a field holds. The docstring of each value type below gives its shape in YAML."""

    TEXT = "text"  # one line of text
    LONG_TEXT = "long_text"  # paragraphs of text; inline Markdown is rendered
    BOOLEAN = "boolean"  # true | false
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"  # 2027-03-05
    DATETIME = "datetime"  # 2027-03-05 or 2027-03-05 16:00
    PERIOD = "period"  # {start: date, end: date} | 2021-2027
    TIMEZONE = "timezone"  # IANA name
    MONEY = "money"  # {amount: 21620, currency: USD} | 21620 USD
    COORDINATES = "coordinates"  # {lon: 25.0, lat: 62.7}
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    FILE = "file"  # path below content/media
    LANGUAGE = "language"  # BCP 47 tag
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    SLUG = "slug"  # text, or a mapping of language path to text
    CHOICE = "choice"  # one of `choices`
    REFERENCE = "reference"  # key of an entry of the collection `reference`
    MAPPING = "mapping"  # nested `fields`
    LANGUAGE_MAP = "language_map"  # {en: …, fi: …}; what each holds is `item`
    NAMED = "named"  # names of the editor's own → mappings of the nested `fields` (with `many`: lists of them)
    ANY = "any"  # plain data, for themes


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key of a record.

    `many`: a YAML list of such values. `translatable`: its text goes to the translators. `exact`: a legal text,
    never half translated; a language without it is an error. `private`: never leaves in open data or pages.
    `maximum_length` is in characters and is told to translators. `unit` is a CLDR unit or a plain word.
    `shorthand`: the one of the nested `fields` for which a plain value may stand instead of a whole mapping.
    """

    name: str
    type: FieldType
    doc: str
    many: bool = False
    required: bool = False
    translatable: bool = False
    exact: bool = False
    private: bool = False
    choices: tuple[str, ...] = ()
    reference: str | None = None
    reverse: str | None = None  # name under which the referenced entry sees the entries that refer to it
    fields: tuple[Field, ...] = ()
    item: FieldType | None = None
    minimum: float | None = None
    maximum: float | None = None
    maximum_length: int | None = None
    unit: str | None = None
    default: Any = None
    shorthand: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A collection's table of fields; those that every collection has come first."""

    name: str
    doc: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A translatable text as the editor wrote it.

    `variants` holds the texts given by hand for other languages (tag → text), when the field was a mapping.
    """

    text: str
    position: Position
    variants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217): `{amount: 21620, currency: USD}` or `21620 USD`."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included; either may be open (None)."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Coordinates:
    """WGS 84, in degrees."""

    lon: float
    lat: float
