"""What the name of a content file says: key, language, date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.config import Config
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.schema.standards import canonical_tag

# What looks like a language: `fi`, `sr-Latn`, `pt_br`; not `v1` or `2024`, and no word such as `final`.
_LANGUAGE_LIKE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


@dataclass(frozen=True, slots=True)
class NameParts:
    """`key` is the path below the collection's folder without language and ending; `suffix` is a language tag or ''."""

    key: str
    suffix: str


def language_names(config: Config) -> dict[str, str]:
    """Names under which files may call a language, in small letters → its tag: tags win over paths."""
    names = {language.path.lower(): language.tag for language in config.languages}
    names.update({language.tag.lower(): language.tag for language in config.languages})
    return names


def split_name(path: str, languages: Mapping[str, str], file: str, problems: Problems) -> NameParts | None:
    """The parts of a path below its collection, without its ending; None and a problem for a foreign language."""
    folder, slash, name = path.rpartition("/")
    stem, dot, last = name.rpartition(".")
    if not dot or not stem:
        return NameParts(path, "")
    tag = languages.get(last.lower().replace("_", "-"))
    if tag is not None:
        return NameParts(f"{folder}{slash}{stem}", tag)
    if _LANGUAGE_LIKE.fullmatch(last) and canonical_tag(last):
        known = sorted(set(languages.values()))
        problems.error(
            "language-unknown",
            Position(file),
            f"'{last}' in the name of this file is no language of this site (they "
            f"are {', '.join(known)}){did_you_mean(last, known)}; rename the file, or add the language to site.yaml",
        )
        return None
    return NameParts(path, "")


def date_of(key: str) -> str | None:
    """`news/2026-03-01-call` → `2026-03-01`, whether or not the calendar has such a day."""
    match = _DATED.fullmatch(key.rpartition("/")[2])
    return match[1] if match else None


def undated(key: str) -> str:
    """The key without the date before the name of its file: what a slug is made of."""
    folder, slash, name = key.rpartition("/")
    match = _DATED.fullmatch(name)
    return f"{folder}{slash}{match[2]}" if match else key


def file_date(key: str, file: str, problems: Problems) -> dt.date | None:
    """The date that begins a file's name; an impossible one is a problem."""
    text = date_of(key)
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problems.error(
            "value-date-impossible",
            Position(file),
            f"the name of this file begins with {text}, and there is no such day in the calendar; rename it",
        )
        return None
