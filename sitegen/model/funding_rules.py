"""What can be checked of the rules for showing the EU emblem without looking at a page: on one funding record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sitegen.problems import Position, Problem, Severity

# Of the rules for themes, whose pages the room `check` looks at.
EMBLEM_COLOURS = ("#003399", "#FFCC00")
MINIMUM_EMBLEM_HEIGHT_MM = 10
STATEMENT_FONTS = ("Arial", "Auto", "Calibri", "Garamond", "Trebuchet", "Tahoma", "Verdana", "Ubuntu")

_EU_REGIMES = ("mff2021", "eafrd2014", "external2014", "interreg", "erasmus")
_EMBLEM_FILE = re.compile(
    r"(^|[/_. -])(eu|europe|europa|european[_ -]?union)[_ -]?(flag|emblem|logo|stars)?\.(svg|png|jpe?g|webp|gif)$"
    r"|(eu|europe(an)?)[_ -]?(flag|emblem)",
    re.IGNORECASE,
)


def check_emblem_rules(values: Mapping[str, Any], position: Position) -> list[Problem]:
    """Problems with how a funding record has its emblem shown; empty when all is well.

    Codes: `funding-emblem-hidden`, `funding-emblem-copy`, `funding-statement-missing`, `funding-fund-missing`,
    `funding-logo-unnamed`.
    """
    found: list[Problem] = []

    def warn(code: str, message: str) -> None:
        found.append(Problem(position, code, message, Severity.WARNING))

    regime = values.get("regime")
    by_the_eu = regime in _EU_REGIMES
    shown = bool(values.get("emblem", True))
    if by_the_eu and not shown:
        warn(
            "funding-emblem-hidden",
            f"the rules of '{regime}' demand the EU emblem beside the statement: remove 'emblem: false'",
        )
    if by_the_eu and not values.get("kind") and not values.get("statement_text") and not values.get("slogan"):
        warn(
            "funding-statement-missing",
            "the emblem may not stand without its statement: add 'kind: funded' or 'kind: co_funded' "
            "(or 'assistance'), as the grant agreement says",
        )
    if regime == "eafrd2014" and not values.get("funds"):
        warn("funding-fund-missing", "the rules of 2014-2020 demand the fund's name on the site: add 'funds: [EAFRD]'")
    for number, logo in enumerate(values.get("logos", ()), start=1):
        file = str(logo.get("file", ""))
        if shown and _EMBLEM_FILE.search(file):
            warn(
                "funding-emblem-copy",
                f"logo {number} ('{file}') looks like the EU emblem, which is drawn beside the statement already: "
                "remove it from 'logos'",
            )
        if not logo.get("name") and not logo.get("alt"):
            warn("funding-logo-unnamed", f"logo {number} ('{file}') has no name: add 'name', which is also read aloud")
    return found
