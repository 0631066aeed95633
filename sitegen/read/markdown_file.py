"""A Markdown file → its front matter as a YAML mapping, and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.problems import Position, Problems
from sitegen.read.flat_yaml import flat_mapping
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.schema.nodes import Mapping

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"(?:[ \t]*\n)*")


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """`fields` is empty when there is no front matter. `body_line` is the line on which `body` begins, from 1."""

    fields: Mapping
    body: str
    body_line: int


def split_markdown(text: str, file: str, problems: Problems) -> MarkdownFile | None:
    """The two parts of a Markdown file, or None where its front matter cannot be read (with a problem)."""
    start = _BLANK.match(text).end()  # type: ignore[union-attr]  # it matches the empty string, too
    opening = _FENCE.match(text, start)
    if opening is None:
        return MarkdownFile(Mapping({}, Position(file, 1, 1)), text, 1)
    first = text.count("\n", 0, start) + 1
    end = _closing_fence(text, opening.end())
    if end is None:
        problems.error(
            "front-matter-unclosed",
            Position(file, first, 1),
            "the front matter that begins here is never closed; write a line '---' below its last field",
        )
        return None
    source = text[opening.end() + 1 : end]
    before = len(problems)
    node = flat_mapping(source, file, first) or parse_yaml(source, file, problems, line_offset=first)
    if node is None:
        if len(problems) > before:
            return None
        node = Mapping({}, Position(file, first, 1))
    if not isinstance(node, Mapping):
        problems.error(
            "front-matter-mapping",
            node.position,
            "the front matter is no mapping of fields; write each as "
            "'field: value' on a line of its own, such as 'title: About us'",
        )
        return None
    below = text.find("\n", end)
    body = text[below + 1 :] if below >= 0 else ""
    return MarkdownFile(node, body, text.count("\n", 0, end) + 2)


def _closing_fence(text: str, start: int) -> int | None:
    """Where the line `---` after `start` begins, or None. (`find` is many times faster than a pattern.)"""
    while (start := text.find("\n---", start)) >= 0:
        start += 1
        if _FENCE.match(text, start):
            return start
    return None
