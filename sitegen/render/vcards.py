"""Contacts for address books: vCard 4.0 (RFC 6350) of an organisation, in the language of the page beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.model.entry import Entry
from sitegen.model.site import LanguageSite
from sitegen.render.content_lines import content, stable_uid, text_value, uri_value
from sitegen.schema.fields import Coordinates


def vcard_file(entry: Entry, language_site: LanguageSite, url: str | None, address: str) -> bytes:
    """`url`: the absolute address of its page; `address`: of this file."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_properties(entry, language_site, url, address), "END:VCARD"]
    return content(lines)


def _properties(entry: Entry, language_site: LanguageSite, url: str | None, address: str) -> Iterator[str]:
    def value(name: str) -> Any:
        field = entry.schema.field(name)
        return language_site.field_value(entry, field) if field is not None else None

    name = language_site.title_of(entry)
    yield f"SOURCE:{uri_value(address)}"
    yield "KIND:org"
    yield f"FN;LANGUAGE={name.lang}:{text_value(name)}"
    yield f"ORG:{text_value(name)}"
    yield f"UID:urn:uuid:{stable_uid(url or address)}"
    yield f"LANG:{language_site.language.tag}"
    if value("short_name"):
        yield f"NICKNAME:{text_value(value('short_name'))}"
    if value("email"):
        yield f"EMAIL;TYPE=work:{text_value(value('email'))}"
    if value("phone"):
        yield f'TEL;VALUE=uri;TYPE="work,voice":tel:{_digits(value("phone"))}'
    yield from _address(value("address"), value("region"), value("country"))
    place = value("location")
    if isinstance(place, Coordinates):
        yield f"GEO:geo:{place.lat:.6f},{place.lon:.6f}"
    for website in (value("website"), *(value("social") or ()), url):
        if website:
            yield f"URL:{uri_value(website)}"
    changed = value("validated") or value("updated") or entry.date
    if changed is not None:
        yield f"REV:{changed:%Y%m%d}T000000Z"


def _address(street: Any, region: Any, country: Any) -> Iterator[str]:
    """The address as its owner writes it, on one line; its parts are not guessed."""
    if not street and not country:
        return
    label = _parameter(str(street)) if street else ""
    parts = ("", "", street or "", "", region or "", "", country or "")
    parameter = f';LABEL="{label}"' if label else ""
    yield f"ADR{parameter}:{';'.join(text_value(str(part)) for part in parts)}"


def _parameter(text: str) -> str:
    """The value of a parameter within quotation marks (RFC 6868)."""
    return text.replace("^", "^^").replace("\r", "").replace("\n", "^n").replace('"', "^'")


def _digits(phone: str) -> str:
    """A number as RFC 3966 writes it; a local one keeps its digits alone."""
    digits = "".join(character for character in phone if character.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") else digits
