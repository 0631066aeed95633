"""Links of a body: from paths of source files and `ref:` ids to addresses in the reader's language."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, unquote

from sitegen.model.entry import Entry
from sitegen.model.site import Site
from sitegen.plan.routes import ROOT, Routes, output_path
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.read.records import Record
from sitegen.translate.safe_html import safe_url

_ABSOLUTE = ("http:", "https:", "mailto:", "tel:", "//")


class LinkUse(Protocol):
    """One link or image of a document: as written, its line in the file, and whether it is an image."""

    @property
    def href(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def image(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: an entry, the list of a collection, or a file of the site by its address.

    `fragment` begins with `#` or is ''.
    """

    entry: Entry | None = None
    collection: str = ""
    address: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class AnchorUse:
    """A link to a heading of another entry, checked once all bodies are known."""

    position: Position
    entry_id: str
    anchor: str


class SourcePaths:
    """Which entry each source file belongs to, by its path below content/."""

    def __init__(self, site: Site) -> None:
        self.entries: dict[str, Entry] = {}
        for entry in site.entries.values():
            for record in (entry.record, *entry.variants.values()):
                if record.body is not None:
                    self.entries[record.position.file] = entry


class Linker:
    """Resolves the links of one record. Problems are found once, whatever the number of languages."""

    def __init__(self, site: Site, routes: Routes, paths: SourcePaths, entry: Entry, record: Record) -> None:
        self._site = site
        self._routes = routes
        self._paths = paths
        self._entry = entry
        self._record = record
        self._folder = posixpath.dirname(record.position.file)
        self._targets: dict[str, Target | None] = {}
        self.dependencies: set[str] = set()
        self.anchor_uses: list[AnchorUse] = []

    def check(self, links: Iterable[LinkUse], anchors: frozenset[str], problems: Problems) -> None:
        """Resolve every link of the document, and report those that lead nowhere."""
        for link in links:
            position = Position(self._record.position.file, link.line)
            target = self._target(link.href, image=link.image, position=position, problems=problems)
            self._targets[link.href] = target
            if target is None or not target.fragment:
                continue
            anchor = unquote(target.fragment[1:])
            if target.collection:
                continue
            if target.entry is None or target.entry is self._entry:
                if link.href.startswith("#") and anchor not in anchors:
                    _missing_anchor(problems, position, anchor, anchors, "this page")
            else:
                self.anchor_uses.append(AnchorUse(position, target.entry.id, anchor))

    def address(self, href: str, tag: str) -> str | None:
        """The address of a checked link for a reader of `tag`; None: leave it as it is written."""
        target = self._targets.get(href)
        if target is None:
            return "#" if href.startswith("ref:") else None  # reported already
        if target.collection:
            list_url = self._routes.list_url(target.collection, tag)
            return None if list_url is None else list_url + target.fragment
        if target.entry is None:
            return ROOT + target.address + target.fragment
        url = self._routes.entry_url(target.entry, tag)
        return None if url is None else url + target.fragment

    def _target(self, href: str, *, image: bool, position: Position, problems: Problems) -> Target | None:
        path, mark, rest = href.partition("#")
        fragment = mark + rest
        if not path or path.lower().startswith(_ABSOLUTE):
            return None if path else Target(self._entry, fragment=fragment) if fragment else None
        if path.startswith("ref:"):
            return self._by_id(path[4:], fragment, position, problems)
        if not safe_url(path):
            problems.error("url-unsafe", position, f"'{href}' cannot be a link; write an address or the path of a file")
            return Target(fragment="#")
        path = unquote(path)
        if path.startswith("/"):
            return self._by_address(path[1:], fragment, position, problems)
        found = posixpath.normpath(posixpath.join(self._folder, path))
        return self._by_file(found, href, fragment, image, position, problems)

    def _by_id(self, entry_id: str, fragment: str, position: Position, problems: Problems) -> Target | None:
        self.dependencies |= {f"url:{entry_id}@", f"lists:{entry_id}@"}
        entry = self._site.entries.get(entry_id)
        if entry is not None:
            return Target(entry, fragment=fragment)
        if any(collection == entry_id for collection, _ in self._routes.lists):
            return Target(collection=entry_id, fragment=fragment)
        hint = did_you_mean(entry_id, [*self._site.entries, *{collection for collection, _ in self._routes.lists}])
        problems.error("link-missing", position, f"no entry or list '{entry_id}'{hint or '; check the id after ref:'}")
        return None

    def _by_address(self, address: str, fragment: str, position: Position, problems: Problems) -> Target | None:
        self.dependencies |= {f"media:{address.removeprefix('media/')}@", f"claim:{output_path(address)}@"}
        if address.startswith("media/") and address.removeprefix("media/") in self._site.media:
            return Target(address=quote(address), fragment=fragment)
        if output_path(address) in self._routes.claims or not address:
            return Target(address=address, fragment=fragment)
        hint = "; link to the source file (../lags/viisari.md) or an id (ref:lags/viisari) instead of an address"
        problems.error("link-missing", position, f"nothing of this site has the address '/{address}'{hint}")
        return None

    def _by_file(
        self, path: str, href: str, fragment: str, image: bool, position: Position, problems: Problems
    ) -> Target | None:
        entry = self._paths.entries.get(path)
        if entry is not None:
            self.dependencies |= {f"source:{path}@", f"url:{entry.id}@"}
            return Target(entry, fragment=fragment)
        media = path.removeprefix("content/media/") if path.startswith("content/media/") else None
        if media is not None and media in self._site.media:
            self.dependencies.add(f"media:{media}@")
            return Target(address=quote(f"media/{media}"), fragment=fragment)
        code, noun = ("image-missing", "image") if image else ("link-missing", "file")
        known = (self._folder_relative(name) for name in self._known_files(image))
        hint = did_you_mean(href.partition("#")[0], known)
        problems.error(code, position, f"no {noun} '{href}' (looked for {path}){hint}")
        return None

    def _known_files(self, image: bool) -> Iterable[str]:
        media = (f"content/media/{name}" for name in self._site.media)
        return media if image else (*self._paths.entries, *media)

    def _folder_relative(self, path: str) -> str:
        return posixpath.relpath(path, self._folder)


def _missing_anchor(problems: Problems, position: Position, anchor: str, known: Iterable[str], where: str) -> None:
    hint = did_you_mean(anchor, known)
    problems.error("anchor-missing", position, f"no heading '#{anchor}' on {where}{hint}")


def check_anchors(uses: Iterable[AnchorUse], anchors: Mapping[str, frozenset[str]], problems: Problems) -> None:
    """Report links to headings that their entries do not have. `anchors`: entry id → ids of its body."""
    for use in uses:
        known = anchors.get(use.entry_id)
        if known is not None and use.anchor not in known:
            _missing_anchor(problems, use.position, use.anchor, known, f"'{use.entry_id}'")
