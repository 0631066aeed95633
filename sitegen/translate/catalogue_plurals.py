"""The `Plural-Forms` header: a small C expression, parsed and evaluated by hand. Nothing is ever passed to `eval`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sitegen.read.po import MAX_PLURAL_FORMS

MAX_EXPRESSION_LENGTH = 1000
MAX_DEPTH = 100

_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_TOKEN = re.compile(r"\s*(\d{1,9}|n|&&|\|\||[=!<>]=|[-+*/%<>!?:()])")
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))

Expression = Callable[[int], int]

_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b if b else 0,
    "%": lambda a, b: a % b if b else 0,
}


class PluralSyntaxError(ValueError):
    """The expression is not one that gettext would accept."""


def _binary(operator: str, left: Expression, right: Expression) -> Expression:
    if operator == "||":
        return lambda n: int(bool(left(n) or right(n)))
    if operator == "&&":
        return lambda n: int(bool(left(n) and right(n)))
    operation = _OPERATIONS[operator]
    return lambda n: operation(left(n), right(n))


class _Parser:
    """Recursive descent over C's precedence: `?:`, then `_LEVELS` from loose to tight, then `!`."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_EXPRESSION_LENGTH:
            raise PluralSyntaxError(f"longer than {MAX_EXPRESSION_LENGTH} characters")
        self.tokens: list[str] = []
        self.place = 0
        self.depth = 0
        at = 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if not match:
                raise PluralSyntaxError(f"unexpected '{text[at:].strip()[:10]}'")
            self.tokens.append(match[1])
            at = match.end()

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        if not token or (expected and token != expected):
            raise PluralSyntaxError(f"expected '{expected or 'a value'}', found '{token or 'the end'}'")
        self.place += 1
        return token

    def whole(self) -> Expression:
        found = self.ternary()
        if self.peek():
            raise PluralSyntaxError(f"unexpected '{self.peek()}'")
        return found

    def ternary(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PluralSyntaxError("nested too deeply")
        test = self.level(0)
        if self.peek() == "?":
            self.take()
            then = self.ternary()
            self.take(":")
            other = self.ternary()
            self.depth -= 1
            return lambda n: then(n) if test(n) else other(n)
        self.depth -= 1
        return test

    def level(self, index: int) -> Expression:
        if index == len(_LEVELS):
            return self.unary()
        left = self.level(index + 1)
        while self.peek() in _LEVELS[index]:
            left = _binary(self.take(), left, self.level(index + 1))
        return left

    def unary(self) -> Expression:
        negations = 0
        while self.peek() == "!":
            self.take()
            negations += 1
        value = self.primary()
        if not negations:
            return value
        wanted = negations % 2 == 0
        return lambda n: int(bool(value(n)) == wanted)

    def primary(self) -> Expression:
        found = self.take()
        if found == "n":
            return lambda n: n
        if found == "(":
            inner = self.ternary()
            self.take(")")
            return inner
        if found.isdigit():
            number = int(found)
            return lambda n: number
        raise PluralSyntaxError(f"unexpected '{found}'")


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How many forms a language has and which one a number takes."""

    count: int
    expression: Expression

    def index(self, number: int) -> int:
        """The form for `number`, always a valid index."""
        found = self.expression(abs(int(number)))
        return found if 0 <= found < self.count else 0


GERMANIC = PluralRule(2, lambda n: int(n != 1))
"""gettext's rule for a catalogue without a header."""


def parse_plural_forms(header: str) -> PluralRule:
    """The rule of a header's value such as `nplurals=2; plural=(n != 1);`. Raises PluralSyntaxError."""
    match = _HEADER.fullmatch(header)
    if not match:
        raise PluralSyntaxError("expected 'nplurals=…; plural=…;'")
    count = int(match[1])
    if not 1 <= count <= MAX_PLURAL_FORMS:
        raise PluralSyntaxError(f"nplurals must be 1 to {MAX_PLURAL_FORMS}")
    return PluralRule(count, _Parser(match[2]).whole())
