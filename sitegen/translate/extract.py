"""Templates (`.pot`): every message of a site once, in the order of its files, with what a translator must know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.problems import Position, Problems
from sitegen.read.po import MAX_MESSAGE_LENGTH, Key, PoEntry, PoFile, header_text
from sitegen.translate.segments import Segment

MAX_TITLE = 60
MAX_COMMENTS = 12
"""Extracted comments of one message: one that stands on a hundred pages needs no hundred places."""
LENGTH_NOTE = "maximum length: {} characters"
EXACT_NOTE = "legal text: write the official wording of your language, nothing else"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSource:
    """The segments of one source file. `file` relative to the site; `title` as translators know the page.

    `domain` is `content`, `content-<language>` or `ui`. `place` stands between the title and a segment's own place.
    """

    domain: str
    file: str
    title: str
    segments: tuple[Segment, ...]
    place: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceMessage:
    """One message of a theme or template. `file` relative to the site, or to the theme's parent folder."""

    file: str
    line: int
    msgid: str
    plural: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1].rstrip() + "…"


def _place(source: ContentSource, segment: Segment) -> str:
    """`heading 2 · About › Funding`."""
    kind = f"{segment.kind} {segment.level}" if segment.kind == "heading" and segment.level else segment.kind
    steps: list[str] = []
    for step in (source.title, *source.place, *segment.place):
        if step and (not steps or steps[-1] != _short(step)):
            steps.append(_short(step))
    return f"{kind} · {' › '.join(steps)}"


def segment_comments(source: ContentSource, segment: Segment) -> tuple[str, ...]:
    """What translators are told: the place first, then notes, then limits."""
    lines = [_place(source, segment)]
    lines += [line for comment in segment.comments for line in comment.split("\n") if line.strip()]
    if segment.exact:
        lines.append(EXACT_NOTE)
    if segment.maximum_length is not None:
        lines.append(LENGTH_NOTE.format(segment.maximum_length))
    return tuple(lines)


class TemplateBuilder:
    """Collects the messages of one domain."""

    def __init__(self, domain: str, problems: Problems) -> None:
        self.domain = domain
        self.problems = problems
        self.entries: dict[Key, PoEntry] = {}

    def add(self, entry: PoEntry, position: Position) -> None:
        """A message once more: its places add up."""
        if not entry.msgid.strip():
            return
        if len(entry.msgid) > MAX_MESSAGE_LENGTH:
            limit = f"a text of more than {MAX_MESSAGE_LENGTH} characters; split it into paragraphs"
            self.problems.error("message-length", position, limit)
            return
        known = self.entries.get(entry.key)
        self.entries[entry.key] = entry if known is None else self.joined(known, entry, position)

    def joined(self, known: PoEntry, entry: PoEntry, position: Position) -> PoEntry:
        if known.plural and entry.plural and known.plural != entry.plural:
            message = f"'{_short(entry.msgid)}' has another plural elsewhere: '{_short(known.plural)}'; use one"
            self.problems.warning("message-plural", position, message)
        comments = tuple(dict.fromkeys(known.extracted + entry.extracted))
        return replace(
            known,
            plural=known.plural or entry.plural,
            strings=("", "") if known.plural or entry.plural else ("",),
            extracted=_limited(comments),
            references=tuple(dict.fromkeys(known.references + entry.references)),
            flags=tuple(dict.fromkeys(known.flags + entry.flags)),
        )

    def add_source(self, source: ContentSource) -> None:
        for segment in source.segments:
            entry = PoEntry(
                msgid=segment.msgid,
                context=segment.context,
                extracted=segment_comments(source, segment),
                references=(source.file,),
            )
            self.add(entry, Position(source.file, segment.line))

    def add_interface(self, message: InterfaceMessage) -> None:
        entry = PoEntry(
            msgid=message.msgid,
            plural=message.plural,
            context=message.context,
            strings=("",) if message.plural is None else ("", ""),
            extracted=message.comments,
            references=(message.file,),
            flags=message.flags,
        )
        self.add(entry, Position(message.file, message.line))

    def build(self, name: str, header: PoEntry) -> PoFile:
        return PoFile(name, (header, *self.entries.values()))


def _limited(comments: tuple[str, ...]) -> tuple[str, ...]:
    """At most MAX_COMMENTS places; notes all stay."""
    places = [line for line in comments if " · " in line]
    dropped = set(places[MAX_COMMENTS:])
    return tuple(line for line in comments if line not in dropped)


def template_header(project: str, domain: str, source_language: str, now: dt.datetime) -> PoEntry:
    """The header of a template. `now` has a time zone."""
    fields = (
        ("Project-Id-Version", _short(project) or "site"),
        ("POT-Creation-Date", now.strftime("%Y-%m-%d %H:%M%z")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source-Language", source_language.replace("-", "_")),
        ("X-Domain", domain),
        ("X-Generator", "sitegen"),
    )
    return PoEntry(msgid="", strings=(header_text(fields),))


def build_templates(
    sources: Iterable[ContentSource],
    interface: Iterable[InterfaceMessage],
    *,
    project: str,
    source_languages: Mapping[str, str],
    now: dt.datetime,
    problems: Problems,
    folder: str = "i18n",
) -> dict[str, PoFile]:
    """Domain → template, for each domain that has messages.

    Sources come in a stable order: by file, then as they stand in the document. `source_languages`: domain → tag.
    """
    builders: dict[str, TemplateBuilder] = {}

    def builder(domain: str) -> TemplateBuilder:
        return builders.setdefault(domain, TemplateBuilder(domain, problems))

    for source in sorted(sources, key=lambda source: source.file):
        builder(source.domain).add_source(source)
    for message in sorted(interface, key=lambda message: (message.file, message.line)):
        builder("ui").add_interface(message)
    return {
        domain: found.build(
            f"{folder}/{domain}.pot", template_header(project, domain, source_languages.get(domain, "en"), now)
        )
        for domain, found in sorted(builders.items())
        if found.entries
    }


def refreshed(new: PoFile, old: PoFile | None) -> PoFile:
    """`new` with the creation date of `old` when nothing else in the template changed."""
    if old is None or new.header is None or old.header is None:
        return new
    if [entry for entry in new.entries if not entry.is_header] != [e for e in old.entries if not e.is_header]:
        return new
    date = old.field("POT-Creation-Date")
    fields = tuple((name, date if name == "POT-Creation-Date" and date else value) for name, value in new.fields)
    header = replace(new.header, strings=(header_text(fields),))
    return replace(new, entries=tuple(header if entry.is_header else entry for entry in new.entries))
