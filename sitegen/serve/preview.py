"""The preview server on 127.0.0.1: serves the latest good build, or the problems of the latest bad one."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.build import BuildOptions, BuildResult, build_site
from sitegen.serve.editing import Editor
from sitegen.serve.guard import MAX_REQUEST, new_token
from sitegen.serve.watch import Watcher

if TYPE_CHECKING:
    import tornado.web

HOST = "127.0.0.1"
PREVIEW_FOLDER = ".sitegen/preview"
MOST_VIEWED = 4
"""So many pages, the latest that were asked for, are shown before a build is done."""
SETTLE_SECONDS = 0.4
"""So long a build waits where pages could be shown without it: browsers load them, and editors go on writing."""


@dataclass(slots=True)
class State:
    """The latest result, shared between the builder's thread and the server. `token`: the editor's, of this run.

    `viewed`: output files of the pages that were asked for, the latest last. `early`: such pages as they will be once
    the build that goes on is done.
    """

    root: Path
    output: Path
    result: BuildResult
    editor: Editor
    viewed: list[str] = field(default_factory=list)
    early: dict[str, bytes] = field(default_factory=dict)
    token: str = field(default_factory=new_token)
    port: int = 0

    @property
    def broken(self) -> bool:
        return not self.result.published

    def note_view(self, path: str) -> None:
        """Somebody looks at this page."""
        self.viewed = [*[other for other in self.viewed if other != path], path][-MOST_VIEWED:]

    def served(self, path: str) -> bytes | None:
        """What readers of a page get now; None when there is no such file."""
        try:
            return self.early.get(path) or (self.output / path).read_bytes()
        except OSError:
            return None


class Builder:
    """Builds one after the other in a thread; changes that come meanwhile are taken together afterwards."""

    def __init__(
        self,
        state: State,
        options: BuildOptions,
        report: Callable[[BuildResult], None],
        done: Callable[[list[str]], None],
    ) -> None:
        self._state = state
        self._options = options
        self._report = report
        self._done = done
        self._wake = threading.Condition()
        self._changed: list[str] = []
        self._wait = 0.0
        self._looking = threading.Lock()  # one look or one new site at a time
        threading.Thread(target=self._run, name="sitegen-build", daemon=True).start()

    def changed(self, paths: list[str]) -> None:
        """Files changed: show at once what can be shown, and build. Called from the watcher's thread."""
        with self._looking:
            shown = self._glance(paths)
        with self._wake:
            self._changed += paths
            self._wait = SETTLE_SECONDS if shown else 0.0
            self._wake.notify()

    def _run(self) -> None:
        while True:
            self._build(self._take())

    def _take(self) -> list[str]:
        """What changed, once it has been quiet for long enough."""
        with self._wake:
            self._wake.wait_for(lambda: self._changed)
            known = 0
            while len(self._changed) > known:  # somebody goes on writing
                known = len(self._changed)
                self._wake.wait_for(lambda: len(self._changed) > known, self._wait)  # noqa: B023 - called at once
            paths, self._changed = self._changed, []
        return paths

    def _glance(self, paths: list[str]) -> bool:
        """Show what is being looked at as the change makes it. Whether that was possible."""
        glance = self._state.result.glance
        if glance is None or self._state.broken:
            return False
        try:
            pages = glance.look(paths, reversed(self._state.viewed))
        except Exception:  # noqa: BLE001 - whatever it is, the build that follows will tell it properly
            return False
        before = {path: self._state.served(path) for path in pages}
        self._state.early |= pages
        if any(before[path] != content for path, content in pages.items()):
            self._done(paths)
        return bool(pages)

    def _build(self, paths: list[str]) -> None:
        """Build; then pages that were shown early need to be loaded again only if they came out otherwise."""
        result = build_site(self._state.root, self._options)
        with self._looking, self._wake:
            early = self._state.early
            self._state.result, self._state.early = result, {}
            as_shown = bool(early) and result.published and set(self._state.viewed) <= set(early)
            as_shown = as_shown and all(self._state.served(path) == content for path, content in early.items())
            if self._changed:  # meanwhile; the new site may not know it yet
                self._glance(self._changed)
        self._report(result)
        if not as_shown:
            self._done(paths)


def serve(
    root: Path,
    options: BuildOptions,
    *,
    port: int,
    open_browser: bool,
    report: Callable[[BuildResult], None],
    say: Callable[[str], None],
    ready: Callable[[int, Callable[[], None]], None] | None = None,
) -> int:
    """Serve until interrupted. Port 0 takes a free one; `ready(port, stop)` is called once the site can be visited."""
    output = options.output or root / PREVIEW_FOLDER
    options = replace(options, output=output, base_url=options.base_url or "/", preview=True)
    result = build_site(root, options)
    report(result)
    state = State(root, output, result, Editor(root))
    return asyncio.run(_serve(state, options, port, open_browser, report, say, ready))


async def _serve(
    state: State,
    options: BuildOptions,
    port: int,
    open_browser: bool,
    report: Callable[[BuildResult], None],
    say: Callable[[str], None],
    ready: Callable[[int, Callable[[], None]], None] | None,
) -> int:
    from sitegen.serve.handlers import build_application, reload_browsers

    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()

    def done(_paths: list[str]) -> None:
        with contextlib.suppress(RuntimeError):  # the server has been stopped meanwhile
            loop.call_soon_threadsafe(reload_browsers)

    builder = Builder(state, options, report, done)
    watcher = Watcher(_watched(state.root), builder.changed)
    server = _listen(build_application(state), port, say)
    if server is None:
        return 1
    actual = next(iter(server._sockets.values())).getsockname()[1]  # noqa: SLF001 - tornado has no public way
    state.port = actual
    watcher.start()
    address = f"http://{HOST}:{actual}/"
    say(f"Serving {address} (stop with Ctrl+C)")
    if open_browser:
        import webbrowser

        loop.run_in_executor(None, webbrowser.open, address)
    if ready is not None:

        def stop() -> None:
            loop.call_soon_threadsafe(stopped.set)

        ready(actual, stop)
    try:
        await stopped.wait()
    finally:
        watcher.stop()
        server.stop()
    return 0


def _listen(application: tornado.web.Application, port: int, say: Callable[[str], None]) -> Any:
    try:
        return application.listen(port, address=HOST, max_body_size=4 * MAX_REQUEST)
    except OSError as error:
        say(f"Port {port} cannot be used ({error.strerror}); choose another with --port")
        return None


def _watched(root: Path) -> list[Path]:
    """The sources of the site, and the built-in themes, which their authors edit in a checkout."""
    from sitegen.read.theme_files import theme_homes

    return [root / "site.yaml", root / "content", root / "i18n", *map(Path, theme_homes(root))]
