"""One source, two scripts: whole sites whose Latin is derived from Cyrillic, everywhere a reader looks."""

from __future__ import annotations

import json
import re

import pytest

CYRILLIC = re.compile(r"[\u0400-\u04ff]")

SITE = """\
-- site.yaml --
title: Мрежа села
description: Локалне групе Србије
url: https://network.example/
languages:
  - tag: sr-Cyrl
    path: sr
    name: Српски
  - tag: sr-Latn
    path: sr-latn
    name: Srpski
    derived_from: sr-Cyrl
  - tag: en
    name: English
menus:
  main:
    - entry: pages/о-нама
collections:
  pages: {}
  news: {title: Вести, description: Шта је ново, feed: true}
-- content/pages/index.md --
---
title: Почетна
summary: Љубав према селу.
---
Добро дошли.
-- content/pages/о-нама.md --
---
title: О нама и ЉУДИМА
tags: [Њиве]
---
## Ђердап {#djerdap}

Његош пише: Џак, џемпер, ЉУБАВ, Љубав, *њива* и **жуто**.

Пишите на [пошта@пример.срб](mailto:posta@primer.rs) или на info@primer.rs, видите https://пример.срб/пут/.

Код је `испис(текст)`.

    блок кода

<span translate="no">Политика</span> и <span lang="ru">Правда</span> и <span lang="en">Budget</span>.

Марко III краљ.

![Слика њиве](../media/њива.svg "Наслов слике")

| Општина | Број |
| ------- | ---- |
| Жагубица | 1 |
-- content/news/2027-03-01-вест.md --
---
title: Прва вест
date: 2027-03-01
summary: Кратка вест.
---
Текст вести.
-- content/media/њива.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>
-- i18n/en/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "pages.title"
msgid "Почетна"
msgstr "Home"
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    from tests.harness import SiteUnderTest, unpack

    result = SiteUnderTest(tmp_path_factory.mktemp("scripts") / "site", unpack(SITE)).build()
    assert result.ok, result.problems
    return result


def test_slugs_are_latin(built):
    assert "sr/o-nama/index.html" in built.files
    assert "sr-latn/o-nama/index.html" in built.files
    assert not [path for path in built.files if CYRILLIC.search(path) and not path.startswith("media/")]


def test_letters_with_two_parts_follow_their_neighbours(built):
    text = built.reads("sr-latn/o-nama/index.html")
    assert "Njegoš piše: Džak, džemper, LJUBAV, Ljubav, njiva i žuto." in text
    assert "O nama i LJUDIMA" in text
    assert "Đerdap" in text
    assert "Marko III kralj." in text


def test_what_is_no_text_stays(built):
    page = built.html("sr-latn/o-nama/index.html")
    main = page.xpath("//main")[0]
    assert [code.text.strip() for code in main.iter("code")] == ["испис(текст)", "блок кода"]
    assert main.xpath(".//*[@translate='no']/text()")[0] == "Политика"
    assert main.xpath(".//*[@lang='ru']/text()") == ["Правда"]
    text = built.reads("sr-latn/o-nama/index.html")
    assert "https://пример.срб/пут/" in text
    assert "info@primer.rs" in text
    assert "пошта@пример.срб" in text
    assert main.xpath(".//a/@href[starts-with(., 'mailto:')]") == ["mailto:posta@primer.rs"]
    assert "djerdap" in main.xpath(".//h2/@id")


def test_everything_else_that_is_read_is_latin(built):
    kept = ("испис(текст)", "блок кода", "Политика", "Правда", "https://пример.срб/пут/", "пошта@пример.срб")
    for path in built.files:
        if not path.startswith("sr-latn/"):
            continue
        text = built.text(path)
        if path.endswith(".html"):
            page = built.html(path)
            for element in page.xpath("//*[@hreflang='sr-Cyrl' or @lang='sr-Cyrl']"):  # the switcher
                element.clear()
            attributes = page.xpath("//@alt | //@title | //@aria-label | //meta/@content | //img/@src[false()]")
            text = " ".join([*page.xpath("//text()"), *attributes])
        elif path.endswith("search/index.json"):  # it says how letters of both scripts are found
            text = json.dumps({**json.loads(text), "letters": {}}, ensure_ascii=False)
        for piece in kept:
            text = text.replace(piece, "")
        assert CYRILLIC.findall(text) == [], (path, CYRILLIC.findall(text))


def test_titles_menus_dates_and_alternative_texts(built):
    page = built.html("sr-latn/o-nama/index.html")
    assert page.get("lang") == "sr-Latn"
    assert page.xpath("//title/text()") == ["O nama i LJUDIMA – Mreža sela"]
    assert page.xpath("//nav//a[@aria-current='page']/text()")[0].strip() == "O nama i LJUDIMA"
    picture = page.xpath("//main//img")[0]
    assert (picture.get("alt"), picture.get("title")) == ("Slika njive", "Naslov slike")
    assert "%D1%9A" in picture.get("src") or "њива" in picture.get("src")
    news = built.reads("sr-latn/news/vest/index.html")
    assert "mart 2027" in news or "marta 2027" in news
    assert "март 2027" in built.reads("sr/news/vest/index.html") or "марта" in built.reads("sr/news/vest/index.html")


def test_machines_read_latin_too(built):
    feed = built.text("sr-latn/feed.xml")
    assert "Prva vest" in feed
    assert "Kratka vest." in feed
    assert "<title>Mreža sela</title>" in feed
    data = [
        json.loads(text)
        for text in built.html("sr-latn/news/vest/index.html").xpath("//script[@type='application/ld+json']/text()")
    ]
    assert "Prva vest" in json.dumps(data, ensure_ascii=False)
    assert not CYRILLIC.search(json.dumps(data, ensure_ascii=False))
    assert "https://network.example/sr-latn/o-nama/" in built.text("sitemap.xml")


def test_both_scripts_are_whole_for_search_engines(built):
    page = built.html("sr-latn/o-nama/index.html")
    assert page.xpath("//meta[@name='robots']") == []
    assert {"sr-Cyrl", "sr-Latn"} <= set(page.xpath("//head/link[@rel='alternate']/@hreflang"))
    assert not page.xpath("//aside[contains(@class, 'notice--translation')]")


def test_the_interface_is_latin(built):
    assert "Preskoči" in built.text("sr-latn/index.html") or "Pređi" in built.text("sr-latn/index.html")


def test_a_catalogue_of_its_own_overrides(site):
    folder = site(SITE.replace("tag: sr-Cyrl", "tag: sr-Cyrl", 1))
    folder.write(
        "site.yaml",
        folder.read("site.yaml").replace(
            "  - tag: en\n    name: English\n", "  - tag: en\n    name: English\nsource_language: en\n"
        ),
    )
    for path in ("content/pages/index.md", "content/pages/о-нама.md", "content/news/2027-03-01-вест.md"):
        folder.delete(path)
    folder.edit("site.yaml", "    - entry: pages/о-нама\n", "    - entry: pages/index\n")
    folder.write("content/pages/index.md", "---\ntitle: Home\n---\nInjection is not a letter.\n\nSecond.\n")
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    folder.write(
        "i18n/sr-Cyrl/LC_MESSAGES/content.po",
        header
        + 'msgid "Injection is not a letter."\nmsgstr "Инјекција није слово."\n\nmsgid "Second."\nmsgstr "Друго."\n',
    )
    folder.write(
        "i18n/sr-Latn/LC_MESSAGES/content.po",
        header + 'msgid "Injection is not a letter."\nmsgstr "In-jekcija nije slovo."\n',
    )
    result = folder.build()
    assert "In-jekcija nije slovo. Drugo." in result.reads("sr-latn/index.html")
    assert "Инјекција није слово. Друго." in result.reads("sr/index.html")


def test_text_by_hand_is_derived(site):
    folder = site(SITE)
    folder.write("content/pages/hand.en.md", "---\ntitle: By hand\n---\nEnglish.\n")
    folder.write("content/pages/hand.sr.md", "---\ntitle: Руком\n---\nЊива и `њива`.\n")
    assert "Njiva i њива." in folder.build().reads("sr-latn/hand/index.html")


LONG_FIELD = """\
-- site.yaml --
title: Мрежа
languages: [sr-Cyrl, {tag: sr-Latn, derived_from: sr-Cyrl}]
collections:
  projects: {title: Пројекти}
-- content/projects/један.md --
---
title: Један
aims: Видите [њиву](https://пример.срб/њива) и `њива`, *ту*.
---
"""


def test_markdown_of_fields_keeps_addresses_and_code(site):
    result = site(LONG_FIELD).build()
    assert result.ok, result.problems
    page = result.html("sr-latn/projects/jedan/index.html")
    assert [href for href in page.xpath("//main//a[.='njivu']/@href") if "њива" in href or "%D1%9A" in href]
    assert page.xpath("//main//code/text()") == ["њива"]
    assert page.xpath("//main//em/text()") == ["tu"]


PAIRS = {
    "mk": ("Ѓорѓи и Ќиро од Џепчиште", "Џ"),
    "bg": ("Щастливи хора в България", "Щ"),
    "uk": ("Щастя і її гості з Києва", "ї"),
    "kk": ("Қазақстан және ауыл", "Қ"),
}


@pytest.mark.parametrize("language", sorted(PAIRS))
def test_other_pairs_of_scripts(site, language):
    text, letter = PAIRS[language]
    result = site(
        f"-- site.yaml --\ntitle: {text}\nlanguages: [{language}, {{tag: {language}-Latn, derived_from: {language}}}]\n"
        f"-- content/pages/index.md --\n---\ntitle: {text}\n---\n{text}. `{letter}`\n"
    ).build()
    assert result.ok, result.problems
    page = result.html(f"{language}-latn/index.html")
    assert page.get("lang") == f"{language}-Latn"
    for code in page.xpath("//code"):
        assert code.text == letter
        code.text = ""
    main = " ".join(page.xpath("//main//text()")).replace(f". {letter}", ".")  # code of the body in the excerpt
    assert not CYRILLIC.search(main), main
    assert any(character.isalpha() for character in main)
