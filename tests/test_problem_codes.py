"""Every problem that sitegen can tell of is told in some test; here are those that need no more than one site each.

The rest stands beside what it is about: `test_every_code_is_tested` finds the codes that no test names.
"""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import subprocess
import sys

import pytest

import harness
from sitegen.engine.pool import WorkerError
from sitegen.problems import Position, Problems
from sitegen.publish import check_output
from sitegen.read import config_languages, csv_table, raw_records
from sitegen.read.config_file import load_config
from sitegen.read.csv_import import import_csv
from sitegen.read.po_files import ChangedMeanwhileError, decode_po, read_po
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.scaffold import new_entry
from sitegen.translate.glossary import MAX_TERMS, parse_glossary
from sitegen.translate.update import write_templates
from sitegen.translation import status, touch

RAISERS = {"error", "warning", "warn", "report", "Wrong", "Problem"}
RAISERS |= {"_error", "_fail", "_report", "_BrokenLineError"}
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


def codes_of_sources():
    found = {}
    for path in sorted((harness.REPOSITORY / "sitegen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for text in (part.value for part in node.args[:2] if isinstance(part, ast.Constant)):
                    if name in RAISERS and isinstance(text, str) and CODE.fullmatch(text):
                        found.setdefault(text, f"{path.relative_to(harness.REPOSITORY)}:{node.lineno}")
    return found


def test_every_code_is_tested():
    codes = codes_of_sources()
    assert len(codes) > 180, "the search for codes finds too few of them"
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (harness.REPOSITORY / "tests").rglob("*.py"))
    told = set(re.findall(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+", tests))
    assert {code: place for code, place in codes.items() if code not in told} == {}


HOME = "-- content/pages/index.md --\n# Home\n"
SITE = "-- site.yaml --\ntitle: Net\nurl: https://n.example/\nlanguages: [{tag: en, name: English}]\n"

SITES = {
    SITE + HOME + "-- content/data/lags.yaml --\n- {id: one, name: One}\n-- content/lags/one.md --\n# One\n": [
        "content/lags/one.md:1:1: error[entry-duplicate]: 'lags/one' is already defined in "
        "content/data/lags.yaml:1:3; remove or rename one",
    ],
    SITE + "menus: {main: [{collection: page}]}\n" + HOME: [
        "site.yaml:4:16: error[menu-collection-missing]: the menu names the collection 'page', which this site does "
        "not have; did you mean 'pages'?",
    ],
    SITE + "theme: own\n" + HOME + "-- themes/own/theme.yaml --\nname: own\nparent: own\n": [
        "themes/own/theme.yaml: error[theme-parents]: the parents of the theme 'own' lead back to 'own' or are more than "
        "5 (MAX_THEME_PARENTS); change 'parent' in its theme.yaml",
    ],
    SITE + HOME + "-- content/media/" + "a/" * 16 + "x.txt --\nx\n": [
        f"content/media{'/a' * 15}: error[folder-too-deep]: more than 16 folders lie in one another "
        "(MAX_FOLDER_DEPTH); move this one up",
    ],
    SITE + HOME + '-- i18n/en/LC_MESSAGES/my words.po --\nmsgid ""\n': [
        "i18n/en/LC_MESSAGES/my words.po: warning[po-domain]: 'my words' is no name of a domain; not used",
    ],
    SITE + "theme: {name: network, options: {map_regions: r.json}}\n" + HOME + "-- content/media/r.json --\n[]\n"
    "-- content/data/lags.yaml --\n- {id: one, name: One, country: FI, location: {lon: 25, lat: 62}}\n": [],
}  # fmt: skip


@pytest.mark.parametrize("files, expected", SITES.items(), ids=lambda value: value[0] if value else "regions")
def test_a_site_with_one_mistake(site, files, expected):
    result = site(files).build()
    if expected:
        assert result.problems == expected
    else:
        assert result.problem("map-regions").startswith("site.yaml: error[map-regions]: the map's regions, content/")


def test_too_many_languages(site, monkeypatch):
    monkeypatch.setattr(config_languages, "MAX_LANGUAGES", 1)
    assert site("").build().problems == [
        "site.yaml:4:3: error[languages-too-many]: there are 2 languages, but at most 1 are possible (MAX_LANGUAGES)",
    ]


def test_too_many_records(site, monkeypatch):
    monkeypatch.setattr(raw_records, "MAX_RECORDS_PER_FILE", 1)
    result = site(SITE + HOME + "-- content/data/lags.yaml --\n- {id: a, name: A}\n- {id: b, name: B}\n").build()
    assert result.problems == [
        "content/data/lags.yaml:2:8: error[record-too-many]: this file holds more than 1 records "
        "(MAX_RECORDS_PER_FILE); split it",
    ]


def test_no_site(tmp_path):
    def said(root):
        problems = Problems()
        assert load_config(root, problems) is None
        return str(problems)

    missing = tmp_path / "missing"
    assert said(missing) == (
        f"{missing}: error[site-missing]: there is no such folder; name the folder that holds site.yaml"
    )
    assert said(tmp_path) == (
        "site.yaml: error[site-file-missing]: there is no site.yaml in this folder; 'sitegen init' makes a small site "
        "to begin with"
    )
    (tmp_path / "site.yml").touch()
    assert said(tmp_path).endswith("there is no site.yaml in this folder; rename site.yml")


def test_an_output_folder_with_sources(site):
    under_test = site(SITE + HOME)
    (under_test.root / "mine.txt").touch()
    for output, expected in {
        "": f"the output folder '{under_test.root}' holds the site's sources; choose another, such as public",
        "content/x": f"the output folder '{under_test.root / 'content/x'}' is among the site's sources; choose "
        "another, such as public",
        "mine.txt": f"the output '{under_test.root / 'mine.txt'}' is a file; choose a folder",
    }.items():
        problems = Problems()
        check_output(under_test.root / output, under_test.root, problems)
        assert str(problems) == f"site.yaml: error[output-unsafe]: {expected}"


CSV = {
    ("MAX_TEXT_BYTES", 3): "x.csv: error[file-too-large]: this file is larger than 0 MB",
    ("MAX_ROWS", 1): "x.csv:3:1: error[csv-too-large]: a list has at most 1 rows (MAX_ROWS) and 500 columns "
    "(MAX_COLUMNS); split it",
    ("MAX_CELL_CHARACTERS", 5): "x.csv:3:2: error[csv-cell-long]: this cell has more than 5 characters "
    "(MAX_CELL_CHARACTERS); shorten it",
}


@pytest.mark.parametrize("limit, expected", CSV.items())
def test_limits_of_lists(tmp_path, monkeypatch, limit, expected):
    monkeypatch.setattr(csv_table, *limit)
    (tmp_path / "x.csv").write_text("id,name\na,A\nb,A long name\n", encoding="utf-8")
    problems = Problems()
    csv_table.read_table(tmp_path / "x.csv", problems)
    assert str(problems) == expected


def test_a_workbook_is_no_list(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04")
    problems = Problems()
    assert csv_table.read_table(tmp_path / "x.csv", problems) is None
    assert str(problems).startswith("x.csv: error[csv-workbook]: this is a workbook, not CSV; save the sheet as CSV (")


def test_a_list_of_no_collection(site):
    under_test = site(SITE + HOME + "-- lagz.csv --\nid,name\nx,X\n")
    problems = Problems()
    config = load_config(under_test.root, problems)
    assert import_csv(config, under_test.root / "lagz.csv", problems) is None
    assert str(problems) == (
        "lagz.csv: error[collection-unknown]: there is no collection 'lagz'; they are pages; name it with --collection"
    )


def test_a_column_that_is_guessed(site):
    under_test = site(SITE + HOME + "-- lags.csv --\nid,name,websites\nx,X,https://x.example/\n")
    problems = Problems()
    config = load_config(under_test.root, problems)
    import_csv(config, under_test.root / "lags.csv", problems, dry_run=True)
    assert str(problems) == (
        "lags.csv:1:3: warning[csv-column-guessed]: the column 'websites' is read as 'website'; name it so if that "
        "is right"
    )


def test_catalogues_that_cannot_be_read_or_written(tmp_path, monkeypatch):
    problems = Problems()
    assert decode_po(b"\n" * (32 * 1024 * 1024 + 1), "x.po", problems) is None
    assert str(problems) == "x.po: error[po-size]: the file is larger than 32 MiB; split the catalogue"
    (tmp_path / "x.po").mkdir()
    problems = Problems()
    assert read_po(tmp_path, "x.po", problems) is None
    assert str(problems).startswith("x.po: error[po-unreadable]: cannot be read: ")


@pytest.mark.parametrize(
    "failure, expected",
    [
        (ChangedMeanwhileError(), "po-changed]: somebody changed the file meanwhile; run the update again"),
        (OSError(28, "No space left"), "po-unwritable]: cannot be written: No space left"),
    ],
)
def test_a_template_that_cannot_be_written(tmp_path, monkeypatch, failure, expected):
    def fail(*_arguments):
        raise failure

    (tmp_path / "x.pot").write_bytes(b'msgid ""\nmsgstr ""\n')
    template, _digest = read_po(tmp_path, "x.pot", Problems())
    monkeypatch.setattr("sitegen.translate.update.write_atomically", fail)
    problems = Problems()
    assert write_templates(tmp_path / "other", {"x": template}, problems) == []
    assert str(problems) == f"x.pot: error[{expected}"


def test_a_glossary_that_is_too_long():
    problems = Problems()
    text = "- {term: a}\n" * (MAX_TERMS + 1)
    assert len(parse_glossary(parse_yaml(text, "g.yaml", problems), problems).terms) == MAX_TERMS
    assert str(problems) == f"g.yaml:1:1: error[glossary-size]: more than {MAX_TERMS} terms; keep those that matter"


def test_an_entry_that_cannot_be_written(site):
    under_test = site(SITE + HOME + "-- content/news --\nA file where a folder should be.\n")
    problems = Problems()
    config = load_config(under_test.root, problems)
    assert new_entry(config, "news/first", problems, dt.date(2027, 3, 5)) is None
    (problem,) = problems
    assert (problem.code, problem.position.file) == ("new-cannot-write", "content/news/2027-03-05-first.md")
    assert problem.message == f"cannot be written: {os.strerror(17)}"


TOUCHED = SITE.replace("name: English}", "name: English}, {tag: fi, name: Suomi}") + HOME


@pytest.mark.parametrize(
    "files, file, expected",
    [
        ("-- content/data/lags.yaml --\n- {id: a, name: A}\n-- content/data/lags.fi.yaml --\n- {id: a, name: B}\n",
         "content/data/lags.fi.yaml",
         "content/data/lags.fi.yaml:1:3: error[touch-data]: only Markdown files can be touched; write "
         "'source_digest: DIGEST' into the record yourself"),
        ("-- content/pages/index.fi.md --\n---\n{title: Koti}\n---\nKoti\n", "content/pages/index.fi.md",
         "content/pages/index.fi.md:1: error[touch-shape]: the front matter has another shape than 'field: value' "
         "lines; add 'source_digest: DIGEST' yourself"),
        ("-- content/pages/index.fi.md --\n# Koti\n", "content/pages/index.fi.md",
         "content/pages/index.fi.md: error[touch-unwritable]: cannot be written: No space left"),
    ],
)  # fmt: skip
def test_what_cannot_be_touched(site, monkeypatch, files, file, expected):
    def fail(*_arguments):
        raise OSError(28, "No space left")

    monkeypatch.setattr("sitegen.read.po_files.write_atomically", fail)
    problems = Problems()
    assert touch(site(TOUCHED + files).root, [file], problems) == []
    assert re.sub(r"(source_digest: )[^']+", r"\1DIGEST", str(problems)) == expected


def test_git_that_does_not_answer(site, monkeypatch):
    def wait(*_arguments, **options):
        raise subprocess.TimeoutExpired("git", options["timeout"])

    monkeypatch.setattr(subprocess, "run", wait)
    problems = Problems()
    status(site(SITE + HOME).root, problems, against="HEAD")
    assert re.fullmatch(r"--against: error\[git-slow\]: git did not answer within \d+ seconds", str(problems))


def test_a_worker_that_fails(site, monkeypatch):
    def fail(*_arguments, **_options):
        raise WorkerError(0, "was ended by SIGKILL")
        yield

    monkeypatch.setattr(sys.modules["sitegen.production.produce"], "run_jobs", fail)
    (problem,) = site(SITE + HOME).build().raw.problems
    assert problem.code == "worker-failed"
    assert problem.position == Position("content/pages/index.md", 1, 1)
    assert problem.message == (
        "the worker that rendered 'entry:pages/index:1' was ended by SIGKILL; see whether this entry is unusual, and "
        "build again"
    )
