"""What reading yields: raw, validated facts about the files of a site, each with its position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.problems import Position


@dataclass(frozen=True, slots=True)
class Record:
    """One YAML mapping of a collection, perhaps with a Markdown body.

    `key` is the id within the collection (`viisari`, or `history/founding` for a file in a sub-folder).
    `suffix` is the language tag of a file name such as `about.fi.md`, '' when the name has none.
    `values` are the validated field values (see schema.fields); absent optional fields are absent.
    `positions` gives the place of a field by dotted path (`contact.email`, `goals.0`).
    `body_line` is the line of the file on which `body` begins. `digest` covers the whole record,
    `fields_digest` its fields alone.
    """

    collection: str
    key: str
    suffix: str
    position: Position
    values: Mapping[str, Any]
    positions: Mapping[str, Position]
    body: str | None
    body_line: int
    digest: str
    fields_digest: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file below content/media; `path` is relative to that folder, with POSIX slashes. `size` in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and its parents, nearest first: folders of templates, assets and catalogues, and its options.

    `directories`: collections whose lists it shows as directories.
    """

    name: str
    template_dirs: tuple[str, ...]
    asset_dirs: tuple[str, ...]
    catalogue_dirs: tuple[str, ...]
    options: Mapping[str, Any]
    directories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the content folder and the theme hold, in an order that does not depend on the disk."""

    records: tuple[Record, ...]
    media: tuple[MediaFile, ...]
    theme: Theme
