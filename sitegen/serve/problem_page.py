"""The page that stands in for the site while it cannot be built: every problem, with its place."""

from __future__ import annotations

from html import escape

from sitegen.problems import Problems

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; padding: 2rem 1rem; max-width: 60rem; }
h1 { font-size: 1.5rem; }
ol { padding: 0; list-style: none; }
li { margin: 0 0 1rem; padding: .75rem 1rem; border-inline-start: .3rem solid #b3261e; background: #b3261e14; }
li.warning { border-color: #8a6100; background: #8a610014; }
code { font: .9rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
p { margin: .25rem 0 0; }
"""


def problem_page(problems: Problems) -> str:
    """HTML that lists the problems; the preview adds its reload script."""
    errors = len(problems.errors)
    noun = "problem keeps" if errors == 1 else "problems keep"
    items = "\n".join(
        f'<li class="{problem.severity.value}"><code>{escape(str(problem.position))}</code> '
        f"<code>[{escape(problem.code)}]</code><p>{escape(problem.message)}</p></li>"
        for problem in problems
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Problems – sitegen</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="/.sitegen/problems.css"></head>'
        f"<body><main><h1>{errors} {noun} the site from being built</h1>"
        "<p>This page goes away by itself when they are mended. The published site is as it was.</p>"
        f"<ol>\n{items}\n</ol></main></body></html>"
    )
