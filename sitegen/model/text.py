"""A text that knows its language."""

from __future__ import annotations

from typing import Self


class Text(str):
    """A string with the language it is really in, for fallbacks that carry their own `lang` and `dir`.

    `lang` is a BCP 47 tag, `dir` is 'ltr' or 'rtl'. `state`: 'translated' | 'stale' | 'untranslated' | 'same'.
    `message` is `<domain> <message id>` of the message that it answers; '' but in a preview.
    """

    __slots__ = ("dir", "lang", "message", "state")

    lang: str
    dir: str
    state: str
    message: str

    def __new__(
        cls,
        value: str,
        lang: str,
        dir: str = "ltr",  # noqa: A002 - the name of the attribute in HTML
        state: str = "same",
        message: str = "",
    ) -> Self:
        text = super().__new__(cls, value)
        text.lang = lang
        text.dir = dir
        text.state = state
        text.message = message
        return text
