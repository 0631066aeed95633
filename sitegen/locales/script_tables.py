"""Transliteration tables, one per pair of scripts. To add a pair, add a table here and its tests.

Sources: sr, the official equivalence of Serbian Cyrillic and Latin; mk, UNGEGN 1977 (V/11), as in Macedonian
cartography; bg, the Streamlined System of the Transliteration Act of 2009; uk, Resolution 55 of the Cabinet of
Ministers of 2010; kk, the alphabet presented on 28 January 2021, since the official Latin alphabet is not settled
yet (letters for foreign sounds, which it leaves open, as pairs of its own letters).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """How one script of a language is written in another.

    `letters`: lower-case letter → lower-case text of any length, '' drops it. `initial`: what differs at the
    beginning of a word. `sequences`: lower-case texts longer than a letter; `final`: those at the end of a word only.
    `words`: whole words, lower case. `dropped_between_letters`: marks such as the Ukrainian apostrophe.
    `upper`: capitals that Python would not find (`i` → `İ`).
    """

    source: str
    target: str
    letters: Mapping[str, str]
    initial: Mapping[str, str] = field(default_factory=dict)
    sequences: Mapping[str, str] = field(default_factory=dict)
    final: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    dropped_between_letters: str = ""
    upper: Mapping[str, str] = field(default_factory=dict)


def _letters(text: str) -> dict[str, str]:
    """`"а a б b ь -"` as a mapping; '-' stands for nothing."""
    parts = text.split()
    return {key: "" if value == "-" else value for key, value in zip(parts[::2], parts[1::2], strict=True)}


_SERBIAN = _letters(
    "а a б b в v г g д d ђ đ е e ж ž з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ ć у u ф f х h "
    "ц c ч č џ dž ш š"
)
_MACEDONIAN = {key: value for key, value in _SERBIAN.items() if key not in "ђћ"} | _letters("ѓ ǵ ќ ḱ ѕ dz")
_BULGARIAN = _letters(
    "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sht "
    "ъ a ь y ю yu я ya"
)
_UKRAINIAN = _letters(
    "а a б b в v г h ґ g д d е e є ie ж zh з z и y і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ shch ь - ю iu я ia"
)
_KAZAKH = _letters(
    "а a ә ä б b в v г g ғ ğ д d е e ё io ж j з z и i й i к k қ q л l м m н n ң ŋ о o ө ö п p р r с s т t у u ұ ū ү ü "
    "ф f х h һ h ц ts ч tş ш ş щ ştş ъ - ы y і ı ь - э e ю iu я ia"
)
# For slugs of texts in a language that has no table: letters of Russian, Belarusian, Tajik … without ambition.
_OTHER = _SERBIAN | _letters(
    "ё e й i щ shch ъ - ы y ь - э e ю yu я ya ў u ґ g є ie і i ї i ѓ g ќ k ѕ dz қ k ғ g ҳ h ҷ j ӯ u ӣ i ң n ө o ү u "
    "ұ u һ h ә a х h ж zh ц ts ч ch ш sh"
)

APOSTROPHES = "'’ʼ"

TABLES: tuple[Table, ...] = (
    Table("sr-Cyrl", "sr-Latn", _SERBIAN),
    Table("mk-Cyrl", "mk-Latn", _MACEDONIAN),
    Table("bg-Cyrl", "bg-Latn", _BULGARIAN, final={"ия": "ia"}, words={"българия": "bulgaria"}),
    Table(
        "uk-Cyrl",
        "uk-Latn",
        _UKRAINIAN,
        initial=_letters("є ye ї yi й y ю yu я ya"),
        sequences={"зг": "zgh"},
        dropped_between_letters=APOSTROPHES,
    ),
    Table("kk-Cyrl", "kk-Latn", _KAZAKH, upper={"i": "İ", "ı": "I"}),
)

OTHER_CYRILLIC = Table("und-Cyrl", "und-Latn", _OTHER)

# ISO 843 / ELOT 743 as far as addresses of pages need it. αυ, ευ, ηυ are `v` before a vowel or a voiced consonant.
_GREEK_PAIRS = (
    (re.compile("([αεη])[υύ](?=[αάβγδεέζηήιίϊΐλμνοόρυύωώ])"), r"\1v"),
    (re.compile("([αεη])[υύ]"), r"\1f"),
    (re.compile("ο[υύ]"), "ou"),
    (re.compile("γγ"), "ng"),
    (re.compile("γξ"), "nx"),
    (re.compile("γχ"), "nch"),
    (re.compile(r"\bμπ"), "b"),
)
_GREEK = str.maketrans(
    _letters(
        "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o "
        "ά a έ e ή i ί i ό o ύ y ώ o ϊ i ϋ y ΐ i ΰ y"
    )
)


def greek_to_latin(text: str) -> str:
    """Lower-case Greek in Latin letters, for addresses of pages."""
    for pattern, replacement in _GREEK_PAIRS:
        text = pattern.sub(replacement, text)
    return text.translate(_GREEK)


# Latin letters that do not come apart into an ASCII letter and its marks.
LATIN_TO_ASCII = _letters(
    "ß ss æ ae œ oe ø o ð d þ th đ d ħ h ł l ŋ n ŧ t ı i ĸ k ə e ɓ b ɗ d ɛ e ɔ o ƒ f ŀ l ĳ ij ŉ n ſ s ʻ - ʼ -"
)
# Where a language writes these letters differently when it has to do without them.
LATIN_TO_ASCII_BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "de": _letters("ä ae ö oe ü ue"),
    "da": _letters("å aa ø oe"),
    "nb": _letters("å aa ø oe"),
    "nn": _letters("å aa ø oe"),
    "sr": _letters("đ dj"),
    "hr": _letters("đ dj"),
    "bs": _letters("đ dj"),
    "cnr": _letters("đ dj"),
}
