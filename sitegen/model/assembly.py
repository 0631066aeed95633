"""From raw records to the site: languages joined, drafts held back, references checked, lists in order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sitegen.config import CollectionConfig, Config
from sitegen.model.consent import with_consent
from sitegen.model.entry import Entry
from sitegen.model.files_check import check_files
from sitegen.model.language import Language, build_languages
from sitegen.model.site import Site, message_context
from sitegen.model.source_state import by_hand
from sitegen.model.translations import Translations
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.read.records import Record
from sitegen.schema.fields import Field, FieldType, Money, SourceText
from sitegen.translate.segments import State

if TYPE_CHECKING:
    from sitegen.read.site_files import Sources
    from sitegen.translate.catalogue import Catalogue


def assemble(
    config: Config,
    sources: Sources,
    catalogues: Mapping[tuple[str, str], Catalogue],
    problems: Problems,
    *,
    date: dt.date,
    drafts: bool = False,
) -> Site:
    """Join the records into entries and entries into a site. `date`: later news is held back."""
    languages = build_languages(config)
    everything = _join_languages(config, sources.records, problems)
    shown = with_consent(everything, date, problems)
    kept = {entry.id: entry for entry in shown if drafts or not _held_back(entry, date)}
    translations = Translations(languages, catalogues, config.source_language)
    translations.problems = problems
    for entry in kept.values():
        _limit_languages(entry, config, translations)
    fields = {
        name: {item.name: item for item in settings.schema.fields} for name, settings in config.collections.items()
    }
    ids = {entry.id for entry in everything}
    referring = _check_references(kept.values(), fields, ids, problems)
    _check_menus(config, ids, problems)
    media = {found.path: found for found in sources.media}
    check_files(kept.values(), media, problems)
    return Site(
        config=config,
        languages=languages,
        translations=translations,
        entries=kept,
        collections={name: _in_order(kept.values(), settings) for name, settings in config.collections.items()},
        referring=referring,
        tags=_tags(kept.values()),
        media=media,
        theme=sources.theme,
        date=date,
        drafts=drafts,
        fields=fields,
        reverse_names=frozenset(_reverse_names(item for table in fields.values() for item in table.values())),
    )


def _join_languages(config: Config, records: Iterable[Record], problems: Problems) -> list[Entry]:
    groups: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for record in records:
        group = groups[record.collection, record.key]
        other = group.get(record.suffix)
        if other is not None:
            message = f"'{record.collection}/{record.key}' is already defined in {other.position}; remove or rename one"
            problems.error("entry-duplicate", record.position, message)
            continue
        group[record.suffix] = record
    entries = (_entry(config, key, group) for key, group in groups.items())
    return sorted(entries, key=lambda entry: entry.id)


def _entry(config: Config, key: tuple[str, str], group: dict[str, Record]) -> Entry:
    collection, name = key
    order = ["", config.source_language, *(language.tag for language in config.languages)]
    suffix = next((candidate for candidate in order if candidate in group), next(iter(group)))
    record = group[suffix]
    variants = {tag or config.source_language: other for tag, other in group.items() if tag != suffix}
    chosen = record.values.get("only_languages")
    return Entry(
        id=f"{collection}/{name}",
        collection=collection,
        key=name,
        source_language=suffix or record.values.get("language") or config.source_language,
        record=record,
        schema=config.collections[collection].schema,
        variants=variants,
        languages=frozenset(chosen) if chosen else None,
    )


def _limit_languages(entry: Entry, config: Config, translations: Translations) -> None:
    """A page in another language than the site's exists there, and wherever its title is translated.

    Readers of the other languages would find a foreign page under their own address.
    """
    if entry.languages is not None or entry.source_language == config.source_language:
        return
    if config.collections[entry.collection].publish:
        entry.languages = frozenset(
            tag for tag, language in translations.languages.items() if _speaks(entry, language, translations)
        )


def _speaks(entry: Entry, language: Language, translations: Translations) -> bool:
    own = (language.tag, language.derived_from)
    if entry.source_language in own or by_hand(entry, *own) is not None:
        return True
    title = entry.value(entry.title_field)
    if not isinstance(title, SourceText):
        return True  # a name, the same for all
    context = message_context(entry.collection, entry.title_field)
    text = translations.text(title, context, entry.source_language, language.tag)
    return text.state != State.UNTRANSLATED


def _held_back(entry: Entry, today: dt.date) -> bool:
    return bool(entry.value("draft")) or (entry.date is not None and entry.date > today)


def _check_references(
    entries: Iterable[Entry], fields: Mapping[str, Mapping[str, Field]], ids: set[str], problems: Problems
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Report references to nothing; index the others by (referred id, reverse name)."""
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    with_references = {name: [item for item in table.values() if _may_refer(item)] for name, table in fields.items()}
    for entry in entries:
        for item in with_references[entry.collection]:
            if item.name not in entry.record.values:
                continue
            for leaf, path, key in _references(item, item.name, entry.record.values[item.name]):
                target = f"{leaf.reference}/{key}"
                if target not in ids:
                    _missing_reference(entry.record, path, leaf, key, ids, problems)
                elif leaf.reverse:
                    index[target, leaf.reverse].append(entry.id)
    return {key: tuple(dict.fromkeys(found)) for key, found in index.items()}


def _reverse_names(items: Iterable[Field]) -> Iterator[str]:
    for item in items:
        if item.reverse:
            yield item.reverse
        yield from _reverse_names(item.fields)


def _may_refer(item: Field) -> bool:
    return item.type is FieldType.REFERENCE or any(_may_refer(inner) for inner in item.fields)


def _references(item: Field, path: str, value: Any) -> Iterator[tuple[Field, str, str]]:
    if isinstance(value, (tuple, list)):
        for number, part in enumerate(value):
            yield from _references(item, f"{path}.{number}", part)
    elif item.type is FieldType.REFERENCE and isinstance(value, str):
        yield item, path, value
    elif isinstance(value, Mapping):
        for inner in item.fields:
            if inner.name in value and _may_refer(inner):
                yield from _references(inner, f"{path}.{inner.name}", value[inner.name])


def _missing_reference(record: Record, path: str, item: Field, key: str, ids: set[str], problems: Problems) -> None:
    prefix = f"{item.reference}/"
    known = [name.removeprefix(prefix) for name in ids if name.startswith(prefix)]
    hint = did_you_mean(key, known) or f"; add it to content/{item.reference} or content/data/{item.reference}.yaml"
    position = record.positions.get(path, record.position)
    problems.error(
        "reference-missing", position, f"'{path}' names '{key}', but {item.reference} has no such entry{hint}"
    )


def _check_menus(config: Config, ids: set[str], problems: Problems) -> None:
    for items in config.menus.values():
        for item in (inner for outer in items for inner in (outer, *outer.children)):
            if item.entry is not None and item.entry not in ids:
                hint = did_you_mean(item.entry, ids)
                problems.error(
                    "menu-entry-missing",
                    item.position,
                    f"the menu names '{item.entry}', but there is no such entry{hint}",
                )
            if item.collection is not None and item.collection not in config.collections:
                hint = did_you_mean(item.collection, config.collections)
                problems.error(
                    "menu-collection-missing",
                    item.position,
                    f"the menu names the collection '{item.collection}', which this site does not have{hint}",
                )


def _in_order(entries: Iterable[Entry], settings: CollectionConfig) -> list[Entry]:
    """By the collection's sort field; entries without a value come last. '' or 'title' is ordered per language."""
    chosen = [entry for entry in entries if entry.collection == settings.name]
    descending = settings.sort.startswith("-")
    name = settings.sort.lstrip("-")
    if not name or name in ("title", "name"):
        return chosen
    with_value = [entry for entry in chosen if entry.value(name) is not None]
    with_value.sort(key=lambda entry: _sortable(entry.value(name)), reverse=descending)
    return with_value + [entry for entry in chosen if entry.value(name) is None]


def _sortable(value: Any) -> Any:
    if isinstance(value, SourceText):
        return value.text
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def _tags(entries: Iterable[Entry]) -> dict[str, tuple[SourceText, list[str]]]:
    from sitegen.locales.scripts import slugify

    tags: dict[str, tuple[SourceText, list[str]]] = {}
    for entry in entries:
        for tag in entry.value("tags", ()):
            text = tag if isinstance(tag, SourceText) else SourceText(str(tag), entry.position, {})
            slug = slugify(text.text, entry.source_language)
            tags.setdefault(slug, (text, []))[1].append(entry.id)
    return dict(sorted(tags.items()))


def position_of(entry: Entry, path: str) -> Position:
    """Where a field of the entry stands, by dotted path; else where the entry begins."""
    return entry.record.positions.get(path, entry.position)
