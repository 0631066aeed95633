"""`sitegen i18n check`: what a careful reader of translations would notice, each with a permanent code.

A translator who knows better writes `# sitegen: ignore <code>` above a message (`ignore punctuation`, or several codes
with commas). What would be unsafe to show cannot be silenced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sitegen.problems import Position, Problem, Problems, Severity
from sitegen.read.po import PoEntry, PoFile
from sitegen.translate.catalogue import INTERFACE, is_formatted
from sitegen.translate.catalogue_plurals import PluralSyntaxError, parse_plural_forms
from sitegen.translate.glossary import Glossary
from sitegen.translate.message_checks_safety import Finding, unsafe_findings
from sitegen.translate.message_checks_tokens import (
    BIDI_MARK,
    EMAIL,
    LANGUAGE_MARK,
    Tokens,
    hosts,
    language_codes,
    same_page,
    tokens,
)
from sitegen.translate.segment_text import CODE_SPAN, plain, speaks

CODES = (
    "placeholder", "link", "code", "footnote", "tag", "space", "plural", "punctuation", "host", "email", "bidi",
    "character", "same", "glossary", "length",
)  # fmt: skip
"""Every check; in problems each has `translation-` in front."""

_IGNORE = re.compile(r"sitegen:\s*ignore\s+([\w ,-]+)")
_LENGTH = re.compile(r"maximum length: (\d+) characters")
_CLOSING = "*_`~\"'»«”“’‘)]}>\u200e\u200f\u00a0 "
_ENDS = {
    "full stop": ".。।։۔።｡",
    "question mark": "?？؟\u037e՞፧",
    "exclamation mark": "!！՜",
    "colon": ":：",
    "semicolon": ";；؛\u0387",
    "ellipsis": "…",
    "comma": ",，、،",
}
_NO_PUNCTUATION = frozenset({"th", "lo", "km", "my", "bo", "dz"})
"""Languages that end sentences with a space or with signs of their own."""


def ignored_codes(comments: Iterable[str]) -> frozenset[str]:
    """Codes that a translator's comments silence, without `translation-`."""
    found = (match for comment in comments if (match := _IGNORE.search(comment)))
    names = (name for match in found for name in re.split(r"[\s,]+", match[1]))
    return frozenset(name.removeprefix("translation-") for name in names if name)


def _finding(code: str, message: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(f"translation-{code}", message, severity)


def _listed(items: Iterable[str]) -> str:
    return ", ".join(f"'{item}'" for item in sorted(items))


def _missing(sources: Tokens, mine: Tokens, codes: frozenset[str]) -> Iterator[Finding]:
    """What the source has and the translation lacks."""
    links = [
        known
        for known in (sources.links | sources.images)
        if not any(same_page(known, address, codes) for address in (mine.links | mine.images))
    ]
    if links:
        yield _finding("link", f"the link to {_listed(links)} is missing", Severity.ERROR)
    if labels := set(sources.labels) - set(mine.labels):
        yield _finding("link", f"the link label {_listed(labels)} is missing", Severity.ERROR)
    if sources.codes != mine.codes:
        changed = (sources.codes - mine.codes) + (mine.codes - sources.codes)
        yield _finding("code", f"code must stay as it is: {_listed(changed)}", Severity.ERROR)
    if footnotes := (sources.footnotes - mine.footnotes) + (mine.footnotes - sources.footnotes):
        yield _finding("footnote", f"the footnotes differ: {_listed(footnotes)}", Severity.ERROR)
    names = Counter((tag.name, tag.closing) for tag in sources.tags)
    if lost := names - Counter((tag.name, tag.closing) for tag in mine.tags):
        listed = _listed(f"<{'/' if closing else ''}{name}>" for name, closing in lost)
        yield _finding("tag", f"{listed} is missing", Severity.ERROR)
    for text in sources.braces - mine.braces:
        match = LANGUAGE_MARK.fullmatch(text)
        if match is None or match[1].lower() not in codes:
            severity = Severity.WARNING if text.startswith("{:") else Severity.ERROR
            yield _finding("placeholder", f"'{text}' is missing", severity)


def _placeholders(entry: PoEntry, translated: str) -> Iterator[Finding]:
    """Names that every form must have: those of both msgid and msgid_plural."""
    needed = tokens(entry.msgid).placeholders
    if entry.plural is not None:
        needed = needed & tokens(entry.plural).placeholders
    found = tokens(translated).placeholders
    if missing := set(needed) - set(found):
        yield _finding("placeholder", f"{_listed(missing)} is missing", Severity.ERROR)


def _space(source: str, translated: str) -> Iterator[Finding]:
    for side, mine, theirs in (
        ("begins", translated[:1].isspace(), source[:1].isspace()),
        ("ends", translated[-1:].isspace(), source[-1:].isspace()),
    ):
        if mine != theirs:
            yield _finding(
                "space", f"the {'translation' if mine else 'source'} {side} with a space, the other does not"
            )
    for side, mine, theirs in (
        ("begin", translated.startswith("\n"), source.startswith("\n")),
        ("end", translated.endswith("\n"), source.endswith("\n")),
    ):
        if mine != theirs:
            yield _finding("space", f"source and translation must both {side} with a line break", Severity.ERROR)


def _end(text: str) -> str | None:
    stripped = text.rstrip(_CLOSING)
    if stripped.endswith("..."):
        return "ellipsis"
    return next((name for name, signs in _ENDS.items() if stripped[-1:] and stripped[-1] in signs), None)


def _punctuation(source: str, translated: str, language: str) -> Iterator[Finding]:
    base = language.partition("-")[0]
    if base in _NO_PUNCTUATION:
        return
    wanted, found = _end(source), _end(translated)
    if base in ("el", "grc") and found == "semicolon" and wanted == "question mark":
        return  # Greek asks with a semicolon
    if wanted != found:
        yield _finding("punctuation", f"the source ends with {_named(wanted)}, the translation with {_named(found)}")


def _named(sign: str | None) -> str:
    if sign is None:
        return "no sign"
    return f"{'an' if sign[0] in 'ae' else 'a'} {sign}"


def _newcomers(source: str, translated: str, language: str) -> Iterator[Finding]:
    if "." in translated:
        if new := hosts(translated) - hosts(source):
            yield _finding("host", f"the source does not name {_listed(new)}", Severity.ERROR)
        if new := set(EMAIL.findall(translated)) - set(EMAIL.findall(source)):
            yield _finding("email", f"the source has no address {_listed(new)}", Severity.ERROR)
    marks = set(BIDI_MARK.findall(translated)) - set(BIDI_MARK.findall(source))
    if marks and language.partition("-")[0] not in ("ar", "he", "fa", "ur", "yi", "ckb", "dv", "ps", "sd", "ug", "syr"):
        yield _finding("bidi", "an invisible direction mark, which this language does not need; remove it")


def _same(source: str, translated: str) -> Iterator[Finding]:
    if source != translated or not speaks(source):
        return
    words = plain(CODE_SPAN.sub(" ", source)).split()
    if sum(word[:1].islower() and word.isalpha() for word in words) >= 2 or len(words) >= 6:
        yield _finding("same", "the translation is a copy of the source")


def _glossary(glossary: Glossary, source: str, translated: str, language: str) -> Iterator[Finding]:
    for term in glossary.missing(source, translated, language):
        agreed = " or ".join(f"'{text}'" for text in term.translations[language])
        note = f" ({term.note})" if term.note else ""
        yield _finding("glossary", f"the glossary translates '{term.term}' as {agreed}{note}")


def _length(entry: PoEntry, translated: str) -> Iterator[Finding]:
    for comment in entry.extracted:
        match = _LENGTH.fullmatch(comment)
        if match and len(translated) > int(match[1]):
            text = f"{len(translated)} characters, but there is room for {match[1]}"
            yield _finding("length", text, Severity.ERROR)


def check_message(
    entry: PoEntry,
    language: str,
    *,
    source_language: str = "",
    formatted: bool = False,
    plural_count: int | None = None,
    glossary: Glossary | None = None,
) -> list[Finding]:
    """All findings about one translated message, without those that its translator silenced.

    `formatted`: its `%(name)s` will be filled in. `plural_count`: forms of the language, None when unknown.
    """
    sources = (entry.msgid,) if entry.plural is None else (entry.msgid, entry.plural)
    codes = language_codes(language, source_language)
    findings: list[Finding] = []
    if entry.plural is not None and plural_count is not None and len(entry.strings) != plural_count:
        text = f"{len(entry.strings)} plural forms, but the language has {plural_count}"
        findings.append(_finding("plural", text, Severity.ERROR))
    if not all(entry.strings):
        findings.append(_finding("plural", "some plural forms are empty; fill in all of them", Severity.ERROR))
    for number, string in enumerate(entry.strings):
        if not string:
            continue
        source = sources[0] if number == 0 else sources[-1]
        unsafe = unsafe_findings(sources, string, language=language, codes=codes, formatted=formatted)
        findings += unsafe
        if not any(finding.code == "translation-placeholder" for finding in unsafe) and (formatted or "%(" in source):
            findings += _placeholders(entry, string)
        findings += _missing(tokens(source), tokens(string), codes)
        findings += _space(source, string)
        findings += _punctuation(source, string, language)
        findings += _newcomers(" ".join(sources), string, language)
        findings += _same(source, string)
        findings += _length(entry, string)
        if glossary is not None:
            findings += _glossary(glossary, source, string, language)
    silenced = {f"translation-{code}" for code in ignored_codes(entry.comments)}
    return [finding for finding in dict.fromkeys(findings) if finding.unsafe or finding.code not in silenced]


def is_usable(entry: PoEntry, language: str = "", *, source_language: str = "", formatted: bool = False) -> bool:
    """Whether the texts of a message may be shown; when not, the source is."""
    sources = (entry.msgid,) if entry.plural is None else (entry.msgid, entry.plural)
    codes = language_codes(language, source_language)
    return not any(
        unsafe_findings(sources, string, language=language, codes=codes, formatted=formatted)
        for string in entry.strings
    )


def check_catalogue(
    po: PoFile,
    language: str,
    domain: str,
    problems: Problems,
    *,
    source_language: str = "",
    glossary: Glossary | None = None,
) -> None:
    """Check every translated message of a catalogue. Fuzzy ones await a translator anyway: only their safety counts."""
    count = _plural_count(po)
    glossary = glossary if domain != INTERFACE else None
    for entry in po.messages:
        if not entry.has_translation:
            continue
        findings = check_message(
            entry,
            language,
            source_language=source_language,
            formatted=is_formatted(domain, entry),
            plural_count=count,
            glossary=glossary,
        )
        _unknown_silencers(entry, po.name, problems)
        for finding in findings:
            if finding.unsafe or not entry.fuzzy:
                problems.add(Problem(Position(po.name, entry.line), finding.code, finding.message, finding.severity))


def _plural_count(po: PoFile) -> int | None:
    try:
        return parse_plural_forms(po.field("Plural-Forms") or "").count
    except PluralSyntaxError:
        return None


def _unknown_silencers(entry: PoEntry, file: str, problems: Problems) -> None:
    for code in sorted(ignored_codes(entry.comments) - set(CODES)):
        message = f"'sitegen: ignore {code}' silences nothing; the codes are {', '.join(CODES)}"
        problems.warning("translation-ignore", Position(file, entry.line), message)
