"""The quick way of rendering a body gives the bytes of the long way, or gives up."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.render.body_options import BodyOptions
from sitegen.render.body_skeleton import skeleton_of
from sitegen.render.markdown import _heading, _quick, _thorough
from sitegen.translate.document import parse_document
from sitegen.translate.segments import State, Translation
from test_segmenter_corpus import CORPUS
from test_segmenter_laws import DOCUMENT, LINE, NOISE, TEXT, indented

PAGE = """# About *us*

Some text with a [link](a.md "T") and an ![image](b.png)
over two lines.
{: .lead }

- one
- two
    - three `code` *fi*{: lang="fi" }

> Quoted &amp; said

| A | B |
|:--|--:|
| 1 | `x|y` |

Term
:   See [ref] and <https://e.org/?a=1&b=2>

!!! note
    Inside <info@example.org>

## Last {#last}

    code

```yaml
a: <b> & c
```

12
"""

TEXTS = [
    "Sana",
    "A *b* c",
    "[l](x.md)",
    "[l](<x y.md> 'T')",
    "![i](a.png)",
    "`c & d`",
    "a & b < c",
    "&nbsp;",
    "x\ny",
    "**a** _b_",
    "[ref]",
    "# no",
    "\\*x\\*",
    "[l](x?a=1&b=2)",
    "[l](&amp;x)",
    "<b>x</b>",
    "{: .c }",
    "[^1]",
    "\"q\" 'q'",
    "[x](javascript:x)",
    "<https://e.org>",
    "<a@e.org>",
    "klzzwxh:0000",
    "*a**b*  c",
    "[TOC]",
    "",
    " ",
    "љубав",
    "![](x.png)",
    "*a*{: lang=fi } b",
    "*a*{: .c }",
    "[l](x.md){.b}",
    "`{x}`",
    "a {: .x }",
    "*a* {#x}",
    "*a*{: href=x } {y}",
]


def lookup(texts, states):
    def look(segment):
        number = int.from_bytes(hashlib.sha256(segment.msgid.encode()).digest()[:4], "big")
        state = states[number % len(states)]
        text = segment.msgid if state is State.UNTRANSLATED else texts[number % len(texts)]
        return Translation(text, "en" if state is State.UNTRANSLATED else "fi", state)

    return look


def ways(source, **options):
    """Both ways' results; the quick one is None where it gives up."""
    document = parse_document(source)
    skeleton_of(document)  # else it would not be made for a page without translations
    chosen = BodyOptions("fi", "en", checked=True, **options)
    quick = _quick(document, chosen)
    long_html, long_toc, long_texts = _thorough(document, chosen)
    if quick is None:
        return None
    html, toc, texts = quick
    assert html == long_html
    assert [_heading(token, chosen) for token in toc] == [_heading(token, chosen) for token in long_toc]
    assert texts.counts == long_texts.counts
    assert texts.messages == long_texts.messages
    return html


def resolve(href, image):
    return None if href.startswith("https:") else f'\ufdd0/fi/{"i" if image else "a"}/{href}?"&x'


def test_an_ordinary_page_goes_the_quick_way():
    assert skeleton_of(parse_document(PAGE)) is not None
    assert ways(PAGE) is not None
    assert ways(PAGE, lookup=lookup(["Sana *a* [l](x.md)"], [State.TRANSLATED]), resolve=resolve) is not None


@pytest.mark.parametrize("state", [State.TRANSLATED, State.STALE, State.UNTRANSLATED])
@pytest.mark.parametrize("text", TEXTS)
def test_ordinary_page_in_all_states(text, state):
    size = lambda href: (3, 4) if href == "b.png" else None  # noqa: E731
    ways(PAGE, lookup=lookup([text], [state]), resolve=resolve, image_size=size, mark_states=state is State.STALE)


@pytest.mark.parametrize("source", [source for source, _ in CORPUS.values()], ids=list(CORPUS))
def test_corpus(source):
    ways(source)
    ways(source, resolve=resolve, lookup=lookup(TEXTS[:4], list(State)))
    ways(source, phrase=str.upper, mark_states=True, lookup=lookup(["a"], [State.STALE, State.UNTRANSLATED]))


SIMPLE = st.one_of(
    LINE,
    TEXT,
    st.builds(lambda t: "## " + t, LINE),
    st.builds(lambda t: t + "\n{: .cls }", LINE),
    st.builds(lambda a, b: f"- {a}\n- {b}\n    - {a}", LINE, LINE),
    st.builds(lambda a, b: f"1. {a}\n\n2. {b}\n\n    {a}", LINE, LINE),
    st.builds(lambda a, b, c: f"| {a} | {b} |\n|--|:-:|\n| {c} | x |", LINE, LINE, LINE),
    st.builds(lambda a, b: f"{a}\n:   {b}", LINE, LINE),
    st.builds(lambda t: "> " + t, LINE),
    st.builds(lambda t: "!!! tip\n" + indented(t), LINE),
    st.builds(lambda t: f'[r]: r.md "{t}"', LINE),
)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(SIMPLE, min_size=1, max_size=5).map("\n\n".join) | DOCUMENT | NOISE,
    st.lists(st.sampled_from(TEXTS) | TEXT, min_size=1, max_size=4),
    st.lists(st.sampled_from(list(State)), min_size=1, max_size=4),
    st.booleans(),
)
def test_both_ways_agree(source, texts, states, resolved):
    ways(source)
    ways(source, lookup=lookup(texts, states), resolve=resolve if resolved else None)
