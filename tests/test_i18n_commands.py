"""`sitegen i18n status`, `check`, `touch` and `update` as their users run them, and the status page of a site."""

from __future__ import annotations

import json
import subprocess

import pytest

from sitegen.problems import Problems
from sitegen.translation import check_translations, status, touch
from sitegen.translation.touching import with_digest

SITE = """\
-- site.yaml --
title: Network
languages: [en, fi, sv]
translate:
  repository: https://github.com/example/network
collections:
  pages: {}
  news: {title: News}
-- content/pages/index.md --
# Home

Welcome.
-- content/pages/about.md --
# About us

First text.

Second text.
-- content/news/2027-01-01-call.md --
---
title: A call
date: 2027-01-01
---
One text.
-- i18n/fi/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Language: fi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "pages.title"
msgid "About us"
msgstr "Meistä"

#, fuzzy
#| msgid "The first text."
msgid "First text."
msgstr "Ensimmäinen teksti."

msgctxt "site.title"
msgid "Network"
msgstr "Verkosto"
"""
FI = "i18n/fi/LC_MESSAGES/content.po"


@pytest.fixture
def folder(site):
    return site(SITE)


def git(folder, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-C", str(folder.root)]
    return subprocess.run([*command, *arguments], check=True, capture_output=True, encoding="utf-8").stdout


# --- status -----------------------------------------------------------------------------------------------


def test_status_as_json_has_every_count(folder):
    folder.run("i18n", "update")
    done = folder.run("i18n", "status", "--json")
    assert done.returncode == 0, done.stderr
    languages = json.loads(done.stdout)["languages"]
    assert list(languages) == ["fi", "sv"]
    finnish = languages["fi"]
    assert set(finnish) == {"total", "translated", "stale", "untranslated", "percent", "domains", "pages"}
    content = finnish["domains"]["content"]
    assert (content["translated"], content["stale"]) == (2, 1)
    assert content["total"] == content["translated"] + content["stale"] + content["untranslated"]
    assert finnish["pages"]["content/pages/about.md"] == {
        "total": 3,
        "translated": 1,
        "stale": 1,
        "untranslated": 1,
        "percent": 33,
    }
    assert languages["sv"]["domains"]["content"]["translated"] == 0


def test_status_as_a_table_and_by_page(folder):
    done = folder.run("i18n", "status", "fi")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith("fi ")
    assert "content/pages/about.md  (1 stale, 1 missing)" in done.stdout
    assert folder.run("i18n", "status", "de").returncode == 2


def test_status_prints_plain_signs_where_a_terminal_has_no_others(folder):
    done = folder.run("i18n", "status", environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert "#" * 10 in done.stdout


def test_status_against_a_revision(folder):
    folder.run("i18n", "update")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "begin")
    folder.edit(FI, 'msgid "Second text."\nmsgstr ""', 'msgid "Second text."\nmsgstr "Toinen teksti."')
    report = status(folder.root, Problems(), against="HEAD")
    assert report is not None
    assert report.changes == {
        "fi": {"total": 0, "translated": 1, "stale": 0, "untranslated": -1, "percent": report.changes["fi"]["percent"]},
        "sv": {"total": 0, "translated": 0, "stale": 0, "untranslated": 0, "percent": 0},
    }
    assert "+1 translated, -1 missing" in folder.run("i18n", "status", "--against", "HEAD").stdout
    assert (
        json.loads(folder.run("i18n", "status", "--json", "--against", "HEAD").stdout)["against"]["revision"] == "HEAD"
    )


@pytest.mark.parametrize("revision", ["nothing", "--output=/tmp/x", "-h", "HEAD:i18n", "$(touch x)", "HEAD~99", ""])
def test_a_revision_that_is_none_is_a_problem(folder, revision):
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "begin")
    problems = Problems()
    assert status(folder.root, problems, against=revision) is None
    assert [problem.code for problem in problems] == ["git-revision"]


def test_a_site_without_a_repository_or_git_is_a_problem(folder, monkeypatch):
    problems = Problems()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.root.parent))
    assert status(folder.root, problems, against="HEAD") is None
    assert [problem.code for problem in problems] == ["git-repository"]
    monkeypatch.setenv("PATH", "")
    problems = Problems()
    assert status(folder.root, problems, against="HEAD") is None
    assert [problem.code for problem in problems] == ["git-missing"]


def test_a_revision_without_templates_is_a_problem(folder):
    git(folder, "init", "-q")
    git(folder, "add", "site.yaml")
    git(folder, "commit", "-qm", "begin")
    problems = Problems()
    assert status(folder.root, problems, against="HEAD") is None
    assert [problem.code for problem in problems] == ["status-templates"]


# --- update -----------------------------------------------------------------------------------------------


def test_update_tells_what_happened(folder):
    first = folder.run("i18n", "update")
    assert "new       i18n/sv/LC_MESSAGES/content.po" in first.stdout
    folder.edit("content/pages/about.md", "Second text.", "The second text of this page.\n\nThird text.")
    folder.edit(FI, 'msgid "Second text."\nmsgstr ""', 'msgid "Second text."\nmsgstr "Toinen teksti."')
    before = folder.read(FI)
    dry = folder.run("i18n", "update", "--dry-run")
    assert "Nothing was written" in dry.stdout
    assert folder.read(FI) == before
    told = folder.run("i18n", "update").stdout
    assert f"changed   {FI}  (2 new, 1 obsolete)" in told
    folder.edit("content/pages/about.md", "The second text of this page.", "Second text.")
    assert "1 revived" in folder.run("i18n", "update").stdout
    assert "up to date" in folder.run("i18n", "update").stdout


# --- check ------------------------------------------------------------------------------------------------


def codes(folder) -> list[str]:
    problems = Problems()
    assert check_translations(folder.root, problems) is not None
    return [problem.code for problem in problems]


def test_check_reads_every_catalogue_and_the_glossary(folder):
    folder.run("i18n", "update")
    assert codes(folder) == []
    folder.write("i18n/glossary.yaml", "- term: text\n  fi: kirjoitus\n  note: Never teksti.\n")
    folder.edit(FI, 'msgid "Second text."\nmsgstr ""', 'msgid "Second text."\nmsgstr "Toinen teksti"')
    assert codes(folder) == ["translation-glossary", "translation-punctuation"]
    done = folder.run("i18n", "check")
    assert done.returncode == 0
    assert f"{FI}:" in done.stderr
    assert "2 warnings" in done.stdout
    assert folder.run("i18n", "check", "--strict").returncode == 1
    folder.edit(FI, 'msgid "Second text."', '#placeholder\nmsgid "Second text."')
    folder.edit(FI, "#placeholder", "# sitegen: ignore punctuation, glossary")
    assert codes(folder) == []


def test_check_fails_on_errors_and_tells_of_catalogues_that_are_behind(folder):
    assert "catalogue-outdated" in codes(folder)
    folder.run("i18n", "update")
    folder.edit(FI, 'msgid "Second text."\nmsgstr ""', 'msgid "Second text."\nmsgstr "Katso http://evil.example/."')
    done = folder.run("i18n", "check")
    assert done.returncode == 1
    assert "error[translation-host]" in done.stderr


def test_check_reads_the_catalogues_of_a_theme_of_the_site(folder):
    folder.write("themes/mine/theme.yaml", "parent: network\n")
    folder.write("themes/mine/templates/404.html", "{{ _('Hello %(name)s', name='x') }}")
    folder.edit("site.yaml", "title: Network\n", "title: Network\ntheme: mine\n")
    folder.run("i18n", "update")
    path = "themes/mine/i18n/fi/LC_MESSAGES/ui.po"
    folder.edit(path, 'msgid "Hello %(name)s"\nmsgstr ""', 'msgid "Hello %(name)s"\nmsgstr "Terve"')
    problems = Problems()
    check_translations(folder.root, problems)
    assert [(problem.code, problem.position.file) for problem in problems.errors] == [("translation-placeholder", path)]


# --- touch ------------------------------------------------------------------------------------------------


def test_touch_writes_the_digest_and_nothing_else(folder):
    text = "---\n# Who wrote this\ntitle: Om oss  # short\n---\n\nText.\n"
    folder.write("content/pages/about.sv.md", text)
    problems = Problems()
    assert touch(folder.root, ["content/pages/about.sv.md"], problems) == ["content/pages/about.sv.md"]
    lines = folder.read("content/pages/about.sv.md").splitlines()
    assert [line for line in lines if not line.startswith("source_digest: ")] == text.splitlines()
    assert touch(folder.root, ["content/pages/about.sv.md"], problems) == []
    assert len(problems) == 0


@pytest.mark.parametrize(
    "name, code",
    [("content/pages/about.md", "touch-file"), ("content/pages/abuot.sv.md", "touch-file"), ("../x.md", "touch-file")],
)
def test_touch_refuses_other_files(folder, name, code):
    problems = Problems()
    assert touch(folder.root, [name], problems) == []
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(
    "before, after",
    [
        ("Text.\n", "---\nsource_digest: abc\n---\nText.\n"),
        ("---\ntitle: T\n---\nText.\n", "---\ntitle: T\nsource_digest: abc\n---\nText.\n"),
        ("---\r\ntitle: T\r\n---\r\nText.\r\n", "---\r\ntitle: T\r\nsource_digest: abc\r\n---\r\nText.\r\n"),
        (
            "---\nsource_digest: 'old'  # why\ntitle: T\n---\n",
            "---\nsource_digest: abc  # why\ntitle: T\n---\n",
        ),
        ("---\n---\nText.\n", "---\nsource_digest: abc\n---\nText.\n"),
        ("---\n{title: T}\n---\nText.\n", None),
        ("---\ntitle: T\n", None),
    ],
)
def test_front_matter_is_edited_as_text(before, after):
    assert with_digest(before, "abc") == after


# --- the status page --------------------------------------------------------------------------------------


def test_the_page_tells_how_far_and_what_next(folder):
    result = folder.build()
    page = result.html("fi/translation/index.html")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    lists = page.xpath("//section[@aria-labelledby='next']//ul")
    assert ["".join(item.itertext()).split()[0] for item in lists[1].findall("li")] == ["Meistä"]
    assert page.xpath("//section[@aria-labelledby='languages']//strong/text()") == ["Suomi"]
    assert page.xpath("//section[@aria-labelledby='files']//a/@href") == [
        f"https://github.com/example/network/blob/HEAD/{FI}"
    ]
    bars = page.xpath("//section[@aria-labelledby='languages']//li")
    assert all("%" in "".join(bar.itertext()) for bar in bars)
    assert all(svg.get("aria-hidden") == "true" for svg in page.xpath("//*[@class='bar']"))
    assert "translation/" not in result.text("sitemap.xml")
    footer = result.html("fi/about/index.html").xpath("//footer//a/@href")
    assert any(href.endswith("translation/") for href in footer)


def test_the_page_says_that_everything_is_translated(folder):
    folder.run("i18n", "update")
    for tag in ("fi", "sv"):
        path = f"i18n/{tag}/LC_MESSAGES/content.po"
        lines: list[str] = []
        message = ""
        for line in folder.read(path).splitlines():
            if line.startswith("msgid "):
                message = line[6:] if line != 'msgid ""' else ""
            lines.append(f"msgstr {message}" if line == 'msgstr ""' and message else line)
        text = "\n".join(line for line in lines if not line.startswith(("#, fuzzy", "#| "))) + "\n"
        folder.write(path, text)
    result = folder.build()
    assert result.html("fi/translation/index.html").xpath("//*[@class='status__done']")
    assert not result.html("fi/translation/index.html").xpath("//*[@id='next']")


def test_the_page_follows_every_translation(folder):
    folder.build()
    folder.edit(FI, '#, fuzzy\n#| msgid "The first text."\n', "")
    edited = folder.build()
    clean = folder.build(clean=True, output=folder.root / "clean")
    assert edited.files == clean.files
    assert len(edited.html("fi/translation/index.html").xpath("//section[@aria-labelledby='next']//ul")) == 1
    unchanged = folder.build()
    assert unchanged.files == clean.files


@pytest.mark.parametrize("setting, wanted", [("true", True), ("false", False)])
def test_the_page_can_be_had_or_not(folder, setting, wanted):
    folder.edit("site.yaml", "translate:\n", f"translate:\n  status_page: {setting}\n")
    result = folder.build()
    assert ("fi/translation/index.html" in result.files) is wanted
    footer = result.html("fi/about/index.html").xpath("//footer//a/@href")
    assert any(href.endswith("translation/") for href in footer) is wanted


def test_a_site_without_catalogues_has_no_page(site):
    result = site("-- content/pages/index.md --\n# Home\n").build()
    assert not [path for path in result.files if "translation" in path]


def test_an_address_is_claimed_once(folder):
    folder.write("content/pages/translation.md", "# Translation\n")
    assert "page on the state of the translation" in folder.build().problem("route-duplicate")


def test_the_flagship_is_fully_translated_and_says_so(flagship):
    from tests.harness import parse_html

    for tag in ("en", "sr", "sr-latn", "pl", "fi"):
        page = parse_html((flagship / tag / "translation" / "index.html").read_text(encoding="utf-8"))
        assert page.xpath("//*[@class='status__done']"), tag
        assert not page.xpath("//*[@id='next']"), tag
