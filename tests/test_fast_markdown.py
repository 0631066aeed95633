"""The fast Markdown parts against plain Python-Markdown: the same trees after every stage, the same bytes at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import AtomicString

from sitegen.translate.parser import build_markdown, build_plain_markdown

CORPUS = Path(__file__).parent / "test_fast_markdown_corpus.txt"
SEPARATOR = "\n=== next ===\n"

# Each serves many documents in a row, as a worker's own instance does.
PLAIN, FAST = build_plain_markdown(), build_markdown()


def outline(element: Element, atomic: bool = True) -> Iterator[tuple[Any, ...]]:
    """Everything about a tree that a later stage could see; `atomic`: also which texts no later stage may touch."""
    yield (
        element.tag,
        sorted(element.items(), key=str),
        element.text or "",
        atomic and isinstance(element.text, AtomicString) and bool(element.text),
        element.tail or "",
        atomic and isinstance(element.tail, AtomicString) and bool(element.tail),
    )
    for child in element:
        yield from outline(child, atomic)
    yield ("end",)


def stages(md: Markdown, source: str) -> list[Any]:
    """What each stage makes of a document."""
    md.reset()
    seen: list[Any] = []
    lines = source.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    seen.append("\n".join(lines))
    root = md.parser.parseDocument(lines).getroot()
    seen.append(list(outline(root)))
    for treeprocessor in md.treeprocessors:
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
        last = treeprocessor is md.treeprocessors["unescape"]  # after it nobody asks which texts are atomic
        seen.append(list(outline(root, atomic=not last)))
    html = md.serializer(root)
    for postprocessor in md.postprocessors:
        html = postprocessor.run(html)
    return [*seen, html, md.toc_tokens]


def assert_same(source: str) -> None:
    plain, fast = stages(PLAIN, source), stages(FAST, source)
    for number, (expected, actual) in enumerate(zip(plain, fast, strict=True)):
        assert actual == expected, f"stage {number}"
    assert FAST.reset().convert(source) == PLAIN.reset().convert(source)


@pytest.mark.parametrize("source", CORPUS.read_text(encoding="utf-8").split(SEPARATOR))
def test_corpus(source: str) -> None:
    assert_same(source)


def test_corpus_as_one_document_and_in_either_line_ending() -> None:
    sources = CORPUS.read_text(encoding="utf-8").split(SEPARATOR)
    assert_same("\n\n".join(sources))
    for source in sources:
        assert_same(source.replace("\n", "\r\n"))


def test_every_fast_part_is_in_place() -> None:
    """Otherwise the comparisons above would compare plain with plain."""
    parts = [*FAST.preprocessors, FAST.parser, *FAST.treeprocessors]
    names = {type(part).__name__ for part in parts if type(part).__module__.startswith("sitegen.")}
    assert names == {
        "FastNormalizeWhitespace",
        "FastFencedBlocks",
        "FastHtmlBlocks",
        "FastBlockParser",
        "FastInlineProcessor",
        "FastPrettify",
        "FastAttrList",
        "FastToc",
        "FastUnescape",
    }
    for registry in ("preprocessors", "treeprocessors", "inlinePatterns", "postprocessors"):
        plain, fast = getattr(PLAIN, registry), getattr(FAST, registry)
        fast[0], plain[0]  # a registry sorts itself when it is first read
        assert [tuple(item) for item in fast._priority] == [tuple(item) for item in plain._priority]


WORDS = st.sampled_from(
    ["word", "Two words", "слово", "a_b_c", "3", "ž", "R & D", "x < y", "it's", '"so"', "!", "end.", "1990. year", " "]
)
TARGETS = st.sampled_from(
    ["page.md", "../a/b.md#c", "http://x.example/?a=1&b=2", "a_b_c.png", "x(y)", "<a b>", "", "#", 'u "t"', "u 't'",
     'u "a \'b\' c"', "ref:lags/x", "a*b", "a`b", "u 'a\" b'", 'u "t" x', "a\\_b", "mailto:a@b.c", "a b"]
)  # fmt: skip


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One construct of inline markup around what `inner` yields."""
    forms = ["**{}**", "*{}*", "_{}_", "__{}__", "***{}***", "`{}`", "``{}``", "\\*{}", "**{}*", "*{} *", "* {}*",
             "<b>{}</b>", "<{}>", "{}  \n", "{}\n", "![{}]", "[{}]", "[{}][a]", "[^{}]", "[^1]", "&{};", "&amp;{}",
             "{}{{: .c #i }}", "{}{{ x=y }}", "<!-- {} -->", "\\{}", "{}\\", "<http://e.example/{}>", "<a@b.example>",
             "&#169;", "&#169", "*{}", "{}_", "`{}", "_{}", "**{}", "{}]", "({})", "!{}", "{}*{}"]  # fmt: skip
    link = st.builds("{}[{}]({})".format, st.sampled_from(["", "!", "!", "\\"]), inner, TARGETS)
    return st.one_of(link, st.builds(lambda form, a, b: form.format(a, b), st.sampled_from(forms), inner, inner))


INLINE = st.recursive(WORDS, wrapped, max_leaves=3)
LINE = st.lists(INLINE, min_size=1, max_size=4).map("".join) | st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
PREFIXES = st.sampled_from(
    ["", "", "", "# ", "## ", "#", "- ", "* ", "+ ", "1. ", "7. ", "1) ", "> ", ">", "    ", "        ", "  ", "\t",
     "    - ", "| ", ": ", ":   ", "!!! note ", '!!! warning "', "[a]: ", "[^1]: ", "*[word]: ", "=", "---", "===", "***",
     "- - -", "```", "~~~ .py", "<div markdown>", "</div>", "<p>", "<!--", "-->", "- # ", "> - ", "- > ", "[TOC]", "x | ",
     "--- | ---", "|---|:-:|", "{: .block #b }", "<hr>", "<br/>", "<?x ", "\u00a0", "١. ", "²"]
)  # fmt: skip
BLOCK = st.lists(st.builds(lambda a, b: a + b, PREFIXES, LINE | st.just("")), min_size=1, max_size=4).map("\n".join)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=5).flatmap(
    lambda blocks: st.sampled_from(["\n\n", "\n", "\n\n\n", "\n  \n"]).map(lambda gap: gap.join(blocks))
)
RAW = st.text(alphabet="ab *_`[]()!<>&;#\\\n\n -+:|{}=\"'/^~.1\tж\x02\x03\r\u00a0\u2028", max_size=60)


@settings(max_examples=600, deadline=None)
@given(DOCUMENT)
def test_made_documents(source: str) -> None:
    assert_same(source)


@settings(max_examples=600, deadline=None)
@given(RAW)
@example("*a\n\n_b*_")
@example("\x02klzzwxh:0000\x03 *a*")
def test_raw_characters(source: str) -> None:
    assert_same(source)


@settings(max_examples=300, deadline=None)
@given(st.lists(RAW | LINE, min_size=2, max_size=6))
def test_many_texts_in_one_tree(texts: list[str]) -> None:
    """Translations are put into a parsed tree by hand, so anything can stand in a block: also what no parser left."""
    results = []
    for md in (PLAIN, FAST):
        md.reset()
        root = Element("div")
        for number, text in enumerate(texts):
            child = Element("p" if number % 2 else "h2")
            child.text = text
            root.append(child)
            if number % 3 == 2:
                child.append(Element("em"))
                child[0].tail = text
        for treeprocessor in md.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        results.append((list(outline(root, atomic=False)), md.serializer(root)))
    assert results[0] == results[1]


@pytest.mark.parametrize("opener", ["> ", "- ", "1. ", "    "])
@pytest.mark.parametrize("depth", [5, 60, 250])
def test_deep_nesting_ends_at_the_same_depth(opener: str, depth: int) -> None:
    """Both parsers stop nesting where calls get too deep, so both must use as many calls."""
    source = f"{opener * depth}deep *text*"
    outcomes = []
    for md in (PLAIN, FAST):
        try:
            outcomes.append(md.reset().convert(source))
        except RecursionError:
            outcomes.append("too deep")
            md.parser.state.clear()
    assert outcomes[0] == outcomes[1]
