"""The directory of a large network: how much a reader loads, and how soon a typed letter is answered.

    python -m bench.directory

Builds a network of 3,000 groups, tells the sizes of the directory's page and of the file that its search reads, and
types into the directory in Chromium (SITEGEN_CHROMIUM, or the one that is found), as it is and four times slower, as
on a phone. A figure is the time from the event of the key to the frame in which its results are painted.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.server
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench.network import write_network

WORDS = ("linnajarvi", "krusevac", "wolka", "gornja 12", "zzz")
LIMIT_KB = 300
LIMIT_MS = 50
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# The second animation frame begins once the first one is painted.
WATCH = """() => {
  window.answers = [];
  document.querySelector('[name=q]').addEventListener('input', (event) => {
    const typed = event.timeStamp;
    requestAnimationFrame(() => requestAnimationFrame(() => window.answers.push(performance.now() - typed)));
  }, true);
}"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.directory", description=__doc__.partition("\n")[0])
    parser.add_argument("--groups", type=int, default=3000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each word is typed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sitegen-directory-") as folder:
        output = build(Path(folder), options.groups)
        fits = tell_sizes(output / "en/lags")
        with served(output) as address:
            soon = tell_answers(address + "en/lags/", options.rounds)
    return 0 if fits and soon else 1


def build(folder: Path, groups: int) -> Path:
    write_network(folder / "site", groups=groups, projects=0, languages=1)
    command = (sys.executable, "-m", "sitegen", "build", "--quiet", "--site", "site", "--output", "out")
    subprocess.run(command, cwd=folder, check=True)
    return folder / "out"


def tell_sizes(folder: Path) -> bool:
    total = 0
    for name in ("index.html", "directory.json"):
        content = (folder / name).read_bytes()
        packed = len(gzip.compress(content, 9))
        total += packed
        print(f"{name:15} {len(content) / 1000:7.1f} kB, {packed / 1000:6.1f} kB compressed")
    drawing = re.search(rb"<svg class=\"map__drawing\".*?</svg>", (folder / "index.html").read_bytes(), re.DOTALL)
    assert drawing is not None
    packed = len(gzip.compress(drawing[0], 9))
    print(f"{'its map':15} {len(drawing[0]) / 1000:7.1f} kB, {packed / 1000:6.1f} kB compressed")
    print(f"{'both files':15} {'':10} {total / 1000:6.1f} kB compressed (at most {LIMIT_KB})")
    return total < LIMIT_KB * 1000


def tell_answers(address: str, rounds: int) -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        figures = {slower: _answers(browser, address, slower, rounds) for slower in (1, 4)}
        browser.close()
    for slower, found in figures.items():
        name = "as it is" if slower == 1 else f"{slower} times slower"
        middle, worst = statistics.median(found), max(found)
        print(f"{name:15} {len(found)} letters: median {middle:.0f} ms, worst {worst:.0f} ms")
    return statistics.median(figures[1]) < LIMIT_MS


def _answers(browser: Any, address: str, slower: int, rounds: int) -> list[float]:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address, wait_until="networkidle")
    page.evaluate(WATCH)
    for _ in range(rounds):
        for word in WORDS:
            page.get_by_role("searchbox").press_sequentially(word, delay=150)
            page.wait_for_timeout(400)
            page.get_by_role("searchbox").press("Control+A")
    found: list[float] = page.evaluate("window.answers")
    page.close()
    return found


def _browser() -> str | None:
    given = os.environ.get("SITEGEN_CHROMIUM")
    return given or next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main())
