"""The collections of a site: built-in ones with what is different, and own ones with their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sitegen.config import CollectionConfig
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.read.config_fields import declared_fields
from sitegen.schema.collections import BUILT_IN, BuiltIn
from sitegen.schema.entry_fields import TITLE, entry_fields
from sitegen.schema.fields import Field, Schema, SourceText

RESERVED_COLLECTIONS = frozenset({"data", "media", "site"})
SITE_FILE = "site.yaml"

_COLLECTION_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")


def load_collections(
    root: Path,
    declared: Mapping[str, Mapping[str, Any]],
    positions: Mapping[str, Position],
    source_language: str,
    problems: Problems,
) -> dict[str, CollectionConfig]:
    """The collections that `site.yaml` lists and the built-in ones for which there is content, by name."""
    names = [*declared, *(name for name in BUILT_IN if name not in declared and _has_content(root, name))]
    found = {}
    for name in names:
        place = f"collections.{name}"
        position = positions.get(place, Position(SITE_FILE))
        if name not in BUILT_IN and not _good_name(name, position, problems):
            continue
        builder = _Collection(name, declared.get(name, {}), place, position, positions, problems)
        found[name] = builder.build(source_language)
    _check_references(found, positions, problems)
    return found


def _has_content(root: Path, name: str) -> bool:
    content = root / "content"
    places = (
        content / name,
        content / "data" / name,
        content / "data" / f"{name}.yaml",
        content / "data" / f"{name}.yml",
    )
    return name == "pages" or any(place.exists() for place in places)


def _good_name(name: str, position: Position, problems: Problems) -> bool:
    if _COLLECTION_NAME.fullmatch(name) and name not in RESERVED_COLLECTIONS:
        return True
    problems.error(
        "collection-name",
        position,
        f"'{name}' cannot be the name of a collection; use small letters, digits and "
        f"hyphens, and none of {', '.join(sorted(RESERVED_COLLECTIONS))}",
    )
    return False


class _Collection:
    """One collection on its way from the declaration to its configuration."""

    def __init__(
        self,
        name: str,
        declared: Mapping[str, Any],
        place: str,
        position: Position,
        positions: Mapping[str, Position],
        problems: Problems,
    ) -> None:
        self.name = name
        self.declared = declared
        self.place = place
        self.position = position
        self.positions = positions
        self.problems = problems
        self.built_in = BUILT_IN.get(name)

    def build(self, source_language: str) -> CollectionConfig:
        default = self.built_in or BuiltIn(
            schema=Schema(name=self.name, doc="", fields=()), title=self.name, path=self.name
        )
        say = self.declared
        schema = self._schema()
        path = say.get("path", default.path)
        return CollectionConfig(
            name=self.name,
            schema=schema,
            title=say.get("title") or self._title(default, source_language),
            description=say.get("description"),
            path={"": default.path, **path} if isinstance(path, Mapping) else {"": path},
            publish=say.get("publish", default.publish),
            listed=say.get("listed", default.listed),
            page_size=say.get("page_size", default.page_size),
            sort=self._sort(say.get("sort", default.sort), schema),
            feed=say.get("feed", default.feed),
            funding=say.get("funding", ()),
            data_export=say.get("data_export", default.data_export),
        )

    def _title(self, default: BuiltIn, source_language: str) -> SourceText:
        """Titles of built-in collections are English; a site in another language must say its own."""
        listed = self.declared.get("listed", default.listed)
        if self.built_in is None:
            text = self.name.replace("-", " ").replace("_", " ").capitalize()
        else:
            text = default.title
            if listed and source_language.split("-", maxsplit=1)[0] != "en":
                self.problems.warning(
                    "collection-title",
                    self.position,
                    f"the collection '{self.name}' has no title in "
                    f"'{source_language}', so the English '{text}' is shown; add it to site.yaml under "
                    f"collections, {self.name}, title",
                )
        return SourceText(text, self.position, {})

    def _sort(self, sort: str, schema: Schema) -> str:
        name = sort.removeprefix("-")
        names = [field.name for field in schema.fields]
        if name and name not in names:
            self.problems.error(
                "collection-sort",
                self.positions.get(f"{self.place}.sort", self.position),
                f"'sort' names '{name}', which is no field of {self.name}{did_you_mean(name, names)}",
            )
            return ""
        return sort

    def _schema(self) -> Schema:
        own = declared_fields(
            self.declared.get("fields", {}), f"{self.place}.fields", self.positions, self.position, self.problems
        )
        doc = self.declared.get("doc", "")
        if self.built_in is not None:
            taken = {field.name for field in self.built_in.schema.fields}
            own = tuple(field for field in own if not self._taken(field, taken))
            schema = self.built_in.schema
            return (
                Schema(name=schema.name, doc=doc or schema.doc, fields=(*schema.fields, *own)) if own or doc else schema
            )
        common = {field.name for field in entry_fields(TITLE)} - {"summary", "title"}
        own = tuple(field for field in own if not self._taken(field, common))
        named = any(field.name == "name" for field in own)
        return Schema(name=self.name, doc=doc, fields=entry_fields(None if named else TITLE, *own))

    def _taken(self, field: Field, taken: set[str]) -> bool:
        if field.name not in taken:
            return False
        self.problems.error(
            "field-redefined",
            self.positions.get(f"{self.place}.fields.{field.name}", self.position),
            f"'{field.name}' is a field of {self.name} already; give yours another name or leave it out",
        )
        return True


def _check_references(
    collections: Mapping[str, CollectionConfig], positions: Mapping[str, Position], problems: Problems
) -> None:
    """References of own fields must lead to a collection that exists."""
    known = {*collections, *BUILT_IN}
    for name, collection in collections.items():
        for field in collection.schema.fields:
            place = f"collections.{name}.fields.{field.name}"
            if field.reference is not None and field.reference not in known and place in positions:
                problems.error(
                    "field-declaration",
                    positions[place],
                    f"'{field.name}' refers to '{field.reference}', which is no "
                    f"collection of this site{did_you_mean(field.reference, known)}",
                )
