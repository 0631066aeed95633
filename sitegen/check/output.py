"""All checks over one finished output folder, in the order in which a reader would mind."""

from __future__ import annotations

from pathlib import Path

from sitegen.check.funding import check_funding
from sitegen.check.links import check_alternates, check_links
from sitegen.check.markup import check_html
from sitegen.check.pages import read_site
from sitegen.check.third_parties import check_third_parties
from sitegen.problems import Problem, Problems


def check_output(output: Path, base_path: str = "/", url: str = "") -> list[Problem]:
    """What is wrong with the site in `output`, sorted by file and place.

    `base_path` is the folder at which the site is served, `url` its absolute address with a trailing slash or ''.
    """
    site = read_site(output, base_path, url)
    found = Problems()
    for check in (check_links, check_alternates, check_html, check_third_parties, check_funding):
        found.extend(check(site))
    return list(found)
