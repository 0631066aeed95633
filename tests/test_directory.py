"""The directory of groups: pages for each country, region, theme and status, letters, the file that its search reads."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest

import harness

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
  - en
source_language: sr-Cyrl
collections:
  pages: {}
  lags: {title: Групе}
  projects: {title: Пројекти}
-- content/data/lags.yaml --
"""
GROUPS = [
    ("Ђердап", "RS", "Борска област", ["вода", "храна"], "accredited"),
    ("Љуба", "RS", "Шумадија", ["храна"], "potential"),
    ("Њива", "RS", "Шумадија", [], "accredited"),
    ("Џеп", "ME", "Север", ["вода"], "accredited"),
    ("Leader Järvi", "FI", "Keski-Suomi", [], ""),
]
PLACES = {"Ђердап": (22.1, 44.6), "Leader Järvi": (25.7, 62.2)}


def record(number: int, name: str, country: str, region: str, themes: list[str], status: str) -> str:
    lines = [f"- id: g{number}", f"  name: {json.dumps(name, ensure_ascii=False)}", f"  country: {country}"]
    lines += [f"  region: {json.dumps(region, ensure_ascii=False)}"] if region else []
    lines += [f"  themes: {json.dumps(themes, ensure_ascii=False)}"] if themes else []
    lines += [f"  status: {status}"] if status else []
    if name in PLACES:
        lines.append("  location: {{lon: {}, lat: {}}}".format(*PLACES[name]))
    return "\n".join(lines) + "\n"


def records(groups=GROUPS, more: int = 0) -> str:
    """`more`: so many groups of one country besides, enough for a search."""
    extra = [(f"Село {number}", "RS", "Шумадија", [], "accredited") for number in range(more)]
    return "".join(record(number, *group) for number, group in enumerate([*groups, *extra]))


def facet(result, path: str, name: str) -> list[tuple[str, str]]:
    """(text, address) of the links of a facet on a page."""
    found = result.html(path).xpath(
        f"//nav[@class='facets']/details[starts-with(normalize-space(summary), '{name}')]//a"
    )
    return [(harness.reading(link), urljoin("/" + path, link.get("href"))) for link in found]


def links(result, path: str, xpath: str) -> list[str]:
    """Where the links of a page lead, from the site's root."""
    return [urljoin("/" + path, address).lstrip("/") for address in result.html(path).xpath(xpath + "/@href")]


def names(result, path: str) -> list[str]:
    return [harness.reading(card) for card in result.html(path).xpath("//main//*[contains(@class,'card__title')]")]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("directory")
    sut = harness.SiteUnderTest(root / "site", harness.unpack(SITE + records(more=20)))
    result = sut.build()
    assert result.ok, result.problems
    return result


def test_every_value_has_a_page_with_its_groups_and_their_number(site):
    result = site(SITE + records()).build()
    assert facet(result, "sr/lags/index.html", "Држава") == [
        ("Србија 3", "/sr/lags/country/rs/"),
        ("Финска 1", "/sr/lags/country/fi/"),
        ("Црна Гора 1", "/sr/lags/country/me/"),
    ]
    assert facet(result, "en/lags/index.html", "Region")[0] == ("Keski-Suomi 1", "/en/lags/region/keski-suomi/")
    assert facet(result, "sr/lags/index.html", "Тема") == [
        ("вода 2", "/sr/lags/theme/voda/"),
        ("храна 2", "/sr/lags/theme/hrana/"),
    ]
    assert facet(result, "sr-latn/lags/index.html", "Status") == [
        ("Akreditovana 3", "/sr-latn/lags/status/accredited/"),
        ("Potencijalna 1", "/sr-latn/lags/status/potential/"),
    ]
    assert names(result, "sr/lags/theme/voda/index.html") == ["Ђердап", "Џеп"]
    assert names(result, "sr-latn/lags/country/rs/index.html") == ["Đerdap", "Ljuba", "Njiva"]
    assert result.reads("en/lags/country/fi/index.html", "//h1") == "Групе: Finland"


def test_the_page_of_a_value_leads_to_its_siblings_and_back(site):
    result = site(SITE + records()).build()
    page = result.html("sr/lags/country/me/index.html")
    current = page.xpath("//nav[@class='facets']//a[@aria-current='page']")
    assert [harness.reading(link) for link in current] == ["Црна Гора 1"]
    assert links(result, "sr/lags/country/me/index.html", "//nav[@class='facets']/p/a") == ["sr/lags/"]
    assert "en/lags/country/me/" in links(result, "sr/lags/country/me/index.html", "//footer//a")
    assert "https://network.example/sr/lags/country/me/" in result.text("sitemap.xml")


def test_what_leaves_no_choice_is_not_offered(site):
    one = [(name, "RS", "", [], "accredited") for name in ("Љуба", "Њива")]
    result = site(SITE + records(one)).build()
    assert not result.html("sr/lags/index.html").xpath("//nav[@class='facets']")
    assert not [path for path in result.files if "/country/" in path or "/status/" in path or "/theme/" in path]
    assert not result.html("sr/lags/index.html").xpath("//form[@class='directory__form']")
    drawing = result.html("en/lags/g0/index.html").xpath("//*[local-name()='svg'][@class='map__drawing']")[0]
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "Map: Serbia")


def test_a_few_groups_need_no_search(site, built):
    result = site(SITE + records()).build()
    assert "sr/lags/directory.json" not in result.files
    page = result.html("sr/lags/index.html")
    assert not page.xpath("//form[@class='directory__form'] | //script[contains(@src,'directory')]")
    assert built.html("sr/lags/index.html").xpath("//script[contains(@src,'directory')]")
    assert not built.html("sr/lags/country/fi/index.html").xpath("//script[contains(@src,'directory')]")


def test_no_script_is_needed(built):
    """The whole list and all links are in the page; the form, which needs a script, is hidden."""
    page = built.html("sr/lags/index.html")
    assert len(names(built, "sr/lags/index.html")) == 25
    assert page.xpath("//form[@class='directory__form']/@hidden") == [""]
    assert [harness.reading(link) for link in page.xpath("//nav[@class='letters']//a")] == [
        "Ђ",
        "Љ",
        "Њ",
        "С",
        "Џ",
        "#",
    ]
    for address in page.xpath("//nav[@class='letters']//a/@href"):
        assert page.xpath("//*[@id=$id]", id=address.removeprefix("#")), address
    for address in links(built, "sr/lags/index.html", "//nav[@class='facets']//a"):
        assert f"{address}index.html" in built.files, address
    assert page.xpath("//p[@class='downloads']//a/@href")


def test_letters_of_two_signs_are_letters(built):
    letters = built.html("sr-latn/lags/index.html").xpath("//nav[@class='letters']//a")
    assert [harness.reading(link) for link in letters] == ["Dž", "Đ", "L", "Lj", "Nj", "S"]


def test_a_long_list_is_divided_by_letter_and_its_letters_lead_to_their_pages(site):
    many = records(more=70)
    result = site(SITE + many).build()
    page = result.html("sr/lags/index.html")
    assert [harness.reading(title) for title in page.xpath("//h2[@class='letter__title']")][:2] == ["Ђ", "Љ"]
    paged = site(SITE.replace("{title: Групе}", "{title: Групе, page_size: 40}") + many).build()
    letters = paged.html("sr/lags/index.html").xpath("//nav[@class='letters']//a")
    assert {harness.reading(link): link.get("href") for link in letters} == {
        "Ђ": "#letter-ђ",
        "Љ": "#letter-љ",
        "Њ": "#letter-њ",
        "С": "#letter-с",
        "Џ": "../../sr/lags/page/2/#letter-џ",
        "#": "../../sr/lags/page/2/#letter-0",
    }
    assert paged.html("sr/lags/page/2/index.html").xpath("//*[@id='letter-џ']")


def test_a_list_in_another_order_has_no_letters(site):
    result = site(SITE.replace("{title: Групе}", "{title: Групе, sort: country}") + records()).build()
    page = result.html("sr/lags/index.html")
    assert not page.xpath("//nav[@class='letters'] | //*[starts-with(@id, 'letter-')]")
    assert len(names(result, "sr/lags/index.html")) == len(GROUPS)


def index(result, folder: str) -> dict:
    return json.loads(result.text(f"{folder}/lags/directory.json"))


def test_the_file_of_the_search(built):
    found = index(built, "sr-latn")
    fields = dict(found["fields"])
    assert fields["country"] == [["rs", "Srbija", ""], ["me", "Crna Gora", ""], ["fi", "Finska", ""]]
    assert fields["status"][0] == ["accredited", "Akreditovana", ""]
    rows = {row[0]: row for row in found["rows"]}
    _, address, values, words, *_ = rows["Leader Järvi"]
    assert (address, values) == ("g4/", [[2], [3], [], []])
    assert words.split() == ["g4"]
    assert "sr-latn/lags/g4/index.html" in built.files
    assert rows["Đerdap"][2] == [[0], [0], [0, 1], [0]]
    assert found["letters"]["ђ"] == "d"


def test_names_are_sought_in_the_plain_form_of_the_search(site):
    groups = [(name, "PL", "", [], "") for name in ("Łódzka grupa", *(f"Wieś {n}" for n in range(12)))]
    text = SITE.replace("source_language: sr-Cyrl", "source_language: pl").replace("  - en\n", "  - en\n  - pl\n")
    text += records(groups).replace("  country: PL\n", '  country: PL\n  municipalities: ["Żabia Wola"]\n', 1)
    result = site(text).build()
    assert result.ok, result.problems
    row = next(row for row in index(result, "pl")["rows"] if row[0] == "Łódzka grupa")
    assert row[3].split()[:2] == ["zabia", "wola"]


HOSTILE = "<img src=x onerror=alert(1)>\"'&</script>"


def test_hostile_names_stay_text(site):
    groups = [(HOSTILE, "RS", HOSTILE, [HOSTILE], "accredited"), *GROUPS]
    result = site(SITE + records(groups, more=12)).build()
    assert result.ok, result.problems
    for path in ("sr/lags/index.html", "sr/lags/country/rs/index.html"):
        page = result.html(path)
        assert not page.xpath("//img[@onerror] | //*[@onerror]")
        assert any("onerror" in name for name in names(result, path))
        assert harness.html_errors(result.text(path)) == []
    assert next(row[0] for row in index(result, "sr")["rows"] if "onerror" in row[0]) == HOSTILE
    slugs = [slug for slug, *_ in dict(index(result, "sr")["fields"])["region"]]
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_an_entry_at_the_address_of_a_value_is_told(site):
    text = SITE + records() + "-- content/lags/country/rs.md --\n---\nname: Држава\n---\nТекст.\n"
    result = site(text).build()
    assert not result.ok
    told = next(problem for problem in result.problems if "lags/country/rs" in problem)
    assert "the country 'rs' of lags" in told


def test_a_value_without_letters_has_no_page(site):
    groups = [("Љуба", "RS", "!!!", [], ""), ("Њива", "RS", "Шумадија", [], ""), ("Џеп", "RS", "Север", [], "")]
    result = site(SITE + records(groups)).build()
    assert result.ok
    assert [name for name, _ in facet(result, "sr/lags/index.html", "Регион")] == ["Север 1", "Шумадија 1"]


SMALL = SITE.replace("  - tag: sr-Latn\n    path: sr-latn\n    derived_from: sr-Cyrl\n  - en\n", "")
EDITS = {
    "a country of its own": ("country: FI", "country: EE"),
    "a country that others have": ("country: ME", "country: RS"),
    "another region": ("Север", "Шумадија"),
    "another name": ("Љуба", "Аљуба"),
    "another theme": ('["храна"]', '["вода"]'),
    "another place": ("lon: 22.1", "lon: 20.5"),
    "another state": ("status: potential", "status: former"),
}


def test_an_edit_is_seen_on_every_page_that_shows_it(site, tmp_path):
    sut = site(SMALL + records(more=7))
    sut.build()
    for name, edit in EDITS.items():
        sut.edit("content/data/lags.yaml", *edit)
        again = sut.build()
        anew = harness.SiteUnderTest(tmp_path / name, harness.unpack(SMALL))
        anew.write("content/data/lags.yaml", sut.read("content/data/lags.yaml"))
        files = anew.build().files
        assert (name, sorted(again.files)) == (name, sorted(files))
        assert (name, [path for path in files if again.files[path] != files[path]]) == (name, [])


def test_groups_that_change_places_are_found_at_their_new_ones(site):
    """Every count stays as it was."""
    sut = site(SMALL + records(more=7))
    sut.build()
    text = sut.read("content/data/lags.yaml")
    text = text.replace("country: ME", "country: XX").replace("country: FI", "country: ME").replace("XX", "FI")
    sut.write("content/data/lags.yaml", text)
    result = sut.build()
    rows = {row[0]: row[2][0] for row in index(result, "sr")["rows"]}
    slugs = [slug for slug, *_ in dict(index(result, "sr")["fields"])["country"]]
    assert (slugs[rows["Џеп"][0]], slugs[rows["Leader Järvi"][0]]) == ("fi", "me")
    assert names(result, "sr/lags/country/fi/index.html") == ["Џеп"]


def test_the_last_group_of_a_country_takes_its_page_away(site):
    sut = site(SITE + records())
    assert "sr/lags/country/fi/index.html" in sut.build().files
    sut.edit("content/data/lags.yaml", "country: FI", "country: RS")
    result = sut.build()
    assert "sr/lags/country/fi/index.html" not in result.files
    assert facet(result, "en/lags/index.html", "Country") == [
        ("Montenegro 1", "/en/lags/country/me/"),
        ("Serbia 4", "/en/lags/country/rs/"),
    ]


FULL = """
-- content/data/projects.yaml --
- id: p1
  title: Стаза
  lags: [g0]
-- content/data/calls.yaml --
- id: c1
  title: Позив
  closes: 2027-04-30
  lags: [g0]
-- content/data/people.yaml --
- id: ana
  name: Ана Анић
  role: управница
  lag: g0
  email: ana@group.example
  consent: 2027-01-01
-- content/media/strategy.pdf --
%PDF-1.4
"""
FACTS = """  email: office@group.example
  phone: "+381 11 123"
  website: https://group.example/
  social: ["https://social.example/group"]
  municipalities: [Мајданпек, Кладово]
  population: 30000
  strategy: {title: Живот крај реке, period: 2021-2027, goals: [Останак], file: strategy.pdf}
  budget: [{fund: IPARD, amount: 3100000 EUR}]
  cooperation: {seeking: true, wish: Тражимо групу крај друге реке.}
"""


def test_a_group_shows_all_that_is_known_and_nothing_else(site):
    text = SITE.replace("  projects: {title: Пројекти}\n", "  projects: {}\n  calls: {}\n  people: {}\n")
    text += records().replace("  status: accredited\n", "  status: accredited\n" + FACTS, 1) + FULL
    result = site(text).build()
    assert result.ok, result.problems
    whole = result.reads("en/lags/g0/index.html")
    for fact in ("Мајданпек, Кладово", "30,000", "social.example/group", "2021–2027", "€3,100,000", "Ана Анић, управница",
                 "Looking for partners", "Add to contacts", "вода", "Read the strategy", "Стаза", "Позив"):  # fmt: skip
        assert fact in whole, fact
    page = result.html("en/lags/g0/index.html")
    assert page.xpath("//script[contains(@src,'calls')]")
    assert links(result, "en/lags/g0/index.html", "//a[@type='text/vcard']") == ["en/lags/g0/contact.vcf"]
    assert links(result, "en/lags/g0/index.html", "//*[local-name()='svg']//*[local-name()='a']") == [
        "en/lags/country/rs/"
    ]
    short = result.html("en/lags/g4/index.html")
    assert [harness.reading(term) for term in short.xpath("//dl//dt")] == ["Region", "Country"]
    assert not short.xpath("//section[@class='part'] | //a[@type='text/vcard'] | //script[contains(@src,'calls')]")
    assert harness.html_errors(result.text("en/lags/g0/index.html")) == []
