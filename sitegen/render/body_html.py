"""HTML that an author wrote: its addresses resolved, all that could execute removed; and scripts of text derived.

Everything here works on strings. What has not been written by hand never passes through here, except for `derive`.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable

from sitegen.render.body_options import BodyOptions
from sitegen.translate.safe_html import ATTRIBUTES, CONTENT_REMOVED, ELEMENTS, GLOBAL_ATTRIBUTES, SCHEMES, safe_url

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s\"'<>/=]*)(?P<attributes>(?:\s+[^\s\"'=<>/]+"
    r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*)\s*(?P<end>/?)>|<!--.*?-->",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'=<>/]+)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>]+)))?"
)
_RESOLVED = {"a": "href", "img": "src", "source": "src", "video": "src", "audio": "src", "track": "src"}

_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
_UNTOUCHED = frozenset({"code", "pre", "kbd", "samp", "var", "script", "style"})
# A tag as the serializer writes it; if all of them are such, and none asks to be spared, there is a quicker way.
_REGULAR_TAG = re.compile(r"""(</?[A-Za-z][^\s"'<>/=]*(?: [^\s"'=<>/]+="[^"]*")*>)""")
_SPARING = ("<code", "<pre", "<kbd", "<samp", "<var", "<script", "<style", " lang=", " translate=", "%(")
_SPEAKING = re.compile(' (?:title|alt|aria-label)="', re.IGNORECASE)
_BETWEEN = " \ufdd3 "  # no conversion looks across spaces, nor changes the mark
_SPOKEN = frozenset({"title", "alt", "aria-label"})
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)


def rewrite(raw: str, options: BodyOptions) -> str:
    """A piece of the author's HTML with its addresses resolved and new windows kept apart from this one."""

    def tag(match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if match["close"] or name not in _RESOLVED:
            return match.group()
        attributes = _attributes(match["attributes"])
        attribute = _RESOLVED[name]
        target = attributes.get(attribute)
        if target and options.resolve and (address := options.resolve(target, name != "a")) is not None:
            attributes[attribute] = address
        if name == "img":
            _image(attributes, target, options)
        if name == "a" and attributes.get("target") and "noopener" not in (attributes.get("rel") or ""):
            attributes["rel"] = f"{attributes.get('rel') or ''} noopener".strip()
        return f"<{name}{_written(attributes)}{' /' if match['end'] else ''}>"

    return TAG.sub(tag, raw)


def sanitised(body: str) -> str:
    """A whole body without anything that executes, embeds or styles."""
    import nh3

    return nh3.clean(
        body,
        tags=set(ELEMENTS),
        clean_content_tags=set(CONTENT_REMOVED),
        attributes=_allowed_attributes(),
        attribute_filter=_filter,
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def inline_only(text: str) -> str:
    """The inline HTML of a heading without links, images and ids, for a table of contents."""
    if "<" not in text:
        return text
    import nh3

    allowed = {
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    }
    attributes = {"*": {"class", "dir", "lang", "title", "translate"}}
    return nh3.clean(text, tags=allowed, attributes=attributes, clean_content_tags=set(CONTENT_REMOVED))


def derive(body: str, options: BodyOptions, convert: Callable[[str], str]) -> str:
    """Convert the script of all that is read: text and spoken attributes, but no code and no foreign language."""
    pieces = _REGULAR_TAG.split(body)
    spoken = [index for index in range(0, len(pieces), 2) if pieces[index] and not pieces[index].isspace()]
    texts = _text(_BETWEEN.join([pieces[index] for index in spoken]), [], convert).split(_BETWEEN)
    regular = body.count("<") == len(pieces) // 2 and len(texts) == max(1, len(spoken))
    lower = body.lower()
    if not regular or any(mark in lower for mark in _SPARING):
        return _derived_with_care(body, options, convert)
    for index, text in zip(spoken, texts, strict=False):
        pieces[index] = text
    for index in range(1, len(pieces), 2):
        tag = pieces[index]
        if '="' in tag and _SPEAKING.search(tag) and (match := TAG.match(tag)) is not None:
            pieces[index] = _opened(match, match["name"].lower(), [], options, convert)
    return "".join(pieces)


def _derived_with_care(body: str, options: BodyOptions, convert: Callable[[str], str]) -> str:
    """As `derive`, for HTML in which something may have to be left as it is."""
    out: list[str] = []
    quiet: list[str] = []
    position = 0
    for match in TAG.finditer(body):
        out.append(_text(body[position : match.start()], quiet, convert))
        position = match.end()
        name = (match["name"] or "").lower()
        if not name:
            out.append(match.group())
        elif match["close"]:
            if quiet and quiet[-1] == name:
                quiet.pop()
            out.append(match.group())
        else:
            out.append(_opened(match, name, quiet, options, convert))
    out.append(_text(body[position:], quiet, convert))
    return "".join(out)


def _opened(
    match: re.Match[str], name: str, quiet: list[str], options: BodyOptions, convert: Callable[[str], str]
) -> str:
    """An opening tag with its spoken attributes converted; `quiet` is the stack of elements that are left alone."""
    attributes = _attributes(match["attributes"]) if match["attributes"] else {}
    language = attributes.get("lang")
    foreign = language is not None and not options.own(language)
    silent = bool(quiet) or foreign or name in _UNTOUCHED or attributes.get("translate") == "no"
    if silent and name not in _VOID and (not quiet or name == quiet[-1]):
        quiet.append(name)
    renamed = language is not None and not foreign and language != options.language
    if silent or not (renamed or _SPOKEN.intersection(attributes)):
        return match.group()
    if renamed:  # what was in the script of the source is now in that of the page
        attributes["lang"] = options.language
    for attribute in _SPOKEN.intersection(attributes):
        attributes[attribute] = _spared(attributes[attribute] or "", convert)
    return f"<{name}{_written(attributes)}>"


def _text(text: str, quiet: list[str], convert: Callable[[str], str]) -> str:
    if not text or quiet or text.isspace():
        return text
    if "&" not in text and ">" not in text:
        return html.escape(_spared(text, convert), quote=False)
    return html.escape(_spared(html.unescape(text), convert), quote=False)


def _spared(text: str, convert: Callable[[str], str]) -> str:
    """Convert a text except for addresses in it."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return convert(text)
    parts = []
    position = 0
    for match in _ADDRESS.finditer(text):
        parts += [convert(text[position : match.start()]), match.group()]
        position = match.end()
    return "".join([*parts, convert(text[position:])]) if parts else convert(text)


def _attributes(text: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next((match[kind] for kind in ("double", "single", "bare") if match[kind] is not None), None)
        found.setdefault(match["name"].lower(), None if value is None else html.unescape(value))
    return found


def _written(attributes: dict[str, str | None]) -> str:
    return "".join(
        f" {name}" if value is None else f' {name}="{html.escape(value)}"' for name, value in attributes.items()
    )


def _image(attributes: dict[str, str | None], source: str | None, options: BodyOptions) -> None:
    if source and options.image_size and "width" not in attributes and (size := options.image_size(source)):
        attributes["width"], attributes["height"] = str(size[0]), str(size[1])
    attributes.setdefault("loading", "lazy")
    attributes.setdefault("decoding", "async")


@functools.cache
def _allowed_attributes() -> dict[str, set[str]]:
    allowed = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    allowed["*"] = set(GLOBAL_ATTRIBUTES)
    return allowed


def _filter(_tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src", "cite", "poster") and not safe_url(value):
        return None
    if name in ("srcset", "target") and (name == "target") != (value in ("_blank", "_self")):
        return None if name == "target" or not _safe_candidates(value) else value
    return value


def _safe_candidates(value: str) -> bool:
    return all(safe_url(candidate.strip().partition(" ")[0]) for candidate in value.split(","))
