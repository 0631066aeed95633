"""Files that entries name must lie below content/media. A wrong name is told with its place and the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sitegen.model.entry import Entry
from sitegen.problems import Problems, did_you_mean
from sitegen.read.records import Record
from sitegen.schema.fields import Field, FieldType, Schema


def check_files(entries: Iterable[Entry], media: Mapping[str, Any], problems: Problems) -> None:
    """Report every field of type FILE that names no file of `media` (paths below content/media). Code: file-missing."""
    with_files: dict[str, list[Field]] = {}
    for entry in entries:
        fields = with_files.get(entry.collection)
        if fields is None:
            fields = with_files[entry.collection] = file_fields(entry.schema)
        for record in (entry.record, *entry.variants.values()):
            for path, name in files_of(record, fields):
                if name not in media:
                    _missing(record, path, name, media, problems)


def file_fields(schema: Schema) -> list[Field]:
    """The fields that name files, or hold such fields."""
    return [item for item in schema.fields if _names_files(item)]


def files_of(record: Record, fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """(dotted path of the field, name of the file) for all files that a record names in these fields."""
    for item in fields:
        if item.name in record.values:
            yield from _files(item, item.name, record.values[item.name])


def _names_files(item: Field) -> bool:
    return FieldType.FILE in (item.type, item.item) or any(_names_files(inner) for inner in item.fields)


def _files(item: Field, path: str, value: Any) -> Iterator[tuple[str, str]]:
    """(dotted path of the field, name of the file)"""
    if isinstance(value, (tuple, list)):
        for number, part in enumerate(value):
            yield from _files(item, f"{path}.{number}", part)
    elif isinstance(value, str):
        if FieldType.FILE in (item.type, item.item):
            yield path, value
    elif isinstance(value, Mapping):
        inner = {field.name: field for field in item.fields}
        for name, part in value.items():
            below = item if item.type is FieldType.LANGUAGE_MAP else inner.get(name)
            if item.type is FieldType.NAMED:
                yield from _named(item, f"{path}.{name}", part)
            elif below is not None and _names_files(below):
                yield from _files(below, f"{path}.{name}", part)


def _named(item: Field, path: str, value: Any) -> Iterator[tuple[str, str]]:
    """What stands below a name of the editor's own: one mapping of the nested fields, or a list of them."""
    one = Field(name=item.name, type=FieldType.MAPPING, doc="", fields=item.fields)
    yield from _files(one, path, value)


def _missing(record: Record, path: str, name: str, media: Mapping[str, Any], problems: Problems) -> None:
    field = ".".join(part for part in path.split(".") if not part.isdigit())
    same = next((known for known in media if known.casefold() == name.casefold()), None)
    hint = f"; did you mean '{same}'? (case matters)" if same else did_you_mean(name, media)
    hint = hint or "; save the file there, or correct its name"
    position = record.positions.get(path, record.position)
    message = f"'{field}' names '{name}', but there is no file content/media/{name}{hint}"
    problems.error("file-missing", position, message)
