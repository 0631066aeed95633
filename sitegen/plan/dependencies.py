"""What each name that rendering notes as a dependency stands for now, as a digest.

A job that noted `entry:lags/viisari@fi` must be done again when the fields of that entry, as Finnish readers see them,
are no longer what they were. Names are made in model.site (what templates read), in render.links (where bodies lead)
and in plan.jobs (what a job is about).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sitegen.model.entry import Entry, translatable_texts
from sitegen.model.files_check import file_fields, files_of
from sitegen.model.funding import is_shown
from sitegen.model.site import Site, message_context
from sitegen.plan.archives import archive_name, archives_of
from sitegen.plan.phases import call_phase, project_state
from sitegen.plan.routes import Routes, list_pages
from sitegen.plan.views import Views
from sitegen.schema.fields import Field

Digest = Callable[[Any], str]
"""Digest of plain data (engine.digests.digest_value), lent by the caller: rooms on one step do not know each other."""


_SHORT = 200


class Dependencies:
    """Answers, and remembers, the digest of each name."""

    def __init__(
        self,
        views: Views,
        digest: Digest,
        templates: Callable[[list[str]], str],
        sources: Callable[[str], str | None],
    ) -> None:
        """`templates`: names → digest of the first that exists, with what it includes; `sources`: path → entry id."""
        self._views = views
        self._site: Site = views.site
        self._routes: Routes = views.routes
        self._digest = digest
        self._known: dict[str, str] = {}
        self._file_fields: dict[str, list[Field]] = {}
        self._translatable: dict[str, list[tuple[str, str]]] = {}
        self._kinds: dict[str, Callable[[str, str], Any]] = {
            "entry": self._entry,
            "body": self._body,
            "list": self._list,
            "order": self._order,
            "count": lambda name, tag: len(self._entries(name, tag)),
            "some": lambda name, tag: bool(self._entries(name, tag)),
            "referring": self._referring,
            "fact": self._fact,
            "own": self._own,
            "tag": self._tag,
            "tags": lambda _name, tag: [slug for slug, other in self._routes.tags if other == tag],
            "url": lambda name, _tag: self._addresses(name),
            "spoken": self._views.lists.state,
            "media": lambda name, _tag: name in self._site.media,
            "claim": lambda name, _tag: name in self._routes.claims,
            "source": lambda name, _tag: sources(name),
            "lists": lambda name, _tag: [self._routes.lists.get((name, tag)) for tag in self._site.languages],
            "exports": lambda name, tag: [
                (found.format, found.address) for found in self._routes.exports.get((name, tag), ())
            ],
            "archives": lambda name, _tag: self._archives(name),
            "pages": lambda name, _tag: [self._pages(name, tag) for tag in self._site.languages],
            "members": lambda name, tag: sorted(self._routes.members.get((name, tag), ())),
            "file": lambda name, _tag: self._file(name),
            "facets": self._views.directories.state,
            "phase": lambda name, _tag: self._phase(name),
            "template": lambda names, _tag: templates(names.split("|")),
        }

    def digest(self, name: str) -> str:
        """The digest of a dependency by its name, `kind:subject@language`; a short text is its own digest."""
        found = self._known.get(name)
        if found is None:
            head, _, tag = name.rpartition("@")
            kind, _, subject = head.partition(":")
            value = self._kinds[kind](subject, tag)
            found = value if isinstance(value, str) and len(value) < _SHORT else self._digest(value)
            self._known[name] = found
        return found

    def combined(self, names: Iterable[str]) -> str:
        """One digest for several names in a given order."""
        known, digest = self._known, self.digest
        return self._digest("\n".join([f"{name}={known.get(name) or digest(name)}" for name in names]))

    def _entry(self, entry_id: str, tag: str) -> str:
        """The fields of an entry as readers of `tag` see them, its address and those of its tags."""
        entry = self._site.entries.get(entry_id)
        if entry is None or not self._site.exists(entry, tag):
            return ""
        base = self._site.languages[tag].derived_from
        parts = [entry.record.fields_digest, self._routes.entry_url(entry, tag) or ""]
        parts += [entry.variants[other].fields_digest for other in (tag, base or tag) if other in entry.variants]
        if entry.source_language != tag:
            parts += self._texts(entry, tag)
        if entry.collection == "funding":
            parts.append(str(is_shown(entry.record.values, self._site.date)))
        parts += self._file_sizes(entry)
        if entry.value("tags"):
            parts += [link.url for link in self._views.tag_links(entry, tag)]
        return "\x1f".join(parts)

    def _file_sizes(self, entry: Entry) -> list[str]:
        """Pages tell how large the files are that they offer."""
        fields = self._file_fields.get(entry.collection)
        if fields is None:
            fields = self._file_fields[entry.collection] = file_fields(entry.schema)
        records = (entry.record, *entry.variants.values())
        names = [name for record in records for _path, name in files_of(record, fields)] if fields else []
        return [str(self._site.media[name].size) for name in names if name in self._site.media]

    def _texts(self, entry: Entry, tag: str) -> list[str]:
        """What catalogues say for the entry's fields; nothing where no catalogue could say anything."""
        translations, source = self._site.translations, entry.source_language
        if not translations.may_translate(source, tag):
            return []
        texts = self._translatable.get(entry.id)
        if texts is None:
            texts = self._translatable[entry.id] = [
                (text.text, message_context(entry.collection, path))
                for _field, path, text in translatable_texts(entry)
                if not text.variants
            ]
        found = []
        for text, context in texts:
            known = translations.find(text, context, source, tag)
            found.append(f"{known.lang} {known.state} {known.text}")
        return found

    def _list(self, name: str, tag: str) -> str:
        """All entries of a collection as readers of `tag` see them; their order follows from their fields."""
        return "\n".join([self.digest(f"entry:{entry.id}@{tag}") for entry in self._entries(name, tag)])

    def _order(self, name: str, tag: str) -> str:
        """Which entries there are, and all that decides on their order."""
        settings = self._site.config.collections.get(name)
        entries = self._entries(name, tag)
        if settings is None or settings.sort.lstrip("-") not in ("", "title", "name"):
            return "\n".join([entry.id for entry in entries])
        title = self._views.sites[tag].title_of
        return "\n".join([f"{entry.id} {title(entry)}" for entry in entries])

    def _entries(self, name: str, tag: str) -> list[Entry]:
        return [entry for entry in self._site.collections.get(name, []) if self._site.exists(entry, tag)]

    def _archives(self, collection: str) -> list[Any]:
        """The archives of a collection in every language, and how much is in each."""
        return [
            (slug, tag, address, len(self._routes.members[archive_name(collection, slug), tag]))
            for tag in self._site.languages
            for slug, address in archives_of(self._routes, collection, tag)
        ]

    def _pages(self, collection: str, tag: str) -> int:
        return list_pages(self._site, self._site.config.collections[collection], self._site.languages[tag])

    def _file(self, name: str) -> Any:
        """The content of a file in content/media that becomes part of pages."""
        try:
            return (self._site.config.root / "content" / "media" / name).read_bytes().hex()
        except OSError:
            return None

    def _phase(self, entry_id: str) -> Any:
        entry = self._site.entries.get(entry_id)
        if entry is None:
            return None
        values, site = entry.record.values, self._site
        return [str(call_phase(values, site.date, site.config.timezone)), project_state(values, site.date)]

    def _body(self, entry_id: str, _tag: str) -> Any:
        """The sources of the body; the messages that translate it are noted beside the names."""
        entry = self._site.entries.get(entry_id)
        if entry is None:
            return None
        return " ".join(
            [entry.record.digest, *[f"{tag} {found.digest}" for tag, found in sorted(entry.variants.items())]]
        )

    def _own(self, entry_id: str, _tag: str) -> Any:
        return f"{self._body(entry_id, '')}\n{self._addresses(entry_id)}"

    def _addresses(self, entry_id: str) -> Any:
        """In every language; `-` where it has no page."""
        entry = self._site.entries.get(entry_id)
        if entry is None:
            return None
        found = self._routes.entries
        return "\n".join([entry.source_language, *[found.get((entry_id, tag), "-") for tag in self._site.languages]])

    def _referring(self, subject: str, tag: str) -> Any:
        entry_id, _, name = subject.rpartition(":")
        ids = self._site.referring.get((entry_id, name), ())
        return [key for key in ids if self._site.exists(self._site.entries[key], tag)]

    def _fact(self, name: str, tag: str) -> Any:
        if name == "collections":
            return [
                (key, str(view.title), str(view.description), view.url)
                for key, view in self._views.sites[tag].collections.items()
            ]
        return self._views.sites[tag].facts.get(name)

    def _tag(self, slug: str, tag: str) -> Any:
        found = self._site.tags.get(slug)
        if found is None:
            return None
        return [found[0].text, [self.digest(f"entry:{entry_id}@{tag}") for entry_id in found[1]]]
