"""The content of a site: the records of all collections, validated, its media files and its theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sitegen.config import Config
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.read.file_names import file_date, language_names, split_name
from sitegen.read.files import FoundFile, walk
from sitegen.read.known_records import KnownRecords, RememberedRecord
from sitegen.read.raw_records import RawRecord, read_many, read_markdown, read_single, with_heading
from sitegen.read.records import MediaFile, Record, Sources
from sitegen.read.theme_files import read_theme
from sitegen.schema.fields import Schema
from sitegen.schema.nodes import Scalar
from sitegen.schema.validate import Validator

__all__ = ["Sources", "read_again", "read_sources"]

_DATA_ENDINGS = (".yaml", ".yml")


Spread = Callable[[Sequence[FoundFile], Callable[[Sequence[FoundFile]], dict[str, str]]], Iterable[dict[str, str]]]
"""Has several processes do some work on parts of the files, and gives their answers; files that belong together (the
languages of one entry) follow each other and stay in one part."""


def read_sources(
    config: Config, problems: Problems, known: KnownRecords | None = None, spread: Spread | None = None
) -> Sources:
    """Everything below `content/`, and the theme. Mistakes are recorded; what is not affected by them is returned.

    `known`: what an earlier build read; files that did not change since are not read again. `spread` reads files ahead
    when there is none.
    """
    media: list[MediaFile] = []
    files: list[tuple[FoundFile, list[RawRecord | RememberedRecord]]] = []
    reader = _Reader(config, problems)
    everything = list(walk(config.root, "content", problems))
    if known is not None and spread is not None and not known.rows:
        _read_ahead(everything, config, known, spread)
    for found in everything:
        if found.path.startswith("content/media/"):
            media.append(MediaFile(found.path.removeprefix("content/media/"), found.size))
            continue
        remembered = known.recall(found) if known is not None else None
        files.append((found, list(reader.read(found) if remembered is None else remembered)))
    if known is not None:
        _read_outdated(files, reader, config)
    if not any(records for _, records in files) and not problems.errors:
        problems.error(
            "site-empty",
            Position("content/pages"),
            "there is no content yet; begin with the home page, content/pages/index.md ('sitegen new pages/index')",
        )
    validated = _validated(config, [record for _, records in files for record in records], problems)
    if known is not None:
        _remember(files, validated, problems, known)
    return Sources(tuple(item.record for item in validated), tuple(media), read_theme(config, problems))


def read_again(config: Config, found: FoundFile) -> Record | None:
    """One Markdown file as a record, for a quick look at what an edit makes of it; None when it has any problem.

    Whether it has all the fields that it needs is not asked.
    """
    problems = Problems()
    raw = list(_Reader(config, problems).read(found))
    if len(raw) != 1 or raw[0].body is None:
        return None
    validated = _validated(config, raw, problems, require=False)
    return validated[0].record if not len(problems) else None


def _read_ahead(everything: Iterable[FoundFile], config: Config, known: KnownRecords, spread: Spread) -> None:
    """Read Markdown files in several processes, as an earlier build would have left them; those with problems are
    left out, since they are to be told in their order."""

    def read(files: Sequence[FoundFile]) -> dict[str, str]:
        problems = Problems()
        reader = _Reader(config, problems)
        read_files: list[tuple[FoundFile, list[RawRecord | RememberedRecord]]] = []
        read_files += ((found, list(reader.read(found))) for found in files)
        validated = _validated(config, [record for _, records in read_files for record in records], problems)
        noted = KnownRecords(known.settings, {})
        _remember(read_files, validated, problems, noted)
        return noted.fresh

    for fresh in spread([found for found in everything if found.path.endswith(".md")], read):
        known.fresh |= fresh


def _read_outdated(
    files: list[tuple[FoundFile, list[RawRecord | RememberedRecord]]], reader: _Reader, config: Config
) -> None:
    """Whether a record's required fields are asked for depends on its neighbours; where those changed, read anew."""
    groups: dict[tuple[str, str], list[RawRecord | RememberedRecord]] = defaultdict(list)
    for _, records in files:
        for record in records:
            groups[record.collection, record.key].append(record)
    for index, (found, records) in enumerate(files):
        for record in records:
            if isinstance(record, RememberedRecord):
                group = groups[record.collection, record.key]
                first = len(group) == 1 or _source_of(group, config.source_language) is record
                if record.required is not first:
                    files[index] = (found, list(reader.read(found)))
                    break


def _remember(
    files: list[tuple[FoundFile, list[RawRecord | RememberedRecord]]],
    validated: list[RememberedRecord],
    problems: Problems,
    known: KnownRecords,
) -> None:
    """Remember the files that were read now and have no problem."""
    faulty = {problem.position.file for problem in problems}
    by_file: dict[str, list[RememberedRecord]] = defaultdict(list)
    for item in validated:
        by_file[item.record.position.file].append(item)
    for found, records in files:
        if found.path not in faulty and not any(isinstance(record, RememberedRecord) for record in records):
            known.remember(found, by_file[found.path])


class _Reader:
    """Sends each file to the reader of its kind; what belongs nowhere is a problem, once for each folder."""

    def __init__(self, config: Config, problems: Problems) -> None:
        self.collections = config.collections
        self.languages = language_names(config)
        self.problems = problems

    def read(self, found: FoundFile) -> Iterator[RawRecord]:
        top, slash, inner = found.path.removeprefix("content/").partition("/")
        if not slash:
            self._stray(found.path, "it lies in no collection's folder")
        elif top == "data":
            yield from self._data(found, inner)
        elif top not in self.collections:
            self._no_collection(f"content/{top}", top)
        elif inner.lower().endswith(".md"):
            record = read_markdown(found, top, inner[:-3], self.languages, self.problems)
            if record is not None:
                yield record
        else:
            self.problems.error(
                "file-stray",
                Position(found.path),
                "a collection's folder holds Markdown files (.md) alone; move "
                "pictures and documents to content/media, and data to content/data",
            )

    def _data(self, found: FoundFile, inner: str) -> Iterator[RawRecord]:
        stem, dot, ending = inner.rpartition(".")
        if f"{dot}{ending}".lower() not in _DATA_ENDINGS:
            self.problems.error(
                "file-stray",
                Position(found.path),
                "content/data holds YAML files (.yaml) alone; move pictures and "
                "documents to content/media, or bring a list in with 'sitegen data import'",
            )
            return
        folder, slash, below = stem.partition("/")
        if slash and folder in self.collections:
            record = read_single(found, folder, below, self.languages, self.problems)
            if record is not None:
                yield record
            return
        if slash:
            self._no_collection(f"content/data/{folder}", folder)
            return
        name = split_name(stem, self.languages, found.path, self.problems)
        if name is None:
            return
        if name.key in self.collections:
            yield from read_many(found, name, self.problems)
        else:
            self._no_collection(found.path, name.key)

    def _no_collection(self, path: str, name: str) -> None:
        hint = (
            did_you_mean(name, self.collections)
            or "; rename it, or declare the collection in site.yaml under 'collections'"
        )
        self._stray(path, f"there is no collection '{name}'", hint)

    def _stray(self, path: str, why: str, hint: str = "; move it into one of them") -> None:
        names = ", ".join(f"content/{name}" for name in self.collections)
        self.problems.error(
            "file-stray", Position(path), f"this belongs to no collection: {why} (collections: {names}){hint}"
        )


def _validated(
    config: Config, raw: Iterable[RawRecord | RememberedRecord], problems: Problems, *, require: bool = True
) -> list[RememberedRecord]:
    """Validate each record. One that stands beside another of the same id is a variant and may leave fields out.

    `require` False: each may leave fields out.
    """
    tags = [language.tag for language in config.languages]
    aliases = {language.path: language.tag for language in config.languages}
    validators = {
        name: Validator(collection.schema, languages=tags, aliases=aliases)
        for name, collection in config.collections.items()
    }
    headings = {name: _heading_field(collection.schema) for name, collection in config.collections.items()}
    groups: dict[tuple[str, str], list[RawRecord | RememberedRecord]] = defaultdict(list)
    for record in raw:
        groups[record.collection, record.key].append(record)
    validated = []
    for (collection, _), records in groups.items():
        first = _source_of(records, config.source_language)
        for record in records:
            if isinstance(record, RememberedRecord):
                validated.append(record)
                continue
            heading = headings[collection]
            whole = with_heading(record, heading) if heading is not None else record
            validator = validators[collection]
            suffix = whole.suffix or _written_in(whole, validator)
            values, positions = validator.validate(
                whole.node,
                problems,
                source_language=suffix or config.source_language,
                require=require and record is first,
            )
            done = _record(whole, suffix, values, positions, problems)
            validated.append(RememberedRecord(done, record.suffix, record is first))
    return validated


def _heading_field(schema: Schema) -> str | None:
    """The field that a heading at the top of a body stands for."""
    return next((name for name in ("title", "name") if schema.field(name) is not None), None)


def _source_of(records: list[RawRecord | RememberedRecord], source_language: str) -> RawRecord | RememberedRecord:
    """The one of several records with the same id that the others translate."""
    order = ("", source_language)
    return min(records, key=lambda record: order.index(record.suffix) if record.suffix in order else len(order))


def _written_in(record: RawRecord, validator: Validator) -> str:
    """The language that the record itself names, or ''. A wrong one is reported when the field is validated."""
    node = record.node.items.get("language")
    if not isinstance(node, Scalar) or node.is_null:
        return ""
    tag = validator.language(node.text)
    return tag if isinstance(tag, str) else ""


def _record(
    raw: RawRecord, suffix: str, values: dict[str, Any], positions: dict[str, Position], problems: Problems
) -> Record:
    position = raw.node.position
    if raw.body is not None:
        position = Position(position.file, 1, 1)
        if "date" not in values:
            date = file_date(raw.key, position.file, problems)
            if date is not None:
                values["date"] = date
                positions["date"] = position
    return Record(
        collection=raw.collection,
        key=raw.key,
        suffix=suffix,
        position=position,
        values=values,
        positions=positions,
        body=raw.body,
        body_line=raw.body_line,
        digest=raw.digest,
        fields_digest=raw.fields_digest,
    )
