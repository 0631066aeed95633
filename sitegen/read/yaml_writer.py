"""Changes to a YAML file that leave everything else as its editor wrote it: comments, order, quotes, blank lines.

Text is replaced where a value stands and inserted where one is missing; nothing is written anew. A value with a comment
within it is left to its editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any

import yaml

from sitegen.read.yaml_text import entry_text, key_text, node_text, record_text
from sitegen.schema.nodes import Mapping, Node, Scalar

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)(?=^---[ \t]*$)", re.DOTALL | re.MULTILINE)
MANY, KEYED, EMPTY = "list", "mapping", "empty"


class NotEditableError(Exception):
    """The text cannot be changed there without losing something; `args[0]` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """In the text from `start` to `end` (characters) now stands `text`."""

    start: int
    end: int
    text: str


class YamlText:
    """The text of one YAML document, and where the values in it stand."""

    def __init__(self, text: str) -> None:
        """Raises NotEditableError for what no reader of this site accepts."""
        self.text = text
        self._changes: list[Change] = []
        self._records: dict[str, Any] | None = None
        try:
            self.root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise NotEditableError("it cannot be read as YAML; correct it first") from error

    @property
    def kind(self) -> str:
        """Whether the file is a list of records, a mapping of them, or holds nothing yet."""
        if self.root is None or (isinstance(self.root, yaml.ScalarNode) and self.root.value == ""):
            return EMPTY
        return MANY if isinstance(self.root, yaml.SequenceNode) else KEYED

    def record(self, key: str) -> Any:
        """The node of a record of a file with many, or None."""
        if self._records is None:
            self._records = dict(self._by_key())
        return self._records.get(key)

    def _by_key(self) -> Iterator[tuple[str, Any]]:
        if self.kind == MANY:
            for item in self.root.value:
                found = _value(item, "id")
                if found is not None:
                    yield str(found.value).strip(), item
        elif self.kind == KEYED:
            yield from ((str(key.value), value) for key, value in self.root.value)

    def require(self, title: str, fields: MappingType[str, Node]) -> None:
        """In front matter without a title, the heading of the text is the title: it does not change here."""
        if title in fields and _value(self.root, title) is None:
            raise NotEditableError(f"its {title} is the heading of its text; change it there")

    def set_record(self, record: Any, fields: MappingType[str, Node]) -> None:
        """Give fields of a record new values, all of them or none. `record`: a node of this text, or what there is."""
        before = len(self._changes)
        try:
            if record is None and self.kind == EMPTY:
                lines = "".join(entry_text(key, node, 0) + "\n" for key, node in fields.items())
                self._changes.append(Change(len(self.text), len(self.text), lines))
            elif isinstance(record, yaml.MappingNode):
                self.set_fields(record, fields)
            else:
                raise NotEditableError("its record has no fields yet; add one by hand")  # noqa: TRY301
        except NotEditableError:
            del self._changes[before:]
            raise

    def set_fields(self, record: Any, fields: MappingType[str, Node]) -> None:
        """Give fields of a mapping new values. `record`: a node of this text."""
        missing: dict[str, Node] = {}
        for name, node in fields.items():
            old = _value(record, name)
            if old is None:
                missing[name] = node
            elif isinstance(node, Mapping) and isinstance(old, yaml.MappingNode) and old.value:
                self.set_fields(old, node.items)
            else:
                self._replace(record, old, name, node)
        if missing:
            self._insert(record, missing)

    def append(self, records: list[tuple[str, Mapping]]) -> None:
        """Add records at the end, in the way of those that are there."""
        if not records:
            return
        if self.kind != EMPTY and self.root.flow_style:
            raise NotEditableError("its records stand in brackets; write each on its own lines, beginning with '- id:'")
        if self.text.rstrip().endswith("\n..."):
            raise NotEditableError("it ends with '...'; delete that line")
        indent = self.root.start_mark.column if self.kind != EMPTY else 0
        if self.kind == KEYED:
            added = "".join(" " * indent + entry_text(key, fields, indent) + "\n" for key, fields in records)
        else:
            added = "".join(record_text(key, fields, indent) for key, fields in records)
        end = len(self.text)
        ready = "" if not self.text or self.text.endswith("\n") else "\n"
        self._changes.append(Change(end, end, ready + added))

    def result(self) -> str:
        """The text with all changes; insertions at one place keep their order."""
        parts: list[str] = []
        position = 0
        for change in sorted(self._changes, key=lambda one: (one.start, one.end)):
            parts += (self.text[position : change.start], change.text)
            position = change.end
        return "".join([*parts, self.text[position:]])

    def _replace(self, record: Any, old: Any, name: str, node: Node) -> None:
        start, end = old.start_mark.index, _end(old, self.text)
        if not isinstance(old, yaml.ScalarNode) and "#" in _without_scalars(old, self.text, end):
            raise NotEditableError(f"the value of '{name}' has a comment within it; change it by hand")
        if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">") and "#" in self.text[start:end].split("\n")[0]:
            raise NotEditableError(f"the value of '{name}' has a comment beside it; change it by hand")
        indent = _column(record) + 2
        value = node_text(node, indent, flow=bool(record.flow_style))
        if start == end and not self.text[:start].endswith((" ", "\n")):
            value = value if value.startswith("\n") else f" {value}"
        block = not isinstance(old, yaml.ScalarNode) and not old.flow_style
        if block or value.startswith("\n"):  # what stood behind the key, or below it, goes
            colon = self.text.rindex(":", 0, start) + 1
            between = self.text[colon:start]
            if "#" in between:
                raise NotEditableError(f"the value of '{name}' has a comment above it; change it by hand")
            start, value = colon, value if value.startswith("\n") else f" {value}"
        self._changes.append(Change(start, end, value))

    def _insert(self, record: Any, fields: MappingType[str, Node]) -> None:
        if record.flow_style:
            end = record.end_mark.index - 1
            if "\n" in self.text[record.start_mark.index : end]:
                raise NotEditableError("its record stands in braces over several lines; add the field by hand")
            parts = ", ".join(f"{key_text(key)}: {node_text(node, 0, flow=True)}" for key, node in fields.items())
            lead = ", " if record.value else ""
            end = record.start_mark.index + len(self.text[record.start_mark.index : end].rstrip())
            self._changes.append(Change(end, end, f"{lead}{parts}"))
            return
        indent = _column(record)
        lines = "".join(" " * indent + entry_text(key, node, indent) + "\n" for key, node in fields.items())
        last = _end(record, self.text)
        line_end = self.text.find("\n", last)
        if line_end < 0:
            self._changes.append(Change(len(self.text), len(self.text), "\n" + lines))
        else:
            self._changes.append(Change(line_end + 1, line_end + 1, lines))


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML of a Markdown file, and the text before and after it, with their `---`."""

    before: str
    yaml: str
    after: str

    def around(self, new: str) -> str:
        return f"{self.before}{new}{self.after}"


def front_matter(text: str) -> FrontMatter:
    """The front matter of a Markdown file; one that has none gets an empty one, ready to be filled."""
    match = _FRONT.match(text)
    if match is None:
        return FrontMatter("---\n", "", f"---\n{text}")
    return FrontMatter(text[: match.start(1)], match[1], text[match.end(1) :])


def _value(mapping: Any, name: str) -> Any:
    if not isinstance(mapping, yaml.MappingNode):
        return None
    return next((value for key, value in mapping.value if key.value == name), None)


def _column(mapping: Any) -> int:
    """The column of a mapping's keys."""
    return int(mapping.value[0][0].start_mark.column if mapping.value else mapping.start_mark.column)


def _end(node: Any, text: str) -> int:
    """Where a node really ends: PyYAML's end of a block is the beginning of what comes next."""
    if isinstance(node, yaml.ScalarNode):
        end = int(node.end_mark.index)
        if node.style in ("|", ">"):
            end = _block_end(node, text)
        return end
    if node.flow_style:
        return int(node.end_mark.index)
    if not node.value:
        return int(node.start_mark.index)
    last = node.value[-1]
    if isinstance(last, tuple):
        key, value = last
        empty = value.start_mark.index == value.end_mark.index
        return text.index(":", key.end_mark.index) + 1 if empty else _end(value, text)
    return _end(last, text)


def _block_end(node: Any, text: str) -> int:
    """A block scalar ends with its last line that is not blank, without the comments that follow at its margin."""
    raw = text[node.start_mark.index : node.end_mark.index].rstrip()
    return int(node.start_mark.index) + len(raw)


def _without_scalars(node: Any, text: str, end: int) -> str:
    """The text of a collection without that of its scalars: what is left can hold a comment."""
    parts = []
    position = node.start_mark.index
    for leaf in _leaves(node):
        parts.append(text[position : leaf.start_mark.index])
        position = _end(leaf, text)
    parts.append(text[position:end])
    return "".join(parts)


def _leaves(node: Any) -> list[Any]:
    if isinstance(node, yaml.ScalarNode):
        return [node]
    if isinstance(node, yaml.SequenceNode):
        return [leaf for item in node.value for leaf in _leaves(item)]
    return [leaf for pair in node.value for part in pair for leaf in _leaves(part)]


def text_of(node: Node) -> str:
    """A value as it is told in a report."""
    return node.text if isinstance(node, Scalar) else node_text(node, 0, flow=True)
