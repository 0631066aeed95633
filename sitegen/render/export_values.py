"""An entry as open data: plain values for JSON, and the same flattened into named cells for tables.

JSON has nested values; a table has a column for each leaf, by its dotted path (`budget.amount`, `location.lon`).
Several values in one cell stand with ` | ` between them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.config import Config
from sitegen.model.entry import Entry, EntryView, FieldsView
from sitegen.model.site import LanguageSite
from sitegen.model.text import Text
from sitegen.plan.exports import coordinates_field
from sitegen.schema.fields import Coordinates, Field, FieldType, Money, Period, Schema, SourceText

SEPARATOR = " | "
HEAD = ("id", "url", "language")
"""Columns before the fields: the id, the address of the page, the language that the title is in."""
_MACHINERY = frozenset({
    "aliases", "draft", "image_alt", "language", "noindex", "only_languages", "order", "slug",
    "source_digest", "template", "toc",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """`data`: for JSON. `cells`: column → text. `where`: longitude and latitude, when they are known."""

    data: dict[str, Any]
    cells: dict[str, str]
    where: tuple[float, float] | None


def exported_fields(schema: Schema) -> tuple[Field, ...]:
    """What of a collection is open data: neither private fields nor those that only steer the site."""
    return tuple(
        item
        for item in schema.fields
        if not item.private and item.name not in _MACHINERY and item.type is not FieldType.NAMED
    )


class Exporter:
    """Turns the entries of one language into open data. `absolute`: an address with ROOT → one with a host."""

    def __init__(self, config: Config, site: LanguageSite, absolute: Callable[[str], str]) -> None:
        self._config = config
        self._site = site
        self._absolute = absolute

    def entry(self, entry: Entry, url: str | None) -> ExportedEntry:
        """`url`: the absolute address of its page, where it has one."""
        title = self._site.title_of(entry)
        data: dict[str, Any] = {"id": entry.key, "url": url, "language": title.lang}
        cells = {"id": entry.key, "url": url or "", "language": title.lang}
        zone = self._zone(entry)
        for item in exported_fields(entry.schema):
            value = self._site.field_value(entry, item)
            if item.type is FieldType.TIMEZONE and value is None:
                value = self._config.timezone  # a time in a table says little without its zone
            if value is None or value == ():
                continue
            data[item.name] = self._plain(value, item, zone)
            cells |= self._cells(item.name, value, item)
        where = coordinates_field(entry.schema)
        place = entry.value(where.name) if where is not None else None
        found = (place.lon, place.lat) if isinstance(place, Coordinates) else None
        return ExportedEntry({key: value for key, value in data.items() if value is not None}, cells, found)

    def _zone(self, entry: Entry) -> ZoneInfo:
        return ZoneInfo(entry.value("timezone") or self._config.timezone)

    # --- JSON ---------------------------------------------------------------------------------------------

    def _plain(self, value: Any, item: Field, zone: ZoneInfo) -> Any:
        plain = value
        match value:
            case tuple() | list():
                plain = [self._plain(part, item, zone) for part in value]
            case Text() | SourceText():
                plain = _string(value)
            case str():
                plain = self._absolute(value) if item.type is FieldType.FILE else value
            case EntryView():
                plain = self._reference(value)
            case dt.datetime():
                plain = value.replace(tzinfo=value.tzinfo or zone).isoformat()
            case dt.date():
                plain = value.isoformat()
            case Money():
                plain = {"amount": _number(value.amount), "currency": value.currency}
            case Period():
                plain = {"start": _iso(value.start), "end": _iso(value.end)}
            case Coordinates():
                plain = {"lon": value.lon, "lat": value.lat}
            case FieldsView():
                plain = self._mapping(value, item, zone)
            case Mapping():
                plain = {str(key): self._plain(part, _item_of(item), zone) for key, part in value.items()}
        return plain

    def _reference(self, view: EntryView) -> dict[str, Any]:
        url = view.url
        found = {"id": view.key, "title": str(view.title), "url": self._absolute(url) if url else None}
        return {key: value for key, value in found.items() if value is not None}

    def _mapping(self, value: FieldsView, item: Field, zone: ZoneInfo) -> dict[str, Any]:
        inner = {field.name: field for field in item.fields}
        return {name: self._plain(part, inner[name], zone) for name, part in value if part is not None and part != ()}

    # --- tables -------------------------------------------------------------------------------------------

    def _cells(self, path: str, value: Any, item: Field) -> Iterator[tuple[str, str]]:
        """The cells of one field: its own, or those of its parts."""
        match value:
            case tuple() if item.type is FieldType.MAPPING:
                for inner in item.fields:
                    parts = [self._cell(getattr(part, inner.name), inner) for part in value]
                    yield f"{path}.{inner.name}", SEPARATOR.join(parts) if any(parts) else ""
            case tuple():
                yield path, SEPARATOR.join(self._cell(part, item) for part in value)
            case FieldsView():
                yield from self._nested_cells(path, value, item)
            case Money():
                yield from ((f"{path}.amount", str(value.amount)), (f"{path}.currency", value.currency))
            case Period():
                yield from ((f"{path}.start", _iso(value.start) or ""), (f"{path}.end", _iso(value.end) or ""))
            case Coordinates():
                yield from ((f"{path}.lon", _degrees(value.lon)), (f"{path}.lat", _degrees(value.lat)))
            case Mapping() if item.type is FieldType.LANGUAGE_MAP:
                yield from ((f"{path}.{tag}", self._cell(value[tag], _item_of(item))) for tag in sorted(value))
            case _:
                yield path, self._cell(value, item)

    def _nested_cells(self, path: str, value: FieldsView, item: Field) -> Iterator[tuple[str, str]]:
        inner = {field.name: field for field in item.fields}
        for name, part in value:
            if part is not None and part != ():
                yield from self._cells(f"{path}.{name}", part, inner[name])

    def _cell(self, value: Any, item: Field) -> str:
        """A value as the text of one cell, even where its parts would have cells of their own elsewhere."""
        cell = ""
        match value:
            case None:
                pass
            case tuple():
                cell = "; ".join(self._cell(part, item) for part in value)
            case Money():
                cell = f"{value.amount} {value.currency}"
            case Period():
                cell = f"{_iso(value.start) or ''}/{_iso(value.end) or ''}"
            case EntryView():
                cell = value.key
            case bool():
                cell = "true" if value else "false"
            case dt.datetime():
                cell = value.replace(tzinfo=None).isoformat(" ", "minutes")
            case FieldsView() | Mapping() | Coordinates():
                cell = json.dumps(self._plain(value, item, ZoneInfo("UTC")), ensure_ascii=False, sort_keys=True)
            case _:
                cell = self._absolute(_string(value)) if item.type is FieldType.FILE else _string(value)
        return cell


def columns(schema: Schema, languages: tuple[str, ...]) -> Iterator[tuple[str, Field | None]]:
    """Every column that a collection's table has, filled or not, with its field: data that programs can rely on."""
    for name in HEAD:
        yield name, None
    for item in exported_fields(schema):
        yield from _columns(item.name, item, languages)


def _columns(path: str, item: Field, languages: tuple[str, ...]) -> Iterator[tuple[str, Field]]:
    parts: tuple[str, ...] = ()
    if item.type is FieldType.MAPPING:
        for inner in item.fields:
            if inner.private:
                continue
            if item.many:
                yield f"{path}.{inner.name}", inner
            else:
                yield from _columns(f"{path}.{inner.name}", inner, languages)
        return
    if not item.many:
        parts = {
            FieldType.MONEY: ("amount", "currency"),
            FieldType.PERIOD: ("start", "end"),
            FieldType.COORDINATES: ("lon", "lat"),
            FieldType.LANGUAGE_MAP: languages,
        }.get(item.type, ())
    yield from ((f"{path}.{part}", item) for part in parts) if parts else ((path, item),)


def _item_of(item: Field) -> Field:
    """What one value of a mapping by language is."""
    return Field(name=item.name, type=item.item or FieldType.TEXT, doc="")


def _string(value: Any) -> str:
    return value.text if isinstance(value, SourceText) else str(value)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _degrees(value: float) -> str:
    return repr(int(value)) if value == int(value) else repr(value)


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
