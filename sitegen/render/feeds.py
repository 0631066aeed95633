"""What machines read: Atom feeds, sitemaps with alternates, robots.txt."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterable, Mapping

from sitegen.model.entry import EntryView
from sitegen.model.site import LanguageSite, Site
from sitegen.plan.context import LanguageView
from sitegen.plan.routes import ROOT, Routes

FEED_LENGTH = 30
SITEMAP_LIMIT = 50_000
"""Addresses in one sitemap file (sitemaps.org protocol)."""

_NEVER = dt.date(1970, 1, 1)
"""An empty feed was never updated; the day of the build would make it another one every day."""

Indexed = Callable[[str], bool]
"""Address without ROOT → whether search engines may know it."""


def escape(text: str) -> str:
    """Character data of XML. (`xml.sax.saxutils` would load Python's whole HTTP client.)"""
    return html.escape(text, quote=False)


def quoteattr(text: str) -> str:
    """The value of an attribute of XML, with its quotation marks."""
    return f'"{html.escape(text)}"'


def atom_feed(
    site: Site, language_site: LanguageSite, language: LanguageView, routes: Routes, indexed: Indexed
) -> bytes:
    """The newest entries of all collections with `feed: true`, as Atom (RFC 4287), in one language."""
    base = site.config.url or site.config.base_path
    entries = _feed_entries(site, language_site, routes, indexed)
    updated = max((_updated(view) for view in entries), default=_NEVER)
    feed = f"{base}{language.feed.removeprefix(ROOT)}"
    home = f"{base}{language.home.removeprefix(ROOT)}"
    author = language_site.facts["contact"].name or language_site.facts["title"]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language.tag)}>',
        f"<title>{escape(language_site.facts['title'])}</title>",
        f"<subtitle>{escape(language_site.facts['description'])}</subtitle>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed)}/>',
        f'<link rel="alternate" type="text/html" hreflang={quoteattr(language.tag)} href={quoteattr(home)}/>',
        f"<id>{escape(feed)}</id>",
        f"<updated>{_instant(updated)}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        *(_feed_entry(view, base) for view in entries),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _feed_entries(site: Site, language_site: LanguageSite, routes: Routes, indexed: Indexed) -> list[EntryView]:
    tag = language_site.language.tag
    found = [
        entry
        for name, settings in site.config.collections.items()
        if settings.feed
        for entry in site.collections[name]
        if entry.date and (entry.id, tag) in routes.entries and indexed(routes.entries[entry.id, tag])
    ]
    found.sort(key=lambda entry: (entry.date, entry.id), reverse=True)
    return [language_site.view(entry) for entry in found[:FEED_LENGTH]]


def _updated(view: EntryView) -> dt.date:
    updated: dt.date = getattr(view, "updated", None) or view.date or _NEVER
    return updated.date() if isinstance(updated, dt.datetime) else updated


def _feed_entry(view: EntryView, base: str) -> str:
    url = (view.url or "").replace(ROOT, base)
    summary = view.summary or view.excerpt
    lang = f' xml:lang="{view.title.lang}"'
    return (
        f"<entry{lang}><title>{escape(view.title)}</title>"
        f'<link rel="alternate" type="text/html" href={quoteattr(url)}/><id>{escape(url)}</id>'
        f"<published>{_instant(view.date)}</published><updated>{_instant(_updated(view))}</updated>"
        f"<summary>{escape(summary)}</summary></entry>"
    )


def _instant(value: dt.date | None) -> str:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=value.tzinfo or dt.UTC).isoformat()
    return f"{(value or dt.date.min).isoformat()}T00:00:00Z"


def sitemaps(site: Site, groups: Iterable[Mapping[str, str]]) -> list[tuple[str, bytes]]:
    """`groups`: the indexed addresses of one page by language tag. One file, or an index and its parts."""
    base = site.config.url or site.config.base_path
    urls = [entry for group in groups for entry in _sitemap_group(group, base)]
    if len(urls) <= SITEMAP_LIMIT:
        return [("sitemap.xml", _urlset(urls))]
    parts = [urls[start : start + SITEMAP_LIMIT] for start in range(0, len(urls), SITEMAP_LIMIT)]
    files = [(f"sitemap-{number}.xml", _urlset(part)) for number, part in enumerate(parts, 1)]
    index = "\n".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>" for name, _ in files)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    )
    return [("sitemap.xml", f"{head}{index}\n</sitemapindex>\n".encode()), *files]


def _sitemap_group(group: Mapping[str, str], base: str) -> list[str]:
    links = ""
    if len(group) > 1:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(base + address)}/>'
            for tag, address in group.items()
        )
    return [f"<url><loc>{escape(base + address)}</loc>{links}</url>" for address in group.values()]


def _urlset(urls: list[str]) -> bytes:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    return (head + "\n".join(urls) + "\n</urlset>\n").encode()


def robots(site: Site) -> bytes:
    """Everything may be read; where the sitemap is, when the site knows its own address."""
    sitemap = f"\nSitemap: {site.config.url}sitemap.xml\n" if site.config.url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()
