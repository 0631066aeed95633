"""Random sessions of editors and translators, with an update after each step: nothing that was entered is lost."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read.po import PoEntry, PoFile, format_po, header_text, parse_po
from sitegen.translate.extract import ContentSource, TemplateBuilder, template_header
from sitegen.translate.merge import merge
from sitegen.translate.segments import Segment

HEADER = PoEntry(
    msgid="",
    strings=(
        header_text(
            [
                ("Language", "fi"),
                ("MIME-Version", "1.0"),
                ("Content-Type", "text/plain; charset=UTF-8"),
                ("Content-Transfer-Encoding", "8bit"),
            ]
        ),
    ),
)
WORDS = [
    "alder",
    "birch",
    "cedar",
    "elm",
    "fir",
    "hazel",
    "lime",
    "maple",
    "oak",
    "pine",
    "rowan",
    "spruce",
    "[see](a.md)",
    "[see](b.md)",
    "willow",
]

paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "edit",
                "edit",
                "move",
                "split",
                "delete",
                "restore",
                "rename",
                "add",
                "translate",
                "correct",
                "clear flag",
            ]
        ),
        st.integers(0, 99),
        st.integers(0, 99),
        paragraphs,
    ),
    min_size=1,
    max_size=14,
)


class Session:
    """A site of two pages, its catalogue on disk, and the memory of everything that its translators entered."""

    def __init__(self, first: list[str]) -> None:
        self.pages = {"one.md": list(first), "two.md": ["a lone paragraph stands here for ever"]}
        self.deleted: list[tuple[str, str]] = []
        self.text = format_po(PoFile("fi.po", (HEADER,)))
        self.entered: set[tuple[str, str]] = set()
        self.number = 0
        self.update()

    def read(self) -> PoFile:
        problems = Problems()
        po = parse_po(self.text, "fi.po", problems)
        assert not list(problems), str(problems)
        return po

    def template(self) -> PoFile:
        builder = TemplateBuilder("content", Problems())
        for file, texts in sorted(self.pages.items()):
            segments = tuple(Segment(text, "paragraph", place=("Top",)) for text in texts)
            builder.add_source(ContentSource(domain="content", file=file, title=file, segments=segments))
        return builder.build(
            "content.pot", template_header("x", "content", "en", dt.datetime(2027, 3, 5, tzinfo=dt.UTC))
        )

    def update(self) -> None:
        result = merge(self.template(), self.read())
        self.text = format_po(result.po)
        again = merge(self.template(), self.read())
        assert not again.changed
        assert format_po(again.po) == self.text

    def page(self, number: int) -> list[str]:
        return self.pages[sorted(self.pages)[number % len(self.pages)]]

    def step(self, name: str, a: int, b: int, text: str) -> None:
        texts = self.page(a)
        if name == "add":
            texts.insert(b % (len(texts) + 1), text)
        elif name == "rename":
            old = sorted(self.pages)[a % len(self.pages)]
            self.pages[f"page-{b}-{len(text)}.md"] = self.pages.pop(old)
        elif name == "restore" and self.deleted:
            texts.append(self.deleted.pop(a % len(self.deleted))[1])
        elif name in ("translate", "correct", "clear flag"):
            self.translate(name, a)
        elif texts and name in ("edit", "move", "split", "delete"):
            self.change(texts, name, b, text)

    def change(self, texts: list[str], name: str, b: int, text: str) -> None:
        at = b % len(texts)
        words = texts[at].split()
        if name == "edit":
            words[b % len(words)] = text.split(maxsplit=1)[0] + str(b % 3)
            texts[at] = " ".join(words)
        elif name == "move":
            self.page(b).append(texts.pop(at))
        elif name == "split" and len(words) > 1:
            texts[at : at + 1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        elif name == "delete":
            self.deleted.append((str(at), texts.pop(at)))

    def translate(self, name: str, a: int) -> None:
        """A translator fills in what is empty, corrects what is there, or approves a fuzzy text as it stands."""
        po = self.read()
        wanted = [
            entry
            for entry in po.messages
            if (name == "translate" and not entry.has_translation)
            or (name == "correct" and entry.has_translation)
            or (name == "clear flag" and entry.fuzzy)
        ]
        if not wanted:
            return
        entry = wanted[a % len(wanted)]
        self.number += 1
        addresses = "".join(word for word in entry.msgid.split() if word.startswith("["))
        text = entry.strings[0] if name == "clear flag" else f"käännös {self.number} {addresses}".strip()
        if name == "correct":
            self.entered -= {(source, told) for source, told in self.entered if told == entry.strings[0]}
        done = replace(entry, strings=(text,), comments=(f"note {self.number}",)).with_flag("fuzzy", False)
        done = done.without_previous()
        self.text = format_po(replace(po, entries=tuple(done if e.key == entry.key else e for e in po.entries)))
        self.entered.add((entry.msgid, text))

    def check(self) -> None:
        """Every translation stands in the file, be it with another address, under the source that it translates."""
        po = self.read()
        held = {
            (
                same(entry.previous_msgid if entry.fuzzy and entry.previous_msgid else entry.msgid),
                same(entry.strings[0]),
            )
            for entry in po.entries
            if entry.has_translation and not entry.is_header
        }
        lost = {pair for pair in self.entered if (same(pair[0]), same(pair[1])) not in held}
        assert not lost, self.text
        assert all(
            any(comment.startswith("note") for comment in entry.comments)
            for entry in po.entries
            if entry.has_translation and not entry.is_header
        ), "a translator's comment is lost"


def same(text: str) -> str:
    return text.replace("b.md", "a.md")


@settings(max_examples=200)
@given(st.lists(paragraphs, min_size=1, max_size=8), steps)
def test_nothing_that_a_translator_entered_is_ever_lost(
    first: list[str], session: list[tuple[str, int, int, str]]
) -> None:
    site = Session(first)
    for number in range(len(first)):
        site.translate("translate", number)
    for step in session:
        site.step(*step)
        site.update()
        site.check()


@pytest.mark.skipif(shutil.which("msgfmt") is None and "CI" not in os.environ, reason="GNU gettext is not installed")
@settings(max_examples=10)
@given(st.lists(paragraphs, min_size=1, max_size=8), steps)
def test_gettext_accepts_the_file_after_any_session(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], session: list[tuple[str, int, int, str]]
) -> None:
    site = Session(first)
    for number in range(len(first)):
        site.translate("translate", number)
    for step in session:
        site.step(*step)
        site.update()
    path: Path = tmp_path_factory.mktemp("po") / "fi.po"
    path.write_text(site.text, encoding="utf-8")
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr


@given(st.lists(paragraphs, min_size=1, max_size=10, unique=True), st.randoms(use_true_random=False))
def test_reordering_and_renaming_change_no_byte(texts: list[str], random: object) -> None:
    site = Session(texts)
    before = site.text
    site.pages["one.md"].reverse()
    site.pages["three.md"] = site.pages.pop("two.md")
    site.update()
    assert site.text == before
