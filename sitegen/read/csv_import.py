"""A list from a spreadsheet into a collection: rows are matched with the entries that are there, checked and written.

Nothing is written while a row has a mistake, unless refused rows are to be skipped. An empty cell changes nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.problems import Position, Problem, Problems, did_you_mean
from sitegen.read.config_collections import load_collections
from sitegen.read.csv_cells import RowReader
from sitegen.read.csv_columns import map_columns
from sitegen.read.csv_table import Cell, Table, read_table
from sitegen.read.files import read_text
from sitegen.read.records import Record
from sitegen.read.site_files import read_sources
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.read.yaml_text import entry_text
from sitegen.read.yaml_writer import NotEditableError, YamlText, front_matter, text_of
from sitegen.schema.collections import BUILT_IN
from sitegen.schema.fields import Schema, SourceText
from sitegen.schema.nodes import Mapping as MappingNode
from sitegen.schema.nodes import Node, Scalar, Sequence
from sitegen.schema.validate import Validator


@dataclass(frozen=True, slots=True)
class RowResult:
    """What becomes of one row. `state`: 'added' | 'changed' | 'same' | 'refused'. `by`: what it was matched by."""

    line: int
    key: str
    state: str
    by: str = ""
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do. `files`: those that are written, relative to the site."""

    collection: str
    rows: list[RowResult] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    written: bool = False

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Row:
    place: Position
    key: str
    node: MappingNode
    old: Record | None
    by: str


def import_csv(
    config: Config,
    path: Path,
    problems: Problems,
    *,
    collection: str = "",
    dry_run: bool = False,
    skip_refused: bool = False,
) -> ImportReport | None:
    """Bring the rows of a CSV file into a collection (by default the one that the file is named after)."""
    name = collection or path.stem
    config = _with_collection(config, name, problems)
    if name not in config.collections:
        hint = did_you_mean(name, config.collections) or f"; they are {', '.join(config.collections)}"
        message = f"there is no collection '{name}'{hint}; name it with --collection"
        problems.error("collection-unknown", Position(path.name), message)
        return None
    table = read_table(path, problems)
    sources = read_sources(config, problems) if table is not None else None
    if table is None or sources is None or problems.errors:
        return None
    records = [record for record in sources.records if record.collection == name]
    return _Import(config, name, table, records, problems, skip_refused).run(dry_run=dry_run)


class _Import:
    def __init__(
        self, config: Config, name: str, table: Table, records: list[Record], problems: Problems, skip_refused: bool
    ) -> None:
        self.config = config
        self.name = name
        self.schema: Schema = config.collections[name].schema
        self.table = table
        self.problems = problems
        self.skip = skip_refused
        self.report = ImportReport(name)
        self.columns = map_columns(table, self.schema, config, problems)
        self.reader = RowReader(self.columns, self.schema, table.delimiter, f"{config.url}media/" if config.url else "")
        tags = [language.tag for language in config.languages]
        self.validator = Validator(self.schema, languages=tags)
        self.title = "name" if self.schema.field("name") is not None else "title"
        self.records = {record.key: record for record in records if not record.suffix or self._own(record, records)}
        self.known = {name: self._index(name) for name in ("code", self.title)}
        self.first: dict[str, Position] = {}  # id → the first row that is about it

    def _index(self, name: str) -> dict[str, list[str]]:
        """What a field says, in any language → ids of the entries that say it."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, record in self.records.items():
            for text in dict.fromkeys(_texts(record.values.get(name))):
                found[text].append(key)
        return found

    @staticmethod
    def _own(record: Record, records: Iterable[Record]) -> bool:
        """Whether a record with a language in its name is the only one of its id."""
        return sum(other.key == record.key for other in records) == 1

    def run(self, *, dry_run: bool) -> ImportReport:
        rows = [row for place, cells in self.table.rows if (row := self._row(place, cells)) is not None]
        accepted = [row for row in rows if self._unique(row)]
        if self.problems.errors and not self.skip:
            self._tell(accepted)
            return self.report
        texts = self._edit(accepted)
        self.report.files = sorted(texts)
        if not dry_run and texts and (self.skip or not self.problems.errors):
            for path, text in texts.items():
                _write(self.config.root / path, text)
            self.report.written = True
        return self.report

    def _tell(self, rows: list[_Row]) -> None:
        """What would have become of the rows without a mistake."""
        for row in rows:
            changed = self._changes(row)
            state = "added" if row.old is None else "changed" if changed else "same"
            self.report.rows.append(RowResult(row.place.line, row.key, state, row.by, tuple(changed)))

    # --- rows ---------------------------------------------------------------------------------------------

    def _row(self, place: Position, cells: tuple[Cell, ...]) -> _Row | None:
        """The row once it is checked and matched; None, and a mark in the report, when it is refused."""
        own = Problems()
        source = self.config.source_language
        given, node = self.reader.record(place, cells, source, own)
        key, old, by = self._match(given.text if given is not None else "", node, place, own)
        if old is not None:
            source = old.suffix or old.values.get("language") or source
            own = Problems()
            _, node = self.reader.record(place, cells, source, own)
            node = _completed(node, old, source, self.title if by == self.title else "")
        self.validator.validate(node, own, source_language=source, require=old is None)
        for problem in own:
            self.problems.add(self._placed(problem))
        if own.errors:
            self.report.rows.append(RowResult(place.line, key, "refused", by))
            return None
        return _Row(place, key, node, old, by)

    def _placed(self, problem: Problem) -> Problem:
        """The problem with the row and the heading of its column in words."""
        title = self.reader.title(problem.position) if problem.code != "field-missing" else ""
        where = f"row on line {problem.position.line}" + (f", column '{title}'" if title else "")
        return replace(problem, message=f"{problem.message} ({where})")

    def _match(
        self, given: str, node: MappingNode, place: Position, problems: Problems
    ) -> tuple[str, Record | None, str]:
        """(id, the entry that is there, what it was found by): by id, then by code, then by name."""
        if given:
            if not _good_id(given):
                message = f"'{given}' cannot be an id; use small letters, digits and hyphens"
                problems.error("record-id", place, message)
            return given, self.records.get(given), "id"
        for name in ("code", self.title):
            wanted = _plain_text(node.items.get(name), self.config.source_language)
            found = self.known[name].get(wanted, []) if wanted else []
            if len(found) == 1:
                return found[0], self.records[found[0]], name
            if found:
                message = f"'{wanted}' is the {name} of {', '.join(sorted(found))}; a column 'id' says which is meant"
                problems.error("csv-match-ambiguous", place, message)
                return found[0], None, name
        key = self._new_key(node)
        if not key:
            problems.error("record-id", place, f"this row has neither an 'id' nor a '{self.title}'; add one")
        elif key in self.records:
            message = f"the id '{key}' that this row would get belongs to another entry; add a column 'id'"
            problems.error("csv-match-ambiguous", place, message)
        return key, None, ""

    def _new_key(self, node: MappingNode) -> str:
        from sitegen.locales.scripts import slugify

        source = self.config.source_language
        return slugify(_plain_text(node.items.get(self.title), source), source)

    def _unique(self, row: _Row) -> bool:
        first = self.first.setdefault(row.key, row.place)
        if first is row.place:
            return True
        message = f"this row is '{row.key}', as the one on line {first.line} is; keep one of them"
        self.problems.error("csv-row-duplicate", row.place, message)
        self.report.rows.append(RowResult(row.place.line, row.key, "refused", row.by))
        return False

    # --- texts --------------------------------------------------------------------------------------------

    def _edit(self, rows: list[_Row]) -> dict[str, str]:
        """The new text of every file that changes."""
        texts: dict[str, str] = {}
        changes: dict[str, list[tuple[_Row, dict[str, Node]]]] = defaultdict(list)
        new: list[_Row] = []
        for row in rows:
            changed = self._changes(row)
            if row.old is None:
                new.append(row)
            elif changed:
                changes[row.old.position.file].append((row, changed))
            else:
                self.report.rows.append(RowResult(row.place.line, row.key, "same", row.by))
        for path, found in changes.items():
            self._change(path, found, texts)
        self._add(new, texts)
        self.report.rows.sort(key=lambda result: result.line)
        return {path: text for path, text in texts.items() if self._sound(path, text)}

    def _changes(self, row: _Row) -> dict[str, Node]:
        """The fields whose value the row changes."""
        if row.old is None:
            return {}
        found: dict[str, Node] = {}
        for name, node in row.node.items.items():
            part = MappingNode({name: node}, row.place, {name: node.position})
            source = row.old.suffix or row.old.values.get("language") or self.config.source_language
            values, _ = self.validator.validate(part, Problems(), source_language=source, require=False)
            if name in values and not _says_the_same(row.old.values.get(name), values[name]):
                found[name] = node
        return found

    def _change(self, path: str, found: list[tuple[_Row, dict[str, Node]]], texts: dict[str, str]) -> None:
        """All changes to one file. A record that cannot be changed safely is refused, the others are not."""
        text = read_text(self.config.root, path, self.problems)
        if text is None:
            return
        front = front_matter(text) if path.endswith(".md") else None
        document = YamlText(text if front is None else front.yaml)
        single = front is not None or path.startswith(f"content/data/{self.name}/")
        for row, changed in found:
            result = RowResult(row.place.line, row.key, "changed", row.by, tuple(_told(changed)))
            try:
                if front is not None:
                    document.require(self.title, changed)
                document.set_record(document.root if single else document.record(row.key), changed)
            except NotEditableError as error:
                message = f"'{row.key}' in {path} is left as it is: {error.args[0]} (row on line {row.place.line})"
                self.problems.error("csv-target", row.place, message)
                result = RowResult(row.place.line, row.key, "refused", row.by)
            self.report.rows.append(result)
        new = document.result()
        if new != document.text:
            texts[path] = new if front is None else front.around(new)

    def _add(self, rows: list[_Row], texts: dict[str, str]) -> None:
        if not rows:
            return
        data = self.config.root / "content" / "data"
        many = next((name for name in (f"{self.name}.yaml", f"{self.name}.yml") if (data / name).exists()), None)
        added = [RowResult(row.place.line, row.key, "added") for row in rows]
        if many is None and (data / self.name).is_dir():
            for row in rows:
                lines = [entry_text(key, node, 0) + "\n" for key, node in row.node.items.items()]
                texts[f"content/data/{self.name}/{row.key}.yaml"] = "".join(lines)
            self.report.rows += added
            return
        path = f"content/data/{many or f'{self.name}.yaml'}"
        text = texts.get(path) or ((read_text(self.config.root, path, self.problems) or "") if many else "")
        try:
            document = YamlText(text)
            document.append([(row.key, row.node) for row in rows])
            texts[path] = document.result()
            self.report.rows += added
        except NotEditableError as error:
            self.problems.error("csv-target", Position(path), f"nothing can be added to this file: {error.args[0]}")
            self.report.rows += [replace(result, state="refused") for result in added]

    def _sound(self, path: str, text: str) -> bool:
        """A file is written only if it can be read again."""
        own = Problems()
        if not path.endswith(".md"):
            parse_yaml(text, path, own)
        if not own.errors:
            return True
        self.problems.error("csv-target", Position(path), "this file cannot be changed safely; change it by hand")
        return False


def _with_collection(config: Config, name: str, problems: Problems) -> Config:
    """A built-in collection that has no content yet may get its first."""
    if name in config.collections or name not in BUILT_IN:
        return config
    first = load_collections(config.root, {name: {}}, {}, config.source_language, problems)
    return replace(config, collections={**config.collections, name: first[name]})


def _told(changed: Mapping[str, Node]) -> list[str]:
    return [f"{name}: {text_of(node)[:80]}" for name, node in changed.items()]


def _says_the_same(old: Any, new: Any) -> bool:
    """Whether the new value adds nothing: parts that it does not name stay."""
    if isinstance(new, SourceText):
        if not isinstance(old, SourceText):
            return False
        return old.text == new.text and all(old.variants.get(tag) == text for tag, text in new.variants.items())
    if isinstance(new, Mapping):
        return isinstance(old, Mapping) and all(_says_the_same(old.get(name), part) for name, part in new.items())
    if isinstance(new, tuple) and isinstance(old, tuple):
        return len(old) == len(new) and all(_says_the_same(a, b) for a, b in zip(old, new, strict=True))
    return bool(old == new)


def _completed(node: MappingNode, old: Record, source: str, matched: str) -> MappingNode:
    """Texts in some languages leave those in the others as they are. `matched`: the field that the row was found by."""
    items: dict[str, Node] = {}
    for name, child in node.items.items():
        text = old.values.get(name)
        if name == matched and _plain_text(child, source) in _texts(text):
            continue
        if isinstance(text, SourceText) and isinstance(child, Scalar) and text.variants:
            items[name] = MappingNode({source: child}, child.position)
        elif isinstance(text, SourceText) and isinstance(child, MappingNode) and source not in child.items:
            own = Scalar(text.text, child.position, plain=False)
            items[name] = MappingNode({source: own, **child.items}, child.position)
        else:
            items[name] = child
    return MappingNode(items, node.position, node.key_positions)


def _plain_text(node: Node | None, source: str) -> str:
    """A text of the row, in the source language when it is given in several."""
    if isinstance(node, MappingNode):
        node = node.items.get(source) or next(iter(node.items.values()), None)
    return "" if node is None or isinstance(node, (MappingNode, Sequence)) else node.text.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, SourceText):
        return (value.text, *value.variants.values())
    return () if value is None else (str(value),)


def _good_id(key: str) -> bool:
    return all(part[:1].isalnum() and part.replace("-", "").replace("_", "").isalnum() for part in key.split("/"))


def _write(path: Path, text: str) -> None:
    """All or nothing, with the line ends that the file had."""
    windows = path.exists() and b"\r\n" in path.read_bytes()[:10_000]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".import-", suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\r\n" if windows else "\n") as file:
        file.write(text)
    if path.exists():
        Path(temporary).chmod(path.stat().st_mode & 0o777)
    else:
        Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
