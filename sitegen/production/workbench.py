"""The static workbench: one page for each language with something to translate, and the catalogue that it loads."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.plan.phrases import TRANSLATE_SITE
from sitegen.plan.routes import output_path
from sitegen.plan.views import WORKBENCH_PATH
from sitegen.problems import Problems
from sitegen.render.outputs import Renderer

TEMPLATES = ("workbench.html",)
CATALOGUE = "catalogue.json"


def workbench_files(renderer: Renderer, catalogues: Mapping[str, bytes], problems: Problems) -> list[tuple[str, bytes]]:
    """(path, content) of all workbenches. `catalogues`: language tag → its JSON. An address that a page of the site
    has already is a problem."""
    files: list[tuple[str, bytes]] = []
    for tag, catalogue in catalogues.items():
        address = f"{renderer.site.languages[tag].prefix}{WORKBENCH_PATH}"
        claimed = renderer.routes.claims.get(output_path(address))
        if claimed is not None:
            owner, place = claimed
            message = f"'{owner}' and the workbench for translators both want the address /{address}"
            problems.error("route-duplicate", place, f"{message}; give it another slug")
            continue
        with renderer.recording() as result:
            page = renderer.pages.plain("workbench", TRANSLATE_SITE, address, tag, only=catalogues, noindex=True)
            html = renderer.page_html(page, TEMPLATES)
        problems.extend(result.problems)
        if html is not None:
            files += [(output_path(address), html.encode()), (f"{address}{CATALOGUE}", catalogue)]
    return files
