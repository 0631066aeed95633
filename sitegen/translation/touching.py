"""`sitegen i18n touch`: note in texts written by hand which state of their source they follow."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.problems import Position, Problems, did_you_mean

if TYPE_CHECKING:
    from sitegen.model.entry import Entry
    from sitegen.read.records import Record

_LINE = re.compile(
    r"^source_digest[ \t]*:[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#]*)(?P<rest>[ \t]*(?:#[^\r\n]*)?)(?=\r?$)", re.MULTILINE
)
_OPENING = re.compile(r"\A\ufeff?(?:[ \t]*\r?\n)*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def touch(root: Path, files: Iterable[str], problems: Problems) -> list[str]:
    """Write `source_digest` into `files` (paths from here or from the site). Answers the paths that changed."""
    from sitegen.translation.messages import collect_messages

    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return []
    variants = {
        record.position.file: (entry, record)
        for entry in messages.site.entries.values()
        for record in entry.variants.values()
    }
    site = messages.config.root
    written = []
    for name in files:
        path = _in_site(site, name)
        found = variants.get(path)
        if found is None:
            _not_by_hand(path, variants, {e.position.file for e in messages.site.entries.values()}, problems)
        elif _touch(site / path, path, found, problems):
            written.append(path)
    return written


def _in_site(root: Path, name: str) -> str:
    """The path relative to the site, with POSIX slashes, of a name given relative to here or to the site."""
    here = Path(os.path.abspath(name))
    full = here if here.exists() and here.is_relative_to(root) else Path(os.path.abspath(root / name))
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else name


def _not_by_hand(path: str, known: Iterable[str], sources: set[str], problems: Problems) -> None:
    if path in sources:
        message = "this is a source, not a translation by hand; name a file such as about.fi.md"
    else:
        message = f"this is no translation by hand of this site{did_you_mean(path, known)}"
    problems.error("touch-file", Position(path), message)


def _touch(full: Path, path: str, found: tuple[Entry, Record], problems: Problems) -> bool:
    from sitegen.model.source_state import FIELD, source_digest
    from sitegen.read.po_files import write_atomically

    entry, record = found
    if record.values.get(FIELD) == (digest := source_digest(entry)):
        return False
    if record.body is None:
        message = f"only Markdown files can be touched; write '{FIELD}: {digest}' into the record yourself"
        problems.error("touch-data", record.position, message)
        return False
    data = full.read_bytes()
    changed = with_digest(data.decode("utf-8"), digest)
    if changed is None:
        message = f"the front matter has another shape than 'field: value' lines; add '{FIELD}: {digest}' yourself"
        problems.error("touch-shape", Position(path, 1), message)
        return False
    try:
        write_atomically(full, changed.encode("utf-8"))
    except OSError as error:
        problems.error("touch-unwritable", Position(path), f"cannot be written: {error.strerror}")
        return False
    return True


def with_digest(text: str, digest: str) -> str | None:
    """A Markdown file with `source_digest` in its front matter and every other character as it was.

    None when the front matter cannot take the line.
    """
    opening = _OPENING.match(text)
    line_end = "\r\n" if "\r\n" in text else "\n"
    if opening is None:
        start = 1 if text.startswith("\ufeff") else 0
        lines = ("---", f"source_digest: {digest}", "---", "")
        return text[:start] + line_end.join(lines) + text[start:]
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return None
    fields = text[opening.end() : closing.start()]
    found = _LINE.search(fields)
    if found is not None:
        fields = f"{fields[: found.start()]}source_digest: {digest}{found['rest']}{fields[found.end() :]}"
    else:
        fields += f"source_digest: {digest}{line_end}"
    changed = text[: opening.end()] + fields + text[closing.start() :]
    return changed if _says_the_same(text, changed, digest) else None


def _says_the_same(before: str, after: str, digest: str) -> bool:
    """Whether nothing but the digest is new, as the reader of front matter sees it."""
    from sitegen.read.markdown_file import split_markdown
    from sitegen.schema.nodes import Scalar

    problems = Problems()
    old, new = (split_markdown(text.replace("\r\n", "\n").lstrip("\ufeff"), "", problems) for text in (before, after))
    if old is None or new is None or problems or old.body != new.body:
        return False
    written = new.fields.items.get("source_digest")
    others = [[key for key in part.fields.items if key != "source_digest"] for part in (old, new)]
    return isinstance(written, Scalar) and written.text == digest and others[0] == others[1]
