"""Whole sites in a test: written as one string, built in this process, looked at as a reader's browser would.

    site('''
    -- site.yaml --
    title: Network
    …
    -- content/pages/about.md --
    # About
    ''').build(drafts=True).html("en/about/index.html")

A string without `site.yaml` gets a small one in English and Finnish. Dates never come from the clock: a build
happens on `TODAY` unless the test says otherwise.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import http.server
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
TODAY = dt.date(2027, 3, 5)

MINIMAL_SITE = """\
title: Test network
url: https://network.example/
languages:
  - tag: en
    name: English
  - tag: fi
    name: Suomi
"""

# What a careful host sends: with it, an inline script or style, or a stranger's file, is an error in the console.
CONTENT_SECURITY_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

_FILE_MARK = re.compile(r"^-- (\S.*?) --$")


def unpack(archive: str) -> dict[str, str]:
    """Files of a string in which `-- path --` lines begin files. What stands before the first one is a comment."""
    files: dict[str, str] = {}
    name: str | None = None
    lines: list[str] = []
    for line in textwrap.dedent(archive).splitlines(keepends=True):
        mark = _FILE_MARK.match(line.rstrip("\n"))
        if mark:
            if name is not None:
                files[name] = "".join(lines)
            name, lines = mark[1], []
        else:
            lines.append(line)
    if name is not None:
        files[name] = "".join(lines)
    return files


class Result:
    """What a build said and what it left on disk."""

    def __init__(self, raw: Any, output: Path) -> None:
        self.raw = raw
        self.output = output
        self.ok: bool = raw.published
        self.problems: list[str] = [str(problem) for problem in raw.problems]
        self.codes: list[str] = [problem.code for problem in raw.problems]

    @functools.cached_property
    def files(self) -> dict[str, bytes]:
        """Every published file by its path with POSIX slashes; sitegen's own mark is left out."""
        return tree(self.output)

    def text(self, path: str) -> str:
        return self.bytes(path).decode("utf-8")

    def bytes(self, path: str) -> bytes:
        if path not in self.files:
            present = "\n  ".join(sorted(self.files)) or "(nothing)"
            problems = "\n  ".join(self.problems) or "(none)"
            raise AssertionError(f"no output '{path}'; there is:\n  {present}\nproblems:\n  {problems}")
        return self.files[path]

    def html(self, path: str) -> Any:
        """The page as a browser parses it: an lxml tree without namespaces on HTML elements."""
        return parse_html(self.text(path))

    def xml(self, path: str) -> Any:
        from lxml import etree

        return etree.fromstring(self.bytes(path))

    def reads(self, path: str, xpath: str = "//main") -> str:
        """The text of the first match, white space folded, as a screen reader would say it."""
        found = self.html(path).xpath(xpath)
        assert found, f"{path}: nothing matches {xpath}"
        return reading(found[0])

    def problem(self, code: str) -> str:
        """The one problem with this code; fails when there is none, or more than one."""
        found = [str(problem) for problem in self.raw.problems if problem.code == code]
        assert len(found) == 1, f"wanted one [{code}] among:\n" + ("\n".join(self.problems) or "(no problems)")
        return found[0]


class SiteUnderTest:
    """A site folder in a temporary place."""

    def __init__(self, root: Path, files: Mapping[str, str | bytes]) -> None:
        self.root = root
        root.mkdir(parents=True)
        for path, content in files.items():
            self.write(path, content)

    def write(self, path: str, content: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        content = self.read(path)
        assert old in content, f"{path} holds no {old!r}"
        self.write(path, content.replace(old, new))

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def build(self, **options: Any) -> Result:
        """`date` may be a string; everything else goes to BuildOptions as it is."""
        from sitegen.build import BuildOptions, build_site

        options.setdefault("date", TODAY)
        options.setdefault("workers", 1)
        if isinstance(options["date"], str):
            options["date"] = dt.date.fromisoformat(options["date"])
        raw = build_site(self.root, BuildOptions(**options))
        return Result(raw, Path(options.get("output") or raw.output or self.root / "public"))

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """`sitegen … --site ROOT` in a process of its own; never raises."""
        return run_sitegen(*arguments, "--site", str(self.root), environment=environment)


def run_sitegen(
    *arguments: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with UTF-8 output; never raises."""
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def parse_html(text: str) -> Any:
    import html5lib

    return html5lib.parse(text, treebuilder="lxml", namespaceHTMLElements=False).getroot()


def html_errors(text: str) -> list[str]:
    """Parse errors of the HTML standard, as `line:column code`."""
    import html5lib

    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    parser.parse(text)
    return [f"{line}:{column} {code}" for (line, column), code, _ in parser.errors]


def reading(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, dot files left out."""
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def copy_flagship(target: Path) -> Path:
    """The flagship site's sources in a folder of their own, so that tests leave the checkout alone."""
    target.mkdir(parents=True)
    shutil.copy2(REPOSITORY / "site.yaml", target / "site.yaml")
    for folder in ("content", "i18n", "themes"):
        if (REPOSITORY / folder).is_dir():
            shutil.copytree(REPOSITORY / folder, target / folder)
    return target


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve_plainly(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Python's own http.server over a folder at `prefix`, with a strict CSP; yields the address of the root.

    Answers what a plain host answers: index.html for a folder, a redirect to add a slash, 404.html of nobody.
    """

    class Handler(http.server.SimpleHTTPRequestHandler):
        extensions_map = {  # noqa: RUF012 (the base class declares it so)
            **http.server.SimpleHTTPRequestHandler.extensions_map,
            ".webmanifest": "application/manifest+json",
            ".woff2": "font/woff2",
        }

        def translate_path(self, path: str) -> str:
            plain = urllib.parse.urlsplit(path).path
            if not plain.startswith(prefix):
                return str(folder / "\x01outside")
            return super().translate_path("/" + plain[len(prefix) :])

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


NGINX_CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 64; }}
http {{
    types {{
        text/html html; text/css css; text/javascript js; image/svg+xml svg; image/png png; image/jpeg jpg;
        image/webp webp; font/woff2 woff2; application/xml xml; application/atom+xml atom; application/json json;
    }}
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        absolute_redirect off;
        add_header Content-Security-Policy "{csp}" always;
        location {prefix} {{ alias {folder}/; index index.html; }}
    }}
}}
"""


@contextlib.contextmanager
def serve_with_nginx(folder: Path, prefix: str = "/") -> Iterator[str]:
    """nginx over a folder at `prefix`, as many hosts do it. It ends with this process, whatever happens to it."""
    port = free_port()
    work = Path(tempfile.mkdtemp(prefix="sitegen-nginx-"))
    # As root, nginx's workers run as nobody, who must be able to read what pytest keeps to itself.
    user = "user root;\n" if os.geteuid() == 0 else ""
    text = NGINX_CONFIGURATION.format(work=work, port=port, csp=CONTENT_SECURITY_POLICY, prefix=prefix, folder=folder)
    configuration = work / "nginx.conf"
    configuration.write_text(user + text, encoding="utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen(
        [program, "-c", str(configuration), "-p", str(work)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_die_with_parent,  # noqa: PLW1509
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}{prefix}"
    finally:
        process.terminate()
        process.wait(timeout=10)
        shutil.rmtree(work, ignore_errors=True)


def _die_with_parent() -> None:
    """On Linux, ask the kernel to end a child together with us; elsewhere the `finally` has to do."""
    with contextlib.suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(1, 15)  # PR_SET_PDEATHSIG, SIGTERM


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at once with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")
