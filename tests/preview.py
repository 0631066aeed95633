"""The preview server in a thread of a test: served like `sitegen serve`, stopped with the test."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import harness


@dataclass
class Preview:
    """A running preview; `problems` grow with every build."""

    port: int
    problems: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """One request with exactly these headers: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def token(self, page: str) -> str:
        found = re.search(rb'data-token="([\w-]+)"', self.ask("GET", page)[2])
        assert found is not None, "the page has no token"
        return found[1].decode()

    def api(self, action: str, request: Any, token: str, **headers: str) -> tuple[int, Any]:
        """One call of the editor's API as its own page makes it."""
        known = {"Origin": self.address.rstrip("/"), "X-Sitegen-Token": token, "Content-Type": "application/json"}
        sent = {**known, **{name.replace("_", "-"): value for name, value in headers.items()}}
        status, _, body = self.ask("POST", f"/.sitegen/api/{action}", json.dumps(request), sent)
        return status, json.loads(body)


@contextlib.contextmanager
def serving(root: Path, date: dt.date = harness.TODAY) -> Iterator[Preview]:
    """The site in `root` as `sitegen serve` shows it, on a free port."""
    from sitegen.build import BuildOptions
    from sitegen.serve import serve

    started = threading.Event()
    found: dict[str, Any] = {}
    problems: list[str] = []

    def ready(port: int, stop: Any) -> None:
        found.update(port=port, stop=stop)
        started.set()

    def run() -> None:
        options = BuildOptions(date=date, workers=1)
        report = lambda result: problems.extend(map(str, result.problems))  # noqa: E731
        try:
            serve(root, options, port=0, open_browser=False, report=report, say=lambda _text: None, ready=ready)
        finally:
            started.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait(60)
    assert "port" in found, f"the preview did not start: {problems}"
    try:
        yield Preview(found["port"], problems)
    finally:
        found["stop"]()
        thread.join(20)
