"""Ordinary documents are read without the whole parser, and nobody can tell: segments, addresses, anchors and bytes."""

import copy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import nest_toc_tokens

from sitegen.render.body_options import BodyOptions
from sitegen.render.body_plain import nested
from sitegen.render.markdown import _thorough, render_body
from sitegen.translate.document import parse_document
from sitegen.translate.plain_document import plain_document
from sitegen.translate.segment_text import _speaks_within, speaks
from sitegen.translate.segments import State, Translation
from test_fast_markdown import CORPUS as FILE
from test_fast_markdown import SEPARATOR
from test_markdown_skeleton import TEXTS, lookup, resolve
from test_segmenter_corpus import CORPUS
from test_segmenter_laws import DOCUMENT, NOISE

PAGE = """
Some **text** with a [link](a.md "T t") & more
over *two* lines > one.

# About us, "them"

![image > "x"](b.png) and `code & x`

- one *two*
- three
  goes on
* four

## What we do
> Quoted [text](ref:x)
> of two lines
>
> ### Inner

3. a
4. b

| A | B | |
|:--|--:|:-:|
| 1 | *x* | [y](z.md) |
| 2 |

(x) 12
"""


def facts(document):
    return [document.slots, document.segments, document.anchors, document.links, document.problems, document.warnings,
            document.raw_html, document.state, document.abbreviations, document.references, document.digest,
            document.segment_count, document.exact]  # fmt: skip


def assert_alike(source, texts=("Sana *a* [l](x.md)",), states=(State.TRANSLATED,)):
    """Everything that an ordinary document tells is what the whole parser says. False: it is no ordinary one."""
    plain = parse_document(source, first_line=3)
    if plain.plain is None:
        return False
    whole = parse_document(source, first_line=3, quick=False)
    for expected, actual in zip(facts(whole), facts(plain), strict=True):
        assert actual == expected
    common = {"checked": True, "resolve": resolve, "phrase": str.upper}
    derived = {"derive": str.swapcase, "derived_from": "en"}
    for options in (
        BodyOptions("en", "en", **common),
        BodyOptions("en", "en"),
        BodyOptions("fi", "en", lookup=lookup(list(texts), list(states)), **common),
        BodyOptions("fi", "en", lookup=lookup(list(texts), list(states)), mark_states=True, **common),
        BodyOptions("fi", "en", image_size=lambda _: (3, 4), lookup=lambda s: Translation(s.msgid, "fi", State.STALE)),
        BodyOptions("en-XA", "en", **common, **derived),
    ):
        assert render_body(plain, options) == render_body(whole, options)
        if not options.derive:
            assert render_body(plain, options).html == _thorough(whole, options)[0]
    return True


def test_an_ordinary_page_is_plain():
    assert assert_alike(PAGE)
    assert assert_alike("")
    assert assert_alike("\n\n\nText\n\n\n\n# Heading\n")


def test_the_parser_stays_at_rest(monkeypatch):
    """An ordinary page in its own language and in another needs none."""
    from sitegen.translate import parser

    def refuse():
        raise AssertionError

    monkeypatch.setattr(parser, "build_markdown", refuse)
    monkeypatch.setattr("sitegen.translate.block_state._idle", list)
    document = parse_document(PAGE)
    render_body(document, BodyOptions("en", "en", resolve=resolve))
    texts = lookup(["Sana *a*"], [State.TRANSLATED])
    render_body(document, BodyOptions("fi", "en", resolve=resolve, lookup=texts, checked=True))


@pytest.mark.parametrize("source", [source for source, _ in CORPUS.values()], ids=list(CORPUS))
def test_corpus(source):
    assert_alike(source)


@pytest.mark.parametrize("source", FILE.read_text(encoding="utf-8").split(SEPARATOR))
def test_corpus_of_the_fast_parts(source):
    assert_alike(source)


@pytest.mark.parametrize(
    "source",
    ["# A | B\n|-|-|", "# A|B|\n|-|-|", "- a | b\n- - | -", "a\n---", "# A\n---", "* * *", "- - -", "_ _ _", "- a\n\n- b", "> a\n\n> b",
     "- a\n\n1. b", "> > a", ">a\n>   b", ">     code", "    code", "a\n    b", "- a\n    - b", "1. a\n  b\n2. c", "# A #", "#A", "####### x",
     "# A\n\n# A", "# !\n\n# ?", "a  \nb", "a \nb", "\u00a0", "\u00a0a", "a\u00a0", "a\n\u00a0\nb", "| a |\n|---|\n| b |", "|a|b|\n|-|-|",
     "|a|b|\n|-|-|\n|", "|a|b|\n| | |\n|c|d|e|", "|a|b\n|-|-|\n|c|d|", "|a|\n|-|\n|c|", "|\u00a0a|b|\n|-|-|\n|c|d|", "> # A\n> b\n> - c", "01. a",
     "2024. a", "² x", "a\n2. b", "[a]: b", "[a](b)\n: c", "*[x]: y", "**a** b\n_c_ d", "a *b", "snake_case", "[^1]", "![a](b)!", "![]( b)",
     '![a](b "c")', "[a *b*](c)", "[a](b&amp;c)", "[a](b?c&d)", "a & b &amp; c", "`a` `` b ``", "#\n", "# \n", "#", "-", "- ", ">", "> ",
     "klzzwxh:0000", "\\*", "a\x0bb", "a\u2028b", "a\rb", "!!! note", "!\\[a](b)", "![a][b]", "http://e.org <http://e.org>", "a > b\n>c",
     "-a", "+ a\n- b", "- a\n-b", "- a\n   - b", " - a", "a\n - b", "| a", "|", "||", "||\n||\n||", "1.a", "1. 1. a", "- # a", "- > a", "- a|b\n- c|d"],
)  # fmt: skip
def test_narrow_cases(source):
    assert_alike(source)
    assert_alike(f"Text\n\n{source}\n\n## End\n\ntext")
    assert_alike(f"> {source}".replace("\n", "\n> "))
    assert_alike(f"- {source}\n- x")


WORD = st.sampled_from(["a", "Б", "12", "1.", "**b**", "*c*", "_d_", "[e](f.md)", "![g](h.png)", "`i`", "&", "&amp;", ">", "'", '"', "(", "|", "#",
                        "-", "+", ":", "=", "!", "[", "]", "*", "_", "[j]", "http://k.org", "ć", "\u00a0", "x:", '[l](m "n")'])  # fmt: skip
LINE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
LINES = st.lists(LINE, min_size=1, max_size=3)
BLOCK = st.one_of(
    LINES.map("\n".join),
    st.builds(lambda n, t: "#" * n + " " + t, st.integers(1, 4), LINE),
    LINES.map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    LINES.map(lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))),
    LINES.map(lambda lines: "\n".join(f"> {line}" for line in lines)),
    st.builds(lambda a, b, c: f"| {a} | {b} |\n|--|:-:|\n| {c} |  |\n| x |", LINE, LINE, LINE),
)
SOURCE = st.builds(
    lambda blocks, gap: gap.join(blocks),
    st.lists(BLOCK, min_size=1, max_size=6),
    st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n"]),
)


@settings(max_examples=400, deadline=None)
@given(
    SOURCE | DOCUMENT | NOISE,
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4),
    st.lists(st.sampled_from(list(State)), min_size=1, max_size=4),
)
@example("# A | B\n|-|-|-|\n|", ["a"], [State.STALE])
def test_made_documents(source, texts, states):
    assert_alike(source, texts, states)


@settings(max_examples=200)
@given(st.lists(st.integers(1, 6), max_size=8))
def test_headings_nest_as_in_python_markdown(levels):
    headings = [{"level": level, "children": []} for level in levels]
    assert nested(copy.deepcopy(headings)) == nest_toc_tokens(copy.deepcopy(headings))


def test_what_is_not_ordinary():
    for source in ("<b>x</b>", "a {: .b }", "```\nx\n```", "[^1]: x", "[TOC]", "&#65;", "Term\n: text"):
        assert plain_document(source) is None


@settings(max_examples=500)
@given(SOURCE | NOISE | LINE)
def test_a_first_word_speaks(text):
    assert speaks(text) == _speaks_within(text)
