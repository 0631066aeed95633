"""The neutral site, as values: what every generator's sources are written from."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.prose import (
    COLUMNS,
    HEADINGS,
    IMAGE,
    ITEMS,
    LABELS,
    LINKS,
    NAME,
    PLACES,
    REGION,
    SENTENCES,
    SUMMARY,
    THEMES,
    Parallel,
)

MENU_GROUPS = 5  # with home, about and the directory they make eight links
FEED_LENGTH = 30
BASE_URL = "https://bench.example/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """How one generator's sources write links to other sources."""

    neighbour: str  # with {key}
    directory: str
    image: str


@dataclass(frozen=True, slots=True)
class Group:
    """One group: seven fields of front matter and the numbers from which its text is made."""

    number: int
    total: int
    seed: int

    @property
    def key(self) -> str:
        return f"group-{self.number:04d}"

    @property
    def date(self) -> str:
        return f"2025-{self.number % 12 + 1:02d}-{self.number % 28 + 1:02d}"

    @property
    def code(self) -> str:
        return f"GR-{self.number:04d}"

    @property
    def population(self) -> int:
        return 4000 + self.number * 37 % 60000

    @property
    def founded(self) -> int:
        return 1991 + self.number % 30

    def name(self, language: str) -> str:
        place = PLACES[self.number % len(PLACES)][language]
        return NAME[language].format(number=f"{self.number:04d}", place=place)

    def summary(self, language: str) -> str:
        return SUMMARY[language].format(n=2 + self.number % 50)

    def region(self, language: str) -> str:
        return REGION[self.number % len(REGION)][language]

    def body(self, language: str, addresses: Addresses) -> str:
        """The Markdown of one variant, about 250 words; the same numbers and sentences in every language."""
        chance = random.Random(self.seed)
        order = chance.sample(range(len(SENTENCES)), len(SENTENCES))
        numbers = [(chance.randint(3, 99), chance.randint(2, 19)) for _ in SENTENCES]

        def sentences(start: int, end: int) -> str:
            said = [self._say(SENTENCES[order[i]], language, *numbers[order[i]]) for i in range(start, end)]
            return _wrap(" ".join(said))

        neighbour = addresses.neighbour.format(key=f"group-{self.number % self.total + 1:04d}")
        links = LINKS[language].format(neighbour=neighbour, directory=addresses.directory, n=self.number)
        items = "\n".join(f"- {item[language]}" for item in chance.sample(ITEMS, 4))
        quote = "\n".join(f"> {line}" for line in sentences(6, 8).split("\n"))
        return (
            f"{sentences(0, 3)}\n\n## {HEADINGS[0][language]}\n\n{sentences(3, 6)}\n{links}\n\n{items}\n\n"
            f"![{IMAGE[language]}]({addresses.image})\n\n{quote}\n\n"
            f"## {HEADINGS[1][language]}\n\n{sentences(8, 10)}\n\n{_table(language, chance)}\n\n{sentences(10, 12)}\n"
        )

    def _say(self, sentence: Parallel, language: str, n: int, m: int) -> str:
        return sentence[language].format(n=n, m=m, name=self.name(language))


def groups(total: int) -> list[Group]:
    return [Group(number, total, seed=number) for number in range(1, total + 1)]


def plain_body(language: str) -> str:
    """The body of the home page and of the page about the network."""
    name = LABELS["site"][language]
    return "\n\n".join(sentence[language].format(n=12, m=7, name=name) for sentence in SENTENCES[:3]) + "\n"


def page_count(total: int) -> int:
    """HTML pages that count: every variant of every group, and home, about and directory of each language."""
    return 5 * (total + 3)


def _table(language: str, chance: random.Random) -> str:
    rows = [
        f"| {theme[language]} | {chance.randint(1, 40)} | {chance.randint(10, 900)} {chance.randint(100, 999)} |"
        for theme in THEMES
    ]
    head = " | ".join(column[language] for column in COLUMNS)
    return "\n".join([f"| {head} |", "| --- | --- | ---: |", *rows])


def _wrap(text: str, width: int = 100) -> str:
    lines: list[str] = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)
