"""The validator: a YAML mapping and a table of fields in; typed values, and every mistake with its place, out.

It never raises and never stops at the first mistake. One validator serves front matter, data files and `site.yaml`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sitegen.problems import Position, Problems
from sitegen.schema.fields import Field, Schema
from sitegen.schema.nodes import Mapping
from sitegen.schema.tables import Tables
from sitegen.schema.values import Wrong
from sitegen.schema.walk import Walk


class Validator:
    """A table of fields made ready for many records.

    `owner` names the table in messages (`lags`, `site.yaml`). `languages` are the tags that a text given per language
    may use (empty: any known language); `aliases` maps other names of languages, such as their paths, to tags.
    """

    def __init__(
        self,
        schema: Schema | tuple[Field, ...],
        *,
        owner: str | None = None,
        languages: Collection[str] = (),
        aliases: dict[str, str] | None = None,
    ) -> None:
        named = schema.name if isinstance(schema, Schema) else "this mapping"
        fields = schema.fields if isinstance(schema, Schema) else schema
        self._tables = Tables(fields, owner or named, languages, aliases or {})

    def validate(
        self, node: Mapping, problems: Problems, *, source_language: str = "", require: bool = True
    ) -> tuple[dict[str, Any], dict[str, Position]]:
        """Values by field name (absent where there are none) and positions of values by dotted path.

        `source_language` is the language in which this record is written. `require`: required fields must be there.
        """
        walk = Walk(self._tables, problems, source_language, require)
        return walk.mapping(node, self._tables.fields, "", self._tables.owner), walk.positions

    def language(self, text: str) -> str | Wrong:
        """The tag that `text` names: a language of the site or, where none are given, any known one."""
        return self._tables.language(text)


def validate(
    node: Mapping,
    schema: Schema | tuple[Field, ...],
    problems: Problems,
    *,
    owner: str | None = None,
    languages: Collection[str] = (),
    source_language: str = "",
    require: bool = True,
) -> tuple[dict[str, Any], dict[str, Position]]:
    """Validate one mapping. For many of one kind, keep a `Validator`."""
    validator = Validator(schema, owner=owner, languages=languages)
    return validator.validate(node, problems, source_language=source_language, require=require)
