"""Theme assets: hashed names, so that they can be cached for ever, and inline icons."""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

from markupsafe import Markup

from sitegen.plan.routes import ROOT

_CSS_URL = re.compile(r"url\(\s*([\"']?)([^\"')]+)\1\s*\)")


class Assets:
    """The files of a theme's `assets/` folders; a nearer theme's file replaces its parent's.

    `published`: hashed path below `assets/` → content.
    """

    def __init__(self, folders: tuple[str, ...]) -> None:
        self._files: dict[str, Path] = {}
        for folder in reversed(folders):
            base = Path(folder)
            for path in sorted(base.rglob("*")):
                if path.is_file():
                    self._files[path.relative_to(base).as_posix()] = path
        self._hashed: dict[str, str] = {}
        self._icons: dict[str, Markup] = {}
        self.published: dict[str, bytes] = {}
        for name in sorted(self._files, key=lambda n: (n.endswith(".css"), n)):
            self._publish(name)

    def _publish(self, name: str) -> None:
        content = self._files[name].read_bytes()
        if name.endswith(".css"):
            content = _CSS_URL.sub(lambda match: self._css_reference(name, match), content.decode()).encode()
        digest = hashlib.blake2b(content, digest_size=5).hexdigest()
        stem, dot, ending = name.rpartition(".")
        hashed = f"{stem}.{digest}{dot}{ending}" if dot else f"{name}.{digest}"
        self._hashed[name] = hashed
        self.published[hashed] = content

    def _css_reference(self, name: str, match: re.Match[str]) -> str:
        path, mark, fragment = match[2].partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        hashed = self._hashed.get(target)
        if hashed is None:
            return match[0]
        relative = posixpath.relpath(hashed, posixpath.dirname(name) or ".")
        return f'url("{relative}{mark}{fragment}")'

    def url(self, name: str) -> str:
        """The address of an asset by its path below `assets/`."""
        try:
            return f"{ROOT}assets/{self._hashed[name]}"
        except KeyError:
            raise LookupError(f"asset('{name}'): the theme has no such file in assets/") from None

    def icon(self, name: str) -> Markup:
        """The inline SVG of `assets/icons/<name>.svg`, hidden from screen readers."""
        found = self._icons.get(name)
        if found is None:
            path = self._files.get(f"icons/{name}.svg")
            if path is None:
                raise LookupError(f"icon('{name}'): the theme has no assets/icons/{name}.svg")
            svg = path.read_text(encoding="utf-8").strip()
            svg = re.sub(r"^<\?xml[^>]*>\s*", "", svg)
            found = self._icons[name] = Markup(svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704 - the theme's own file
        return found
