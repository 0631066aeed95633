"""Mistakes of users as values: where they are, what is wrong and what to do.

A mistake in a site's files is never an exception. It is a `Problem` with a `Position` and a permanent
code, collected in `Problems` and shown together with all the others at the end. Exceptions are for bugs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a source file: path relative to the site (POSIX slashes), line and column from 1, 0 = unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Severity(StrEnum):
    """An `error` stops publishing; a `warning` does so only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `code` never changes once released; `message` says what is wrong and what to do."""

    position: Position
    code: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.position}: {self.severity.value}[{self.code}]: {self.message}"


class Problems:
    """A growing collection of problems; the same problem at the same place counts once."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._problems: dict[Problem, None] = dict.fromkeys(problems)

    def error(self, code: str, position: Position, message: str) -> None:
        self.add(Problem(position, code, message))

    def warning(self, code: str, position: Position, message: str) -> None:
        self.add(Problem(position, code, message, Severity.WARNING))

    def add(self, problem: Problem) -> None:
        self._problems[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self if problem.severity is Severity.WARNING]

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._problems, key=lambda p: (p.position, p.code, p.message)))

    def __len__(self) -> int:
        return len(self._problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None when none is near."""
    matches = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """`"; did you mean 'title'?"`, or the empty string when nothing is near."""
    match = nearest(word, candidates)
    return f"; did you mean '{match}'?" if match else ""
