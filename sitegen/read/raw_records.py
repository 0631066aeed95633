"""Content files → raw records: a YAML mapping each, perhaps with a body, not yet validated."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sitegen.problems import Position, Problems
from sitegen.read.file_names import NameParts, split_name
from sitegen.read.files import FoundFile, read_found
from sitegen.read.markdown_file import split_markdown
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.schema.nodes import Mapping as MappingNode
from sitegen.schema.nodes import Node, Scalar, Sequence

MAX_RECORDS_PER_FILE = 100_000

_KEY = re.compile(r"[^\s/\\.?#%:\"'<>|*][^\s\\?#%:\"'<>|*]{0,199}")
_FIRST_HEADING = re.compile(r"\s*^# +(\S.*?)(?: +#+)?(?: *\{[^{}\n]*\})? *(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A mapping of fields that belongs to `collection` under `key`; see `records.Record` for the rest."""

    collection: str
    key: str
    suffix: str
    node: MappingNode
    body: str | None
    body_line: int
    digest: str
    fields_digest: str


def read_markdown(
    found: FoundFile, collection: str, inner: str, languages: Mapping[str, str], problems: Problems
) -> RawRecord | None:
    """The record of one Markdown file. `inner` is its path below the collection's folder, without `.md`."""
    name = split_name(inner, languages, found.path, problems)
    if name is None or not _good_key(name.key, Position(found.path), problems):
        return None
    text = read_found(found.absolute, found.path, problems)
    parts = split_markdown(text, found.path, problems) if text is not None else None
    if text is None or parts is None:
        return None
    digest = _digest(collection, name, text)
    fields = _digest(collection, name, text[: len(text) - len(parts.body)])
    return RawRecord(collection, name.key, name.suffix, parts.fields, parts.body, parts.body_line, digest, fields)


def with_heading(record: RawRecord, name: str) -> RawRecord:
    """A record without the field `name` whose body begins with `# A heading`: the heading is that field, not body."""
    found = _FIRST_HEADING.match(record.body or "")
    if record.body is None or found is None or name in record.node.items:
        return record
    line = record.body_line + record.body.count("\n", 0, found.start(1))
    node = record.node
    position = Position(node.position.file, line, 3)
    fields = {name: Scalar(found[1], position, plain=False), **node.items}
    return replace(
        record,
        node=MappingNode(fields, node.position, {name: position, **node.key_positions}),
        body=record.body[found.end() :],
        fields_digest=f"{record.fields_digest} {found[1]}",
        body_line=record.body_line + record.body.count("\n", 0, found.end()),
    )


def read_single(
    found: FoundFile, collection: str, inner: str, languages: Mapping[str, str], problems: Problems
) -> RawRecord | None:
    """The record of a YAML file that holds one."""
    name = split_name(inner, languages, found.path, problems)
    if name is None or not _good_key(name.key, Position(found.path), problems):
        return None
    text = read_found(found.absolute, found.path, problems)
    node = parse_yaml(text, found.path, problems) if text is not None else None
    if node is None or _is_empty(node):
        return None
    if not isinstance(node, MappingNode):
        problems.error(
            "record-mapping",
            node.position,
            "this file holds one record: write its fields as 'field: value', each on a line of its own",
        )
        return None
    digest = _digest(collection, name, str(text))
    return RawRecord(collection, name.key, name.suffix, node, None, 0, digest, digest)


def read_many(found: FoundFile, name: NameParts, problems: Problems) -> Iterator[RawRecord]:
    """The records of a YAML file with many: a list of mappings with an `id` each, or a mapping from id to record.

    `name.key` is the collection.
    """
    text = read_found(found.absolute, found.path, problems)
    node = parse_yaml(text, found.path, problems) if text is not None else None
    if node is None or _is_empty(node):
        return
    if isinstance(node, Scalar):
        problems.error(
            "record-list",
            node.position,
            "this file holds records: begin each with '- id: …' and write its other fields below that",
        )
        return
    pairs = _listed(node, problems) if isinstance(node, Sequence) else _keyed(node, problems)
    for number, (key, position, record) in enumerate(pairs):
        if number >= MAX_RECORDS_PER_FILE:
            problems.error(
                "record-too-many",
                position,
                f"this file holds more than {MAX_RECORDS_PER_FILE:,} records (MAX_RECORDS_PER_FILE); split it",
            )
            return
        if _good_key(key, position, problems):
            digest = _digest(name.key, NameParts(key, name.suffix), _plain(record))
            yield RawRecord(name.key, key, name.suffix, record, None, 0, digest, digest)


def _listed(node: Sequence, problems: Problems) -> Iterator[tuple[str, Position, MappingNode]]:
    for item in node.items:
        if not isinstance(item, MappingNode):
            problems.error(
                "record-mapping",
                item.position,
                "a record is made of fields; begin it with '- id: …' and write its other fields below that",
            )
            continue
        key = item.items.get("id")
        if not isinstance(key, Scalar) or key.is_null:
            problems.error(
                "record-id",
                key.position if key else item.position,
                "this record has no 'id'; add one, such as 'id: viisari'",
            )
            continue
        fields = {name: child for name, child in item.items.items() if name != "id"}
        yield key.text.strip(), key.position, MappingNode(fields, item.position, item.key_positions)


def _keyed(node: MappingNode, problems: Problems) -> Iterator[tuple[str, Position, MappingNode]]:
    for key, item in node.items.items():
        position = node.key_positions.get(key, item.position)
        if isinstance(item, MappingNode):
            # what is missing is reported at the key, where the record begins for those who read the file
            yield key, position, MappingNode(item.items, position, item.key_positions)
        elif isinstance(item, Scalar) and item.is_null:
            yield key, position, MappingNode({}, position)
        else:
            problems.error(
                "record-mapping",
                item.position,
                f"'{key}' is a record and needs fields, indented below it; if this "
                "file holds one record, move it into a folder with the name of its collection",
            )


def _good_key(key: str, position: Position, problems: Problems) -> bool:
    if _KEY.fullmatch(key) and not any(part in ("", ".", "..") for part in key.split("/")):
        return True
    shown = "".join(character if character.isprintable() else " " for character in key[:80])
    problems.error(
        "record-id", position, f"'{shown}' cannot be an id; use letters, digits and hyphens, such as {_suggested(key)}"
    )
    return False


def _suggested(key: str) -> str:
    return re.sub(r"[^\w/]+", "-", key).strip("-/").lower()[:60] or "leader-viisari"


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null


def _digest(collection: str, name: NameParts, content: str) -> str:
    text = f"{collection}\0{name.key}\0{name.suffix}\0{content}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _plain(node: Node) -> str:
    """A text that is the same for two nodes when they say the same, wherever they stand."""
    if isinstance(node, Scalar):
        return f"{'p' if node.plain else 'q'}{len(node.text)}:{node.text}"
    if isinstance(node, Sequence):
        return f"[{','.join(map(_plain, node.items))}]"
    return f"{{{','.join(f'{len(key)}:{key}={_plain(child)}' for key, child in node.items.items())}}}"
