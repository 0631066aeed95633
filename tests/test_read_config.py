"""site.yaml: what it means, its defaults, and its mistakes in their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read.config_file import load_config
from sitegen.schema.fields import FieldType, SourceText

SMALL = "title: Network\nlanguages: [en, fi]\n"
CONTEXT = "title: Network\nlanguages: [en, fi, {tag: sr-Cyrl, path: sr}, {tag: sr-Latn, derived_from: sr-Cyrl}]\n"


@pytest.fixture
def load(tmp_path):
    def load(text=SMALL, *paths, **options):
        (tmp_path / "site.yaml").write_text(text)
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text("")
        problems = Problems()
        return load_config(tmp_path, problems, **options), [str(problem) for problem in problems]

    return load


def test_the_smallest_site(load, tmp_path):
    config, problems = load()
    assert problems == []
    assert config.title.text == "Network"
    assert [(language.tag, language.path, language.name) for language in config.languages] == [
        ("en", "en", "English"),
        ("fi", "fi", "Suomi"),
    ]
    assert (config.source_language, config.prefix_source_language, config.timezone) == ("en", True, "UTC")
    assert (config.url, config.base_path, config.theme) == ("", "/", "network")
    assert config.output == tmp_path / "public"
    assert list(config.collections) == ["pages"]
    assert config.translate.threshold == 0.5


def test_languages_know_their_names_and_paths(load):
    config, problems = load(CONTEXT + "source_language: fi\n")
    assert problems == []
    found = [(one.tag, one.path, one.name, one.derived_from) for one in config.languages[2:]]
    assert found == [
        ("sr-Cyrl", "sr", "Српски (ћирилица)", None),
        ("sr-Latn", "sr-latn", "Srpski (latinica)", "sr-Cyrl"),
    ]
    assert config.source_language == "fi"


def test_texts_are_in_the_source_language(load):
    config, problems = load("title: {fi: Verkko, en: Network}\nlanguages: [en, fi]\nsource_language: fi\n")
    assert problems == []
    assert (config.title.text, config.title.variants) == ("Verkko", {"en": "Network"})


def test_collections_are_those_listed_and_those_with_content(load):
    config, problems = load(
        SMALL + "collections:\n  events:\n  farms: {fields: {size: number}}\n",
        "content/news/a.md",
        "content/data/lags.yaml",
        "content/data/people/a.yaml",
    )
    assert problems == []
    assert list(config.collections) == ["events", "farms", "pages", "news", "lags", "people"]
    assert config.collections["news"].feed
    assert config.collections["news"].sort == "-date"
    assert not config.collections["people"].publish
    assert config.collections["pages"].path == {"": ""}


def test_own_collections_and_fields(load):
    config, problems = load(
        SMALL
        + """\
collections:
  news:
    path: {en: news, fi: uutiset}
    page_size: 5
    fields:
      mood: {type: choice, choices: [good, bad], doc: How we felt.}
  farms:
    title: Farms
    sort: -size
    fields:
      name: {type: text, translatable: true, required: true}
      size: {type: number, unit: hectare, minimum: 0}
      owners: {type: mapping, many: true, fields: {name: text, since: date}}
      lag: {type: reference, reference: lags, reverse: farms}
"""
    )
    assert problems == []
    news, farms = config.collections["news"], config.collections["farms"]
    assert (news.page_size, news.path) == (5, {"": "news", "en": "news", "fi": "uutiset"})
    assert news.schema.field("mood").choices == ("good", "bad")
    assert [field.name for field in farms.schema.fields][:5] == ["name", "size", "owners", "lag", "summary"]
    assert farms.schema.field("title") is None
    assert [field.type for field in farms.schema.field("owners").fields] == [FieldType.TEXT, FieldType.DATE]
    assert (farms.sort, farms.title.text, farms.path) == ("-size", "Farms", {"": "farms"})


def test_menus(load):
    config, problems = load(
        SMALL + "menus:\n  main:\n  - pages/about\n  - title: More\n    children:\n    - collection: news\n"
        "    - {url: 'https://example.org', title: {en: Friends, fi: Ystävät}}\n"
    )
    assert problems == []
    about, more = config.menus["main"]
    assert (about.entry, about.position.line) == ("pages/about", 5)
    assert more.title.text == "More"
    assert [child.collection for child in more.children] == ["news", None]
    assert more.children[1].title.variants == {"fi": "Ystävät"}


def test_the_theme_and_its_options(load, tmp_path):
    (tmp_path / "themes/child").mkdir(parents=True)
    (tmp_path / "themes/child/theme.yaml").write_text(
        "parent: network\noptions: {shade: {type: choice, choices: [a, b]}}\n"
    )
    config, problems = load(SMALL + "theme: {name: child, options: {shade: b, home_news: 5}}\n")
    assert problems == []
    assert (config.theme_options["shade"], config.theme_options["home_news"]) == ("b", 5)
    assert config.theme_options["accent"] == "forest"
    _, problems = load(SMALL + "theme: {name: child, options: {shade: c, home_nws: 5}}\n")
    assert problems == [
        "site.yaml:3:39: error[value-choice]: 'shade' is one of a, b; not 'c'",
        "site.yaml:3:42: error[field-unknown]: 'home_nws' is no field of the theme 'child'; did you mean 'home_news'?",
    ]


URLS = {
    "https://network.example": ("https://network.example/", "/"),
    "https://network.example:8080/a/b": ("https://network.example:8080/a/b/", "/a/b/"),
    "/network": ("", "/network/"),
    "/": ("", "/"),
}


@pytest.mark.parametrize("url", URLS)
def test_addresses(load, url):
    config, problems = load(SMALL + f"url: {url}\n")
    assert (problems, (config.url, config.base_path)) == ([], URLS[url])
    config, problems = load(SMALL, base_url=url)
    assert (problems, (config.url, config.base_path)) == ([], URLS[url])


@pytest.mark.parametrize(
    "url",
    [
        "network",
        "mailto:a@b.org",
        "https://a.org/?b",
        "https://a.org/#b",
        "https://u:p@a.org/",
        "/a/../b/",
        "https://a.org:x/",
        "//a.org/",
        "/a b/",
    ],
)
def test_other_addresses_are_refused(load, url):
    _, problems = load(SMALL, base_url=url)
    assert problems == [
        f"--base-url: error[site-url]: '{url}' cannot be the address of a site; write https://network.example/ or a path "
        "such as /network/"
    ]


L = "title: Network\nlanguages:\n"
MISTAKES = {
    "languages: [en]\n": "site.yaml:1:1: error[field-missing]: 'title' is missing, but site.yaml must have it; add 'title: …'",
    "title: N\n": "site.yaml:1:1: error[field-missing]: 'languages' is missing, but site.yaml must have it; add 'languages: …'",
    "title: N\nlanguages: []\n": "site.yaml:2:12: error[languages-empty]: the list of languages is empty; add one, such as '- en'",
    "- a\n": "site.yaml:1:1: error[config-type]: site.yaml is no mapping of fields; it needs at least 'title: …' and 'languages: [en]'",
    "": "site.yaml:1:1: error[config-type]: site.yaml is no mapping of fields; it needs at least 'title: …' and 'languages: [en]'",
    L + "- en\n- EN\n": "site.yaml:4:3: error[language-duplicate]: the language 'en' is listed twice; keep one",
    L
    + "- en\n- {tag: fi, path: en}\n": "site.yaml:4:19: error[language-path]: 'en' is the path of 'en' as well; give one of them another 'path'",
    L
    + "- en\n- {tag: fi, fallback: [sv]}\n": "site.yaml:4:23: error[language-unknown]: 'fallback' is 'sv', which is no language of this site (they are en, fi)",
    L
    + "- en\n- {tag: fi, fallback: [fi]}\n": "site.yaml:4:23: error[language-fallback]: 'fi' cannot stand in for itself; leave it out",
    L
    + "- en\n- {tag: sr-Latn, derived_from: sr-Cyrl}\n": "site.yaml:4:32: error[language-unknown]: 'derived_from' is 'sr-Cyrl', which is no language of this site (they are en, sr-Latn)",
    L
    + "- {tag: en, derived_from: en}\n": "site.yaml:3:27: error[language-derived]: 'en' cannot be derived from itself",
    L
    + "- en\n- {tag: fi, derived_from: en}\n": "site.yaml:4:27: error[language-derived]: only another script of the same language can be derived, and 'fi' and 'en' are two languages",
    L
    + "- tlh\n": "site.yaml:3:3: error[language-no-locale]: dates, plurals and names in 'tlh' are not known (CLDR has no data for it); use the tag of a related language",
    SMALL
    + "source_language: sv\n": "site.yaml:3:18: error[language-unknown]: 'source_language' is 'sv', which is no language of this site (they are en, fi)",
    SMALL
    + "url: network\n": "site.yaml:3:6: error[site-url]: 'network' cannot be the address of a site; write https://network.example/ or a path such as /network/",
    SMALL
    + "theme: netwrk\n": "site.yaml:3:8: error[theme-missing]: there is no theme 'netwrk' (themes: network); did you mean 'network'?; put it into themes/netwrk",
    SMALL
    + "output: content/public\n": "site.yaml:3:9: error[output-folder]: the finished site cannot be written into 'content', where its sources are; name another folder, such as public",
    SMALL
    + "output: /elsewhere\n": "site.yaml:3:9: error[output-folder]: '/elsewhere' lies outside the site's folder; only the command line may say that (--output)",
    SMALL
    + "menus: {main: [{entry: a/b, url: /c/}]}\n": "site.yaml:3:16: error[menu-item]: this menu item leads to entry and url; keep one of them",
    SMALL
    + "menus: {main: [{title: x}]}\n": "site.yaml:3:16: error[menu-item]: this menu item leads nowhere; give it an 'entry', a 'collection' or a 'url'",
    SMALL
    + "menus: {main: [{url: /x/}]}\n": "site.yaml:3:16: error[menu-item]: this menu item has a 'url' and no 'title'; add 'title: …', the text of the link",
    SMALL
    + "collections: {Farms: }\n": "site.yaml:3:15: error[collection-name]: 'Farms' cannot be the name of a collection; use small letters, digits and hyphens, and none of data, media, site",
    SMALL
    + "collections: {news: {sort: dat}}\n": "site.yaml:3:28: error[collection-sort]: 'sort' names 'dat', which is no field of news; did you mean 'date'?",
    SMALL
    + "collections: {news: {fields: {date: text}}}\n": "site.yaml:3:31: error[field-redefined]: 'date' is a field of news already; give yours another name or leave it out",
    SMALL
    + "collections: {farms: {fields: {draft: text}}}\n": "site.yaml:3:32: error[field-redefined]: 'draft' is a field of farms already; give yours another name or leave it out",
    SMALL
    + "collections: {farms: {fields: {url: url}}}\n": "site.yaml:3:32: error[field-declaration]: every entry has a 'url' of its own; give this field another name",
    SMALL
    + "collections: {farms: {fields: {a-b: text}}}\n": "site.yaml:3:32: error[field-declaration]: 'a-b' cannot be the name of a field; use small letters, digits and underscores, such as member_count",
    SMALL
    + "collections: {farms: {fields: {a: choice}}}\n": "site.yaml:3:32: error[field-declaration]: 'a' is a choice without 'choices'; add it",
    SMALL
    + "collections: {farms: {fields: {a: mapping}}}\n": "site.yaml:3:32: error[field-declaration]: 'a' is a mapping without 'fields'; add it",
    SMALL
    + "collections: {farms: {fields: {a: {type: date, exact: true}}}}\n": "site.yaml:3:32: error[field-declaration]: 'a' cannot be translated, because it is no text; leave out 'translatable' and 'exact'",
    SMALL
    + "collections: {farms: {fields: {a: {type: reference, reference: lagz}}}}\n": "site.yaml:3:32: error[field-declaration]: 'a' refers to 'lagz', which is no collection of this site; did you mean 'lags'?",
    SMALL
    + "collections: {farms: {fields: {a: txt}}}\n": "site.yaml:3:35: error[value-choice]: 'type' is one of text, long_text, boolean, integer, number, date, datetime, period, timezone, money, coordinates, email, phone, url, file, language, country, slug, choice, reference, mapping, language_map, any; not 'txt'; did you mean 'text'?",
    "title: N\nlanguages: [fi]\ncollections: {news: }\n": "site.yaml:3:15: warning[collection-title]: the collection 'news' has no title in 'fi', so the English 'News' is shown; add it to site.yaml under collections, news, title",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_in_these_words(load, text):
    assert load(text)[1] == [MISTAKES[text]]


def test_the_output_may_not_hold_the_sources(load, tmp_path):
    for output in (tmp_path, tmp_path.parent):
        _, problems = load(SMALL, output=output)
        assert problems == [
            f"--output: error[output-folder]: the finished site cannot be written to '{output}', which is or holds the folder "
            "of its sources; name another, such as public"
        ]
    config, problems = load(SMALL, output=tmp_path.parent / "elsewhere")
    assert (problems, config.output) == ([], tmp_path.parent / "elsewhere")


def test_there_must_be_a_site(tmp_path):
    problems = Problems()
    assert load_config(tmp_path, problems) is None
    assert load_config(tmp_path / "nowhere", problems) is None
    (tmp_path / "site.yml").write_text("")
    assert load_config(tmp_path, problems) is None
    assert sorted(problem.message for problem in problems) == [
        "there is no site.yaml in this folder; 'sitegen init' makes a small site to begin with",
        "there is no site.yaml in this folder; rename site.yml",
        "there is no such folder; name the folder that holds site.yaml",
    ]


def test_all_mistakes_at_once(load):
    _, problems = load("titel: x\nlanguages: [en, {tag: fi, nam: x}]\ncontact: {email: x}\nurl: x\ntheme: x\n")
    assert [problem.split(":")[1] for problem in problems] == ["1", "1", "2", "3", "4", "5"]


@given(st.text(alphabet="titlelanguagesmenuscolections:-[]{} \n'#&", max_size=80))
def test_no_text_makes_it_raise(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("site")
    (root / "site.yaml").write_text(SMALL + text)
    load_config(root, Problems())


def test_empty_description_is_a_text(load):
    config, _ = load()
    assert isinstance(config.description, SourceText)
