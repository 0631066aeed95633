"""Catalogues in use: which text stands for a message, how many forms it has, and what templates ask for.

A catalogue answers with texts that may be shown, and with nothing else: fuzzy ones whose former source is known
count as stale, other fuzzy ones as untranslated; unsafe ones are reported and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.locales.plurals import plural_forms
from sitegen.problems import Position, Problem, Problems, Severity
from sitegen.read.po import Key, PoEntry, PoFile
from sitegen.read.po_files import read_catalogue_tables
from sitegen.read.po_parser import parse_po
from sitegen.read.po_table import Clean, PoTable
from sitegen.translate.catalogue_plurals import GERMANIC, PluralRule, PluralSyntaxError, parse_plural_forms
from sitegen.translate.message_checks_safety import unsafe_findings
from sitegen.translate.message_checks_tokens import language_codes
from sitegen.translate.segments import State

INTERFACE = "ui"
"""The domain of what themes and templates say."""


@dataclass(frozen=True, slots=True)
class Message:
    """A translated message that may be shown. `strings`: one text, or one for each plural form.

    `fuzzy`: its source has changed since; it was `previous` then. `comments` are the translator's.
    `language` is the language of the catalogue that it stands in.
    """

    msgid: str
    context: str | None
    plural: str | None
    strings: tuple[str, ...]
    fuzzy: bool
    previous: str | None
    position: Position
    comments: tuple[str, ...]
    language: str = ""

    @property
    def state(self) -> State:
        return State.STALE if self.fuzzy else State.TRANSLATED


def is_formatted(domain: str, entry: PoEntry) -> bool:
    """Whether `%(name)s` in this message will be filled in."""
    return domain == INTERFACE or "python-format" in entry.flags


class Catalogue:
    """The messages of one language and domain, over those of the themes below it (nearest first)."""

    def __init__(
        self,
        language: str,
        domain: str,
        file: PoFile | PoTable | None = None,
        *,
        source_language: str = "",
        problems: Problems | None = None,
        below: Catalogue | None = None,
        digest: str = "",
    ) -> None:
        """Messages that must not be shown become warnings in `problems`, each with its file and line.

        `digest`: of the bytes of the file; those of the catalogues below are added to it.
        """
        self.digest: str = f"{digest} {below.digest}" if below is not None else digest
        self.language = language
        self.domain = domain
        self._file = file
        self.below = below
        self.source_language = source_language
        self.name = file.name if file is not None else f"{language}/{domain}"
        self._problems = problems if problems is not None else Problems()
        self.plurals = self._plural_rule()
        self._codes = language_codes(language, source_language)
        # Ordinary messages of a table wait as (translation, line) until they are asked for.
        self._messages: dict[Key, Message | Clean] = {}
        if isinstance(file, PoTable):
            self._take_table(file)
        elif file is not None:
            for entry in file.messages:
                self._take(entry)

    @property
    def file(self) -> PoFile | None:
        """The file with all that it holds, obsolete messages too."""
        return self._file.file if isinstance(self._file, PoTable) else self._file

    def refresh(self, text: str) -> bool:
        """Say what the new text of the file says; False when it differs too much for a quick look.

        Positions of messages stay those of the old text.
        """
        old = self._file.text if isinstance(self._file, PoTable) else None
        changed = _changed_parts(old, text) if old is not None else None
        if old is None or changed is None:
            return False
        for part, taken in zip(changed, (False, True), strict=True):
            problems = Problems()
            for entry in parse_po(part, self.name, problems).messages:
                self._messages.pop(entry.key, None)
                if taken:
                    self._take(entry)
            if len(problems):
                return False
        assert isinstance(self._file, PoTable)
        self._file.text = text
        return True

    def _take(self, entry: PoEntry) -> None:
        if (message := self._usable(entry)) is not None:
            self._messages.setdefault(entry.key, message)

    def _take_table(self, table: PoTable) -> None:
        formatted = self.domain == INTERFACE
        for key, clean in table.clean.items():
            if clean is None:
                self._take(table.others[key])
            elif clean[0] and self._is_safe((key[1],), clean[0], clean[1], formatted, table.calm):
                self._messages[key] = clean

    def _message(self, key: Key) -> Message | None:
        """The message that this catalogue itself has."""
        found = self._messages.get(key)
        if found.__class__ is not tuple:
            return found  # type: ignore[return-value]
        text, line = found
        message = self._messages[key] = Message(
            key[1], key[0], None, (text,), False, None, Position(self.name, line), (), self.language
        )
        return message

    def _plural_rule(self) -> PluralRule:
        file = self._file.head if isinstance(self._file, PoTable) else self._file
        header = file.field("Plural-Forms") if file is not None else None
        if header is None or "EXPRESSION" in header:
            header = plural_forms(self.language)
        try:
            return parse_plural_forms(header)
        except PluralSyntaxError as error:
            line = file.header.line if file is not None and file.header is not None else 0
            message = f"the header's Plural-Forms cannot be read: {error}; write {plural_forms(self.language)}"
            self._problems.error("po-plural-forms", Position(self.name, line), message)
            return GERMANIC

    def _usable(self, entry: PoEntry) -> Message | None:
        """`entry` as a message; None when it is untranslated, needs work, or must not be shown."""
        if not entry.strings or not all(entry.strings):
            return None
        if entry.fuzzy and entry.previous_msgid is None:
            return None
        if entry.plural is not None and len(entry.strings) != self.plurals.count:
            return None  # the reader has said so
        sources = (entry.msgid,) if entry.plural is None else (entry.msgid, entry.plural)
        formatted = is_formatted(self.domain, entry)
        safe = [self._is_safe(sources, string, entry.line, formatted) for string in entry.strings]
        if not all(safe):
            return None
        return Message(
            entry.msgid,
            entry.context,
            entry.plural,
            entry.strings,
            entry.fuzzy,
            entry.previous_msgid if entry.fuzzy else None,
            Position(self.name, entry.line),
            entry.comments,
            self.language,
        )

    def _is_safe(self, sources: tuple[str, ...], string: str, line: int, formatted: bool, calm: bool = False) -> bool:
        findings = unsafe_findings(
            sources, string, language=self.language, codes=self._codes, formatted=formatted, calm=calm
        )
        for finding in findings:
            message = f"{finding.message} (until then the source text is shown)"
            self._problems.add(Problem(Position(self.name, line), finding.code, message, Severity.WARNING))
        return not findings

    def lookup(self, msgid: str, context: str | None = None) -> Message | None:
        """The message to show, translated or stale; the site's own before the themes'."""
        found = self._message((context, msgid))
        if found is not None and not found.fuzzy:
            return found
        other = self.below.lookup(msgid, context) if self.below is not None else None
        return other if found is None or (other is not None and not other.fuzzy) else found

    def plural(self, message: Message, number: int) -> str:
        """The form of `message` for `number`."""
        owner: Catalogue | None = self
        while owner is not None and message is not owner._message((message.context, message.msgid)):  # noqa: SLF001
            owner = owner.below
        index = (owner or self).plurals.index(number)
        return message.strings[index if index < len(message.strings) else 0]

    def __len__(self) -> int:
        return len(self._messages)

    def items(self) -> Iterator[Message]:
        """Every message that may be shown, those of the catalogues below that this one lacks included."""
        for key in self._messages:
            if (message := self._message(key)) is not None:
                yield message
        for message in self.below.items() if self.below is not None else ():
            if (message.context, message.msgid) not in self._messages:
                yield message

    def raw_items(self) -> Iterator[tuple[Key, State, tuple[str, ...]]]:
        """(context, msgid), state and strings of every one of `items()`, cheaper."""
        for key, found in self._messages.items():
            if isinstance(found, Message):
                yield key, found.state, found.strings
            else:
                yield key, State.TRANSLATED, found[:1]
        for key, state, strings in self.below.raw_items() if self.below is not None else ():
            if key not in self._messages:
                yield key, state, strings


_MOST_CHANGES = 100


def _changed_parts(old: str, new: str) -> tuple[str, str] | None:
    """The messages in which two texts of a catalogue differ, each with the header; None when there are many."""
    before, after = old.rstrip("\n").split("\n\n"), new.rstrip("\n").split("\n\n")
    start, most = 1, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    parts = before[start : len(before) - end], after[start : len(after) - end]
    if before[0] != after[0] or max(map(len, parts)) > _MOST_CHANGES:
        return None
    return "\n\n".join([before[0], *parts[0], ""]), "\n\n".join([after[0], *parts[1], ""])


Catalogues = Mapping[tuple[str, str], Catalogue]
"""(domain, language tag) → catalogue."""


def load_catalogues(
    root: Path,
    tags: Iterable[str],
    problems: Problems,
    *,
    folder: str = "i18n",
    themes: Iterable[Path] = (),
    sources: Callable[[str], str] = lambda _domain: "",
) -> dict[tuple[str, str], Catalogue]:
    """All catalogues of a site over those of its themes.

    `themes`: the `i18n` folders of the theme and its parents, nearest first. `sources`: domain → the tag of the
    language that its messages are written in. A theme may have more languages than the site; they are not loaded.
    """
    tags = list(tags)
    found: dict[tuple[str, str], Catalogue] = {}
    layers = [(theme.parent, theme.name, Problems()) for theme in reversed(list(themes))]
    for base, name, found_problems in [*layers, (root, folder, problems)]:
        for source in read_catalogue_tables(base, name, tags, found_problems):
            key = (source.domain, source.tag)
            found[key] = Catalogue(
                source.tag,
                source.domain,
                source.po,
                source_language=sources(source.domain),
                problems=found_problems,
                below=found.get(key),
                digest=source.digest,
            )
        if found_problems is not problems:
            problems.extend(problem for problem in found_problems if problem.code != "po-language")
    return found


class Translator:
    """What templates of one language ask. Answers are plain text: the template escapes them.

    `chain`: the catalogues of the language and of its fallbacks, each with what turns its strings into the
    language's script (None: nothing); see `interface_translator`. A message that none has is answered as it stands.
    """

    def __init__(self, language: str, chain: Iterable[tuple[Catalogue, Callable[[str], str] | None]]) -> None:
        self.language = language
        self.chain = tuple(chain)

    def gettext(self, message: str) -> str:
        return self._find(None, message, message, None)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self._find(None, one, one if number == 1 else many, number)

    def pgettext(self, context: str, message: str) -> str:
        return self._find(context, message, message, None)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        return self._find(context, one, one if number == 1 else many, number)

    def has(self, message: str, context: str | None = None) -> bool:
        """Whether the language itself, or the one it is derived from, says this message."""
        own = (catalogue for catalogue, derive in self.chain if catalogue.language == self.language or derive)
        return any(catalogue.lookup(message, context) is not None for catalogue in own)

    def _find(self, context: str | None, msgid: str, default: str, number: int | None) -> str:
        for catalogue, derive in self.chain:
            message = catalogue.lookup(msgid, context)
            if message is None:
                continue
            text = message.strings[0] if number is None else catalogue.plural(message, number)
            return derive(text) if derive is not None else text
        return default


def interface_translator(
    language: str,
    catalogues: Catalogues,
    *,
    fallbacks: Iterable[str] = (),
    derived_from: str | None = None,
    derive: Callable[[str], str] | None = None,
    domain: str = INTERFACE,
) -> Translator:
    """The translator of `language`: its own catalogue, then the one that it is derived from (through `derive`),
    then its fallbacks in order."""
    chain: list[tuple[Catalogue, Callable[[str], str] | None]] = []
    order = [(language, None), (derived_from, derive), *((tag, None) for tag in fallbacks)]
    for tag, hook in order:
        catalogue = catalogues.get((domain, tag)) if tag is not None else None
        if catalogue is not None and all(catalogue is not known for known, _ in chain):
            chain.append((catalogue, hook))
    return Translator(language, chain)
