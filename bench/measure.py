"""Whole-process figures of a command: wall time, CPU time with all its children, and peak memory of all together."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLING_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds, seconds and MiB; `peak_mib` is None where it was not sampled, so as not to disturb the times."""

    wall: float
    cpu: float
    peak_mib: float | None


class CommandFailedError(Exception):
    """The command did not end well; the message holds what it said."""


def run(command: Sequence[str], folder: Path, environment: dict[str, str], *, sample_memory: bool = False) -> Run:
    """Run a command to its end. Raises CommandFailedError when its exit code is not 0."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT)
        sampler = _Sampler(process.pid) if sample_memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        peak = sampler.stop() if sampler else None
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise CommandFailedError(f"{' '.join(command)}: {said.read().decode(errors='replace')[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak)


class _Sampler:
    """Adds up the proportional set sizes (PSS: shared pages count once) of a process and its descendants."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def _sample(self) -> None:
        while not self._ended.is_set():
            self._peak = max(self._peak, sum(_pss_kib(pid) for pid in _family(self._pid)))
            self._ended.wait(SAMPLING_SECONDS)

    def stop(self) -> float:
        self._ended.set()
        self._thread.join()
        return self._peak / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
