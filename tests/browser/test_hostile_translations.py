"""Hostile catalogues of a whole site, looked at in Chromium without the protection of a content security policy.

Every payload stands in every kind of text that translators can reach: titles, summaries, alternative texts, prose,
link texts and link targets, tags, menus, feeds, structured data. Nothing may run, and no page may hold an element, an
attribute or an address that it would not hold without translations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import harness
from sitegen.problems import Problems
from sitegen.read.po import FORBIDDEN_CHARACTERS, format_po, parse_po
from sitegen.translation import update
from test_segmenter_safety import PAYLOADS

pytestmark = pytest.mark.browser

MORE = [
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"}</script><img src=x onerror=alert(1)>',
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "]]><script>alert(1)</script>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    'x" src="https://evil.example/x.png',
    "{{ config }}{% raw %}",
    "%(evil)s %s %d %",
    "and words that mean no harm",
]
EVERY = list(dict.fromkeys([*PAYLOADS, *MORE]))
ALL = [payload for payload in EVERY if not FORBIDDEN_CHARACTERS.search(payload)]
PATH = "i18n/fi/LC_MESSAGES/content.po"
SITE = """\
title: Test network
description: A network for tests
url: https://network.example/
languages:
  - tag: en
    name: English
  - tag: fi
    name: Suomi
    threshold: 0
menus:
  main:
    - title: The first menu item
      entry: pages/index
    - title: The news
      collection: news
  footer:
    - title: Elsewhere
      url: https://elsewhere.example/
notice: A notice in the footer
contact:
  name: Network
  address: Street 1
"""
ENTRY = """\
---
title: News number {n}
summary: Summary number {n} with words
date: 2027-01-{day:02d}
image: map.png
image_alt: Alternative text number {n}
tags: [Topic number {topic}]
---
## Heading number {n}

Paragraph {n} with a [link](../pages/index.md "Link title {n}"), *emphasis*, `code` and <b>raw</b> HTML.

![Picture {n}](../media/map.png "Picture title {n}")

- Item {n}

| Cell {n} | B {n} |
|---|---|
| one {n} | two {n} |

Term {n}
:   Definition {n}

<div class="box" title="Box {n}">Prose {n} <i>here</i></div>

!!! note "Note title {n}"
    Within the note {n}.

Words about an ABBR{n} and a note[^1].

*[ABBR{n}]: Abbreviation number {n}
[^1]: Footnote {n}.
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)

_TARGET = re.compile(r"\]\([^)\s]*")
_ALT = re.compile(r"!\[[^\]]*\]")
_TITLE = re.compile(r'(\(\S+ ")[^"]*(")')
_ATTRIBUTE = re.compile(r'(title=")[^"]*(")')


def within(msgid: str, payload: str) -> str:
    """The payload where the source has a link's target, an alternative text, a title: else in the midst of it."""
    text = _ALT.sub(lambda _: f"![{payload}]", msgid)
    text = _TITLE.sub(lambda match: f"{match[1]}{payload}{match[2]}", text)
    text = _ATTRIBUTE.sub(lambda match: f"{match[1]}{payload}{match[2]}", text)
    if text == msgid:
        text = _TARGET.sub(lambda _: f"]({payload}", msgid)
    return text if text != msgid else f"{msgid[:3]}{payload}{msgid[3:]}"


WAYS: dict[str, Callable[[str, str], str]] = {
    "alone": lambda _msgid, payload: payload,
    "after": lambda msgid, payload: f"{msgid} {payload}",
    "within": within,
    "target": lambda msgid, payload: _TARGET.sub(lambda _: f"]({payload}", msgid) + " x",
}


class Facts(HTMLParser):
    """What a page is made of: elements, attributes, and where its addresses lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.leads: set[tuple[str, str]] = set()
        self.scripts = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name in ("href", "src", "action", "srcset", "poster", "cite", "data", "formaction"):
                parts = urlsplit((value or "").strip())
                self.leads.add((parts.scheme, parts.netloc))


@dataclass
class Attacked:
    """The site clean, and under attack in each way."""

    clean: harness.Result
    hostile: dict[str, harness.Result]


def number_of(text: str) -> int | None:
    """The number of the payload that belongs to a message; texts of the site as a whole have none."""
    found = re.search(r"\b(?:ABBR)?(\d+)\b", text)
    return int(found[1]) if found else None


def attack(root: Path, way: Callable[[str, str], str], shift: int) -> None:
    """Fill the Finnish catalogue with payloads."""
    assert update(root, Problems()) is not None
    po = parse_po((root / PATH).read_text(encoding="utf-8"), PATH, Problems())
    entries, general = [], shift
    for entry in po.entries:
        if entry.is_header:
            entries.append(entry)
            continue
        number = number_of(entry.msgid)
        if number is None or number >= len(ALL):
            general += 7
            number = general % len(ALL)
        entries.append(replace(entry, strings=(way(entry.msgid, ALL[number]),)))
    (root / PATH).write_text(format_po(replace(po, entries=tuple(entries))), encoding="utf-8")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    files: dict[str, str | bytes] = {"site.yaml": SITE, "content/media/map.png": PNG}
    files["content/pages/index.md"] = "---\ntitle: Home\nsummary: The home page\n---\nWelcome to [news](ref:news/n1).\n"
    for number in range(len(ALL)):
        files[f"content/news/n{number}.md"] = ENTRY.format(n=number, day=number % 28 + 1, topic=number // 8)

    def built(name: str, way: Callable[[str, str], str] | None, shift: int) -> harness.Result:
        place = harness.SiteUnderTest(tmp_path_factory.mktemp("hostile") / name, files)
        if way is None:
            assert update(place.root, Problems()) is not None
        else:
            attack(place.root, way, shift)
        result = place.build()
        assert result.ok, result.problems[:5]
        return result

    hostile = {name: built(name, way, shift) for shift, (name, way) in enumerate(WAYS.items())}
    return Attacked(built("clean", None, 0), hostile)


def test_control_characters_do_not_pass_the_reader(site):
    assert len(EVERY) > len(ALL)
    for payload in set(EVERY) - set(ALL):
        place = site(files={"content/pages/a.md": "---\ntitle: A\n---\nSome text.\n"})
        attack(place.root, lambda _msgid, _other, text=payload: text, 0)
        result = place.build()
        assert not result.ok
        assert "po-character" in result.codes


def pages(result: harness.Result) -> list[str]:
    return [path for path in result.files if path.startswith("fi/") and path.endswith(".html")]


def test_there_are_payloads_enough_and_they_arrive(attacked):
    assert len(ALL) >= 60
    refused = [code for code in attacked.hostile["after"].codes if code.startswith("translation-")]
    assert len(refused) > 500, "most are refused, with file and line"
    assert all(PATH in problem for problem in attacked.hostile["after"].problems if "translation-" in problem)
    shown = attacked.hostile["after"].reads(f"fi/news/n{len(ALL) - 1}/index.html", "//body")
    assert shown.count("and words that mean no harm") > 10, "what is harmless is shown"


@pytest.mark.parametrize("way", WAYS)
def test_no_page_has_anything_new(attacked, way):
    clean, hostile = attacked.clean, attacked.hostile[way]
    assert pages(hostile) == pages(clean)
    for path in pages(hostile):
        before, after = Facts(clean.text(path)), Facts(hostile.text(path))
        assert after.elements <= before.elements, path
        assert after.attributes <= before.attributes | {("span", "lang"), ("span", "dir")}, path
        assert after.leads <= before.leads, path
        assert after.scripts == before.scripts, path


@pytest.mark.parametrize("way", WAYS)
def test_feeds_and_sitemaps_have_nothing_new(attacked, way):
    clean, hostile = attacked.clean, attacked.hostile[way]
    names = [path for path in clean.files if path.endswith(".xml")]
    assert any(path.endswith("fi/feed.xml") for path in names)
    for path in names:
        known, found = (
            {(element.tag, *sorted(element.attrib)) for element in tree.xml(path).iter()} for tree in (clean, hostile)
        )
        assert found <= known, path
        assert b"<!ENTITY" not in hostile.bytes(path)


def keys(value: Any) -> Any:
    """The names in structured data, nested as they are."""
    if isinstance(value, dict):
        return {key: keys(inner) for key, inner in value.items()}
    return [keys(inner) for inner in value] if isinstance(value, list) else None


@pytest.mark.parametrize("way", WAYS)
def test_structured_data_keeps_its_shape(attacked, way):
    clean, hostile = attacked.clean, attacked.hostile[way]
    seen = 0
    for path in pages(hostile):
        query = "//script[@type='application/ld+json']/text()"
        before = [json.loads(text) for text in clean.html(path).xpath(query)]
        after = [json.loads(text) for text in hostile.html(path).xpath(query)]
        assert keys(after) == keys(before), path
        seen += len(after)
    assert seen > len(ALL)


class Watch:
    """A page that notes everything that should not happen."""

    def __init__(self, page: Any, host: str) -> None:
        self.page = page
        self.happened: list[str] = []
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.happened.append(f"script: {error}"))
        page.on("popup", lambda other: self.happened.append(f"popup: {other.url}"))
        page.on("request", lambda request: self._request(request, host))

    def _dialog(self, dialog: Any) -> None:
        self.happened.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any, host: str) -> None:
        parts = urlsplit(request.url)
        if parts.netloc != host:
            self.happened.append(f"request: {request.url}")


# Events that a reader would cause: everything is pointed at and focused, without following links.
TOUCH = """() => {
  const bad = [];
  for (const element of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "pointerover", "focus", "toggle", "load", "error"]) {
      element.dispatchEvent(new Event(kind));
    }
    for (const attribute of element.attributes) {
      const value = attribute.value.replace(/[\\u0000-\\u0020]/g, "");
      if (/^on/i.test(attribute.name) || /^(javascript|vbscript|data):/i.test(value) || attribute.name === "style") {
        bad.push(`${element.tagName} ${attribute.name}=${attribute.value}`);
      }
    }
  }
  return bad;
}"""


@pytest.fixture
def watching(browser: Any) -> Iterator[Callable[[str], Watch]]:
    contexts = []

    def start(address: str) -> Watch:
        context = browser.new_context(bypass_csp=True)
        contexts.append(context)
        return Watch(context.new_page(), urlsplit(address).netloc)

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("way", WAYS)
def test_nothing_runs(attacked, watching, way):
    """Two ways on all pages; the others, whose pages the tests above compare too, on every fourth entry."""
    hostile = attacked.hostile[way]
    number = 1 if way in ("alone", "within") else 4
    with harness.serve_plainly(hostile.output) as address:
        watch = watching(address)
        for path in pages(hostile)[::number]:
            watch.page.goto(address + path, wait_until="load")
            assert watch.page.evaluate(TOUCH) == [], path
            assert watch.page.url == address + path
            assert watch.happened == [], path


def test_the_watch_would_notice(watching, tmp_path):
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><img src=x onerror=alert(1)><b onmouseover=alert(2)>x</b>"
        "<a href=' javascript:alert(3)'>x</a><img src=https://evil.example/x.png>"
    )
    with harness.serve_plainly(tmp_path) as address:
        watch = watching(address)
        watch.page.route("https://evil.example/*", lambda route: route.abort())
        watch.page.goto(address, wait_until="load")
        assert len(watch.page.evaluate(TOUCH)) == 3
        assert {entry.split(":")[0] for entry in watch.happened} == {"dialog", "request"}
        assert "dialog: 2" in watch.happened
