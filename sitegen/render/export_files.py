"""Open data as bytes: CSV (RFC 4180), JSON and GeoJSON (RFC 7946), the same for the same entries.

CSV begins with a byte order mark, so that Excel reads it as UTF-8; every other program passes over it. A cell that a
spreadsheet would take for a formula gets an apostrophe in front (`'=1+1`), which `sitegen data import` takes off again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from sitegen.render.export_values import ExportedEntry, columns
from sitegen.schema.fields import Field, FieldType, Schema

BOM = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
# Their own rules leave no room for a formula: digits, points, hyphens and blanks alone.
_HARMLESS = frozenset({FieldType.INTEGER, FieldType.NUMBER, FieldType.COORDINATES, FieldType.MONEY, FieldType.PHONE})


def csv_file(rows: list[ExportedEntry], schema: Schema, languages: tuple[str, ...]) -> bytes:
    """A table with a column for every leaf of the schema. `languages`: those of the site."""
    header: dict[str, Field | None] = dict(columns(schema, languages))
    for row in rows:  # files in languages that the site does not speak
        header |= {name: None for name in row.cells if name not in header}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(row.cells.get(name, ""), field) for name, field in header.items()])
    return (BOM + text.getvalue()).encode()


def safe_cell(text: str, field: Field | None) -> str:
    """The text of a cell that no spreadsheet will compute."""
    if field is not None and field.type in _HARMLESS and not field.many:
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def json_file(about: dict[str, Any], rows: list[ExportedEntry]) -> bytes:
    """`about` and the entries, one on each line: easy to read, to compare and to stream."""
    head = _json(about)[:-1]
    lines = ",\n".join(_json(row.data) for row in rows)
    return f'{head},"entries":[\n{lines}\n]}}\n'.encode()


def geojson_file(about: dict[str, Any], rows: list[ExportedEntry]) -> bytes:
    """The entries whose place is known, as points (WGS 84) with their cells as properties."""
    placed = [row for row in rows if row.where is not None]
    head: dict[str, Any] = {"type": "FeatureCollection", **about}
    longitudes = [row.where[0] for row in placed if row.where]
    latitudes = [row.where[1] for row in placed if row.where]
    if placed:
        head["bbox"] = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    lines = ",\n".join(_json(_feature(row)) for row in placed)
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _feature(row: ExportedEntry) -> dict[str, Any]:
    properties = {
        name: row.data.get(name, text) if isinstance(row.data.get(name), (int, float, bool)) else text
        for name, text in row.cells.items()
        if text
    }
    return {
        "type": "Feature",
        "id": row.data["id"],
        "geometry": {"type": "Point", "coordinates": list(row.where or ())},
        "properties": properties,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
