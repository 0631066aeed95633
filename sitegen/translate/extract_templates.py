"""Messages in Jinja templates, found by Babel: `_`, `gettext`, `ngettext`, `pgettext`, `npgettext`, `{% trans %}`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from sitegen.problems import Position, Problems
from sitegen.translate.extract import InterfaceMessage

COMMENT_TAGS = ("i18n:", "Translators:", "TRANSLATORS:")
"""`{# i18n: … #}` above a message speaks to its translators."""

_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
_OPTIONS = {"silent": "false", "trimmed": "true", "newstyle_gettext": "true"}


def extract_template(source: str, file: str, problems: Problems) -> tuple[InterfaceMessage, ...]:
    """The messages of one template. `file` names it in problems and in locations."""
    from jinja2 import TemplateError, TemplateSyntaxError
    from jinja2.ext import babel_extract

    stream = io.BytesIO(source.encode("utf-8"))
    try:
        found = list(babel_extract(stream, list(_KEYWORDS), list(COMMENT_TAGS), {**_OPTIONS, "encoding": "utf-8"}))
    except TemplateSyntaxError as error:
        problems.error("template-syntax", Position(file, error.lineno), f"{error.message}; mend the template")
        return ()
    except TemplateError as error:
        problems.error("template-syntax", Position(file), f"{error}; mend the template")
        return ()
    return tuple(_messages(found, file, problems))


def _messages(found: list[Any], file: str, problems: Problems) -> Iterator[InterfaceMessage]:
    for line, function, arguments, comments in found:
        message = _message(function, arguments if isinstance(arguments, tuple) else (arguments,))
        if message is None:
            text = f"{function}() needs its texts as plain strings, so that translators see them"
            problems.error("template-message", Position(file, line), text)
            continue
        context, msgid, plural = message
        if not msgid:
            problems.error("template-message", Position(file, line), "an empty text cannot be translated")
            continue
        yield InterfaceMessage(
            file=file,
            line=line,
            msgid=msgid,
            plural=plural,
            context=context,
            comments=tuple(_without_tag(comment) for comment in comments),
            flags=("python-format",) if _PLACEHOLDER.search(msgid + (plural or "")) else (),
        )


def _message(function: str, arguments: tuple[Any, ...]) -> tuple[str | None, str, str | None] | None:
    """(context, msgid, plural), or None when an argument is no plain string."""
    wanted = {"ngettext": 2, "pgettext": 2, "npgettext": 3}.get(function, 1)
    texts = arguments[:wanted]
    if len(texts) < wanted or not all(isinstance(text, str) for text in texts):
        return None
    context = texts[0] if function in ("pgettext", "npgettext") else None
    rest = texts[1:] if context is not None else texts
    return context, rest[0], rest[1] if len(rest) > 1 else None


def _without_tag(comment: str) -> str:
    for tag in COMMENT_TAGS:
        if comment.startswith(tag):
            return comment[len(tag) :].strip()
    return comment.strip()
