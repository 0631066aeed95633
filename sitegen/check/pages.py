"""A built site as facts: every page parsed once into what the checks ask about."""

from __future__ import annotations

import os
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from sitegen.problems import Position

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
# Elements whose text is no content of the page.
_SILENT = frozenset(("script", "style", "template", "title"))
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Element:
    """One start tag with what is inside. `text` is the text of the element and of all below it."""

    tag: str
    attributes: Mapping[str, str]
    repeated: tuple[str, ...]
    position: Position
    parent: Element | None
    text: str = ""
    names: list[str] = field(default_factory=list)  # alternative texts and labels inside

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def ancestors(self) -> Iterator[Element]:
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    @property
    def hidden(self) -> bool:
        """Not offered to assistive technology: `hidden` or `aria-hidden`, here or above."""
        return any(
            "hidden" in element.attributes or element.get("aria-hidden") == "true"
            for element in (self, *self.ancestors())
        )


@dataclass(slots=True)
class Page:
    """One HTML file. `path` is relative to the output, with POSIX slashes. `elements` are in document order."""

    path: str
    position: Position
    elements: list[Element]

    @property
    def ids(self) -> frozenset[str]:
        """Everything that a fragment may point to."""
        named = (element.get("name") for element in self.elements if element.tag == "a")
        return frozenset(filter(None, (*(element.get("id") for element in self.elements), *named)))

    def all(self, *tags: str) -> Iterator[Element]:
        return (element for element in self.elements if element.tag in tags)

    @property
    def redirects(self) -> bool:
        """A page that only sends its reader on (an alias)."""
        return any((element.get("http-equiv") or "").lower() == "refresh" for element in self.all("meta"))


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A finished output. `files` holds every path; `base_path` begins and ends with a slash; `url` may be ''."""

    output: Path
    base_path: str
    url: str
    files: frozenset[str]
    pages: Mapping[str, Page]

    def position(self, path: str) -> Position:
        return Position(f"{self.output.name}/{path}")

    def read(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8", errors="replace")

    def with_suffix(self, suffix: str) -> list[str]:
        return sorted(path for path in self.files if path.endswith(suffix))


def read_site(output: Path, base_path: str = "/", url: str = "") -> BuiltSite:
    """Everything in a finished output folder; files whose names begin with a dot are sitegen's own business."""
    files = frozenset(_walk(output))
    pages = {
        path: parse_page((output / path).read_text(encoding="utf-8", errors="replace"), path, f"{output.name}/{path}")
        for path in sorted(files)
        if path.endswith(".html")
    }
    return BuiltSite(output, base_path, url, files, pages)


def parse_page(text: str, path: str, file: str | None = None) -> Page:
    """The facts of one page; `file` is what problems call it."""
    parser = _Parser(file or path)
    parser.feed(text)
    parser.close()
    return Page(path, Position(file or path), parser.elements)


def addresses(element: Element) -> Iterator[tuple[str, str]]:
    """(attribute, address) of all that an element refers to; every candidate of a `srcset` is one."""
    for name in ("href", "src", "poster", "data", "action", "formaction", "xlink:href"):
        value = element.get(name)
        if value is not None and not (name == "data" and element.tag != "object"):
            yield name, value.strip()
    for name in ("srcset", "imagesrcset"):
        for candidate in (element.get(name) or "").split(","):
            if candidate.strip():
                yield name, candidate.split()[0]


def inside(site: BuiltSite, page_path: str, address: str) -> str | None:
    """The path of an address within the output (`en/about/`, no query or fragment); None when it lies outside.

    An empty path is the site's root. Addresses of other hosts and schemes are outside.
    """
    own = urllib.parse.urlsplit(site.url) if site.url else None
    parts = urllib.parse.urlsplit(address)
    if parts.scheme or parts.netloc:
        if not own or parts.netloc != own.netloc or parts.scheme not in ("", own.scheme):
            return None
        prefix = own.path or "/"
        path = parts.path or "/"
    else:
        prefix = site.base_path
        path = urllib.parse.urljoin(prefix + urllib.parse.quote(page_path), parts.path or "")
    if not (path + "/").startswith(prefix):
        return None
    return unicodedata.normalize("NFC", urllib.parse.unquote(path[len(prefix) :]))


def is_own(site: BuiltSite, address: str) -> bool:
    """Whether an address stays on the site's own host, however it is written."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme and parts.scheme not in ("http", "https"):
        return False
    return not parts.netloc or (bool(site.url) and parts.netloc == urllib.parse.urlsplit(site.url).netloc)


def _walk(output: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(output):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name).relative_to(output).as_posix()


class _Parser(HTMLParser):
    """Collects elements. Lenient about missing end tags, as browsers are."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        attributes: dict[str, str] = {}
        repeated = []
        for name, value in attrs:
            if name in attributes:
                repeated.append(name)
            else:
                attributes[name] = value or ""
        element = Element(
            tag,
            attributes,
            tuple(repeated),
            Position(self.file, line, column + 1),
            self._open[-1] if self._open else None,
        )
        self.elements.append(element)
        name = attributes.get("alt") or attributes.get("aria-label") or attributes.get("title") or ""
        if name.strip():
            for above in (*self._open, element):
                above.names.append(name)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag in _SILENT:
            self._open[-1].text += data
            if self._open[-1].tag == "title" and data.strip():  # of a drawing: its alternative text
                for element in self._open:
                    element.names.append(data)
            return
        folded = _SPACE.sub(" ", data)
        if folded != " ":
            for element in self._open:
                element.text += folded
