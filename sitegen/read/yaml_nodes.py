"""YAML text → a tree of nodes with positions, safely and without guessing.

Only the plain part of YAML is read: mappings, lists and scalars. Tags, anchors, aliases, merge keys and
duplicate keys are problems. Scalars keep their text, so that `no`, `on` and `007` stay what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from sitegen.problems import Position, Problems
from sitegen.read.yaml_errors import describe_syntax_error
from sitegen.schema.nodes import Mapping, Node, Scalar, Sequence

MAX_YAML_CHARACTERS = 32_000_000
MAX_YAML_DEPTH = 32

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _RefusedError(Exception):
    """Reading cannot go on; the problem is already recorded."""


def parse_yaml(text: str, file: str, problems: Problems, *, line_offset: int = 0) -> Node | None:
    """The tree of the one document in `text`, or None when it is empty or cannot be read.

    Positions name `file` and count lines from `line_offset` + 1 (front matter begins below its `---`).
    Every mistake is recorded in `problems`; nothing is raised, whatever the text.
    """
    if len(text) > MAX_YAML_CHARACTERS:
        problems.error(
            "yaml-too-long",
            Position(file),
            f"this YAML is longer than {MAX_YAML_CHARACTERS:,} characters "
            "(MAX_YAML_CHARACTERS); split it into several files",
        )
        return None
    surrogate = _SURROGATE.search(text)
    if surrogate:
        line, column = _place(text, surrogate.start())
        problems.error(
            "yaml-character",
            Position(file, line + line_offset, column),
            "here stands half of a character (a surrogate); write the character again",
        )
        return None
    return _Builder(text, file, problems, line_offset).build()


def _place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


class _Builder:
    """Builds the tree from the parser's events, one function per kind of node."""

    def __init__(self, text: str, file: str, problems: Problems, line_offset: int) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self.first_line = line_offset + 1

    def build(self) -> Node | None:
        try:
            # yaml.parse() would ask twice for each event
            return self._document(iter(_LOADER(self.text).get_event, None))
        except _RefusedError:
            return None
        except yaml.MarkedYAMLError as error:
            line, column, message = describe_syntax_error(error, self.text)
            self.problems.error("yaml-syntax", Position(self.file, line + self.first_line - 1, column), message)
        except yaml.YAMLError as error:
            line, column = _place(self.text, getattr(error, "position", 0) or 0)
            self.problems.error(
                "yaml-character",
                Position(self.file, line + self.first_line - 1, column),
                "here stands a control character, which YAML does not allow; delete it",
            )
        return None

    def _document(self, events: Iterator[Any]) -> Node | None:
        next(events)  # the start of the stream
        if isinstance(next(events), yaml.StreamEndEvent):
            return None
        root = self._node(next(events), events, 1)
        next(events)  # the end of the document
        more = next(events)
        if not isinstance(more, yaml.StreamEndEvent):
            self._error(
                "yaml-documents",
                more,
                "a second YAML document begins here; keep one per file and delete the line '---'",
            )
        return root

    def _position(self, event: Any) -> Position:
        mark = event.start_mark
        return Position(self.file, mark.line + self.first_line, mark.column + 1)

    def _error(self, code: str, event: Any, message: str) -> None:
        self.problems.error(code, self._position(event), message)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._error(
                "yaml-anchor",
                event,
                f"'*{event.anchor}' is a YAML alias, which is not used here; if it is text, put it in quotes",
            )
            return Scalar("", self._position(event))
        if event.anchor is not None:
            self._error(
                "yaml-anchor",
                event,
                f"'&{event.anchor}' is a YAML anchor, which is not used here; if it is text, put it in quotes",
            )
        if event.tag is not None:
            self._error(
                "yaml-tag",
                event,
                f"'{_written(event.tag)}' is a YAML tag, which is not used here; delete it or, if it is "
                "text, put the whole text in quotes",
            )
        if kind is yaml.ScalarEvent:
            return Scalar(_nfc(event.value), self._position(event), not event.style)
        if depth > MAX_YAML_DEPTH:
            self._error(
                "yaml-too-deep",
                event,
                f"more than {MAX_YAML_DEPTH} levels of nesting (MAX_YAML_DEPTH); make the structure flatter",
            )
            raise _RefusedError
        if kind is yaml.MappingStartEvent:
            return self._mapping(event, events, depth)
        return self._sequence(event, events, depth)

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> Sequence:
        items: list[Node] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                break
            items.append(self._node(event, events, depth + 1))
        return Sequence(tuple(items), self._position(start))

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Mapping:
        items: dict[str, Node] = {}
        key_positions: dict[str, Position] = {}
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self._key(event, events, depth)
            value = self._node(next(events), events, depth + 1)
            if key is None:
                continue
            if key in items:
                first = key_positions[key].line
                self._error(
                    "yaml-duplicate-key", event, f"'{key}' stands twice, first on line {first}; keep one of them"
                )
                continue
            items[key] = value
            key_positions[key] = self._position(event)
        return Mapping(items, self._position(start), key_positions)

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        """The text of a key, or None when it is none that can be used."""
        key = self._node(event, events, depth + 1)
        if not isinstance(key, Scalar):
            self._error(
                "yaml-key",
                event,
                "a list or a mapping stands where the name of a field belongs; if this is text "
                "that begins with '[' or '{', put it in quotes",
            )
            return None
        if key.plain and key.text == "<<":
            self._error("yaml-merge", event, "'<<' merges mappings, which is not done here; write the fields out")
            return None
        if not key.text:
            self._error("yaml-key", event, "the name of the field before ':' is missing")
            return None
        return key.text


def _written(tag: str) -> str:
    """A tag as the editor wrote it: `!!str`, not the long form that it stands for."""
    return tag.replace("tag:yaml.org,2002:", "!!")


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
