"""Whether all outputs are the same site: the same pages, the same text in each, as many links and alternates."""

from __future__ import annotations

import html
import re
from pathlib import Path

from bench.prose import LANGUAGES
from bench.workload import page_count

_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_COUNTED = ("<a ", 'rel="alternate" hreflang=', "<h2", "<li>", "<td", "<img ", "<blockquote>")


def differences(outputs: dict[str, Path], total: int, limit: int = 10) -> list[str]:
    """What differs between outputs (name → folder), in words; an empty list: nothing does."""
    found: list[str] = []
    names = list(outputs)
    pages = {name: _pages(folder) for name, folder in outputs.items()}
    wanted = page_count(total)
    found += [f"{name}: {len(pages[name])} pages, not {wanted}" for name in names if len(pages[name]) != wanted]
    for path in sorted(set().union(*pages.values())):
        told = {name: _told(outputs[name] / path) for name in names if path in pages[name]}
        first = told.get(names[0])
        for name, other in told.items():
            if first is not None and other != first and len(found) < limit:
                found.append(f"{path}: {names[0]} and {name} differ: {_where(first, other)}")
    return found


def _pages(folder: Path) -> set[str]:
    """HTML pages of the languages; pages beside them (root, 404) are each generator's own affair."""
    found = (path.relative_to(folder) for path in folder.rglob("index.html"))
    return {path.as_posix() for path in found if path.parts[0] in LANGUAGES}


def _told(path: Path) -> tuple[str, ...]:
    source = path.read_text(encoding="utf-8")
    main = _MAIN.search(source)
    text = " ".join(html.unescape(_TAG.sub(" ", main.group() if main else "no main element")).split())
    return (text, *(f"{source.count(part)} × {part}" for part in _COUNTED))


def _where(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if one[0] == other[0]:
        return ", ".join(f"{a} against {b}" for a, b in zip(one[1:], other[1:], strict=True) if a != b)
    at = next((i for i, (a, b) in enumerate(zip(one[0], other[0], strict=False)) if a != b), 0)
    return f"…{one[0][max(0, at - 30) : at + 40]}… against …{other[0][max(0, at - 30) : at + 40]}…"
