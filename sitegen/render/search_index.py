"""The search index of one language: plain JSON in small files, of which a browser loads the few that a query needs.

`index.json` says where everything is; it bears the tables for folding and endings as well. `words-….json` hold words
in alphabetical order, each with its pages and weights; `texts-….json` hold titles and texts of pages, for the results.
Both have a digest of their content in their names. `assets/js/search.js` of the theme `network` reads all of this.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen.locales.folding import Folding
from sitegen.locales.inflection import Inflection
from sitegen.render.search_text import MAXIMUM_TEXT, PageText

VERSION = 1
SHARD = 32_000
"""Characters of JSON in one file, about; a third of that once compressed."""
LONGEST_WORD = 40
"""Letters; longer ones are addresses and numbers, of which the beginning is enough."""

_TITLE, _HEADING = 12, 2  # how often a word of a title or heading counts more than one of the text
_SATURATION, _USUAL_LENGTH = 1.2, 300  # BM25's k and a page's usual length in words; fixed, so that pages stay apart
_FULL = 100

WORD = re.compile(r"[^\W_]+")

Terms = dict[str, int]
"""Folded word → its weight on a page, 1 to 100."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page in the index. `address`: below the language's folder; `label`: the part of the site it belongs to, and the
    language of that where it is not the page's."""

    address: str
    label: tuple[str, str]
    title: str
    title_lang: str
    runs: Sequence[tuple[str, str]]
    terms: Terms


def terms_of(text: PageText, folding: Folding, *, title_only: bool = False) -> Terms:
    """How much each word says about a page: often is more, but ever less so; rare in a long text is little."""
    counts: Counter[str] = Counter()
    length = 0
    if not title_only:
        for _, run in (*text.runs, *text.asides):
            words = _words(run, folding)
            counts.update(words)
            length += len(words)
        for heading in text.headings:
            _add(counts, _words(heading, folding), _HEADING)
    _add(counts, _words(text.title, folding), _TITLE)
    norm = _SATURATION * (0.4 + 0.6 * length / _USUAL_LENGTH)
    return {word: max(1, round(_FULL * count / (count + norm))) for word, count in sorted(counts.items())}


def _words(text: str, folding: Folding) -> list[str]:
    return [word[:LONGEST_WORD] for word in WORD.findall(folding(text))]


def _add(counts: Counter[str], words: Iterable[str], times: int) -> None:
    for word in words:
        counts[word] += times


def shown_runs(text: PageText) -> list[tuple[str, str]]:
    """What excerpts may be taken from: the text up to its limit."""
    runs, left = [], MAXIMUM_TEXT
    for lang, run in (*text.runs, *text.asides):
        if left <= 0:
            break
        runs.append((lang, run[:left]))
        left -= len(run)
    return runs


def index_files(
    pages: Sequence[SearchPage], folding: Folding, inflection: Inflection | None
) -> Iterator[tuple[str, bytes]]:
    """(name, content) of all files of an index, `index.json` last; pages are numbered as they come."""
    texts = [
        _json([page.address, page.title, page.title_lang, *page.label, [part for run in page.runs for part in run]])
        for page in pages
    ]
    words: dict[str, list[int]] = {}
    latest: dict[str, int] = {}
    for number, page in enumerate(pages):
        for word, weight in page.terms.items():
            words.setdefault(word, []).extend((number - latest.get(word, 0), weight))
            latest[word] = number
    places: dict[str, list[list[Any]]] = {"words": [], "texts": []}
    in_order = [(word, f"{_json(word)}:{_json(words[word])}") for word in sorted(words)]
    for first, parts in _shards(in_order):
        name, content = _named("words", "{" + ",\n".join(parts) + "}\n")
        places["words"].append([first, name])
        yield name, content
    for number, parts in _shards(list(enumerate(texts))):
        name, content = _named("texts", "[" + ",\n".join(parts) + "]\n")
        places["texts"].append([number, name])
        yield name, content
    about = {
        "version": VERSION,
        "pages": len(pages),
        **places,
        "letters": dict(sorted(folding.letters.items())),
        "pairs": folding.pairs,
        "endings": inflection.endings if inflection else None,
        "changes": inflection.changes if inflection else (),
    }
    yield "index.json", (_json(about) + "\n").encode()


def _shards(rows: Sequence[tuple[Any, str]]) -> Iterator[tuple[Any, list[str]]]:
    """Rows in files of a bearable size: the key of the first row, and all rows."""
    start, size = 0, 0
    for end, (_, row) in enumerate(rows):
        if size and size + len(row) > SHARD:
            yield rows[start][0], [text for _, text in rows[start:end]]
            start, size = end, 0
        size += len(row)
    if rows:
        yield rows[start][0], [text for _, text in rows[start:]]


def _named(kind: str, text: str) -> tuple[str, bytes]:
    content = text.encode()
    return f"{kind}-{hashlib.blake2b(content, digest_size=5).hexdigest()}.json", content


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
