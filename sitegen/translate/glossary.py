"""The terms on which a site's translators have agreed (`i18n/glossary.yaml`), and whether a translation uses them.

Languages inflect: a term counts as used when the beginnings of its words stand in the translation. That forgives
endings (grupa, grupy, grupie), consonant gradation (ryhmä, ryhmien) and compounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.problems import Position, Problems, did_you_mean
from sitegen.schema.nodes import Mapping as YamlMapping
from sitegen.schema.nodes import Node, Scalar, Sequence
from sitegen.translate.segment_text import CODE_SPAN

MAX_TERMS = 2000
MAX_TERM_LENGTH = 200

_ADDRESS = re.compile(r"\]\([^\s)]*|<[^<>\s]+>|\b\w+://\S+|[\w.+-]+@[\w.-]+")
_WORD = re.compile(r"\w+")
_KEPT_SHARE = 0.6
"""Share of a word's letters that inflection leaves alone, as a rule."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the source language, its translations by tag (several where grammar asks for them), and a note."""

    term: str
    translations: Mapping[str, tuple[str, ...]]
    note: str
    position: Position


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, in the order of the file."""

    terms: tuple[Term, ...] = ()

    def in_text(self, source: str) -> tuple[Term, ...]:
        """Terms that stand in a source text, for checks and for translators to see. Code and addresses do not count."""
        words = _words(_ADDRESS.sub(" ", CODE_SPAN.sub(" ", source)))
        return tuple(term for term in self.terms if _stands_in(_words(term.term), words))

    def missing(self, source: str, translated: str, language: str) -> tuple[Term, ...]:
        """Terms of `source` whose agreed translation `translated` does not use."""
        said = " ".join(_words(translated)).casefold()
        return tuple(
            term
            for term in self.in_text(source)
            if (agreed := term.translations.get(language)) and not any(_used(phrase, said) for phrase in agreed)
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def _stands_in(term: list[str], words: list[str]) -> bool:
    """The words of a term in a row; the last of them may be in the plural."""
    if not term:
        return False
    *first, last = term
    for start in range(len(words) - len(term) + 1):
        if all(map(_alike, first, words[start:])) and _alike(last, words[start + len(first)], plural=True):
            return True
    return False


def _alike(term: str, word: str, plural: bool = False) -> bool:
    """One word of a term in a text. A word all in capitals is a name: LEADER is not leader, nor Leader."""
    if len(term) > 1 and term.isupper():
        return word == term or (plural and word == f"{term}s")
    term, word = term.casefold(), word.casefold()
    return word == term or (plural and word in (f"{term}s", f"{term}es", term.removesuffix("y") + "ies"))


def stem(word: str) -> str:
    """The beginning of a word that inflection is expected to keep; at least three letters."""
    return word[: max(3, int(len(word) * _KEPT_SHARE))]


def _used(phrase: str, said: str) -> bool:
    return all(stem(word.casefold()) in said for word in _words(phrase))


def parse_glossary(node: Node, problems: Problems, tags: Iterable[str] = ()) -> Glossary:
    """The glossary in a YAML tree: a list of mappings with `term`, a translation per language tag, and a `note`.

    `grupa działania | LGD` gives two translations of equal right. `translations:` may hold the languages too.
    """
    if not isinstance(node, Sequence):
        if not (isinstance(node, Scalar) and node.is_null):
            problems.error("glossary-shape", node.position, "expected a list: each item a term with its translations")
        return Glossary()
    if len(node.items) > MAX_TERMS:
        problems.error("glossary-size", node.position, f"more than {MAX_TERMS} terms; keep those that matter")
    known = tuple(tags)
    found = (_term(item, problems, known) for item in node.items[:MAX_TERMS])
    return Glossary(tuple(term for term in found if term is not None))


def _term(node: Node, problems: Problems, tags: tuple[str, ...]) -> Term | None:
    if not isinstance(node, YamlMapping):
        problems.error("glossary-shape", node.position, "expected a mapping with 'term' and a translation per language")
        return None
    texts: dict[str, str] = {}
    for key, value in _flat(node):
        if not isinstance(value, Scalar) or (len(value.text) > MAX_TERM_LENGTH and key != "note"):
            text = f"'{key}' must be a text of at most {MAX_TERM_LENGTH} characters"
            problems.error("glossary-shape", value.position, text)
            continue
        if key not in ("term", "note") and tags and key not in tags:
            hint = did_you_mean(key, (*tags, "term", "note")) or "; not used"
            problems.warning("glossary-language", value.position, f"the site has no language '{key}'{hint}")
            continue
        texts[key] = value.text.strip()
    term, note = texts.pop("term", ""), texts.pop("note", "")
    if not _words(term):
        problems.error("glossary-shape", node.position, "a term is missing: write 'term: …'")
        return None
    agreed = {tag: tuple(part.strip() for part in text.split("|") if part.strip()) for tag, text in texts.items()}
    return Term(term, agreed, note, node.position)


def _flat(node: YamlMapping) -> Iterable[tuple[str, Node]]:
    for key, value in node.items.items():
        if key == "translations" and isinstance(value, YamlMapping):
            yield from value.items.items()
        else:
            yield key, value
