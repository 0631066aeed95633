"""What `site` and `language` are in templates: the views of each language, with everything they may ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sitegen.config import Config, MenuItemConfig
from sitegen.model.entry import Entry, translatable_texts
from sitegen.model.language import Language
from sitegen.model.media import MediaAddress, media_address
from sitegen.model.site import LanguageSite, Resolvers, Site
from sitegen.model.text import Text
from sitegen.plan.context import LanguageView, Link
from sitegen.plan.directory import Directories
from sitegen.plan.funding_blocks import FundingBlocks
from sitegen.plan.list_coverage import ListCoverage
from sitegen.plan.routes import ROOT, Routes
from sitegen.problems import Problems
from sitegen.schema.fields import SourceText
from sitegen.translate.segments import State

if TYPE_CHECKING:
    from sitegen.plan.context import FundingBlock

WORKBENCH_PATH = "workbench/"
"""Where a language's workbench for translators lies, below the language."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """Who publishes the site, in the page's language."""

    name: str | None
    email: str | None
    phone: str | None
    address: Text | None
    url: str | None
    social: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TranslateView:
    """Where volunteers find help."""

    help: str | None
    email: str | None
    repository: str | None


class Views:
    """The language views of a site. `body` is lent by the renderer, (entry, tag) → its
    rendered body, and `interface`, (tag, message) → the message in that language."""

    def __init__(
        self,
        site: Site,
        routes: Routes,
        problems: Problems,
        body: Callable[[Entry, str], Any],
        interface: Callable[..., Text],
        *,
        workbench: frozenset[str] = frozenset(),
    ) -> None:
        self.interface = interface
        self.site = site
        self.routes = routes
        self.workbench = workbench
        self.languages = {tag: _language_view(language, site) for tag, language in site.languages.items()}
        self.funding_blocks = FundingBlocks(site, problems)
        self.lists = ListCoverage(self)
        self.directories = Directories(self)
        resolvers = Resolvers(
            url=routes.entry_url,
            body=body,
            media_url=self._media_url,
            tags=self.tag_links,
            funding=self.funding_of,
            list_url=routes.list_url,
            beside=routes.beside_url,
        )
        self.sites = {tag: LanguageSite(site, language, resolvers) for tag, language in site.languages.items()}
        for tag, language_site in self.sites.items():
            language_site.set_facts(self._facts(tag, language_site))

    def _facts(self, tag: str, language_site: LanguageSite) -> dict[str, Any]:
        config = self.site.config
        language = self.languages[tag]
        return {
            "title": language_site.site_text(config.title, "site.title"),
            "description": language_site.site_text(config.description, "site.description"),
            "url": config.url or config.base_path,
            "base_path": config.base_path,
            "languages": tuple(self.languages.values()),
            "menus": {name: self._menu(items, language_site, name) for name, items in config.menus.items()},
            "contact": _contact(config, language_site),
            "notice": config.notice and language_site.site_text(config.notice, "site.notice"),
            "funding": self.funding_blocks.blocks(config.funding, tag),
            "date": self.site.date,
            "feed": language.feed,
            "search": tag in self.routes.search,
            "search_url": f"{ROOT}{self.routes.search[tag]}" if tag in self.routes.search else None,
            "status_url": f"{ROOT}{self.routes.status[tag]}" if tag in self.routes.status else None,
            "workbench_url": f"{ROOT}{self.site.languages[tag].prefix}{WORKBENCH_PATH}"
            if tag in self.workbench
            else None,
            "translate": _translate(config, self._translate_help(tag)),
            "home": language.home,
            "options": self.site.theme.options,
        }

    def _media_url(self, path: str) -> MediaAddress:
        found = self.site.media.get(path)
        return media_address(f"{ROOT}media/{quote(path)}", path, found.size if found is not None else 0)

    def _translate_help(self, tag: str) -> str | None:
        wanted = self.site.config.translate.help
        entry = self.site.entries.get(wanted or "")
        return self.routes.entry_url(entry, tag) if entry is not None else wanted

    def field_counts(self, entry: Entry, tag: str) -> tuple[int, int, int]:
        """How many of the entry's translatable fields are translated, stale and untranslated in this language."""
        counts = {State.TRANSLATED: 0, State.STALE: 0, State.UNTRANSLATED: 0}
        for _field, path, text in translatable_texts(entry):
            state = self.sites[tag].text_of(entry, path, text).state
            if state in counts:
                counts[State(state)] += 1
        return counts[State.TRANSLATED], counts[State.STALE], counts[State.UNTRANSLATED]

    # --- menus --------------------------------------------------------------------------------------------

    def _menu(self, items: tuple[MenuItemConfig, ...], language_site: LanguageSite, name: str) -> tuple[Link, ...]:
        links = (self._menu_item(item, language_site, f"menus.{name}") for item in items)
        return tuple(link for link in links if link is not None)

    def _menu_item(self, item: MenuItemConfig, language_site: LanguageSite, context: str) -> Link | None:
        tag = language_site.language.tag
        url: str | None = item.url
        title: Text | None = language_site.site_text(item.title, f"{context}.title") if item.title else None
        if item.entry is not None:
            entry = self.site.entries.get(item.entry)
            url = self.routes.entry_url(entry, tag) if entry and self.site.exists(entry, tag) else None
            title = title or (language_site.title_of(entry) if entry else None)
        elif item.collection is not None:
            url = self.routes.list_url(item.collection, tag)
            title = title or language_site.collection(item.collection).title
        if url is None:
            return None
        children = tuple(
            link for child in item.children if (link := self._menu_item(child, language_site, context)) is not None
        )
        external = url.startswith(("http://", "https://"))
        return Link(title or Text(url, "und"), url, children=children, external=external)

    # --- tags and funding ---------------------------------------------------------------------------------

    def tag_links(self, entry: Entry, tag: str) -> tuple[Link, ...]:
        from sitegen.locales.scripts import slugify

        found = entry.value("tags", ())
        links = []
        for item in found:
            text = item if isinstance(item, SourceText) else SourceText(str(item), entry.position, {})
            slug = slugify(text.text, entry.source_language)
            links.append(self.tag_link(slug, text, entry.source_language, tag))
        return tuple(links)

    def tag_link(self, slug: str, text: SourceText, source: str, tag: str) -> Link:
        """A tag's title is translated with the message context `tag`."""
        address = self.routes.tags.get((slug, tag))
        title = self.site.translations.text(text, "tag", source, tag)
        return Link(title, "" if address is None else ROOT + address)

    def funding_of(self, entry: Entry, tag: str) -> tuple[FundingBlock, ...]:
        """The entry's own funding, then its collection's; the site's stands in the footer of every page."""
        own = tuple(entry.value("funding", ()))
        section = self.site.config.collections[entry.collection].funding
        for name in (*own, *section):
            self.sites[tag].record(f"entry:funding/{name}")
        return self.funding_blocks.blocks(tuple(dict.fromkeys((*own, *section))), tag)


def mark_current(menus: Mapping[str, tuple[Link, ...]], url: str, home: str) -> Mapping[str, tuple[Link, ...]]:
    """The menus as a page at `url` shows them: which item is this page, which lies above it."""
    return {name: tuple([_marked(link, url, home) for link in links]) for name, links in menus.items()}


def _marked(link: Link, url: str, home: str) -> Link:
    if link.children:
        children = tuple([_marked(child, url, home) for child in link.children])
        below = any(child.active for child in children)
    elif not url.startswith(link.url):
        return link
    else:
        children, below = (), False
    current = link.url == url
    active = current or below or (link.url != home and url.startswith(link.url))
    return Link(link.title, link.url, current, active, children, link.external) if active or children else link


def _language_view(language: Language, site: Site) -> LanguageView:
    return LanguageView(
        tag=language.tag,
        name=language.name,
        path=language.path,
        dir=language.dir,
        og_locale=language.og_locale,
        home=ROOT + language.prefix,
        feed=f"{ROOT}{language.prefix}feed.xml",
    )


def _contact(config: Config, language_site: LanguageSite) -> ContactView:
    contact = config.contact
    address = language_site.site_text_or_none(contact.address, "site.contact.address")
    return ContactView(contact.name, contact.email, contact.phone, address, contact.url, contact.social)


def _translate(config: Config, help_url: str | None) -> TranslateView:
    return TranslateView(help_url, config.translate.email, config.translate.repository)
