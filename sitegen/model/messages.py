"""All that translators are asked: bodies, fields, menus and texts of a site, and what its theme says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.config import Config, MenuItemConfig
from sitegen.model.entry import Entry, translatable_texts
from sitegen.model.site import Site, message_context
from sitegen.model.translations import content_domain
from sitegen.problems import Position, Problems
from sitegen.schema.fields import SourceText
from sitegen.translate.document import parse_document
from sitegen.translate.extract import ContentSource, InterfaceMessage
from sitegen.translate.extract_templates import extract_template
from sitegen.translate.segments import Segment

SITE_FILE = "site.yaml"


def content_sources(site: Site, problems: Problems) -> list[ContentSource]:
    """Every translatable text of the site, source by source."""
    sources = [_site_source(site)]
    translated = (entry for entry in site.entries.values() if len(entry.value("only_languages", ())) != 1)
    sources += (_entry_source(site, entry, problems) for entry in translated)
    return [source for source in sources if source.segments]


def _entry_source(site: Site, entry: Entry, problems: Problems) -> ContentSource:
    title = entry.value(entry.title_field)
    segments = [*_field_segments(entry), *body_segments(entry, problems)]
    return ContentSource(
        domain=content_domain(entry.source_language, site.config.source_language),
        file=entry.position.file,
        title=title.text if isinstance(title, SourceText) else entry.key,
        segments=tuple(segments),
    )


def _field_segments(entry: Entry) -> Iterator[Segment]:
    for item, path, text in translatable_texts(entry):
        if not any(map(str.isalpha, text.text)) or (item.exact and text.variants):
            continue
        names = [part for part in path.split(".") if not part.isdigit()]
        yield Segment(
            msgid=text.text,
            kind=" ".join(names).replace("_", " "),
            context=message_context(entry.collection, path),
            line=text.position.line,
            comments=(item.doc,) if item.exact else (),
            exact=item.exact,
            maximum_length=item.maximum_length,
        )


def body_segments(entry: Entry, problems: Problems) -> tuple[Segment, ...]:
    """The segments of the entry's own body."""
    if not (entry.record.body or "").strip():
        return ()
    document = parse_document(entry.record.body or "", first_line=entry.record.body_line)
    for line, code, message in document.problems:
        problems.error(code, Position(entry.position.file, line), message)
    return document.segments


def _site_source(site: Site) -> ContentSource:
    segments = (
        Segment(msgid=text.text, kind=kind, context=context, line=text.position.line)
        for text, kind, context in site_texts(site.config)
        if any(map(str.isalpha, text.text))
    )
    domain = content_domain(site.config.source_language, site.config.source_language)
    return ContentSource(domain=domain, file=SITE_FILE, title=site.config.title.text, segments=tuple(segments))


def site_texts(config: Config) -> Iterator[tuple[SourceText, str, str]]:
    """(text, kind, message context), the contexts under which the site's views look them up."""
    yield config.title, "site title", "site.title"
    yield config.description, "site description", "site.description"
    if config.notice is not None:
        yield config.notice, "notice", "site.notice"
    if config.contact.address is not None:
        yield config.contact.address, "address", "site.contact.address"
    for name, items in config.menus.items():
        for item in _with_children(items):
            if item.title is not None:
                yield item.title, "menu item", f"menus.{name}.title"
    for name, settings in config.collections.items():
        if settings.title.position.file == SITE_FILE or settings.listed or settings.publish:
            yield settings.title, "list title", f"collections.{name}.title"
        if settings.description is not None:
            yield settings.description, "list description", f"collections.{name}.description"


def _with_children(items: Iterable[MenuItemConfig]) -> Iterator[MenuItemConfig]:
    for item in items:
        yield item
        yield from item.children


def interface_messages(
    template_dirs: Iterable[str], phrases: Iterable[str], problems: Problems
) -> list[InterfaceMessage]:
    """What the theme's templates say, nearest theme first, and the phrases that sitegen itself puts on pages."""
    found: list[InterfaceMessage] = []
    for folder in template_dirs:
        base = Path(folder)
        for path in sorted(base.rglob("*")):
            if path.is_file() and path.suffix in (".html", ".xml", ".txt"):
                name = f"{base.parent.name}/templates/{path.relative_to(base).as_posix()}"
                found += extract_template(path.read_text(encoding="utf-8"), name, problems)
    found += (InterfaceMessage(file="sitegen", line=0, msgid=phrase) for phrase in phrases)
    return found
