"""The search index: words in one plain form, texts as pages spell them, the same bytes every time, made anew only where needed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import harness
from sitegen.locales.folding import folding_for
from sitegen.locales.inflection import inflection_of
from sitegen.render.search_index import SHARD, SearchPage, index_files, shown_runs, terms_of
from sitegen.render.search_text import MAXIMUM_TEXT, PageText, page_text

SITE = """
-- site.yaml --
title: Network
url: https://network.example/
theme: network
languages:
  - tag: sr-Cyrl
    path: sr
  - tag: sr-Latn
    path: sr-latn
    derived_from: sr-Cyrl
  - pl
  - fi
source_language: sr-Cyrl
collections:
  projects:
    title:
      sr-Cyrl: Пројекти
      pl: Projekty
-- content/pages/index.md --
---
title: Почетна
---
Добро дошли.
-- content/pages/town.md --
---
title: Крушевац
---
Град на Расини. Читајте и о [пројекту](../projects/center.md).
-- content/pages/lodz.pl.md --
---
title: Łódź
---
Miasto w Polsce.
-- content/pages/secret.md --
---
title: Захвалница
noindex: true
---
Хвала.
-- content/projects/center.md --
---
title: Центар
tags: [предузетништво]
---
Људи из Крушевца уче.
"""


def index_of(result: harness.Result, folder: str) -> dict[str, Any]:
    """An index as a browser could read it whole: `words` → [(page, weight)], `texts`: its pages."""
    about = json.loads(result.text(f"{folder}search/index.json"))
    words: dict[str, list[tuple[int, int]]] = {}
    for first, name in about["words"]:
        table = json.loads(result.text(f"{folder}search/{name}"))
        assert next(iter(table)) == first
        for word, numbers in table.items():
            page, places = 0, []
            for step, weight in zip(numbers[::2], numbers[1::2], strict=True):
                page += step
                places.append((page, weight))
            words[word] = places
    texts: list[Any] = []
    for first, name in about["texts"]:
        assert first == len(texts)
        texts += json.loads(result.text(f"{folder}search/{name}"))
    return {"about": about, "words": words, "texts": texts}


def found(index: dict[str, Any], word: str) -> list[str]:
    """Addresses of the pages with this word, the one that it says most about first."""
    places = sorted(index["words"].get(word, ()), key=lambda place: -place[1])
    return [index["texts"][page][0] for page, _ in places]


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings, plain",
    [
        ("Крушевац Kruševac krusevac KRUŠEVAC Krus\u030cevac", "krusevac"),
        ("Ђорђе Đorđe Djordje Dorde", "dorde"),
        ("Љубав ljubav ЉУБАВ", "ljubav"),
        ("џеп džep dzep", "dzep"),
        ("Łódź lodz ŁÓDŹ", "lodz"),
        ("Saarijärvi saarijarvi", "saarijarvi"),
    ],
)
def test_every_spelling_has_one_plain_form(spellings, plain):
    folding = folding_for("sr-Cyrl", ["pl", "fi"])
    assert {folding(word) for word in spellings.split()} == {plain}


def test_german_and_scandinavian_words_are_found_without_their_letters():
    assert folding_for("de")("Förderung") == folding_for("de")("Foerderung") == "forderung"
    assert folding_for("da")("Ærø") == folding_for("da")("Aeroe") == "aro"


def test_cyrillic_names_on_a_page_in_latin_letters_are_read_as_the_sites_own_language_does():
    assert folding_for("fi", ["sr-Cyrl"])("Крушевац") == "krusevac"
    assert folding_for("fi", ["bg"])("Цар") == "tsar"


@given(st.text(), st.sampled_from(["sr-Cyrl", "pl", "fi", "de", "uk", "el", "tr"]))
def test_folding_again_changes_nothing_much(text, tag):
    """What is folded has no marks, no capitals, and stays as it is but for pairs that come together."""
    folding = folding_for(tag)
    once = folding(text)
    assert once == once.lower() or not once.isascii()
    if not folding.pairs:
        assert folding(once) == once


def test_endings_are_written_in_plain_letters():
    for tag in ("sr-Latn", "pl", "fi", "en", "de", "el", "hu", "tr", "lt"):
        inflection = inflection_of(tag)
        assert inflection is not None
        folding = folding_for(tag)
        assert [ending for ending in inflection.endings if folding(ending) != ending] == []
        assert all(len(pair) == 2 for pair in inflection.changes)
    assert inflection_of("xx") is None


# --- pages ------------------------------------------------------------------------------------------------------

PAGE = """<html lang="fi"><body><nav>Valikko</nav><main id="main"><nav>Polku</nav>
<h1>Otsikko &amp; <em>muuta</em></h1><p class="lead">Yksi<strong>kaksi</strong> kolme.</p>
<dl><dt>Maa</dt><dd>Suomi</dd></dl>
<h2>V&auml;liotsikko</h2><ul><li>neljä</li><li>viisi</li></ul>
<p lang="en">English <b>words</b></p><p>kuusi<br>seitsemän</p>
<svg><title>kuva</title></svg><script>ei()</script><form><label>Kenttä</label></form><p hidden>piilo</p>
<div data-search="off"><p>poissa</p></div><p data-a="1 > 0">kahdeksan</p><!-- huomautus <p>ei</p> -->
<footer>lopuksi</footer></main><footer>Alatunniste</footer></body></html>"""


def test_the_text_of_a_page():
    text = page_text(PAGE)
    assert text.title == "Otsikko & muuta"
    assert text.title_lang == ""
    assert text.headings == ["Väliotsikko"]
    assert text.runs == [
        ("", "Yksikaksi kolme.\nVäliotsikko\nneljä\nviisi"),
        ("en", "English words"),
        ("", "kuusi\nseitsemän\nkahdeksan"),
    ]
    assert text.asides == [("", "Maa\nSuomi\nlopuksi")]


def test_a_title_in_another_language_says_so():
    assert page_text('<main><h1 lang="en">Title</h1></main>').title_lang == "en"
    assert page_text('<main lang="en"><h1>Title</h1><p>x</p></main>').runs == [("en", "x")]
    assert page_text("<p>no main</p>") == PageText()


@given(st.text(alphabet="<>/ab \"'=-!pmainh1&;", max_size=200))
def test_no_page_is_too_broken_to_be_read(text):
    page_text(f"<main>{text}</main>")
    page_text(f"<main {text}")


def test_long_texts_are_found_whole_and_shown_in_part():
    folding = folding_for("en")
    text = PageText(title="Long", runs=[("", "word " * MAXIMUM_TEXT + "last")])
    assert "last" in terms_of(text, folding)
    assert sum(len(run) for _, run in shown_runs(text)) == MAXIMUM_TEXT


def test_titles_weigh_more_than_headings_and_these_more_than_texts():
    folding = folding_for("en")
    text = PageText("one", "", ["two"], [("", "two three " + "filler " * 100)])
    weights = terms_of(text, folding)
    assert weights["one"] > weights["two"] > weights["three"] >= 1
    assert max(weights.values()) <= 100
    assert set(terms_of(text, folding, title_only=True)) == {"one"}


# --- the index --------------------------------------------------------------------------------------------------


def pages(number: int) -> list[SearchPage]:
    return [
        SearchPage(
            f"p{n}/", ("Pages", ""), f"Page {n}", "", [("", f"text {n} " * 50)], {f"word{n % 977}": 5, f"only{n}": 7}
        )
        for n in range(number)
    ]


def test_files_stay_small_and_lose_nothing():
    made = dict(index_files(pages(3000), folding_for("en"), inflection_of("en")))
    assert all(len(content) < SHARD * 1.3 for name, content in made.items() if name != "index.json")
    about = json.loads(made["index.json"])
    assert [name for _, name in (*about["words"], *about["texts"])] == list(made)[:-1]
    firsts = [first for first, _ in about["words"]]
    assert firsts == sorted(firsts)
    words = {word for _, name in about["words"] for word in json.loads(made[name])}
    assert words == {f"word{n}" for n in range(977)} | {f"only{n}" for n in range(3000)}
    texts = [page for _, name in about["texts"] for page in json.loads(made[name])]
    assert [page[0] for page in texts] == [f"p{n}/" for n in range(3000)]


def test_a_site_without_words_has_an_index():
    made = dict(index_files([], folding_for("en"), None))
    about = json.loads(made["index.json"])
    assert (list(made), about["pages"], about["words"], about["endings"]) == (["index.json"], 0, [], None)


def test_names_follow_contents():
    one = dict(index_files(pages(10), folding_for("en"), None))
    other = dict(index_files(pages(11), folding_for("en"), None))
    assert dict(index_files(pages(10), folding_for("en"), None)) == one
    assert (set(one) & set(other)) == {"index.json"}


# --- sites ------------------------------------------------------------------------------------------------------


def test_pages_are_found_in_every_language(site):
    built = site(SITE).build()
    assert built.ok, built.problems
    serbian = index_of(built, "sr/")
    assert found(serbian, "krusevac") == ["town/"]
    assert found(serbian, "krusevca") == ["projects/center/"]
    assert found(serbian, "projekat") == []
    page = next(page for page in serbian["texts"] if page[0] == "projects/center/")
    assert page[1:5] == ["Центар", "", "Пројекти", ""]
    assert page[5] == ["", "Људи из Крушевца уче.", "", "предузетништво"]  # as the page spells it, tags last
    latin = index_of(built, "sr-latn/")
    assert found(latin, "krusevac") == ["town/"]
    assert "Ljudi iz Kruševca uče." in str(latin["texts"])
    assert found(index_of(built, "pl/"), "lodz") == ["lodz/"]
    assert serbian["about"]["endings"]
    finnish = next(page for page in index_of(built, "fi/")["texts"] if page[0] == "projects/center/")
    assert finnish[1:5] == ["Центар", "sr-Cyrl", "Пројекти", "sr-Cyrl"]


def test_lists_are_found_by_their_titles_alone_and_hidden_pages_never(site):
    index = index_of(site(SITE).build(), "sr/")
    addresses = {page[0]: page for page in index["texts"]}
    assert {"", "town/", "projects/", "projects/center/", "tags/", "tags/preduzetnistvo/"} <= set(addresses)
    assert addresses["projects/"][5] == []
    assert "search/" not in addresses
    assert "secret/" not in addresses
    assert found(index, "zahvalnica") == []


def test_lists_of_entries_without_pages_are_found_whole(site):
    built = site(
        SITE.replace("  projects:\n", "  faq:\n    page_size: 2\n  projects:\n")
        + "".join(
            f"-- content/faq/{n}.md --\n---\ntitle: Питање {n}\nanswer: Одговор број{n}.\norder: {n}\n---\n"
            for n in range(5)
        )
    ).build()
    assert built.ok, built.problems
    index = index_of(built, "sr/")
    assert found(index, "broj0") == ["faq/"]
    assert found(index, "broj4") == ["faq/page/3/"]


def test_the_search_page_is_for_readers_and_not_for_search_engines(site):
    built = site(SITE).build()
    page = built.html("sr/search/index.html")
    assert page.xpath("string(//h1)") == "Претрага"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "/search/" not in built.text("sitemap.xml")
    form = page.xpath("//main//form[@role='search']")[0]
    assert (form.get("action"), form.get("method")) == ("../../sr/search/", "get")
    assert form.get("data-index") == "../../sr/search/index.json"
    assert page.xpath("//noscript")
    assert len(page.xpath("//script[@src]")) == 1
    assert not page.xpath("//script[not(@src)][not(@type)] | //style | //@style")
    assert built.html("sr/index.html").xpath("//header//a[@href='../sr/search/']")
    assert built.html("sr/404.html").xpath("//main//form[@role='search']")


def test_a_site_may_do_without(site):
    built = site(SITE.replace("theme: network", "theme: network\nsearch: false")).build()
    assert built.ok, built.problems
    assert not [path for path in built.files if "search/" in path]
    assert "search/" not in built.text("sr/index.html")
    assert not built.html("sr/404.html").xpath("//form")


def test_a_theme_without_a_search_page_has_no_search(site):
    files = """
-- site.yaml --
title: Tiny
theme: tiny
languages: [en]
-- content/pages/index.md --
---
title: Home
---
-- themes/tiny/theme.yaml --
name: tiny
-- themes/tiny/templates/page.html --
<html lang="en"><title>x</title><main><h1>{{ page.title }}</h1>{{ site.search }} {{ site.search_url }}</main></html>
-- themes/tiny/templates/home.html --
{% extends 'page.html' %}
-- themes/tiny/templates/entry.html --
{% extends 'page.html' %}
-- themes/tiny/templates/404.html --
{% extends 'page.html' %}
-- themes/tiny/templates/root.html --
{% extends 'page.html' %}
"""
    built = site(files).build()
    assert built.ok, built.problems
    assert "False None" in built.text("en/index.html")
    assert not [path for path in built.files if "search" in path]


def test_a_page_that_wants_the_address_of_the_search(site):
    built = site(SITE + "-- content/pages/search.md --\n---\ntitle: Тражење\n---\n").build()
    assert not built.ok
    assert built.problem("route-duplicate") == (
        "site.yaml: error[route-duplicate]: 'the search page' and 'pages/search' (content/pages/search.md:1:1) both want "
        "the address /sr/search/; give one of them another slug"
    )


# --- the same every time, and no more work than needed ----------------------------------------------------------


def search_files(result: harness.Result) -> dict[str, bytes]:
    return {path: content for path, content in result.files.items() if "/search/" in path}


def test_the_same_bytes_from_the_same_sources(site):
    one, other = site(SITE).build(), site(SITE).build(workers=3)
    assert len(search_files(one)) >= 4 * 4
    assert search_files(one) == search_files(other)


def test_an_edit_makes_the_index_that_a_clean_build_makes(site):
    edited = site(SITE)
    edited.build()
    edited.edit("content/projects/center.md", "уче", "уче и раде")
    later = edited.build()
    fresh = site(SITE.replace("уче.", "уче и раде.")).build()
    assert found(index_of(later, "sr/"), "rade") == ["projects/center/"]
    assert later.files == fresh.files
    edited.delete("content/projects/center.md")
    edited.edit("content/pages/town.md", "[пројекту](../projects/center.md)", "пројекту")
    assert found(index_of(edited.build(), "sr/"), "rade") == []


def test_only_pages_that_changed_are_read_again(site, monkeypatch):
    from sitegen.production import search

    read: list[str] = []
    real = search.page_text

    def noting(page: str) -> PageText:
        text = real(page)
        read.append(text.title)
        return text

    monkeypatch.setattr(search, "page_text", noting)
    edited = site(SITE)
    edited.build()
    assert len(read) > 20
    read.clear()
    edited.edit("content/pages/lodz.pl.md", "Miasto", "Duże miasto")
    assert edited.build().ok
    assert set(read) == {"Łódź"}
    read.clear()
    assert edited.build().ok
    assert read == []


def test_an_index_that_was_tampered_with_is_made_anew(site):
    edited = site(SITE)
    first = edited.build()
    name = next(path for path in first.files if re.search(r"sr/search/words-", path))
    (edited.root / "public" / name).write_text("{}", encoding="utf-8")
    edited.edit("content/pages/lodz.pl.md", "Miasto", "Duże miasto")
    assert edited.build().files[name] == first.files[name]
