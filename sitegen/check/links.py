"""Every address in the finished site that stays in it leads somewhere, anchors included."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Iterator

from sitegen.check.pages import BuiltSite, Element, Page, addresses, inside
from sitegen.problems import Position, Problem, did_you_mean

# `link` elements that name an address without asking anyone to follow it.
_NOT_FOLLOWED = frozenset(("canonical", "preconnect", "dns-prefetch"))
_CSS_URL = re.compile(r"""url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3""")
_SITEMAP_URL = re.compile(r"""<loc>\s*(.*?)\s*</loc>|<xhtml:link[^>]*\shref=["'](.*?)["']""", re.DOTALL)
_FEED_LINK = re.compile(r"""<link[^>]*\shref=["'](.*?)["']""")
_RUNS_CODE = ("javascript:", "vbscript:", "data:text/html")


def check_links(site: BuiltSite) -> list[Problem]:
    """Codes: output-link-missing, output-anchor-missing, output-link-outside, output-link-unsafe."""
    anchors = {path: page.ids for path, page in site.pages.items()}
    found: list[Problem] = []
    for page in site.pages.values():
        for element in page.elements:
            if _followed(element):
                for _, address in addresses(element):
                    found.extend(_check(site, page.path, element.position, address, anchors))
    for path, position, address in _other_addresses(site):
        found.extend(_check(site, path, position, address, anchors))
    return found


def _followed(element: Element) -> bool:
    return not (element.tag == "link" and _NOT_FOLLOWED & set((element.get("rel") or "").lower().split()))


def _other_addresses(site: BuiltSite) -> Iterator[tuple[str, Position, str]]:
    """(file, position, address) from style sheets, site maps and feeds."""
    for path in site.with_suffix(".css"):
        for match in _CSS_URL.finditer(text := site.read(path)):
            yield path, _at(site, path, text, match.start()), match[2] or match[4] or ""
    for path in site.with_suffix(".xml"):
        text = site.read(path)
        pattern = _SITEMAP_URL if "<urlset" in text or "<sitemapindex" in text else _FEED_LINK
        for match in pattern.finditer(text):
            address = next((group for group in match.groups() if group), "")
            yield path, _at(site, path, text, match.start()), html.unescape(address)


def _at(site: BuiltSite, path: str, text: str, offset: int) -> Position:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Position(site.position(path).file, line, column)


def _check(
    site: BuiltSite, path: str, position: Position, address: str, anchors: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    if "".join(address.split()).lower().startswith(_RUNS_CODE):
        yield Problem(position, "output-link-unsafe", f"'{address[:60]}' runs code; write an address instead")
        return
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("", "http", "https"):
        return
    target = inside(site, path, address)
    if target is None:
        if not parts.netloc:
            message = f"'{address}' leaves the site's folder '{site.base_path}'; write it relative to the page"
            yield Problem(position, "output-link-outside", message)
        return
    file = resolve(site, path if not parts.path and not parts.netloc else target)
    if file is None:
        yield Problem(position, "output-link-missing", f"'{address}' leads nowhere: there is no '{target}'")
        return
    fragment = urllib.parse.unquote(parts.fragment)
    if fragment and fragment != "top" and file in anchors and fragment not in anchors[file]:
        near = did_you_mean(fragment, anchors[file])
        yield Problem(position, "output-anchor-missing", f"'{file}' has no place called '#{fragment}'{near}")


def resolve(site: BuiltSite, target: str) -> str | None:
    """The file that a plain host answers with for a path within the site, or None."""
    if target in site.files:
        return target
    index = f"{target.rstrip('/')}/index.html" if target.strip("/") else "index.html"
    return index if index in site.files else None


def check_alternates(site: BuiltSite) -> list[Problem]:
    """Pages of one text in several languages name each other. Codes: hreflang-not-mutual, hreflang-repeated."""
    named: dict[str, dict[str, str]] = {}
    found: list[Problem] = []
    for page in site.pages.values():
        named[page.path], repeated = _alternates(site, page)
        found.extend(
            Problem(page.position, "hreflang-repeated", f"names two pages for the language '{language}'")
            for language in repeated
        )
    for path, languages in named.items():
        for language, other in languages.items():
            if language != "x-default" and other != path and path not in named.get(other, {}).values():
                message = f"names '{other}' as its version in '{language}', which does not name it in return"
                found.append(Problem(site.pages[path].position, "hreflang-not-mutual", message))
    return found


def _alternates(site: BuiltSite, page: Page) -> tuple[dict[str, str], list[str]]:
    languages: dict[str, str] = {}
    repeated = []
    for link in page.all("link"):
        language = link.get("hreflang")
        if not language or "alternate" not in (link.get("rel") or "").split() or link.get("type"):
            continue
        target = inside(site, page.path, link.get("href") or "")
        file = resolve(site, target) if target is not None else None
        if language in languages:
            repeated.append(language)
        elif file:
            languages[language] = file
    return languages, repeated
