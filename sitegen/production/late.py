"""Files that need to know all pages: feeds, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.plan.jobs import Job, JobKind
from sitegen.plan.routes import ROOT, output_path
from sitegen.plan.status_page import Coverage, status_page
from sitegen.render.feeds import Indexed, atom_feed, robots, sitemaps
from sitegen.render.outputs import Rendered, Renderer


def render_late(renderer: Renderer, job: Job, indexed_addresses: Mapping[str, bool], coverage: Coverage) -> Rendered:
    """One late job. `indexed_addresses`: what rendering found out; what it does not name may be indexed."""

    def indexed(address: str) -> bool:
        return indexed_addresses.get(address, True)

    with renderer.recording() as result:
        if job.kind is JobKind.STATUS:
            page = status_page(renderer.pages, job.language, coverage)
            html = renderer.page_html(page, ("status.html",))
            if html is not None:
                result.files.append((output_path(page.url.removeprefix(ROOT)), html.encode()))
        elif job.kind is JobKind.FEED:
            result.files.append(_feed(renderer, job.language, indexed))
        elif job.kind is JobKind.SITEMAP:
            result.files += sitemaps(renderer.site, _groups(renderer, indexed))
        else:
            result.files.append(("robots.txt", robots(renderer.site)))
    return result


def _feed(renderer: Renderer, tag: str, indexed: Indexed) -> tuple[str, bytes]:
    language_site, language = renderer.views.sites[tag], renderer.views.languages[tag]
    content = atom_feed(renderer.site, language_site, language, renderer.routes, indexed)
    return f"{renderer.site.languages[tag].prefix}feed.xml", content


def _groups(renderer: Renderer, indexed: Indexed) -> Iterable[Mapping[str, str]]:
    """The indexed addresses of each page, by language."""
    routes = renderer.routes
    found: list[dict[str, str]] = []
    for table in (routes.entries, routes.lists, routes.archives, routes.tags):
        groups: dict[str, dict[str, str]] = {}
        for (name, tag), address in table.items():
            if indexed(address) and not renderer.site.languages[tag].pseudo:
                groups.setdefault(name, {})[tag] = address
        found += groups.values()
    return found
