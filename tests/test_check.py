"""Checks over finished sites: each fault is found where it stands, and a sound page has none."""

import pytest

from sitegen.check.output import check_output
from sitegen.check.pages import parse_page, read_site
from sitegen.problems import Problem

SOUND = """<!doctype html>
<html lang="en" dir="ltr"><head><title>Home</title>
<link rel="stylesheet" href="../assets/a.css">
<script src="../assets/a.js" defer></script>
<script type="application/ld+json">{"a": "<b style='x'>"}</script>
</head><body>
<header><a href="../">Site</a></header>
<main id="main"><h1>Home</h1>
<p lang="sr-Latn">Tekst <a href="../fi/#alku">alku</a> <a href="https://elsewhere.example/x">elsewhere</a></p>
<a href="#main"><img src="../assets/p.svg" alt="Up"></a>
<a href="../fi/"><svg><title>Finnish</title></svg></a>
<label for="q">Search</label> <input id="q" aria-describedby="hint"> <p id="hint">One word</p>
<label>Name <input name="name"></label>
<div class="eu-statement"><svg></svg><p>Funded by the European Union</p></div>
<h2>Next</h2><h3>Deeper</h3><h2>Again</h2>
</main></body></html>
"""
FINNISH = '<!doctype html><html lang="fi"><title>Koti</title><main><h1 id="alku">Koti</h1></main></html>'
FILES = {
    "index.html": FINNISH,
    "en/index.html": SOUND,
    "fi/index.html": FINNISH,
    "assets/a.css": "@font-face { src: url('f.woff2') }",
    "assets/a.js": "",
    "assets/f.woff2": "",
    "assets/p.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ".sitegen": "a mark, which is no page",
}


@pytest.fixture
def check(tmp_path):
    def run(base_path: str = "/", url: str = "", **changes: str) -> list[Problem]:
        for path, text in {**FILES, **{name.replace("__", "/"): text for name, text in changes.items()}}.items():
            target = tmp_path / "public" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return check_output(tmp_path / "public", base_path, url)

    return run


def test_a_sound_site_has_no_problem(check):
    assert check() == []
    assert check(base_path="/sub/folder/", url="https://network.example/sub/folder/") == []


# What is put into <main> of a sound page, and the code and message's part that it must bring.
FAULTS = {
    "missing page": ('<a href="../sr/">x</a>', "output-link-missing", "'../sr/'"),
    "missing page, absolute": ('<a href="/sr/x/">x</a>', "output-link-missing", "sr/x/"),
    "missing picture": ('<img alt="" src="no.png">', "output-link-missing", "no.png"),
    "missing candidate": (
        '<img alt="" src="../assets/p.svg" srcset="a.png 1x, b.png 2x">',
        "output-link-missing",
        "b.png",
    ),
    "wrong case": ('<a href="../FI/">x</a>', "output-link-missing", "FI/"),
    "above the root": ('<a href="../../../x/">x</a>', "output-link-outside", "x/"),
    "missing anchor": ('<a href="../fi/#loppu">x</a>', "output-anchor-missing", "#loppu"),
    "near anchor": ('<a href="../fi/#aiku">x</a>', "output-anchor-missing", "did you mean 'alku'?"),
    "missing own anchor": ('<a href="#none">x</a>', "output-anchor-missing", "#none"),
    "script address": ('<a href=" java\nscript:alert(1)">x</a>', "output-link-unsafe", "runs code"),
    "repeated id": ('<p id="main">x</p>', "html-id-repeated", "'main'"),
    "space in id": ('<p id="a b">x</p>', "html-id-invalid", "a b"),
    "reference to no id": ('<p aria-describedby="hint nope">x</p>', "html-reference-missing", "'nope'"),
    "label of nothing": ('<label for="nope">x</label>', "html-reference-missing", "'nope'"),
    "no alt": ('<img src="../assets/p.svg">', "html-alt-missing", "alt"),
    "nameless link": ('<a href="../fi/"><img alt="" src="../assets/p.svg"></a>', "html-name-missing", "<a>"),
    "nameless button": ("<button> </button>", "html-name-missing", "<button>"),
    "nameless frame": ('<iframe src="../fi/"></iframe>', "html-name-missing", "<iframe>"),
    "unlabelled field": ("<select><option>a</select>", "html-label-missing", "<select>"),
    "bad language": ('<p lang="sr_Latn">x</p>', "html-lang-invalid", "sr_Latn"),
    "bad direction": ('<p dir="left">x</p>', "html-dir-invalid", "left"),
    "second title": ("<h1>x</h1>", "html-h1", "2 <h1>"),
    "skipped level": ("<h4>x</h4>", "html-heading-order", "<h4> follows <h2>"),
    "empty heading": ("<h2> </h2>", "html-heading-empty", "<h2>"),
    "second main": ("<main>x</main>", "html-main", "2 <main>"),
    "attribute twice": ('<p class="a" class="b">x</p>', "html-attribute-repeated", "class"),
    "inline script": ("<script>alert(1)</script>", "html-inline-script", "script"),
    "module": ('<script type="module">alert(1)</script>', "html-inline-script", "script"),
    "handler": ('<p onclick="alert(1)">x</p>', "html-inline-script", "onclick"),
    "inline style": ("<style>p { color: red }</style>", "html-inline-style", "style"),
    "style attribute": ('<p style="color: red">x</p>', "html-inline-style", "<p style"),
    "foreign picture": ('<img alt="" src="https://cdn.example/x.png">', "third-party-request", "cdn.example"),
    "foreign picture, no scheme": ('<img alt="" src="//cdn.example/x.png">', "third-party-request", "cdn.example"),
    "foreign frame": ('<iframe title="x" src="https://maps.example/"></iframe>', "third-party-request", "maps.example"),
    "foreign form": ('<form action="https://post.example/"></form>', "third-party-request", "post.example"),
    "foreign drawing": ('<svg><use href="https://cdn.example/i.svg#a"/></svg>', "third-party-request", "cdn.example"),
    "emblem alone": ('<div class="a eu-statement"><svg></svg></div>', "funding-statement-missing", "beside it"),
    "statement alone": (
        '<div class="eu-statement"><p>Funded by the European Union</p></div>',
        "funding-emblem-missing",
        "both belong together",
    ),
    "statement in another language": (
        '<div class="eu-statement"><svg></svg><p lang="fi">Euroopan unionin rahoittama</p></div>',
        "funding-statement-language",
        "'fi' on a page in 'en'",
    ),
    "foreign hint": ('<link rel="preconnect" href="https://cdn.example">', "third-party-request", "cdn.example"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_where_it_stands(check, fault):
    markup, code, said = FAULTS[fault]
    lines = SOUND.splitlines()
    lines.insert(lines.index("</main></body></html>"), markup)
    problems = check(**{"en__index.html": "\n".join(lines)})
    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert said in found[-1].message
    assert found[0].position.file == "public/en/index.html"
    if code not in ("html-h1", "html-main"):
        assert found[0].position.line in (len(lines) - 1, len(lines))


@pytest.mark.parametrize(
    "broken, code",
    [
        (FINNISH.replace(' lang="fi"', ""), "html-lang-missing"),
        (FINNISH.replace("<title>Koti</title>", ""), "html-title-missing"),
        (FINNISH.replace("h1", "h2"), "html-h1"),
        (FINNISH.replace("main", "div"), "html-main"),
    ],
)
def test_faults_of_a_document(check, broken, code):
    assert [problem.code for problem in check(**{"en__about__index.html": broken})] == [code]


def test_redirect_pages_need_no_structure_but_a_target(check):
    page = '<!doctype html><html lang="en"><title>Moved</title><meta http-equiv="refresh" content="0; url={}">'
    assert check(**{"old__index.html": page.format("../en/")}) == []
    assert [p.code for p in check(**{"old__index.html": page.format("https://x.example/")})] == ["third-party-request"]


def test_outside_the_sites_folder(check):
    lines = SOUND.replace('<a href="../">Site</a>', '<a href="/">Home</a>')
    problems = check(base_path="/network/", **{"en__index.html": lines})
    assert [problem.code for problem in problems] == ["output-link-outside"]


def test_style_sheets_site_maps_and_feeds(check):
    problems = check(
        url="https://network.example/",
        **{
            "assets__a.css": "p { color: red }\n a { background: url(no.svg) }\n@import 'https://cdn.example/f.css';",
            "sitemap.xml": "<urlset>\n<url><loc>https://network.example/en/</loc></url>\n"
            "<url><loc>https://network.example/pl/</loc></url></urlset>",
            "en__feed.xml": '<feed>\n<link href="https://network.example/en/news/"/></feed>',
        },
    )
    assert [str(problem).split(": ")[:2] for problem in problems] == [
        ["public/assets/a.css:2:18", "error[output-link-missing]"],
        ["public/assets/a.css:3", "error[third-party-request]"],
        ["public/en/feed.xml:2:1", "error[output-link-missing]"],
        ["public/sitemap.xml:3:6", "error[output-link-missing]"],
    ]


def test_alternates_must_be_mutual(check):
    link = '<link rel="alternate" hreflang="{}" href="{}">'
    english = SOUND.replace("</head>", link.format("en", "./") + link.format("fi", "../fi/") + "</head>")
    finnish = FINNISH.replace("<main>", link.format("fi", "./") + "<main>")
    found = check(**{"en__index.html": english, "fi__index.html": finnish})
    assert [(p.position.file, p.code) for p in found] == [("public/en/index.html", "hreflang-not-mutual")]
    mutual = finnish.replace("<main>", link.format("en", "../en/") + "<main>")
    assert check(**{"en__index.html": english, "fi__index.html": mutual}) == []
    twice = mutual.replace("<main>", link.format("fi", "../") + "<main>")
    assert [p.code for p in check(**{"en__index.html": english, "fi__index.html": twice})] == ["hreflang-repeated"]


def test_a_hidden_part_is_not_asked_for_names():
    page = parse_page('<div aria-hidden="true"><a href="x"><img src="y"></a></div>', "x.html")
    assert [element.hidden for element in page.elements] == [True, True, True]


def test_hidden_files_are_no_part_of_the_site(tmp_path):
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/x.html").write_text("")
    (tmp_path / "index.html").write_text("")
    assert read_site(tmp_path).files == {"index.html"}
