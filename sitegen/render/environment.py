"""The Jinja environment: autoescape everywhere, strict names, interface texts that are never markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta
from markupsafe import Markup, escape

from sitegen.model.text import Text
from sitegen.plan.routes import ROOT
from sitegen.render.template_code import QuickEnvironment

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.plan.context import LanguageView

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)[sd]|(%))")

Interface = Callable[..., str]


def build_environment(
    template_dirs: tuple[str, ...], bytecode_folder: Path | None, overlay: Callable[[str], str | None] | None = None
) -> jinja2.Environment:
    """One environment for all languages: what differs between them comes with the context.

    `template_dirs`: the theme's folders, nearest first. `bytecode_folder` keeps compiled templates between builds.
    """
    loader = jinja2.FileSystemLoader(list(template_dirs))
    cache = None
    if bytecode_folder is not None:
        bytecode_folder.mkdir(parents=True, exist_ok=True)
        cache = jinja2.FileSystemBytecodeCache(str(bytecode_folder))
    environment = QuickEnvironment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=cache,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols", "jinja2.ext.do"],
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.filters.update({"attrs_lang": _attrs_lang, "tagged": _tagged, "markdown": _field_markdown})
    return environment


class TemplateDigests:
    """The digest of a template with all that it extends, imports and includes."""

    def __init__(self, environment: jinja2.Environment, digest: Callable[[bytes], str]) -> None:
        self._environment = environment
        self._digest = digest
        self._sources: dict[str, tuple[str, frozenset[str]] | None] = {}

    def digest(self, names: list[str]) -> str:
        """For the first of these templates that exists; '' when none does."""
        for name in names:
            if self._source(name) is not None:
                closure = sorted(self._closure(name))
                parts = [f"{part}:{found[0]}" for part in closure if (found := self._source(part)) is not None]
                return self._digest("\n".join([name, *parts]).encode())
        return ""

    def _closure(self, name: str) -> set[str]:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            found = self._source(current)
            waiting += found[1] if found is not None else ()
        return seen

    def _source(self, name: str) -> tuple[str, frozenset[str]] | None:
        """(digest of the text, names that it refers to); a name made up at run time may be any template."""
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def _read(self, name: str) -> tuple[str, frozenset[str]] | None:
        loader = self._environment.loader
        if loader is None:
            return None
        try:
            text, _, _ = loader.get_source(self._environment, name)
        except jinja2.TemplateNotFound:
            return None
        try:
            referred = set(meta.find_referenced_templates(self._environment.parse(text)))
        except jinja2.TemplateSyntaxError:
            referred = set()
        if None in referred:
            referred = set(self._environment.list_templates())
        return self._digest(text.encode()), frozenset(part for part in referred if part is not None)


def gettext_functions(translator: Any) -> dict[str, Callable[..., Markup]]:
    """`_`, `gettext`, `ngettext`, `pgettext`, `npgettext`: translations are escaped, placeholders filled by name."""

    def gettext(message: str, /, **names: Any) -> Markup:
        return _fill(translator.gettext(message), names)

    def ngettext(one: str, many: str, n: int, /, **names: Any) -> Markup:
        return _fill(translator.ngettext(one, many, n), {"num": n, "n": n, **names})

    def pgettext(context: str, message: str, /, **names: Any) -> Markup:
        return _fill(translator.pgettext(context, message), names)

    def npgettext(context: str, one: str, many: str, n: int, /, **names: Any) -> Markup:
        return _fill(translator.npgettext(context, one, many, n), {"num": n, "n": n, **names})

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}


def _fill(message: str, names: Mapping[str, Any]) -> Markup:
    """Substitute by name only; a placeholder that the template does not give stays visible instead of failing."""
    escaped = str(escape(message))
    if "%" not in escaped:
        return Markup(escaped)  # noqa: S704 - escaped

    def one(match: re.Match[str]) -> str:
        if match[2]:
            return "%"
        name = match[1]
        return str(escape(names[name])) if name in names else match[0]

    return Markup(_PLACEHOLDER.sub(one, escaped))  # noqa: S704 - escaped parts


@jinja2.pass_context
def _attrs_lang(context: jinja2.runtime.Context, text: object) -> Markup:
    language: LanguageView = context["language"]
    attributes = Markup("")
    if isinstance(text, Text) and text.lang not in (language.tag, "und"):
        attributes = Markup(' lang="{}" dir="{}"').format(text.lang, text.dir)
    if isinstance(text, Text) and text.message:  # in a preview alone
        domain, _, message = text.message.partition(" ")
        mark = Markup(' data-i18n="{}" data-i18n-domain="{}" data-i18n-id="{}"')
        attributes += mark.format(str(text.state), domain, message)
    return attributes


@jinja2.pass_context
def _tagged(context: jinja2.runtime.Context, text: object) -> Markup:
    attributes = _attrs_lang(context, text)
    return Markup("<span{}>{}</span>").format(attributes, text) if attributes else escape(text)


@jinja2.pass_context
def _field_markdown(context: jinja2.runtime.Context, text: object) -> Markup:
    render: Callable[[str], str] = context["field_html"]
    return Markup("") if text is None else Markup(render(str(text)))  # noqa: S704 - sanitised by the renderer


def make_relative(html: str, address: str, base_path: str | None = None) -> str:
    """Replace the ROOT mark: by `../` for each folder of `address`, or by `base_path` where the depth is unknown."""
    if base_path is not None:
        return html.replace(ROOT, base_path)
    depth = address.count("/")
    return html.replace(ROOT, "../" * depth if depth else "./")


def language_functions(formats: Any, language: LanguageView, letter_of: Callable[[str], str]) -> dict[str, Any]:
    """`date`, `money`, `territory` and the like for one language (see plan.context)."""

    def group_by_letter(entries: Any) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        groups: dict[str, list[Any]] = {}
        for entry in entries:
            groups.setdefault(letter_of(str(entry.title)), []).append(entry)
        return tuple((letter, tuple(found)) for letter, found in groups.items())

    return {
        "date": formats.date,
        "daterange": formats.daterange,
        "number": formats.number,
        "percent": formats.percent,
        "money": formats.money,
        "filesize": formats.filesize,
        "join": formats.join,
        "territory": formats.territory,
        "language_name": formats.language_name,
        "group_by_letter": group_by_letter,
    }
