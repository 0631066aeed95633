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


@dataclass(slots=True)
class State:
    """The latest result, shared between the builder's thread and the server. `token`: the editor's, of this run."""

    root: Path
    output: Path
    result: BuildResult
    editor: Editor
    token: str = field(default_factory=new_token)
    port: int = 0

    @property
    def broken(self) -> bool:
        return not self.result.published


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
        threading.Thread(target=self._run, name="sitegen-build", daemon=True).start()

    def changed(self, paths: list[str]) -> None:
        with self._wake:
            self._changed += paths
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._changed:
                    self._wake.wait()
                paths, self._changed = self._changed, []
            self._state.result = build_site(self._state.root, self._options)
            self._report(self._state.result)
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
