"""When a site cannot be built: the mistakes in its texts, so that the editor sees all of them at once."""

from __future__ import annotations

from sitegen.model.site import Site
from sitegen.plan.routes import Routes
from sitegen.problems import Problems
from sitegen.render.bodies import Bodies
from sitegen.render.links import check_anchors

ENTRIES = 1_000
"""In a larger site the editor mends the other mistakes first: reading every text again would take too long."""


HARMLESS = ("field-", "value-", "reference-", "menu-", "exact-", "output-", "image-", "link-")
"""Mistakes with these codes leave every entry in its place; others would make good links look wrong."""


def check_bodies(site: Site, routes: Routes, problems: Problems) -> None:
    """Report wrong links, anchors and directives in the bodies of all entries; nothing is rendered."""
    if len(site.entries) > ENTRIES or not all(problem.code.startswith(HARMLESS) for problem in problems.errors):
        return
    bodies = Bodies(site, routes, lambda _tag, message: message)
    for entry in site.entries.values():
        bodies.check(entry)
    check_anchors(bodies.anchor_uses, bodies.anchors, problems)
    problems.extend(bodies.problems)
