"""The list of jobs: each names the output files it makes and what they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.model.site import Site
from sitegen.plan.paging import page_count
from sitegen.plan.routes import Routes, list_pages


class JobKind(StrEnum):
    ENTRY = "entry"  # an entry in all its languages: its source is parsed once
    LIST = "list"
    ARCHIVE = "archive"  # a part of a list: `projects 2014-2020`, `lags country/fi`
    TAG = "tag"
    TAGS = "tags"
    NOT_FOUND = "not_found"
    ROOT = "root"
    SEARCH = "search"
    REDIRECT = "redirect"
    DIRECTORY = "directory"  # what the search of a directory reads
    EXPORT = "export"  # open data of a collection in one language, or the calendar
    # made once every entry is rendered, from what is known of all of them:
    SITEMAP = "sitemap"
    FEED = "feed"
    ROBOTS = "robots"
    STATUS = "status"  # how far a language is translated


LATE = frozenset({JobKind.SITEMAP, JobKind.FEED, JobKind.ROBOTS, JobKind.STATUS})


@dataclass(frozen=True, slots=True)
class Job:
    """One unit of rendering. `subject`: entry id, collection, tag slug or alias; `language`: '' for all of them."""

    kind: JobKind
    subject: str = ""
    language: str = ""
    number: int = 1

    @property
    def key(self) -> str:
        """A name for the cache and for messages: `entry:lags/viisari`, `list:news:fi:2`."""
        return ":".join(part for part in (self.kind.value, self.subject, self.language, str(self.number)) if part)


def plan_jobs(site: Site, routes: Routes) -> list[Job]:
    """Every job of the site, in a stable order."""
    published = dict.fromkeys(entry_id for entry_id, _ in routes.entries)
    jobs = [Job(JobKind.ENTRY, entry_id) for entry_id in published]
    for collection, tag in routes.lists:
        settings = site.config.collections[collection]
        total = list_pages(site, settings, site.languages[tag])
        jobs += [Job(JobKind.LIST, collection, tag, number) for number in range(1, total + 1)]
    for (name, tag), members in routes.members.items():
        size = site.config.collections[name.partition(" ")[0]].page_size
        total = page_count(len(members), size)
        jobs += [Job(JobKind.ARCHIVE, name, tag, number) for number in range(1, total + 1)]
    for slug, tag in routes.tags:
        jobs.append(Job(JobKind.TAG, slug, tag) if slug else Job(JobKind.TAGS, language=tag))
    jobs += [Job(JobKind.NOT_FOUND, language=tag) for tag in site.languages]
    jobs += [Job(JobKind.SEARCH, language=tag) for tag in routes.search]
    if site.config.prefix_source_language:
        jobs.append(Job(JobKind.ROOT))
    jobs += [Job(JobKind.REDIRECT, f"{address} {entry_id}", tag) for address, entry_id, tag in routes.aliases]
    jobs += [Job(JobKind.DIRECTORY, name, tag) for name, tag in routes.directories]
    jobs += [Job(JobKind.EXPORT, name, tag) for name, tag in routes.exports]
    jobs += [Job(JobKind.FEED, language=tag) for tag in site.languages]
    jobs += [Job(JobKind.STATUS, language=tag) for tag in routes.status]
    return [*jobs, Job(JobKind.SITEMAP), Job(JobKind.ROBOTS)]
