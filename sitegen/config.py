"""`site.yaml` once it is validated: frozen, typed, with every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.problems import Position
from sitegen.schema.fields import Schema, SourceText


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """One output language. `tag` is BCP 47 (`sr-Latn`); `path` is its folder in URLs (`sr-latn`).

    `pseudo`: a pseudo-locale, added by `build --pseudo` for testing.
    """

    tag: str
    path: str
    name: str
    fallback: tuple[str, ...] = ()
    derived_from: str | None = None
    threshold: float | None = None
    pseudo: bool = False


@dataclass(frozen=True, slots=True)
class MenuItemConfig:
    """`entry` (an id such as `pages/about`), `collection` (its list page) or `url`; `title` overrides the label."""

    position: Position
    entry: str | None = None
    collection: str | None = None
    url: str | None = None
    title: SourceText | None = None
    children: tuple[MenuItemConfig, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionConfig:
    """A collection of this site: its schema and how it is published."""

    name: str
    schema: Schema
    title: SourceText
    description: SourceText | None
    path: Mapping[str, str]  # language tag → URL segment; '' key: the default
    publish: bool = True  # entries have pages of their own
    listed: bool = True  # there is a list page
    page_size: int = 20
    sort: str = ""  # field name, '-' in front for descending; '' = by title
    feed: bool = False
    funding: tuple[str, ...] = ()
    data_export: bool = True


@dataclass(frozen=True, slots=True)
class ContactConfig:
    """Who publishes the site."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: SourceText | None = None
    url: str | None = None
    social: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslateConfig:
    """Where volunteers find help: a page, an e-mail address, a repository; `threshold` of coverage, 0 to 1.

    `status_page`: whether each language has a page on the state of its translation; None: when there are catalogues.
    """

    threshold: float = 0.5
    help: str | None = None
    email: str | None = None
    repository: str | None = None
    status_page: bool | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """All of `site.yaml`.

    `url` is the absolute address with a trailing slash, or '' when only a path was given;
    `base_path` always begins and ends with a slash.
    """

    root: Path
    title: SourceText
    description: SourceText
    url: str
    base_path: str
    languages: tuple[LanguageConfig, ...]
    source_language: str
    prefix_source_language: bool
    timezone: str
    theme: str
    theme_options: Mapping[str, Any]
    menus: Mapping[str, tuple[MenuItemConfig, ...]]
    collections: Mapping[str, CollectionConfig]
    funding: tuple[str, ...]
    contact: ContactConfig
    translate: TranslateConfig
    output: Path
    notice: SourceText | None = None
    search: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""

    def language(self, tag: str) -> LanguageConfig | None:
        return next((language for language in self.languages if language.tag == tag), None)
