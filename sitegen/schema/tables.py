"""A table of fields made ready for the validator, with the names that languages go by in a site."""

from __future__ import annotations

from collections.abc import Collection

from sitegen.problems import did_you_mean
from sitegen.schema import values
from sitegen.schema.fields import Field
from sitegen.schema.values import Wrong


class Tables:
    """A table of fields made ready for many records: lookups by name, and the names that languages go by."""

    def __init__(
        self, fields: tuple[Field, ...], owner: str, languages: Collection[str], aliases: dict[str, str]
    ) -> None:
        self.owner = owner
        self.fields = {field.name: field for field in fields}
        self._nested: dict[int, dict[str, Field]] = {}
        self._languages = languages
        self._aliases = {alias.lower(): tag for alias, tag in aliases.items()}
        self._aliases.update({tag.lower(): tag for tag in languages})

    def nested(self, field: Field) -> dict[str, Field]:
        """The table of a field's own fields, made once."""
        table = self._nested.get(id(field))
        if table is None:
            table = self._nested[id(field)] = {inner.name: inner for inner in field.fields}
        return table

    def any_language(self, text: str) -> str | Wrong:
        """The tag that `text` names, whether or not the site speaks it."""
        return self._aliases.get(text.lower().replace("_", "-")) or values.canonical_language(text)

    def language(self, text: str) -> str | Wrong:
        """The tag that `text` names: a language of the site or, where none are given, any known one."""
        known = self._aliases.get(text.lower().replace("_", "-"))
        if known is not None:
            return known
        if not self._languages:
            return values.canonical_language(text)
        return Wrong(
            "language-unknown",
            f"'{values.short(text)}' is no language of this site (they are {', '.join(self._languages)})"
            f"{did_you_mean(text, self._languages)}",
        )
