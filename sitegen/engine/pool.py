"""Forked workers: the same work in one process or in several, with the same results in the same order.

A worker is a fork of this process, so that it starts with everything that is already in memory; only small results
travel back. What a crashed or stuck worker was doing is known by name.
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import pickle
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

BATCH = 8
"""Jobs that one worker takes at a time: small enough to balance, large enough to cost little."""
JOB_SECONDS = 120.0
"""A job that takes longer than this is taken to be stuck."""
SERIAL_BELOW = 64
"""Below so many jobs a fork costs more than it saves."""

_LENGTH = struct.Struct("<Q")


@dataclass(slots=True)
class WorkerError(Exception):
    """A worker died or was stuck at the job with this index. `reason` completes the sentence «the worker …»."""

    index: int
    reason: str


def can_fork() -> bool:
    """Forking is safe where no system library starts threads behind our back."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def worker_count(asked: int | None, jobs: int) -> int:
    """How many workers to use: as asked, else one per core for more than a few jobs."""
    if not can_fork():
        return 1
    if asked is not None:
        return max(1, asked)
    if jobs < SERIAL_BELOW:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, jobs // BATCH))


def run_jobs(
    jobs: Sequence[T], work: Callable[[T], R], *, workers: int = 1, seconds: float = JOB_SECONDS
) -> Iterator[tuple[int, R]]:
    """Yield (index, result) as they come; raises WorkerError, or what `work` raised (always so when serial)."""
    if workers <= 1 or len(jobs) <= 1 or not can_fork():
        for index, job in enumerate(jobs):
            yield index, work(job)
            _tidy(index)
        return
    with _Workers(jobs, work, workers, seconds) as pool:
        yield from pool.results()


def _tidy(number: int) -> None:
    """Let go of what the latest jobs left in circles. Looking at young objects alone costs next to nothing."""
    if number % BATCH == BATCH - 1 and not gc.isenabled():
        gc.collect(0)


def spread(
    items: Sequence[T],
    work: Callable[[Sequence[T]], R],
    *,
    together: Callable[[T], object],
    workers: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[R]:
    """Each worker does `work` once, on its part of the items. Neighbours that are `together` stay in one part.

    `meanwhile`: what this process does until the first of them is done.
    """
    parts = [list(part) for part in _parts(items, together, workers)]
    with _Workers(parts, work, len(parts), JOB_SECONDS * len(items), batch=1) as pool:
        meanwhile()
        for _, result in pool.results():
            yield result


def _parts(items: Sequence[T], together: Callable[[T], object], count: int) -> Iterator[Sequence[T]]:
    start = 0
    for number in range(1, count + 1):
        end = max(start, len(items) * number // count)
        while 0 < end < len(items) and together(items[end]) == together(items[end - 1]):
            end += 1
        if end > start:
            yield items[start:end]
        start = end


class _Workers:
    def __init__(
        self,
        jobs: Sequence[Any],
        work: Callable[[Any], Any],
        workers: int,
        seconds: float,
        batch: int = BATCH,
    ) -> None:
        self._batch = batch
        self._jobs = jobs
        self._work = work
        self._count = workers
        self._seconds = seconds
        self._shared = mmap.mmap(-1, 8 * workers)  # each worker's current job + 1
        self._pipes: dict[int, int] = {}  # read end → worker number
        self._pids: dict[int, int] = {}

    def __enter__(self) -> Self:
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()
        for number in range(self._count):
            self._start(number)
        return self

    def _start(self, number: int) -> None:
        read, write = os.pipe()
        pid = os.fork()
        if pid:
            os.close(write)
            self._pipes[read] = number
            self._pids[number] = pid
            return
        status = 1
        try:
            for other in self._pipes:
                os.close(other)
            os.close(read)
            self._serve(number, write)
            status = 0
        finally:
            os._exit(status)

    def _batches(self, number: int) -> Iterator[int]:
        """Every worker takes each `count`-th batch: no lock is needed, and neighbours in cost are spread."""
        for start in range(number * self._batch, len(self._jobs), self._count * self._batch):
            yield from range(start, min(start + self._batch, len(self._jobs)))

    def _serve(self, number: int, write: int) -> None:
        gc.disable()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(write, "wb", buffering=1 << 16) as pipe:
            for index in self._batches(number):
                self._shared[8 * number : 8 * number + 8] = _LENGTH.pack(index + 1)
                try:
                    message = pickle.dumps((index, True, self._work(self._jobs[index])), pickle.HIGHEST_PROTOCOL)
                except Exception as error:  # noqa: BLE001 - it is raised again in the parent
                    message = pickle.dumps((index, False, _portable(error)), pickle.HIGHEST_PROTOCOL)
                pipe.write(_LENGTH.pack(len(message)) + message)
                _tidy(index)

    def results(self) -> Iterator[tuple[int, Any]]:
        buffers = {fd: bytearray() for fd in self._pipes}
        last = {fd: time.monotonic() for fd in self._pipes}
        while buffers:
            ready, _, _ = select.select(list(buffers), [], [], 1.0)
            now = time.monotonic()
            for fd in ready:
                last[fd] = now
                chunk = os.read(fd, 1 << 18)
                if not chunk:
                    self._ended(fd)
                    del buffers[fd]
                    continue
                buffers[fd] += chunk
                yield from _messages(buffers[fd])
            for fd in buffers:
                if now - last[fd] > self._seconds:
                    raise WorkerError(self._current(self._pipes[fd]), f"took longer than {self._seconds:.0f} s")

    def _current(self, number: int) -> int:
        (index,) = _LENGTH.unpack(self._shared[8 * number : 8 * number + 8])
        return max(0, int(index) - 1)

    def _ended(self, fd: int) -> None:
        number = self._pipes[fd]
        _, status = os.waitpid(self._pids.pop(number), 0)
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status)).name
            raise WorkerError(self._current(number), f"was ended by {name}")
        if os.WEXITSTATUS(status):
            raise WorkerError(self._current(number), f"ended with status {os.WEXITSTATUS(status)}")

    def __exit__(self, *_: object) -> None:
        for pid in self._pids.values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        for fd in self._pipes:
            os.close(fd)
        self._shared.close()
        gc.unfreeze()


def _messages(buffer: bytearray) -> Iterator[tuple[int, Any]]:
    """Take whole messages off the front of the buffer."""
    offset = 0
    while len(buffer) - offset >= 8:
        (length,) = _LENGTH.unpack_from(buffer, offset)
        if len(buffer) - offset - 8 < length:
            break
        index, fine, result = pickle.loads(memoryview(buffer)[offset + 8 : offset + 8 + length])  # noqa: S301 - our own fork's
        offset += 8 + length
        if not fine:
            del buffer[:offset]
            raise result
        yield index, result
    del buffer[:offset]


def _portable(error: Exception) -> Exception:
    """The error itself when it can travel between processes, else its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - any failure means that it cannot travel
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
