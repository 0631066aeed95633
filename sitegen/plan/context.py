"""The contract with themes: everything that a template sees, frozen, documented here and nowhere else.

A template gets `page`, `site` and `language`, and these functions:

    _(message, **names), ngettext(one, many, n), pgettext(context, message), npgettext(context, one, many, n),
    {% trans %}         interface texts, escaped, from the `ui` catalogues; `%(name)s` placeholders by name
    url(ref)            address of 'lags/viisari' or 'media/logo.svg' in the page's language
    asset(path)         address of a file of the theme's `assets/`, with a digest in its name
    absolute(url)       the same address with scheme and host (canonical, feeds, Open Graph)
    icon(name)          inline SVG of `assets/icons/<name>.svg`, `aria-hidden`
    eu_emblem()         inline SVG of the EU emblem, drawn from its geometry
    flag-free by design: languages are named in themselves
    tagged(text)        filter: `<span lang dir>` around a text whose language is not the page's, else the text
    attrs_lang(text)    filter: ` lang="…" dir="…"` for an element that holds such a text, else nothing
    markdown(text)      filter: the Markdown of a LONG_TEXT field as HTML
    date(value, form='long')      'short' | 'medium' | 'long' | 'full' | 'month' (stand-alone month and year) | 'iso'
    daterange(period)   '7. studenog 2022. – 7. srpnja 2023.' as the language writes it
    number(value), percent(share), money(value), filesize(bytes), join(list)     (also as filters)
    territory(code), language_name(tag)                           CLDR names in the page's language
    group_by_letter(entries)      ((letter, entries), …) in the alphabet of the page's language

Addresses are written with a private mark in front and made relative to the page at the very end of rendering,
so that the same output works at a root, in a sub-folder, and when moved.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from sitegen.model.entry import CollectionView, EntryView
    from sitegen.model.text import Text
    from sitegen.schema.fields import Money, Period


@dataclass(frozen=True, slots=True)
class Link:
    """A titled address. `current`: it is this page; `active`: this page lies below it."""

    title: Text
    url: str
    current: bool = False
    active: bool = False
    children: tuple[Link, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the site. `name`: in itself (`Suomi`); `path`: its folder; `og_locale`: `fi_FI`."""

    tag: str
    name: str
    path: str
    dir: str
    og_locale: str
    home: str
    feed: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """This page in another language (or this one, `current`).

    `exists`: there is such a page. `indexed`: it is translated enough for search engines (hreflang, sitemap).
    Where it does not exist, `url` is the home page of that language.
    """

    language: LanguageView
    url: str
    exists: bool
    indexed: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body for a table of contents. `html` is its inline HTML without links."""

    id: str
    html: Markup
    level: int
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """One slice of a list: `number` of `total` pages; addresses of its neighbours, None at the ends."""

    entries: tuple[EntryView, ...]
    number: int
    total: int
    previous: str | None
    next: str | None
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FundingLogo:
    """A logo that stands beside the emblem, in the order that the funder prescribes."""

    name: Text
    url: str
    alt: Text


@dataclass(frozen=True, slots=True)
class FundingBlock:
    """What a funder's rules demand in one place. Every text is exact: present, whole, in `text.lang`.

    `emblem`: the EU emblem stands beside `statement`. `disclaimer_note` introduces a disclaimer that its rules
    prescribe in one language only (then `disclaimer.lang` differs from the page's language).
    """

    id: str
    kind: str
    emblem: bool
    statement: Text | None
    disclaimer: Text | None
    disclaimer_note: bool
    slogan: Text | None
    programme: Text | None
    measure: Text | None
    funds: tuple[str, ...]
    period: Period | None
    grant_number: str | None
    amount: Money | None
    total: Money | None
    implementing_partner: Text | None
    granting_authority: Text | None
    logos: tuple[FundingLogo, ...]
    footnotes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """How far this page speaks its language.

    `state`: 'source' (written in this language) | 'translated' | 'partial' | 'untranslated' | 'outdated'
    (written by hand, but its source has changed since). Counts are segments. `coverage` is 0 to 1.
    `below_threshold`: the page says so, is noindex and canonical to its source, at `source_url`.
    """

    state: str
    total: int
    translated: int
    stale: int
    untranslated: int
    coverage: float
    below_threshold: bool
    source_language: LanguageView
    source_url: str
    help_url: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One output page.

    `kind`: 'home' | 'entry' | 'list' | 'tag' | 'tags' | 'not_found' | 'root' | 'status' | 'search'.
    `url` is its own address; `canonical` is absolute. `entry`, `collection`, `pager`, `tag` are None where they
    do not apply. `body` is the rendered Markdown (empty when there is none). `json_ld` holds whole script elements.
    """

    kind: str
    title: Text
    description: Text | None
    url: str
    canonical: str
    language: LanguageView
    entry: EntryView | None
    collection: CollectionView | None
    body: Markup
    toc: tuple[Heading, ...]
    pager: Pager | None
    tag: Link | None
    tags: tuple[Link, ...]
    alternates: tuple[Alternate, ...]
    breadcrumbs: tuple[Link, ...]
    translation: Translation
    funding: tuple[FundingBlock, ...]
    image: str | None
    published: dt.date | None
    updated: dt.date | None
    noindex: bool
    json_ld: Markup
