"""Archives: lists by year and by programming period, only where there is something to choose."""

from __future__ import annotations

SITE = """
-- site.yaml --
title: Net
url: https://network.example/
languages: [{tag: en, name: English}, {tag: fi, name: Suomi}]
translate: {threshold: 0}
collections:
  news: {page_size: 2}
-- content/pages/index.md --
# Home
-- content/news/2025-05-01-old.md --
# Old
-- content/news/2027-01-01-a.md --
# A
-- content/news/2027-01-02-b.md --
# B
-- content/news/2027-01-03-c.md --
# C
-- content/data/funding.yaml --
- {id: old, regime: national, period: 2014-2020, statement_text: {en: Paid, fi: Maksettu}}
-- content/data/projects.yaml --
- {id: early, title: Early, start: 2015-02-01}
- {id: late, title: Late, start: 2022-01-01, funding: [old]}
- {id: new, title: New, start: 2024-01-01, only_languages: [en]}
- {id: unknown, title: Unknown}
-- content/data/publications.yaml --
- {id: book, title: Book, period: 2014-2020}
"""


def links(result, path):
    page = result.html(path)
    return {a.text: a.get("href") for a in page.xpath("//nav[@class='archives']//a")}


def test_years_of_news_with_their_own_pages(site):
    result = site(SITE).build()
    assert result.ok, result.problems
    assert list(links(result, "en/news/index.html")) == ["All", "2027", "2025"]
    assert links(result, "en/news/index.html")["2025"].endswith("/news/2025/")
    assert "C" in result.reads("en/news/2027/index.html")
    assert result.reads("fi/news/2025/index.html", "//h1") == "News 2025"
    second = result.html("en/news/2027/page/2/index.html")
    assert second.xpath("//nav[@class='archives']//a[@aria-current]")[0].text == "2027"
    assert "en/news/2027/page/3/index.html" not in result.files


def test_programming_periods_follow_the_money_then_the_days(site):
    result = site(SITE).build()
    assert list(links(result, "en/projects/index.html")) == ["All", "2021–2027", "2014–2020"]
    period = result.reads("en/projects/2014-2020/index.html")
    assert "Early" in period
    assert "Late" in period  # paid from the older programme
    assert "New" not in period
    assert "Unknown" not in period


def test_one_period_alone_needs_no_archive(site):
    result = site(SITE).build()
    assert "fi/projects/2014-2020/index.html" not in result.files  # the other project exists in English alone
    assert not links(result, "fi/projects/index.html")
    assert not links(result, "en/publications/index.html")


def test_archives_are_in_the_sitemap_and_name_their_versions(site):
    result = site(SITE).build()
    assert "https://network.example/fi/news/2027/" in result.text("sitemap.xml")
    found = result.html("en/news/2027/index.html").xpath("//link[@rel='alternate'][@hreflang='fi']/@href")
    assert found == ["https://network.example/fi/news/2027/"]
    assert not result.html("en/projects/2014-2020/index.html").xpath("//link[@hreflang='fi']")


def test_an_entry_that_wants_the_address_of_an_archive_is_a_problem(site):
    made = site(SITE)
    made.write("content/news/2027-01-04-d.md", "---\nslug: '2027'\n---\n# D\n")
    result = made.build()
    assert not result.ok
    assert "'the archive 2027 of news' and 'news/2027-01-04-d'" in result.problem("route-duplicate")


def test_archives_follow_in_incremental_builds(site):
    made = site(SITE)
    assert made.build().ok
    made.edit("content/data/projects.yaml", ", only_languages: [en]", "")
    changed = made.build()
    assert list(links(changed, "fi/projects/index.html")) == ["Kaikki", "2021–2027", "2014–2020"]
    assert changed.files == made.build(clean=True, output=made.root / "clean").files
    made.delete("content/news/2025-05-01-old.md")
    changed = made.build()
    assert not links(changed, "en/news/index.html")
    assert changed.files == made.build(clean=True, output=made.root / "clean").files
