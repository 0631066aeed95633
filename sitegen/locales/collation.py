"""The order of names in each language: CLDR's root collation with the language's tailoring, as ICU sorts.

`collation_key(tag)` gives a key function for `sorted`; `letter_of(tag, name)` the letter under which a name stands
in an index. The collation elements of all characters come from `data/collation.txt`; what is done with them here is
the Unicode Collation Algorithm at tertiary strength: letters first, then accents, then case.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sitegen.locales.language import language_of, normalise_tag, script_of

CollationKey = Callable[[str], bytes]
OTHER = "#"

_LEVEL = b"\x00\x00"  # below every weight: a shorter name comes first
_USUAL = b"\x05\x00"  # the secondary and tertiary weight of a plain small letter
_CASE_BITS = 0xC000
# The first bytes of the primary weights of the scripts that tailorings of our languages move.
_LEADS = {"Latn": range(0x29, 0x60), "Grek": range(0x60, 0x61), "Cyrl": range(0x61, 0x62)}
# Two combining marks in a row.
_SEVERAL_MARKS = re.compile(r"[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]{2}")
_MEMORY = 20_000  # keys remembered per language

# Languages that are ordered as another one: by shared tailoring or as another name of it.
_SAME_ORDER = {"no": "nb", "sr": "sr-Cyrl", "cnr": "sr-Latn", "sh": "sr-Latn"}


@dataclass(frozen=True, slots=True)
class _Section:
    """One language of the data file. `limit`: the primary weight behind its last index letter.

    `leads`: what becomes of the first byte of primary weights where the language's own script comes first.
    """

    upper_first: bool
    leads: bytes
    limit: bytes
    letters: tuple[str, ...]
    elements: Mapping[str, str]


@cache
def _sections() -> Mapping[str, _Section]:
    text = files("sitegen.locales").joinpath("data", "collation.txt").read_text(encoding="utf-8")
    sections: dict[str, _Section] = {}
    for part in re.split(r"^\[", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("]\n")
        tag, *options = head.split(" ")
        leads = _reordered(next((option[8:].split(",") for option in options if option.startswith("reorder=")), []))
        limit = b""
        letters: list[str] = []
        if body.startswith("="):
            first, _, body = body.partition("\n")
            weight, *letters = first[1:].split(" ")
            limit = bytes([bytes([int(weight[:2], 16) - 1]).translate(leads)[0] + 1])
            letters = [letter[0] + letter[1:].lower() for letter in letters]
        elements = dict(line.split("\t") for line in body.splitlines())
        sections[tag] = _Section("upper-first" in options, leads, limit, tuple(letters), elements)
    return sections


def _reordered(scripts: list[str]) -> bytes:
    """The table that moves scripts to the front of all scripts, by the first bytes of their weights."""
    table = bytearray(range(256))
    order = [*scripts, *(name for name in _LEADS if name not in scripts)]
    place = _LEADS["Latn"][0]
    for name in order:
        for lead in _LEADS[name]:
            table[lead] = place
            place += 1
    return bytes(table)


class _Weights(dict[str, tuple[bytes, bytes, bytes]]):
    """Text of one collation unit, in NFD → its weights on three levels. Grows as characters are met.

    `sequences`: the units of several characters that this language has, letters with marks (`å`) among them.
    """

    def __init__(self, section: _Section) -> None:
        super().__init__()
        self._own = section.elements
        self._root = _sections()["root"].elements
        self._upper_first = section.upper_first
        self._leads = section.leads
        own = _sequences(section.elements)
        self.sequences = {
            unit: spelled for unit, spelled in {**_root_sequences(), **own}.items() if not self._suppressed(unit, own)
        }

    def _suppressed(self, unit: str, own: Mapping[str, str]) -> bool:
        """Whether this language takes a unit of the root order apart (Serbian `й` is и with a mark)."""
        if unit not in own or unit not in _root_sequences():
            return False
        parts = [self._own.get(f"{ord(char):x}") or self._root.get(f"{ord(char):x}", "") for char in unit]
        return own[unit] == " ".join(parts)

    def __missing__(self, unit: str) -> tuple[bytes, bytes, bytes]:
        found = self[unit] = self._find(unit)
        return found

    def _find(self, unit: str) -> tuple[bytes, bytes, bytes]:
        if len(unit) > 1:
            return self._parse(self.sequences[unit])
        key = f"{ord(unit):x}"
        spelled = self._own.get(key) or self._root.get(key)
        return self._parse(spelled) if spelled else (_implicit(ord(unit)), _USUAL, _USUAL)

    def _parse(self, spelled: str) -> tuple[bytes, bytes, bytes]:
        primaries, secondaries, tertiaries = b"", b"", b""
        if spelled == "-":
            return primaries, secondaries, tertiaries
        for element in spelled.split(" "):
            primary, _, rest = element.partition(",")
            secondary, _, tertiary = rest.partition(",")
            second = int(secondary, 16) if secondary else 0x0500
            third = int(tertiary, 16) if tertiary else 0x0500
            weight = bytes.fromhex(primary)
            primaries += weight[:1].translate(self._leads) + weight[1:]
            secondaries += second.to_bytes(2, "big") if second else b""
            third = self._case(third, artificial=not primary and not second)
            tertiaries += third.to_bytes(2, "big") if third else b""
        return primaries, secondaries, tertiaries

    def _case(self, weight: int, *, artificial: bool) -> int:
        """The tertiary weight: without its case bits, or with them turned round where capitals come first."""
        if not self._upper_first:
            return weight & ~_CASE_BITS
        if artificial:
            return weight + 0x4000
        return weight ^ _CASE_BITS


@cache
def _root_sequences() -> Mapping[str, str]:
    return _sequences(_sections()["root"].elements)


def _sequences(elements: Mapping[str, str]) -> dict[str, str]:
    """The units of several characters (in NFD) of a section."""
    decomposed = ((_decomposed(key), spelled) for key, spelled in elements.items())
    return {unit: spelled for unit, spelled in decomposed if len(unit) > 1}


def _decomposed(key: str) -> str:
    """The characters of a key of the data file, in NFD."""
    return unicodedata.normalize("NFD", "".join(chr(int(code, 16)) for code in key.split("_")))


def _implicit(code: int) -> bytes:
    """The primary weight of what the table does not have: ideographs, then everything else, by code point."""
    core = 0x4E00 <= code <= 0x9FFF
    extension = 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x323AF
    lead = 0xFB if core else 0xFC if extension else 0xFD
    return bytes((lead, 0x40 + (code >> 16), 2 + (code >> 8 & 0xFF) // 2, 2 + (code & 0xFF) // 2, 2 + code % 2))


class _Collator:
    """One language's order."""

    def __init__(self, tag: str) -> None:
        sections = _sections()
        section = sections.get(tag) or _Section(False, _reordered([]), b"", (), {})
        self.weights = _Weights(section)
        longest_first = sorted(self.weights.sequences, key=len, reverse=True)
        self._unit = re.compile("|".join([*map(re.escape, longest_first), "."]), re.DOTALL)
        self._longest = len(longest_first[0])
        self._remembered: dict[str, bytes] = {}
        letters = section.letters or sections["en"].letters
        self.letters = letters
        self._limit = section.limit or sections["en"].limit
        self._starts = [self.primary(letter) for letter in letters]

    def key(self, text: str) -> bytes:
        known = self._remembered.get(text)
        if known is None:
            known = self._key(text)
            if len(self._remembered) < _MEMORY:
                self._remembered[text] = known
        return known

    def _key(self, text: str) -> bytes:
        weights = self.weights
        found = [weights[unit] for unit in self._units(text)]
        return _LEVEL.join(
            (
                b"".join([levels[0] for levels in found]),
                b"".join([levels[1] for levels in found]),
                b"".join([levels[2] for levels in found]),
            )
        )

    def primary(self, text: str) -> bytes:
        return b"".join(self.weights[unit][0] for unit in self._units(text))

    def _units(self, text: str) -> list[str]:
        text = unicodedata.normalize("NFD", text)
        if _SEVERAL_MARKS.search(text):
            return self._units_between_marks(text)
        return self._unit.findall(text)

    def _units_between_marks(self, text: str) -> list[str]:
        """Units where marks pile up: a letter finds its own mark (å) behind another one as well (ạ̊)."""
        sequences = self.weights.sequences
        rest = list(text)
        units: list[str] = []
        while rest:
            length = next(
                (size for size in range(min(self._longest, len(rest)), 1, -1) if "".join(rest[:size]) in sequences), 1
            )
            unit = "".join(rest[:length])
            del rest[:length]
            place = 0
            last = 0
            while place < len(rest) and (ccc := unicodedata.combining(rest[place])):
                if ccc > last and unit + rest[place] in sequences:
                    unit += rest.pop(place)
                else:
                    last = ccc
                    place += 1
            units.append(unit)
        return units

    def letter(self, name: str) -> str:
        weight = self.primary(name)
        if not weight or weight >= self._limit:
            return OTHER
        place = bisect_right(self._starts, weight) - 1
        # A foreign letter that sorts behind a digraph (Ł behind Lj) stands under the letter before that.
        while place > 0 and len(self.letters[place]) > 1 and not weight.startswith(self._starts[place]):
            place -= 1
        return self.letters[place] if place >= 0 else OTHER


@cache
def _collator(section: str) -> _Collator:
    return _Collator(section)


def _section_of(tag: str) -> str:
    """The section of the data file that orders a language; an unknown one is ordered by CLDR's root alone."""
    tag = normalise_tag(tag)
    language, script = language_of(tag), script_of(tag)
    sections = _sections()
    for candidate in (f"{language}-{script}" if script else _SAME_ORDER.get(language, language), language):
        if candidate in sections:
            return candidate
    return "root"


def collation_key(tag: str) -> CollationKey:
    """The key function of a language: `sorted(names, key=collation_key("cs"))`."""
    return _collator(_section_of(tag)).key


def alphabet(tag: str) -> tuple[str, ...]:
    """The index letters of a language, capitals, in its order: Serbian has `Dž`, `Lj` and `Nj`, Polish `Ł`."""
    return _collator(_section_of(tag)).letters


def letter_of(tag: str, name: str) -> str:
    """The letter of `alphabet(tag)` under which a name stands, `'#'` for digits, signs and other scripts."""
    return _collator(_section_of(tag)).letter(name)
