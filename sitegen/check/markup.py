"""What a page owes to people and their tools: names, languages, headings, labels; and no inline code.

These are the faults that a machine can be sure of. They do not replace a person with a screen reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sitegen.check.pages import BuiltSite, Element, Page
from sitegen.problems import Problem, Severity

# Well-formedness of BCP 47 (RFC 5646): language, script, region, variants, extensions, private use.
_LANGUAGE_TAG = re.compile(
    r"^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?$"
    r"|^x(?:-[a-z0-9]{1,8})+$",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DATA_SCRIPTS = frozenset(("application/ld+json", "application/json"))
_POINTS_TO_IDS = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "list",
    "headers",
)
_NEEDS_NO_LABEL = frozenset(("hidden", "submit", "button", "reset", "image"))


def check_html(site: BuiltSite) -> list[Problem]:
    """All faults of all pages; the codes begin with `html-`."""
    return [problem for page in site.pages.values() for problem in check_page(page)]


def check_page(page: Page) -> list[Problem]:
    found = [
        *_check_document(page),
        *_check_ids(page),
        *_check_languages(page),
        *_check_names(page),
        *_check_inline_code(page),
    ]
    if not page.redirects:
        found.extend(_check_structure(page))
    return found


def _check_document(page: Page) -> Iterator[Problem]:
    root = next(page.all("html"), None)
    if root is None or not root.get("lang"):
        yield Problem(page.position, "html-lang-missing", "<html> has no lang; a screen reader would guess")
    if not any(title.text.strip() for title in page.all("title") if not _within(title, "svg")):
        yield Problem(page.position, "html-title-missing", "has no <title>")
    for element in page.elements:
        for name in element.repeated:
            message = f"<{element.tag}> has the attribute '{name}' twice; the second is ignored"
            yield Problem(element.position, "html-attribute-repeated", message)


def _check_ids(page: Page) -> Iterator[Problem]:
    counts = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    seen: set[str] = set()
    for element in page.elements:
        name = element.get("id")
        if name is not None and counts[name] > 1:
            if name in seen:
                message = f"id '{name}' stands {counts[name]} times; an id names one place"
                yield Problem(element.position, "html-id-repeated", message)
            seen.add(name)
        if name is not None and (not name or any(character.isspace() for character in name)):
            yield Problem(element.position, "html-id-invalid", f"id '{name}' is empty or holds white space")
        for attribute in (*_POINTS_TO_IDS, *(("for",) if element.tag in ("label", "output") else ())):
            for target in (element.get(attribute) or "").split():
                if target not in counts:
                    message = f"{attribute} names '{target}', but nothing on the page has that id"
                    yield Problem(element.position, "html-reference-missing", message)


def _check_languages(page: Page) -> Iterator[Problem]:
    for element in page.elements:
        for attribute in ("lang", "hreflang"):
            value = element.get(attribute)
            allowed_empty = attribute == "lang" and element.tag != "html"
            if value is None or (value == "" and allowed_empty) or value == "x-default":
                continue
            if not _LANGUAGE_TAG.match(value):
                message = f"{attribute} '{value}' is no BCP 47 language tag (such as 'sr-Latn')"
                yield Problem(element.position, "html-lang-invalid", message)
        if element.get("dir") not in (None, "ltr", "rtl", "auto"):
            message = f"dir '{element.get('dir')}' is none of ltr, rtl, auto"
            yield Problem(element.position, "html-dir-invalid", message)


def _check_structure(page: Page) -> Iterator[Problem]:
    headings = [element for element in page.all(*_HEADINGS) if not element.hidden]
    first = [element for element in headings if element.tag == "h1"]
    if len(first) != 1:
        yield Problem(page.position, "html-h1", f"has {len(first)} <h1>; a page has one title")
    level = 0
    for heading in headings:
        own = int(heading.tag[1])
        if own > level + 1 and level:
            message = f"<h{own}> follows <h{level}>: the outline of the page skips a level"
            yield Problem(heading.position, "html-heading-order", message, Severity.WARNING)
        if not _has_name(heading):
            yield Problem(heading.position, "html-heading-empty", f"<{heading.tag}> is empty")
        level = own
    mains = [element for element in page.all("main") if not element.hidden]
    if len(mains) != 1:
        yield Problem(page.position, "html-main", f"has {len(mains)} <main>; readers jump to the one")


def _check_names(page: Page) -> Iterator[Problem]:
    """Images, links, buttons, frames and fields that a screen reader could not call by a name."""
    labelled = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    for element in page.elements:
        if element.hidden:
            continue
        if element.tag == "img" and "alt" not in element.attributes:
            message = '<img> has no alt; describe the picture, or write alt="" when it only decorates'
            yield Problem(element.position, "html-alt-missing", message)
        elif (element.tag == "a" and "href" in element.attributes) or element.tag in ("button", "summary"):
            if not _has_name(element):
                yield Problem(element.position, "html-name-missing", f"<{element.tag}> has no text and no label")
        elif element.tag == "iframe" and not element.get("title"):
            yield Problem(element.position, "html-name-missing", "<iframe> has no title")
        elif element.tag in ("input", "select", "textarea") and not _has_label(element, labelled):
            yield Problem(element.position, "html-label-missing", f"<{element.tag}> has no label")


def _has_name(element: Element) -> bool:
    return bool(element.text.strip() or element.names or element.get("aria-labelledby"))


def _has_label(element: Element, labelled: set[str]) -> bool:
    if (element.get("type") or "").lower() in _NEEDS_NO_LABEL:
        return True
    named = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
    return bool(named) or element.attributes.get("id", "") in labelled or _within(element, "label")


def _within(element: Element, tag: str) -> bool:
    return any(above.tag == tag for above in element.ancestors())


def _check_inline_code(page: Page) -> Iterator[Problem]:
    """A strict Content-Security-Policy must be able to refuse all code that is not in a file of the site's own."""
    for element in page.elements:
        if element.tag == "script" and "src" not in element.attributes:
            if (element.get("type") or "").lower() not in _DATA_SCRIPTS:
                yield Problem(element.position, "html-inline-script", "script within the page; put it into a file")
        elif element.tag == "style":
            yield Problem(element.position, "html-inline-style", "style within the page; put it into a file")
        if "style" in element.attributes:
            yield Problem(element.position, "html-inline-style", f"<{element.tag} style=…>; use a class")
        for name in element.attributes:
            if name.startswith("on"):
                message = f"<{element.tag} {name}=…> runs code; put it into a file"
                yield Problem(element.position, "html-inline-script", message)
