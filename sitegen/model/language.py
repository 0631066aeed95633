"""A language of the site: its tag, direction, path, and how other languages lead to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.config import Config, LanguageConfig


@dataclass(frozen=True, slots=True)
class Language:
    """`prefix` is the folder of its pages with a trailing slash, '' for an unprefixed source language.

    `derive` turns a text of `derived_from` into this language's script. `chain` is the order in which other
    languages stand in for a missing text, the source language of the text excluded. `pseudo`: nobody speaks it.
    """

    tag: str
    path: str
    prefix: str
    name: str
    dir: str
    og_locale: str
    threshold: float
    chain: tuple[str, ...] = ()
    derived_from: str | None = None
    derive: Callable[[str], str] | None = None
    pseudo: bool = False


def build_languages(config: Config) -> dict[str, Language]:
    """The languages of the site by tag, in the order of site.yaml."""
    return {language.tag: _language(language, config) for language in config.languages}


def _language(settings: LanguageConfig, config: Config) -> Language:
    from sitegen.locales.language import direction, og_locale
    from sitegen.locales.scripts import transliterator

    unprefixed = settings.tag == config.source_language and not config.prefix_source_language
    derive = transliterator(settings.derived_from, settings.tag) if settings.derived_from else None
    return Language(
        tag=settings.tag,
        path=settings.path,
        prefix="" if unprefixed else f"{settings.path}/",
        name=settings.name,
        dir=direction(settings.tag),
        og_locale=og_locale(settings.tag),
        threshold=config.translate.threshold if settings.threshold is None else settings.threshold,
        chain=settings.fallback,
        derived_from=settings.derived_from,
        derive=derive,
        pseudo=settings.pseudo,
    )


def direction_of(tag: str, languages: dict[str, Language]) -> str:
    """'ltr' or 'rtl' of any tag, one of the site's or not."""
    known = languages.get(tag)
    if known is not None:
        return known.dir
    from sitegen.locales.language import direction

    return direction(tag)
