"""Fields that a site or a theme declares for itself: from the validated declaration to a table of fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sitegen.problems import Position, Problems
from sitegen.schema.fields import Field, FieldType

RESERVED_FIELDS = frozenset({"id", "key", "url", "html", "body", "excerpt", "collection", "lang", "dir"})

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TEXT_TYPES = (FieldType.TEXT, FieldType.LONG_TEXT)
_AS_THEY_ARE = (
    "many", "required", "translatable", "exact", "private", "choices", "reference", "reverse", "minimum", "maximum",
    "maximum_length", "unit", "default",
)  # fmt: skip


def declared_fields(
    declared: Mapping[str, Mapping[str, Any]],
    place: str,
    positions: Mapping[str, Position],
    position: Position,
    problems: Problems,
) -> tuple[Field, ...]:
    """The table of declared fields. `place` is the dotted path of the declarations, `position` where that is unknown.

    A declaration that makes no sense is a problem and left out.
    """
    fields = []
    for name, say in declared.items():
        if "type" not in say:
            continue  # the validator has said so
        here = f"{place}.{name}"
        fault = _fault(name, say, nested=place.endswith(".fields") and ".fields." in place)
        if fault:
            problems.error("field-declaration", positions.get(here, position), fault)
            continue
        inner = declared_fields(say.get("fields", {}), f"{here}.fields", positions, position, problems)
        fields.append(_field(name, say, inner))
    return tuple(fields)


def _field(name: str, say: Mapping[str, Any], inner: tuple[Field, ...]) -> Field:
    return Field(
        name=name,
        type=FieldType(say["type"]),
        doc=say.get("doc", ""),
        item=FieldType(say["item"]) if "item" in say else None,
        fields=inner,
        **{key: say[key] for key in _AS_THEY_ARE if key in say},
    )


def _fault(name: str, say: Mapping[str, Any], *, nested: bool) -> str | None:
    """What is wrong with the declaration of a field, or None."""
    kind = FieldType(say["type"])
    if not _FIELD_NAME.fullmatch(name):
        return (
            f"'{name}' cannot be the name of a field; use small letters, digits and underscores, such as member_count"
        )
    if name in RESERVED_FIELDS and not nested:
        return f"every entry has a '{name}' of its own; give this field another name"
    needed = {FieldType.CHOICE: "choices", FieldType.REFERENCE: "reference", FieldType.MAPPING: "fields"}.get(kind)
    if needed is not None and not say.get(needed):
        return f"'{name}' is a {kind.value} without '{needed}'; add it"
    if say.get("item") in ("mapping", "language_map"):
        return f"the 'item' of '{name}' is one value, not a {say['item']}"
    if (say.get("translatable") or say.get("exact")) and kind not in _TEXT_TYPES:
        return f"'{name}' cannot be translated, because it is no text; leave out 'translatable' and 'exact'"
    return None
