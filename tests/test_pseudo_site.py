"""`build --pseudo`: pages in languages that nobody speaks, on which every hard-coded text shows."""

from __future__ import annotations

import re

import pytest

from sitegen.build import BuildOptions, build_site
from tests.harness import REPOSITORY, TODAY, Result, SiteUnderTest, copy_flagship, parse_html, unpack

LATIN = re.compile(r"[A-Za-z]{2}")

SITE = """\
-- site.yaml --
title: Network
url: https://network.example/
languages: [en, fi]
menus:
  main:
    - entry: pages/about
-- content/pages/index.md --
# Home

Welcome to `code` and [a link](about.md).
-- content/pages/about.md --
# About us

A text.
-- i18n/fi/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "A text."
msgstr "Teksti."
"""

# What CLDR writes (countries, languages, dates) and what is nobody's language.
SPARED = re.compile(r"\d|@|Serbia|Poland|Finland|Polish|Finnish|English|Slovenia|Romania|January")


def unbracketed(text: str) -> list[str]:
    """Texts of a page in en-XA that stand in no message: neither they nor a close ancestor holds a bracket."""
    found = []
    body = parse_html(text).find("body")
    stop = {"main", "body", "ul", "section", "div", "header", "footer", "dl", "article", "nav"}
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "code", "pre"):
            continue
        languages = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
        if languages and languages[-1] != "en-XA":
            continue
        for name in ("aria-label", "alt", "title", "placeholder"):
            value = element.get(name) or ""
            if LATIN.search(value) and "⟦" not in value and not SPARED.search(value):
                found.append(value)
        own = (element.text or "").strip()
        if (
            not LATIN.search(own)
            or SPARED.search(own)
            or element.xpath("ancestor::code | ancestor::*[local-name()='svg']")
        ):
            continue
        around = element
        while around is not None and "⟦" not in "".join(around.itertext()):
            around = around.getparent()
            if around is not None and around.tag in stop:
                around = None
        if around is None:
            found.append(own)
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    result = SiteUnderTest(tmp_path_factory.mktemp("pseudo") / "site", unpack(SITE)).build(pseudo=True)
    assert result.ok, result.problems
    return result


def test_texts_are_longer_and_bracketed(built):
    page = built.html("en-xa/about/index.html")
    assert page.get("lang") == "en-XA"
    assert page.xpath("//main//p[contains(., '⟦Å ţéẋţ')]"), built.reads("en-xa/about/index.html")
    home = built.html("en-xa/index.html")
    assert home.xpath("//main//code/text()") == ["code"]
    assert any(href.endswith("en-xa/about/") or href == "about/" for href in home.xpath("//main//a/@href"))


def test_the_mirrored_locale_is_laid_out_from_right_to_left(built):
    page = built.html("ar-xb/about/index.html")
    assert (page.get("lang"), page.get("dir")) == ("ar-XB", "rtl")
    assert "\u202eAbout" in page.xpath("string(//h1)")


def test_search_engines_never_hear_of_them(built):
    for path, content in built.files.items():
        if path.startswith(("en-xa/", "ar-xb/")) and path.endswith(".html"):
            assert built.html(path).xpath("//meta[@name='robots']/@content") == ["noindex"], path
        elif path.endswith(".html"):
            alternates = built.html(path).xpath("//head/link[@rel='alternate']/@hreflang")
            assert not {"en-XA", "ar-XB"} & set(alternates), path
        if "sitemap" in path:
            assert b"en-xa" not in content
            assert b"ar-xb" not in content


def test_they_count_for_nobody(built):
    assert "en-xa" not in built.text("fi/translation/index.html").split("<main")[1].split("</main>")[0]
    assert not [path for path in built.files if path.startswith("en-xa/translation")]


def test_without_the_option_there_are_none_and_they_go_again(site):
    folder = site(SITE)
    plain = folder.build().files
    assert not [path for path in plain if path.startswith(("en-xa", "ar-xb"))]
    folder.build(pseudo=True)
    assert folder.build().files == plain


def test_a_hard_coded_text_of_a_theme_shows(site):
    folder = site(SITE)
    folder.write("themes/mine/theme.yaml", "parent: network\n")
    base = (REPOSITORY / "themes/network/templates/404.html").read_text(encoding="utf-8")
    folder.write("themes/mine/templates/404.html", base)
    folder.edit("site.yaml", "title: Network\n", "title: Network\ntheme: mine\n")
    result = folder.build(pseudo=True)
    assert result.ok, result.problems
    assert unbracketed(result.text("en-xa/404.html")) == []
    folder.edit("themes/mine/templates/404.html", "{% block main %}", "{% block main %}<p>Sorry about that</p>")
    assert unbracketed(folder.build(pseudo=True).text("en-xa/404.html")) == ["Sorry about that"]


def test_the_flagship_has_no_hard_coded_text(tmp_path):
    root = copy_flagship(tmp_path / "flagship")
    built = Result(build_site(root, BuildOptions(pseudo=True, date=TODAY)), root / "public")
    assert built.ok, built.problems
    pages = [path for path in built.files if path.startswith("en-xa/") and path.endswith(".html")]
    assert len(pages) > 20
    assert {path: found for path in pages if (found := unbracketed(built.text(path)))} == {}
