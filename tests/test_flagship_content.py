"""The flagship's promises: legal words stand as prescribed and only where they are true, no text is left untranslated."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

import harness

LANGUAGES = {"en": "en", "sr": "sr-Cyrl", "sr-latn": "sr-Latn", "pl": "pl", "fi": "fi"}  # folder → tag
TRANSLATED = ("sr-Cyrl", "pl", "fi")
INTERFACE = (  # the official languages of the European Union but English, and those of its neighbours
    *("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt"),
    *("ro", "sk", "sl", "sv", "bs", "mk", "no", "sq", "sr-Cyrl", "tr", "uk"),
)
ASSISTANCE = (
    "This publication has been produced with the assistance of the European Union. The contents of this publication are "
    "the sole responsibility of “Leader+ Banatski Karlovac” Citizens' Association and can in no way be taken to reflect "
    "the views of the European Union."
)
STATEMENTS = {
    "en": "Funded by the European Union",
    "sr-Cyrl": "Финансира Европска унија",
    "sr-Latn": "Finansira Evropska unija",
    "pl": "Sfinansowane przez Unię Europejską",
    "fi": "Euroopan unionin rahoittama",
}
NOTICES = {
    "en": "It is not the official site of any organisation that it describes.",
    "sr-Cyrl": "Није званични сајт ниједне организације коју описује.",
    "sr-Latn": "Nije zvanični sajt nijedne organizacije koju opisuje.",
    "pl": "Nie jest oficjalną stroną żadnej z opisanych na niej organizacji.",
    "fi": "Se ei ole minkään siinä kuvatun organisaation virallinen sivusto.",
}
SCRIPTS = {"en": "one-text-two-scripts", "sr-latn": "jedan-tekst-dva-pisma"}
FUNDED = {"networks/leader-plus", "changemakers", "projects/krusevac"}


def catalogues() -> list[Path]:
    """The PO files of the flagship's content and of its theme."""
    own = (harness.REPOSITORY / "i18n").rglob("*.po")
    themes = (harness.REPOSITORY / "themes/network/i18n" / tag / "LC_MESSAGES/ui.po" for tag in INTERFACE)
    return [*sorted(own), *themes]


def words(html: str) -> str:
    """The text of a page as readers get it: no tags, one space between words."""
    text = re.sub(r"<[^>]+>", " ", html)
    for entity, character in (("&#39;", "'"), ("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&"), ("\u00a0", " ")):
        text = text.replace(entity, character)
    return re.sub(r"\s+", " ", text)


def pages(flagship: Path, folder: str) -> dict[str, str]:
    """Address below the language's folder → HTML of every page but the one for missing addresses."""
    root = flagship / folder
    return {
        path.parent.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("index.html")
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    }


@pytest.mark.parametrize("folder", LANGUAGES)
def test_the_disclaimer_of_leader_plus_is_word_for_word_on_its_pages(flagship, folder):
    for page in ("networks/leader-plus", "changemakers"):
        html = (flagship / folder / page / "index.html").read_text(encoding="utf-8")
        assert ASSISTANCE in words(html), page
        around = html[: html.index("This publication has been produced")].rsplit("<", 1)[-1]
        assert folder == "en" or 'lang="en"' in around, "a sentence in English must say that it is"


@pytest.mark.parametrize("folder, tag", LANGUAGES.items())
def test_the_project_shows_the_emblem_beside_the_whole_statement(flagship, folder, tag):
    html = (flagship / folder / "projects/krusevac/index.html").read_text(encoding="utf-8")
    assert STATEMENTS[tag] in words(html)
    assert "#039" in html or "#003399" in html, "the emblem's blue"


@pytest.mark.parametrize("folder", LANGUAGES)
def test_emblem_and_disclaimer_stand_nowhere_else(flagship, folder):
    statement = STATEMENTS[LANGUAGES[folder]]
    found = {
        address
        for address, html in pages(flagship, folder).items()
        if statement in words(html.split("<main", 1)[1]) or "with the assistance of the European Union" in words(html)
    }
    assert found == FUNDED


@pytest.mark.parametrize("folder, tag", LANGUAGES.items())
def test_every_page_says_that_it_is_a_demonstration(flagship, folder, tag):
    found = pages(flagship, folder)
    assert len(found) > 20
    silent = [address for address, html in found.items() if NOTICES[tag] not in words(html.split("<footer", 1)[-1])]
    assert silent == []


def test_all_languages_have_the_same_pages(flagship):
    counts = {folder: len(pages(flagship, folder)) for folder in LANGUAGES}
    assert len(set(counts.values())) == 1, counts


def test_catalogues_exist_for_every_language_and_source():
    expected = {f"i18n/{tag}/LC_MESSAGES/content.po" for tag in TRANSLATED}
    expected |= {f"i18n/{tag}/LC_MESSAGES/content-sr-Cyrl.po" for tag in ("en", "pl", "fi")}
    assert expected <= {path.relative_to(harness.REPOSITORY).as_posix() for path in catalogues()}
    assert [path for path in catalogues() if not path.is_file()] == []


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.relative_to(harness.REPOSITORY).as_posix())
def test_no_message_is_untranslated_or_fuzzy(path):
    catalogue = polib.pofile(str(path))
    assert len(catalogue) > 5
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
def test_gettext_accepts_every_catalogue():
    for path in catalogues():
        check = ["msgfmt", "--check", "--output-file", "/dev/null", str(path)]
        run = subprocess.run(check, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr


def test_links_code_and_names_survive_translation():
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            if entry.msgid_plural:
                continue
            for pattern in (r"\]\(([^)]*)\)", r"`[^`]+`", r"<[^<>]+@[^<>]+>", r"\[\^\w+\]", r"%\(\w+\)s"):
                found = sorted(re.findall(pattern, entry.msgstr))
                assert found == sorted(re.findall(pattern, entry.msgid)), f"{path.name}: {entry.msgid}"


@pytest.mark.parametrize("tag", TRANSLATED)
def test_quotation_marks_are_those_of_the_language(tag):
    for path in catalogues():
        if f"/{tag}/" not in path.as_posix():
            continue
        for entry in polib.pofile(str(path)):
            prose = re.sub(r"`[^`]*`|\{:[^}]*\}", "", entry.msgstr)
            assert '"' not in prose, entry.msgstr
            assert "“" not in prose, entry.msgstr


def test_a_word_in_the_other_script_says_so_only_where_it_is(flagship):
    news = {folder: next((flagship / folder / "news").glob(f"{slug}/index.html")) for folder, slug in SCRIPTS.items()}
    html = {folder: path.read_text(encoding="utf-8") for folder, path in news.items()}
    assert '<em lang="sr-Cyrl">инјекција</em>' in html["en"]
    assert '<em lang="sr-Latn">injekcija</em>' in html["sr-latn"]
