"""The translators' pipeline: read the site, extract its messages, update the catalogues, count what is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.config import Config, LanguageConfig
    from sitegen.model.catalogues import SiteCatalogues
    from sitegen.model.site import Site
    from sitegen.read.po import PoFile
    from sitegen.translate.extract import ContentSource, InterfaceMessage
    from sitegen.translate.update import UpdateReport


@dataclass(frozen=True, slots=True)
class Messages:
    """All that a site asks its translators. `themes`: folders of the site's own themes, whose catalogues are ours."""

    site: Site
    catalogues: SiteCatalogues
    sources: list[ContentSource]
    interface: list[InterfaceMessage]
    themes: tuple[Path, ...]

    @property
    def config(self) -> Config:
        return self.site.config

    @property
    def domain_sources(self) -> dict[str, str]:
        """Domain → the language that its messages are written in."""
        from sitegen.model.catalogues import domain_source

        domains = {source.domain for source in self.sources} | {"content", "ui"}
        return {domain: domain_source(domain, self.config.source_language) for domain in domains}


def collect_messages(root: Path, problems: Problems) -> Messages | None:
    """Read the site with its drafts and its future, so that translators can be ahead. None when it cannot be read."""
    from sitegen.model.assembly import assemble
    from sitegen.model.catalogues import read_catalogues
    from sitegen.model.messages import content_sources, interface_messages
    from sitegen.plan.phrases import PHRASES
    from sitegen.read.config_file import load_config
    from sitegen.read.site_files import read_sources
    from sitegen.render.body_options import PHRASES as BODY_PHRASES
    from sitegen.translate.segment_walk import DEFAULT_TITLES

    config = load_config(root, problems)
    if config is None:
        return None
    read = read_sources(config, problems)
    catalogues = read_catalogues(config, read, problems)
    site = assemble(config, read, catalogues.content, problems, date=dt.date.max, drafts=True)
    phrases = (*PHRASES, *BODY_PHRASES, *sorted(DEFAULT_TITLES))
    interface = interface_messages(read.theme.template_dirs, phrases, problems)
    own = (Path(folder) for folder in read.theme.template_dirs)
    themes = tuple(folder.parent for folder in own if folder.is_relative_to(config.root))
    return Messages(site, catalogues, content_sources(site, problems), interface, themes)


def templates(messages: Messages, problems: Problems) -> dict[str, PoFile]:
    """Domain → template."""
    from sitegen.translate.extract import build_templates

    return build_templates(
        messages.sources,
        messages.interface,
        project=messages.config.title.text,
        source_languages=messages.domain_sources,
        now=_now(),
        problems=problems,
    )


def extract(root: Path, problems: Problems) -> list[str]:
    """Write the templates (`i18n/*.pot`); answers the paths of those that changed."""
    from sitegen.translate.update import write_templates

    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return []
    return write_templates(messages.config.root, templates(messages, problems), problems)


def update(root: Path, problems: Problems, *, force: bool = False, dry_run: bool = False) -> UpdateReport | None:
    """Write the templates and bring every catalogue up to date: the site's, and those of its own themes."""
    from sitegen.translate.update import update_catalogues

    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return None
    found = templates(messages, problems)
    config = messages.config
    site_domains = {domain: template for domain, template in found.items() if domain != "ui" or not messages.themes}
    report = update_catalogues(
        config.root,
        site_domains,
        _catalogue_languages(messages, site_domains),
        source_languages=messages.domain_sources,
        now=_now(),
        problems=problems,
        force=force,
        dry_run=dry_run,
    )
    for theme in messages.themes:
        _update_theme(messages, theme, report, problems, force=force, dry_run=dry_run)
    if "ui" in found and "ui" not in site_domains and not dry_run:
        from sitegen.translate.update import write_templates

        report.templates += write_templates(config.root, {"ui": found["ui"]}, problems)
    return report


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
        now=_now(),
        problems=problems,
        folder=f"{folder}/i18n",
    )
    update = update_catalogues(
        messages.config.root,
        found,
        _theme_languages(messages, theme),
        source_languages={"ui": "en"},
        now=_now(),
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


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC).astimezone()
