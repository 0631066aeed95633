"""The site: all entries and their relations, and the view that each language has of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sitegen.config import Config
from sitegen.model.entry import CollectionView, Entry, EntryList, EntryView, FieldsView
from sitegen.model.language import Language
from sitegen.model.media import MediaAddress
from sitegen.model.text import Text
from sitegen.model.translations import Translations
from sitegen.schema.fields import Field, FieldType, SourceText

if TYPE_CHECKING:
    import datetime as dt

    from sitegen.read.records import MediaFile, Theme


@dataclass(slots=True)
class Site:
    """Everything that is known before anything is rendered.

    `collections`: entries in publishing order. `referring`: (entry id, reverse name) → ids of the entries that
    refer to it. `tags`: tag slug → (tag as written, entry ids). `date` is the day for which the site is built.
    """

    config: Config
    languages: dict[str, Language]
    translations: Translations
    entries: dict[str, Entry]
    collections: dict[str, list[Entry]]
    referring: dict[tuple[str, str], tuple[str, ...]]
    tags: dict[str, tuple[SourceText, list[str]]]
    media: Mapping[str, MediaFile]
    theme: Theme
    date: dt.date
    drafts: bool = False
    fields: dict[str, dict[str, Field]] = field(default_factory=dict)
    _markdown: dict[tuple[str, str], bool] = field(default_factory=dict)
    reverse_names: frozenset[str] = frozenset()

    def exists(self, entry: Entry, tag: str) -> bool:
        """Whether the entry has a page, or a place in lists, in this language."""
        return entry.languages is None or tag in entry.languages

    def is_markdown(self, entry: Entry, path: str) -> bool:
        """Whether the field at a dotted path is shown as Markdown."""
        found = self._markdown.get((entry.collection, path))
        if found is None:
            found = self._markdown[entry.collection, path] = self._is_markdown(entry, path)
        return found

    def _is_markdown(self, entry: Entry, path: str) -> bool:
        name, *inner = [part for part in path.split(".") if not part.isdigit()]
        known = self.fields[entry.collection].get(name)
        for part in inner:
            known = next((item for item in known.fields if item.name == part), None) if known is not None else None
        return known is not None and FieldType.LONG_TEXT in (known.type, known.item)


CHANGING_FACTS = frozenset({"date"})
"""Facts of a site on which only those pages depend that read them; the others are seen on every page."""


@functools.lru_cache(maxsize=4096)
def message_context(collection: str, path: str) -> str:
    """The msgctxt of a field's text: `lags.goals` for `goals.0` of a LAG; `tag` for tags, which all share."""
    names = [part for part in path.split(".") if not part.isdigit()]
    return "tag" if names == ["tags"] else f"{collection}.{'.'.join(names)}"


@dataclass(slots=True)
class Resolvers:
    """What only later rooms know, lent to the views: addresses, bodies, tag links and funding blocks."""

    url: Callable[[Entry, str], str | None]
    body: Callable[[Entry, str], Any]
    media_url: Callable[[str], MediaAddress]
    tags: Callable[[Entry, str], tuple[Any, ...]]
    funding: Callable[[Entry, str], tuple[Any, ...]]
    list_url: Callable[[str, str], str | None]
    beside: Callable[[Entry, str], str | None] = lambda _entry, _tag: None


class LanguageSite:
    """`site` in templates: the site as one language sees it. What is read here is recorded as a dependency."""

    def __init__(self, site: Site, language: Language, resolvers: Resolvers) -> None:
        self._site = site
        self._resolvers = resolvers
        self._views: dict[str, EntryView] = {}
        self._recorded: set[str] | None = None
        self._facts: dict[str, Any] = {}
        self._menus: Any = None
        self._lists: dict[str, Sequence[Entry]] = {}
        self._texts: dict[tuple[str, str], Text] = {}
        self._collections: dict[str, CollectionView] = {}
        self.language = language

    # --- dependencies -------------------------------------------------------------------------------------

    def start_recording(self) -> None:
        self._recorded = set()
        self._texts.clear()

    def recorded(self) -> set[str]:
        """The dependencies noted since `start_recording`."""
        return self._recorded or set()

    def record(self, dependency: str) -> None:
        if self._recorded is not None:
            self._recorded.add(dependency)

    def forget(self) -> None:
        """Something in the site was changed: nothing that was read of it is true any more, but for its facts."""
        self._views.clear()
        self._lists.clear()
        self._texts.clear()
        self._collections.clear()

    def view(self, entry: Entry) -> EntryView:
        """The entry's view; reading it makes the page depend on the entry's fields."""
        self.record(f"entry:{entry.id}")
        return self.bare_view(entry)

    def bare_view(self, entry: Entry) -> EntryView:
        view = self._views.get(entry.id)
        if view is None:
            view = self._views[entry.id] = EntryView(entry, self)
        return view

    # --- what templates see -------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        facts = self.__dict__.get("_facts", {})
        if name in facts:
            if name in CHANGING_FACTS:
                self.record(f"fact:{name}")
            return self._menus if name == "menus" and self._menus is not None else facts[name]
        if name.startswith("_"):
            raise AttributeError(name)
        return self.entries(name)

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Give the plain attributes of `site` (title, menus, contact …), once planning knows them."""
        self._facts = dict(facts)

    @property
    def facts(self) -> Mapping[str, Any]:
        return self._facts

    def show_menus(self, menus: Mapping[str, Any]) -> None:
        """Give the menus as the page that is rendered next shows them."""
        self._menus = menus

    def entries(self, collection: str) -> EntryList:
        """The entries of a collection that exist in this language; an unknown or absent collection is empty."""
        return EntryList(collection, self.entries_of(collection), self)

    def entries_of(self, collection: str) -> Sequence[Entry]:
        """In the collection's order; a collection without one is ordered by title, by the language's alphabet."""
        found = self._lists.get(collection)
        if found is None:
            tag = self.language.tag
            everything = self._site.collections.get(collection, [])
            found = [entry for entry in everything if entry.languages is None or tag in entry.languages]
            settings = self._site.config.collections.get(collection)
            if settings is not None and settings.sort.lstrip("-") in ("", "title", "name"):
                found = self._by_title(found, descending=settings.sort.startswith("-"))
            self._lists[collection] = found
        return found

    def _by_title(self, entries: list[Entry], *, descending: bool) -> list[Entry]:
        from sitegen.locales.collation import collation_key

        key = collation_key(self.language.tag)
        return sorted(entries, key=lambda entry: (key(self.title_of(entry)), entry.id), reverse=descending)

    def entry(self, entry_id: str) -> EntryView | None:
        """The entry with this id, or None."""
        found = self._site.entries.get(entry_id)
        if found is None:
            self.record(f"entry:{entry_id}")
            return None
        return self.view(found)

    @property
    def collections(self) -> dict[str, CollectionView]:
        self.record("fact:collections")
        return {name: self.collection(name) for name in self._site.config.collections}

    def collection(self, name: str) -> CollectionView:
        """Its texts stand on many pages: what they are is a fact of the site (see `collection_texts`)."""
        found = self._collections.get(name)
        if found is None:
            found = self._collections[name] = self._collection(name)
        return found

    def collection_texts(self) -> list[tuple[Text, Text | None]]:
        """Title and description of every collection."""
        found = [self.collection(name) for name in self._site.config.collections]
        return [(collection.title, collection.description) for collection in found]

    def _collection(self, name: str) -> CollectionView:
        settings = self._site.config.collections[name]
        title = self.site_text(settings.title, f"collections.{name}.title")
        description = self.site_text_or_none(settings.description, f"collections.{name}.description")
        return CollectionView(name, title, description, self._resolvers.list_url(name, self.language.tag), self)

    def site_text_or_none(self, text: SourceText | None, context: str) -> Text | None:
        return None if text is None else self.site_text(text, context)

    def site_text(self, text: SourceText, context: str) -> Text:
        """A text of site.yaml in this language."""
        return self._site.translations.text(text, context, self._site.config.source_language, self.language.tag)

    # --- what entry views ask -----------------------------------------------------------------------------

    def fields_of(self, collection: str) -> dict[str, Field]:
        return self._site.fields[collection]

    def title_of(self, entry: Entry) -> Text:
        value = entry.value(entry.title_field)
        if isinstance(value, SourceText):
            return self.text_of(entry, entry.title_field, value)
        fallback = SourceText(str(value) if value else entry.key, entry.position, {})
        return self.text_of(entry, entry.title_field, fallback)

    def text_of(self, entry: Entry, path: str, value: SourceText) -> Text:
        """A translatable text of the entry's fields, by dotted path, in this language."""
        known = self._texts.get((entry.id, path))
        if known is None:
            known = self._texts[entry.id, path] = self._text_of(entry, path, value)
        return known

    def _text_of(self, entry: Entry, path: str, value: SourceText) -> Text:
        if self.language.tag == entry.source_language and not entry.variants and not value.variants:
            return self._site.translations.own_text(value, self.language)
        variants = [
            (tag, found.text)
            for tag in (self.language.tag, self.language.derived_from or "")
            if tag in entry.variants and isinstance(found := _at(entry.variants[tag].values, path), SourceText)
        ]
        context = message_context(entry.collection, path)
        return self._site.translations.text(
            value,
            context,
            entry.source_language,
            self.language.tag,
            variants,
            markdown=self._site.is_markdown(entry, path),
        )

    def field_value(self, entry: Entry, item: Field) -> Any:
        """The value of a field as templates see it; private fields never leave."""
        if item.private:
            return () if item.many else None
        return self._localise(entry, item, item.name, self._own_value(entry, item))

    def _own_value(self, entry: Entry, item: Field) -> Any:
        """Fields without text can be set by a hand-written variant too (an image with words in it, say)."""
        variant = entry.variants.get(self.language.tag) or entry.variants.get(self.language.derived_from or "")
        if variant is not None and item.name in variant.values and not item.translatable:
            return variant.values[item.name]
        return entry.record.values.get(item.name)

    def _localise(self, entry: Entry, item: Field, path: str, value: Any) -> Any:
        if value is None:
            return () if item.many else None
        if item.many and isinstance(value, (tuple, list)):
            parts = (self._localise_one(entry, item, f"{path}.{i}", part) for i, part in enumerate(value))
            return tuple(part for part in parts if part is not None)
        return self._localise_one(entry, item, path, value)

    def _localise_one(self, entry: Entry, item: Field, path: str, value: Any) -> Any:
        if isinstance(value, SourceText):
            return self.text_of(entry, path, value)
        if item.type is FieldType.FILE:
            return self._resolvers.media_url(value)
        if item.type is FieldType.REFERENCE:
            return self._referred(item, value)
        if item.type is FieldType.MAPPING and isinstance(value, Mapping):
            inner = {field.name: field for field in item.fields}
            values = {
                name: self._localise(entry, inner[name], f"{path}.{name}", part)
                for name, part in value.items()
                if name in inner and not inner[name].private
            }
            return FieldsView(values, inner)
        if item.type is FieldType.LANGUAGE_MAP and isinstance(value, Mapping) and item.item is FieldType.FILE:
            return {tag: self._resolvers.media_url(part) for tag, part in value.items()}
        return value

    def _referred(self, item: Field, key: str) -> EntryView | None:
        self.record(f"entry:{item.reference}/{key}")
        found = self._site.entries.get(f"{item.reference}/{key}")
        return self.view(found) if found is not None and self._site.exists(found, self.language.tag) else None

    def referring(self, entry_id: str, name: str) -> tuple[EntryView, ...] | None:
        """Entries that refer to this one under the reverse name; None when no collection has such a name."""
        self.record(f"referring:{entry_id}:{name}")
        ids = self._site.referring.get((entry_id, name))
        if ids is None:
            return () if name in self._site.reverse_names else None
        tag = self.language.tag
        return tuple(self.view(entry) for key in ids if self._site.exists(entry := self._site.entries[key], tag))

    def url_of(self, entry: Entry) -> str | None:
        return self._resolvers.url(entry, self.language.tag)

    def file_beside(self, entry: Entry, ending: str) -> str | None:
        """The address of the vCard or the event file beside the entry's page."""
        address = self._resolvers.beside(entry, self.language.tag)
        return address if address is not None and address.endswith(ending) else None

    def tags_of(self, entry: Entry) -> tuple[Any, ...]:
        return self._resolvers.tags(entry, self.language.tag)

    def funding_of(self, entry: Entry) -> tuple[Any, ...]:
        return self._resolvers.funding(entry, self.language.tag)

    def body_of(self, entry: Entry) -> Any:
        self.record(f"body:{entry.id}")
        return self._resolvers.body(entry, self.language.tag)


def _at(values: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, or None."""
    if "." not in path:
        return values.get(path)
    current: Any = values
    for part in path.split("."):
        if isinstance(current, Mapping):
            current = current.get(part)
        elif isinstance(current, (tuple, list)) and part.isdigit() and int(part) < len(current):
            current = current[int(part)]
        else:
            return None
    return current
