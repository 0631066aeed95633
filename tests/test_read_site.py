"""A site's content: which record each file yields, and what belongs nowhere."""

import datetime as dt
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read.config_file import load_config
from sitegen.read.file_names import undated
from sitegen.read.site_files import read_sources

SITE = "title: N\nlanguages: [en, {tag: sr-Cyrl, path: sr}, {tag: fi}]\ncollections: {news: , lags: , principles: }\n"
PAGE = "---\ntitle: A\n---\nText\n"


@pytest.fixture
def read(tmp_path):
    def read(files, site=SITE):
        for name, text in {"site.yaml": site, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        problems = Problems()
        config = load_config(tmp_path, problems)
        sources = read_sources(config, problems)
        return sources, [str(problem) for problem in problems]

    return read


def ids(sources):
    return [(record.collection, record.key, record.suffix) for record in sources.records]


def test_records_come_from_three_places(read):
    sources, problems = read(
        {
            "content/pages/index.md": PAGE,
            "content/lags/north/viisari.md": "---\nname: Viisari\n---\nText\n",
            "content/data/lags.yaml": "- id: b\n  name: B\n- id: 2024\n  name: C\n",
            "content/data/principles.yml": "bottom-up:\n  name: Bottom-up\nnetworking: {name: Networking}\n",
            "content/data/lags/d.yaml": "name: D\n",
            "content/media/logos/eu.svg": "<svg/>",
        }
    )
    assert problems == []
    assert sorted(ids(sources)) == [
        ("lags", "2024", ""),
        ("lags", "b", ""),
        ("lags", "d", ""),
        ("lags", "north/viisari", ""),
        ("pages", "index", ""),
        ("principles", "bottom-up", ""),
        ("principles", "networking", ""),
    ]
    assert [(media.path, media.size) for media in sources.media] == [("logos/eu.svg", 6)]
    assert sources.theme.name == "network"
    record = next(record for record in sources.records if record.key == "north/viisari")
    assert (record.body, record.body_line, record.values["name"].text) == ("Text\n", 4, "Viisari")
    assert (record.position.file, record.position.line) == ("content/lags/north/viisari.md", 1)
    data = next(record for record in sources.records if record.key == "b")
    assert (data.body, data.position.line, data.positions["name"].line) == (None, 1, 2)


def test_languages_in_names(read):
    sources, problems = read(
        {
            "content/pages/about.md": PAGE,
            "content/pages/about.FI.md": "Vain teksti.\n",
            "content/pages/about.sr.md": PAGE,
            "content/pages/only.sr_cyrl.md": PAGE,
            "content/pages/v1.2.md": PAGE,
            "content/pages/read.final.md": PAGE,
            "content/data/principles.yaml": "a: {name: A}\n",
            "content/data/principles.fi.yaml": "a: {name: Ä}\n",
            "content/data/lags.yaml": "- {id: a, name: Ä, language: fi}\n",
        }
    )
    assert problems == []
    assert set(ids(sources)) == {
        ("pages", "about", ""),
        ("pages", "about", "fi"),
        ("pages", "about", "sr-Cyrl"),
        ("pages", "only", "sr-Cyrl"),
        ("pages", "v1.2", ""),
        ("pages", "read.final", ""),
        ("principles", "a", ""),
        ("principles", "a", "fi"),
        ("lags", "a", "fi"),
    }


def test_only_a_variant_may_leave_out_what_is_required(read):
    _, problems = read(
        {"content/pages/a.fi.md": "Teksti.\n", "content/pages/b.md": PAGE, "content/pages/b.fi.md": "x\n"}
    )
    assert problems == [
        "content/pages/a.fi.md:1:1: error[field-missing]: 'title' is missing, but pages must have it; add 'title: …'"
    ]


def test_the_first_heading_is_the_title_where_there_is_none(read):
    sources, problems = read(
        {
            "content/pages/a.md": "\n# About *us* {#about}\n\nText\n",
            "content/pages/b.md": "---\ntitle: B\n---\n# Heading\n",
            "content/lags/c.md": "---\ncountry: FI\n---\n# Group C #\nText\n",
        }
    )
    assert problems == []
    a, b, c = sorted(sources.records, key=lambda record: record.key)
    assert (a.values["title"].text, a.body, a.body_line) == ("About *us*", "\nText\n", 3)
    assert (a.positions["title"].line, a.positions["title"].column) == (2, 3)
    assert (b.values["title"].text, b.body) == ("B", "# Heading\n")
    assert (c.values["name"].text, c.body, c.body_line) == ("Group C", "Text\n", 5)


def test_dates_in_names(read):
    sources, problems = read(
        {
            "content/news/2026-03-01-call.md": PAGE,
            "content/news/2026-03-02-other.md": "---\ntitle: A\ndate: 2026-05-01\n---\n",
            "content/news/2026-02-30-never.md": PAGE,
        }
    )
    assert problems == [
        "content/news/2026-02-30-never.md: error[value-date-impossible]: the name of this file begins with 2026-02-30, and "
        "there is no such day in the calendar; rename it"
    ]
    dates = {record.key: record.values.get("date") for record in sources.records}
    assert dates == {
        "2026-03-01-call": dt.date(2026, 3, 1),
        "2026-03-02-other": dt.date(2026, 5, 1),
        "2026-02-30-never": None,
    }
    assert [undated(key) for key in ("2026-03-01-call", "a/2026-03-01-b", "2026-03-01", "call")] == [
        "call", "a/b", "2026-03-01", "call",
    ]  # fmt: skip


ID = "cannot be an id; use letters, digits and hyphens, such as"
STRAY = "this belongs to no collection: "
COLLECTIONS = "(collections: content/news, content/lags, content/principles, content/pages)"
MISTAKES = {
    "content/pages/about.xx.md": (
        PAGE,
        "content/pages/about.xx.md: error[language-unknown]: 'xx' in the name of this file is no language of this site (they are en, fi, sr-Cyrl); rename the file, or add the language to site.yaml",
    ),
    "content/pags/about.md": (
        PAGE,
        f"content/pags: error[file-stray]: {STRAY}there is no collection 'pags' {COLLECTIONS}; did you mean 'pages'?",
    ),
    "content/farms/about.md": (
        PAGE,
        f"content/farms: error[file-stray]: {STRAY}there is no collection 'farms' {COLLECTIONS}; rename it, or declare the collection in site.yaml under 'collections'",
    ),
    "content/data/farms.yaml": (
        "",
        f"content/data/farms.yaml: error[file-stray]: {STRAY}there is no collection 'farms' {COLLECTIONS}; rename it, or declare the collection in site.yaml under 'collections'",
    ),
    "content/data/farms/a.yaml": (
        "",
        f"content/data/farms: error[file-stray]: {STRAY}there is no collection 'farms' {COLLECTIONS}; rename it, or declare the collection in site.yaml under 'collections'",
    ),
    "content/data/lags.json": (
        "{}",
        "content/data/lags.json: error[file-stray]: content/data holds YAML files (.yaml) alone; move pictures and documents to content/media, or bring a list in with 'sitegen data import'",
    ),
    "content/notes.md": (
        PAGE,
        f"content/notes.md: error[file-stray]: {STRAY}it lies in no collection's folder {COLLECTIONS}; move it into one of them",
    ),
    "content/pages/photo.jpg": (
        "x",
        "content/pages/photo.jpg: error[file-stray]: a collection's folder holds Markdown files (.md) alone; move pictures and documents to content/media, and data to content/data",
    ),
    "content/pages/my page.md": (PAGE, f"content/pages/my page.md: error[record-id]: 'my page' {ID} my-page"),
    "content/data/lags.yaml": (
        "Viisari\n",
        "content/data/lags.yaml:1:1: error[record-list]: this file holds records: begin each with '- id: …' and write its other fields below that",
    ),
    "content/data/lags.yml": (
        "- name: A\n",
        "content/data/lags.yml:1:3: error[record-id]: this record has no 'id'; add one, such as 'id: viisari'",
    ),
    "content/data/news.yaml": (
        "- {id: a b, title: x}\n",
        f"content/data/news.yaml:1:8: error[record-id]: 'a b' {ID} a-b",
    ),
    "content/data/news.yml": (
        "- a\n",
        "content/data/news.yml:1:3: error[record-mapping]: a record is made of fields; begin it with '- id: …' and write its other fields below that",
    ),
    "content/data/pages.yaml": (
        "title: x\n",
        "content/data/pages.yaml:1:8: error[record-mapping]: 'title' is a record and needs fields, indented below it; if this file holds one record, move it into a folder with the name of its collection",
    ),
    "content/data/lags/a.yaml": (
        "- a\n",
        "content/data/lags/a.yaml:1:1: error[record-mapping]: this file holds one record: write its fields as 'field: value', each on a line of its own",
    ),
    "content/data/pages.yml": (
        "a:\n",
        "content/data/pages.yml:1:1: error[field-missing]: 'title' is missing, but pages must have it; add 'title: …'",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_these_words(read, name):
    text, message = MISTAKES[name]
    assert read({"content/pages/index.md": PAGE, name: text})[1] == [message]


def test_a_site_without_content_is_told_how_to_begin(read):
    assert read({})[1] == [
        "content/pages: error[site-empty]: there is no content yet; begin with the home page, content/pages/index.md "
        "('sitegen new pages/index')"
    ]


def test_an_unknown_folder_is_one_problem_however_many_files_it_holds(read):
    _, problems = read({"content/pages/index.md": PAGE, "content/farms/a.md": PAGE, "content/farms/b/c.md": PAGE})
    assert len(problems) == 1


def test_a_digest_follows_what_a_record_says_and_not_where_it_stands(read):
    def digests(text):
        sources, problems = read({"content/data/lags.yaml": text})
        assert problems == []
        return {record.key: record.digest for record in sources.records}

    before = digests("- {id: a, name: A}\n- {id: b, name: B}\n")
    assert digests("# moved\n\n- {id: b, name: B}\n- {id: a, name: A}\n") == before
    after = digests("- {id: a, name: A!}\n- {id: b, name: B}\n")
    assert after["a"] != before["a"]
    assert after["b"] == before["b"]
    assert before["a"] != before["b"]


def test_encodings_make_no_difference(read):
    plain, _ = read({"content/pages/a.md": "---\ntitle: Č\n---\n\nText\n"})
    other, problems = read(
        {"content/pages/a.md": b"\xef\xbb\xbf" + "---\ntitle: Č\n---\n\nText\n".replace("\n", "\r\n").encode()}
    )
    assert problems == []
    assert other == plain


@given(st.text(alphabet="id:- name\n{}[],'#ab", max_size=60))
def test_no_data_file_makes_it_raise(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("site")
    (root / "site.yaml").write_text(SITE)
    (root / "content/data").mkdir(parents=True)
    (root / "content/data/lags.yaml").write_text(text)
    problems = Problems()
    for record in read_sources(load_config(root, problems), problems).records:
        assert record.key
