"""Lists from spreadsheets: what is matched, added and refused, and what stays in the files as it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Position, Problems
from sitegen.read.config_file import load_config
from sitegen.read.csv_import import import_csv
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.read.yaml_writer import YamlText
from sitegen.schema.nodes import Mapping, Scalar, Sequence

YAML = """\
# Groups of the network. Keep the order!

- id: viisari   # the first
  name: "Leader Viisari"
  code: FI-1
  country: FI

  # asked twice
  email: old@example.org  # to be confirmed
  municipalities: [Laukaa, Toivakka]
  strategy:
    title: Plan
    # agreed in May
    goals:
      - One
      - Two

- {id: two, name: Two, code: FI-2}
- id: three
  name: {en: Three, fi: Kolme}
  phone:
# the end
"""

SITE = f"""
-- site.yaml --
title: Net
url: https://network.example/
languages: [{{tag: en, name: English}}, {{tag: fi, name: Suomi}}]
-- content/pages/index.md --
# Home
-- content/data/lags.yaml --
{YAML}-- content/lags/written.md --
---
name: Written  # by hand
---
# A heading of its own

Text.
"""
LAGS = "content/data/lags.yaml"


@pytest.fixture
def bring(site, tmp_path):
    """`bring(csv, …)`: (site, report, problems) after an import."""
    made = site(SITE)

    def run(content, name="lags.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = Problems()
        config = load_config(made.root, problems)
        report = import_csv(config, path, problems, **options)
        return made, report, [str(problem) for problem in problems]

    return run


def states(report):
    return [(row.line, row.key, row.state, row.by) for row in report.rows]


def test_rows_are_matched_by_id_code_and_name_and_the_rest_is_new(bring):
    made, report, problems = bring(
        "id,code,name,population\nviisari,,,48000\n,FI-2,Another name,\n,,Kolme,7\n,,Četvrta grupa,9\n"
    )
    assert not problems
    assert states(report) == [
        (2, "viisari", "changed", "id"),
        (3, "two", "changed", "code"),
        (4, "three", "changed", "name"),
        (5, "cetvrta-grupa", "added", ""),
    ]
    assert report.files == [LAGS]
    assert made.read(LAGS) == (
        YAML.replace("      - Two\n", "      - Two\n  population: 48000\n", 1)
        .replace("name: Two,", "name: Another name,")
        .replace("  phone:\n", "  phone:\n  population: 7\n")
        .replace("# the end\n", "# the end\n- id: cetvrta-grupa\n  name: Četvrta grupa\n  population: 9\n")
    )
    assert made.build().ok


def test_values_change_where_they_stand_and_comments_stay(bring):
    made, report, problems = bring(
        "id,email,phone,municipalities,strategy.title,strategy.period\n"
        "viisari,new@example.org,,Laukaa | Muurame,New plan,2023-2027\n"
        "three,,+358 40 1,,,\n"
    )
    assert not problems
    assert report.count("changed") == 2
    assert made.read(LAGS) == (
        YAML.replace("old@example.org  # to", "new@example.org  # to")
        .replace("[Laukaa, Toivakka]", "[Laukaa, Muurame]")
        .replace("title: Plan", "title: New plan")
        .replace("      - Two\n", "      - Two\n    period: 2023-2027\n")
        .replace("  phone:\n", '  phone: "+358 40 1"\n')
    )


def test_what_says_the_same_is_not_touched(bring):
    made, report, problems = bring("id,name,country,municipalities\nviisari,Leader Viisari,Finland,Laukaa|Toivakka\n")
    assert not problems
    assert states(report) == [(2, "viisari", "same", "id")]
    assert not report.written
    assert made.read(LAGS) == YAML


def test_as_excel_writes_it_in_finnish(bring):
    made, report, problems = bring(
        b"\xef\xbb\xbf"
        + "id;Name;Area km2;Population;Validated;Country\r\n"
        'uusi;"Ryhmä; pohjoinen";1250,5;48 000;5.3.2027;Suomi?\r\n'.replace("Suomi?", "Finland").encode()
    )
    assert not problems
    assert report.count("added") == 1
    added = yaml.safe_load(made.read(LAGS))[-1]
    assert (added["name"], added["area_km2"], added["population"]) == ("Ryhmä; pohjoinen", 1250.5, 48000)
    assert (str(added["validated"]), added["country"]) == ("2027-03-05", "FI")


def test_texts_in_several_languages_and_lists_of_things(bring):
    made, _, problems = bring(
        "id,name,name.fi,themes,municipalities.name,municipalities.code,location.lon,location.lat,budget.fund,budget.amount\n"
        "new,New,Uusi,water | forest,A | B,1 | 2,25.5,62.25,EAFRD | ESF+,100 EUR | 99.50 EUR\n"
    )
    assert not problems
    assert yaml.safe_load(made.read(LAGS))[-1] == {
        "id": "new",
        "name": {"en": "New", "fi": "Uusi"},
        "themes": ["water", "forest"],
        "municipalities": [{"name": "A", "code": "1"}, {"name": "B", "code": "2"}],
        "location": {"lon": 25.5, "lat": 62.25},
        "budget": [{"fund": "EAFRD", "amount": "100 EUR"}, {"fund": "ESF+", "amount": "99.50 EUR"}],
    }
    assert made.build().ok


@pytest.mark.parametrize(
    "content, expected",
    [
        (
            "id,name,population\nx,X,many\n",
            "lags.csv:2:3: error[value-number]: 'population' is a whole number such as 48000, not 'many' (row on line 2, column 'population')",
        ),
        (
            "id,name,E-mail\nx,X,nobody\n",
            "lags.csv:2:3: error[value-email]: 'email' is an e-mail address such as office@example.org, not 'nobody' (row on line 2, column 'E-mail')",
        ),
        (
            "id,email\nx,x@example.org\n",
            "lags.csv:2:1: error[field-missing]: 'name' is missing, but lags must have it; add 'name: …' (row on line 2)",
        ),
        (
            "id,name,zzzz\nx,X,red\n",
            "lags.csv:1:3: error[csv-column-unknown]: the column 'zzzz' is no field; rename it after a field (see 'sitegen schema'), or delete the column",
        ),
        (
            "id,name,Name\nx,X,Y\n",
            "lags.csv:1:3: error[csv-column-duplicate]: the columns 'name' and 'Name' both say 'name'; keep one",
        ),
        (
            "id,name\nx,X,Y\n",
            "lags.csv:2:3: error[csv-row-long]: this row has more cells than the 2 columns of the header; put texts that hold ',' in quotation marks (row on line 2)",
        ),
        (
            "id,name\nx,X\nx,Y\n",
            "lags.csv:3:1: error[csv-row-duplicate]: this row is 'x', as the one on line 2 is; keep one of them",
        ),
        (
            "id,name\na b,X\n",
            "lags.csv:2:1: error[record-id]: 'a b' cannot be an id; use small letters, digits and hyphens (row on line 2, column 'id')",
        ),
        (
            "name,email\n,x@example.org\n",
            "lags.csv:2:1: error[record-id]: this row has neither an 'id' nor a 'name'; add one (row on line 2, column 'name')",
        ),
        (
            "id,name,location.lat\nx,X,62\n",
            "lags.csv:2:3: error[field-missing]: 'lon' is missing, but 'location' must have it; add 'lon: …' (row on line 2)",
        ),
        (
            "id,name,municipalities.name,municipalities.code\nx,X,A|B,1\n",
            "lags.csv:2:3: error[csv-list-length]: these columns list different numbers of things ('name' has 2, 'code' has 1); keep a place for each: 'one | | three' (row on line 2, column 'municipalities.name')",
        ),
        (
            'id,name\nx,"X\n',
            "lags.csv:2:1: error[csv-syntax]: the row that begins here cannot be read (unexpected end of data); a quotation mark within a cell is written twice",
        ),
        (
            "",
            "lags.csv: error[csv-empty]: this file is empty; its first row names the columns, such as: id, name, email",
        ),
    ],
)
def test_each_mistake_is_named_with_its_row_and_nothing_is_written(bring, content, expected):
    made, report, problems = bring(content)
    assert expected in problems, problems
    assert report is None or not report.written
    assert made.read(LAGS) == YAML


def test_twenty_mistakes_are_told_at_once(bring):
    rows = "".join(f"g{number},Group {number},many,FJ0\n" for number in range(10))
    _, report, problems = bring("id,name,population,country\n" + rows)
    assert len(problems) == 20
    assert [problem.split(":")[1] for problem in problems] == [str(line) for line in range(2, 12) for _ in range(2)]
    assert report.count("refused") == 10


def test_old_encodings_and_workbooks_are_refused_with_what_to_do(bring):
    for content, code in (
        ("id,name\nx,Kruševac\n".encode("cp1250"), "encoding"),
        ("id\tname\nx\tKruševac\n".encode("utf-16"), "encoding-utf16"),
        (b"PK\x03\x04 a workbook", "csv-workbook"),
    ):
        made, report, (problem,) = bring(content)
        assert report is None
        assert f"[{code}]" in problem
        assert "in Excel: File, Save as, 'CSV UTF-8'" in problem
        assert made.read(LAGS) == YAML


def test_two_entries_of_one_name_need_an_id(bring):
    _, _, problems = bring("id,name\nother,Two\n")
    assert not problems
    _, report, (problem,) = bring("name,population\nTwo,5\n")
    assert "[csv-match-ambiguous]: 'Two' is the name of other, two; a column 'id' says which is meant" in problem
    assert states(report) == [(2, "two", "refused", "name")]


def test_good_rows_can_be_written_without_the_others(bring):
    content = "id,name,population\ngood,Good,5\nbad,Bad,many\n"
    made, report, problems = bring(content, skip_refused=True)
    assert len(problems) == 1
    assert report.written
    assert {row.key: row.state for row in report.rows} == {"good": "added", "bad": "refused"}
    assert made.read(LAGS) == YAML + "- id: good\n  name: Good\n  population: 5\n"


def test_a_dry_run_writes_nothing(bring):
    made, report, _ = bring("id,name\nnew,New\n", dry_run=True)
    assert (report.count("added"), report.written, report.files) == (1, False, [LAGS])
    assert made.read(LAGS) == YAML


def test_a_comment_within_a_value_keeps_its_editor_in_charge(bring):
    made, _, _ = bring("id,name\nx,X\n", dry_run=True)
    made.edit(LAGS, "      - One\n", "      - One\n      # the council's own wish\n")
    before = made.read(LAGS)
    made, report, (problem,) = bring("id,strategy.goals,population\nviisari,Three,5\n")
    assert (
        "error[csv-target]: 'viisari' in content/data/lags.yaml is left as it is: the value of 'goals' has a" in problem
    )
    assert states(report) == [(2, "viisari", "refused", "id")]
    assert made.read(LAGS) == before


def test_languages_that_a_row_does_not_name_stay(bring):
    made, _, problems = bring("id,name,name.fi\nthree,Drei,\ntwo,,Kaksi\n")
    assert not problems
    assert "name: {en: Drei, fi: Kolme}" in made.read(LAGS)
    assert "- {id: two, name: {en: Two, fi: Kaksi}, code: FI-2}" in made.read(LAGS)


def test_front_matter_of_an_entry_with_a_text(bring):
    made, report, problems = bring("id,name,email\nwritten,New name,w@example.org\n")
    assert not problems
    assert made.read("content/lags/written.md") == (
        "---\nname: New name  # by hand\nemail: w@example.org\n---\n# A heading of its own\n\nText.\n"
    )
    assert report.files == ["content/lags/written.md"]


def test_a_collection_of_files_gets_a_file_for_each_new_entry(bring):
    made, _, _ = bring("id,name\nx,X\n", dry_run=True)
    made.write("content/data/partners/one.yaml", "# ours\nname: One\n")
    made, report, problems = bring("id,name,website\none,One,https://one.example\ntwo,Two,\n", name="partners.csv")
    assert not problems
    assert report.files == ["content/data/partners/one.yaml", "content/data/partners/two.yaml"]
    assert made.read("content/data/partners/one.yaml") == "# ours\nname: One\nwebsite: https://one.example\n"
    assert made.read("content/data/partners/two.yaml") == "name: Two\n"


def test_a_new_collection_gets_its_file(bring):
    made, _, problems = bring("title,start\nA well,1.3.2027\n", name="projects.csv")
    assert not problems
    assert made.read("content/data/projects.yaml") == "- id: a-well\n  title: A well\n  start: 2027-03-01\n"


def test_our_own_open_data_comes_back_unchanged(bring):
    made, _, _ = bring("id,name\nx,X\n", dry_run=True)
    built = made.build()
    made, report, problems = bring(built.bytes("en/data/lags.csv"), name="lags.csv")
    assert not problems
    assert {row.state for row in report.rows} == {"same"}, report.rows


def test_the_command(site, tmp_path):
    made = site(SITE)
    (tmp_path / "lags.csv").write_text("id,name,population\nnew,New,5\nviisari,,48000\nbad,Bad,many\n")
    refused = made.run("data", "import", str(tmp_path / "lags.csv"))
    assert refused.returncode == 1
    assert "error[value-number]" in refused.stderr
    assert "lags: 1 new, 1 changed, 0 unchanged, 1 refused." in refused.stdout
    assert "Nothing was written." in refused.stdout
    done = made.run("data", "import", str(tmp_path / "lags.csv"), "--skip-refused")
    assert done.returncode == 0
    assert "line 3     changed  viisari (found by id): population: 48000" in done.stdout
    assert "Written: content/data/lags.yaml" in done.stdout


TEXTS = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)
PLACE = Position("x", 1, 1)


@given(st.dictionaries(st.sampled_from(["name", "email", "code", "phone", "added", "other"]), TEXTS, min_size=1))
def test_a_change_says_what_was_meant_and_loses_no_comment(values):
    document = YamlText(YAML)
    fields = {name: Scalar(text, PLACE, plain=False) for name, text in values.items()}
    for key in ("viisari", "two", "three"):
        document.set_record(document.record(key), fields)
    problems = Problems()
    new = document.result()
    node = parse_yaml(new, "x", problems)
    assert not problems.errors, f"{problems}\n{new}"
    import unicodedata

    for record in node.items:
        for name, text in values.items():
            assert record.items[name].text == unicodedata.normalize("NFC", text)
            assert not record.items[name].is_null
    for comment in ("# Groups of the network. Keep the order!", "# the first", "# asked twice", "# to be confirmed",
                    "# agreed in May", "# the end"):  # fmt: skip
        assert comment in new
    changed = ("id: two", *(f"{name}:" for name in values))
    untouched = [line for line in YAML.splitlines() if line.strip() and not any(part in line for part in changed)]
    lines = new.splitlines()
    assert [line for line in lines if line in untouched] == untouched


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3)), min_size=1, max_size=3))
def test_new_records_read_back_as_they_were(records):
    document = YamlText(YAML)
    nodes = [
        (
            f"r{number}",
            Mapping(
                {
                    "name": Scalar(name, PLACE, plain=False),
                    "themes": Sequence(tuple(Scalar(text, PLACE, plain=False) for text in themes), PLACE),
                },
                PLACE,
            ),
        )
        for number, (name, themes) in enumerate(records)
    ]
    document.append(nodes)
    problems = Problems()
    node = parse_yaml(document.result(), "x", problems)
    assert not problems.errors, str(problems)
    assert document.result().startswith(YAML)
    import unicodedata

    for (name, themes), record in zip(records, node.items[3:]):
        assert record.items["name"].text == unicodedata.normalize("NFC", name)
        assert [item.text for item in record.items["themes"].items] == [unicodedata.normalize("NFC", t) for t in themes]
