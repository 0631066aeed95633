"""JSON-LD (schema.org) of a page: who publishes it, what it is, where it stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from sitegen.model.site import LanguageSite, Site
    from sitegen.plan.context import Page

Absolute = Callable[[str], str]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ENTRY_TYPES = {
    "news": "NewsArticle",
    "events": "Event",
    "lags": "Organization",
    "networks": "Organization",
    "partners": "Organization",
    "projects": "Project",
    "publications": "PublicationIssue",
    "people": "Person",
}


def structured_data(page: Page, site: Site, language_site: LanguageSite, absolute: Absolute) -> Markup:
    """Whole `<script type="application/ld+json">` elements; nothing for pages that search engines do not keep."""
    if page.noindex or page.kind == "not_found":
        return Markup("")
    graph: list[dict[str, Any]] = []
    if page.kind in ("home", "root"):
        graph += [_organisation(site, language_site, absolute), _website(page, language_site, absolute)]
    if page.kind == "entry" and page.entry is not None:
        graph.append(_entry(page, site, language_site, absolute))
    if len(page.breadcrumbs) > 1:
        graph.append(_breadcrumbs(page, absolute))
    if not graph:
        return Markup("")
    return script_element({"@context": "https://schema.org", "@graph": graph})


def script_element(data: Any) -> Markup:
    """JSON inside a data block: `<`, `>` and `&` are escaped so that no text can end the element."""
    text = _ENCODER.encode(data)
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - escaped above


def _organisation(site: Site, language_site: LanguageSite, absolute: Absolute) -> dict[str, Any]:
    contact = language_site.facts["contact"]
    found = {
        "@type": "Organization",
        "name": contact.name or str(language_site.facts["title"]),
        "url": absolute(language_site.facts["home"]),
        "email": contact.email,
        "telephone": contact.phone,
        "sameAs": list(contact.social) or None,
    }
    return _present(found)


def _website(page: Page, language_site: LanguageSite, absolute: Absolute) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "name": str(language_site.facts["title"]),
        "url": absolute(page.url),
        "inLanguage": page.language.tag,
    }


def _entry(page: Page, site: Site, language_site: LanguageSite, absolute: Absolute) -> dict[str, Any]:
    entry = page.entry
    assert entry is not None
    kind = _ENTRY_TYPES.get(entry.collection, "WebPage")
    data: dict[str, Any] = {"@type": kind, "url": absolute(page.url), "inLanguage": page.title.lang}
    data["headline" if kind == "NewsArticle" else "name"] = str(page.title)
    data["description"] = str(page.description) if page.description else None
    data["image"] = absolute(page.image) if page.image else None
    if kind == "NewsArticle":
        data["datePublished"] = _iso(page.published)
        data["dateModified"] = _iso(page.updated)
        data["publisher"] = _organisation(site, language_site, absolute)
    if kind == "Event":
        data |= _event(entry)
    if kind == "Project":
        data["foundingDate"], data["dissolutionDate"] = _iso(_get(entry, "start")), _iso(_get(entry, "end"))
    return _present(data)


def _event(entry: Any) -> dict[str, Any]:
    venue, online = _get(entry, "venue"), _get(entry, "online_url")
    location: Any = None
    if venue:
        location = {"@type": "Place", "name": str(venue), "address": str(venue)}
    elif online:
        location = {"@type": "VirtualLocation", "url": online}
    return {
        "startDate": _iso(_get(entry, "start")),
        "endDate": _iso(_get(entry, "end")),
        "location": location,
        "organizer": _named(_get(entry, "organiser")),
    }


def _named(value: Any) -> Any:
    return {"@type": "Organization", "name": str(getattr(value, "title", value))} if value else None


def _get(entry: Any, name: str) -> Any:
    return getattr(entry, name, None)


def _iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _breadcrumbs(page: Page, absolute: Absolute) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": str(link.title), "item": absolute(link.url)}
        for number, link in enumerate(page.breadcrumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
