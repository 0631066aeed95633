"""What a build remembers for the next: for each job what it depended on and what it made, and every file written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.engine.digests import digest_strings, digest_value
from sitegen.engine.files import OutputStatus
from sitegen.engine.store import Encoded, Store, encoded
from sitegen.problems import Position
from sitegen.read.known_records import KnownRecords
from sitegen.schema.fields import Schema

HASH = 16
"""Hexadecimal digits of a message's hash in a job's list of messages."""

MessageKey = tuple[str, str, str, str | None]
"""(domain, tag, msgid, context)"""


@dataclass(slots=True)
class JobMemory:
    """One job of an earlier build.

    `state`: digest of everything that it depended on. `names`: those dependencies. `messages`: `<domain> <tag>` →
    hashes of the messages that it asked for, end to end, and the digest of what they said. `files`: path → digest.
    `marks` tell which dependency changed (see `reasons`).
    """

    state: str
    names: list[str]
    messages: dict[str, tuple[str, str]]
    files: dict[str, str]
    indexed: dict[str, bool] = field(default_factory=dict)
    coverage: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    anchors: dict[str, list[str]] = field(default_factory=dict)
    anchor_uses: list[tuple[str, int, int, str, str]] = field(default_factory=list)
    marks: str = ""

    def packed(self) -> Encoded:
        return encoded([
            self.state, self.names, self.messages, self.files,
            self.indexed, self.coverage, self.anchors, self.anchor_uses, self.marks,
        ])  # fmt: skip


def unpacked(row: Encoded) -> JobMemory:
    """The reverse of `packed`; raises ValueError, TypeError or KeyError for anything else."""
    state, names, messages, files, indexed, coverage, anchors, anchor_uses, marks = json.loads(row)
    if not (isinstance(state, str) and isinstance(names, list) and isinstance(files, dict)):
        raise TypeError("not a job")
    known = {place: (hashes, said) for place, (hashes, said) in messages.items()}
    return JobMemory(state, names, known, files, indexed, coverage, anchors, [tuple(use) for use in anchor_uses], marks)


def message_hash(msgid: str, context: str | None) -> str:
    return digest_strings((msgid, "\x00" if context is None else context))[:HASH]


@dataclass(slots=True)
class Memory:
    """Everything that one build left for the next.

    `jobs` are those that were looked at or kept; `packed_jobs` wait as they were written.
    `about`: digests of what concerns all jobs. `outputs`: path → (digest of the content, status on disk).
    `records`: source file → what was read from it (see read.known_files). `search_pages`: tag → page → what the search
    knows of it, for the languages whose index was made anew; `load` reads such tables when they are needed.
    """

    about: dict[str, Any] = field(default_factory=dict)
    jobs: dict[str, JobMemory] = field(default_factory=dict)
    outputs: dict[str, tuple[str, OutputStatus]] = field(default_factory=dict)
    packed_jobs: dict[str, Encoded] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)
    search_pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    load: Callable[[str], dict[str, Any]] = lambda _kind: {}

    def search(self, tag: str) -> dict[str, Any]:
        """What the search knew of the pages of a language."""
        if tag not in self.search_pages:
            self.search_pages[tag] = self.load(f"search {tag}")
        return self.search_pages[tag]

    def job(self, key: str) -> JobMemory | None:
        """What is known of a job; damaged knowledge is none."""
        found = self.jobs.get(key)
        if found is None and key in self.packed_jobs:
            try:
                found = self.jobs[key] = unpacked(self.packed_jobs[key])
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                del self.packed_jobs[key]
        return found


def load_memory(store: Store) -> Memory:
    """The memory on disk; what is damaged is forgotten."""
    return Memory(
        about=store.load("about"),
        packed_jobs=store.load_encoded("jobs"),
        outputs=_outputs(store.load("outputs")),
        records=store.load_encoded("records"),
        load=store.load,
    )


def _outputs(rows: dict[str, Any]) -> dict[str, tuple[str, OutputStatus]]:
    try:
        return {path: (digest, (status[0], status[1], status[2])) for path, (digest, status) in rows["all"].items()}
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        return {}


def save_memory(store: Store, old: Memory, new: Memory, records: KnownRecords) -> None:
    """Write what changed between two builds, in one transaction."""
    changes: dict[str, dict[str, Any]] = {
        "about": {key: value for key, value in new.about.items() if old.about.get(key) != value},
        "jobs": new.packed_jobs,
        "outputs": {} if old.outputs == new.outputs else {"all": new.outputs},
        "records": {path: Encoded(row) for path, row in records.fresh.items()},
    }
    removed = {
        "about": [key for key in old.about if key not in new.about],
        "jobs": [key for key in {**old.jobs, **old.packed_jobs} if key not in new.jobs and key not in new.packed_jobs],
        "records": records.gone(),
    }
    for tag, pages in new.search_pages.items():
        known = old.search(tag)
        changes[f"search {tag}"] = {path: row for path, row in pages.items() if known.get(path) is not row}
        removed[f"search {tag}"] = [path for path in known if path not in pages]
    store.save(changes, removed)


def cache_path(config: Config) -> Path:
    """Where the memory of what lies in the site's output folder is kept; each output folder has its own."""
    name = digest_strings((str(config.output),))[:HASH]
    return config.root / ".sitegen" / "cache" / f"{name}.sqlite"


def settings_digest(config: Config) -> str:
    """Digest of all that the validation of a record depends on."""
    schemas = {name: schema_digest(settings.schema) for name, settings in config.collections.items()}
    languages = [(language.tag, language.path) for language in config.languages]
    return digest_value([languages, config.source_language, schemas], without=(Position,))


def schema_digest(schema: Schema) -> str:
    """Digest of a collection's table of fields; most sites have the built-in ones, which stay the same objects."""
    known = _SCHEMAS.get(id(schema))
    if known is None or known[0] is not schema:
        if len(_SCHEMAS) > _MOST_SCHEMAS:
            _SCHEMAS.clear()
        known = _SCHEMAS[id(schema)] = (schema, digest_value(schema, without=(Position,)))
    return known[1]


_MOST_SCHEMAS = 1000
_SCHEMAS: dict[int, tuple[Schema, str]] = {}


def same_messages(job: JobMemory, changed: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether the messages that the job asked for still say the same. `changed`: place → hash → what it says now."""
    for place, (hashes, said) in job.messages.items():
        table = changed.get(place)
        if table is not None and said != said_by(hashes, table):
            return False
    return True


def said_by(hashes: str, table: Mapping[str, str]) -> str:
    """The digest of what the messages with these hashes say."""
    return digest_strings(table.get(hashes[start : start + HASH], "") for start in range(0, len(hashes), HASH))
