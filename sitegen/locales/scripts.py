"""From one script of a language to another, on plain text: Serbian Cyrillic to Latin and its kin; ASCII slugs.

Only letters of the source script change. URLs, e-mail addresses, placeholders, Latin text and Roman numerals
(also those typed with Cyrillic look-alikes) stay. Markup is not this module's business: give it texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

from sitegen.locales.language import language_of, normalise_tag, script_of
from sitegen.locales.script_tables import (
    APOSTROPHES,
    LATIN_TO_ASCII,
    LATIN_TO_ASCII_BY_LANGUAGE,
    OTHER_CYRILLIC,
    TABLES,
    Table,
    greek_to_latin,
)

Transliterator = Callable[[str], str]

MAXIMUM_SLUG_LENGTH = 80  # characters; longer titles end at a word before that

_MOST_TOKENS = 100_000
"""Different words with their punctuation that are remembered; a site of 2,000 pages has about 20,000."""
_LONGEST_TOKEN = 40
_ADDRESS_END = r"\s<>\"“”„«»|\\^`"
_KEEP = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[^{_ADDRESS_END}]+"
    r"|\b(?:mailto|tel|urn|doi|geo):[^\s<>\"“”„«»]+"
    r"|[^\s<>()\[\],;:\"“”„«»@]+@[^\s<>()\[\],;:\"“”„«»@]+\.[^\W\d_]{2,}"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:срб|мкд|бг|рф|укр|бел|қаз|ею)\b[^\s<>\"“”„«»]*"
    r"|%\([^()]*\)[A-Za-z]|\{\w+\}",
)
_LETTERS = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f\u0483-\u0487"
# A word with the marks on its letters; hyphens and quotes end it.
_WORD = re.compile(rf"{_LETTERS}(?:{_LETTERS}|[{_MARKS}])*")
_CYRILLIC = re.compile(r"[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
# Accents that are written over a letter, not part of it: `ѝ` is и with an accent, `й` is a letter of its own.
_ACCENTS = frozenset("\u0300\u0301\u0302\u0304\u030f\u0311")
_ROMAN = re.compile(r"[IVXLCDMІХСМ]+")
_ROMAN_LETTERS = str.maketrans("ІХСМ", "IXCM")
_ROMAN_CYRILLIC_ONLY = re.compile("ХХ|ХХХ")


def transliterator(from_tag: str, to_tag: str) -> Transliterator:
    """The function that writes a text of `from_tag` in the script of `to_tag`. NFC comes in and goes out.

    A tag without a script has the usual one of its language (`mk` is `mk-Cyrl`). ValueError: there is no such
    pair; ask `can_transliterate` first.
    """
    table = _table(from_tag, to_tag)
    if table is None:
        raise ValueError(f"no transliteration from {from_tag} to {to_tag}")
    return _of_table(table.source)


def can_transliterate(from_tag: str, to_tag: str) -> bool:
    """Whether there is a table for this pair."""
    return _table(from_tag, to_tag) is not None


def pairs() -> tuple[tuple[str, str], ...]:
    """All pairs that there are tables for: `(('sr-Cyrl', 'sr-Latn'), …)`."""
    return tuple((table.source, table.target) for table in TABLES)


def _table(from_tag: str, to_tag: str) -> Table | None:
    source, target = _with_script(from_tag), _with_script(to_tag)
    return next((table for table in TABLES if (table.source, table.target) == (source, target)), None)


def _with_script(tag: str) -> str:
    tag = normalise_tag(tag)
    language = language_of(tag)
    usual = "Cyrl" if any(table.source == f"{language}-Cyrl" for table in TABLES) else "Latn"
    return f"{language}-{script_of(tag) or usual}"


@cache
def _of_table(source: str) -> Transliterator:
    table = next(table for table in TABLES if table.source == source)
    converter = _Converter(table)
    return converter.text


class _Tokens(dict[str, str]):
    """What stands between spaces → the same converted."""

    def __init__(self, convert: Transliterator) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, token: str) -> str:
        converted = self._convert(token)
        if len(token) <= _LONGEST_TOKEN:
            self[token] = converted
        return converted


class _Converter:
    """One table at work."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._known: dict[str, str] = {}
        self._tokens = _Tokens(self._whole)
        self._longest = max((len(key) for key in (*table.sequences, *table.final)), default=1)

    def text(self, text: str) -> str:
        """A text is converted from space to space: nothing looks across a space but a placeholder with one in it."""
        if text.isascii():
            return text
        if "%(" in text:
            return self._whole(text)
        tokens = self._tokens
        if len(tokens) > _MOST_TOKENS:
            tokens.clear()
        return " ".join([tokens[token] for token in text.split(" ")])

    def _whole(self, text: str) -> str:
        if text.isascii():
            return text
        text = unicodedata.normalize("NFC", text)
        if _CYRILLIC.search(text) is None:
            return text
        pieces: list[str] = []
        end = 0
        for kept in _KEEP.finditer(text):
            pieces += [self._plain(text, end, kept.start()), kept.group()]
            end = kept.end()
        pieces.append(self._plain(text, end, len(text)))
        return unicodedata.normalize("NFC", "".join(pieces))

    def _plain(self, text: str, start: int, end: int) -> str:
        if self.table.dropped_between_letters:
            return self._joined(text[start:end])
        return _WORD.sub(lambda match: self._word(match.group(), match), text[start:end])

    def _joined(self, text: str) -> str:
        """As `_plain`, where an apostrophe inside a word is no boundary and is not written."""
        inner = f"[{self.table.dropped_between_letters}]"
        word = re.compile(rf"{_WORD.pattern}(?:{inner}(?={_LETTERS}){_WORD.pattern})*")

        def convert(match: re.Match[str]) -> str:
            # Only between letters of this script: an English `don't` keeps its apostrophe.
            if not self._mine(match.group()[0]):
                return _WORD.sub(lambda part: self._word(part.group(), part), match.group())
            return self._word(re.sub(inner, "", match.group()), match)

        return word.sub(convert, text)

    def _mine(self, letter: str) -> bool:
        return letter.lower() in self.table.letters

    def _word(self, word: str, match: re.Match[str]) -> str:
        known = self._known.get(word)
        if known is not None:
            return known
        if word.isascii():
            return word
        if _is_roman(word):
            return word.translate(_ROMAN_LETTERS)
        letters = _split(word, self.table.letters)
        if len(letters) == 1 and letters[0][0].isupper():  # its neighbours beyond a hyphen decide: do not remember
            return self._convert(letters, alone_upper=_beside_capitals(match))
        known = self._convert(letters)
        if len(self._known) < 50_000:
            self._known[word] = known
        return known

    def _convert(self, letters: list[tuple[str, str]], *, alone_upper: bool = False) -> str:
        plain = "".join(letter for letter, _ in letters)
        whole = self.table.words.get(plain.lower())
        if whole is not None and not any(marks for _, marks in letters):
            return _recase(plain, whole, self.table.upper, last=False, before_upper=alone_upper)
        out: list[str] = []
        position = 0
        while position < len(letters):
            length, target = self._match(plain, position)
            source = plain[position : position + length]
            marks = "".join(marks for _, marks in letters[position : position + length])
            if target is None:
                out.append(source + marks)
            else:
                before = plain[position - 1 : position]
                after = plain[position + length : position + length + 1]
                upper = after.isupper() if after else (before.isupper() if before else alone_upper)
                out.append(_recase(source, target, self.table.upper, last=True, before_upper=upper) + marks)
            position += length
        return "".join(out)

    def _match(self, plain: str, position: int) -> tuple[int, str | None]:
        """How many letters are converted together, and to what (lower case), None where the table has nothing."""
        table = self.table
        rest = len(plain) - position
        for length in range(min(self._longest, rest), 1, -1):
            source = plain[position : position + length].lower()
            if source in table.sequences:
                return length, table.sequences[source]
            if length == rest and source in table.final:
                return length, table.final[source]
        letter = plain[position].lower()
        if position == 0 and letter in table.initial:
            return 1, table.initial[letter]
        return 1, table.letters.get(letter)


def _split(word: str, letters: Mapping[str, str]) -> list[tuple[str, str]]:
    """The word's letters, each with the combining marks on it; accented letters come apart."""
    split: list[tuple[str, str]] = []
    for char in word:
        if unicodedata.combining(char) and split:
            split[-1] = (split[-1][0], split[-1][1] + char)
            continue
        if char.lower() not in letters:
            base, marks = unicodedata.normalize("NFD", char)[:1], unicodedata.normalize("NFD", char)[1:]
            if marks and base.lower() in letters and _ACCENTS.issuperset(marks):
                split.append((base, marks))
                continue
        split.append((char, ""))
    return split


def _recase(source: str, target: str, upper: Mapping[str, str], *, last: bool, before_upper: bool) -> str:
    """`target` in the case of `source`. One capital that becomes several letters: all of them are capitals
    where `before_upper`, else the first alone (Љ → LJ or Lj)."""
    if source.islower() or not target:
        return target
    capitals = "".join(upper.get(char, char.upper()) for char in target)
    if len(source) > 1 and source.isupper():
        return capitals
    if last and len(source) == 1 and before_upper:
        return capitals
    if not source[0].isupper():
        return target
    return capitals[0] + target[1:]


def _is_roman(word: str) -> bool:
    """Whether this is a Roman numeral, perhaps with Cyrillic look-alikes in it (`ХIХ`, `ХХ`)."""
    if not _ROMAN.fullmatch(word):
        return False
    return any(char.isascii() for char in word) or _ROMAN_CYRILLIC_ONLY.fullmatch(word) is not None


def _beside_capitals(match: re.Match[str]) -> bool:
    """Whether a single letter is joined by a hyphen or apostrophe to a part of two or more capitals (`Љ-КЛАСА`)."""
    text = match.string
    before, after = text[: match.start()], text[match.end() :]
    joiner = f"[-‐‑{APOSTROPHES}]"
    right = re.match(rf"{joiner}({_WORD.pattern})", after)
    left = re.search(rf"({_WORD.pattern}){joiner}$", before[-60:])
    return any(found is not None and len(found[1]) > 1 and found[1].isupper() for found in (left, right))


def slugify(text: str, tag: str) -> str:
    """An address part for a title or file name: lower-case ASCII letters, digits and hyphens.

    `Љубав и моћ` → `ljubav-i-moc`, `Łódź` → `lodz`, `Größe` → `groesse` (de). Empty when nothing of the text can
    be written so (Arabic, Chinese …): then use the name of the source file.
    """
    language = language_of(tag)
    text = unicodedata.normalize("NFKC", text)
    if _CYRILLIC.search(text):
        text = _slug_converter(language).text(text)
    text = unicodedata.normalize("NFC", text).lower()
    text = greek_to_latin(text)
    if language == "en":
        text = re.sub(f"(?<=[a-z])[{APOSTROPHES}](?=[a-z])", "", text)
    text = _to_ascii(text, LATIN_TO_ASCII_BY_LANGUAGE.get(language, {}))
    slug = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    if len(slug) > MAXIMUM_SLUG_LENGTH:
        head = slug[: MAXIMUM_SLUG_LENGTH + 1]
        slug = (head.rpartition("-")[0] if "-" in head else head[:-1]).strip("-")
    return slug


@cache
def _slug_converter(language: str) -> _Converter:
    table = next((table for table in TABLES if language_of(table.source) == language), None)
    if table is None:
        return _Converter(OTHER_CYRILLIC)
    # Letters that the language itself does not have, in foreign names.
    return _Converter(
        Table(
            table.source,
            table.target,
            {**OTHER_CYRILLIC.letters, **table.letters},
            table.initial,
            table.sequences,
            table.final,
            table.words,
            table.dropped_between_letters,
        )
    )


def _to_ascii(text: str, special: Mapping[str, str]) -> str:
    out: list[str] = []
    for char in text:
        if char.isascii():
            out.append(char)
        elif char in special:
            out.append(special[char])
        elif char in LATIN_TO_ASCII:
            out.append(LATIN_TO_ASCII[char])
        else:
            parts = unicodedata.normalize("NFD", char)
            out.append("".join(LATIN_TO_ASCII.get(part, part) for part in parts if not unicodedata.combining(part)))
    return "".join(out)
