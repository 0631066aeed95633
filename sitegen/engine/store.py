"""The build cache on disk: named tables of JSON values, each with a checksum.

One SQLite file, written in one transaction at the end of a build. What is corrupt, foreign, of another version of the
program or half written is a miss, never an error; two builds at once do not hurt each other: the last one is kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

MAX_BYTES = 512 * 1024 * 1024
"""A cache that grew beyond this is thrown away and begun anew."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_BUSY_SECONDS = 10.0


class Encoded(str):
    """A value that is JSON already: made where there was time for it, or not yet read."""

    __slots__ = ()


class Store:
    """Reads and writes the tables of one cache file. `fingerprint` names the program, its libraries and its format."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection | None:
        try:
            if self._path.exists() and self._path.stat().st_size > MAX_BYTES:
                self._discard()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode=MEMORY")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS about (fingerprint TEXT)")
            found = connection.execute("SELECT fingerprint FROM about").fetchone()
            if found is None or found[0] != self._fingerprint:
                self._reset(connection)
            return connection
        except (sqlite3.Error, OSError):
            return self._again()

    def _again(self) -> sqlite3.Connection | None:
        """Once more with a new file; without a cache when even that fails."""
        try:
            self._discard()
            connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode=MEMORY")
            connection.execute("PRAGMA synchronous=OFF")
            self._reset(connection)
            return connection
        except (sqlite3.Error, OSError):
            return None

    def _discard(self) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                os.unlink(f"{self._path}{suffix}")

    def _reset(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TABLE IF EXISTS facts")
        connection.execute("DROP TABLE IF EXISTS about")
        connection.execute("CREATE TABLE about (fingerprint TEXT)")
        connection.execute(
            "CREATE TABLE facts (kind TEXT, name TEXT, sum INTEGER, value TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID"
        )
        connection.execute("INSERT INTO about VALUES (?)", (self._fingerprint,))
        connection.execute("COMMIT")

    def load(self, kind: str) -> dict[str, Any]:
        """All values of a table by name; a damaged one is left out."""
        found = {}
        for name, text in self._texts(kind):
            with contextlib.suppress(ValueError, RecursionError):
                found[name] = json.loads(text)
        return found

    def load_encoded(self, kind: str) -> dict[str, Encoded]:
        """The same, each as it is written, for those who do not need them all."""
        return {name: Encoded(text) for name, text in self._texts(kind)}

    def _texts(self, kind: str) -> Iterator[tuple[str, str]]:
        if self._connection is None:
            return
        try:
            rows = self._connection.execute("SELECT name, sum, value FROM facts WHERE kind = ?", (kind,)).fetchall()
        except sqlite3.Error:
            return
        for name, checksum, value in rows:
            if not isinstance(value, str) or zlib.crc32(f"{kind} {name} {value}".encode()) != checksum:
                continue
            yield name, value

    def save(self, changes: Mapping[str, Mapping[str, Any]], removed: Mapping[str, Iterable[str]]) -> None:
        """Write and remove values of several tables in one transaction. A disk that is full only loses the cache."""
        if self._connection is None:
            return
        rows = [
            (kind, name, *_packed(kind, name, value))
            for kind, table in changes.items()
            for name, value in table.items()
        ]
        gone = [(kind, name) for kind, names in removed.items() for name in names]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", rows)
            self._connection.executemany("DELETE FROM facts WHERE kind = ? AND name = ?", gone)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def encoded(value: Any) -> Encoded:
    """A value as it stands in a table."""
    return Encoded(_ENCODER.encode(value))


def _packed(kind: str, name: str, value: Any) -> tuple[int, str]:
    text = str(value if isinstance(value, Encoded) else encoded(value))
    return zlib.crc32(f"{kind} {name} {text}".encode()), text
