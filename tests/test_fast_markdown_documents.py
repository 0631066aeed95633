"""The fast Markdown parts where sitegen uses them: segments, links, anchors and translated pages are as with plain ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from markdown import Markdown

from sitegen.render.markdown import BodyOptions, render_body
from sitegen.translate import block_state, parser
from sitegen.translate.document import parse_document
from sitegen.translate.segments import Segment, State, Translation
from tests.test_fast_markdown import CORPUS, DOCUMENT, SEPARATOR


def translate(segment: Segment) -> Translation:
    """Words of its own before and after; with markup that the source has not, so that it must be parsed anew."""
    return Translation(f"*Sana* {segment.msgid} ja `muu`", "fi", State.TRANSLATED)


def results(build: Callable[[], Markdown], source: str) -> list[Any]:
    """Everything that a build takes from a source, with a Markdown instance of this making."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "build_markdown", build)
        block_state._idle.cache_clear()
        try:
            document = parse_document(source)
            bodies = [
                render_body(document, BodyOptions("en", "en")),
                render_body(document, BodyOptions("fi", "en", lookup=translate)),
                render_body(document, BodyOptions("en-XA", "en", derive=str.swapcase, derived_from="en")),
            ]
        finally:
            block_state._idle.cache_clear()
    facts = [document.segments, document.anchors, document.links, document.problems, document.raw_html, document.state]
    return [*facts, *bodies]


def assert_same(source: str) -> None:
    plain, fast = results(parser.build_plain_markdown, source), results(parser.build_markdown, source)
    for expected, actual in zip(plain, fast, strict=True):
        assert actual == expected


@pytest.mark.parametrize("source", Path(CORPUS).read_text(encoding="utf-8").split(SEPARATOR))
def test_corpus(source: str) -> None:
    assert_same(source)


@settings(max_examples=60, deadline=None)
@given(DOCUMENT)
def test_made_documents(source: str) -> None:
    assert_same(source)
