"""No page makes its reader's browser talk to a stranger: no fonts, scripts, pictures or frames of other hosts."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator

from sitegen.check.pages import BuiltSite, Element, addresses, is_own
from sitegen.problems import Position, Problem

# `link` relations that a browser acts upon without being asked.
_FETCHED = frozenset(
    (
        *("apple-touch-icon", "dns-prefetch", "icon", "manifest", "mask-icon", "modulepreload"),
        *("preconnect", "prefetch", "preload", "prerender", "shortcut", "stylesheet"),
    )
)
_FOLLOWED_ON_PURPOSE = frozenset(("a", "area"))
_CSS_REMOTE = re.compile(r"""(?:url\(\s*['"]?|@import\s+['"])((?:https?:)?//[^'")\s]+)""", re.IGNORECASE)
_SVG_REMOTE = re.compile(
    r"""<(?:image|use|script|feImage)\b[^>]*?\s(?:xlink:)?href=["']((?:https?:)?//[^"']+)""", re.IGNORECASE
)


def check_third_parties(site: BuiltSite) -> list[Problem]:
    """Code: third-party-request."""
    found: list[Problem] = []
    for page in site.pages.values():
        for element in page.elements:
            found.extend(_check_element(site, element))
    for suffix, pattern in ((".css", _CSS_REMOTE), (".svg", _SVG_REMOTE)):
        for path in site.with_suffix(suffix):
            found.extend(_check_file(site, path, pattern))
    return found


def _check_element(site: BuiltSite, element: Element) -> Iterator[Problem]:
    if element.tag in _FOLLOWED_ON_PURPOSE:
        return
    if element.tag == "link" and not _FETCHED & set((element.get("rel") or "").lower().split()):
        return
    for _, address in addresses(element):
        if address.startswith(("data:", "mailto:")) or is_own(site, address):
            continue
        yield _problem(element.position, address)
    refresh = element.get("content") if (element.get("http-equiv") or "").lower() == "refresh" else None
    if refresh and "url=" in refresh.lower():
        address = refresh[refresh.lower().index("url=") + 4 :].strip("'\" ")
        if not is_own(site, address):
            yield _problem(element.position, address)


def _check_file(site: BuiltSite, path: str, pattern: re.Pattern[str]) -> Iterator[Problem]:
    text = site.read(path)
    for match in pattern.finditer(text):
        if not is_own(site, match[1]):
            line = text.count("\n", 0, match.start()) + 1
            yield _problem(Position(site.position(path).file, line), match[1])


def _problem(position: Position, address: str) -> Problem:
    host = urllib.parse.urlsplit(address).netloc or address[:60]
    message = f"the page would ask '{host}' as soon as it opens; keep a copy of the file in the site instead"
    return Problem(position, "third-party-request", message)
