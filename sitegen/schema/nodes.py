"""YAML as sitegen sees it: a tree of nodes that know where they stand.

Scalars keep their text: what `no`, `2024` or `007` mean is decided by the field's type in the schema,
never by YAML's guessing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.problems import Position


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar with its raw text. `plain` is False when the editor quoted it or wrote a block (`|`, `>`)."""

    text: str
    position: Position
    plain: bool = True

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys are strings, each once; `key_positions` tells where each stands."""

    items: dict[str, Node]
    position: Position
    key_positions: dict[str, Position] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
