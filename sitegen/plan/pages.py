"""The `page` of each kind of output: titles, addresses, alternates, breadcrumbs, translation state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sitegen.model.entry import CollectionView, Entry, EntryView
from sitegen.model.site import Site
from sitegen.model.text import Text
from sitegen.plan.archives import archive_title, archives_of, shown_slug
from sitegen.plan.context import Alternate, Link, Page, Pager, Translation
from sitegen.plan.directory import is_facet
from sitegen.plan.exports import dataset, downloads
from sitegen.plan.page_translation import PageTranslations
from sitegen.plan.paging import page_address, page_count
from sitegen.plan.phrases import NOT_FOUND, TOPICS
from sitegen.plan.routes import ROOT, list_pages, output_path
from sitegen.plan.structured_data import script_element, structured_data

if TYPE_CHECKING:
    from sitegen.plan.views import Views


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a page needs to know of a body: its HTML and how far it is translated (counts of segments)."""

    html: Markup
    toc: tuple[Any, ...] = ()
    excerpt: str = ""
    translated: int = 0
    stale: int = 0
    untranslated: int = 0

    @property
    def total(self) -> int:
        return self.translated + self.stale + self.untranslated

    @property
    def coverage(self) -> float:
        return self.translated / self.total if self.total else 1.0


EMPTY_BODY = BodyFacts(Markup(""))


class Pages:
    """Builds the `Page` of every kind of output."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.site: Site = views.site
        self.base = views.site.config.url or views.site.config.base_path
        self._translations = PageTranslations(views)

    def absolute(self, url: str) -> str:
        return url.replace(ROOT, self.base)

    # --- entries ------------------------------------------------------------------------------------------

    def entry(self, entry: Entry, tag: str, bodies: Mapping[str, BodyFacts], indexed: Mapping[str, bool]) -> Page:
        """The page of an entry in one language. `bodies`: its body in every language where it exists, and `indexed`,
        whether search engines may know it there (see `indexed`)."""
        language_site = self.views.sites[tag]
        view = language_site.view(entry)
        language = self.views.languages[tag]
        address = self.views.routes.entries[entry.id, tag]
        translation = self._translations.of(entry, tag, bodies[tag])
        home = self.site.languages[tag].prefix == address
        source_url = self.absolute(translation.source_url)
        breadcrumbs = () if home else self._entry_breadcrumbs(entry, view, tag)
        page = Page(
            kind="home" if home else "entry",
            title=view.title,
            description=view.summary or _excerpt(bodies[tag].excerpt, view.title),
            url=ROOT + address,
            canonical=source_url if translation.below_threshold else self.absolute(ROOT + address),
            language=language,
            entry=view,
            collection=language_site.collection(entry.collection),
            body=bodies[tag].html,
            toc=bodies[tag].toc,
            pager=None,
            tag=None,
            tags=view.tags,
            alternates=self._entry_alternates(entry, tag, indexed),
            breadcrumbs=breadcrumbs,
            translation=translation,
            funding=view.funding,
            image=_value(view, "image"),
            published=entry.date,
            updated=_value(view, "updated") or entry.date,
            noindex=bool(entry.value("noindex")) or translation.below_threshold or self.site.languages[tag].pseudo,
            json_ld=Markup(""),
        )
        return _with_json_ld(page, structured_data(page, self.site, language_site, self.absolute))

    def indexed(self, entry: Entry, tag: str, body: BodyFacts) -> bool:
        """Whether search engines, feeds and hreflang may know the entry's page in this language."""
        known = (entry.id, tag) in self.views.routes.entries and not self.site.languages[tag].pseudo
        if entry.value("noindex") or not known:
            return False
        return not self._translations.of(entry, tag, body).below_threshold

    def _entry_alternates(self, entry: Entry, tag: str, indexed: Mapping[str, bool]) -> tuple[Alternate, ...]:
        alternates = []
        addresses = self.views.routes.entries
        for other, language in self.views.languages.items():
            address = addresses.get((entry.id, other))
            url = language.home if address is None else ROOT + address
            exists = address is not None
            alternates.append(Alternate(language, url, exists, exists and indexed[other], other == tag))
        return tuple(alternates)

    def _entry_breadcrumbs(self, entry: Entry, view: EntryView, tag: str) -> tuple[Link, ...]:
        language_site = self.views.sites[tag]
        crumbs = [self._home_link(tag)]
        list_url = self.views.routes.list_url(entry.collection, tag)
        if list_url is not None:
            crumbs.append(Link(language_site.collection(entry.collection).title, list_url))
        crumbs.append(Link(view.title, view.url or "", current=True))
        return tuple(crumbs)

    def _home_link(self, tag: str) -> Link:
        """The home page by its own menu title, else the site's title."""
        language_site = self.views.sites[tag]
        return Link(language_site.facts["title"], language_site.facts["home"])

    # --- lists --------------------------------------------------------------------------------------------

    def listing(self, name: str, tag: str, number: int) -> Page:
        """One page of a collection's list."""
        language_site = self.views.sites[tag]
        language_site.record(f"count:{name}")
        language_site.record(f"exports:{name}")
        language_site.record(f"pages:{name}")
        routes = self.views.routes
        settings = self.site.config.collections[name]
        collection = language_site.collection(name)
        address = routes.lists[name, tag]
        total = list_pages(self.site, settings, self.site.languages[tag])
        pager = self._pager(language_site.entries(name), address, number, total, settings.page_size)
        crumbs = (self._home_link(tag), Link(collection.title, ROOT + address, current=True))
        page = self._simple(
            "list", collection.title, page_address(address, number), tag,
            description=collection.description, collection=collection, pager=pager, breadcrumbs=crumbs,
            others=self._in_languages(routes.lists, name, number), listed=f"list {name}",
            funding=self.views.funding_blocks.blocks(settings.funding, tag),
        )  # fmt: skip
        files = downloads(routes, name, tag, ROOT)
        described = dataset(collection, files, ROOT + address, language_site, self.absolute) if files else None
        data = script_element(described) if described and not page.noindex else Markup("")
        return replace(page, downloads=files, filters=self._filters(name, tag), json_ld=page.json_ld + data)

    def archive(self, name: str, tag: str, number: int) -> Page:
        """One page of an archive, a part of a list: `projects 2014-2020`."""
        collection_name, _, slug = name.partition(" ")
        language_site = self.views.sites[tag]
        language_site.record(f"members:{name}")
        language_site.record(f"order:{collection_name}")
        routes = self.views.routes
        settings = self.site.config.collections[collection_name]
        collection = language_site.collection(collection_name)
        address, members = routes.archives[name, tag], routes.members[name, tag]
        found = [entry for entry in language_site.entries_of(collection_name) if entry.id in members]
        start = (number - 1) * settings.page_size
        chosen = found[start : start + settings.page_size] if settings.page_size else found
        total = page_count(len(found), settings.page_size)
        shown = tuple(language_site.view(entry) for entry in chosen)
        title = self._part_title(collection.title, name, slug, tag)
        list_link = Link(collection.title, collection.url or "")
        page = self._simple(
            "list", title, page_address(address, number), tag,
            collection=collection, pager=_numbered(shown, address, number, total),
            breadcrumbs=(self._home_link(tag), list_link, Link(title, ROOT + address, current=True)),
            others=self._in_languages(routes.archives, name, number), listed=f"list {collection_name}",
            funding=self.views.funding_blocks.blocks(settings.funding, tag),
        )  # fmt: skip
        filters = self._filters(collection_name, tag, address)
        return replace(page, filters=filters, filter=next((link for link in filters if link.current), None))

    def _part_title(self, title: Text, name: str, slug: str, tag: str) -> Text:
        if not is_facet(slug):
            return archive_title(title, slug)
        self.views.sites[tag].record(f"facets:{name.partition(' ')[0]}")
        return Text(f"{title}: {self.views.directories.title(name, tag)}", title.lang, title.dir, title.state)

    def _filters(self, collection: str, tag: str, current: str = "") -> tuple[Link, ...]:
        self.views.sites[tag].record(f"archives:{collection}")
        return tuple(
            Link(Text(shown_slug(slug), "und"), ROOT + address, current=address == current)
            for slug, address in archives_of(self.views.routes, collection, tag)
        )

    def _in_languages(self, table: Mapping[tuple[str, str], str], name: str, number: int) -> dict[str, str]:
        """The same page of a list in every language that has it."""
        listed = {tag: address for tag in self.site.languages if (address := table.get((name, tag))) is not None}
        found = {tag: page_address(address, number) for tag, address in listed.items()}
        return {tag: address for tag, address in found.items() if self._is_claimed(address)}

    def _is_claimed(self, address: str) -> bool:
        return output_path(address) in self.views.routes.claims

    def _pager(self, entries: Any, address: str, number: int, total: int, size: int) -> Pager:
        start = (number - 1) * size
        chosen = entries[start : start + size] if size else tuple(entries)
        return _numbered(tuple(chosen), address, number, total)

    def tag(self, slug: str, tag: str) -> Page:
        """The page of one tag: all entries that carry it."""
        text, ids = self.site.tags[slug]
        language_site = self.views.sites[tag]
        language_site.record(f"tag:{slug}")
        first = self.site.entries[ids[0]]
        link = self.views.tag_link(slug, text, first.source_language, tag)
        entries = [self.site.entries[i] for i in ids]
        shown = [entry for entry in entries if (entry.id, tag) in self.views.routes.entries]
        shown.sort(key=lambda entry: (-(entry.date or dt.date.min).toordinal(), entry.id))
        address = self.views.routes.tags[slug, tag]
        pager = self._pager([language_site.view(entry) for entry in shown], address, 1, 1, 0)
        return self._simple(
            "tag", link.title, address, tag, pager=pager, tag_link=link,
            breadcrumbs=(self._home_link(tag), Link(link.title, ROOT + address, current=True)),
            others={other: found for (s, other), found in self.views.routes.tags.items() if s == slug},
            listed=f"tag {slug}",
        )  # fmt: skip

    def all_tags(self, tag: str) -> Page:
        """The page that lists all tags."""
        self.views.sites[tag].record("tags:")
        used = [slug for (slug, other) in self.views.routes.tags if other == tag and slug]
        links = []
        for slug in used:
            text, ids = self.site.tags[slug]
            links.append(self.views.tag_link(slug, text, self.site.entries[ids[0]].source_language, tag))
        address = self.views.routes.tags["", tag]
        title = self.views.interface(tag, TOPICS)
        return self._simple(
            "tags", title, address, tag, tags=tuple(links),
            breadcrumbs=(self._home_link(tag), Link(title, ROOT + address, current=True)),
            others={other: found for (s, other), found in self.views.routes.tags.items() if s == ""},
            listed="tags",
        )  # fmt: skip

    # --- pages without an entry ---------------------------------------------------------------------------

    def not_found(self, tag: str) -> Page:
        title = self.views.interface(tag, NOT_FOUND)
        address = f"{self.site.languages[tag].prefix}404.html"
        return self._simple("not_found", title, address, tag, noindex=True)

    def root(self, unknown: Container[str] = ()) -> Page:
        """The page above the languages: all of them, in their own names. `unknown`: those whose home page search
        engines may not know."""
        tag = self.site.config.source_language
        others = {other: language.prefix for other, language in self.site.languages.items()}
        page = self._simple("root", self.views.sites[tag].facts["title"], "", tag, others=others)
        alternates = tuple(
            replace(item, indexed=item.indexed and item.language.tag not in unknown) for item in page.alternates
        )
        return replace(page, alternates=alternates)

    def redirect(self, entry: Entry, tag: str) -> Page:
        """The page at an old address; `url` is the new one."""
        title = self.views.sites[tag].view(entry).title
        return self._simple("redirect", title, self.views.routes.entries[entry.id, tag], tag, noindex=True)

    def plain(
        self,
        kind: str,
        message: str,
        address: str,
        tag: str,
        *,
        only: Container[str] | None = None,
        noindex: bool = False,
    ) -> Page:
        """A page of the site's own machinery (search, translation status). `only`: the languages that have it."""
        title = self.views.interface(tag, message)
        suffix = address.removeprefix(self.site.languages[tag].prefix)
        others = {
            other: language.prefix + suffix
            for other, language in self.site.languages.items()
            if only is None or other in only
        }
        crumbs = (self._home_link(tag), Link(title, ROOT + address, current=True))
        return self._simple(kind, title, address, tag, others=others, breadcrumbs=crumbs, noindex=noindex)

    def _simple(
        self,
        kind: str,
        title: Text,
        address: str,
        tag: str,
        *,
        description: Text | None = None,
        collection: CollectionView | None = None,
        pager: Pager | None = None,
        tag_link: Link | None = None,
        tags: tuple[Link, ...] = (),
        breadcrumbs: tuple[Link, ...] = (),
        others: Mapping[str, str] | None = None,
        funding: tuple[Any, ...] = (),
        noindex: bool = False,
        listed: str = "",
    ) -> Page:
        """A page without an entry. `others`: its addresses by language; `listed`: the list that it shows, if any."""
        language = self.views.languages[tag]
        page = Page(
            kind=kind,
            title=title,
            description=description,
            url=ROOT + address,
            canonical=self.absolute(ROOT + address),
            language=language,
            entry=None,
            collection=collection,
            body=Markup(""),
            toc=(),
            pager=pager,
            tag=tag_link,
            tags=tags,
            alternates=self._simple_alternates(tag, others or {}, listed),
            breadcrumbs=breadcrumbs,
            translation=Translation("source", 0, 0, 0, 0, 1.0, False, language, ROOT + address, None),
            funding=funding,
            image=None,
            published=None,
            updated=None,
            noindex=noindex or not self._is_indexed(listed, tag),
            json_ld=Markup(""),
        )
        return _with_json_ld(page, structured_data(page, self.site, self.views.sites[tag], self.absolute))

    def _is_indexed(self, listed: str, tag: str) -> bool:
        return not self.site.languages[tag].pseudo and (not listed or self.views.lists.spoken(listed, tag))

    def _simple_alternates(self, tag: str, others: Mapping[str, str], listed: str) -> tuple[Alternate, ...]:
        return tuple(
            Alternate(
                language,
                ROOT + others[other] if other in others else language.home,
                other in others,
                self._is_indexed(listed, other) and other in others,  # asked in any case: it is a dependency
                other == tag,
            )
            for other, language in self.views.languages.items()
        )


def _numbered(entries: tuple[EntryView, ...], address: str, number: int, total: int) -> Pager:
    links = tuple(
        Link(Text(str(n), "und"), ROOT + page_address(address, n), current=n == number) for n in range(1, total + 1)
    )
    previous = links[number - 2].url if number > 1 else None
    following = links[number].url if number < total else None
    return Pager(entries, number, total, previous, following, links)


def _with_json_ld(page: Page, json_ld: Markup) -> Page:
    """The page itself, which nobody else has seen yet: a copy would cost as much as all the rest of it."""
    object.__setattr__(page, "json_ld", json_ld)
    return page


def _value(view: EntryView, name: str) -> Any:
    try:
        return getattr(view, name)
    except AttributeError:
        return None


def _excerpt(text: str, title: Text) -> Text | None:
    """A description for search engines from the first paragraph, cut at a word."""
    if not text:
        return None
    if len(text) > 160:
        text = text[:157].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"
    return Text(text, title.lang, title.dir, title.state)
