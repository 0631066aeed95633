"""Funding blocks: what a funder's rules demand on a page, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sitegen.model.entry import Entry
from sitegen.model.funding import FundingTexts, funding_texts, is_shown
from sitegen.model.funding_rules import check_emblem_rules
from sitegen.model.language import direction_of
from sitegen.model.site import Site, message_context
from sitegen.model.text import Text
from sitegen.plan.context import FundingBlock, FundingLogo
from sitegen.plan.routes import ROOT
from sitegen.problems import Problems
from sitegen.schema.fields import SourceText

OWN_TEXTS = ("statement_text", "disclaimer_text", "footnote_text")


class FundingBlocks:
    """Makes the blocks of funding entries, each once per language."""

    def __init__(self, site: Site, problems: Problems) -> None:
        self._site = site
        self._problems = problems
        self._made: dict[tuple[str, str], FundingBlock] = {}

    def blocks(self, names: tuple[str, ...], tag: str) -> tuple[FundingBlock, ...]:
        """The blocks that must be shown on the day of the build, in the given order."""
        if self._site.languages[tag].pseudo:  # legal texts are never changed
            tag = self._site.config.source_language
        found = (self._site.entries.get(f"funding/{name}") for name in names)
        return tuple(
            self._block(entry, tag)
            for entry in found
            if entry is not None and is_shown(entry.record.values, self._site.date)
        )

    def report(self, problems: Problems) -> None:
        """What an editor should know of the funding on this site: legal texts that nobody has confirmed, as warnings,
        and rules for the emblem that are not kept."""
        for entry in self._site.collections.get("funding", []):
            if is_shown(entry.record.values, self._site.date):
                problems.extend(check_emblem_rules(entry.record.values, entry.position))
                for tag in self._site.languages:
                    problems.extend(self._texts(entry, tag).unverified)

    def _block(self, entry: Entry, tag: str) -> FundingBlock:
        key = (entry.id, tag)
        block = self._made.get(key)
        if block is None:
            block = self._made[key] = self._make(entry, tag)
        return block

    def _make(self, entry: Entry, tag: str) -> FundingBlock:
        values = entry.record.values
        texts = self._texts(entry, tag)
        authority = values.get("granting_authority") or {}
        return FundingBlock(
            id=entry.key,
            kind=values.get("kind") or "",
            emblem=bool(values.get("emblem", True)) and texts.statement is not None,
            statement=self._exact(texts.statement, texts.statement_lang or tag),
            disclaimer=self._exact(texts.disclaimer, texts.disclaimer_lang or tag),
            disclaimer_note=texts.disclaimer is not None and (texts.disclaimer_lang or tag) != tag,
            slogan=self._exact(texts.slogan, tag),
            programme=self._text(entry, tag, "programme"),
            measure=self._text(entry, tag, "measure"),
            funds=tuple(values.get("funds", ())),
            period=values.get("period"),
            grant_number=values.get("grant_number"),
            amount=values.get("amount"),
            total=values.get("total"),
            rate=values.get("rate"),
            expected_results=self._text(entry, tag, "expected_results"),
            implementing_partner=self._text(entry, tag, "implementing_partner"),
            granting_authority=self._text(entry, tag, "granting_authority.name", authority.get("name")),
            logos=tuple(self._logo(entry, tag, number, logo) for number, logo in enumerate(values.get("logos", ()))),
            footnotes=tuple(
                Text(text, text.lang, direction_of(text.lang, self._site.languages)) for text in texts.footnotes
            ),
        )

    def _texts(self, entry: Entry, tag: str) -> FundingTexts:
        prescribed = entry.record.values.get("disclaimer_language")
        spoken = prescribed if prescribed in self._site.languages else tag  # a name stands in its sentence's language
        name = self._text(entry, spoken, "responsible_name")
        authority = (entry.record.values.get("granting_authority") or {}).get("name")
        names = {
            "name": name,
            "granting_authority": self._text(entry, spoken, "granting_authority.name", authority),
            "programme": self._text(entry, spoken, "programme"),
        }
        own = {field: self._text(entry, spoken, field) for field in OWN_TEXTS}
        return funding_texts(
            entry.record.values,
            tag,
            self._problems,
            entry.position,
            names={key: str(value) for key, value in names.items() if value is not None},
            own={field: text for field, text in own.items() if text is not None},
        )

    def _exact(self, text: str | None, lang: str) -> Text | None:
        return None if text is None else Text(text, lang, direction_of(lang, self._site.languages))

    def _text(self, entry: Entry, tag: str, path: str, value: Any = None) -> Text | None:
        value = value if value is not None else entry.record.values.get(path)
        if not isinstance(value, SourceText):
            return None if value is None else Text(str(value), tag)
        context = message_context("funding", path)
        as_markdown = path == "expected_results"  # legal texts are shown as they are
        return self._site.translations.text(value, context, entry.source_language, tag, markdown=as_markdown)

    def _logo(self, entry: Entry, tag: str, number: int, logo: Mapping[str, Any]) -> FundingLogo:
        name = self._text(entry, tag, f"logos.{number}.name", logo.get("name")) or Text("", tag)
        alt = self._text(entry, tag, f"logos.{number}.alt", logo.get("alt")) or name
        return FundingLogo(name, f"{ROOT}media/{quote(logo['file'])}", alt, logo.get("url"))
