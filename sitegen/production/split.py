"""Which jobs of a build are still right as an earlier build did them: a pure decision, with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sitegen.engine.files import OutputStatus
from sitegen.plan.dependencies import Dependencies
from sitegen.plan.jobs import Job
from sitegen.production.memory import JobMemory, Memory, message_hash, same_messages
from sitegen.production.reasons import explain
from sitegen.translate.catalogue import Catalogue, Message

NEW = "it was never built, or its memory is gone"
BASE = "the program, the theme's assets, site.yaml or interface texts changed"
MESSAGES = "a translation that it shows changed"
OUTPUT = "its file is not as it was written"


@dataclass(slots=True)
class Split:
    """`fresh`: jobs to render, with the reason; `kept`: jobs whose files stay as they are."""

    fresh: dict[str, str] = field(default_factory=dict)
    kept: dict[str, JobMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a decision is made from. `base`: digest of what concerns all jobs. `changed`: catalogues that are no
    longer as the memory knew them, place → message hash → what it says. `status`: of a file of the output."""

    memory: Memory
    base: str
    dependencies: Dependencies
    changed: Mapping[str, Mapping[str, str]]
    status: Callable[[str], OutputStatus | None]


def split_jobs(jobs: Iterable[Job], conditions: Conditions) -> Split:
    """Decide for every job."""
    split = Split()
    known_base = conditions.memory.about.get("base") == conditions.base
    for job in jobs:
        memory = conditions.memory.job(job.key)
        reason = NEW if memory is None else "" if known_base else BASE
        if memory is not None and not reason:
            reason = _reason(memory, conditions)
        if memory is None or reason:
            split.fresh[job.key] = reason
        else:
            split.kept[job.key] = memory
    return split


def _reason(memory: JobMemory, conditions: Conditions) -> str:
    """Why the job must be done again, or ''."""
    if not all(_intact(path, digest, conditions) for path, digest in memory.files.items()):
        return OUTPUT
    if not same_messages(memory, conditions.changed):
        return MESSAGES
    if conditions.dependencies.combined(memory.names) != memory.state:
        return explain(memory.names, memory.marks, conditions.dependencies.digest)
    return ""


def _intact(path: str, digest: str, conditions: Conditions) -> bool:
    known = conditions.memory.outputs.get(path)
    return known is not None and known[0] == digest and conditions.status(path) == known[1]


def changed_catalogues(
    catalogues: Mapping[tuple[str, str], Catalogue], memory: Memory, digests: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The messages of the catalogues that are not as the memory knew them, and of those that are gone."""
    if not memory.jobs and not memory.packed_jobs:
        return {}
    known = memory.about.get("catalogues", {})
    changed: dict[str, dict[str, str]] = {}
    for place in {**known, **digests}:
        if known.get(place) != digests.get(place):
            domain, _, tag = place.partition(" ")
            changed[place] = spoken(catalogues.get((domain, tag)))
    return changed


def spoken(catalogue: Catalogue | None) -> dict[str, str]:
    """Message hash → what the message says, with its state."""
    if catalogue is None:
        return {}
    return {message_hash(message.msgid, message.context): said(message) for message in catalogue.items()}


def said(message: Message) -> str:
    """What a message says, with its state."""
    strings = message.strings[0] if len(message.strings) == 1 else "\x1e".join(message.strings)
    return f"~{strings}" if message.fuzzy else strings
