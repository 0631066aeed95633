"""`python -m bench.preview`: how long it takes from saving a file to the browser's reload in `sitegen serve`.

A made-up browser asks for a page and listens to livereload's socket; the clock runs from the end of the write to the
message, and to the page with the edit in it. Both forms of the workload, for an edit of a page, of a message and of a
template.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.peers import REPOSITORY
from bench.sources import write_sources

GROUP = "group-0007"
PAUSE = 12.0
"""Seconds between edits: the build behind the last one is done by then."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.preview", description=__doc__)
    parser.add_argument("--size", type=int, default=2000, metavar="N", help="number of groups")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pause", type=float, default=PAUSE, metavar="SECONDS")
    options = parser.parse_args()
    memory = Path("/dev/shm")
    for form in ("sitegen files", "sitegen PO"):
        with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=memory if memory.is_dir() else None) as folder:
            site = Path(folder, "site")
            write_sources(form, site, options.size)
            with _served(site) as address:
                asyncio.run(_measure(form, site, address, options.rounds, options.pause))
    return 0


@contextmanager
def _served(site: Path) -> Iterator[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "sitegen", "serve", "--site", str(site), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                break
        else:
            raise RuntimeError("the preview did not start")
        try:
            yield found[0]
        finally:
            run.terminate()


def _edits(form: str, site: Path) -> dict[str, tuple[str, Callable[[str], None]]]:
    """Name → the page that is looked at, and the edit that puts a word into it."""
    english = site / f"content/lags/{GROUP}.md"
    template = site / "themes/bench/templates/base.html"

    def edit_page(mark: str) -> None:
        english.write_text(f"{english.read_text(encoding='utf-8').rstrip()} {mark}\n", encoding="utf-8")

    def edit_template(mark: str) -> None:
        template.write_text(template.read_text(encoding="utf-8").replace("</main>", f"<!-- {mark} --></main>"), "utf-8")

    edits = {"page": (f"en/groups/{GROUP}/", edit_page), "template": (f"en/groups/{GROUP}/", edit_template)}
    if form == "sitegen PO":
        catalogue = site / "i18n/fi/LC_MESSAGES/content.po"

        def edit_message(mark: str) -> None:
            # a paragraph of the next group, which no other edit touches
            source = (site / "content/lags/group-0008.md").read_text(encoding="utf-8")
            words = source.rstrip("\n").rsplit("\n\n", 1)[1].replace("\n", " ")
            text = catalogue.read_text(encoding="utf-8")
            pattern = re.compile(f'(msgid "{re.escape(words)}"\nmsgstr ".*)"\n')
            catalogue.write_text(pattern.sub(lambda match: f'{match[1]} {mark}"\n', text), encoding="utf-8")

        edits["message"] = ("fi/groups/group-0008/", edit_message)
    return edits


async def _measure(form: str, site: Path, address: str, rounds: int, pause: float) -> None:
    client = AsyncHTTPClient()
    for name, (page, edit) in _edits(form, site).items():
        told, shown = [], []
        for number in range(rounds):
            await client.fetch(address + page)
            socket = await websocket_connect(address.replace("http", "ws") + "livereload")
            hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
            await socket.write_message(json.dumps(hello))
            await socket.read_message()
            await socket.write_message(json.dumps({"command": "info", "url": address + page}))
            mark = f"mark{name}{number}"
            edit(mark)
            started = time.perf_counter()
            await _reload(socket)
            told.append(time.perf_counter() - started)
            body = (await client.fetch(address + page)).body.decode()
            shown.append(time.perf_counter() - started)
            if mark not in body:
                print(f"{form}, {name}: the page does not show the edit", file=sys.stderr)
            socket.close()
            await asyncio.sleep(pause)
        print(f"{form}, {name}: reload after {_told(told)}, page after {_told(shown)} (median, worst)", flush=True)


async def _reload(socket: WebSocketClientConnection) -> None:
    while (message := await asyncio.wait_for(socket.read_message(), 60)) is not None:
        if json.loads(message).get("command") == "reload":
            return


def _told(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} s, {max(seconds):.3f} s"


if __name__ == "__main__":
    sys.exit(main())
