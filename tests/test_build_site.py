"""What readers, search engines and feed readers get from whole small sites."""

import json
from urllib.parse import urljoin

import pytest

from harness import reading
from sitegen.check.output import check_output

SITE = """
-- site.yaml --
title: Network
description: Groups along a river.
url: https://network.example/
languages:
  - {tag: en, name: English}
  - {tag: fi, name: Suomi, fallback: [en]}
  - {tag: sr-Cyrl, path: sr, name: Српски, fallback: [en]}
  - {tag: sr-Latn, path: sr-latn, name: Srpski, derived_from: sr-Cyrl}
menus:
  main:
    - entry: pages/about
    - collection: news
collections:
  news: {feed: true, page_size: 2}
-- content/pages/index.md --
---
title: Home
---
Welcome. See [about](about.md) and [the news](../news/2027-01-03-c.md#details).
-- content/pages/about.md --
---
title: About
description: Who we are.
toc: true
tags: [rural areas]
aliases: [/about-us/, /old/about.html]
slug: {fi: tietoa, sr-Latn: o-nama, sr-Cyrl: o-nama}
---
## Our aims

One paragraph.

## Our aims

Another paragraph.
-- content/pages/kota.fi.md --
---
title: Kota
only_languages: [fi]
---
Vain suomeksi.
-- content/news/2027-01-01-a.md --
---
title: News A
tags: [rural areas]
---
Text A.
-- content/news/2027-01-02-b.md --
---
title: News B
---
Text B.
-- content/news/2027-01-03-c.md --
---
title: News C
---
## Details

Text C.
-- content/news/2027-06-01-later.md --
---
title: News to come
---
Not yet.
-- content/news/2027-01-04-draft.md --
---
title: A draft
draft: true
---
Not ready.
-- i18n/fi/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Language: fi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "pages.title"
msgid "Home"
msgstr "Etusivu"

msgid "Welcome. See [about](about.md) and [the news](../news/2027-01-03-c.md#details)."
msgstr "Tervetuloa. Lue [meistä](about.md) ja [uutiset](../news/2027-01-03-c.md#details)."

msgctxt "pages.title"
msgid "About"
msgstr "Tietoa"

msgctxt "pages.description"
msgid "Who we are."
msgstr "Keitä olemme."

msgid "Our aims"
msgstr "Tavoitteemme"

msgid "One paragraph."
msgstr "Yksi kappale."

msgid "Another paragraph."
msgstr "Toinen kappale."

msgctxt "tag"
msgid "rural areas"
msgstr "maaseutu"

msgctxt "news.title"
msgid "News C"
msgstr "Uutinen C"

msgid "Details"
msgstr "Yksityiskohdat"

msgid "Text C."
msgstr "Teksti C."
-- i18n/sr-Cyrl/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Language: sr-Cyrl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgctxt "pages.title"
msgid "About"
msgstr "О нама"

msgctxt "pages.description"
msgid "Who we are."
msgstr "Ко смо."

msgid "Our aims"
msgstr "Наши циљеви"

msgid "One paragraph."
msgstr "Један пасус: Њујорк, ЊУЈОРК."

msgid "Another paragraph."
msgstr "Други пасус."
"""
BASE = "https://network.example/"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    import harness

    made = harness.SiteUnderTest(tmp_path_factory.mktemp("whole") / "site", harness.unpack(SITE))
    result = made.build()
    assert result.ok, "\n".join(result.problems)
    return result


def links(result, path, rel):
    return [link for link in result.html(path).xpath("//link") if rel in (link.get("rel") or "").split()]


def pages(result):
    return [path for path in result.files if path.endswith(".html")]


def alternates(result, path):
    """hreflang → absolute address, of a page."""
    return {link.get("hreflang"): link.get("href") for link in links(result, path, "alternate") if link.get("hreflang")}


def address_of(path):
    return BASE + path.removesuffix("index.html")


def test_pages_stand_where_the_design_says(built):
    for path in (
        "index.html", "404.html", "robots.txt", "sitemap.xml",
        "en/index.html", "en/about/index.html", "fi/tietoa/index.html", "sr/o-nama/index.html",
        "sr-latn/o-nama/index.html", "fi/kota/index.html", "en/news/index.html", "en/news/c/index.html",
        "fi/404.html", "fi/feed.xml", "en/tags/index.html", "en/tags/rural-areas/index.html",
        "fi/tags/rural-areas/index.html", "about-us/index.html", "old/about.html",
    ):  # fmt: skip
        assert path in built.files, f"{path} is missing; there is " + "\n".join(sorted(built.files))


def test_a_page_in_one_language_stays_in_it(built):
    assert not [path for path in built.files if "kota" in path and not path.startswith("fi/")]


def test_every_check_of_our_own_is_content(built):
    assert [str(problem) for problem in check_output(built.output, "/", BASE)] == []


def test_every_page_parses_without_an_error(built):
    from harness import html_errors

    assert {path: found for path in pages(built) if (found := html_errors(built.text(path)))} == {}


@pytest.mark.parametrize(
    "path, lang, direction",
    [
        ("en/about/index.html", "en", "ltr"),
        ("sr-latn/o-nama/index.html", "sr-Latn", "ltr"),
        ("fi/404.html", "fi", "ltr"),
    ],
)
def test_a_page_names_its_language(built, path, lang, direction):
    root = built.html(path)
    assert (root.get("lang"), root.get("dir")) == (lang, direction)


def test_head_of_a_page(built):
    path = "fi/tietoa/index.html"
    page = built.html(path)
    meta = {m.get("name") or m.get("property"): m.get("content") for m in page.xpath("//meta")}
    assert "Tietoa" in page.findtext(".//title")
    assert meta["description"] == "Keitä olemme."
    assert meta["og:title"] == "Tietoa"
    assert meta["og:locale"] == "fi_FI"
    assert meta["og:url"] == BASE + "fi/tietoa/"
    assert [link.get("href") for link in links(built, path, "canonical")] == [BASE + "fi/tietoa/"]


def test_alternates_are_mutual_and_only_where_there_is_a_translation(built):
    named = {path: alternates(built, path) for path in pages(built)}
    about = named["en/about/index.html"]
    assert about == {
        "en": BASE + "en/about/",
        "fi": BASE + "fi/tietoa/",
        "sr-Cyrl": BASE + "sr/o-nama/",
        "sr-Latn": BASE + "sr-latn/o-nama/",
        "x-default": about["x-default"],
    }
    for path, others in named.items():
        for language, address in others.items():
            if language == "x-default":
                continue
            other = address.removeprefix(BASE) + "index.html"
            assert address_of(path) in named[other].values(), f"{path} names {address}, which does not name it"
    # News B has no translation at all: nobody is sent to it from another language.
    assert set(named["en/news/b/index.html"]) <= {"en", "x-default"}


def test_the_switcher_leads_to_the_same_page_in_the_languages_own_names(built):
    found = {
        link.get("hreflang"): (reading(link), urljoin(address_of("en/about/index.html"), link.get("href")))
        for link in built.html("en/about/index.html").xpath("//header//a[@hreflang]")
    }
    assert found["fi"] == ("Suomi", BASE + "fi/tietoa/")
    assert found["sr-Cyrl"] == ("Српски", BASE + "sr/o-nama/")


def test_untranslated_pages_say_so_and_keep_out_of_indexes(built):
    page = built.html("fi/news/b/index.html")
    robots = page.xpath("//meta[@name='robots']/@content")
    assert robots
    assert "noindex" in robots[0]
    assert links(built, "fi/news/b/index.html", "canonical")[0].get("href") == BASE + "en/news/b/"
    paragraph = page.xpath("//main//p[.='Text B.']")[0]
    nearest = next(e.get("lang") for e in [paragraph, *paragraph.iterancestors()] if e.get("lang"))
    assert nearest == "en"
    assert "fi/news/b/" not in built.text("sitemap.xml")
    assert "Text B" not in built.text("fi/feed.xml")


def test_the_banner_speaks_the_readers_language(built):
    assert (
        "suom" in built.reads("fi/news/b/index.html").lower() or "kään" in built.reads("fi/news/b/index.html").lower()
    )


def test_links_in_text_stay_in_the_language(built):
    page = built.html("fi/index.html")
    found = {reading(a): urljoin(BASE + "fi/", a.get("href")) for a in page.xpath("//main//p//a")}
    assert found["meistä"] == BASE + "fi/tietoa/"
    assert found["uutiset"] == BASE + "fi/news/c/#details"


def test_heading_anchors_come_from_the_source(built):
    for path in ("en/about/index.html", "fi/tietoa/index.html", "sr/o-nama/index.html", "sr-latn/o-nama/index.html"):
        ids = [
            heading.get("id")
            for heading in built.html(path).xpath("//main//h2[not(ancestor::nav)]")
            if heading.get("id")
        ]
        assert ids[:2] == ["our-aims", "our-aims_1"], path


def test_a_table_of_contents_where_the_page_asks(built):
    assert built.html("fi/tietoa/index.html").xpath("//nav//a[@href='#our-aims' and contains(., 'Tavoitteemme')]")
    assert not built.html("en/news/c/index.html").xpath("//nav//a[@href='#details']")


def test_latin_serbian_is_derived(built):
    text = built.reads("sr-latn/o-nama/index.html")
    assert "Jedan pasus: Njujork, NJUJORK." in text
    assert reading(built.html("sr-latn/o-nama/index.html").xpath("//h1")[0]) == "O nama"


def test_site_map_lists_what_is_indexed_with_alternates(built):
    root = built.xml("sitemap.xml")
    ns = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    listed = root.xpath("//s:loc/text()", namespaces=ns)
    assert len(listed) == len(set(listed))
    assert BASE + "fi/tietoa/" in listed
    assert BASE + "fi/kota/" in listed
    assert not [address for address in listed if "404" in address or "old/" in address]
    for address in listed:
        assert address.removeprefix(BASE) + "index.html" in built.files
    about = root.xpath("//s:url[s:loc[.=$a]]", namespaces=ns, a=BASE + "en/about/")[0]
    found = dict(
        zip(about.xpath("x:link/@hreflang", namespaces=ns), about.xpath("x:link/@href", namespaces=ns), strict=True)
    )
    assert found["sr-Latn"] == BASE + "sr-latn/o-nama/"


def test_feeds_are_valid_atom(built):
    ns = {"a": "http://www.w3.org/2005/Atom"}
    for language in ("en", "fi"):
        root = built.xml(f"{language}/feed.xml")
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        for element in (root, *root.xpath("a:entry", namespaces=ns)):
            for child in ("id", "title", "updated"):
                assert element.findtext(f"a:{child}", namespaces=ns), f"{language}: {element.tag} has no {child}"
        ids = root.xpath("//a:entry/a:id/text()", namespaces=ns)
        assert len(ids) == len(set(ids))
        assert root.xpath("a:link[@rel='self']/@href", namespaces=ns) == [f"{BASE}{language}/feed.xml"]
        assert root.xpath("a:author/a:name", namespaces=ns) or root.xpath("a:entry/a:author", namespaces=ns)
    english = [
        entry.findtext("a:title", namespaces=ns) for entry in built.xml("en/feed.xml").xpath("a:entry", namespaces=ns)
    ]
    assert english == ["News C", "News B", "News A"]
    assert links(built, "en/about/index.html", "alternate")


def test_json_ld_parses_and_names_absolute_addresses(built):
    kinds = set()
    for path in pages(built):
        for script in built.html(path).xpath("//script[@type='application/ld+json']"):
            data = json.loads(script.text)
            assert data["@context"] == "https://schema.org"
            for node in data["@graph"]:
                kinds.add(node["@type"])
                if "url" in node:
                    assert node["url"].startswith(BASE)
    assert {"Organization", "NewsArticle", "BreadcrumbList"} <= kinds
    graph = json.loads(built.html("en/news/c/index.html").xpath("//script[@type='application/ld+json']")[0].text)[
        "@graph"
    ]
    article = next(node for node in graph if node["@type"] == "NewsArticle")
    assert (article["headline"], article["datePublished"], article["inLanguage"]) == ("News C", "2027-01-03", "en")


def test_not_found_pages_work_at_any_address(built):
    for path in ("404.html", "fi/404.html", "sr-latn/404.html"):
        page = built.html(path)
        addresses = [
            *page.xpath("//a/@href"),
            *page.xpath("//link[@rel='stylesheet']/@href"),
            *page.xpath("//script/@src"),
        ]
        relative = [a for a in addresses if not a.startswith(("/", "https://", "#", "mailto:"))]
        assert relative == [], path
        assert "noindex" in "".join(page.xpath("//meta[@name='robots']/@content"))


def test_robots(built):
    assert f"Sitemap: {BASE}sitemap.xml" in built.text("robots.txt")


def test_root_page_offers_all_languages_without_a_script(built):
    root = built.html("index.html")
    found = {a.get("hreflang"): (reading(a), a.get("href")) for a in root.xpath("//main//a[@hreflang]")}
    assert found["fi"] == ("Suomi", "./fi/")
    assert set(found) == {"en", "fi", "sr-Cyrl", "sr-Latn"}
    assert list(root.xpath("//script[@src]"))


def test_aliases_lead_to_the_page(built):
    for path, target in (("about-us/index.html", "../en/about/"), ("old/about.html", "../en/about/")):
        page = built.html(path)
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={target}"]
        assert page.xpath("//a/@href") == [target]
        assert links(built, path, "canonical")[0].get("href") == BASE + "en/about/"


def test_tags_have_a_page_and_a_name_in_each_language(built):
    assert "maaseutu" in built.reads("fi/tags/rural-areas/index.html", "//h1")
    assert "rural areas" in built.reads("en/tags/rural-areas/index.html", "//h1")
    listed = built.reads("en/tags/rural-areas/index.html")
    assert "News A" in listed
    assert "About" in listed
    assert "News B" not in listed
    assert built.html("fi/tietoa/index.html").xpath("//main//a[contains(., 'maaseutu')]")


def test_lists_have_pages(built):
    first, second = built.html("en/news/index.html"), built.html("en/news/page/2/index.html")
    titles = [reading(a) for page in (first, second) for a in page.xpath("//main//a") if reading(a).startswith("News ")]
    assert titles == ["News C", "News B", "News A"]
    (following,), (previous,) = first.xpath("//a[@rel='next']/@href"), second.xpath("//a[@rel='prev']/@href")
    assert urljoin(BASE + "en/news/", following) == BASE + "en/news/page/2/"
    assert urljoin(BASE + "en/news/page/2/", previous) == BASE + "en/news/"


def test_drafts_and_news_to_come_are_held_back(built):
    everything = b"".join(built.files.values())
    assert b"News to come" not in everything
    assert b"A draft" not in everything


def test_drafts_and_dates_on_demand(site):
    made = site(SITE)
    drafts = made.build(drafts=True)
    assert drafts.reads("en/news/draft/index.html", "//h1") == "A draft"
    later = made.build(date="2027-06-01")
    assert later.reads("en/news/later/index.html", "//h1") == "News to come"
    assert "en/news/draft/index.html" not in later.files


def test_a_source_language_without_prefix(site):
    made = site(SITE)
    made.edit("site.yaml", "menus:", "prefix_source_language: false\nmenus:")
    result = made.build()
    assert result.ok, result.problems
    assert result.reads("index.html", "//h1") == "Home"
    assert "about/index.html" in result.files
    assert "fi/tietoa/index.html" in result.files
    assert not [path for path in result.files if path.startswith("en/")]
    assert alternates(result, "about/index.html")["fi"] == BASE + "fi/tietoa/"
    assert [str(problem) for problem in check_output(result.output, "/", BASE)] == []


@pytest.mark.parametrize("how", ["option", "site.yaml", "path"])
def test_a_site_in_a_sub_folder(site, how):
    made = site(SITE)
    url = "/sub/folder/" if how == "path" else "https://network.example/sub/folder/"
    if how != "option":
        made.edit("site.yaml", "url: https://network.example/", f"url: {url}")
    result = made.build(base_url=url) if how == "option" else made.build()
    assert result.ok, result.problems
    absolute = "" if how == "path" else url
    assert [str(problem) for problem in check_output(result.output, "/sub/folder/", absolute)] == []
    styles = result.html("404.html").xpath("//link[@rel='stylesheet']/@href")
    assert all("/sub/folder/" in style for style in styles)
    if how != "path":
        assert links(result, "fi/tietoa/index.html", "canonical")[0].get("href") == url + "fi/tietoa/"
        assert f"{url}en/news/c/" in result.text("en/feed.xml")


def test_a_moved_site_has_only_relative_addresses(built):
    """But for the pages that are shown at addresses that nobody knows."""
    for path in pages(built):
        if path.endswith("404.html"):
            continue
        page = built.html(path)
        for address in [*page.xpath("//a/@href"), *page.xpath("//img/@src"), *page.xpath("//script/@src"),
                        *page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")]:  # fmt: skip
            assert not address.startswith(("/", BASE)), f"{path}: {address}"


def test_media_are_published_and_addressed(site):
    made = site(
        SITE,
        files={
            "content/media/docs/plan 1.pdf": b"%PDF-1.4",
            "content/media/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
        },
    )
    made.edit(
        "content/pages/about.md", "One paragraph.", "![A drawing](../media/a.svg) [plan](<../media/docs/plan 1.pdf>)"
    )
    result = made.build()
    assert result.ok, result.problems
    page = result.html("fi/tietoa/index.html")
    assert page.xpath("//main//img/@src") == ["../../media/a.svg"]
    assert page.xpath("//main//a[.='plan']/@href") == ["../../media/docs/plan%201.pdf"]
    assert result.bytes("media/docs/plan 1.pdf") == b"%PDF-1.4"


MARKDOWN = """
-- content/pages/index.md --
---
title: Home
---
!!! note "Mind"
    Inside.

| a | b |
| --- | --- |
| 1 | 2 |

A note.[^1]

[^1]: The footnote.

Term
:   Definition

## With an id {#own}

<div class="raw"><p>Raw.</p></div>
"""


def test_markdown_extras(site):
    result = site(MARKDOWN).build()
    assert result.ok, result.problems
    page = result.html("en/index.html")
    assert reading(page.xpath("//*[contains(@class, 'admonition')]")[0]) == "Mind Inside."
    assert reading(page.xpath("//main//td")[1]) == "2"
    assert page.xpath("//main//dl/dd")
    assert page.xpath("//main//h2/@id") == ["own"]
    assert page.xpath("//main//sup//a")
    assert "The footnote." in reading(page.xpath("//*[contains(@class, 'footnote')]//li")[0])
    assert [str(problem) for problem in check_output(result.output, "/", "")] == []


def test_a_build_with_errors_leaves_the_old_site(site):
    made = site(SITE)
    before = made.build().files
    made.edit("content/pages/about.md", "One paragraph.", "[nowhere](none.md)")
    broken = made.build()
    assert not broken.ok
    assert broken.files == before


def test_what_is_deleted_disappears(site):
    made = site(SITE)
    assert "en/news/b/index.html" in made.build().files
    made.delete("content/news/2027-01-02-b.md")
    result = made.build()
    assert result.ok, result.problems
    assert "en/news/b/index.html" not in result.files


def test_strict_counts_warnings(site):
    made = site(SITE)
    assert made.build(strict=True).ok
    made.write("i18n/fi/LC_MESSAGES/ui.po", made.read("i18n/fi/LC_MESSAGES/content.po").split("\n\n")[0]
               + '\n\n#, python-format\nmsgid "Page %(number)s"\nmsgstr "Sivu %(x)s"\n')  # fmt: skip
    assert made.build().ok
    strict = made.build(strict=True, clean=True)
    assert not strict.ok
    assert strict.problems


def test_a_site_of_one_language(site):
    result = site(
        "-- site.yaml --\ntitle: T\nurl: https://a.example/\nlanguages:\n  - {tag: ar, name: العربية}\n"
        "-- content/pages/index.md --\n---\ntitle: مرحبا\n---\nنص\n"
    ).build()
    assert result.ok, result.problems
    page = result.html("ar/index.html")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert [str(problem) for problem in check_output(result.output, "/", "https://a.example/")] == []
