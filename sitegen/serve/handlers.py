"""HTTP handlers of the preview. Only this machine's own browser is answered: other hosts and origins are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import tornado.web
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.ioloop import IOLoop

from sitegen.serve.editing import RequestError
from sitegen.serve.guard import MAX_REQUEST, TOKEN_HEADER, refusal
from sitegen.serve.problem_page import STYLE, problem_page

if TYPE_CHECKING:
    from sitegen.serve.preview import State

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_SCRIPT = b'<script src="/livereload.js"></script>'
_EDITOR = (
    '<link rel="stylesheet" href="/.sitegen/translate.css">'
    '<script src="/.sitegen/translate.js" defer data-token="{}"></script>'
)
_STATIC = Path(__file__).parent / "static"


class _Reloads:
    """What livereload asks of a watcher; sitegen watches by itself."""

    filepath = "*"
    _tasks: dict[str, Any] = {}  # noqa: RUF012 - livereload's own shape


def build_application(state: State) -> tornado.web.Application:
    LiveReloadHandler.watcher = _Reloads
    LiveReloadHandler.live_css = False
    return tornado.web.Application(
        [
            (r"/livereload", LocalReloadHandler),
            (r"/livereload.js", LiveReloadJSHandler),
            (r"/\.sitegen/problems\.css", StyleHandler),
            (r"/\.sitegen/api/(message|check|save)", EditorHandler),
            (r"/\.sitegen/(translate\.(?:js|css))", EditorFileHandler, {"path": str(_STATIC)}),
            (r"/(.*)", PreviewHandler, {"path": str(state.output), "default_filename": "index.html"}),
        ],
        state=state,
        log_function=lambda _handler: None,
    )


def reload_browsers() -> None:
    """Ask every open page to load itself again."""
    LiveReloadHandler.reload_waiters("*")


def is_local(request: Any) -> bool:
    """The request names this machine as its host and comes from one of our own pages, or from no page."""
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    origin = request.headers.get("Origin")
    return name in LOCAL_NAMES and (origin is None or urlsplit(origin).netloc == request.host)


class LocalReloadHandler(LiveReloadHandler):  # type: ignore[misc]
    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).netloc == self.request.host and is_local(self.request)


class EditorHandler(tornado.web.RequestHandler):
    """The editor's API: JSON in, JSON out, for this preview's own pages alone."""

    @property
    def state(self) -> State:
        found: State = self.settings["state"]
        return found

    def prepare(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        reason = refusal(
            host=self.request.host,
            origin=self.request.headers.get("Origin"),
            token=self.request.headers.get(TOKEN_HEADER),
            port=self.state.port,
            secret=self.state.token,
        )
        if reason is not None:
            self._refuse(403, reason)
        elif len(self.request.body) > MAX_REQUEST:
            self._refuse(413, f"a request has at most {MAX_REQUEST // 1024} KiB")

    async def post(self, action: str) -> None:
        request = self._json()
        if request is None:
            self._refuse(400, "expected one JSON object")
            return
        run = {"message": self.state.editor.message, "check": self.state.editor.check, "save": self.state.editor.save}
        try:
            answer = await IOLoop.current().run_in_executor(None, run[action], request)
        except RequestError as error:
            self._refuse(422, str(error))
            return
        self.set_header("Content-Type", "application/json; charset=utf-8")
        await self.finish(json.dumps(answer, ensure_ascii=False))

    def _json(self) -> dict[str, Any] | None:
        try:
            value = json.loads(self.request.body)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def _refuse(self, status: int, reason: str) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps({"error": reason}))

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        self._refuse(status_code, "see the terminal" if status_code == 500 else "this cannot be done")


class EditorFileHandler(tornado.web.StaticFileHandler):
    """The editor's own script and style sheet."""

    def prepare(self) -> None:
        if not is_local(self.request):
            raise tornado.web.HTTPError(403, "the preview answers this machine alone")

    def set_extra_headers(self, _path: str) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")


class StyleHandler(tornado.web.RequestHandler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.write(STYLE)


class PreviewHandler(tornado.web.StaticFileHandler):
    """Files of the latest good build, with the reload script; or the problems of the latest bad one."""

    @property
    def state(self) -> State:
        found: State = self.settings["state"]
        return found

    def prepare(self) -> None:
        if not is_local(self.request):
            raise tornado.web.HTTPError(403, "the preview answers this machine alone")

    async def get(self, path: str, include_body: bool = True) -> None:
        if self.state.broken and _wants_page(path):
            self._answer(500, problem_page(self.state.result.problems).encode())
            return
        await self._get_file(path, include_body)

    async def _get_file(self, path: str, include_body: bool) -> None:
        found = self.state.output / path
        page = (
            found / "index.html"
            if found.is_dir() and path.endswith(("/", "")) and (not path or path.endswith("/"))
            else found
        )
        if page.suffix == ".html" and page.is_file() and self._inside(page):
            name = page.relative_to(self.state.output).as_posix()
            self.state.note_view(name)
            self._answer(200, self.state.served(name) or b"")
        else:
            await super().get(path, include_body)

    def _inside(self, page: Any) -> bool:
        return bool(page.resolve().is_relative_to(self.state.output.resolve()))

    def _answer(self, status: int, html: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        # The page carries the editor's token: it must not be framed or read by pages of others.
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        added = _SCRIPT + _EDITOR.format(self.state.token).encode() if status == 200 else _SCRIPT
        before, tag, after = html.rpartition(b"</body>")
        self.finish(before + added + tag + after if tag else html + added)

    def set_extra_headers(self, _path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        """Pages that are put together here have none."""
        return super().compute_etag() if getattr(self, "absolute_path", None) else None

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        page = self._not_found_page() if status_code == 404 else None
        self._answer(status_code, page or f"<!doctype html><title>{status_code}</title><p>{status_code}".encode())

    def _not_found_page(self) -> bytes | None:
        """The site's own 404 page, in the language of the path."""
        first = self.request.path.strip("/").split("/")[0]
        for folder in (self.state.output / first, self.state.output):
            page = folder / "404.html"
            if page.is_file() and self._inside(page):
                return page.read_bytes()
        return None


def _wants_page(path: str) -> bool:
    return not path or path.endswith(("/", ".html")) or "." not in path.rsplit("/", 1)[-1]
