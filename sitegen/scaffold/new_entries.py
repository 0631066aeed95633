"""`sitegen new`: an entry to fill in, with every field of its collection explained where it is written."""

from __future__ import annotations

import datetime as dt
import os
import re
import textwrap
import unicodedata
from pathlib import Path

from sitegen.config import CollectionConfig, Config
from sitegen.problems import Position, Problems, did_you_mean
from sitegen.schema.fields import Field, FieldType

SCHEMA_FOLDER = ".sitegen/schema"
"""Where `sitegen schema` writes the JSON Schema files, relative to the site."""

_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-")
_WIDTH = 100
_EXAMPLES = {
    FieldType.TEXT: "…",
    FieldType.LONG_TEXT: "…",
    FieldType.BOOLEAN: "true",
    FieldType.INTEGER: "1",
    FieldType.NUMBER: "1.5",
    FieldType.PERIOD: "2021-2027",
    FieldType.TIMEZONE: "Europe/Helsinki",
    FieldType.MONEY: "10000 EUR",
    FieldType.COORDINATES: "{lon: 25.0, lat: 62.7}",
    FieldType.EMAIL: "name@example.org",
    FieldType.PHONE: '"+358 40 123 4567"',
    FieldType.URL: "https://www.example.org/",
    FieldType.FILE: "photo.jpg",
    FieldType.LANGUAGE: "en",
    FieldType.COUNTRY: "FI",
    FieldType.SLUG: "short-name",
    FieldType.LANGUAGE_MAP: "{en: …}",
    FieldType.ANY: "…",
}
_EXAMPLES_BY_NAME = {"aliases": "/en/old-address/", "tags": "youth", "template": "landing.html"}


def new_entry(config: Config, name: str, problems: Problems, today: dt.date) -> Path | None:
    """Write a file to fill in for `pages/about`, `news/Call opens`, `lags/viisari` or `pages/about.fi`.

    The last is the page about.md, written by hand in Finnish. A record of a collection without pages of its own goes
    to `content/data/<collection>/`. Nothing is ever overwritten.
    Codes: new-name-invalid, new-collection-unknown, new-language-unknown, new-exists, new-cannot-write.
    """
    collection, _, title = name.strip().removeprefix("content/").partition("/")
    settings = config.collections.get(collection)
    if settings is None:
        hint = did_you_mean(collection, config.collections) or f"; the site has {', '.join(sorted(config.collections))}"
        message = f"there is no collection '{collection}'{hint}"
        problems.error("new-collection-unknown", Position(name), message)
        return None
    title, suffix = _split_language(config, title.removesuffix(".md").removesuffix(".yaml"))
    if suffix and config.language(suffix) is None:
        tags = [language.tag for language in config.languages]
        message = f"the site has no language '{suffix}'{did_you_mean(suffix, tags)}; it has {', '.join(tags)}"
        problems.error("new-language-unknown", Position(name), message)
        return None
    key = _key(title)
    if not key:
        message = "give it a name after the collection, such as 'pages/about' or 'news/Call opens'"
        problems.error("new-name-invalid", Position(name), message)
        return None
    return _write(config, settings, key, title, suffix, problems, today)


def _write(
    config: Config, settings: CollectionConfig, key: str, title: str, suffix: str, problems: Problems, today: dt.date
) -> Path | None:
    text, path = _entry(settings, key, title, suffix, today)
    target = config.root / path
    try:
        if target.exists():
            problems.error("new-exists", Position(path), "is there already; nothing was changed")
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        problems.error("new-cannot-write", Position(path), f"cannot be written: {os.strerror(error.errno or 0)}")
        return None
    return target


def _entry(settings: CollectionConfig, key: str, title: str, suffix: str, today: dt.date) -> tuple[str, str]:
    """Text and path, relative to the site."""
    heading = _heading(title)
    if not settings.publish:
        path = f"content/data/{settings.name}/{key.replace('/', '-')}.yaml"
        hint = f"# yaml-language-server: $schema=../../../{SCHEMA_FOLDER}/{settings.name}.json\n"
        return f"{hint}# {_sentence(settings.schema.doc)}\n{_fields(settings, heading, today)}", path
    dated = settings.schema.field("date")
    folder, _, last = key.rpartition("/")
    if dated is not None and settings.name == "news" and not _DATED.match(last):
        key = f"{folder}/{today}-{last}".lstrip("/")
    dot_language = f".{suffix}" if suffix else ""
    front_matter = f"title: {_quoted(heading)}\n" if suffix else _fields(settings, heading, today)
    return f"---\n{front_matter}---\nWrite here, in Markdown.\n", f"content/{settings.name}/{key}{dot_language}.md"


def _split_language(config: Config, title: str) -> tuple[str, str]:
    """`about.fi` is the Finnish variant of `about`; a full stop in a sentence is none."""
    stem, dot, suffix = title.rpartition(".")
    looks_like_tag = bool(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", suffix))
    if not (dot and looks_like_tag):
        return title, ""
    by_path = next((language.tag for language in config.languages if suffix in (language.tag, language.path)), suffix)
    return stem, by_path


def _key(title: str) -> str:
    """A file name from a title: lower case, hyphens, no dots; folders stay. '' when nothing is left."""
    parts = []
    for part in unicodedata.normalize("NFC", title).replace("\\", "/").split("/"):
        words = "".join(character if character.isalnum() else " " for character in part.lower()).split()
        parts.append("-".join(words))
    return "/".join(parts) if all(parts) else ""


def _heading(title: str) -> str:
    """`call-opens` → `Call opens`; a title that has spaces already is taken as it is."""
    last = _DATED.sub("", title.rsplit("/", 1)[-1])
    words = last if " " in last else last.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _fields(settings: CollectionConfig, heading: str, today: dt.date) -> str:
    """Required fields to fill in, then the others behind `#`, each under what it means."""
    required: list[str] = []
    others: list[str] = []
    for field in settings.schema.fields:
        if field.name == "draft":
            continue
        chosen = required if field.required or field.name in ("title", "name", "date") else others
        value = _quoted(heading) if field.name in ("title", "name") and not field.many else _example(field, today)
        comment = "\n".join(textwrap.wrap(_explained(field), _WIDTH, initial_indent="# ", subsequent_indent="# "))
        mark = "" if chosen is required else "# "
        chosen.append(f"{comment}\n{mark}{field.name}: {value}\n")
    hint = "\n# What follows is optional: take the '#' away from what you need.\n" if others else ""
    return "".join(required) + hint + "".join(others)


def _explained(field: Field) -> str:
    choices = f" One of: {', '.join(field.choices)}." if field.choices else ""
    unit = f" In {field.unit}." if field.unit else ""
    return _sentence(field.doc) + choices + unit


def _sentence(text: str) -> str:
    folded = " ".join(text.split())
    return folded if not folded or folded[-1] in ".!?:" else folded + "."


def _example(field: Field, today: dt.date) -> str:
    if field.name in _EXAMPLES_BY_NAME:
        value = _EXAMPLES_BY_NAME[field.name]
    elif field.type is FieldType.DATE:
        value = today.isoformat()
    elif field.type is FieldType.DATETIME:
        value = f"{today} 16:00"
    elif field.type is FieldType.CHOICE:
        value = field.choices[0] if field.choices else "…"
    elif field.type is FieldType.REFERENCE:
        value = f"name-of-one-of-{field.reference}"
    elif field.type is FieldType.MAPPING:
        value = "{" + ", ".join(f"{inner.name}: {_example(inner, today)}" for inner in field.fields) + "}"
    else:
        value = _EXAMPLES[field.type]
    return f"[{value}]" if field.many else value


def _quoted(text: str) -> str:
    """A plain YAML scalar where that is safe, else in double quotes."""
    plain = re.fullmatch(r"[^\W\d_][\w ’'()/.,-]*", text) and text.lower() not in ("null", "true", "false", "yes", "no")
    return text if plain and not text.endswith(" ") else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
