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
    datetime(value, form='long', timezone=none)    a day and a time with its zone; a day alone stays a day
    call_phase(call)    `.state` 'upcoming' | 'open' | 'closed' on the day of the build, `.opens`, `.closes` (ISO 8601)
    call_state(call), project_state(project)       'planned' | 'running' | 'finished' for projects, or none
    group_by_letter(entries)      ((letter, entries), …) in the alphabet of the page's language
    map(entries, kind='page')     a `MapView` of the entries' countries and places ('locator': small), or None
    directory(collection, page.url)   a `DirectoryView`: facets, letters, and what the search of the directory reads
    letter_id(letter)             the id that headings of letters bear, to which `DirectoryView.letters` lead

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
    """A titled address. `current`: it is this page; `active`: this page lies below it.

    `media_type`: of a file to download, such as `text/csv`; '' for a page.
    """

    title: Text
    url: str
    current: bool = False
    active: bool = False
    children: tuple[Link, ...] = ()
    external: bool = False
    media_type: str = ""


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
    """A logo that stands beside the emblem, in the order that the funder prescribes. `link`: where it leads."""

    name: Text
    url: str
    alt: Text
    link: str | None = None


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
    rate: float | None
    expected_results: Text | None
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
class StatusLine:
    """How far one language, section or page is translated. Counts are texts. `url` is None where there is no page."""

    title: Text
    url: str | None
    total: int
    translated: int
    stale: int
    untranslated: int
    current: bool = False

    @property
    def share(self) -> float:
        """0 to 1 in whole per cent, rounded down: 1 means all of it."""
        return 100 * self.translated // self.total / 100 if self.total else 1.0

    @property
    def bar(self) -> tuple[int, int]:
        """Parts of a bar of 100: translated, stale. What is there has at least one part of it."""
        full = 100 * self.translated // self.total if self.total else 100
        return full, min(100 - full, -(-100 * self.stale // self.total)) if self.total else 0


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the page on the state of the translation shows (`page.status`).

    `language`: the page's own language, None where nothing is translated into it. `languages`: all of them.
    `sections`: collections of the page's language. `stale`, `untranslated`: the pages with most of such texts.
    `catalogues`: its files, with an empty address where the repository's host is not known.
    """

    language: StatusLine | None
    languages: tuple[StatusLine, ...]
    sections: tuple[StatusLine, ...]
    stale: tuple[StatusLine, ...]
    untranslated: tuple[StatusLine, ...]
    catalogues: tuple[Link, ...]

    @property
    def complete(self) -> bool:
        """Whether everything is translated into the page's language."""
        return all(line.translated == line.total for line in self.sections)


@dataclass(frozen=True, slots=True)
class Page:
    """One output page.

    `kind`: 'home' | 'entry' | 'list' | 'tag' | 'tags' | 'not_found' | 'root' | 'status' | 'search'.
    `url` is its own address; `canonical` is absolute. `entry`, `collection`, `pager`, `tag` are None where they
    do not apply. `body` is the rendered Markdown (empty when there is none). `json_ld` holds whole script elements.
    `downloads`: the list as open data (CSV, JSON, GeoJSON, calendar). `filters`: the archives of a list, by year or
    programming period, newest first; on the page of an archive it is `filter`, and `current` among them.
    `status`: on the page of kind 'status' alone.
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
    downloads: tuple[Link, ...] = ()
    filters: tuple[Link, ...] = ()
    filter: Link | None = None
    status: StatusView | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet. `slug`: in addresses; `count`: entries that have it; `url`: the page with these, or None;
    `current`: this is that page."""

    slug: str
    title: Text
    count: int
    url: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """What a directory can be narrowed by: 'country', 'region', 'theme' or 'status'. Values by the alphabet."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """`facets`: those with two values or more. `letters`: where each letter begins in the list, also across its pages.
    `data`: the file that `assets/js/directory.js` reads, or None where the list is short. `part`: the page shows a part
    of the list, such as the groups of one country."""

    facets: tuple[Facet, ...]
    letters: tuple[Link, ...]
    data: str | None
    part: bool


@dataclass(frozen=True, slots=True)
class MapArea:
    """A country with entries. `path` is SVG path data; (`x`, `y`) lies well within it.

    `entries`: those of this country. `url`: their page of the directory, or the one entry's own page, or None.
    `tiny`: the country is hardly visible at this scale and needs a mark of its own.
    """

    code: str
    name: str
    path: str
    x: int
    y: int
    entries: tuple[EntryView, ...]
    url: str | None
    tiny: bool


@dataclass(frozen=True, slots=True)
class MapMark:
    """One or more entries at one place. `url`: the entry's page, or for several their list's, or None.

    `side`: where the name of a single entry stands: 'after', 'before' or 'above' the mark. `named`: there is room to
    show it always, not only to those who point at the mark.
    """

    x: int
    y: int
    entries: tuple[EntryView, ...]
    url: str | None
    side: str = "above"
    named: bool = False


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A country's name in the page's language and where its middle stands. `member`: it has entries."""

    name: str
    x: int
    y: int
    member: bool


@dataclass(frozen=True, slots=True)
class MapRegion:
    """An outline from the site's own GeoJSON. `path` is SVG path data; `name` may be empty."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class MapView:
    """A map, ready to be written as SVG: a drawing of `width` × `height` units, everything in whole units.

    `land`: path data of the countries without entries; `borders` and `disputed`: lines between countries.
    """

    width: int
    height: int
    land: str
    areas: tuple[MapArea, ...]
    borders: str
    disputed: str
    regions: tuple[MapRegion, ...]
    marks: tuple[MapMark, ...]
    labels: tuple[MapLabel, ...]
