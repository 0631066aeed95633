"""The published reference of `site.yaml` and the built-in collections, written from their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.schema.collections import BUILT_IN, BuiltIn
from sitegen.schema.entry_fields import entry_fields
from sitegen.schema.fields import Field, FieldType
from sitegen.schema.site_file import SITE_FIELDS

TYPE_DOCS: dict[FieldType, str] = {
    FieldType.TEXT: "One line of text.",
    FieldType.LONG_TEXT: "One or more paragraphs (write `|` and indent them below). Inline Markdown is rendered.",
    FieldType.BOOLEAN: "`true` or `false`.",
    FieldType.INTEGER: "A whole number, digits only: `48000`.",
    FieldType.NUMBER: "A number with a point before decimals: `1250.5`.",
    FieldType.DATE: "A day as year-month-day: `2027-03-05`.",
    FieldType.DATETIME: "A day, perhaps with a time: `2027-03-05` or `2027-03-05 16:00`.",
    FieldType.PERIOD: "A span of years, `2021-2027`, or of days, `{start: 2022-11-07, end: 2023-07-07}`; "
    "either may be left open.",
    FieldType.TIMEZONE: "An IANA time zone: `Europe/Belgrade`.",
    FieldType.MONEY: "An amount with its ISO 4217 currency: `21620 USD`, or `{amount: 21620, currency: USD}`.",
    FieldType.COORDINATES: "A place in WGS 84 degrees: `{lon: 25.0, lat: 62.7}`.",
    FieldType.EMAIL: "An e-mail address.",
    FieldType.PHONE: "A telephone number, best with its country code: `+381 37 123 456`.",
    FieldType.URL: "An address: `https://…`, `mailto:…`, `tel:…`, or one relative to the site.",
    FieldType.FILE: "A file, by its path below `content/media`.",
    FieldType.LANGUAGE: "A BCP 47 language tag: `fi`, `sr-Latn`.",
    FieldType.COUNTRY: "An ISO 3166-1 code of two capital letters: `FI`.",
    FieldType.SLUG: "A part of an address: small letters, digits, hyphens. One for all languages, or one for each.",
    FieldType.CHOICE: "One of the listed values.",
    FieldType.REFERENCE: "The id of another entry.",
    FieldType.MAPPING: "Fields of its own, indented below it.",
    FieldType.LANGUAGE_MAP: "One value for each language: `{en: …, fi: …}`.",
    FieldType.NAMED: "Names of your own, each with fields indented below it.",
    FieldType.ANY: "Any data; the theme says what it means.",
}
_INTRODUCTION = """\
# What can be written where

This page is made from the tables that also check your files: `sitegen.schema`. Run `python docs/write_schemas.py`
to write it anew. `sitegen schema` writes the same as JSON Schema, so that editors of YAML complete and check
while you type.

A record is a YAML mapping: the front matter of a Markdown file, or an item of a data file. A field that is left empty
counts as absent. A text that is *translated* goes to the translators; it may also be given for several
languages at once:

```yaml
name:
  en: Networking
  fi: Verkostoituminen
```
"""


def reference() -> str:
    """The whole reference as Markdown."""
    parts = [_INTRODUCTION, _types(), "## site.yaml\n", _table(SITE_FIELDS), *_nested(SITE_FIELDS, 3)]
    parts += ["## Fields of every entry\n", _table(_common()), *_nested(_common(), 3)]
    for name, built_in in BUILT_IN.items():
        parts += _collection(name, built_in)
    return "\n".join(parts).rstrip() + "\n"


def _common() -> tuple[Field, ...]:
    return entry_fields(None)


def _types() -> str:
    rows = [f"| {kind.value} | {doc} |" for kind, doc in TYPE_DOCS.items()]
    return "\n".join(["## Types\n", "| Type | What to write |", "| --- | --- |", *rows, ""])


def _collection(name: str, built_in: BuiltIn) -> Iterator[str]:
    common = {id(field) for field in _common()}
    own = [field for field in built_in.schema.fields if id(field) not in common]
    yield f"## {name}\n"
    yield f"{built_in.schema.doc}\n"
    yield f"{_publishing(built_in)}\n"
    yield _table(own)
    yield from _nested(own, 3)


def _publishing(built_in: BuiltIn) -> str:
    said = ["each entry has a page of its own" if built_in.publish else "entries have no pages of their own"]
    if built_in.listed:
        order = f"sorted by `{built_in.sort}`" if built_in.sort else "sorted by title"
        said.append(f"a list {order}, at most {built_in.page_size} on a page")
    else:
        said.append("no list")
    if built_in.feed:
        said.append("a feed")
    return f"Unless `site.yaml` says otherwise: {'; '.join(said)}."


def _table(fields: Iterable[Field]) -> str:
    rows = [f"| `{field.name}` | {_type(field)} | {_cell(field.doc)} |" for field in fields]
    return "\n".join(["| Field | Type | What it holds |", "| --- | --- | --- |", *rows, ""])


def _nested(fields: Iterable[Field], level: int, path: str = "") -> Iterator[str]:
    """Tables of the fields' own fields; a declaration within a declaration is not told again."""
    for field in fields:
        if not field.fields:
            continue
        name = f"{path}{field.name}"
        yield f"{'#' * level} {name}\n"
        yield _table(field.fields)
        if not any(inner.name == field.name for inner in field.fields):
            yield from _nested((inner for inner in field.fields if inner.name != "children"), level, f"{name}.")


def _type(field: Field) -> str:
    words = [f"list of {field.type.value}" if field.many else field.type.value]
    if field.reference:
        words.append(f"to {field.reference}")
    if field.required:
        words.append("**required**")
    if field.exact:
        words.append("exact")
    elif field.translatable:
        words.append("translated")
    if field.private:
        words.append("private")
    words += _limits(field)
    return _cell(", ".join(words))


def _limits(field: Field) -> Iterator[str]:
    if (field.choices and field.name not in ("type", "item")) or (field.choices and len(field.choices) < 12):
        yield " \\| ".join(f"`{choice}`" for choice in field.choices)
    if field.minimum is not None and field.maximum is not None:
        yield f"{field.minimum:,.0f} to {field.maximum:,.0f}"
    if field.maximum_length is not None:
        yield f"at most {field.maximum_length:,} characters"
    if field.unit is not None:
        yield f"in {field.unit}"
    if field.shorthand is not None:
        yield f"or just its `{field.shorthand}`"
    if field.default not in (None, False):
        yield f"`{str(field.default).lower() if field.default is True else field.default}` unless said otherwise"
    if field.reverse is not None:
        yield f"seen from there as `{field.reverse}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|") if "\\|" not in text else text
