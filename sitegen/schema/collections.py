"""The built-in collections: their field tables, and how each is published unless site.yaml says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sitegen.schema.activity import CALLS, EVENTS, PROJECTS
from sitegen.schema.editorial import DOCUMENTS, FAQ, NEWS, PAGES, PUBLICATIONS
from sitegen.schema.fields import Schema
from sitegen.schema.funding import FUNDING
from sitegen.schema.network import LAGS, PARTNERS, PEOPLE, PRINCIPLES


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIn:
    """A built-in collection. `title` is English; `path` is the first part of its addresses ('' for none)."""

    schema: Schema
    title: str
    path: str
    publish: bool = True
    listed: bool = True
    page_size: int = 20
    sort: str = ""
    feed: bool = False
    data_export: bool = True


BUILT_IN: Mapping[str, BuiltIn] = MappingProxyType(
    {
        item.schema.name: item
        for item in (
            BuiltIn(schema=PAGES, title="Pages", path="", listed=False, data_export=False),
            BuiltIn(schema=NEWS, title="News", path="news", sort="-date", feed=True, data_export=False),
            BuiltIn(schema=LAGS, title="Local Action Groups", path="lags", page_size=5_000),
            BuiltIn(schema=PROJECTS, title="Projects", path="projects", sort="-start"),
            BuiltIn(schema=CALLS, title="Calls", path="calls", sort="-closes", feed=True),
            BuiltIn(schema=EVENTS, title="Events", path="events", sort="-start"),
            BuiltIn(schema=PUBLICATIONS, title="Publications", path="publications", sort="-date"),
            BuiltIn(schema=DOCUMENTS, title="Documents", path="documents", sort="-date"),
            BuiltIn(schema=PARTNERS, title="Partners", path="partners", publish=False, page_size=500),
            BuiltIn(schema=PEOPLE, title="People", path="people", publish=False, page_size=500, data_export=False),
            BuiltIn(
                schema=PRINCIPLES, title="Principles", path="principles", publish=False, listed=False, sort="order"
            ),
            BuiltIn(schema=FUNDING, title="Funding", path="funding", publish=False, listed=False),
            BuiltIn(schema=FAQ, title="Questions and answers", path="faq", publish=False, sort="order", page_size=500),
        )
    }
)
