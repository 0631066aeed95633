"""YAML syntax errors in words that help an editor who has never heard of a block mapping."""

from __future__ import annotations

import re
from typing import Any

_NO_SPACE = re.compile(r"\s*(?:- +)?([^\W\d][\w-]*):[^\s/]")
_OPENS_QUOTED = re.compile(r"\s*(?:- +)?(?:[^\s:'\"][^:'\"]*:\s+)?(['\"])")
_COLON_IN_TEXT = re.compile(r"\s*(?:- +)?[^\s:'\"][^:'\"]*:\s+\S.*?:(\s|$)")


def describe_syntax_error(error: Any, text: str) -> tuple[int, int, str]:
    """Line and column (from 1) of a yaml.MarkedYAMLError in `text`, and what is wrong and what to do."""
    problem = str(error.problem or "")
    context = str(error.context or "")
    mark = error.problem_mark or error.context_mark
    begin = error.context_mark or mark
    if mark is None:
        return 1, 1, "this is not valid YAML; check it with an editor that knows YAML"
    lines = text.split("\n")
    place = _Place(lines, mark.line, mark.column, begin.line, begin.column)
    for describe in (_tab, _quote, _escape, _symbol, _bracket, _no_space, _colon, _word_without_colon, _list_item):
        described = describe(problem, context, place)
        if described:
            return described
    return mark.line + 1, mark.column + 1, _layout(place)


class _Place:
    """Where the parser gave up (`row`, `column`) and where what it was reading began, all from 0."""

    def __init__(self, lines: list[str], row: int, column: int, begin_row: int, begin_column: int) -> None:
        self.lines = lines
        self.row, self.column = row, column
        self.begin_row, self.begin_column = begin_row, begin_column

    def line(self, row: int) -> str:
        return self.lines[row] if 0 <= row < len(self.lines) else ""

    def at(self, row: int, column: int) -> str:
        return self.line(row)[column : column + 1]


_Described = tuple[int, int, str] | None


def _tab(problem: str, context: str, place: _Place) -> _Described:
    line = place.line(place.row)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and ("tab" in problem or "cannot start any token" in problem):
        return place.row + 1, indent.index("\t") + 1, "this line is indented with a tab; use spaces instead"
    if place.at(place.row, place.column) == "\t":
        return place.row + 1, place.column + 1, "a tab stands here; use spaces instead"
    return None


def _quote(problem: str, context: str, place: _Place) -> _Described:
    if "quoted scalar" in context and ("end of stream" in problem or "document separator" in problem):
        mark = place.at(place.begin_row, place.begin_column)
        return (
            place.begin_row + 1,
            place.begin_column + 1,
            f"the quote {mark} that opens here is never closed; add one at its end",
        )
    opened = _OPENS_QUOTED.match(place.line(place.row))
    if opened and opened.end() <= place.column and _stopped_in_block(problem):
        mark = opened[1]
        other = "double quotes" if mark == "'" else "single quotes"
        return (
            place.row + 1,
            place.column + 1,
            f"text goes on after the closing {mark}; put the whole text in {other}, or "
            f"write {mark * 2 if mark == chr(39) else chr(92) + mark} for a quote inside it",
        )
    return None


def _stopped_in_block(problem: str) -> bool:
    return "did not find expected key" in problem or "<block end>" in problem or "'-' indicator" in problem


def _escape(problem: str, context: str, place: _Place) -> _Described:
    if "escape" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
        return (
            place.row + 1,
            max(place.column, 1),
            "in double quotes a backslash \\ begins a special character; use single "
            "quotes, or write \\\\ for one backslash",
        )
    return None


def _symbol(problem: str, context: str, place: _Place) -> _Described:
    if "alias" in context or "anchor" in context or "tag" in context or "directive" in context:
        row, column = place.begin_row, place.begin_column
    elif "cannot start any token" in problem or "expected node content" in problem or "block scalar" in context:
        row, column = (place.begin_row, place.begin_column) if "block scalar" in context else (place.row, place.column)
    else:
        return None
    symbol = place.at(row, column)
    if symbol.isalnum() or not symbol.strip():
        return None
    return row + 1, column + 1, f"a text cannot begin with {symbol} in YAML; put the whole text in quotes"


def _bracket(problem: str, context: str, place: _Place) -> _Described:
    for kind, opening, closing in (("sequence", "[", "]"), ("mapping", "{", "}")):
        ends = "flow node" in context and not place.line(place.row).strip() and opening in place.line(place.begin_row)
        if f"flow {kind}" in context or ends:
            return (
                place.begin_row + 1,
                place.begin_column + 1,
                f"the {opening} that opens here is not closed by a {closing} where it should be; add "
                f"it or, if this is text that begins with {opening}, put the whole text in quotes",
            )
    return None


def _no_space(problem: str, context: str, place: _Place) -> _Described:
    for row in (place.row, place.row - 1, place.begin_row):
        found = _NO_SPACE.match(place.line(row))
        if found and row >= 0:
            return row + 1, found.end(1) + 1, f"a space is missing after '{found[1]}:'"
    return None


def _colon(problem: str, context: str, place: _Place) -> _Described:
    if "mapping values are not allowed" not in problem:
        return None
    if _COLON_IN_TEXT.match(place.line(place.row)):
        return (
            place.row + 1,
            place.column + 1,
            'a colon inside a text ends it here; put the whole text in quotes, like title: "Open call: apply now"',
        )
    return (
        place.row + 1,
        place.column + 1,
        "a field cannot begin here: this line is indented more than the one above, which "
        "already has a value; indent both alike",
    )


def _word_without_colon(problem: str, context: str, place: _Place) -> _Described:
    if "could not find expected ':'" in problem or "simple key" in context:
        return (
            place.begin_row + 1,
            place.begin_column + 1,
            "this line is no 'field: value'; add the field's name and a "
            "colon or, if it continues the text above, indent it",
        )
    return None


def _list_item(problem: str, context: str, place: _Place) -> _Described:
    if "block sequence entries are not allowed" in problem:
        return place.row + 1, place.column + 1, "a list begins on a line of its own below its field; move the '-' there"
    if "'-' indicator" in problem:
        return (
            place.row + 1,
            place.column + 1,
            "a list goes on with '- ' at the same indentation; this line has none: indent it like its neighbours",
        )
    return None


def _layout(place: _Place) -> str:
    if place.line(place.row).lstrip().startswith(":"):
        return "the name of the field before ':' is missing"
    return "this line does not fit the ones above; check its indentation, its quotes, and that it reads 'field: value'"
