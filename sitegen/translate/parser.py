"""The one Markdown dialect of sitegen, configured in one place: extraction, translation and rendering all use it.

The instance is an ordinary `markdown.Markdown`: its stages (`preprocessors`, `parser.parseDocument`,
`treeprocessors`, `serializer`, `postprocessors`) may be run one by one. Call `reset()` before every document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import markdown
    from markdown.extensions import Extension

TOC_MARKER = "[TOC]"


def build_markdown() -> markdown.Markdown:
    """A new instance for documents; HTML output, anchors of headings keep letters of every script."""
    import markdown

    return markdown.Markdown(extensions=_extensions(), output_format="html")


def _extensions() -> list[Extension | str]:
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
    from markdown.extensions.toc import TocExtension, slugify_unicode

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
        TocExtension(marker=TOC_MARKER, slugify=slugify_unicode),
    ]
