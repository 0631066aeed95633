"""Everything that a site asks its translators, read from its sources."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.problems import Problems

if TYPE_CHECKING:
    from sitegen.config import Config
    from sitegen.model.catalogues import SiteCatalogues
    from sitegen.model.site import Site
    from sitegen.read.po import PoFile
    from sitegen.translate.extract import ContentSource, InterfaceMessage


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


def templates(messages: Messages, problems: Problems, moment: dt.datetime | None = None) -> dict[str, PoFile]:
    """Domain → template. `moment`: when it is made, default now."""
    from sitegen.translate.extract import build_templates

    return build_templates(
        messages.sources,
        messages.interface,
        project=messages.config.title.text,
        source_languages=messages.domain_sources,
        now=moment or now(),
        problems=problems,
    )


def now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC).astimezone()
