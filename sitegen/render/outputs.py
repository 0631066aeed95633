"""One job to bytes: the renderer of a worker, with everything it lends to templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from sitegen.model.site import LanguageSite, Site
from sitegen.model.text import Text
from sitegen.plan.context import Page
from sitegen.plan.jobs import Job, JobKind
from sitegen.plan.pages import BodyFacts, Pages
from sitegen.plan.phrases import SEARCH
from sitegen.plan.routes import ROOT, Routes, output_path
from sitegen.plan.views import Views, mark_current
from sitegen.problems import Position, Problem, Problems
from sitegen.render.assets import Assets
from sitegen.render.bodies import Bodies
from sitegen.render.directory_functions import DirectoryFunctions
from sitegen.render.directory_index import directory_index
from sitegen.render.emblem import eu_emblem_svg
from sitegen.render.environment import gettext_functions, language_functions, make_relative
from sitegen.render.exports import Exports
from sitegen.render.links import AnchorUse
from sitegen.render.moments import moment_functions

if TYPE_CHECKING:
    from sitegen.translate.catalogue import Translator

NOT_FOUND = "404.html"


@dataclass(slots=True)
class Rendered:
    """What a job yields: files, problems, and the facts that late jobs need.

    `indexed`: output address → whether search engines may know it. `coverage`: language → share translated.
    """

    files: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    indexed: dict[str, bool] = field(default_factory=dict)
    coverage: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    anchor_uses: list[AnchorUse] = field(default_factory=list)
    dependencies: set[str] = field(default_factory=set)
    messages: set[tuple[str, str, str, str | None]] = field(default_factory=set)


class Renderer:
    """Renders jobs. One lives in each worker; nothing in it changes what a job yields."""

    def __init__(
        self,
        site: Site,
        routes: Routes,
        environment: jinja2.Environment,
        assets: Assets,
        translators: Mapping[str, Translator],
        *,
        mark_states: bool = False,
        workbench: frozenset[str] = frozenset(),
    ) -> None:
        self.site = site
        self.routes = routes
        self.problems = Problems()
        self._shared_problems = Problems()  # of what is made once for many pages
        self._templates_used: set[str] = set()
        self._environment = environment
        self._assets = assets
        self._translators = translators
        site.translations.mark_messages = mark_states
        site.translations.problems = self._shared_problems
        self.bodies = Bodies(site, routes, self._interface_text, mark_states=mark_states)
        self.views = Views(site, routes, self._shared_problems, self.bodies.body, self._interface, workbench=workbench)
        self.pages = Pages(self.views)
        self.exports = Exports(self.views, self.pages.absolute)
        self.directories = DirectoryFunctions(self.views, self._shared_problems)
        self._functions = {tag: self._language_functions(tag) for tag in site.languages}
        self._templates: dict[str, jinja2.Template] = {}

    def forget(self) -> None:
        """Something in the site or in a template was changed: read it again."""
        for language_site in self.views.sites.values():
            language_site.forget()
        if self._environment.cache is not None:
            self._environment.cache.clear()
        self._templates.clear()

    # --- jobs ---------------------------------------------------------------------------------------------

    def render(self, job: Job) -> Rendered:
        """Render one job of any kind but the late ones."""
        with self.recording() as result:
            for page, templates in self._pages(job, result):
                html = self._page(page, templates)
                address = page.url.removeprefix(ROOT)
                result.indexed.setdefault(address, not page.noindex)
                if html is not None:
                    result.files.append((output_path(address), html.encode()))
                    if job.kind is JobKind.NOT_FOUND and job.language == self.site.config.source_language:
                        self._add_root_not_found(result)
            if job.kind is JobKind.REDIRECT:
                result.files.append(self._redirect(job))
            if job.kind is JobKind.ENTRY:
                result.dependencies.add(f"own:{job.subject}@")
                result.files += self.exports.beside(self.site.entries[job.subject])
            if job.kind is JobKind.DIRECTORY:
                result.files.append(directory_index(self.views, job.subject, job.language))
            if job.kind is JobKind.EXPORT:
                result.files += self.exports.collection(job.subject, job.language)
        return result

    @contextmanager
    def recording(self) -> Iterator[Rendered]:
        """A result that notes, until the end of the block, what is read, asked and found wrong."""
        result = Rendered()
        self.problems = Problems()
        self._templates_used = set()
        self.bodies.begin()
        self.site.translations.used = result.messages
        self.site.translations.problems = Problems()
        for language_site in self.views.sites.values():
            language_site.start_recording()
        yield result
        self.site.translations.used = None
        unsafe = self.site.translations.problems
        result.problems += [*self.problems, *self.bodies.problems, *self._shared_problems, *unsafe]
        result.anchors = self.bodies.anchors
        result.anchor_uses = self.bodies.anchor_uses
        result.dependencies |= self.bodies.dependencies | self._templates_used
        for tag, language_site in self.views.sites.items():
            result.dependencies |= {f"{name}@{tag}" for name in language_site.recorded()}

    @staticmethod
    def _add_root_not_found(result: Rendered) -> None:
        """Plain hosts look for one page, `404.html` at the root: in the source language, with links to the others."""
        path, content = result.files[-1]
        if path != NOT_FOUND:
            result.files.append((NOT_FOUND, content))

    def _pages(self, job: Job, result: Rendered) -> Iterable[tuple[Page, tuple[str, ...]]]:
        match job.kind:
            case JobKind.ENTRY:
                yield from self._entry_pages(job.subject, result)
            case JobKind.LIST:
                yield (
                    self.pages.listing(job.subject, job.language, job.number),
                    (f"{job.subject}/list.html", "list.html"),
                )
            case JobKind.ARCHIVE:
                collection = job.subject.partition(" ")[0]
                yield (
                    self.pages.archive(job.subject, job.language, job.number),
                    (f"{collection}/list.html", "list.html"),
                )
            case JobKind.TAG:
                yield self.pages.tag(job.subject, job.language), ("tag.html",)
            case JobKind.TAGS:
                yield self.pages.all_tags(job.language), ("tags.html",)
            case JobKind.NOT_FOUND:
                yield self.pages.not_found(job.language), ("404.html",)
            case JobKind.SEARCH:
                address, tags = self.routes.search[job.language], self.routes.search
                page = self.pages.plain("search", SEARCH, address, job.language, only=tags, noindex=True)
                yield page, ("search.html",)
            case JobKind.ROOT:
                yield self.pages.root(self._unknown_homes(result)), ("root.html",)

    def _unknown_homes(self, result: Rendered) -> set[str]:
        """The languages whose home page is not translated enough for search engines."""
        found = set()
        for (entry_id, tag), address in self.routes.entries.items():
            if address == self.site.languages[tag].prefix:
                entry = self.site.entries[entry_id]
                result.dependencies.add(f"own:{entry_id}@")
                if not self.pages.indexed(entry, tag, self.bodies.body(entry, tag)):
                    found.add(tag)
        return found

    def _entry_pages(self, entry_id: str, result: Rendered) -> Iterable[tuple[Page, tuple[str, ...]]]:
        entry = self.site.entries[entry_id]
        tags = [tag for tag in self.site.languages if (entry_id, tag) in self.routes.entries]
        bodies: dict[str, BodyFacts] = {tag: self.bodies.body(entry, tag) for tag in tags}
        indexed = {tag: self.pages.indexed(entry, tag, body) for tag, body in bodies.items()}
        own = entry.value("template")
        for tag in tags:
            page = self.pages.entry(entry, tag, bodies, indexed)
            result.indexed[page.url.removeprefix(ROOT)] = indexed[tag]
            state = page.translation
            result.coverage[tag] = (state.translated, state.stale, state.untranslated)
            names = (
                ("home.html",)
                if page.kind == "home"
                else (f"{entry.collection}/entry.html", *_generic(entry.collection))
            )
            yield page, (_file_name(own), *names) if own else names

    def page_html(self, page: Page, names: tuple[str, ...]) -> str | None:
        """A page that no job plans; to be called within `recording`."""
        return self._page(page, names)

    def _page(self, page: Page, names: tuple[str, ...], address: str | None = None) -> str | None:
        """The page as HTML for `address` (its own by default), or None when its template is at fault."""
        tag = page.language.tag
        language_site = self.views.sites[tag]
        language_site.show_menus(mark_current(language_site.facts["menus"], page.url, page.language.home))
        try:
            template = self._template(names)
            html = template.render(page=page, site=language_site, language=page.language, **self._functions[tag])
        except Exception as error:  # noqa: BLE001 - a template can raise anything; its author needs the line
            self._template_problem(error)
            return None
        base = self.site.config.base_path if page.kind == "not_found" else None
        return make_relative(html, page.url.removeprefix(ROOT) if address is None else address, base)

    def _template(self, names: tuple[str, ...]) -> jinja2.Template:
        self._templates_used.add(f"template:{'|'.join(names)}@")
        found = self._templates.get(names[0])
        if found is None:
            found = self._templates[names[0]] = self._environment.select_template(list(names))
        return found

    def _template_problem(self, error: Exception) -> None:
        position, message = template_place(error, self.site.theme.template_dirs, self.site.config.root)
        # Without the page's address: one mistake of a template is one problem, however many pages it spoils.
        self.problems.error("template-error", position, message)

    def _redirect(self, job: Job) -> tuple[str, bytes]:
        address, entry_id = job.subject.split(" ", 1)
        page = self.pages.redirect(self.site.entries[entry_id], job.language)
        html = self._page(page, ("redirect.html",), address) or ""
        return output_path(address), html.encode()

    # --- what templates may call --------------------------------------------------------------------------

    def _language_functions(self, tag: str) -> dict[str, Any]:
        from sitegen.locales.collation import letter_of
        from sitegen.locales.formats import Formats

        language_site = self.views.sites[tag]
        functions = gettext_functions(self._translators[tag])
        functions |= language_functions(
            Formats(tag, self.site.config.timezone), self.views.languages[tag], lambda name: letter_of(tag, name)
        )
        functions |= moment_functions(self.site, language_site)
        functions |= self.directories.of(tag)
        return functions | {
            "url": lambda ref: self._url(ref, language_site),
            "asset": self._assets.url,
            "absolute": self.pages.absolute,
            "icon": self._assets.icon,
            "eu_emblem": _eu_emblem,
            "field_html": lambda text: self.bodies.field_html(text, tag),
        }

    def _url(self, ref: str, language_site: LanguageSite) -> str:
        if ref.startswith("media/"):
            return ROOT + ref
        entry = self.site.entries.get(ref)
        url = self.routes.entry_url(entry, language_site.language.tag) if entry else None
        url = url or self.routes.list_url(ref, language_site.language.tag)
        if url is None and ref == "tags" and ("", language_site.language.tag) in self.routes.tags:
            url = ROOT + self.routes.tags["", language_site.language.tag]
        if url is None:
            raise LookupError(f"url('{ref}'): there is no such entry or list")
        return url

    def _interface(self, tag: str, message: str, context: str = "") -> Text:
        translator = self._translators[tag]
        said = translator.pgettext(context, message) if context else translator.gettext(message)
        return Text(said, tag, self.site.languages[tag].dir)

    def _interface_text(self, tag: str, message: str) -> str:
        return self._translators[tag].gettext(message)


def _file_name(template: str) -> str:
    return template if template.endswith(".html") else f"{template}.html"


def _eu_emblem(title: str | None = None) -> Markup:
    return Markup(eu_emblem_svg(title))  # noqa: S704 - our own drawing


def _generic(collection: str) -> tuple[str, ...]:
    return ("page.html", "entry.html") if collection == "pages" else ("entry.html", "page.html")


def template_place(error: Exception, folders: tuple[str, ...], root: Any) -> tuple[Position, str]:
    """Where in a template an error arose (file, line), and what it says."""
    import traceback
    from pathlib import Path

    def shown(path: str) -> str:
        try:
            return Path(path).relative_to(root).as_posix()
        except ValueError:
            known = next((folder for folder in folders if path.startswith(folder)), "")
            return f"theme:{Path(path).relative_to(known).as_posix()}" if known else Path(path).name

    if isinstance(error, jinja2.TemplateSyntaxError):
        return Position(shown(error.filename or error.name or "template"), error.lineno), f"{error.message}"
    if isinstance(error, jinja2.TemplatesNotFound | jinja2.TemplateNotFound):
        return Position("site.yaml"), f"the theme has no template {error.message}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if any(f.filename.startswith(d) for d in folders)]
    place = Position(shown(frames[-1].filename), frames[-1].lineno or 0) if frames else Position("template")
    kind = "" if isinstance(error, jinja2.UndefinedError) else f"{type(error).__name__}: "
    return place, f"{kind}{error}"
