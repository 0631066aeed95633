"""Where names stand on a map: members beside their marks, countries within themselves, none upon another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sitegen.plan.context import MapLabel, MapMark
from sitegen.render.map_land import Land

LETTER = 13.5
"""The mean width of a letter of a country's name, in units of the drawing."""

NAMED_MARKS = 24
"""With more marks no name is shown before somebody points at its mark."""

LONGEST_NAME = 28
"""Longer names are shown only to those who point."""

_LINE = 30
_MARK = 26.0
_SHIFTS = ((0.0, 0.0), (0, 0.5), (0, -0.5), (0, 0.8), (0, -0.8), (0.5, 0.3), (-0.5, 0.3), (0.5, -0.3), (-0.5, -0.3))
"""Where a country's name may stand instead of in the middle, in parts of the room that is there."""

Box = tuple[float, float, float, float]


class Names:
    """Takes places one after the other; what is taken stays free of later names."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._taken: list[Box] = []

    def marks(self, marks: Sequence[MapMark]) -> tuple[MapMark, ...]:
        """The marks with the side of their names."""
        self._taken += [(mark.x - _MARK, mark.y - _MARK, mark.x + _MARK, mark.y + _MARK) for mark in marks]
        return tuple(self._named(mark, len(marks) <= NAMED_MARKS) for mark in marks)

    def _named(self, mark: MapMark, may_show: bool) -> MapMark:
        name = mark_name(mark)
        width = len(name) * LETTER
        boxes: dict[str, Box] = {
            "after": (mark.x + _MARK, mark.y - 16, mark.x + _MARK + width, mark.y + 16),
            "before": (mark.x - _MARK - width, mark.y - 16, mark.x - _MARK, mark.y + 16),
            "above": (mark.x - width / 2, mark.y - 58, mark.x + width / 2, mark.y - 26),
        }
        inside = [side for side, box in boxes.items() if self._holds(box)]
        free = next((side for side in inside if self._is_free(boxes[side])), None)
        if free is None or not may_show or len(mark.entries) > 1 or len(name) > LONGEST_NAME:
            return replace(mark, side=(inside or ["above"])[0])
        self._taken.append(boxes[free])
        return replace(mark, side=free, named=True)

    def countries(self, land: Land, members: Iterable[str], names: dict[str, str], shown: str) -> tuple[MapLabel, ...]:
        """The names of countries, members' first. `names`: code → name; `shown`: 'all', 'members' or 'none'.

        A country that is not in `names` bears none.
        """
        own = set(members)
        labels = []
        for code, area in sorted(land.areas.items(), key=lambda item: (item[0] not in own, -item[1].room, item[0])):
            if code not in names:
                continue
            half = len(names[code]) * LETTER / 2
            fits = half < area.room * 1.25 or (code in own and not area.tiny)
            if not fits or shown == "none" or (shown == "members" and code not in own):
                continue
            for right, down in _SHIFTS if code in own else _SHIFTS[:1]:
                x = min(max(area.label[0] + right * area.room, half + 8), self._width - half - 8)
                y = min(max(area.label[1] + down * area.room, _LINE), self._height - _LINE / 2)
                box = (x - half, y - _LINE * 0.8, x + half, y + _LINE * 0.4)
                if self._is_free(box):
                    self._taken.append(box)
                    labels.append(MapLabel(names[code], round(x), round(y), code in own))
                    break
        return tuple(labels)

    def _holds(self, box: Box) -> bool:
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self._width and box[3] <= self._height

    def _is_free(self, box: Box) -> bool:
        return not any(_overlap(box, other) for other in self._taken)


def mark_name(mark: MapMark) -> str:
    """How a mark of one entry is called: by the short form of its name, where it has one."""
    return str(getattr(mark.entries[0], "short_name", None) or mark.entries[0].title)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
