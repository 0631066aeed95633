"""The texts that a funder's rules demand, in each language: pure functions over one validated funding record.

A mandated text is shown in the very language of the page or not at all: there is no fallback, no machine-made
text, no half of one. Where one is missing, the build stops and says which, in which language, and what to add.
The built-in texts are in `funding_texts.yaml`, each with its source and how far it is confirmed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.model.funding_library import BuiltIn, built_in, built_in_keys, languages_of
from sitegen.model.text import Text
from sitegen.problems import Position, Problem, Problems, Severity, did_you_mean
from sitegen.schema.fields import SourceText

# What the rules of each regime demand when the record names nothing else. Programmes under shared management
# (EAFRD, ERDF …) have no disclaimer: it belongs to grants.
_STATEMENT_REGIMES = ("mff2021", "erasmus", "interreg", "external2014", "eafrd2014")
_DISCLAIMERS = {"mff2021": "disclaimer_2021", "erasmus": "disclaimer_2021"}
_DISCLAIMER_KEYS = ("disclaimer_2021", "assistance", "website_interreg_ipa")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Where an editor writes the words of a built-in text that a language lacks; all others are disclaimers.
_OWN_TEXTS = {"statement": "statement_text", "footnotes": "footnote_text"}
# What each placeholder is filled from, for messages.
_FIELDS = {"name": "responsible_name", "granting_authority": "granting_authority.name", "programme": "programme"}


@dataclass(frozen=True, slots=True)
class FundingTexts:
    """What one language shows. Each text is whole; `*_lang` is the language that it is in.

    `footnotes` are `Text` values, each in its own `lang`. `unverified` has a warning for each built-in text that is
    a draft or not confirmed; a build shows such texts all the same, and `sitegen check` reports them.
    """

    statement: str | None
    statement_lang: str | None
    disclaimer: str | None
    disclaimer_lang: str | None
    slogan: str | None
    footnotes: tuple[Text, ...]
    unverified: tuple[Problem, ...] = ()

    @property
    def verified(self) -> bool:
        return not self.unverified


def is_shown(values: Mapping[str, Any], today: dt.date) -> bool:
    """Whether the block must stand on pages built on this day.

    `show_until` decides where it is given. Otherwise a block is shown from the first day on which its period has
    begun; it stays after the end of the period (duties outlast it), until its status is `closed`.
    """
    until = values.get("show_until")
    if until is not None:
        if today > until:
            return False
    elif values.get("status") == "closed":
        return False
    period = values.get("period")
    start = getattr(period, "start", None)
    return start is None or today >= start


def funding_texts(
    values: Mapping[str, Any],
    tag: str,
    problems: Problems,
    position: Position,
    names: Mapping[str, str] | None = None,
    own: Mapping[str, Text] | None = None,
) -> FundingTexts:
    """The texts of one funding record in the language `tag`.

    `names` fills placeholders: `name`, `granting_authority`, `programme`, in this language. `own` holds the record's
    own texts (`statement_text`, `disclaimer_text`, `footnote_text`) as this language sees them; one that is not in
    `tag` counts as missing. Errors: `funding-text-missing`, `funding-placeholder-empty`, `funding-text-unknown`.
    """
    return _Assembly(values, tag, problems, position, dict(names or {}), own or {}).texts()


class _Assembly:
    """One record in one language."""

    def __init__(
        self,
        values: Mapping[str, Any],
        tag: str,
        problems: Problems,
        position: Position,
        names: dict[str, str],
        own: Mapping[str, Text],
    ) -> None:
        self.values = values
        self.tag = tag
        self.problems = problems
        self.position = position
        self.own = own
        self.unverified: list[Problem] = []
        self.names = {**self._recorded_names(), **{key: value for key, value in names.items() if value}}

    def texts(self) -> FundingTexts:
        statement = self._statement()
        disclaimer, disclaimer_lang = self._disclaimer()
        slogan = self._built_in("eafrd_slogan_2014_2020", self.tag) if self.values.get("slogan") else None
        footnotes = tuple(self._footnotes())
        return FundingTexts(
            statement,
            self.tag if statement is not None else None,
            disclaimer,
            disclaimer_lang,
            slogan,
            footnotes,
            tuple(self.unverified),
        )

    def _recorded_names(self) -> dict[str, str]:
        authority = self.values.get("granting_authority") or {}
        recorded = {
            "name": self.values.get("responsible_name"),
            "granting_authority": authority.get("name"),
            "programme": self.values.get("programme"),
        }
        return {key: text for key, value in recorded.items() if (text := self._in_language(value))}

    def _in_language(self, value: Any) -> str | None:
        if isinstance(value, SourceText):
            # A name stands in the language of its sentence.
            return value.variants.get(self.values.get("disclaimer_language") or self.tag, value.text)
        return None if value is None else str(value)

    def _statement(self) -> str | None:
        if self.values.get("statement_text") is not None:
            return self._own_text("statement_text", self.tag)
        kind = self.values.get("kind")
        if kind not in ("funded", "co_funded") or self.values.get("regime") not in _STATEMENT_REGIMES:
            return None
        return self._built_in(f"statement.{kind}", self.tag)

    def _disclaimer(self) -> tuple[str | None, str | None]:
        lang = self.values.get("disclaimer_language") or self.tag
        if self.values.get("disclaimer_text") is not None:
            text = self._own_text("disclaimer_text", lang)
        else:
            key = self._disclaimer_key()
            text = self._built_in(key, lang) if key else None
        return text, (lang if text is not None else None)

    def _disclaimer_key(self) -> str | None:
        key = self.values.get("disclaimer") or self._usual_disclaimer()
        if key is None:
            return None
        if key not in _DISCLAIMER_KEYS:
            self.problems.error(
                "funding-text-unknown",
                self.position,
                f"no built-in disclaimer '{key}'{did_you_mean(key, _DISCLAIMER_KEYS)} "
                f"There are: {', '.join(_DISCLAIMER_KEYS)}; for another wording use 'disclaimer_text'",
            )
            return None
        if key != "disclaimer_2021":
            return str(key)
        # The authority's name is inflected in most languages: whole texts per authority first.
        authority = (self.values.get("granting_authority") or {}).get("key")
        return f"disclaimer_2021.{str(authority).lower()}" if authority else "disclaimer_2021.generic"

    def _usual_disclaimer(self) -> str | None:
        if self.values.get("kind") == "assistance":
            return "assistance"
        regime = str(self.values.get("regime"))
        if not self.values.get("kind") or (regime == "mff2021" and not self.values.get("granting_authority")):
            return None
        return _DISCLAIMERS.get(regime)

    def _own_text(self, field: str, lang: str) -> str | None:
        """The record's own text in `lang`, with its placeholders filled; missing is an error."""
        source = self.values[field]
        text: str | None = None
        if isinstance(source, SourceText):
            text = source.variants.get(lang)
            seen = self.own.get(field)
            if text is None and seen is not None and seen.lang == lang and seen.state in ("translated", "same"):
                text = str(seen)
            # A text that its rules prescribe in one language is written in it: it is the source itself.
            if text is None and lang != self.tag and not source.variants:
                text = source.text
        elif source is not None:
            text = str(source)
        if text is None:
            self._missing(field, lang, f"add '{lang}: …' to '{field}', or translate it in {lang}'s catalogue")
            return None
        return self._filled(text, field)

    def _built_in(self, key: str, lang: str) -> str | None:
        found = built_in(key, lang)
        if found is None:
            field = next((name for start, name in _OWN_TEXTS.items() if key.startswith(start)), "disclaimer_text")
            if not built_in_keys(key):
                advice = f"add it word for word as '{field}'; built in are {', '.join(built_in_keys('')) or 'none'}"
            elif key.startswith(("statement", "disclaimer", "assistance", "website", "footnotes")):
                advice = (
                    f"add the wording that the funder prescribes as '{field}' with '{lang}: …'"
                    f"{self._one_language_advice(key)}"
                )
            else:
                advice = "ask the funder for the wording in this language, or leave the field out where it is not due"
            self._missing(key, lang, advice)
            return None
        self._note_confidence(key, lang, found)
        return self._filled(found.text, key)

    def _one_language_advice(self, key: str) -> str:
        known = languages_of(key)
        if key.startswith("statement") or not known:
            return ""
        example = "en" if "en" in known else known[0]
        return f"; where the rules prescribe one language only, 'disclaimer_language: {example}'"

    def _missing(self, what: str, lang: str, advice: str) -> None:
        self.problems.error(
            "funding-text-missing",
            self.position,
            f"the mandated text '{what}' is missing in {lang}, and no other language may stand in for it: {advice}",
        )

    def _note_confidence(self, key: str, lang: str, found: BuiltIn) -> None:
        if found.verified:
            return
        self.unverified.append(
            Problem(
                self.position,
                "funding-text-unverified",
                f"the built-in text '{key}' in {lang} is not confirmed ({found.confidence}): compare it with the "
                "funder's own wording, and give that as a text of your own where it differs",
                Severity.WARNING,
            )
        )

    def _filled(self, text: str, what: str) -> str | None:
        """The text with its placeholders filled by name; None and an error when a name is missing."""
        missing = [name for name in dict.fromkeys(_PLACEHOLDER.findall(text)) if not self.names.get(name)]
        for name in missing:
            field = _FIELDS.get(name)
            advice = f"give the field '{field}'" if field else "replace it by the words themselves"
            self.problems.error(
                "funding-placeholder-empty",
                self.position,
                f"'{what}' in {self.tag} has a place for {{{name}}} that nothing fills: {advice}",
            )
        if missing:
            return None
        return _PLACEHOLDER.sub(lambda match: self.names[match[1]], text)

    def _footnotes(self) -> list[Text]:
        """Prescribed footnotes, or the record's own; with `disclaimer_language` they may stand in that language too."""
        only = self.values.get("disclaimer_language")
        own = self.values.get("footnote_text")
        if own is not None:
            by_hand = own.variants if isinstance(own, SourceText) else ()
            lang = self.tag if self.tag in by_hand or only is None else only
            said = self._own_text("footnote_text", lang)
            return [] if said is None else [Text(said, lang)]
        lines: list[Text] = []
        for key in self.values.get("footnotes", ()):
            lang = self.tag if built_in(f"footnotes.{key}", self.tag) or only is None else only
            text = self._built_in(f"footnotes.{key}", lang)
            if text is not None:
                lines.append(Text(text, lang))
        return lines
