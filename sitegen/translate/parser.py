"""The one Markdown dialect of sitegen, configured in one place: extraction, translation and rendering all use it.

The instance is an ordinary `markdown.Markdown`: its stages (`preprocessors`, `parser.parseDocument`,
`treeprocessors`, `serializer`, `postprocessors`) may be run one by one. Call `reset()` before every document.

The parts of the `fast_*` modules stand in for those of Python-Markdown with the same names and priorities. They
yield the same bytes, which tests hold over a corpus and over made-up documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import markdown
    from markdown.extensions import Extension

TOC_MARKER = "[TOC]"
# The fast parts use names that Python-Markdown keeps to itself; with any other release the plain ones serve.
FAST_RELEASE = (3, 11)


def build_markdown() -> markdown.Markdown:
    """A new instance for documents; HTML output, anchors of headings keep letters of every script."""
    import markdown

    if markdown.__version_info__[:2] != FAST_RELEASE:
        return build_plain_markdown()
    from sitegen.translate import fast_blocks, fast_inline, fast_text, fast_tree

    class FastMarkdown(markdown.Markdown):
        def build_parser(self) -> FastMarkdown:
            super().build_parser()
            self.parser = fast_blocks.replace_parser(self)
            return self

    toc = _toc()
    md = FastMarkdown(extensions=[*_extensions(), toc], output_format="html")
    fast_text.install(md)
    fast_blocks.install(md)
    fast_inline.install(md)
    fast_tree.install(md, toc.getConfigs())
    return md


def build_plain_markdown() -> markdown.Markdown:
    """The same dialect from Python-Markdown alone: the measure of what is right."""
    import markdown

    return markdown.Markdown(extensions=[*_extensions(), _toc()], output_format="html")


def _toc() -> Extension:
    from markdown.extensions.toc import TocExtension, slugify_unicode

    return TocExtension(marker=TOC_MARKER, slugify=slugify_unicode)


def _extensions() -> list[Extension]:
    """Instances instead of names: looking names up reads the metadata of every installed package."""
    from markdown.extensions.abbr import AbbrExtension
    from markdown.extensions.admonition import AdmonitionExtension
    from markdown.extensions.attr_list import AttrListExtension
    from markdown.extensions.def_list import DefListExtension
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.md_in_html import MarkdownInHtmlExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    return [
        AbbrExtension(),
        AttrListExtension(),
        DefListExtension(),
        FencedCodeExtension(),
        FootnoteExtension(),
        MarkdownInHtmlExtension(),
        TableExtension(),
        AdmonitionExtension(),
        SaneListExtension(),
    ]
