"""What a Markdown registry holds, by name: the library tells it only in private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from markdown.util import Registry


def priorities(registry: Registry[Any]) -> list[tuple[str, float]]:
    """Names and priorities, in the order in which the items run."""
    if len(registry):
        registry[0]  # a registry sorts itself when it is first read
    return [(item.name, item.priority) for item in cast("Any", registry)._priority]  # noqa: SLF001


def names(registry: Registry[Any]) -> list[str]:
    """Names, in the order in which the items run."""
    return [name for name, _ in priorities(registry)]
