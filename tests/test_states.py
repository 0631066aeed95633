"""How readers and search engines see what is translated, stale, untranslated, outdated, foreign or exact: whole sites."""

from __future__ import annotations

import re

import pytest

SITE = """\
-- site.yaml --
title: Network
url: https://network.example/
languages: [en, fi, sv]
menus:
  main:
    - entry: pages/about
translate:
  threshold: 0.6
  help: https://network.example/help
  repository: https://github.com/example/network
collections:
  pages: {}
  news: {title: News, feed: true}
-- content/pages/index.md --
# Home

Welcome.
-- content/pages/about.md --
# About us

First paragraph.

Second paragraph.

Third paragraph.
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

msgid "First paragraph."
msgstr "Ensimmäinen kappale."

#, fuzzy
#| msgid "The second paragraph."
msgid "Second paragraph."
msgstr "Toinen kappale."

msgid "One text."
msgstr "Yksi teksti."

msgctxt "news.title"
msgid "A call"
msgstr "Haku"
"""

WHOLE = 'msgid "Third paragraph."\nmsgstr "Kolmas kappale."\n'
FI = "i18n/fi/LC_MESSAGES/content.po"


def robots(page) -> list[str]:
    return page.xpath("//meta[@name='robots']/@content")


def hreflangs(page) -> list[str]:
    return page.xpath("//head/link[@rel='alternate' and @hreflang]/@hreflang")


def test_each_paragraph_shows_its_state(site):
    page = site(SITE).build().html("fi/about/index.html")
    translated, stale, missing = page.xpath("//main//p[contains(., 'kappale') or contains(., 'paragraph')]")[-3:]
    assert (translated.text, translated.get("lang"), translated.get("data-translation")) == (
        "Ensimmäinen kappale.",
        None,
        None,
    )
    assert (stale.text, stale.get("lang"), stale.get("data-translation")) == ("Toinen kappale.", None, "stale")
    assert (missing.text, missing.get("lang"), missing.get("dir")) == ("Third paragraph.", "en", "ltr")


def test_a_page_below_the_threshold_says_so_and_is_left_to_its_source(site):
    # about: title and one of three paragraphs are translated, 2 of 4 texts: below 0.6
    result = site(SITE).build()
    page = result.html("fi/about/index.html")
    notice = page.xpath("//aside[contains(@class, 'notice--translation')]")[0]
    assert "50" in "".join(notice.itertext())
    assert "https://network.example/help" in notice.xpath(".//a/@href")
    assert any(href.endswith("en/about/") for href in notice.xpath(".//a/@href"))
    assert robots(page) == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://network.example/en/about/"]
    assert hreflangs(page) == []
    assert "fi" not in hreflangs(result.html("en/about/index.html"))
    sitemap = result.text("sitemap.xml")
    assert "https://network.example/en/about/" in sitemap
    assert "/fi/about/" not in sitemap


def test_a_page_above_the_threshold_is_indexed_and_still_says_that_it_is_partly_translated(site):
    folder = site(SITE)
    folder.write(FI, folder.read(FI) + "\n" + WHOLE)
    result = folder.build()
    page = result.html("fi/about/index.html")
    assert "75" in result.reads("fi/about/index.html", "//aside[contains(@class, 'notice--translation')]")
    assert robots(page) == []
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://network.example/fi/about/"]
    assert "fi" in hreflangs(result.html("en/about/index.html"))
    assert "sv" not in hreflangs(result.html("en/about/index.html"))
    assert "https://network.example/fi/about/" in result.text("sitemap.xml")


def test_feeds_hold_what_is_translated(site):
    result = site(SITE).build()
    assert "Haku" in result.text("fi/feed.xml")
    assert "<entry" not in result.text("sv/feed.xml")


def test_a_source_page_has_no_notice(site):
    result = site(SITE).build()
    assert not result.html("en/about/index.html").xpath("//aside[contains(@class, 'notice--translation')]")


# --- texts by hand ----------------------------------------------------------------------------------------


def test_a_text_by_hand_is_a_whole_translation(site):
    folder = site(SITE)
    folder.write("content/pages/about.sv.md", "# Om oss\n\nEtt stycke.\n\nTvå till.\n")
    result = folder.build()
    page = result.html("sv/about/index.html")
    assert "Ett stycke." in result.reads("sv/about/index.html")
    assert robots(page) == []
    assert not page.xpath("//aside[contains(@class, 'notice--translation')]")
    assert "sv" in hreflangs(result.html("en/about/index.html"))


def test_a_short_text_by_hand_with_an_untranslated_field_is_still_indexed(site):
    folder = site(SITE)
    folder.edit("content/pages/about.md", "# About us", "---\nsummary: Who we are.\n---\n# About us")
    folder.write("content/pages/about.sv.md", "# Om oss\n\nEtt stycke.\n\nTvå till.\n\nTre till.\n")
    assert robots(folder.build().html("sv/about/index.html")) == []


@pytest.mark.parametrize("body", ["", "\n\n", "---\n---\n\n"])
def test_an_empty_text_by_hand_is_none(site, body):
    folder = site(SITE)
    folder.write("content/pages/about.sv.md", body)
    page = folder.build().html("sv/about/index.html")
    assert page.xpath("//main//p[@lang='en' and .='First paragraph.']")
    assert robots(page) == ["noindex"]
    assert page.xpath("//aside[contains(@class, 'notice--translation')]")


def test_an_outdated_text_by_hand_leads_to_its_source(site):
    folder = site(SITE)
    folder.write("content/pages/about.sv.md", "# Om oss  \n\nEtt stycke.\n")
    assert folder.run("i18n", "touch", "content/pages/about.sv.md").returncode == 0
    page = folder.build().html("sv/about/index.html")
    assert not page.xpath("//aside[contains(@class, 'notice--translation')]")
    folder.edit("content/pages/about.md", "Second paragraph.", "Another second paragraph.")
    page = folder.build().html("sv/about/index.html")
    notice = page.xpath("//aside[contains(@class, 'notice--translation')]")[0]
    assert any(href.endswith("en/about/") for href in notice.xpath(".//a/@href"))
    assert robots(page) == []


def test_what_translators_do_not_see_does_not_outdate(site):
    folder = site(SITE)
    folder.edit("content/pages/about.md", "# About us", "---\norder: 4\n---\n# About us")
    folder.write("content/pages/about.sv.md", "---\ntitle: Om oss\n---\nEtt stycke.\n")
    folder.run("i18n", "touch", "content/pages/about.sv.md")
    folder.edit("content/pages/about.md", "order: 4", "order: 5")
    assert not folder.build().html("sv/about/index.html").xpath("//aside[contains(@class, 'notice--translation')]")


# --- pages in other languages than the site's -------------------------------------------------------------

FOREIGN = "---\ntitle: Vain suomeksi\ntags: [kylä]\n---\nSuomenkielinen teksti.\n"


def with_foreign(site):
    folder = site(SITE)
    folder.edit("site.yaml", "    - entry: pages/about\n", "    - entry: pages/about\n    - entry: pages/vain\n")
    folder.write("content/pages/vain.fi.md", FOREIGN)
    return folder


def test_a_foreign_page_exists_where_it_is_written(site):
    folder = with_foreign(site)
    result = folder.build()
    assert result.ok, result.problems
    page = result.html("fi/vain/index.html")
    assert robots(page) == []
    assert not page.xpath("//aside[contains(@class, 'notice--translation')]")
    assert not any(path.endswith("vain/index.html") and path != "fi/vain/index.html" for path in result.files)
    assert page.xpath("//nav//a[contains(., 'Vain suomeksi')]")
    english = result.text("en/index.html")
    assert "Vain suomeksi" not in english
    assert result.text("sitemap.xml").count("/vain/") == 1
    assert hreflangs(page) in (["fi", "x-default"], ["fi"])
    # the switcher leads elsewhere than to a page that is not there
    assert all(
        "vain" not in href or lang == "fi"
        for href, lang in zip(page.xpath("//a[@hreflang]/@href"), page.xpath("//a[@hreflang]/@hreflang"), strict=True)
    )
    assert not [path for path in result.files if path.startswith("en/tags/ky")]


def test_a_foreign_page_appears_with_its_title_and_goes_again(site):
    folder = with_foreign(site)
    before = folder.build().files
    assert folder.run("i18n", "update").returncode == 0
    file = "i18n/sv/LC_MESSAGES/content-fi.po"
    catalogue = folder.read(file)
    assert 'msgid "Vain suomeksi"' in catalogue
    folder.write(file, re.sub(r'(msgid "Vain suomeksi"\nmsgstr) ""', r'\1 "Bara på finska"', catalogue))
    result = folder.build()
    page = result.html("sv/vain/index.html")
    assert page.xpath("//main//p[@lang='fi' and contains(., 'Suomenkielinen')]")
    assert "Bara på finska" in result.text("sv/index.html")
    assert "en/vain/index.html" not in result.files
    assert result.files == folder.build(clean=True, output=folder.root / "clean").files
    folder.write(file, catalogue)
    again = folder.build().files
    assert sorted(again) == sorted(before)


def test_a_foreign_record_by_hand_exists_in_both(site):
    folder = with_foreign(site)
    folder.write("content/pages/vain.sv.md", "---\ntitle: Inte bara\n---\nText.\n")
    result = folder.build()
    assert "sv/vain/index.html" in result.files
    assert "en/vain/index.html" not in result.files


# --- exact texts ------------------------------------------------------------------------------------------


def test_an_exact_block_stops_the_build_until_every_language_has_it(site):
    folder = site(SITE)
    folder.write("site.yaml", folder.read("site.yaml").replace("[en, fi, sv]", "[en, fi]"))
    folder.edit("content/pages/about.md", "Third paragraph.", "<!-- i18n: exact -->\nThe law says so.")
    problem = folder.build().problem("exact-missing")
    assert problem.startswith("content/pages/about.md:8")
    assert "The law says so." in problem
    assert FI in problem
    folder.write(
        FI, folder.read(FI) + '\n#, fuzzy\n#| msgid "The law said so."\nmsgid "The law says so."\nmsgstr "Näin."\n'
    )
    assert "fuzzy" in folder.build().problem("exact-missing")
    folder.edit(FI, '#, fuzzy\n#| msgid "The law said so."\n', "")
    result = folder.build()
    assert result.ok, result.problems
    assert "Näin." in result.reads("fi/about/index.html")


def test_an_exact_field_stops_the_build_until_every_language_has_it(site):
    folder = site(SITE)
    folder.edit(
        "site.yaml",
        "  pages: {}\n",
        "  pages: {}\n  rules:\n    title: Rules\n    publish: false\n    fields:\n"
        "      clause: {type: text, translatable: true, exact: true, doc: The clause.}\n",
    )
    folder.write("content/data/rules.yaml", "- id: one\n  title: One\n  clause: No smoking.\n")
    problems = [problem for problem in folder.build().problems if "exact-missing" in problem]
    assert len(problems) == 2
    assert all(problem.startswith("content/data/rules.yaml:3") for problem in problems)
    assert folder.run("i18n", "update").returncode == 0, "translators must be able to get at what is missing"
    folder.edit("content/data/rules.yaml", "clause: No smoking.", "clause: {en: No smoking., fi: Ei saa., sv: Nej.}")
    assert folder.build().ok


# --- unsafe texts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[Ota](javascript:alert(1))", "Katso http://evil.example/", "<img src=x>"]
)
def test_unsafe_texts_give_way_to_their_source_with_file_and_line(site, text):
    folder = site(SITE)
    folder.write(FI, folder.read(FI).replace('"Ensimmäinen kappale."', f'"{text}"'))
    result = folder.build()
    found = [problem for problem in result.problems if "[translation-" in problem]
    assert found, result.problems
    line = folder.read(FI).splitlines().index('msgid "First paragraph."') + 1
    assert all(problem.startswith(f"{FI}:{line}") for problem in found), found
    assert "evil" not in result.text("fi/about/index.html")
    assert result.html("fi/about/index.html").xpath("//main//p[@lang='en' and .='First paragraph.']")
    assert not folder.build(strict=True, clean=True).ok


def test_unsafe_fields_give_way_to_their_source(site):
    folder = site(SITE)
    folder.write(FI, folder.read(FI).replace('"Meistä"', '"Meistä http://evil.example/"'))
    result = folder.build()
    assert any(problem.startswith(FI) for problem in result.problems)
    assert "evil.example" not in result.text("fi/about/index.html")
    assert "evil.example" not in folder.build().text("fi/index.html")


# --- lists ------------------------------------------------------------------------------------------------


def test_lists_of_foreign_titles_are_not_for_search_engines(site):
    folder = site(SITE)
    folder.edit("content/news/2027-01-01-call.md", "title: A call", "title: A call\ntags: [village]")
    result = folder.build()
    assert robots(result.html("sv/news/index.html")) == ["noindex"]
    assert robots(result.html("sv/tags/village/index.html")) == ["noindex"]
    assert robots(result.html("sv/tags/index.html")) == ["noindex"]
    # In Finnish the one news item is translated and the title of the list is not: 1 of 2, below 0.6
    assert robots(result.html("fi/news/index.html")) == ["noindex"]
    assert hreflangs(result.html("en/news/index.html")) == ["en", "x-default"]
    sitemap = result.text("sitemap.xml")
    assert "https://network.example/en/news/<" in sitemap
    assert "/sv/" not in sitemap
    assert "/fi/news/<" not in sitemap


def test_a_list_becomes_known_with_its_titles(site):
    folder = site(SITE)
    folder.build()
    folder.write(FI, folder.read(FI) + '\nmsgctxt "collections.news.title"\nmsgid "News"\nmsgstr "Ajankohtaista"\n')
    result = folder.build()
    assert robots(result.html("fi/news/index.html")) == []
    assert hreflangs(result.html("en/news/index.html")) == ["en", "fi", "x-default"]
    assert "https://network.example/fi/news/<" in result.text("sitemap.xml")
    assert result.files == folder.build(clean=True, output=folder.root / "clean").files
