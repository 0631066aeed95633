"""The `sitegen i18n` commands: what volunteers and their coordinators run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add_i18n_commands(commands: Any, command: Callable[..., argparse.ArgumentParser], print_problems: Any) -> None:
    del commands, command, print_problems
