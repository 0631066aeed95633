"""The emblem of the European Union, drawn from its geometry: twelve upright stars on a circle, as a clock's hours.

Nothing about it may be altered: a blue rectangle of ratio 3:2, gold stars of five points whose outer circle is
1/18 of the height, their centres on a circle of a third of the height. In colour it is #003399 and #FFCC00.
"""

from __future__ import annotations

import math
from functools import cache
from html import escape

BLUE = "#003399"
YELLOW = "#FFCC00"
WIDTH, HEIGHT = 27.0, 18.0  # units of the view box; the radius of a star is 1
CIRCLE_RADIUS = 6.0
STAR_RADIUS = 1.0
STARS = 12
POINTS = 5


def star_centres() -> tuple[tuple[float, float], ...]:
    """The centres of the stars, from the top clockwise."""
    angles = (math.tau * number / STARS for number in range(STARS))
    return tuple(
        (WIDTH / 2 + CIRCLE_RADIUS * math.sin(angle), HEIGHT / 2 - CIRCLE_RADIUS * math.cos(angle)) for angle in angles
    )


def star_points(centre: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """The five points of one upright star, in the order in which a pen draws it in one stroke (every second one).

    The inner corners of a regular star lie where its lines cross, so they need no points of their own.
    """
    angles = (math.tau * 2 * number / POINTS for number in range(POINTS))
    return tuple(
        (centre[0] + STAR_RADIUS * math.sin(angle), centre[1] - STAR_RADIUS * math.cos(angle)) for angle in angles
    )


@cache
def _stars_path() -> str:
    return "".join(
        "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in star_points(centre)) + "Z" for centre in star_centres()
    )


def _short(value: float) -> str:
    """Three decimals: a fortieth of a pixel on an emblem 700 pixels wide."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def eu_emblem_svg(title: str | None = None) -> str:
    """The emblem as inline SVG; `title` (plain text) is its text alternative, without one it is hidden from screen
    readers, because the statement stands beside it."""
    if title:
        head, label = 'role="img"', f"<title>{escape(title)}</title>"
    else:
        head, label = 'aria-hidden="true" focusable="false"', ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="eu-emblem" viewBox="0 0 27 18" width="54" height="36" {head}>'
        f"{label}{_drawing()}</svg>"
    )


def eu_emblem_file() -> bytes:
    """The emblem as a file of its own, for `<img>` and downloads."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 27 18" width="810" height="540">{_drawing()}</svg>\n'
    ).encode()


def _drawing() -> str:
    # Attributes, no style: a page's security policy forbids inline styles. `nonzero` fills the star's middle.
    return f'<path fill="{BLUE}" d="M0 0H27V18H0Z"/><path fill="{YELLOW}" fill-rule="nonzero" d="{_stars_path()}"/>'
