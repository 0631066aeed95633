"""The bodies of entries in each language: parsed once, finished for each reader, with what others must know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from sitegen.model.entry import Entry
from sitegen.model.language import Language, direction_of
from sitegen.model.site import Site
from sitegen.model.translations import content_domain
from sitegen.plan.pages import EMPTY_BODY, BodyFacts
from sitegen.plan.routes import Routes
from sitegen.problems import Position, Problem, Problems, Severity
from sitegen.read.records import Record
from sitegen.render.body_options import Body, BodyOptions
from sitegen.render.links import AnchorUse, Linker, SourcePaths
from sitegen.translate.segments import Segment, State, Translation

if TYPE_CHECKING:
    from sitegen.translate.document import Document

Interface = Callable[[str, str], str]
"""(language tag, English message) → that message of the interface in the language."""


@dataclass(slots=True)
class ParsedBody:
    """A parsed source with its checked links."""

    document: Document
    linker: Linker
    record: Record
    language: str


class Bodies:
    """Renders bodies on demand and keeps the latest few."""

    def __init__(self, site: Site, routes: Routes, interface: Interface, *, mark_states: bool = False) -> None:
        self._site = site
        self._routes = routes
        self._interface = interface
        self._mark_states = mark_states
        self._paths = SourcePaths(site)
        self._parsed: dict[str, ParsedBody] = {}
        self._rendered: dict[tuple[str, str], BodyFacts] = {}
        self.problems = Problems()
        self.anchors: dict[str, frozenset[str]] = {}
        self.anchor_uses: list[AnchorUse] = []
        self.dependencies: set[str] = set()
        self._field_html: dict[tuple[str, str], tuple[str, set[str]]] = {}

    def entry_of_file(self, path: str) -> str | None:
        """The id of the entry that a source file belongs to."""
        found = self._paths.entries.get(path)
        return found.id if found is not None else None

    def begin(self) -> None:
        """Forget what the last job reported; bodies that another job had rendered report again when asked again."""
        self.problems = Problems()
        self.anchors = {}
        self.anchor_uses = []
        self.dependencies = set()
        self._parsed.clear()
        self._rendered.clear()

    def body(self, entry: Entry, tag: str) -> BodyFacts:
        """The entry's body for a reader of `tag`; empty when it has none."""
        key = (entry.id, tag)
        found = self._rendered.get(key)
        if found is None:
            found = self._rendered[key] = self._render(entry, tag)
        return found

    def check(self, entry: Entry) -> None:
        """Find what is wrong with the entry's texts and their links without rendering them."""
        for tag, record in ((entry.source_language, entry.record), *entry.variants.items()):
            if (record.body or "").strip():
                self._parse(entry, record, tag)

    def _render(self, entry: Entry, tag: str) -> BodyFacts:
        language = self._site.languages[tag]
        record = entry.record_in(tag, language.derived_from) or entry.record
        if not (record.body or "").strip():
            return EMPTY_BODY
        source = entry.source_language if record is entry.record else record.suffix or self._site.config.source_language
        parsed = self._parse(entry, record, source)
        if not language.pseudo:
            self._check_exact(parsed, language)
        body = self._finish(parsed, tag, contents=bool(entry.value("toc")))
        counts = body.counts
        by_hand = 0 if record is entry.record else parsed.document.segment_count
        return BodyFacts(
            html=Markup(body.html),  # noqa: S704 - sanitised by the renderer
            toc=body.toc,
            excerpt=body.excerpt,
            translated=counts.get(State.TRANSLATED, 0) or by_hand,
            stale=counts.get(State.STALE, 0),
            untranslated=counts.get(State.UNTRANSLATED, 0),
        )

    def _parse(self, entry: Entry, record: Record, source: str) -> ParsedBody:
        from sitegen.translate.document import parse_document

        key = record.position.file if record.suffix or record.body else entry.id
        found = self._parsed.get(key)
        if found is not None and found.record is record:
            return found
        document = parse_document(record.body or "", first_line=record.body_line)
        linker = Linker(self._site, self._routes, self._paths, entry, record)
        linker.check(document.links, document.anchors, self.problems)
        for line, code, message in document.problems:
            self.problems.add(Problem(Position(record.position.file, line), code, message, Severity.ERROR))
        for line, code, message in document.warnings:
            self.problems.warning(code, Position(record.position.file, line), message)
        self.anchors[entry.id] = self.anchors.get(entry.id, frozenset()) | document.anchors
        self.anchor_uses += linker.anchor_uses
        self.dependencies |= linker.dependencies
        parsed = self._parsed[key] = ParsedBody(document, linker, record, source)
        return parsed

    def _check_exact(self, parsed: ParsedBody, language: Language) -> None:
        """A text that must be exact (`<!-- i18n: exact -->`) is translated, and not stale, or nothing is published."""
        if parsed.language in (language.tag, language.derived_from):
            return
        translations = self._site.translations
        for segment in parsed.document.exact:
            found = translations.find(segment.msgid, segment.context, parsed.language, language.tag)
            if (message := translations.inexact(segment.msgid, found, parsed.language, language.tag)) is not None:
                place = Position(parsed.record.position.file, segment.line)
                self.problems.error("exact-missing", place, message)

    def _finish(self, parsed: ParsedBody, tag: str, *, contents: bool) -> Body:
        from sitegen.render.markdown import render_body

        language = self._site.languages[tag]
        source = parsed.language
        found = self._site.translations.body_lookup(source, tag)
        asked: list[Translation] = []  # the latest, for problems that it gives cause to

        def lookup(segment: Segment) -> Translation:
            asked[:] = [found(segment)] if found is not None else []
            return asked[0]

        def report(code: str, message: str) -> None:
            place = asked[0].position if asked and code == "translation-unsafe" else None
            self.problems.warning(code, place or parsed.record.position, message)

        options = BodyOptions(
            language=tag,
            source_language=source,
            direction=language.dir,
            source_direction=direction_of(source, self._site.languages),
            lookup=None if found is None else lookup,
            resolve=lambda href, _image: parsed.linker.address(href, tag),
            derive=language.derive,
            derived_from=language.derived_from,
            direction_of=lambda other: direction_of(other, self._site.languages),
            phrase=lambda message: self._interface(tag, message),
            report=report,
            checked=language.pseudo,
            share="" if self._mark_states else self._same_texts(language, source),
            contents=contents,
            mark_states=self._mark_states,
            domain=content_domain(source, self._site.config.source_language),
        )
        return render_body(parsed.document, options)

    def _same_texts(self, language: Language, source: str) -> str:
        """The language whose texts are looked up for this one: its own, or that which its script is derived from."""
        base = self._site.languages.get(language.derived_from or "")
        derived = base is not None and self._site.translations.catalogue(source, language.tag) is None
        return base.tag if base is not None and derived and base.chain == language.chain else language.tag

    def field_html(self, text: str, tag: str) -> str:
        """The HTML of a long text field, already in the reader's language; `ref:` links lead to that language."""
        found = self._field_html.get((text, tag))
        if found is None:
            found = self._field_html[text, tag] = self._render_field(text, tag)
        self.dependencies |= found[1]
        return found[0]

    def _render_field(self, text: str, tag: str) -> tuple[str, set[str]]:
        from sitegen.render.markdown import render_body
        from sitegen.translate.document import parse_document

        used: set[str] = set()

        def resolve(href: str, _image: bool) -> str | None:
            used.add(f"url:{href.removeprefix('ref:')}@")
            entry = self._site.entries.get(href.removeprefix("ref:")) if href.startswith("ref:") else None
            return self._routes.entry_url(entry, tag) if entry is not None else None

        options = BodyOptions(language=tag, source_language=tag, resolve=resolve)
        return render_body(parse_document(text), options).html, used
