"""A text that knows its language."""

from __future__ import annotations

from typing import Self


class Text(str):
    """A string with the language it is really in, for fallbacks that carry their own `lang` and `dir`.

    `lang` is a BCP 47 tag, `dir` is 'ltr' or 'rtl'. `state`: 'translated' | 'stale' | 'untranslated' | 'same'.
    """

    __slots__ = ("dir", "lang", "state")

    lang: str
    dir: str
    state: str

    def __new__(cls, value: str, lang: str, dir: str = "ltr", state: str = "same") -> Self:  # noqa: A002
        text = super().__new__(cls, value)
        text.lang = lang
        text.dir = dir
        text.state = state
        return text
