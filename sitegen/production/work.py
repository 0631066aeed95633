"""What is done with each job, by whichever process takes it: render, write, and note for the next build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.engine.digests import digest_bytes, digest_strings
from sitegen.engine.files import OutputStatus
from sitegen.engine.store import Encoded
from sitegen.model.translations import Translations
from sitegen.plan.dependencies import Dependencies
from sitegen.problems import Position, Problem
from sitegen.production.memory import JobMemory, MessageKey, message_hash
from sitegen.production.reasons import marks
from sitegen.production.split import said
from sitegen.publish import Stage
from sitegen.render.links import AnchorUse
from sitegen.render.outputs import Rendered

Outputs = Mapping[str, tuple[str, OutputStatus]]
"""Path → digest and status of a file of the output."""


@dataclass(slots=True)
class Done:
    """A job that is done, now or in an earlier build, and what others must know of it.

    `paths` of its files; `made`: those of them that were written now. `memory`: for the next build, None when there
    were problems, which are to be told again. For the rest see `Rendered`.
    """

    paths: list[str]
    made: dict[str, tuple[str, OutputStatus]] = field(default_factory=dict)
    memory: Encoded | None = None
    problems: list[Problem] = field(default_factory=list)
    indexed: dict[str, bool] = field(default_factory=dict)
    coverage: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    anchor_uses: list[AnchorUse] = field(default_factory=list)


def kept(memory: JobMemory) -> Done:
    """A job of an earlier build whose files stay as they are."""
    uses = [
        AnchorUse(Position(file, line, column), entry, anchor)
        for file, line, column, entry, anchor in memory.anchor_uses
    ]
    return Done(
        paths=list(memory.files),
        indexed=memory.indexed,
        coverage={tag: tuple(counts) for tag, counts in memory.coverage.items()},  # type: ignore[misc]
        anchors={entry: frozenset(found) for entry, found in memory.anchors.items()},
        anchor_uses=uses,
    )


class Finisher:
    """Brings what was rendered to disk. `known`: what lies in the stage already."""

    def __init__(self, stage: Stage, known: Outputs, dependencies: Dependencies, translations: Translations) -> None:
        self._stage = stage
        self._known = known
        self._dependencies = dependencies
        self._translations = translations

    def finish(self, rendered: Rendered) -> Done:
        """Write the files that are not so already. Their contents need not travel back to the parent process."""
        made = {}
        digests = {}
        for path, content in rendered.files:
            digest = digests[path] = digest_bytes(content)
            if path not in self._known or self._known[path][0] != digest:
                made[path] = (digest, self._stage.write(path, content))
        return Done(
            paths=list(digests),
            made=made,
            memory=None if rendered.problems else self._memory(rendered, digests).packed(),
            problems=rendered.problems,
            indexed=rendered.indexed,
            coverage=rendered.coverage,
            anchors=rendered.anchors,
            anchor_uses=rendered.anchor_uses,
        )

    def _memory(self, rendered: Rendered, files: dict[str, str]) -> JobMemory:
        names = sorted(rendered.dependencies)
        uses = [
            (use.position.file, use.position.line, use.position.column, use.entry_id, use.anchor)
            for use in rendered.anchor_uses
        ]
        return JobMemory(
            state=self._dependencies.combined(names),
            marks=marks(names, self._dependencies.digest),
            names=names,
            messages=self._messages(rendered.messages),
            files=files,
            indexed=rendered.indexed,
            coverage=rendered.coverage,
            anchors={entry: sorted(found) for entry, found in rendered.anchors.items()},
            anchor_uses=uses,
        )

    def _messages(self, asked: set[MessageKey]) -> dict[str, tuple[str, str]]:
        """The hashes of the messages, end to end and in a stable order, and what they say, by `<domain> <tag>`."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        hashes: dict[tuple[str, str | None], str] = {}  # most messages are asked for in several languages
        for domain, tag, msgid, context in asked:
            name = hashes.get((msgid, context))
            if name is None:
                name = hashes[msgid, context] = message_hash(msgid, context)
            message = self._translations.message(domain, tag, msgid, context)
            pair = (name, "" if message is None else said(message))
            found.setdefault((domain, tag), []).append(pair)
        answer = {}
        for (domain, tag), pairs in sorted(found.items()):
            pairs.sort()
            answer[f"{domain} {tag}"] = (
                "".join([one for one, _ in pairs]),
                digest_strings([text for _, text in pairs]),
            )
        return answer
