"""Nodes as YAML text: plain where every YAML reader takes it for the text that it is, else in quotation marks."""

from __future__ import annotations

import json
import re

import yaml

from sitegen.problems import Position
from sitegen.schema.nodes import Mapping, Node, Scalar, Sequence

_RESOLVER = yaml.SafeLoader("")
_NOWHERE = Position("")
_STRING = "tag:yaml.org,2002:str"
_PLAIN = re.compile(r"[^\W_](?:[^\n:#]|:(?=[^ \n])|(?<! )#)*(?<! )")
_PLAIN_IN_BRACKETS = re.compile(r"[^\W_](?:[^\n:#\[\]{},]|:(?=[^ \n\[\]{},])|(?<! )#)*(?<! )")


def node_text(node: Node, indent: int, *, flow: bool = False) -> str:
    """The text of a value that stands behind `key: ` or `- `; a block continues on lines of its own at `indent`."""
    if isinstance(node, Scalar):
        return scalar_text(node, indent, flow=flow)
    if flow or not node.items:
        return _flow(node)
    margin = "\n" + " " * indent
    if isinstance(node, Mapping):
        return "".join(f"{margin}{entry_text(key, child, indent)}" for key, child in node.items.items())
    if all(isinstance(item, Scalar) for item in node.items):
        short = _flow(node)
        if len(short) <= 80:
            return short
    return "".join(f"{margin}- {_item_text(item, indent + 2)}" for item in node.items)


def entry_text(key: str, node: Node, indent: int) -> str:
    """`key: value`, whose block stands two columns further in."""
    value = node_text(node, indent + 2)
    return f"{key_text(key)}:{value}" if value.startswith("\n") else f"{key_text(key)}: {value}"


def record_text(key: str, fields: Mapping, indent: int) -> str:
    """A record of a list: `- id: viisari` and its fields below."""
    margin = "\n" + " " * (indent + 2)
    lines = [entry_text(name, child, indent + 2) for name, child in fields.items.items()]
    head = entry_text("id", Scalar(key, fields.position, plain=False), indent + 2)
    return " " * indent + "- " + margin.join([head, *lines]) + "\n"


def _item_text(node: Node, indent: int) -> str:
    if isinstance(node, Mapping):
        if all(isinstance(child, Scalar) for child in node.items.values()):
            return _flow(node)
        return node_text(node, indent).lstrip()
    return node_text(node, indent)


def _flow(node: Node) -> str:
    if isinstance(node, Mapping):
        inner = ", ".join(f"{key_text(key)}: {node_text(child, 0, flow=True)}" for key, child in node.items.items())
        return f"{{{inner}}}"
    if isinstance(node, Sequence):
        return f"[{', '.join(node_text(item, 0, flow=True) for item in node.items)}]"
    return scalar_text(node, 0, flow=True)


def key_text(key: str) -> str:
    return scalar_text(Scalar(key, _NOWHERE, plain=False), 0, flow=True)


def scalar_text(node: Scalar, indent: int, *, flow: bool = False) -> str:
    """`plain` scalars are numbers, days and the like; the others are texts and stay texts for every YAML reader."""
    text = node.text
    if "\n" in text and not flow and _fits_block(text):
        return "|-\n" + "\n".join(" " * indent + line if line else "" for line in text.split("\n"))
    pattern = _PLAIN_IN_BRACKETS if flow else _PLAIN
    if pattern.fullmatch(text) and text.isprintable() and (node.plain or _is_text(text)):
        return text
    return _quoted(text)


def _is_text(text: str) -> bool:
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _STRING)  # type: ignore[no-untyped-call]


def _fits_block(text: str) -> bool:
    lines = text.split("\n")
    return (
        bool(lines[0].strip())
        and bool(lines[-1].strip())
        and not any(line.startswith((" ", "\t")) or line != line.rstrip() for line in lines)
        and text.replace("\n", "").isprintable()
    )


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(character if character.isprintable() else _escaped(character) for character in quoted)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
