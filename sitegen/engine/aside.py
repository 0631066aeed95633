"""Something small, done by a fork of this process while it goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable


def aside(work: Callable[[], str]) -> Callable[[], str]:
    """Begin the work; calling what is answered waits for its result, which is short. It must be called once.

    Where forking is not safe, or fails, the work is done when its result is wanted.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return work
    try:
        read, write = os.pipe()
        child = os.fork()
    except OSError:
        return work
    if child == 0:
        _answer(work, write)
    os.close(write)

    def result() -> str:
        with os.fdopen(read, encoding="utf-8") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        return answer if status == 0 else work()

    return result


def _answer(work: Callable[[], str], write: int) -> None:
    """In the fork: nothing of the parent's may be closed or flushed here."""
    status = 1
    try:
        os.write(write, work().encode())
        status = 0
    finally:
        os._exit(status)
