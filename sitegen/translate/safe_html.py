"""What HTML may do on a page of the site: the elements, attributes and URL schemes that survive, one list for all.

Nothing here executes, embeds or styles: no script, style, iframe, form, event attribute or inline style.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "geo", "webcal", "xmpp"})
"""Schemes that a link may have; an address without a scheme is always fine."""

ELEMENTS = frozenset(
    """
    a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn
    div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p
    picture pre q rp rt ruby s samp search section small source span strong sub summary sup table tbody td tfoot th
    thead time tr track u ul var video wbr
    """.split()  # noqa: SIM905 - a list to be read
)
"""Elements that an author may write as HTML."""

CONTENT_REMOVED = frozenset(
    {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "template",
        "noscript",
        "noembed",
        "svg",
        "math",
        "frame",
        "frameset",
        "applet",
        "textarea",
        "select",
        "title",
    }
)
"""Elements that vanish with all that is in them; other unknown elements leave their text."""

GLOBAL_ATTRIBUTES = frozenset(
    {
        "id",
        "class",
        "title",
        "lang",
        "dir",
        "translate",
        "hidden",
        "role",
        "tabindex",
        "itemprop",
        "itemscope",
        "itemtype",
    }
)

ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "hreflang", "download", "rel", "target", "type", "name"}),
    "audio": frozenset({"src", "controls", "preload", "loop", "muted"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open", "name"}),
    "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"src", "srcset", "sizes", "media", "type", "width", "height"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
    "time": frozenset({"datetime"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "video": frozenset({"src", "controls", "poster", "preload", "width", "height", "loop", "muted", "playsinline"}),
}
"""Attributes beside the global ones, `aria-*` and `data-*`, by element."""

URL_ATTRIBUTES = frozenset({"href", "src", "cite", "poster"})

_PLAIN_CODE = re.compile(r'<pre(?: id="[^"]*")?(?: class="[^"]*")?><code(?: class="[^"]*")?>[^<]*</code></pre>')
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z0-9]+);")
_DIRECTIVE = re.compile(r"<!--\s*i18n:.*?-->", re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_TAG = re.compile(r"<([A-Za-z][\w:-]*)")
_EVENT = re.compile(r"<[A-Za-z][^<>]*?[\s\"'/](on[a-z]+)\s*=", re.IGNORECASE)
_STYLE = re.compile(r"<[A-Za-z][^<>]*?[\s\"'/]style\s*=", re.IGNORECASE)


def safe_url(address: str) -> bool:
    """Whether an address, as it stands in an attribute, can be followed without running anything."""
    if ":" not in address and "&" not in address:
        return True
    seen = html.unescape(html.unescape(address)) if "&" in address else address
    match = _SCHEME.match(_INVISIBLE.sub("", seen))
    return match is None or match.group(1).lower() in SCHEMES


def allowed_attribute(tag: str, name: str) -> bool:
    """Whether the attribute may stand on an element of that name."""
    if name in GLOBAL_ATTRIBUTES or name in ATTRIBUTES.get(tag, ()):
        return True
    return name.startswith(("aria-", "data-")) and re.fullmatch(r"[a-z][a-z0-9-]*", name) is not None


def removals(raw: str) -> list[str]:
    """What sanitising will take out of a piece of HTML, in words for its author."""
    found = [
        f"<{name}>"
        for name in dict.fromkeys(tag.lower() for tag in _TAG.findall(raw))
        if name not in ELEMENTS and name != "x"
    ]
    found += [f"{name}=" for name in dict.fromkeys(name.lower() for name in _EVENT.findall(raw))]
    if _STYLE.search(raw):
        found.append("style=")
    return found


def needs_cleaning(stash: Iterable[str]) -> bool:
    """Whether anything in a stash of raw HTML is more than an entity, a directive or an ordinary code block."""
    return any(
        not (_ENTITY.fullmatch(piece) or _PLAIN_CODE.fullmatch(piece) or _DIRECTIVE.fullmatch(piece.strip()))
        for piece in stash
    )
