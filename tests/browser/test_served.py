"""Served by two servers, at a root and in a sub-folder: every link and asset of every page resolves."""

import concurrent.futures
import http.client
import urllib.parse
from collections import defaultdict

import pytest

import harness

BASE = "https://network.example/"


def addresses_of(page: str, text: str, at: str) -> dict[str, set[str]]:
    """Absolute address without fragment → fragments asked of it, for everything in the page on its own host."""
    root = harness.parse_html(text)
    found: dict[str, set[str]] = defaultdict(set)
    values = root.xpath("//@href | //@src | //@poster | //form/@action")
    for candidates in root.xpath("//@srcset"):
        values += [candidate.split()[0] for candidate in candidates.split(",")]
    for value in values:
        # What names the site's own public address must lead somewhere here, too.
        address = urllib.parse.urljoin(at + page, value)
        if address.startswith(BASE):
            address = at + address[len(BASE) :]
        plain, fragment = urllib.parse.urldefrag(address)
        if plain.startswith(at):
            found[plain].add(fragment)
    return found


class Fetcher:
    """Asks one server over a few kept connections."""

    def __init__(self, address: str) -> None:
        self.host = urllib.parse.urlsplit(address).netloc

    def statuses(self, addresses: list[str]) -> dict[str, int]:
        share = [addresses[start::4] for start in range(4)]
        found: dict[str, int] = {}
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for part in pool.map(self._ask, share):
                found.update(part)
        return found

    def _ask(self, addresses: list[str]) -> dict[str, int]:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        found = {}
        for address in addresses:
            connection.request("HEAD", urllib.parse.urlsplit(address).path)
            answer = connection.getresponse()
            answer.read()
            found[address] = answer.status
        connection.close()
        return found


@pytest.mark.parametrize("prefix", ["/", "/sub/folder/"])
def test_every_address_resolves(flagship, flagship_pages, server, prefix):
    ids: dict[str, set[str]] = {}
    asked: dict[str, set[str]] = defaultdict(set)
    with server(flagship, prefix) as at:
        for page in flagship_pages:
            if page.endswith("404.html") and prefix != "/":
                continue  # made for the address in site.yaml; the next test builds it for another one
            file = flagship / page / "index.html" if not page.endswith(".html") else flagship / page
            text = file.read_text(encoding="utf-8")
            ids[at + page] = set(harness.parse_html(text).xpath("//@id"))
            for address, fragments in addresses_of(page, text, at).items():
                asked[address] |= fragments
        assert len(asked) > 100
        statuses = Fetcher(at).statuses(sorted(asked))
    assert {address: status for address, status in statuses.items() if status != 200} == {}
    missing = [
        f"{address}#{fragment}"
        for address, fragments in asked.items()
        for fragment in fragments - {""}
        if address in ids and urllib.parse.unquote(fragment) not in ids[address]
    ]
    assert missing == []


def test_not_found_pages_in_a_sub_folder(tmp_path, visit):
    """Built for its folder, a 404 page finds its style sheet and the way home from any depth."""
    from sitegen.build import BuildOptions, build_site

    root = harness.copy_flagship(tmp_path / "site")
    result = build_site(root, BuildOptions(date=harness.TODAY, base_url="https://network.example/sub/folder/"))
    assert result.published, str(result.problems)
    with harness.serve_plainly(root / "public", "/sub/folder/") as at:
        seen = visit(at)
        page = seen.go("fi/404.html")
        assert seen.errors == []
        with page.expect_navigation():
            page.locator("main a").first.click()
        assert page.url == at + "fi/"
        assert seen.errors == []
