"""The file that the search of a directory reads: all its entries in few words, and the tables that fold what is typed.

    {"letters": {…}, "pairs": [[…]], "fields": [["country", [["fi", "Suomi", "fi"]…]]…],
     "rows": [[title, address, [[number of each value]…], other words, language, summary]…]}

Addresses are relative to the file. A value is [slug, label, language]; a language is '' where it is the page's own.
`other words` are folded: short names, codes, municipalities and the title's other spellings. Summaries are left out of
large directories.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sitegen.locales.folding import Folding, folding_for
from sitegen.model.entry import Entry, EntryView
from sitegen.model.text import Text
from sitegen.plan.directory import INDEX, segment
from sitegen.plan.routes import ROOT

if TYPE_CHECKING:
    from sitegen.plan.views import Views

SUMMARIES_UP_TO = 200
"""Entries; beyond that summaries would make most of the file."""


def directory_index(views: Views, collection: str, tag: str) -> tuple[str, bytes]:
    """(address, content) of the file of one directory in one language."""
    language_site = views.sites[tag]
    language_site.record(f"facets:{collection}")
    language_site.record(f"order:{collection}")
    address = views.routes.directories[collection, tag]
    folding = folding_for(tag, views.site.languages)
    facets = views.directories.entries(collection, tag)
    fields, numbers = [], {}
    values = views.directories.values
    for name, found in facets:
        labels = [(slug, views.directories.label(value, name, tag)) for slug, value in found.items()]
        fields.append([segment(name), [[slug, str(label), _foreign(label, tag)] for slug, label in labels]])
        numbers[name] = {slug: number for number, slug in enumerate(found)}
    entries = list(language_site.entries_of(collection))
    rows = []
    for entry in entries:
        view = language_site.view(entry)
        chosen = [[numbers[name][slug] for slug, _, _ in values.of(entry, name)] for name, _ in facets]
        row: list[Any] = [str(view.title), _relative(view.url, address), chosen, _other_words(entry, view, folding)]
        summary = str(view.summary or "") if len(entries) <= SUMMARIES_UP_TO else ""
        rows.append([*row, *_without_empty_end([_foreign(view.title, tag), summary])])
    content = {"letters": folding.letters, "pairs": folding.pairs, "fields": fields, "rows": rows}
    return address, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _foreign(text: Text, tag: str) -> str:
    return "" if text.lang in (tag, "und") else text.lang


def _relative(url: str | None, address: str) -> str:
    if url is None:
        return ""
    path, folder = url.removeprefix(ROOT), address.removesuffix(INDEX)
    return path.removeprefix(folder) if path.startswith(folder) else "../" * folder.count("/") + path


def _without_empty_end(values: list[str]) -> list[str]:
    while values and not values[-1]:
        values.pop()
    return values


def _other_words(entry: Entry, view: EntryView, folding: Folding) -> str:
    title = set(_words(folding(str(view.title))))
    found: dict[str, None] = {}
    for text in _other_texts(entry, view):
        for word in _words(folding(text)):
            if word not in title:
                found.setdefault(word)
    return " ".join(found)


def _other_texts(entry: Entry, view: EntryView) -> Iterable[str]:
    for name in ("short_name", "code"):
        value = getattr(view, name, None)
        if value:
            yield str(value)
    for item in getattr(view, "municipalities", None) or ():
        yield str(item.name)
    source = entry.value(entry.title_field)
    if source is not None:
        yield str(getattr(source, "text", source))
    yield entry.key.rsplit("/", 1)[-1].replace("-", " ")


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()
