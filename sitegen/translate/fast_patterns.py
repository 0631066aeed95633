"""Inline markup in its simplest form: what can be read in one pass, because nothing in it can mean anything else."""

from __future__ import annotations

import re

# Without any of these no pattern matches and no placeholder stands in the text. Kept to one class of characters,
# which the regular expression engine skips through quickly.
MARKUP = re.compile(r"[`\\\[<&*_\x02]")
HARD_BREAK = "  \n"
ENTITY = re.compile(r"&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);")

_INNER = r"([^`\\\[\]<*_\x02]+)"  # text inside an element; entities are refused afterwards
_TARGET = r"""\(([^`\\\[\]<>*()"'\x02\s]+)(?:[ ]"([^`\\\[\]<>()"'\x02]+)")?\)"""
IMAGE = re.compile(rf"!\[([^`\\\[\]<\x02]*)\]{_TARGET}")
LINK = re.compile(rf"\[(?!\^){_INNER}\]{_TARGET}")
CODE = re.compile(r"`([^`\\\x02]+)`(?!`)")
STRONG = re.compile(rf"\*\*(?!\s){_INNER}(?<!\s)\*\*(?!\*)")
EM = re.compile(rf"\*(?!\s){_INNER}(?<!\s)\*(?!\*)")
TITLE_SPACE = re.compile(r"\s")
