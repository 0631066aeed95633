"""The finished element tree made fit for a page: addresses, images, tables, footnotes, and no unsafe attributes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from sitegen.render.body_options import BACK_TO_TEXT, FOOTNOTES, TABLE, BodyOptions
from sitegen.translate.safe_html import URL_ATTRIBUTES, allowed_attribute, safe_url

_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_ALIGN_CLASS = {"left": "align-start", "center": "align-center", "right": "align-end"}
_AMPERSAND = "\x02amp\x03"
_BACK_LINK = "\u21a9\ufe0e"  # an arrow that stays text where emoji are drawn
_REFERENCE = re.compile(r"#fnref(?P<again>\d*):(?P<label>.*)", re.DOTALL)


class TreeFinisher:
    """Adjusts one finished tree in place. `expand` puts stashed pieces of HTML back into an attribute's value."""

    def __init__(self, options: BodyOptions, footnotes: tuple[str, ...], expand: Callable[[str], str]) -> None:
        self._options = options
        self._numbers = {label: str(number) for number, label in enumerate(footnotes, start=1)}
        self._expand = expand
        self._heading = ""
        self._tables: list[tuple[Element, Element, str]] = []

    def finish(self, root: Element) -> None:
        for parent in list(root.iter()):
            self._element(parent)
            for child in parent:
                if child.tag == "table":
                    self._tables.append((parent, child, ""))
        self._label_tables(root)
        for parent, table, label in self._tables:
            self._wrap_table(parent, table, label)

    def _element(self, element: Element) -> None:
        match element.tag:
            case "a":
                self._link(element)
            case "img":
                self._image(element)
            case "th" | "td":
                _cell(element)
            case "div" if element.get("class") == "footnote":
                self._footnotes(element)
            case "div" if (element.get("class") or "").startswith("admonition "):
                element.set("role", "note")
        if element.attrib:
            self._clean(element)

    def _clean(self, element: Element) -> None:
        for name, value in list(element.items()):
            if not allowed_attribute(element.tag, name):
                del element.attrib[name]
            elif name in URL_ATTRIBUTES and not safe_url(self._expand(value or "")):
                del element.attrib[name]
                if self._options.report:
                    self._options.report("url-unsafe", f"this address cannot be a link: {value}")

    def _link(self, link: Element) -> None:
        role = link.get("class", "")
        if role == "footnote-ref":
            link.set("role", "doc-noteref")
            return
        if role == "footnote-backref":
            self._back_link(link)
            return
        if href := self._address(link.get("href"), image=False):
            link.set("href", href)
        if link.get("target") and "noopener" not in link.get("rel", ""):
            link.set("rel", f"{link.get('rel', '')} noopener".strip())

    def _address(self, target: str | None, *, image: bool) -> str | None:
        """What the site makes of a target; None leaves it."""
        if not target or self._options.resolve is None or target.startswith(_AMPERSAND):
            return None
        return self._options.resolve(html.unescape(target), image)

    def _image(self, image: Element) -> None:
        source = image.get("src")
        if source and self._options.image_size and (size := self._options.image_size(html.unescape(source))):
            image.set("width", str(size[0]))
            image.set("height", str(size[1]))
        image.set("loading", image.get("loading") or "lazy")
        image.set("decoding", "async")
        if address := self._address(source, image=True):
            image.set("src", address)

    def _back_link(self, link: Element) -> None:
        match = _REFERENCE.fullmatch(link.get("href", ""))
        number = self._numbers.get(match["label"], "") if match else ""
        if match and match["again"]:
            number = f"{number}-{match['again']}"
        label = self._options.say(BACK_TO_TEXT).replace("%(number)s", number)
        link.text = _BACK_LINK
        link.attrib.pop("title", None)
        link.set("role", "doc-backlink")
        link.set("aria-label", label)

    def _footnotes(self, division: Element) -> None:
        division.tag = "section"
        division.set("class", "footnotes")
        division.set("role", "doc-endnotes")
        division.set("aria-label", self._options.say(FOOTNOTES))

    def _label_tables(self, root: Element) -> None:
        """Each table is named after its caption, or else after the heading above it."""
        if not self._tables:
            return
        headings: dict[Element, str] = {}
        current = ""
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                current = element.get("id", "")
            elif element.tag == "table":
                headings[element] = current
        self._tables = [(parent, table, headings.get(table, "")) for parent, table, _ in self._tables]

    def _wrap_table(self, parent: Element, table: Element, heading: str) -> None:
        """A wide table scrolls within its own region, which the keyboard can reach."""
        region = Element("div", {"class": "table", "role": "region", "tabindex": "0"})
        caption = table.find("caption")
        label = "".join(caption.itertext()).strip() if caption is not None else ""
        if not label and heading:
            region.set("aria-labelledby", heading)
        else:
            region.set("aria-label", label or self._options.say(TABLE))
        region.tail, table.tail = table.tail, "\n"
        region.text = "\n"
        parent[list(parent).index(table)] = region
        region.append(table)


def _cell(cell: Element) -> None:
    """Alignment as a class; a header cell without a header is no header."""
    if match := _ALIGN.search(cell.attrib.pop("style", "") or ""):
        classes = f"{cell.get('class', '')} {_ALIGN_CLASS[match.group(1)]}"
        cell.set("class", classes.strip())
    if cell.tag == "th":
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = "td"
        elif "scope" not in cell.attrib:
            cell.set("scope", "col")
