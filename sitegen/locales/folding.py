"""How the search sees words: one plain form for every spelling, so that `krusevac` finds `Крушевац`.

A site's index and its readers' browsers fold alike: the tables below travel to the browser with the index, and
`assets/js/search.js` applies them in the same order. Folding is for finding only; nobody is ever shown a folded word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sitegen.locales.language import language_of, script_of
from sitegen.locales.script_tables import LATIN_TO_ASCII, OTHER_CYRILLIC, TABLES

# Two ways to write one sound without diacritics: both become the shorter one.
_PAIRS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sr": (("dj", "d"),),
    "hr": (("dj", "d"),),
    "bs": (("dj", "d"),),
    "cnr": (("dj", "d"),),
    "de": (("ae", "a"), ("oe", "o"), ("ue", "u")),
    "da": (("ae", "a"), ("oe", "o"), ("aa", "a")),
    "no": (("ae", "a"), ("oe", "o"), ("aa", "a")),
    "nb": (("ae", "a"), ("oe", "o"), ("aa", "a")),
    "nn": (("ae", "a"), ("oe", "o"), ("aa", "a")),
    "sv": (("aa", "a"),),
}
_SINGLE = {"đ": "d", "æ": "a", "œ": "o", "ø": "o", "ς": "σ"}
"""Letters that do not come apart, where one plain letter finds more than the two of addresses."""


@dataclass(frozen=True, slots=True)
class Folding:
    """One language's folding. `letters`: lower-case letter → plain text; `pairs`: replaced in order, at the end."""

    letters: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...]
    _table: Mapping[int, str] = field(repr=False)

    def __call__(self, text: str) -> str:
        """The plain form of a text: lower case, no diacritics, Latin letters for Cyrillic ones. Idempotent."""
        text = text.lower()
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).translate(self._table)
            if not text.isascii():
                parts = unicodedata.normalize("NFD", text)
                text = "".join(char for char in parts if unicodedata.category(char)[0] != "M").translate(self._table)
        for pair, single in self.pairs:
            text = text.replace(pair, single)
        return text


def folding_for(tag: str, others: Iterable[str] = ()) -> Folding:
    """The folding of a language. `others`: the site's languages, whose Cyrillic names stand on its pages, too."""
    tags = (tag, *others)
    cyrillic = next((found for found in tags if script_of(found) == "Cyrl"), "")
    own = next((t for t in TABLES if cyrillic and language_of(t.source) == language_of(cyrillic)), OTHER_CYRILLIC)
    letters = dict(sorted({**LATIN_TO_ASCII, **OTHER_CYRILLIC.letters, **own.letters}.items()))
    letters = {letter: _plain(text) for letter, text in letters.items()} | _SINGLE
    languages = dict.fromkeys(language_of(found) for found in tags if found == tag or language_of(found) == "sr")
    pairs = tuple(dict.fromkeys(pair for language in languages for pair in _PAIRS.get(language, ())))
    return Folding(letters, pairs, str.maketrans(letters))


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    stripped = "".join(char for char in parts if not unicodedata.combining(char))
    return "".join(_SINGLE.get(char, LATIN_TO_ASCII.get(char, char)) for char in stripped)
