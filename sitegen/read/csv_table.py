"""A spreadsheet saved as CSV: its delimiter found, its encoding checked, its cells with their places.

Positions name the file, the line on which a row begins, and the number of the cell from 1.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.problems import Position, Problems
from sitegen.read.files import MAX_TEXT_BYTES, decode

DELIMITERS = (",", ";", "\t", "|")
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELL_CHARACTERS = 100_000

_HOW = "in Excel: File, Save as, 'CSV UTF-8'; in LibreOffice: Save as, Text CSV, character set UTF-8"
_GUARD = re.compile(r"'(?=\s*[=+\-@\t\r＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty; `column`: the index of its column from 0."""

    text: str
    column: int
    position: Position


@dataclass(frozen=True, slots=True)
class Table:
    """`header`: cells of the first row. `rows`: (place of the row, its filled cells)."""

    delimiter: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Position, tuple[Cell, ...]], ...]


def read_table(path: Path, problems: Problems) -> Table | None:
    """The table of a CSV file, or None with a problem. Rows without any text are passed over."""
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        problems.error("file-unreadable", Position(name), f"this file cannot be read: {error.strerror}")
        return None
    if len(data) > MAX_TEXT_BYTES:
        problems.error("file-too-large", Position(name), f"this file is larger than {MAX_TEXT_BYTES // 1_000_000} MB")
        return None
    if data.startswith(b"PK\x03\x04"):
        problems.error("csv-workbook", Position(name), f"this is a workbook, not CSV; save the sheet as CSV ({_HOW})")
        return None
    own = Problems()
    text = decode(data, name, own)
    problems.extend(
        replace(problem, message=f"{problem.message} ({_HOW})") if problem.code.startswith("encoding") else problem
        for problem in own
    )
    return None if text is None else _parse(text, name, problems)


def _parse(text: str, name: str, problems: Problems) -> Table | None:
    first_line = 0
    said = re.match(r"sep=(.)\n", text)  # a line that Excel writes and reads
    if said:
        text, first_line = text[said.end() :], 1
    delimiter = said[1] if said else _delimiter(text)
    rows = list(_rows(text, name, delimiter, first_line, problems))
    if problems.errors:
        return None
    if not rows or not rows[0][1]:
        message = "this file is empty; its first row names the columns, such as: id, name, email"
        problems.error("csv-empty", Position(name), message)
        return None
    header = rows[0][1]
    for place, cells in rows[1:]:
        beyond = next((cell for cell in cells if cell.column > header[-1].column), None)
        if beyond is not None:
            problems.error(
                "csv-row-long",
                beyond.position,
                f"this row has more cells than the {header[-1].column + 1} columns of the header; put texts that hold "
                f"'{_shown(delimiter)}' in quotation marks (row on line {place.line})",
            )
    return Table(delimiter, header, tuple(row for row in rows[1:] if row[1]))


def _delimiter(text: str) -> str:
    """The one that stands most often in the header, quoted parts left out."""
    header = re.sub(r'"[^"]*"', "", text.lstrip("\n").split("\n", 1)[0])
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def _shown(delimiter: str) -> str:
    return "a tab" if delimiter == "\t" else delimiter


def _rows(
    text: str, name: str, delimiter: str, first_line: int, problems: Problems
) -> list[tuple[Position, tuple[Cell, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[Position, tuple[Cell, ...]]] = []
    line = first_line + 1
    try:
        for row in reader:
            place = Position(name, line, 1)
            if len(found) > MAX_ROWS or len(row) > MAX_COLUMNS:
                message = f"a list has at most {MAX_ROWS:,} rows (MAX_ROWS) and {MAX_COLUMNS} columns (MAX_COLUMNS)"
                problems.error("csv-too-large", place, f"{message}; split it")
                return found
            found.append((place, _cells(row, place, problems)))
            line = first_line + reader.line_num + 1
    except csv.Error as error:
        problems.error(
            "csv-syntax",
            Position(name, line, 1),
            f"the row that begins here cannot be read ({error}); a quotation mark within a cell is written twice",
        )
    return [row for number, row in enumerate(found) if row[1] or number == 0]


def _cells(row: list[str], place: Position, problems: Problems) -> tuple[Cell, ...]:
    cells = []
    for column, content in enumerate(row):
        text = _GUARD.sub("", content.replace("\u00a0", " ").strip(), count=1)
        position = Position(place.file, place.line, column + 1)
        if len(text) > MAX_CELL_CHARACTERS:
            message = f"this cell has more than {MAX_CELL_CHARACTERS:,} characters (MAX_CELL_CHARACTERS); shorten it"
            problems.error("csv-cell-long", position, message)
        elif text:
            cells.append(Cell(text, column, position))
    return tuple(cells)
