"""Random sessions: editors change a site, `update` follows each change, and no translation is ever lost."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest

from sitegen.problems import Problems
from sitegen.read.po import PoFile, format_po, parse_po
from sitegen.translation import update

SITE = """\
title: Network
languages: [en, fi, sv]
collections:
  pages: {}
  faq: {title: Questions}
"""
WORDS = (  # noqa: SIM905
    "village meadow council harvest river bridge orchard barn season kitchen market forest school lantern mill "
    "quarry shepherd window garden festival road story neighbour bread boat chapel winter summer loom workshop"
).split()


class Session:
    """A site on disk under random edits. `entered`: language → {(former source, translation)} ever written."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.pages: dict[str, list[str]] = {}
        self.trash: list[tuple[str, str]] = []
        self.entered: dict[str, set[str]] = {"fi": set(), "sv": set()}
        (root / "site.yaml").write_text(SITE, encoding="utf-8")
        for number in range(4):
            self.pages[self.name(number)] = [self.sentence() for _ in range(5)]
        self.write()

    def name(self, number: int) -> str:
        return f"content/{'pages' if number % 2 else 'faq'}/page-{number}-{self.random.randrange(1000)}.md"

    def sentence(self) -> str:
        words = [self.random.choice(WORDS) for _ in range(self.random.randrange(4, 12))]
        mark = self.random.choice(["{}", "{}", "**{}**", "[{}](https://network.example/)"])
        words[1] = mark.format(words[1])
        return " ".join(words).capitalize() + "."

    def write(self) -> None:
        for path in (self.root / "content").rglob("*.md") if (self.root / "content").is_dir() else ():
            path.unlink()
        for name, paragraphs in self.pages.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            title = f"Title of {path.stem.rsplit('-', 1)[0]}"
            path.write_text(f"---\ntitle: {title}\n---\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")

    # --- edits --------------------------------------------------------------------------------------------

    def edit(self) -> None:
        edits = [self.reword, self.move, self.split, self.delete, self.restore, self.rename, self.add, self.readdress]
        self.random.choice(edits)()
        self.write()

    def pick(self) -> tuple[str, int]:
        name = self.random.choice([name for name, paragraphs in self.pages.items() if paragraphs])
        return name, self.random.randrange(len(self.pages[name]))

    def reword(self) -> None:
        name, number = self.pick()
        words = self.pages[name][number].split()
        words[self.random.randrange(len(words))] = self.random.choice(WORDS)
        self.pages[name][number] = " ".join(words)

    def move(self) -> None:
        name, number = self.pick()
        text = self.pages[name].pop(number)
        target = self.random.choice(list(self.pages))
        self.pages[target].insert(self.random.randrange(len(self.pages[target]) + 1), text)
        self.add_where_empty()

    def split(self) -> None:
        name, number = self.pick()
        words = self.pages[name][number].split()
        half = len(words) // 2
        self.pages[name][number : number + 1] = [" ".join(words[:half]) + ".", " ".join(words[half:])]

    def delete(self) -> None:
        name, number = self.pick()
        self.trash.append((name, self.pages[name].pop(number)))
        self.add_where_empty()

    def restore(self) -> None:
        if self.trash:
            name, text = self.trash.pop(self.random.randrange(len(self.trash)))
            self.pages.get(name, next(iter(self.pages.values()))).append(text)

    def rename(self) -> None:
        name = self.random.choice(list(self.pages))
        self.pages[self.name(self.random.randrange(10, 100))] = self.pages.pop(name)

    def add(self) -> None:
        self.pages[self.random.choice(list(self.pages))].append(self.sentence())

    def readdress(self) -> None:
        name, number = self.pick()
        old, new = "https://network.example/", f"https://network.example/{self.random.choice(WORDS)}/"
        self.pages[name][number] = self.pages[name][number].replace(f"({old})", f"({new})")

    def add_where_empty(self) -> None:
        for paragraphs in self.pages.values():
            if not paragraphs:
                paragraphs.append(self.sentence())

    # --- translators --------------------------------------------------------------------------------------

    def update(self) -> None:
        problems = Problems()
        report = update(self.root, problems, force=True)
        assert report is not None, str(problems)
        assert not problems.errors, str(problems)
        before = self.catalogue_bytes()
        again = update(self.root, Problems(), force=True)
        assert again is not None
        assert again.written == []
        assert self.catalogue_bytes() == before

    def catalogue_bytes(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted((self.root / "i18n").rglob("*.po*"))}

    def catalogue(self, tag: str) -> PoFile:
        path = self.root / f"i18n/{tag}/LC_MESSAGES/content.po"
        return parse_po(path.read_text(encoding="utf-8"), path.name, Problems())

    def translate(self) -> None:
        """Some of what is missing or fuzzy is translated, each with words that no other translation has."""
        from dataclasses import replace

        for tag, entered in self.entered.items():
            po = self.catalogue(tag)
            entries = []
            for entry in po.entries:
                if entry.is_header or entry.obsolete or (entry.strings[0] and not entry.fuzzy):
                    entries.append(entry)
                    continue
                if self.random.random() < 0.5:
                    text = f"{tag}{len(entered)} {entry.msgid}"
                    if entry.fuzzy:  # the translator replaced it: it is not lost, but changed
                        entered.discard(entry.strings[0])
                    entered.add(text)
                    entry = replace(entry, strings=(text,)).with_flag("fuzzy", False).without_previous()
                entries.append(entry)
            path = self.root / f"i18n/{tag}/LC_MESSAGES/content.po"
            path.write_text(format_po(replace(po, entries=tuple(entries))), encoding="utf-8")

    def check_nothing_is_lost(self) -> None:
        for tag, entered in self.entered.items():
            po = self.catalogue(tag)
            texts: dict[str, list[str]] = {}
            for entry in po.entries:
                if not entry.is_header and entry.strings[0]:
                    texts.setdefault(_identity(entry.strings[0]), []).append(_kind(entry))
            for text in entered:
                kinds = texts.get(_identity(text))
                assert kinds, f"{tag}: '{text}' is lost"
                assert all(kind != "fuzzy without previous" for kind in kinds), (tag, text)


def _identity(text: str) -> str:
    """The word that no other translation has; the rest may change with an address that changed."""
    return text.split(" ", 1)[0]


def _kind(entry) -> str:
    if entry.obsolete:
        return "obsolete"
    if entry.fuzzy:
        return "fuzzy" if entry.previous_msgid is not None else "fuzzy without previous"
    return "used"


@pytest.mark.parametrize("seed", range(3))
def test_no_translation_is_lost_in_a_session(seed):
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder), seed)
        session.update()
        session.translate()
        for _ in range(14):
            session.edit()
            session.update()
            session.check_nothing_is_lost()
            if session.random.random() < 0.4:
                session.translate()
        assert all(len(entered) > 10 for entered in session.entered.values())


def test_restoring_a_paragraph_brings_its_translation_back():
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder), 99)
        session.update()
        name = next(iter(session.pages))
        text = session.pages[name][2]
        path = session.root / "i18n/fi/LC_MESSAGES/content.po"
        path.write_text(
            path.read_text(encoding="utf-8").replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "Palaa."'),
            encoding="utf-8",
        )
        assert "Palaa." in path.read_text(encoding="utf-8")
        before = path.read_bytes()
        del session.pages[name][2]
        session.write()
        session.update()
        assert '#~ msgstr "Palaa."' in path.read_text(encoding="utf-8")
        session.pages[name].append(text)
        session.write()
        session.update()
        assert f'msgid "{text}"\nmsgstr "Palaa."' in path.read_text(encoding="utf-8")
        assert "#~" not in path.read_text(encoding="utf-8")
        assert len(before.splitlines()) == len(path.read_bytes().splitlines())


def test_moving_paragraphs_and_renaming_pages_changes_no_byte():
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder), 7)
        session.update()
        session.translate()
        before = {name: data for name, data in session.catalogue_bytes().items() if name.endswith(".po")}
        for name in list(session.pages):
            number = int(name.split("-")[1])
            paragraphs = session.pages.pop(name)
            session.random.shuffle(paragraphs)
            session.pages[session.name(number)] = paragraphs
        session.write()
        session.update()
        assert {name: data for name, data in session.catalogue_bytes().items() if name.endswith(".po")} == before
