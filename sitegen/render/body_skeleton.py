"""The quick way to the same bytes: a document's HTML with holes, made once, and the texts of a language put into them.

Most documents are blocks whose inline Markdown has no bearing on each other. Their HTML is the same in all languages
but for those texts. What does not fit (footnotes, abbreviations, raw HTML, attribute lists …) is `None` here and goes
the long way in `render.markdown`; a law in the tests says that both ways agree.
"""

from __future__ import annotations

import copy
import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from sitegen.render.body_holes import Hole, Phrase, Skeleton
from sitegen.render.body_options import BodyOptions
from sitegen.render.body_plain import QUOTED, plain_html, plain_skeleton
from sitegen.render.body_text import Texts, TextWriter
from sitegen.render.body_tree import TreeFinisher
from sitegen.translate.block_state import BlockState, borrowed_markdown, empty_tree, finish_tree, restore, serialise
from sitegen.translate.document import Document
from sitegen.translate.plain_inline import Inline, Target, plain_inline
from sitegen.translate.safe_html import needs_cleaning, safe_url
from sitegen.translate.segment_walk import Slot
from sitegen.translate.segments import State

_MARK = re.compile("\ufdd1([a-z])([0-9]+)\ufdd2")
_OPEN = re.compile(r"<(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?: [^<>]*)?)>\Z")
_ATTRIBUTE = re.compile(r' ([^\s"=<>]+)(?:="([^"]*)")?')
_ACTIVE = re.compile(r"[\n`*_\[\]<>&\\{}!\x00-\x1f\ufdd0-\ufdef]")
_AWKWARD = re.compile("[{}\x02\x03\ufdd1\ufdd2]")
_INLINE_ATTRIBUTES = re.compile(r"(?<=[*_`)\]>])\{:?[^{}\n]*\}")


@dataclass(frozen=True, slots=True)
class Assembled:
    """What the long way would have made: HTML, tokens of the table of contents, and what was put in."""

    html: str
    toc: list[dict[str, Any]]
    texts: Texts


def skeleton_of(document: Document) -> Skeleton | None:
    """The document's skeleton, made when first asked for; None when it has to go the long way."""
    if "skeleton" not in document.cache:
        plain = document.plain
        document.cache["skeleton"] = _compile(document) if plain is None else plain_skeleton(plain)
    found: Skeleton | None = document.cache["skeleton"]
    return found


def as_written(document: Document, options: BodyOptions) -> Assembled | None:
    """An ordinary document on a page that shows the source as it is; None for another."""
    plain = document.plain
    if plain is None or not _as_written(options):
        return None
    inner = _addressed(plain.inlines, options)
    made = None if inner is None else plain_html(plain, inner, options.say)
    if made is None:
        return None
    texts = Texts([], counts=Counter({State.SAME: len(plain.texts)} if plain.texts else {}))
    return Assembled(*made, texts)


def assemble(document: Document, skeleton: Skeleton, options: BodyOptions) -> Assembled | None:
    """The document for one page; None when one of its texts has to go the long way."""
    found: _Inserted | None = document.cache.get(f"inserted {options.share}") if options.share else None
    if found is None:
        found = _inserted(document, skeleton, options)
        if options.share and not any(slot.title for slot in document.slots):
            document.cache[f"inserted {options.share}"] = found
    return None if found is None else _joined(skeleton, found.inlines, found.attributes, found.texts, options)


class _Inserted(NamedTuple):
    """The texts of one language as inline HTML, with the attributes that their elements need."""

    inlines: Sequence[Inline]
    attributes: Sequence[Mapping[str, str]]
    texts: Texts


def _inserted(document: Document, skeleton: Skeleton, options: BodyOptions) -> _Inserted | None:
    writer = TextWriter(document, options)
    cores: list[tuple[str, Mapping[str, str]]] = []
    for number, slot in enumerate(document.slots):
        core, attributes = writer.text_of(slot)
        if number in skeleton.fixed:
            core = ""
        if _awkward(core):
            return None
        cores.append((core, attributes))
    texts = writer.finish()
    inlines = _inlines(document, cores, texts, options)
    return None if inlines is None else _Inserted(inlines, [marks for _, marks in cores], texts)


def _as_written(options: BodyOptions) -> bool:
    """Whether the page shows the source as it is."""
    own = options.lookup is None and options.own(options.source_language)
    return own and not options.mark_states and options.image_size is None


def _joined(
    skeleton: Skeleton,
    inlines: Sequence[Inline],
    attributes: Sequence[Mapping[str, str]],
    texts: Texts,
    options: BodyOptions,
) -> Assembled | None:
    """The skeleton with its holes filled; `attributes` of each text's element."""
    inner = _addressed(inlines, options)
    if inner is None:
        return None
    pieces: list[str] = []
    for hole in skeleton.holes:
        if isinstance(hole, Phrase):
            phrase = options.say(hole.message)
            if QUOTED.search(phrase):
                return None
            pieces += (hole.before, phrase)
        elif marks := attributes[hole.slot]:
            pieces += (hole.before, _filled(hole, inner[hole.slot], marks))
        else:
            pieces += (hole.before, hole.opening, inner[hole.slot])
    pieces.append(skeleton.end)
    return Assembled("".join(pieces), [_token(token, inner) for token in skeleton.toc], texts)


def _filled(hole: Hole, inner: str, attributes: Mapping[str, str]) -> str:
    """The element's opening tag and its text, marked with the language and state of the text."""
    if not hole.tag:
        return f"{hole.opening}<span{_written(attributes.items())}>{inner}</span>"
    merged = {name: value for name, value in hole.attributes} | {  # noqa: C416 - values may be None
        name: html.escape(value) for name, value in attributes.items()
    }
    return f"<{hole.tag}{_written(merged.items())}>{inner}"


def _written(attributes: Any) -> str:
    """Attributes in the order in which the serialiser writes them."""
    return "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in sorted(attributes))


def _addressed(inlines: Sequence[Inline], options: BodyOptions) -> list[str] | None:
    """Inline HTML with the addresses of this page; None when one of them is not safe."""
    found: list[str] = []
    for inline in inlines:
        if len(inline) == 1:
            found += inline  # type: ignore[arg-type]
            continue
        pieces: list[str] = []
        for piece in inline:
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            address = options.resolve(piece.href, piece.image) if options.resolve else None
            if not safe_url(piece.written if address is None else address):
                return None
            pieces.append(piece.written if address is None else _escaped(address))
        found.append("".join(pieces))
    return found


def _escaped(address: str) -> str:
    """As Python-Markdown's serialiser escapes the value of an attribute."""
    if not QUOTED.search(address):
        return address
    from sitegen.translate.fast_text import escape

    return escape(address).replace('"', "&quot;")


def _token(token: dict[str, Any], inner: list[str]) -> dict[str, Any]:
    """A token of the table of contents with the texts of this language."""
    text = _MARK.sub(lambda match: inner[int(match.group(2))], token["html"])
    return {**token, "html": text, "children": [_token(child, inner) for child in token["children"]]}


def _inlines(
    document: Document, cores: list[tuple[str, Mapping[str, str]]], texts: Texts, options: BodyOptions
) -> list[Inline] | None:
    """Inline HTML of every text. Texts without markup are their own HTML; the others are parsed together."""
    known: dict[str, Inline] = document.cache.setdefault("inline", {})
    fixed = not document.references and options.image_size is None  # else the same text may give other HTML
    active = [core for core, _ in cores if not (fixed and core in known) and _ACTIVE.search(core)]
    parsed: dict[str, Inline] = {}
    waiting = []
    for core in active:
        simple = plain_inline(core) if fixed else None
        if simple is None:
            waiting.append(core)
        else:
            known[core] = simple
    if waiting:
        waiting = list(dict.fromkeys(waiting))
        made = _parse_inline(waiting, replace(document.state, references=texts.references), options)
        if made is None:
            return None
        parsed = dict(zip(waiting, made, strict=True))
        if fixed:
            known.update(parsed)
    return [parsed.get(core) or known.get(core) or (core,) for core, _ in cores]


def _parse_inline(cores: list[str], state: BlockState, options: BodyOptions) -> list[Inline] | None:
    """Parse texts as paragraphs of one small document; None when there is raw HTML in one of them."""
    targets: list[Target] = []

    def mark(href: str, image: bool) -> str:
        targets.append(Target(href, image, _escaped(href)))
        return f"\ufdd1u{len(targets) - 1}\ufdd2"

    root = empty_tree()
    for core in cores:
        SubElement(root, "p").text = core
    with borrowed_markdown() as parser:
        restore(parser, state)
        root = finish_tree(parser, root)
        if needs_cleaning(str(piece) for piece in parser.htmlStash.rawHtmlBlocks[len(state.stash) :]):
            return None
        if not all(_plain_targets(element) for element in root):
            return None
        TreeFinisher(replace(options, resolve=mark), (), lambda value: value).finish(root)
        outputs = []
        for paragraph in root:
            wrapper = empty_tree()
            paragraph.tail = None
            wrapper.append(paragraph)
            outputs.append(serialise(parser, wrapper))
    if len(outputs) != len(cores) or not all(out.startswith("<p>") and out.endswith("</p>") for out in outputs):
        return None
    if any("klzzwxh:" in output for output in outputs):  # the parser lost its way, and numbers depend on the document
        return None
    return [_split(output[3:-4], targets) for output in outputs]


def _plain_targets(paragraph: Element) -> bool:
    """Whether every address of a paragraph is written as it reads, without entities or stashed pieces."""
    for element in paragraph.iter():
        target = element.get("href") or element.get("src") or ""
        if ("&" in target and not _ampersands(target)) or "\x02wzx" in target or "\ufdd1" in target:
            return False
    return True


def _ampersands(target: str) -> bool:
    """Whether the ampersands of an address stand for themselves."""
    return html.unescape(target) == target


def _split(output: str, targets: list[Target]) -> Inline:
    pieces: list[str | Target] = []
    position = 0
    for match in _MARK.finditer(output):
        pieces += [output[position : match.start()], targets[int(match.group(2))]]
        position = match.end()
    return (*pieces, output[position:])


def _compile(document: Document) -> Skeleton | None:
    """Send marks through the long way instead of texts and see where they come out."""
    state = document.state
    fixed = frozenset(number for number, slot in enumerate(document.slots) if slot.html in state.fenced)
    if document.raw_html or state.footnotes or state.abbreviations:
        return None
    if not all(_simple(slot) for number, slot in enumerate(document.slots) if number not in fixed):
        return None
    root = copy.deepcopy(document.tree)
    elements = list(root.iter())
    alone = []
    for number, slot in enumerate(document.slots):
        element = elements[slot.index]
        alone.append(not len(element) and not slot.title)
        if number in fixed:
            continue
        element.text = f"{slot.prefix}\ufdd1t{number}\ufdd2{slot.suffix}"
    phrases: list[str] = []

    def phrase(message: str) -> str:
        phrases.append(message)
        return f"\ufdd1p{len(phrases) - 1}\ufdd2"

    with borrowed_markdown() as parser:
        restore(parser, state)
        root = finish_tree(parser, root)
        if any(element.get("href") or element.get("src") for element in root.iter()):
            return None
        TreeFinisher(BodyOptions("", "", phrase=phrase), (), lambda value: value).finish(root)
        output = serialise(parser, root)
        toc: list[dict[str, Any]] = parser.toc_tokens  # type: ignore[attr-defined]
    return _cut(output, toc, alone, phrases, fixed)


def _cut(
    output: str, toc: list[dict[str, Any]], alone: list[bool], phrases: list[str], fixed: frozenset[int]
) -> Skeleton | None:
    """Cut the output at its marks; None when a text stands there twice or not at all."""
    holes: list[Hole | Phrase] = []
    position = 0
    seen: list[int] = []
    for match in _MARK.finditer(output):
        before, number = output[position : match.start()], int(match.group(2))
        position = match.end()
        if match.group(1) == "p":
            holes.append(Phrase(before, phrases[number]))
            continue
        seen.append(number)
        opened = _OPEN.search(before) if alone[number] else None
        if alone[number] and opened is None:
            return None
        if opened is None:
            holes.append(Hole(before, number, "", (), ""))
        else:
            attributes = tuple((name, value if written else None) for name, value, written in _parsed(opened))
            holes.append(Hole(before[: opened.start()], number, opened["name"], attributes, opened.group()))
    if sorted(seen) != [number for number in range(len(alone)) if number not in fixed]:
        return None
    return Skeleton(tuple(holes), output[position:], tuple(toc), fixed)


def _parsed(opened: re.Match[str]) -> list[tuple[str, str, bool]]:
    return [(match[1], match[2] or "", match[2] is not None) for match in _ATTRIBUTE.finditer(opened["attributes"])]


def _simple(slot: Slot) -> bool:
    """Whether a text has nothing to do with what stands around it."""
    if slot.tail or slot.verbatim or slot.codes or slot.lines or slot.html is not None:
        return False
    core = slot.raw[len(slot.prefix) : len(slot.raw) - len(slot.suffix)]
    return core != "[TOC]" and not _awkward(core)


def _awkward(core: str) -> bool:
    """Whether a text could have a say in its block: attribute lists do unless they stick to inline markup."""
    return _AWKWARD.search(_INLINE_ATTRIBUTES.sub("", core) if "{" in core else core) is not None
