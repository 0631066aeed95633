"""Mistakes of editors, translators and hosts: each gets a problem that says where it is and what to do.

No mistake is ever a traceback, none publishes anything, and none hides another.
"""

import os
import re
import unicodedata

import pytest

import harness

HOME = "-- content/pages/index.md --\n---\ntitle: Home\n---\nHello.\n"
SITE_YAML = "title: Network\nurl: https://network.example/\nlanguages:\n  - {tag: en, name: English}\n  - {tag: fi, name: Suomi}\n"
SITE = "-- site.yaml --\n" + SITE_YAML
PO_HEAD = 'msgid ""\nmsgstr ""\n"Language: fi\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
PO = "i18n/fi/LC_MESSAGES/content.po"
UI_PO = "i18n/fi/LC_MESSAGES/ui.po"
PAGE = "content/pages/about.md"


def page(front_matter: str, body: str = "Text.\n") -> str:
    return f"---\n{front_matter}---\n{body}"


# name → (files, code, place, part of the message)
MISTAKES = {
    # site.yaml
    "broken site.yaml": ({"site.yaml": "title: [\n"}, "yaml-syntax", "site.yaml:", ""),
    "site.yaml is a list": ({"site.yaml": "- title\n"}, "config-type", "site.yaml:1", "mapping"),
    "site.yaml is empty": ({"site.yaml": ""}, "config-type", "site.yaml", ""),
    "unknown key": ({"site.yaml": SITE_YAML + "titel: x\n"}, "field-unknown", "site.yaml:6:1", "did you mean 'title'?"),
    "unknown key within": (
        {"site.yaml": SITE_YAML.replace("name: Suomi", "nam: Suomi, name: Suomi")},
        "field-unknown",
        "site.yaml:5:",
        "did you mean 'name'?",
    ),
    "wrong type": ({"site.yaml": SITE_YAML + "contact: hello\n"}, "value-type", "site.yaml:6:", "contact"),
    "key twice": ({"site.yaml": SITE_YAML + "title: x\n"}, "yaml-duplicate-key", "site.yaml:6:1", "title"),
    "language twice": (
        {"site.yaml": SITE_YAML + "  - {tag: fi, name: Suomi}\n"},
        "language-duplicate",
        "site.yaml:6:",
        "fi",
    ),
    "no such language tag": (
        {"site.yaml": SITE_YAML.replace("tag: fi", "tag: fi_FI!")},
        "value-language",
        "site.yaml:5:",
        "fi_FI!",
    ),
    "anchor": ({"site.yaml": SITE_YAML + "notice: &a x\n"}, "yaml-anchor", "site.yaml:6:", ""),
    "alias": ({"site.yaml": SITE_YAML + "notice: *a\n"}, "yaml-anchor", "site.yaml:6:", ""),
    "tag": ({"site.yaml": SITE_YAML + "notice: !!python/object:os.system x\n"}, "yaml-tag", "site.yaml:6:", ""),
    "merge key": ({"site.yaml": SITE_YAML + "contact:\n  <<: {name: x}\n"}, "yaml-merge", "site.yaml:7:", ""),
    "menu to nothing": (
        {"site.yaml": SITE_YAML + "menus:\n  main:\n    - entry: pages/indx\n"},
        "menu-entry-missing",
        "site.yaml:8:",
        "did you mean 'pages/index'?",
    ),
    # front matter
    "front matter is a list": ({PAGE: "---\n- a\n---\nText\n"}, "front-matter-mapping", f"{PAGE}:", "mapping"),
    "front matter without end": ({PAGE: "---\ntitle: About\nText\n"}, "front-matter-unclosed", f"{PAGE}:", "---"),
    "wrong type of a field": ({PAGE: page("title: [a, b]\n")}, "value-type", f"{PAGE}:2:", "title"),
    "wrong boolean": ({PAGE: page("title: About\ndraft: maybe\n")}, "value-boolean", f"{PAGE}:3:", "draft"),
    "unknown field": ({PAGE: page("title: About\ndescripton: x\n")}, "field-unknown", f"{PAGE}:3:1", "'description'"),
    "impossible date": (
        {"content/news/x.md": page("title: X\ndate: 2026-02-30\n")},
        "value-date-impossible",
        "content/news/x.md:3:7",
        "2026-02-30",
    ),
    "impossible date in the file's name": (
        {"content/news/2026-02-30-x.md": page("title: X\n")},
        "value-date-impossible",
        "content/news/2026-02-30-x.md",
        "2026-02-30",
    ),
    "missing title": ({PAGE: page("description: x\n")}, "field-missing", f"{PAGE}:", "title"),
    # encodings
    "cp1250": (
        {PAGE: page("title: About\n", "Łódź, Kruševac\n").encode("cp1250")},
        "encoding",
        f"{PAGE}:4:",
        "UTF-8",
    ),
    "UTF-16": ({PAGE: page("title: About\n").encode("utf-16")}, "encoding-utf16", PAGE, "UTF-8"),
    "cp1250 in data": (
        {"content/data/principles.yaml": "- id: a\n  name: Sieć\n".encode("cp1250")},
        "encoding",
        "content/data/principles.yaml:2",
        "UTF-8",
    ),
    "private mark in a page": (
        {PAGE: page("title: About\n", "a \ufdd0 b\n")},
        "character-refused",
        f"{PAGE}:4:",
        "U+FDD0",
    ),
    "NUL in a page": ({PAGE: page("title: About\n", "a \0 b\n")}, "character-refused", f"{PAGE}:4:", "U+0000"),
    # addresses
    "one address twice": (
        {PAGE: page("title: A\n"), "content/pages/b.md": page("title: B\nslug: about\n")},
        "route-duplicate",
        "content/pages/",
        "about",
    ),
    "one address twice but for case": (
        {PAGE: page("title: A\n"), "content/pages/b.md": page("title: B\naliases: [/en/About/]\n")},
        "route-duplicate",
        "content/pages/b.md:3:",
        "case",
    ),
    "unknown language in a file's name": (
        {"content/pages/about.sv.md": page("title: Om\n"), PAGE: page("title: About\n")},
        "language-unknown",
        "content/pages/about.sv.md",
        "sv",
    ),
    # links
    "link to no page": (
        {PAGE: page("title: About\n", "One line.\n\nSee [this](indx.md).\n")},
        "link-missing",
        f"{PAGE}:6",
        "index",
    ),
    "link to no id": (
        {PAGE: page("title: About\n", "[x](ref:pages/abot)\n")},
        "link-missing",
        f"{PAGE}:4",
        "pages/about",
    ),
    "link to no picture": (
        {PAGE: page("title: About\n", "![x](../media/no.png)\n")},
        "image-missing",
        f"{PAGE}:4",
        "no.png",
    ),
    "link to no anchor": (
        {PAGE: page("title: About\n", "## Aims\n\n[x](#aim)\n")},
        "anchor-missing",
        f"{PAGE}:6",
        "aims",
    ),
    "link to no anchor elsewhere": (
        {PAGE: page("title: About\n", "[x](index.md#none)\n")},
        "anchor-missing",
        f"{PAGE}:4",
        "none",
    ),
    "link to a script": (
        {PAGE: page("title: About\n", "[x](javascript:alert(1))\n")},
        "url-unsafe",
        f"{PAGE}:4",
        "javascript",
    ),
    "link out of the site": (
        {PAGE: page("title: About\n", "[x](../../../x.md)\n")},
        "link-missing",
        f"{PAGE}:4",
        "../../../x.md",
    ),
    # catalogues
    "PO ends within a string": ({PO: PO_HEAD + '\nmsgid "Hello.\n'}, "po-syntax", f"{PO}:7", "double quotes"),
    "PO ends after msgid": ({PO: PO_HEAD + '\nmsgid "Hello."\n'}, "po-truncated", f"{PO}:7", "msgstr"),
    "PO in another charset": (
        {PO: (PO_HEAD + '\nmsgid "Hello."\nmsgstr "Päivää."\n').encode("latin-1")},
        "po-charset",
        f"{PO}:8",
        "UTF-8",
    ),
    "PO names another charset": (
        {PO: PO_HEAD.replace("UTF-8", "ISO-8859-2") + '\nmsgid "Hello."\nmsgstr "Päivää."\n'},
        "po-charset",
        f"{PO}:",
        "ISO-8859-2",
    ),
    "PO with too few plural forms": (
        {UI_PO: PO_HEAD + '\nmsgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s päivä"\n'},
        "po-plural-forms",
        UI_PO,
        "2",
    ),
    "PO with an unknown placeholder": (
        {UI_PO: PO_HEAD + '\n#, python-format\nmsgid "Page %(number)s"\nmsgstr "Sivu %(numero)s"\n'},
        "translation-placeholder",
        UI_PO,
        "numero",
    ),
    # templates
    "template with a syntax error": (
        {
            PAGE: page("title: A\n"),
            "themes/mine/theme.yaml": "parent: network\n",
            "themes/mine/templates/page.html": "<p>\n{% if %}\n",
        },
        "template-error",
        "themes/mine/templates/page.html:2",
        "",
    ),
    "template with an undefined name": (
        {
            PAGE: page("title: A\n"),
            "themes/mine/theme.yaml": "parent: network\n",
            "themes/mine/templates/page.html": "<p>\n\n{{ pgae.title }}\n",
        },
        "template-error",
        "themes/mine/templates/page.html:3",
        "pgae",
    ),
    "no such theme": ({"site.yaml": SITE_YAML + "theme: netwrok\n"}, "theme-missing", "site.yaml:6", "network"),
}
WARNINGS = {"PO with an unknown placeholder", "PO names another charset"}


def build_with(site, files):
    files = dict(files)
    own_theme = any(name.startswith("themes/mine") for name in files)
    if "site.yaml" not in files:
        files["site.yaml"] = SITE_YAML + ("theme: mine\n" if own_theme else "")
    made = site(HOME, files)
    return made, made.build()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_a_clear_problem(site, name):
    files, code, place, said = MISTAKES[name]
    made, result = build_with(site, files)
    fitting = [problem for problem in result.problems if problem.startswith(place) and said in problem]
    assert fitting, "no problem fits; there are:\n" + "\n".join(result.problems)
    if code:
        assert any(f"[{code}]" in problem for problem in fitting), fitting
    assert not any("Traceback" in problem or "object at 0x" in problem for problem in result.problems)
    if name not in WARNINGS:
        assert not result.ok
        assert not (made.root / "public").exists()
    else:
        assert result.ok
        assert not made.build(strict=True).ok


def test_one_cause_has_one_problem(site):
    """A mistake does not bring others after it that the editor could not understand."""
    noisy = {}
    for name, (files, _, _, _) in MISTAKES.items():
        _, result = build_with(site, files)
        if len(result.problems) != 1:
            noisy[name] = result.problems
    assert noisy == {}


def test_missing_site_yaml(site):
    made = site(HOME)
    made.delete("site.yaml")
    result = made.build()
    assert not result.ok
    assert re.match(r"site\.yaml: error\[\S+\]: .*sitegen init", result.problems[0]), result.problems


def test_all_mistakes_are_told_at_once(site):
    made = site(
        SITE + "titel: x\n" + HOME,
        {
            PAGE: page("titel: About\ndate: 2026-13-01\n", "[x](nowhere.md)\n"),
            "content/pages/other.md": page("title: O\ndraft: perhaps\n", "![x](../media/none.png)\n"),
            PO: PO_HEAD + 'msgid "x"\n',
        },
    )
    told = "\n".join(made.build().problems)
    for place in ("site.yaml:6:1", f"{PAGE}:2:1", "content/pages/other.md:3", PO):
        assert place in told, told


@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["BOM", "no BOM"])
@pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["CRLF", "LF"])
def test_byte_order_marks_and_line_ends_make_no_difference(site, mark, end):
    files = {
        "site.yaml": SITE_YAML,
        "content/pages/index.md": page("title: Home\n", "One\ntwo.\n\n    code\n\n- a\n- b\n"),
        "content/data/principles.yaml": "- id: a\n  name: One\n",
        PO: PO_HEAD + '\nmsgid "Home"\nmsgstr "Koti"\n',
    }
    other = {name: (mark + text.replace("\n", end)).encode() for name, text in files.items()}
    result = site("", other).build()
    assert result.ok, result.problems
    assert result.files == site("", files).build().files


def test_two_unicode_forms_of_one_name(site):
    decomposed = unicodedata.normalize("NFD", "päivä")
    made = site(
        SITE + HOME,
        {"content/pages/päivä.md": page("title: A\n"), f"content/pages/{decomposed}.md": page("title: B\n")},
    )
    if len(os.listdir(made.root / "content/pages")) < 3:
        pytest.skip("this file system takes both names for one")
    result = made.build()
    assert not result.ok
    assert any("päivä" in unicodedata.normalize("NFC", problem) for problem in result.problems)


def test_no_and_on_are_words(site):
    result = site(SITE + HOME, {PAGE: page("title: no\ntags: [on, off, yes, 1e3, 012]\n")}).build()
    assert result.ok, result.problems
    assert result.reads("en/about/index.html", "//h1") == "no"
    assert "en/tags/on/index.html" in result.files
    assert "en/tags/012/index.html" in result.files


@pytest.mark.parametrize("archive", ["", "-- content/pages/.keep --\n", "-- content/readme.txt --\nhello\n"])
def test_an_empty_site_says_what_to_do(site, archive):
    result = site(archive).build()
    assert not result.ok
    assert any("content/pages" in problem for problem in result.problems), result.problems


@pytest.mark.parametrize("output", [".", "content", "content/pages/out", "..", "i18n", "themes/x"])
def test_an_output_folder_among_the_sources_is_refused(site, output):
    made = site(SITE + f"output: {output}\n" + HOME)
    before = harness.tree(made.root)  # the cache is sitegen's own business
    result = made.build()
    assert not result.ok
    assert any("output" in problem for problem in result.problems), result.problems
    assert harness.tree(made.root) == before


def test_an_output_folder_of_somebody_else_is_left_alone(site):
    made = site(SITE + HOME, {"public/letters.txt": "dear"})
    result = made.build()
    assert not result.ok
    assert "output-foreign" in result.codes
    assert made.read("public/letters.txt") == "dear"


def test_an_output_that_is_a_file(site):
    made = site(SITE + HOME, {"public": "a file"})
    assert not made.build().ok
    assert made.read("public") == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_that_cannot_be_written(site):
    made = site(SITE + HOME)
    made.root.chmod(0o500)
    try:
        result = made.build()
    finally:
        made.root.chmod(0o700)
    assert "output-unwritable" in result.codes


def test_symbolic_links_that_leave_the_site_are_problems(site, tmp_path):
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\nSecret.\n")
    made = site(SITE + HOME)
    (made.root / "content/pages/secret.md").symlink_to(tmp_path / "secret.md")
    result = made.build()
    assert not result.ok
    assert any("content/pages/secret.md" in problem for problem in result.problems), result.problems


def test_symbolic_links_within_the_site_are_fine(site):
    made = site(SITE + HOME, {"content/media/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    (made.root / "content/media/b.svg").symlink_to("a.svg")
    result = made.build()
    assert result.ok, result.problems
    assert result.bytes("media/b.svg") == result.bytes("media/a.svg")


def test_the_command_line_tells_and_fails(site):
    made = site(SITE + HOME, {PAGE: page("title: About\n", "[x](nowhere.md)\n")})
    done = made.run("build")
    assert done.returncode == 1
    assert f"{PAGE}:4" in done.stdout + done.stderr
    assert "[link-missing]" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (made.root / "public").exists()


def test_mistakes_in_fields_and_in_links_are_told_together(site):
    result = site("""
        -- content/pages/index.md --
        ---
        titel: Home
        ---
        [nowhere](nope.md)
        """).build()
    assert not result.ok
    assert {"field-unknown", "field-missing", "link-missing"} <= set(result.codes)
