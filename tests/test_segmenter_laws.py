"""Laws of the segmenter: a translation that says the same changes nothing, and extraction finds what it found."""

import copy
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.render.body_text import TextWriter
from sitegen.render.markdown import BodyOptions, render_body
from sitegen.translate.block_state import finish_tree, restore, serialise
from sitegen.translate.document import alike, parse_document
from sitegen.translate.parser import build_markdown
from sitegen.translate.segment_walk import Walk
from sitegen.translate.segments import State, Translation
from test_segmenter_corpus import CORPUS

SOURCES = [source for source, _ in CORPUS.values()]
PLAIN = BodyOptions("en", "en")


def identity(segment):
    return Translation(segment.msgid, "fi", State.TRANSLATED)


def squeezed(html):
    return re.sub(r"\s*(<br>)\s*", r"\1", re.sub(r"\s+", " ", html))


def assert_laws(source):
    document = parse_document(source)
    plain = render_body(document, PLAIN).html
    assert render_body(document, BodyOptions("fi", "en", lookup=identity)).html == plain
    forced = BodyOptions("fi", "en", lookup=identity, force=True)
    if not lost_marks(source):
        assert squeezed(render_body(document, forced).html) == squeezed(plain)
    assert again(document, forced) == [segment.msgid for segment in document.segments if segment.kind not in NAMED]
    assert parse_document(source).segments == document.segments
    assert render_body(document, PLAIN).html == plain


def lost_marks(source):
    """Python-Markdown itself loses text where emphasis overlaps (`*a**b*`), and white space with it."""
    return "klzzwxh" in build_markdown().convert(source)


NAMED = {"abbreviation", "link title"}


def again(document, options):
    """The msgids of the tree into which its own msgids have been written."""
    root = copy.deepcopy(document.tree)
    texts = TextWriter(document, options).write(root)
    skipped = {(slot.index, slot.tail) for slot in document.slots if slot.segment is None}
    slots = Walk(texts.stash, document.state.fenced, {}, {}, alike(build_markdown(), document.state)).slots(root)
    return [slot.segment.msgid for slot in slots if slot.segment and (slot.index, slot.tail) not in skipped]


@pytest.mark.parametrize("source", SOURCES, ids=list(CORPUS))
def test_laws_hold_for_the_corpus(source):
    assert_laws(source)


@pytest.mark.parametrize("source", SOURCES, ids=list(CORPUS))
def test_two_halves_make_the_whole(source):
    """Stopping after the block parser and going on elsewhere gives what Python-Markdown gives in one go."""
    document = parse_document(source)
    parser = build_markdown()
    restore(parser, document.state)
    ours = serialise(parser, finish_tree(parser, copy.deepcopy(document.tree)))
    if not any(directive in source for directive in ("i18n:", "[^b]")):
        whole = build_markdown()
        import unicodedata

        assert ours == whole.convert(unicodedata.normalize("NFC", source))


INLINE = st.sampled_from(
    [
        "word",
        "Two words",
        "*em*",
        "**strong**",
        "`code`",
        "`a|b`",
        "[link](x.md)",
        '[l](x.md "T")',
        "[ref][r]",
        "[r]",
        "![alt](i.png)",
        "[^1]",
        "[^2]",
        "LAG",
        "<b>raw</b>",
        "<br>",
        "&nbsp;",
        "&amp;",
        "\\*",
        "{: .c }",
        "{x}",
        "12",
        "#",
        "<https://e.org>",
        "<a@e.org>",
        "  \n",
        "   \n",
        "\n",
        "\n",
        " ",
        "- ",
        "1. ",
        "| ",
        ": ",
        "!",
        "_u_",
        "__b__",
        "a_b",
        "\\",
        "``x ` y``",
        '<span title="t">',
        "</span>",
        "<!-- c -->",
        "љубав",
        "e\u0301",
    ]
)
TEXT = st.lists(INLINE, min_size=1, max_size=7).map("".join)
LINE = TEXT.map(lambda text: " ".join(text.split()) or "x")


def indented(text, by="    "):
    return "\n".join(by + line if line.strip() else line for line in text.split("\n"))


BLOCK = st.recursive(
    st.one_of(
        TEXT,
        st.builds(lambda n, t: "#" * n + " " + t, st.integers(1, 6), LINE),
        st.builds(lambda t: t + "\n---", LINE),
        st.builds(lambda t: t + "\n{: .cls #x }", TEXT),
        st.builds(indented, TEXT),
        st.builds(lambda t: f"```\n{t}\n```", TEXT),
        st.builds(lambda a, b, c: f"| {a} | {b} |\n|--|:-:|\n| {c} | x {{.y}} |", LINE, LINE, LINE),
        st.builds(lambda a, b: f"{a}\n:   {b}", LINE, TEXT),
        st.builds(lambda t: f"<div>{t}</div>", TEXT),
        st.builds(lambda t: f"[^1]: {t}", TEXT),
        st.builds(lambda t: f"*[LAG]: {t}", LINE),
        st.builds(lambda t: f'[r]: r.md "{t}"', LINE),
        st.just("---"),
        st.just("[TOC]"),
    ),
    lambda block: st.one_of(
        st.lists(block, min_size=1, max_size=3).map("\n".join),
        st.lists(block, min_size=1, max_size=3).map("\n\n".join),
        block.map(lambda t: "- " + indented(t).lstrip()),
        st.lists(block, min_size=1, max_size=3).map(lambda ts: "\n".join("1. " + indented(t).lstrip() for t in ts)),
        block.map(lambda t: "\n".join("> " + line for line in t.split("\n"))),
        block.map(lambda t: "!!! note\n" + indented(t)),
        block.map(lambda t: f'<div markdown="1">\n{t}\n</div>'),
        block.map(lambda t: f'<p markdown="1">{t}</p>'),
        block.map(lambda t: "[^2]: " + indented(t).lstrip()),
    ),
    max_leaves=8,
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)
NOISE = st.text(alphabet="ab *_`[]()!<>{}:#|-+\n\\&^1.~\"'=/ \t", max_size=60)


@settings(max_examples=250, deadline=None)
@given(DOCUMENT)
def test_laws_hold_for_made_documents(source):
    assert_laws(source)


@settings(max_examples=250, deadline=None)
@given(NOISE)
def test_laws_hold_for_noise(source):
    assert_laws(source)
