"""Entries: the things that a site is about, and how each language sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from sitegen.model.text import Text
from sitegen.problems import Position
from sitegen.read.records import Record
from sitegen.schema.fields import Field, FieldType, Schema, SourceText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from sitegen.model.site import LanguageSite


@dataclass(slots=True)
class Entry:
    """One entry of a collection, in all its languages. `id` is `<collection>/<key>`.

    `variants` are records written by hand in another language (tag → record). `languages` restricts the entry
    to these languages; None: all. What was written in another language than the site's exists where it was translated.
    """

    id: str
    collection: str
    key: str
    source_language: str
    record: Record
    schema: Schema
    variants: Mapping[str, Record] = field(default_factory=dict)
    languages: frozenset[str] | None = None

    @property
    def position(self) -> Position:
        return self.record.position

    def value(self, name: str, default: Any = None) -> Any:
        return self.record.values.get(name, default)

    @property
    def date(self) -> dt.date | None:
        value = self.record.values.get("date")
        return value.date() if isinstance(value, dt.datetime) else value

    @property
    def title_field(self) -> str:
        values = self.record.values
        return "name" if "title" not in values and ("name" in values or self.schema.field("name")) else "title"

    def record_in(self, tag: str, base: str | None) -> Record | None:
        """The record whose body is written in `tag`, or in the language that `tag` is derived from."""
        for candidate in (tag, base):
            if candidate is None:
                continue
            if candidate == self.source_language:
                return self.record
            variant = self.variants.get(candidate)
            if variant is not None and (variant.body or "").strip():
                return variant
        return None


class FieldsView:
    """A nested mapping of an entry: `contact.email`. A known key without a value is None, or () for lists."""

    __slots__ = ("_fields", "_values")

    def __init__(self, values: Mapping[str, Any], fields: Mapping[str, Field]) -> None:
        self._values = values
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        known = self._fields.get(name)
        if known is None:
            raise AttributeError(name)
        return () if known.many else None

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError as missing:
            raise KeyError(name) from missing

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._values.items())

    def __bool__(self) -> bool:
        return any(value is not None and value != () for value in self._values.values())


class EntryView:
    """An entry as one language sees it: every field of its schema is an attribute.

    `title`, `summary`, `url`, `date`, `tags`, `body` and the like exist for every collection. An optional field
    without a value is None, or () for a list; a name that the schema lacks is an error of the template.
    """

    def __init__(self, entry: Entry, site: LanguageSite) -> None:
        self._entry = entry
        self._site = site
        self._cache: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"<{self._entry.id} in {self._site.language.tag}>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        cache = self._cache
        if name in cache:
            return cache[name]
        field = self._site.fields_of(self._entry.collection).get(name)
        if field is None:
            reverse = self._site.referring(self._entry.id, name)
            if reverse is None:
                raise AttributeError(f"entries of '{self._entry.collection}' have no field '{name}'")
            return reverse
        value = self._site.field_value(self._entry, field)
        if field.type is not FieldType.REFERENCE:  # reading another entry is recorded each time
            cache[name] = value
        return value

    @property
    def id(self) -> str:
        return self._entry.id

    @property
    def key(self) -> str:
        return self._entry.key

    @property
    def collection(self) -> str:
        return self._entry.collection

    @property
    def source_language(self) -> str:
        return self._entry.source_language

    @property
    def date(self) -> dt.date | None:
        return self._entry.date

    @property
    def title(self) -> Text:
        cached = self._cache.get("title")
        if cached is None:
            cached = self._cache["title"] = self._site.title_of(self._entry)
        return cached

    @property
    def summary(self) -> Text | None:
        value: Text | None = self._field_or_none("summary")
        return value if value is not None else self._description()

    def _description(self) -> Text | None:
        value: Text | None = self._field_or_none("description")
        return value

    def _field_or_none(self, name: str) -> Any:
        return self.__getattr__(name) if name in self._site.fields_of(self._entry.collection) else None

    @property
    def language(self) -> str:
        return self.title.lang

    @property
    def state(self) -> str:
        return self.title.state

    @property
    def url(self) -> str | None:
        return self._site.url_of(self._entry)

    @property
    def vcard(self) -> str | None:
        """Address of the organisation's vCard, or None."""
        return self._site.file_beside(self._entry, ".vcf")

    @property
    def icalendar(self) -> str | None:
        """Address of the event's file for calendars, or None."""
        return self._site.file_beside(self._entry, ".ics")

    @property
    def tags(self) -> tuple[Any, ...]:
        return self._site.tags_of(self._entry)

    @property
    def funding(self) -> tuple[Any, ...]:
        return self._site.funding_of(self._entry)

    @property
    def body(self) -> Markup:
        html: Markup = self._site.body_of(self._entry).html
        return html

    @property
    def excerpt(self) -> str:
        excerpt: str = self._site.body_of(self._entry).excerpt
        return excerpt

    @property
    def coverage(self) -> float:
        coverage: float = self._site.body_of(self._entry).coverage
        return coverage


class EntryList:
    """A list of entries that notes what a template asks of it: how many, which, or all of them."""

    __slots__ = ("_entries", "_name", "_site")

    def __init__(self, name: str, entries: Sequence[Entry], site: LanguageSite) -> None:
        self._name = name
        self._entries = entries
        self._site = site

    def __len__(self) -> int:
        self._site.record(f"count:{self._name}")
        return len(self._entries)

    def __bool__(self) -> bool:
        self._site.record(f"some:{self._name}")
        return bool(self._entries)

    def __iter__(self) -> Iterator[EntryView]:
        self._site.record(f"list:{self._name}")
        return iter([self._site.bare_view(entry) for entry in self._entries])

    @overload
    def __getitem__(self, index: int) -> EntryView: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[EntryView, ...]: ...

    def __getitem__(self, index: int | slice) -> EntryView | tuple[EntryView, ...]:
        self._site.record(f"order:{self._name}")
        if isinstance(index, slice):
            return tuple(self._site.view(entry) for entry in self._entries[index])
        return self._site.view(self._entries[index])


class CollectionView:
    """A collection as one language sees it."""

    __slots__ = ("_site", "description", "name", "title", "url")

    def __init__(self, name: str, title: Text, description: Text | None, url: str | None, site: LanguageSite) -> None:
        self.name = name
        self.title = title
        self.description = description
        self.url = url
        self._site = site

    @property
    def entries(self) -> EntryList:
        return self._site.entries(self.name)


def translatable_texts(entry: Entry) -> Iterator[tuple[Field, str, SourceText]]:
    """Every translatable text of an entry's fields, in the order of its schema: (field, dotted path, text)."""
    for item in entry.schema.fields:
        if item.name in entry.record.values:
            yield from _texts_in(item, item.name, entry.record.values[item.name])


def _texts_in(item: Field, path: str, value: Any) -> Iterator[tuple[Field, str, SourceText]]:
    if item.many and isinstance(value, (tuple, list)):
        for index, element in enumerate(value):
            yield from _texts_in_one(item, f"{path}.{index}", element)
    else:
        yield from _texts_in_one(item, path, value)


def _texts_in_one(item: Field, path: str, value: Any) -> Iterator[tuple[Field, str, SourceText]]:
    if isinstance(value, SourceText):
        yield item, path, value
    elif item.type is FieldType.MAPPING and isinstance(value, Mapping):
        for inner in item.fields:
            if inner.name in value:
                yield from _texts_in(inner, f"{path}.{inner.name}", value[inner.name])
