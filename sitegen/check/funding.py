"""An emblem never stands alone: beside it, in full and in the page's language, stands the funder's statement.

The contract with themes is one class name: an element of class `eu-statement` holds the emblem (a drawing or a
picture) and its statement.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.pages import BuiltSite, Element, Page
from sitegen.problems import Problem

CLASS = "eu-statement"


def check_funding(site: BuiltSite) -> list[Problem]:
    """Codes: funding-emblem-missing, funding-statement-missing, funding-statement-language."""
    return [
        problem
        for page in site.pages.values()
        for element in page.elements
        if CLASS in (element.get("class") or "").split()
        for problem in _check_block(page, element)
    ]


def _check_block(page: Page, block: Element) -> Iterator[Problem]:
    inside = [element for element in page.elements if block in element.ancestors()]
    if not any(element.tag in ("svg", "img", "picture") for element in inside):
        yield Problem(block.position, "funding-emblem-missing", "has a statement but no emblem; both belong together")
    texts = [element for element in inside if element.text.strip() and element.parent is block]
    if not texts:
        message = "has the emblem but no statement; the funder's sentence stands beside it, in full"
        yield Problem(block.position, "funding-statement-missing", message)
    page_language = next((root.get("lang") or "" for root in page.all("html")), "")
    for text in texts:
        language = text.get("lang")
        if language is not None and language != page_language:
            message = f"the statement is in '{language}' on a page in '{page_language}'; add the prescribed text"
            yield Problem(text.position, "funding-statement-language", message)
