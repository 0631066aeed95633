"""Translators are trusted with text alone: what a translation may not bring into a page that its source has not.

A translation is parsed exactly as it will be rendered, and so is its source; then their elements, attributes,
addresses, code, images and footnotes are compared. Findings are sentences for the translator.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from sitegen.translate.block_state import BlockState, borrowed_markdown, empty_tree, finish_tree, restore, serialise
from sitegen.translate.document import Document
from sitegen.translate.plain_inline import Target, plain_inline
from sitegen.translate.safe_html import safe_url
from sitegen.translate.segment_text import CODE, unfold

if TYPE_CHECKING:
    from sitegen.translate.segment_markup import Markup

_ACTIVE = re.compile(r"[`*_\[\]<>&\\{}!\x00-\x09\x0b-\x1f\x7f]")
# Beside `_ACTIVE`: what makes an address, and marks for text direction. Without any of these a text is only words.
_NOTABLE = re.compile(
    "[`*_\\[\\]<>&\\\\{}!:@\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
_ELEMENT = re.compile('<code>[^<]*|</?[a-z]+| title="')
_KEPT = re.compile(r"`|\[\^|!\[|<x ")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HOST = re.compile(r"\b[a-z][a-z0-9+.-]*://([^\s/?#<>\"')\]]+)|\b(www\.[^\s/?#<>\"')\]]+)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_NOTE = re.compile(r"\[\^([^\]]+)\]")
_LABEL = re.compile(r"\[([^\[\]^][^\[\]]*)\]")
_BLOCK_HTML = re.compile(r"<(?:!--|[A-Za-z][\w-]*[\s>/])")

_MARKUP = re.compile(
    r"`+[^`]*`+|\]\([^()\s]*\)|\]\[[^\[\]]*\]|\[\^[^\[\]]*\]|!\[|<[^<>]*>|&[#\w]+;|\{[^{}]*\}|\\.|"
    r"\s?[*_]+\s?|[`\[\]()<>&\\{}!\x00-\x1f\x7f]",
    re.DOTALL,
)
_ALWAYS = frozenset({"br"})


def check_markup(msgid: str, msgstr: str, document: Document | None = None) -> list[str]:
    """What is wrong with `msgstr`, Markdown or HTML from a translator; an empty list when it may be shown.

    `document` tells which references and footnotes exist; without it every label in the msgid counts as one.
    """
    if not _NOTABLE.search(msgstr) and not _KEPT.search(msgid) and "www." not in msgstr.lower():
        return []
    findings = _characters(msgid, msgstr)
    if not _ACTIVE.search(msgstr) and not _KEPT.search(msgid):
        return findings + _hosts(msgid, msgstr)
    shape = _shape(msgstr)
    if (shape is not None and shape == _shape(msgid)) or _same_markup(msgid, msgstr):
        return findings + _hosts(msgid, msgstr)
    state = _state(msgid, msgstr, document)
    source, translation = _markup(msgid, state), _markup(msgstr, state)
    findings += _new(source, translation)
    findings += _lost(source, translation)
    if Counter(CODE.findall(msgid)) != Counter(CODE.findall(msgstr)):
        findings.append('keep every <x id="…"/> of the source exactly once')
    return list(dict.fromkeys(findings + _hosts(msgid, msgstr)))


def check_plain(msgid: str, msgstr: str) -> list[str]:
    """The same for a field that is shown as plain text."""
    return _characters(msgid, msgstr) + _hosts(msgid, msgstr)


@functools.lru_cache(maxsize=1024)
def _shape(text: str) -> tuple[object, ...] | None:
    """The elements of a text, their addresses and its code in order, told without a parser; None for unusual text."""
    inline = plain_inline(text)
    if inline is None:
        return None
    targets = [(piece.href, piece.image) for piece in inline if isinstance(piece, Target)]
    return (*targets, *_ELEMENT.findall("".join([piece for piece in inline if isinstance(piece, str)])))


def _same_markup(msgid: str, msgstr: str) -> bool:
    """The common case, told without parsing: both have the same markup in the same order, around other words."""
    markup = _MARKUP.findall(msgstr)
    if markup != _MARKUP.findall(msgid):
        return False
    # A label of its own (`[the statute]`) says by its words where it leads.
    return markup.count("[") + markup.count("![") == sum(token[:2] in ("](", "][") for token in markup)


def _state(msgid: str, msgstr: str, document: Document | None) -> BlockState:
    """Enough of a document for inline Markdown to be parsed."""
    notes = tuple(dict.fromkeys(_NOTE.findall(msgid) + _NOTE.findall(msgstr)))
    if document is not None:
        return BlockState(references=document.state.references, footnotes=notes)
    labels = {" ".join(label.lower().split()) for label in _LABEL.findall(msgid)}
    return BlockState(references={label: (f"ref:{label}", None) for label in labels}, footnotes=notes)


def _markup(text: str, state: BlockState) -> Markup:
    """The markup of a text wherever it may stand: attribute lists end a paragraph and a heading differently."""
    from sitegen.translate.segment_markup import Markup

    markup = Markup()
    with borrowed_markdown() as parser:
        for tag in ("p", "h2") if "{" in text else ("p",):
            restore(parser, state)
            root = empty_tree()
            element = SubElement(root, tag, {} if tag == "p" else {"id": "x"})
            element.text = unfold(text)
            _read(serialise(parser, finish_tree(parser, root)), markup)
    if _BLOCK_HTML.match(text.strip()):
        _read(text, markup)
    return markup


def _read(output: str, markup: Markup) -> None:
    from sitegen.translate.segment_markup import read_markup

    read_markup(output, markup)


def _new(source: Markup, translation: Markup) -> Iterable[str]:
    """Elements, attributes and addresses that the source has not."""
    findings = [
        f"the element <{tag}> is not in the source; remove it"
        for tag in sorted(translation.tags - source.tags - _ALWAYS)
    ]
    for tag, name, value in sorted(translation.attributes - source.attributes):
        if tag in source.tags | _ALWAYS:
            shown = f'{name}="{value}"' if value else name
            findings.append(f"the attribute {shown} of <{tag}> is not in the source; remove it")
    from sitegen.translate.segment_markup import neutral

    known = {neutral(address) for address in source.addresses}
    for address in sorted(translation.addresses):
        if neutral(address) not in known:
            findings.append(f"the address '{address}' is not in the source; use one of the source's")
        elif not safe_url(address) and address not in source.addresses:
            findings.append(f"the address '{address}' is not safe; use one of the source's")
    return findings


def _lost(source: Markup, translation: Markup) -> Iterable[str]:
    """Code, images and footnotes have to be the same ones."""
    if source.code != translation.code:
        missing = [f"`{code}`" for code in (source.code - translation.code)]
        more = [f"`{code}`" for code in (translation.code - source.code)]
        yield _difference("code", missing, more)
    if source.images != translation.images:
        yield _difference("image", list(source.images - translation.images), list(translation.images - source.images))
    if source.notes != translation.notes:
        missing = [f"[^{note.removeprefix('#fn:')}]" for note in (source.notes - translation.notes)]
        more = [f"[^{note.removeprefix('#fn:')}]" for note in (translation.notes - source.notes)]
        yield _difference("footnote", missing, more)


def _difference(what: str, missing: list[str], more: list[str]) -> str:
    parts = [f"add {', '.join(missing)}"] if missing else []
    parts += [f"remove {', '.join(more)}"] if more else []
    return f"every {what} of the source must stand in the translation, unchanged: {' and '.join(parts)}"


def _characters(msgid: str, msgstr: str) -> list[str]:
    findings = []
    if _CONTROL.search(msgstr):
        findings.append("the translation has control characters; remove them")
    if _BIDI.search(msgstr) and (extra := set(_BIDI.findall(msgstr)) - set(_BIDI.findall(msgid))):
        names = ", ".join(f"U+{ord(character):04X}" for character in sorted(extra))
        findings.append(f"the translation has marks for text direction ({names}) that the source lacks; remove them")
    return findings


def _hosts(msgid: str, msgstr: str) -> list[str]:
    """Addresses in plain words: a reader may follow them, too."""
    if "://" not in msgstr and "www." not in msgstr.lower() and "@" not in msgstr:
        return []
    known = _host_names(msgid)
    return [f"the host '{host}' is not in the source; remove it" for host in sorted(_host_names(msgstr) - known)]


@functools.lru_cache(maxsize=1024)
def _host_names(text: str) -> frozenset[str]:
    text = html.unescape(text)
    names = {(match.group(1) or match.group(2)).lower().rpartition("@")[2] for match in _HOST.finditer(text)}
    return frozenset(name.rstrip(".,;") for name in names | {host.lower() for host in _MAIL.findall(text)})
