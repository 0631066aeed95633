"""Translating in place: what the preview's editor shows of a message, what it checks, and how it saves.

Plain data in, plain data out; nothing here knows of HTTP. The only files that are ever written are catalogues of
content, at the places where the site has them or `sitegen i18n update` would put them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.config import Config, LanguageConfig
    from sitegen.read.po import PoEntry, PoFile
    from sitegen.translate.glossary import Glossary
    from sitegen.translate.message_checks_safety import Finding

FOLDER = "i18n"
MAX_FORMS = 8
MAX_GLOSSARY_BYTES = 4 * 1024 * 1024
_ID_DIGITS = 12


class RequestError(Exception):
    """The request makes no sense, or what it asks for is not there. Its text is for the translator."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A message where it stands. `digest` of the file, None when there is none; `missing`: the file lacks the entry."""

    po: PoFile
    entry: PoEntry
    digest: str | None
    missing: bool


class Editor:
    """The editor of one site. Everything is read anew for each request: files change under its hands."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def message(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """All that a translator needs to know of one message. Takes `language`, `domain` and `id`."""
        return _Task(self._root, request).shown()

    def check(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What the checks say of `strings`: `{"findings": [{code, message, severity}], "blocked": bool}`."""
        task = _Task(self._root, request)
        findings = task.findings(_strings(request))
        return {"findings": _plain(findings), "blocked": _blocked(findings)}

    def save(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Write `strings` if the checks let them pass and the file is still that of `digest`.

        `{"saved": bool, "refused": reason or "", "findings": […], "digest": …, "changed": bool}`.
        """
        return _Task(self._root, request).save(_strings(request), _digest(request))


class _Task:
    """One request: the language and domain it is about, and the files that it needs."""

    def __init__(self, root: Path, request: Mapping[str, Any]) -> None:
        from sitegen.read.config_file import load_config

        config = load_config(root, Problems())
        if config is None:
            raise RequestError("site.yaml cannot be read; see the terminal")
        self.config: Config = config
        self.root = config.root
        self.page_language = self._language(_text(request, "language"))
        self.domain = _text(request, "domain")
        self.source = self._source_language()
        self.identifier = _text(request, "id")
        if len(self.identifier) != _ID_DIGITS or not self.identifier.isalnum():
            raise RequestError("this is no id of a message")
        self.language = self._catalogue_language()
        if self.language.tag == self.source:
            raise RequestError("this text is written in this language: change it in its own file")

    def _language(self, tag: str) -> LanguageConfig:
        found = next((language for language in self.config.languages if language.tag == tag), None)
        if found is None:
            raise RequestError(f"the site has no language '{tag[:40]}'")
        return found

    def _source_language(self) -> str:
        """The language of the domain's messages; only domains of content can be edited here."""
        site = self.config.source_language
        if self.domain == "content":
            return site
        tag = self.domain.removeprefix("content-")
        if tag in (self.domain, site) or all(language.tag != tag for language in self.config.languages):
            raise RequestError(f"the site has no catalogue '{self.domain[:40]}'")
        return tag

    def _catalogue_language(self) -> LanguageConfig:
        """A derived language follows its base, but for messages that its own catalogue has."""
        page = self.page_language
        if page.derived_from is None:
            return page
        own = self._on_disk(page.tag)
        return page if own is not None and self._entry_of(own[0]) else self._language(page.derived_from)

    # --- finding ------------------------------------------------------------------------------------------

    def _on_disk(self, tag: str) -> tuple[PoFile, str] | None:
        from sitegen.read.po_files import find_po, read_po

        paths = find_po(self.root, FOLDER, [language.tag for language in self.config.languages], Problems())
        path = paths.get((self.domain, tag))
        if path is None:
            return None
        problems = Problems()
        read = read_po(self.root, path, problems)
        if read is None or read[0].damaged:
            raise RequestError(f"{path} cannot be read: {problems}")
        return read

    def _entry_of(self, po: PoFile) -> PoEntry | None:
        from sitegen.translate.segment_text import message_id

        return next((e for e in po.messages if message_id(e.msgid, e.context) == self.identifier), None)

    def find(self) -> _Found:
        """The message in its catalogue; one that was never extracted comes from the site's sources, and so does a
        catalogue that does not exist yet."""
        disk = self._on_disk(self.language.tag)
        if disk is not None and (entry := self._entry_of(disk[0])) is not None:
            return _Found(disk[0], entry, disk[1], missing=False)
        updated = self._updated()
        entry = self._entry_of(updated) if updated is not None else None
        if updated is None or entry is None:
            raise RequestError("the site has no such text any more; load the page again")
        if disk is None:
            return _Found(updated, entry, None, missing=True)
        from sitegen.translate.catalogue_edit import with_message

        order = [known.key for known in updated.messages]
        return _Found(with_message(disk[0], entry, order), entry, disk[1], missing=True)

    def _updated(self) -> PoFile | None:
        """The catalogue as `sitegen i18n update` would leave it."""
        from sitegen.translation import update

        report = update(self.config.root, Problems(), force=True, dry_run=True)
        files = report.files if report is not None else []
        key = (self.domain, self.language.tag)
        return next((file.result.po for file in files if (file.domain, file.language) == key), None)

    # --- showing ------------------------------------------------------------------------------------------

    def shown(self) -> dict[str, Any]:
        from sitegen.locales.language import direction
        from sitegen.translate.word_diff import word_diff

        found = self.find()
        entry = found.entry
        previous = entry.previous_msgid if entry.fuzzy else None
        return {
            "domain": self.domain,
            "id": self.identifier,
            "path": found.po.name,
            "digest": found.digest,
            "language": self.language.tag,
            "languageName": self.language.name,
            "dir": direction(self.language.tag),
            "derived": self.page_language.name if self.page_language is not self.language else None,
            "sourceLanguage": self.source,
            "sourceName": self._language(self.source).name,
            "sourceDir": direction(self.source),
            "state": "untranslated" if not entry.has_translation else "stale" if entry.fuzzy else "translated",
            "context": entry.context,
            "source": entry.msgid,
            "plural": entry.plural,
            "strings": list(entry.strings),
            "difference": word_diff(previous, entry.msgid) if previous is not None else None,
            "notes": list(entry.extracted),
            "comments": list(entry.comments),
            "places": list(entry.references),
            "glossary": self._terms(entry.msgid),
            "findings": _plain(self._check(entry, found.po)),
        }

    def _terms(self, source: str) -> list[dict[str, Any]]:
        return [
            {"term": term.term, "translations": list(agreed), "note": term.note}
            for term in self.glossary().in_text(source)
            if (agreed := term.translations.get(self.language.tag, ())) or term.note
        ]

    def glossary(self) -> Glossary:
        """The site's glossary; an unreadable one is none (`sitegen i18n check` says why)."""
        from sitegen.read.yaml_nodes import parse_yaml
        from sitegen.translate.glossary import Glossary, parse_glossary

        path = self.root / FOLDER / "glossary.yaml"
        if not path.is_file() or path.stat().st_size > MAX_GLOSSARY_BYTES:
            return Glossary()
        try:
            node = parse_yaml(path.read_text(encoding="utf-8"), path.name, Problems())
        except (OSError, UnicodeDecodeError):
            return Glossary()
        return parse_glossary(node, Problems()) if node is not None else Glossary()

    # --- checking and saving ------------------------------------------------------------------------------

    def _check(self, entry: PoEntry, po: PoFile) -> list[Finding]:
        from sitegen.translate.catalogue import is_formatted
        from sitegen.translate.message_checks import check_message

        if not entry.has_translation:
            return []
        return check_message(
            entry,
            self.language.tag,
            source_language=self.source,
            formatted=is_formatted(self.domain, entry),
            glossary=self.glossary(),
        )

    def findings(self, strings: tuple[str, ...], found: _Found | None = None) -> list[Finding]:
        from dataclasses import replace

        found = found or self.find()
        if len(strings) != max(1, len(found.entry.strings)):
            raise RequestError("the message has another number of plural forms")
        return self._check(replace(found.entry, strings=strings), found.po)

    def save(self, strings: tuple[str, ...], expected: str | None) -> dict[str, Any]:
        from sitegen.translate.catalogue_edit import CHANGED, store_translation

        found = self.find()
        findings = self.findings(strings, found)
        answer = {"saved": False, "refused": "", "findings": _plain(findings), "digest": found.digest, "changed": False}
        if found.digest != expected:
            return answer | {"refused": CHANGED}
        if _blocked(findings):
            return answer | {"refused": "mend what is wrong first"}
        saved = store_translation(
            self.root, found.po, expected, found.entry.key, strings,
            language=self.language.tag, domain=self.domain, source_language=self.source,
        )  # fmt: skip
        if saved.refused:
            return answer | {"refused": saved.refused}
        return answer | {"saved": True, "digest": saved.digest, "changed": saved.digest != expected}


def _blocked(findings: Sequence[Finding]) -> bool:
    from sitegen.problems import Severity

    return any(finding.unsafe or finding.severity is Severity.ERROR for finding in findings)


def _plain(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [
        {"code": finding.code, "message": finding.message, "severity": str(finding.severity.value)}
        for finding in findings
    ]


def _text(request: Mapping[str, Any], name: str) -> str:
    value = request.get(name)
    if not isinstance(value, str):
        raise RequestError(f"'{name}' is missing")
    return value


def _strings(request: Mapping[str, Any]) -> tuple[str, ...]:
    value = request.get("strings")
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_FORMS or not all(isinstance(s, str) for s in value):
        raise RequestError("'strings' must be a list of texts")
    try:
        "".join(value).encode("utf-8")
    except UnicodeEncodeError:
        raise RequestError("the text holds half of a character") from None
    return tuple(value)


def _digest(request: Mapping[str, Any]) -> str | None:
    value = request.get("digest")
    if value is not None and not isinstance(value, str):
        raise RequestError("'digest' must be a text or null")
    return value
