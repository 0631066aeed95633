"""The languages of a site, as `site.yaml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.config import LanguageConfig
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.schema import standards
from sitegen.schema.site_file import MAX_LANGUAGES


def load_languages(
    values: Mapping[str, Any], positions: Mapping[str, Position], here: Position, problems: Problems
) -> tuple[tuple[LanguageConfig, ...], str]:
    """The languages in their order and the tag of the source language ('' where there is none)."""
    listed = values.get("languages")
    place = positions.get("languages", here)
    if listed is not None and not listed:
        problems.error("languages-empty", place, "the list of languages is empty; add one, such as '- en'")
    listed = listed or ()
    if len(listed) > MAX_LANGUAGES:
        problems.error(
            "languages-too-many",
            place,
            f"there are {len(listed)} languages, but at most {MAX_LANGUAGES} are possible (MAX_LANGUAGES)",
        )
        listed = listed[:MAX_LANGUAGES]
    tags = [item["tag"] for item in listed if "tag" in item]
    languages: dict[str, LanguageConfig] = {}
    paths: dict[str, str] = {}
    for number, item in enumerate(listed):
        if "tag" not in item:
            continue
        where = _Where(f"languages.{number}", positions, place)
        language = _language(item, tags, where, problems)
        if language.tag in languages:
            problems.error(
                "language-duplicate", where.of("tag"), f"the language '{language.tag}' is listed twice; keep one"
            )
            continue
        taken = paths.setdefault(language.path.lower(), language.tag)
        if taken != language.tag:
            problems.error(
                "language-path",
                where.of("path"),
                f"'{language.path}' is the path of '{taken}' as well; give one of them another 'path'",
            )
        languages[language.tag] = language
    _check_derived(languages, listed, positions, place, problems)
    source = values.get("source_language") or next(iter(languages), "")
    if languages and source not in languages:
        _not_listed("source_language", source, tags, positions.get("source_language", here), problems)
        source = next(iter(languages))
    return tuple(languages.values()), source


class _Where:
    """Places of one language's fields."""

    def __init__(self, path: str, positions: Mapping[str, Position], default: Position) -> None:
        self.path, self.positions, self.default = path, positions, default

    def of(self, name: str) -> Position:
        return self.positions.get(f"{self.path}.{name}") or self.positions.get(self.path, self.default)


def _language(item: Mapping[str, Any], tags: list[str], where: _Where, problems: Problems) -> LanguageConfig:
    tag = item["tag"]
    if not standards.is_locale(tag):
        problems.error(
            "language-no-locale",
            where.of("tag"),
            f"dates, plurals and names in '{tag}' are not known (CLDR has no "
            f"data for it); use the tag of a related language",
        )
    path = item.get("path", tag.lower())
    if not isinstance(path, str):
        problems.error("value-type", where.of("path"), "the 'path' of a language is one text")
        path = tag.lower()
    for other in item.get("fallback", ()):
        if other not in tags:
            _not_listed("fallback", other, tags, where.of("fallback"), problems)
        elif other == tag:
            problems.error(
                "language-fallback", where.of("fallback"), f"'{tag}' cannot stand in for itself; leave it out"
            )
    return LanguageConfig(
        tag=tag,
        path=path,
        name=item.get("name") or standards.own_language_name(tag),
        fallback=tuple(other for other in item.get("fallback", ()) if other in tags and other != tag),
        derived_from=item.get("derived_from"),
        threshold=item.get("threshold"),
    )


def _check_derived(
    languages: Mapping[str, LanguageConfig],
    listed: tuple[Mapping[str, Any], ...],
    positions: Mapping[str, Position],
    place: Position,
    problems: Problems,
) -> None:
    for number, item in enumerate(listed):
        origin = item.get("derived_from")
        if origin is None:
            continue
        position = _Where(f"languages.{number}", positions, place).of("derived_from")
        if origin not in languages:
            _not_listed("derived_from", origin, list(languages), position, problems)
        elif origin == item.get("tag"):
            problems.error("language-derived", position, f"'{origin}' cannot be derived from itself")
        elif languages[origin].derived_from is not None:
            problems.error(
                "language-derived", position, f"'{origin}' is derived itself; name the language that is written"
            )
        elif origin.split("-")[0] != str(item.get("tag", "")).split("-")[0]:
            problems.error(
                "language-derived",
                position,
                f"only another script of the same language can be derived, and "
                f"'{item.get('tag')}' and '{origin}' are two languages",
            )


def _not_listed(name: str, tag: str, tags: list[str], position: Position, problems: Problems) -> None:
    problems.error(
        "language-unknown",
        position,
        f"'{name}' is '{tag}', which is no language of this site (they are {', '.join(tags)}){did_you_mean(tag, tags)}",
    )
