"""Pseudo-locales of a site (`build --pseudo`): every text that a theme or an editor wrote, changed beyond oversight.

What still reads as plain English on such a page is hard-coded in a template; what is cut off has too little room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sitegen.config import Config, LanguageConfig
from sitegen.problems import Position
from sitegen.translate.catalogue import Catalogue, Message, Translator
from sitegen.translate.pseudo import ACCENTED, MIRRORED, pseudo


def with_pseudo_locales(config: Config) -> Config:
    """The configuration with `en-XA` and `ar-XB` behind the languages of the site."""
    from sitegen.locales.language import own_name

    known = {language.tag for language in config.languages}
    added = (LanguageConfig(tag, tag.lower(), own_name(tag), pseudo=True) for tag in (ACCENTED, MIRRORED))
    return replace(config, languages=(*config.languages, *(item for item in added if item.tag not in known)))


class PseudoCatalogue(Catalogue):
    """Has every message there is."""

    def __init__(self, tag: str, domain: str, change: Callable[[str], str]) -> None:
        super().__init__(tag, domain, digest="pseudo")
        self._change = change

    def lookup(self, msgid: str, context: str | None = None) -> Message | None:
        strings = (self._change(msgid),)
        return Message(msgid, context, None, strings, False, None, Position(self.name), (), self.language)


class PseudoTranslator(Translator):
    """Says everything that templates ask for in the pseudo-locale."""

    def __init__(self, tag: str, change: Callable[[str], str]) -> None:
        super().__init__(tag, ())
        self._change = change

    def has(self, message: str, context: str | None = None) -> bool:
        return True

    def _find(self, context: str | None, msgid: str, default: str, number: int | None) -> str:
        return self._change(default)


def pseudo_catalogues(config: Config) -> Iterator[tuple[tuple[str, str], Catalogue]]:
    """A catalogue of each domain that the content can have, for each pseudo-locale."""
    sources = (language.tag for language in config.languages if not language.pseudo)
    domains = ["content", *(f"content-{tag}" for tag in sources if tag != config.source_language)]
    for language in config.languages:
        change = pseudo(language.tag) if language.pseudo else None
        if change is not None:
            yield from (((domain, language.tag), PseudoCatalogue(language.tag, domain, change)) for domain in domains)


def pseudo_translators(config: Config) -> Iterator[tuple[str, Translator]]:
    """By tag: what templates are told in each pseudo-locale."""
    for language in config.languages:
        change = pseudo(language.tag) if language.pseudo else None
        if change is not None:
            yield language.tag, PseudoTranslator(language.tag, change)
