"""The flagship site as readers meet it: in Chromium, from servers, at a root and in a sub-folder."""

from __future__ import annotations

import contextlib
import re
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import harness

LANGUAGES = ("en", "sr", "sr-latn", "pl", "fi")
WIDTHS = {"phone": 360, "tablet": 768, "desk": 1280}


@pytest.fixture(scope="session")
def flagship_pages(flagship: Path) -> list[str]:
    """Addresses of all pages, relative to the site's root, as readers see them."""
    found = [path.relative_to(flagship).as_posix() for path in sorted(flagship.rglob("*.html"))]
    return [re.sub(r"(^|/)index\.html$", r"\1", path) for path in found]


@pytest.fixture(scope="session")
def main_pages(flagship_pages: list[str]) -> dict[str, list[str]]:
    """One page of each kind, in each language: language path → addresses."""
    kinds = (
        "",
        "404.html",
        "about/",
        "leader/",
        "lags/",
        "lags/viisari/",
        "networks/leader-plus/",
        "news/",
        "projects/",
    )
    kinds += ("projects/krusevac/", "publications/", "tags/", "faq/", "accessibility/", "contact/")
    wanted: dict[str, list[str]] = {}
    for language in LANGUAGES:
        of_language = [page for page in flagship_pages if page.startswith(f"{language}/")]
        chosen = [f"{language}/{kind}" for kind in kinds if f"{language}/{kind}" in of_language]
        # Where slugs are translated, any page of the language will do as long as there are enough of them.
        wanted[language] = chosen if len(chosen) >= 6 else of_language[:12]
    return wanted


class Visit:
    """A page of Chromium that remembers what went wrong: errors, refused code, requests to other hosts."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.strangers: list[str] = []
        host = urllib.parse.urlsplit(address).netloc
        page.on("console", lambda message: message.type in ("error", "warning") and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", lambda answer: answer.status >= 400 and self.errors.append(f"{answer.status} {answer.url}"))

        def seen(request: Any) -> None:
            parts = urllib.parse.urlsplit(request.url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
                self.strangers.append(request.url)

        page.on("request", seen)

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before a font had come
            self.errors.append(f"{request.failure}: {request.url}")

    def go(self, path: str) -> Any:
        self.page.goto(self.address + path, wait_until="load")
        return self.page


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """`visit(address, width=360, dark=True)`: a page in a context of its own."""
    with contextlib.ExitStack() as stack:

        def start(address: str, width: int = 1280, *, dark: bool = False, **options: Any) -> Visit:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                **options,
            )
            stack.callback(context.close)
            return Visit(context.new_page(), address)

        yield start


SERVERS = {"plain": harness.serve_plainly, "nginx": harness.serve_with_nginx}


@pytest.fixture(params=["plain", pytest.param("nginx", marks=pytest.mark.tools)])
def server(request: Any, tool: Callable[[str], str]) -> Any:
    """A way to serve a folder: Python's http.server, or nginx."""
    if request.param == "nginx":
        tool("nginx")
    return SERVERS[request.param]
