"""Which column of a spreadsheet is which field: by name, dotted path, a looser reading of either, or the nearest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.config import Config
from sitegen.problems import Problems, did_you_mean, nearest
from sitegen.read.csv_table import Cell, Table
from sitegen.schema.fields import Field, FieldType, Schema

EXPORTED = ("id", "url", "language")
"""With these columns our own open data begins; the last two say what sitegen knows anyway."""
_PARTS = {
    FieldType.MONEY: ("amount", "currency"),
    FieldType.PERIOD: ("start", "end"),
    FieldType.COORDINATES: ("lon", "lat"),
}
_SAME = {
    "id": ("key", "identifier"), "email": ("mail", "emailaddress"), "phone": ("telephone", "tel", "phonenumber"),
    "website": ("web", "homepage", "www", "internet"), "location.lon": ("lon", "lng", "longitude"),
    "location.lat": ("lat", "latitude"), "area_km2": ("area", "areakm"), "population": ("inhabitants",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """`path`: the field as a dotted path, () for the id. `field`: the leaf, None for the id.

    `language`: of a text given in one language (`name.fi`), else ''.
    """

    index: int
    title: str
    path: tuple[str, ...]
    field: Field | None
    language: str = ""


def map_columns(table: Table, schema: Schema, config: Config, problems: Problems) -> list[Column]:
    """The columns that are fields. Unknown ones are errors; guessed ones are told as warnings."""
    known = dict(_targets(schema, config))
    loose: dict[str, str] = {}
    for name in known:
        loose.setdefault(_fold(name), name)
    for name, others in _SAME.items():
        for other in others if name in known else ():
            loose.setdefault(other, name)
    found: dict[str, Column] = {}
    ours = tuple(cell.text for cell in table.header[:3]) == EXPORTED
    for cell in table.header[1:3] if ours else ():
        known.pop(cell.text, None)
    for cell in table.header:
        if ours and cell.column in (1, 2):
            continue
        target = _find(cell, known, loose, problems)
        if target is None:
            continue
        if target in found:
            message = f"the columns '{found[target].title}' and '{cell.text}' both say '{target}'; keep one"
            problems.error("csv-column-duplicate", cell.position, message)
            continue
        path, field, language = known[target]
        found[target] = Column(cell.column, cell.text, path, field, language)
    return list(found.values())


_Target = tuple[tuple[str, ...], Field | None, str]


def _find(cell: Cell, known: dict[str, _Target], loose: dict[str, str], problems: Problems) -> str | None:
    if cell.text in known:
        return cell.text
    folded = _fold(cell.text)
    if folded in loose:
        return loose[folded]
    near = nearest(folded, loose) if len(folded) > 3 else None
    if near is not None and abs(len(near) - len(folded)) <= 2 and sorted(near)[:3] == sorted(folded)[:3]:
        message = f"the column '{cell.text}' is read as '{loose[near]}'; name it so if that is right"
        problems.warning("csv-column-guessed", cell.position, message)
        return loose[near]
    hint = did_you_mean(cell.text, known) or "; rename it after a field (see 'sitegen schema'), or delete the column"
    problems.error("csv-column-unknown", cell.position, f"the column '{cell.text}' is no field{hint}")
    return None


def _fold(name: str) -> str:
    """Letters and digits alone, small, without diacritics: `E-mail`, `e_mail` and `Email` are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]|_", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _targets(schema: Schema, config: Config) -> Iterator[tuple[str, _Target]]:
    """Every name that a column may have → where its cells go."""
    yield "id", ((), None, "")
    tags = [language.tag for language in config.languages]
    for field in schema.fields:
        yield from _field_targets((field.name,), field, tags)


def _field_targets(path: tuple[str, ...], field: Field, tags: list[str]) -> Iterator[tuple[str, _Target]]:
    name = ".".join(path)
    if field.type is not FieldType.MAPPING or field.shorthand is not None:
        yield name, (path, field, "")
    if field.type is FieldType.MAPPING:
        for inner in field.fields:
            if field.many:
                yield f"{name}.{inner.name}", ((*path, inner.name), inner, "")
            else:
                yield from _field_targets((*path, inner.name), inner, tags)
    elif not field.many:
        for part in _PARTS.get(field.type, ()):
            yield f"{name}.{part}", ((*path, part), Field(name=part, type=FieldType.ANY, doc=""), "")
        if field.type is FieldType.LANGUAGE_MAP:
            for tag in tags:
                leaf = Field(name=field.name, type=field.item or FieldType.TEXT, doc="")
                yield f"{name}.{tag}", ((*path, tag), leaf, "")
        elif field.translatable:
            for tag in tags:
                yield f"{name}.{tag}", (path, field, tag)
