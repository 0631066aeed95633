"""Finding, for each new message, the one that it most probably was before its source was edited.

Only messages that have gone are asked: the translation of a paragraph that still stands elsewhere says something
else. An index of words keeps this near-linear: a new message is compared with the few that share its rarest words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from sitegen.read.po import PoEntry

MINIMUM_WORDS = 4
MINIMUM_RATIO = 0.6
MINIMUM_CONTAINED = 0.85
"""Share of a new message's words that must stand in a message which another one has already taken over: a split."""

_RARE_WORDS = 12
_COMPARED = 6
_LONGEST_LIST = 400
_WORD = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+")


@dataclass(frozen=True, slots=True)
class Similar:
    """`donor` is what `entry` was, as far as words tell."""

    entry: PoEntry
    donor: PoEntry
    ratio: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: PoEntry
    words: tuple[str, ...]
    counts: Counter[str]
    number: int
    gone_now: bool


def words(text: str) -> tuple[str, ...]:
    """The words of `text` without case; each character of scripts that write no spaces."""
    return tuple(_WORD.findall(text.casefold()))


def _ratio(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def _contained(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(mine)


class _Index:
    """Messages by their words."""

    def __init__(self, donors: list[PoEntry], obsolete: list[PoEntry]) -> None:
        self.candidates: list[_Candidate] = []
        self.by_word: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        for number, entry in enumerate([*donors, *obsolete]):
            found = words(entry.previous_msgid or entry.msgid if entry.fuzzy else entry.msgid)
            if len(found) < MINIMUM_WORDS:
                continue
            position = len(self.candidates)
            self.candidates.append(_Candidate(entry, found, Counter(found), number, number < len(donors)))
            for word in set(found):
                self.by_word[entry.context, word].append(position)

    def near(self, entry: PoEntry, mine: tuple[str, ...]) -> list[_Candidate]:
        """The few candidates that share most with a message, by their number of common words."""
        lists = [found for word in sorted(set(mine)) if (found := self.by_word.get((entry.context, word)))]
        lists.sort(key=len)
        shared: Counter[int] = Counter()
        for found in lists[:_RARE_WORDS]:
            shared.update(found[:_LONGEST_LIST])
        counts = Counter(mine)
        scored = []
        for position, _ in shared.most_common(4 * _COMPARED):
            candidate = self.candidates[position]
            common = (counts & candidate.counts).total()
            scored.append((-2 * common / (len(mine) + len(candidate.words)), position))
        return [self.candidates[position] for _, position in sorted(scored)[:_COMPARED]]


def best_matches(new: list[PoEntry], donors: list[PoEntry], obsolete: list[PoEntry]) -> list[Similar]:
    """At most one donor for each new message, same context, same page first.

    `donors` have just gone from the source; `obsolete` went earlier. Each serves once, but for a paragraph that
    was split: then the parts share it.
    """
    index = _Index(donors, obsolete)
    if not index.candidates:
        return []
    offers = []
    texts: dict[int, tuple[str, ...]] = {}
    for number, entry in enumerate(new):
        mine = words(entry.msgid)
        if len(mine) < MINIMUM_WORDS:
            continue
        texts[number] = mine
        for candidate in index.near(entry, mine):
            ratio = _ratio(mine, candidate.words)
            same_page = not set(entry.references).isdisjoint(candidate.entry.references)
            score = ratio + 0.15 * same_page + 0.05 * candidate.gone_now
            offers.append((-score, candidate.number, number, ratio, candidate))
    offers.sort(key=lambda offer: offer[:3])
    return _assign(new, offers, texts)


def _assign(
    new: list[PoEntry],
    offers: list[tuple[float, int, int, float, _Candidate]],
    texts: dict[int, tuple[str, ...]],
) -> list[Similar]:
    taken: set[int] = set()
    matched: dict[int, Similar] = {}
    for _, donor, number, ratio, candidate in offers:
        if ratio >= MINIMUM_RATIO and number not in matched and donor not in taken:
            matched[number] = Similar(new[number], candidate.entry, ratio)
            taken.add(donor)
    for _, _, number, ratio, candidate in offers:
        if number in matched or not candidate.gone_now:
            continue
        if _contained(texts[number], candidate.words) >= MINIMUM_CONTAINED and ratio >= MINIMUM_RATIO / 2:
            matched[number] = Similar(new[number], candidate.entry, ratio)
    return [matched[number] for number in sorted(matched)]
