"""The catalogues of a site: its content in every language, and what its theme says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.model.language import build_languages
from sitegen.translate.catalogue import Catalogue, Translator, interface_translator, load_catalogues

if TYPE_CHECKING:
    from sitegen.problems import Problems
    from sitegen.read.records import Sources


@dataclass(frozen=True, slots=True)
class SiteCatalogues:
    """`content`: (domain, tag) → catalogue; `interface`: tag → what templates of that language ask."""

    content: Mapping[tuple[str, str], Catalogue]
    interface: Mapping[str, Translator]


def domain_source(domain: str, site_source: str) -> str:
    """The language that the messages of a domain are written in; interface texts are written in English."""
    if domain.startswith("content-"):
        return domain.removeprefix("content-")
    return site_source if domain == "content" else "en"


def read_catalogues(config: Config, sources: Sources, problems: Problems) -> SiteCatalogues:
    """All catalogues, the site's own over those of its theme."""
    found = load_catalogues(
        config.root,
        [language.tag for language in config.languages if not language.pseudo],
        problems,
        themes=[Path(folder) for folder in sources.theme.catalogue_dirs],
        sources=lambda domain: domain_source(domain, config.source_language),
    )
    interface = {
        tag: interface_translator(
            tag, found, fallbacks=language.chain, derived_from=language.derived_from, derive=language.derive
        )
        for tag, language in build_languages(config).items()
    }
    if any(language.pseudo for language in config.languages):
        from sitegen.model.pseudo_locales import pseudo_catalogues, pseudo_translators

        found |= pseudo_catalogues(config)
        interface |= pseudo_translators(config)
    return SiteCatalogues(found, interface)
