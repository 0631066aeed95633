"""The sources of the workload for each generator, written to a folder: the same texts in each one's own form."""

from __future__ import annotations

import json
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from bench.prose import LABELS, LANGUAGE_NAMES, LANGUAGES, TAGS, WRITTEN
from bench.workload import BASE_URL, FEED_LENGTH, MENU_GROUPS, Addresses, Group, groups, plain_body

THEMES = Path(__file__).parent / "themes"

SITEGEN = Addresses("{key}.md", "ref:lags", "../media/meadow.png")
HUGO = Addresses("{key}.md", "_index.md", "/media/meadow.png")


def write_sources(generator: str, folder: Path, total: int) -> None:
    """Write a whole site of `total` groups for one of `GENERATORS` into a new folder."""
    folder.mkdir(parents=True)
    GENERATORS[generator](folder, total)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _picture(path: Path) -> None:
    """A small green PNG, the same everywhere."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x5a\x8f\x4c" * 64 for _ in range(48))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# --- sitegen ----------------------------------------------------------------------------------------------


def _sitegen_front(group: Group, language: str) -> str:
    return (
        f"---\nname: {_quoted(group.name(language))}\nsummary: {_quoted(group.summary(language))}\ndate: {group.date}\n"
        f"code: {group.code}\nregion: {_quoted(group.region(language))}\npopulation: {group.population}\n"
        f"founded: {group.founded}\n---\n\n"
    )


def _sitegen_variant_front(group: Group, language: str) -> str:
    """A variant repeats what speaks its language; the facts stand with the source alone."""
    return (
        f"---\nname: {_quoted(group.name(language))}\nsummary: {_quoted(group.summary(language))}\n"
        f"region: {_quoted(group.region(language))}\n---\n\n"
    )


def _sitegen_page(label: str, language: str) -> str:
    return f"---\ntitle: {_quoted(LABELS[label][language])}\n---\n\n{plain_body(language)}"


def _sitegen_settings() -> str:
    def texts(label: str) -> str:
        said = ", ".join(f"{TAGS[language]}: {_quoted(LABELS[label][language])}" for language in WRITTEN)
        return "{" + said + "}"

    languages = "\n".join(
        f"  - {{tag: {TAGS[language]}, path: {language}, name: {LANGUAGE_NAMES[language]}"
        + (", derived_from: sr}" if language == "sr-latn" else "}")
        for language in LANGUAGES
    )
    menu = "".join(f"    - entry: lags/group-{number:04d}\n" for number in range(1, MENU_GROUPS + 1))
    return (
        f"title: {texts('site')}\ndescription: {texts('description')}\nurl: {BASE_URL}\nsource_language: en\n"
        f"languages:\n{languages}\ntheme: bench\nmenus:\n  main:\n    - entry: pages/index\n    - entry: pages/about\n"
        f"    - collection: lags\n{menu}"
        f"collections:\n  lags:\n    title: {texts('groups')}\n    path: groups\n    page_size: 10000\n    feed: true\n"
        "    data_export: false\ntranslate:\n  status_page: false\n"
    )


def _sitegen_start(folder: Path) -> None:
    _write(folder / "site.yaml", _sitegen_settings())
    _picture(folder / "content/media/meadow.png")
    shutil.copytree(THEMES / "sitegen", folder / "themes/bench")
    for key, label in (("index", "home"), ("about", "about")):
        _write(folder / f"content/pages/{key}.md", _sitegen_page(label, "en"))


def sitegen_files(folder: Path, total: int) -> None:
    """Every language but the derived one written by hand in a file of its own."""
    _sitegen_start(folder)
    for language in WRITTEN[1:]:
        for key, label in (("index", "home"), ("about", "about")):
            _write(folder / f"content/pages/{key}.{TAGS[language]}.md", _sitegen_page(label, language))
    for group in groups(total):
        _write(folder / f"content/lags/{group.key}.md", _sitegen_front(group, "en") + group.body("en", SITEGEN))
        for language in WRITTEN[1:]:
            body = _sitegen_variant_front(group, language) + group.body(language, SITEGEN)
            _write(folder / f"content/lags/{group.key}.{TAGS[language]}.md", body)


def sitegen_po(folder: Path, total: int) -> None:
    """One source, and a catalogue for every language but the derived one."""
    from bench.catalogues import Messages

    _sitegen_start(folder)
    messages = {language: Messages() for language in WRITTEN[1:]}
    for language, collected in messages.items():
        collected.add_body(plain_body("en"), plain_body(language))
        for label in ("home", "about"):
            collected.add("pages.title", LABELS[label]["en"], LABELS[label][language])
    for group in groups(total):
        source = group.body("en", SITEGEN)
        _write(folder / f"content/lags/{group.key}.md", _sitegen_front(group, "en") + source)
        for language, collected in messages.items():
            collected.add("lags.name", group.name("en"), group.name(language))
            collected.add("lags.summary", group.summary("en"), group.summary(language))
            collected.add("lags.region", group.region("en"), group.region(language))
            collected.add_body(source, group.body(language, SITEGEN))
    for language, collected in messages.items():
        _write(folder / f"i18n/{TAGS[language]}/LC_MESSAGES/content.po", collected.text(TAGS[language]))


# --- Hugo -------------------------------------------------------------------------------------------------


def _hugo_front(title: str, group: Group | None, language: str) -> str:
    if group is None:
        return f"---\ntitle: {_quoted(title)}\n---\n\n"
    return (
        f"---\ntitle: {_quoted(title)}\ndescription: {_quoted(group.summary(language))}\ndate: {group.date}\n"
        f"code: {group.code}\nregion: {_quoted(group.region(language))}\npopulation: {group.population}\n"
        f"founded: {group.founded}\n---\n\n"
    )


def hugo(folder: Path, total: int) -> None:
    shutil.copytree(THEMES / "hugo", folder, dirs_exist_ok=True)
    _picture(folder / "static/media/meadow.png")
    languages = {
        language: {
            "label": LANGUAGE_NAMES[language],
            "locale": TAGS[language],
            "weight": weight,
            "title": LABELS["site"][language],
            "params": {label: text[language] for label, text in LABELS.items()},
        }
        for weight, language in enumerate(LANGUAGES, 1)
    }
    pages = ["/", "/about", "/groups", *(f"/groups/group-{number:04d}" for number in range(1, MENU_GROUPS + 1))]
    settings = {
        "baseURL": BASE_URL,
        "defaultContentLanguage": "en",
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["taxonomy", "term"],
        "languages": languages,
        "menus": {"main": [{"pageRef": page, "weight": weight} for weight, page in enumerate(pages, 1)]},
        "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}}}},
        "services": {"rss": {"limit": FEED_LENGTH}},
        "outputs": {"home": ["html", "rss"], "section": ["html"], "page": ["html"]},
    }
    _write(folder / "hugo.json", json.dumps(settings, ensure_ascii=False, indent=1))
    for language in LANGUAGES:
        for name, label in (("_index", "home"), ("about", "about")):
            front = _hugo_front(LABELS[label][language], None, language)
            _write(folder / f"content/{name}.{language}.md", front + plain_body(language))
        _write(folder / f"content/groups/_index.{language}.md", _hugo_front(LABELS["groups"][language], None, language))
        for group in groups(total):
            text = _hugo_front(group.name(language), group, language) + group.body(language, HUGO)
            _write(folder / f"content/groups/{group.key}.{language}.md", text)


# --- Pelican ----------------------------------------------------------------------------------------------


def pelican(folder: Path, total: int) -> None:
    shutil.copytree(THEMES / "pelican", folder / "theme")
    _picture(folder / "content/media/meadow.png")
    labels = {language: {label: text[language] for label, text in LABELS.items()} for language in LANGUAGES}
    settings = (THEMES / "pelican" / "settings.py").read_text(encoding="utf-8")
    facts = f"LABELS = {labels!r}\nLANGUAGE_NAMES = {LANGUAGE_NAMES!r}\nTAGS = {TAGS!r}\n"
    first = groups(total)[:MENU_GROUPS]
    menu = {lang: [(f"/{lang}/groups/{group.key}/", group.name(lang)) for group in first] for lang in LANGUAGES}
    facts += f"MENU = {menu!r}\n"
    facts += f"SITEURL = {BASE_URL.rstrip('/')!r}\nFEED_MAX_ITEMS = {FEED_LENGTH}\n"
    _write(folder / "pelicanconf.py", settings + facts)
    for language in LANGUAGES:
        addresses = Addresses(
            f"{{{{filename}}}}{{key}}.{language}.md",
            f"{{filename}}/pages/directory.{language}.md",
            "{static}/media/meadow.png",
        )
        for slug, label in (("home", "home"), ("about", "about"), ("directory", "groups")):
            place = {"home": "", "about": "about/", "directory": "groups/"}[slug]
            front = f"Title: {LABELS[label][language]}\nURL: {language}/{place}\n"
            front += f"Save_as: {language}/{place}index.html\n"
            front += "Template: directory\n" if slug == "directory" else ""
            body = "" if slug == "directory" else plain_body(language)
            _write(folder / f"content/pages/{slug}.{language}.md", f"{front}\n{body}")
        for group in groups(total):
            front = (
                f"Title: {group.name(language)}\nSummary: {group.summary(language)}\nDate: {group.date}\n"
                f"Code: {group.code}\nRegion: {group.region(language)}\nPopulation: {group.population}\n"
                f"Founded: {group.founded}\n\n"
            )
            _write(folder / f"content/groups/{group.key}.{language}.md", front + group.body(language, addresses))


GENERATORS: dict[str, Callable[[Path, int], None]] = {
    "sitegen files": sitegen_files,
    "sitegen PO": sitegen_po,
    "Hugo": hugo,
    "Pelican": pelican,
}
