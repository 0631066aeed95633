"""The built-in legal texts: word for word, with their confidence, from `funding_texts.yaml` beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

CONFIRMED = ("official", "published")

# Tags under which the very same legal text is filed. Serbian without a script is Cyrillic. Nothing else: a related
# language, or the other script, is another text.
_SAME_TEXT = {"sr": "sr-Cyrl"}


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """`confidence`: 'official' | 'published' | 'unverified' | 'draft' (a translation of this project's own)."""

    text: str
    confidence: str

    @property
    def verified(self) -> bool:
        return self.confidence in CONFIRMED


def built_in(key: str, tag: str) -> BuiltIn | None:
    """The text of a key such as `statement.funded` or `disclaimer_2021.eacea` in one language, None if there is none.

    A tag with a region that no text is filed under has its language's text (`de-AT`); a tag with another script
    has none, and no language ever stands in for another.
    """
    texts = _texts().get(key, {})
    for candidate in _candidates(tag):
        if candidate in texts:
            return texts[candidate]
    return None


def _candidates(tag: str) -> tuple[str, ...]:
    parts = tag.split("-")
    without_region = "-".join(part for number, part in enumerate(parts) if number == 0 or len(part) == 4)
    return tuple(dict.fromkeys(_SAME_TEXT.get(name, name) for name in (tag, without_region)))


def built_in_keys(prefix: str) -> tuple[str, ...]:
    """All keys that begin with `prefix`."""
    return tuple(key for key in _texts() if key.startswith(prefix))


def languages_of(key: str) -> tuple[str, ...]:
    """The languages that a key has a text in."""
    return tuple(_texts().get(key, {}))


@cache
def _texts() -> Mapping[str, Mapping[str, BuiltIn]]:
    """Key → language → text, from the whole file; parsed once, when the first text is asked for."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(files(__package__).joinpath("funding_texts.yaml").read_bytes(), Loader=loader)  # noqa: S506
    table: dict[str, dict[str, BuiltIn]] = {}
    for tag, kinds in data["statement"].items():
        for kind, entry in kinds.items():
            table.setdefault(f"statement.{kind}", {})[tag] = _entry(entry)
    disclaimer = data["disclaimer_2021"]
    table["disclaimer_2021.eacea"] = _entries(disclaimer["eacea"])
    table["disclaimer_2021.generic"] = {"en": _entry(disclaimer["master_en"]), **_entries(disclaimer["generic"])}
    for key in ("assistance", "website_interreg_ipa", "eafrd_slogan_2014_2020"):
        table[key] = _entries(data[key])
    for key, texts in data["footnotes"].items():
        table[f"footnotes.{key}"] = _entries(texts)
    return MappingProxyType(table)


def _entries(texts: Mapping[str, Mapping[str, str]]) -> dict[str, BuiltIn]:
    return {tag: _entry(entry) for tag, entry in texts.items()}


def _entry(entry: Mapping[str, str]) -> BuiltIn:
    return BuiltIn(entry["text"], entry["confidence"])
