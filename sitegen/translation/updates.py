"""Templates and catalogues on disk: extracted, and brought up to date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.problems import Problems
from sitegen.translation.messages import Messages, collect_messages, now, templates

if TYPE_CHECKING:
    from sitegen.config import LanguageConfig
    from sitegen.read.po import PoFile
    from sitegen.translate.update import FileUpdate, UpdateReport


def extract(root: Path, problems: Problems) -> list[str]:
    """Write the templates (`i18n/*.pot`); answers the paths of those that changed."""
    from sitegen.translate.update import write_templates

    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return []
    return write_templates(messages.config.root, templates(messages, problems), problems)


def update(root: Path, problems: Problems, *, force: bool = False, dry_run: bool = False) -> UpdateReport | None:
    """Write the templates and bring every catalogue up to date: the site's, and those of its own themes."""
    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return None
    found = templates(messages, problems)
    config = messages.config
    site_domains = {domain: template for domain, template in found.items() if domain != "ui" or not messages.themes}
    report = _update_site(messages, site_domains, problems, now(), force=force, dry_run=dry_run)
    for theme in messages.themes:
        _update_theme(messages, theme, report, problems, force=force, dry_run=dry_run)
    if "ui" in found and "ui" not in site_domains and not dry_run:
        from sitegen.translate.update import write_templates

        report.templates += write_templates(config.root, {"ui": found["ui"]}, problems)
    return report


def updated_catalogues(messages: Messages, problems: Problems, moment: dt.datetime) -> list[FileUpdate]:
    """The site's own catalogues as `update` would leave them; nothing is written. `moment` dates what is new."""
    found = templates(messages, problems, moment)
    domains = {domain: template for domain, template in found.items() if domain != "ui" or not messages.themes}
    return _update_site(messages, domains, problems, moment, force=True, dry_run=True).files


def _update_site(
    messages: Messages,
    domains: dict[str, PoFile],
    problems: Problems,
    moment: dt.datetime,
    *,
    force: bool,
    dry_run: bool,
) -> UpdateReport:
    from sitegen.translate.update import update_catalogues

    return update_catalogues(
        messages.config.root,
        domains,
        _catalogue_languages(messages, domains),
        source_languages=messages.domain_sources,
        now=moment,
        problems=problems,
        force=force,
        dry_run=dry_run,
    )


def _catalogue_languages(messages: Messages, domains: dict[str, PoFile]) -> list[LanguageConfig]:
    """A language gets a `ui` catalogue of the site's own only where its theme leaves something unsaid."""
    languages = list(messages.config.languages)
    if "ui" in domains and not any(_unsaid(messages, domains["ui"], language.tag) for language in languages):
        domains.pop("ui")
    return languages


def _unsaid(messages: Messages, template: PoFile, tag: str) -> bool:
    if tag == "en" or tag.startswith("en-"):
        return False
    translator = messages.catalogues.interface[tag]
    return any(not translator.has(entry.msgid, entry.context) for entry in template.messages)


def _update_theme(
    messages: Messages, theme: Path, report: UpdateReport, problems: Problems, *, force: bool, dry_run: bool
) -> None:
    """The catalogues of a theme that lies in the site: those it has, and one for each language of the site."""
    from dataclasses import replace

    from sitegen.translate.extract import build_templates
    from sitegen.translate.update import update_catalogues

    folder = theme.relative_to(messages.config.root).as_posix()
    own = [message for message in messages.interface if message.file.startswith(f"{theme.name}/") or message.line == 0]
    found = build_templates(
        [],
        own,
        project=theme.name,
        source_languages={"ui": "en"},
        now=now(),
        problems=problems,
        folder=f"{folder}/i18n",
    )
    update = update_catalogues(
        messages.config.root,
        found,
        _theme_languages(messages, theme),
        source_languages={"ui": "en"},
        now=now(),
        problems=problems,
        folder=f"{folder}/i18n",
        force=force,
        dry_run=dry_run,
    )
    report.files += [replace(file) for file in update.files]
    report.templates += update.templates


def _theme_languages(messages: Messages, theme: Path) -> list[LanguageConfig]:
    from sitegen.config import LanguageConfig

    known = {language.tag: language for language in messages.config.languages}
    folder = theme / "i18n"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in known and (path / "LC_MESSAGES").is_dir():
            known[path.name] = LanguageConfig(path.name, path.name.lower(), path.name)
    return list(known.values())
