"""Beginnings: a small working site for `sitegen init`, and files to fill in for `sitegen new`.

`starter/` holds the site as it is written to disk. It is a site like any other; the tests build it.
"""

from sitegen.scaffold.new_entries import new_entry
from sitegen.scaffold.starting_site import init_site

__all__ = ["init_site", "new_entry"]
