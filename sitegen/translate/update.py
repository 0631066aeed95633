"""`sitegen i18n update`: templates and catalogues on disk, made or brought up to date, each whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sitegen.config import LanguageConfig
from sitegen.locales.plurals import plural_forms
from sitegen.problems import Position, Problems
from sitegen.read.po import PoEntry, PoFile, format_po, header_text
from sitegen.read.po_files import ChangedMeanwhileError, find_po, read_po, write_atomically
from sitegen.translate.catalogue_plurals import PluralSyntaxError, parse_plural_forms
from sitegen.translate.extract import refreshed
from sitegen.translate.merge import MergeResult, merge


@dataclass(frozen=True, slots=True)
class FileUpdate:
    """What happened to one catalogue. `written`: the file on disk is new; `created`: there was none before."""

    path: str
    language: str
    domain: str
    result: MergeResult
    written: bool
    created: bool


@dataclass(slots=True)
class UpdateReport:
    """All files that `update_catalogues` looked at; `templates`: paths of the templates that were written."""

    files: list[FileUpdate] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)

    @property
    def written(self) -> list[str]:
        return [*self.templates, *(file.path for file in self.files if file.written)]


def catalogue_header(template: PoFile, language: str, now: dt.datetime) -> PoEntry:
    """The header of a new catalogue."""
    date = now.strftime("%Y-%m-%d %H:%M%z")
    fields = (
        ("Project-Id-Version", template.field("Project-Id-Version") or "site"),
        ("POT-Creation-Date", template.field("POT-Creation-Date") or date),
        ("PO-Revision-Date", date),
        ("Last-Translator", "none yet"),
        ("Language-Team", language.replace("-", "_")),
        ("Language", language.replace("-", "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", plural_forms(language).rstrip(";") + ";"),
        ("X-Domain", template.field("X-Domain") or ""),
        ("X-Generator", "sitegen"),
    )
    return PoEntry(msgid="", strings=(header_text(fields),))


def write_templates(root: Path, templates: Mapping[str, PoFile], problems: Problems) -> list[str]:
    """Write each template whose messages changed; answers the paths written."""
    written = []
    for template in templates.values():
        path = root / template.name
        old = read_po(root, template.name, Problems()) if path.exists() else None
        if old is not None and old[0].damaged:
            old = None
        text = format_po(refreshed(template, old[0] if old else None))
        data = text.encode("utf-8")
        if (not path.exists() or path.read_bytes() != data) and _write(path, data, None, template.name, problems):
            written.append(template.name)
    return written


def _write(path: Path, data: bytes, expected: str | None, name: str, problems: Problems) -> bool:
    try:
        write_atomically(path, data, expected)
    except ChangedMeanwhileError:
        problems.error("po-changed", Position(name), "somebody changed the file meanwhile; run the update again")
        return False
    except OSError as error:
        problems.error("po-unwritable", Position(name), f"cannot be written: {error.strerror}")
        return False
    return True


def update_catalogues(
    root: Path,
    templates: Mapping[str, PoFile],
    languages: Iterable[LanguageConfig],
    *,
    source_languages: Mapping[str, str],
    now: dt.datetime,
    problems: Problems,
    folder: str = "i18n",
    force: bool = False,
    dry_run: bool = False,
) -> UpdateReport:
    """Write the templates, and make or merge the catalogue of every language for every domain.

    `templates`: domain → template (see `build_templates`). `source_languages`: domain → the tag that needs no
    catalogue. A derived language gets none of its own; one that is there is kept up to date. `force` allows more
    than a fifth of a catalogue to become obsolete at once.
    """
    report = UpdateReport()
    languages = list(languages)
    existing = find_po(root, folder, [language.tag for language in languages], problems)
    if not dry_run:
        report.templates = write_templates(root, templates, problems)
    for domain, template in templates.items():
        for language in languages:
            path = existing.get((domain, language.tag))
            if path is None and (language.derived_from is not None or language.tag == source_languages.get(domain)):
                continue
            task = _Task(root, template, language.tag, domain, path, force=force, dry_run=dry_run)
            update = task.run(f"{folder}/{language.tag}/LC_MESSAGES/{domain}.po", now, problems)
            if update is not None:
                report.files.append(update)
    return report


@dataclass(frozen=True, slots=True)
class _Task:
    """One catalogue to update; `path` is None when there is none yet."""

    root: Path
    template: PoFile
    tag: str
    domain: str
    path: str | None
    force: bool
    dry_run: bool

    def run(self, new_path: str, now: dt.datetime, problems: Problems) -> FileUpdate | None:
        old, digest = PoFile(new_path), None
        if self.path is not None:
            read = read_po(self.root, self.path, problems)
            if read is None or read[0].damaged:
                return None  # the reader has said why; what cannot be read is not written over
            old, digest = read
        if old.header is None:
            old = replace(old, entries=(catalogue_header(self.template, self.tag, now), *old.entries))
        result = merge(self.template, old, plural_count=_plural_count(old, self.tag))
        name = self.path or new_path
        if result.suspicious and not self.force:
            message = (
                f"{result.lost_sight} translations would become obsolete at once; "
                "if the pages are really gone, run the update with --force"
            )
            problems.error("po-mass-obsolete", Position(name), message)
            return FileUpdate(name, self.tag, self.domain, result, written=False, created=False)
        wanted = (result.changed or self.path is None) and not self.dry_run
        data = format_po(result.po).encode("utf-8")
        written = wanted and _write(self.root / name, data, digest, name, problems)
        return FileUpdate(name, self.tag, self.domain, result, written=written, created=self.path is None)


def _plural_count(po: PoFile, tag: str) -> int:
    for header in (po.field("Plural-Forms") or "", plural_forms(tag)):
        try:
            return parse_plural_forms(header).count
        except PluralSyntaxError:
            continue
    return 2
