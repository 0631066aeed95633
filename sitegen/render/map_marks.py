"""Points that lie together: joined into one mark with a count, or set side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Generic, TypeVar

from sitegen.render.map_data import Point

MAX_MARKS = 120
"""No map shows more marks: points that lie nearer to each other are joined until this holds."""

SPREAD = 6
"""So many points at one place are still shown side by side."""

Thing = TypeVar("Thing")


class Cluster(Generic[Thing]):
    """Things at one place of the drawing."""

    __slots__ = ("things", "x", "y")

    def __init__(self, x: float, y: float, things: list[Thing]) -> None:
        self.x, self.y, self.things = x, y, things

    def take(self, other: Cluster[Thing]) -> None:
        """Join the other; the place is the mean of all things'."""
        mine, theirs = len(self.things), len(other.things)
        self.x = (self.x * mine + other.x * theirs) / (mine + theirs)
        self.y = (self.y * mine + other.y * theirs) / (mine + theirs)
        self.things += other.things


def clusters(places: Sequence[tuple[Point, Thing]], distance: float, most: int = MAX_MARKS) -> list[Cluster[Thing]]:
    """Things nearer than `distance` share a cluster; the distance grows until there are at most `most` clusters.

    The result depends on the places and their order alone.
    """
    found = [Cluster(point[0], point[1], [thing]) for point, thing in places]
    while True:
        found = _joined(found, distance)
        if len(found) <= most:
            return found
        distance *= 1.3


def _joined(found: list[Cluster[Thing]], distance: float) -> list[Cluster[Thing]]:
    while True:
        kept: list[Cluster[Thing]] = []
        for cluster in found:
            near = next((k for k in kept if math.hypot(k.x - cluster.x, k.y - cluster.y) < distance), None)
            if near is None:
                kept.append(cluster)
            else:
                near.take(cluster)
        if len(kept) == len(found):
            return kept
        found = kept


def spread(found: list[Cluster[Thing]], distance: float) -> list[Cluster[Thing]]:
    """Small clusters with room around them are taken apart again, their things side by side on a circle."""
    result: list[Cluster[Thing]] = []
    for cluster in found:
        count = len(cluster.things)
        free = all(
            other is cluster or math.hypot(other.x - cluster.x, other.y - cluster.y) > distance * 2.6 for other in found
        )
        if count == 1 or count > SPREAD or not free:
            result.append(cluster)
            continue
        radius = distance / 2 / math.sin(math.pi / count) * 1.05
        for number, thing in enumerate(cluster.things):
            angle = 2 * math.pi * number / count - math.pi / 2 * (count != 2)
            x, y = cluster.x + radius * math.cos(angle), cluster.y + radius * math.sin(angle)
            result.append(Cluster(x, y, [thing]))
    return result
