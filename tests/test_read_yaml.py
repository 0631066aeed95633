"""YAML: nodes with positions, raw scalars, and mistakes in an editor's words."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Position, Problems
from sitegen.read import yaml_nodes
from sitegen.read.flat_yaml import flat_mapping
from sitegen.read.yaml_nodes import MAX_YAML_DEPTH, parse_yaml
from sitegen.schema.nodes import Mapping, Scalar, Sequence


def parse(text, **options):
    problems = Problems()
    return parse_yaml(text, "f", problems, **options), [str(problem) for problem in problems]


def test_scalars_keep_their_text_and_place():
    node, problems = parse("a: no\nb: 007\nc: '1e3'\nd:\n  - on\n  - 2026-01-01\n", line_offset=10)
    assert problems == []
    assert node == Mapping(
        {
            "a": Scalar("no", Position("f", 11, 4)),
            "b": Scalar("007", Position("f", 12, 4)),
            "c": Scalar("1e3", Position("f", 13, 4), plain=False),
            "d": Sequence(
                (Scalar("on", Position("f", 15, 5)), Scalar("2026-01-01", Position("f", 16, 5))), Position("f", 15, 3)
            ),
        },
        Position("f", 11, 1),
        {key: Position("f", 11 + line, 1) for line, key in enumerate("abcd")},
    )


def test_only_an_unquoted_nothing_is_null():
    node, _ = parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n")
    assert [child.is_null for child in node.items.values()] == [True, True, True, False, False]


def test_columns_count_characters_not_bytes():
    node, _ = parse("{назив: Љубовија, место: Крушевац}")
    assert node.items["место"].position == Position("f", 1, 26)


def test_text_is_composed():
    node, _ = parse("e\u0301: e\u0301\n")
    assert list(node.items) == ["\xe9"]
    assert node.items["\xe9"].text == "\xe9"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n# nothing\n...\n"])
def test_nothing_is_no_mistake(text):
    node, problems = parse(text)
    assert problems == []
    assert node is None or node.is_null


QUOTE = "; put the whole text in quotes"
MISTAKES = {
    "title:Hello\nsummary: x\n": "f:1:6: error[yaml-syntax]: a space is missing after 'title:'",
    "a: b\nc:d\ne: f\n": "f:2:2: error[yaml-syntax]: a space is missing after 'c:'",
    "title: A: b\n": 'f:1:9: error[yaml-syntax]: a colon inside a text ends it here; put the whole text in quotes, like title: "Open call: apply now"',
    "a: b\n\tc: d\n": "f:2:1: error[yaml-syntax]: this line is indented with a tab; use spaces instead",
    "a:\n\t- b\n": "f:2:1: error[yaml-syntax]: this line is indented with a tab; use spaces instead",
    'a: b\nb: "x\nc: d\n': 'f:2:4: error[yaml-syntax]: the quote " that opens here is never closed; add one at its end',
    "a: 'x\n": "f:1:4: error[yaml-syntax]: the quote ' that opens here is never closed; add one at its end",
    'a: "x" y\nb: c\n': 'f:1:8: error[yaml-syntax]: text goes on after the closing "; put the whole text in single quotes, or write \\" for a quote inside it',
    "a: 'it's'\n": "f:1:8: error[yaml-syntax]: text goes on after the closing '; put the whole text in double quotes, or write '' for a quote inside it",
    'a: "C:\\Users"\n': "f:1:8: error[yaml-syntax]: in double quotes a backslash \\ begins a special character; use single quotes, or write \\\\ for one backslash",
    "a: [x, y\nb: c\n": "f:1:4: error[yaml-syntax]: the [ that opens here is not closed by a ] where it should be; add it or, if this is text that begins with [, put the whole text in quotes",
    "a: {x: y\n": "f:1:4: error[yaml-syntax]: the { that opens here is not closed by a } where it should be; add it or, if this is text that begins with {, put the whole text in quotes",
    "a: @x\n": f"f:1:4: error[yaml-syntax]: a text cannot begin with @ in YAML{QUOTE}",
    "a: `x`\n": f"f:1:4: error[yaml-syntax]: a text cannot begin with ` in YAML{QUOTE}",
    "a: %x\n": f"f:1:4: error[yaml-syntax]: a text cannot begin with % in YAML{QUOTE}",
    "a: *Important* x\n": f"f:1:4: error[yaml-syntax]: a text cannot begin with * in YAML{QUOTE}",
    "a: ,x\n": f"f:1:4: error[yaml-syntax]: a text cannot begin with , in YAML{QUOTE}",
    "a: > x\n": f"f:1:4: error[yaml-syntax]: a text cannot begin with > in YAML{QUOTE}",
    "a: b\n  c: d\n": "f:2:4: error[yaml-syntax]: a field cannot begin here: this line is indented more than the one above, which already has a value; indent both alike",
    "a: b\nhello\nc: d\n": "f:2:1: error[yaml-syntax]: this line is no 'field: value'; add the field's name and a colon or, if it continues the text above, indent it",
    "- a\nb: c\n": "f:2:1: error[yaml-syntax]: a list goes on with '- ' at the same indentation; this line has none: indent it like its neighbours",
    "a: - b\n": "f:1:4: error[yaml-syntax]: a list begins on a line of its own below its field; move the '-' there",
    "a:\n  - x\n y: z\n": "f:3:2: error[yaml-syntax]: this line does not fit the ones above; check its indentation, its quotes, and that it reads 'field: value'",
    ": x\n": "f:1:1: error[yaml-syntax]: the name of the field before ':' is missing",
    "a: &x 1\n": "f:1:4: error[yaml-anchor]: '&x' is a YAML anchor, which is not used here; if it is text, put it in quotes",
    "a: *x\n": "f:1:4: error[yaml-anchor]: '*x' is a YAML alias, which is not used here; if it is text, put it in quotes",
    "a: !!python/name:os.system x\n": "f:1:4: error[yaml-tag]: '!!python/name:os.system' is a YAML tag, which is not used here; delete it or, if it is text, put the whole text in quotes",
    "a:\n  <<: {b: c}\n": "f:2:3: error[yaml-merge]: '<<' merges mappings, which is not done here; write the fields out",
    "a: 1\nb: 2\na: 3\n": "f:3:1: error[yaml-duplicate-key]: 'a' stands twice, first on line 1; keep one of them",
    "[a]: b\n": "f:1:1: error[yaml-key]: a list or a mapping stands where the name of a field belongs; if this is text that begins with '[' or '{', put it in quotes",
    "'': b\n": "f:1:1: error[yaml-key]: the name of the field before ':' is missing",
    "a: b\n---\nc: d\n": "f:2:1: error[yaml-documents]: a second YAML document begins here; keep one per file and delete the line '---'",
    "a: \x01\n": "f:1:4: error[yaml-character]: here stands a control character, which YAML does not allow; delete it",
    "a: b\nc: \ud800\n": "f:2:4: error[yaml-character]: here stands half of a character (a surrogate); write the character again",
}


@pytest.mark.parametrize("text", MISTAKES, ids=ascii)
def test_a_mistake_is_told_in_these_words(text):
    assert parse(text)[1] == [MISTAKES[text]]


@pytest.mark.parametrize("text", MISTAKES, ids=ascii)
def test_the_pure_parser_finds_the_same_mistakes(text, monkeypatch):
    """Where PyYAML has no C library, the words may differ, the kind of mistake and its line may not."""
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
    (problem,) = parse(text)[1]
    assert problem.split("[")[1].split("]")[0] == MISTAKES[text].split("[")[1].split("]")[0]


def test_all_mistakes_of_a_readable_document_at_once():
    _, problems = parse("a: &x 1\nb: !t 2\na: 3\n<<: {}\n[c]: 4\n")
    assert [problem.split("[")[1].split("]")[0] for problem in problems] == [
        "yaml-anchor", "yaml-tag", "yaml-duplicate-key", "yaml-merge", "yaml-key",
    ]  # fmt: skip


def test_limits_have_names(monkeypatch):
    assert parse("[" * (MAX_YAML_DEPTH + 1))[1] == [
        "f:1:33: error[yaml-too-deep]: more than 32 levels of nesting (MAX_YAML_DEPTH); make the structure flatter"
    ]
    monkeypatch.setattr(yaml_nodes, "MAX_YAML_CHARACTERS", 3)
    assert parse("a: b")[1] == [
        "f: error[yaml-too-long]: this YAML is longer than 3 characters (MAX_YAML_CHARACTERS); split it into several files"
    ]


def test_a_bomb_of_aliases_is_refused():
    text = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    node, problems = parse(text)
    assert len(node.items) == 21
    assert all("[yaml-anchor]" in problem for problem in problems)


_YAMLISH = st.text(alphabet=" \n\t-:?[]{},#&*!|>'\"%@`ab1\\~<=.éЉ\x85\u2028\ufeff\x00\ud800", max_size=40)


@given(_YAMLISH | st.text())
def test_no_text_makes_it_raise(text):
    node, problems = parse(text)
    assert node is None or isinstance(node, Scalar | Sequence | Mapping)
    assert all(": error[" in problem for problem in problems)


@given(st.dictionaries(st.text("abcé ", min_size=1).map(str.strip).filter(bool), st.text("ab: #\n'\"é"), max_size=5))
def test_what_pyyaml_writes_comes_back(data):
    import unicodedata

    node, problems = parse(yaml.safe_dump(data, allow_unicode=True))
    assert problems == []
    expected = {unicodedata.normalize("NFC", key): unicodedata.normalize("NFC", value) for key, value in data.items()}
    assert {key: child.text for key, child in node.items.items()} == expected


_PIECES = st.sampled_from(
    [
        "a",
        "é",
        "e\u0301",
        "1",
        "_",
        "-",
        ": ",
        ":",
        " #",
        "#",
        " ",
        ", ",
        ",",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "\\",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "~",
        "...",
        "---",
        "\t",
        "\u2028",
        "\xa0",
        "\x85",
        "\ufeff",
        "😀",
    ]
)
_VALUES = st.lists(_PIECES, max_size=6).map("".join)
_QUOTED = _VALUES.map(lambda text: f'"{text}"') | _VALUES.map(lambda text: f"'{text}'")
_LISTS = st.lists(_VALUES | _QUOTED, max_size=4).map(lambda items: f"[{', '.join(items)}]")
_LINES = st.tuples(
    st.sampled_from(["a", "b", "title", "a1_", "1a", "é"]),
    st.sampled_from([": ", ":", ":  "]),
    _VALUES | _QUOTED | _LISTS,
)
_DOCUMENTS = st.lists(_LINES.map("".join), max_size=4).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(_DOCUMENTS | st.text(alphabet="ab1: #,[]'\"\n-", max_size=30))
def test_the_fast_path_says_what_the_parser_says(text):
    fast = flat_mapping(text, "f", 3)
    if fast is not None:
        node, problems = parse(text, line_offset=3)
        assert problems == []
        assert fast == node


@pytest.mark.parametrize(
    "text", ["a: b\n", "a: 'x'\nb: [c, d]\nc: \"\"\n", "title: It is no#1\nurl: https://a.org/?b#c\ntime: 12:30\n"]
)
def test_the_fast_path_is_taken(text):
    assert flat_mapping(text, "f", 3) == parse(text, line_offset=3)[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:\n",
        "a: b: c\n",
        "a: b #c\n",
        "a: b:\n",
        "a: b\na: c\n",
        "a: b",
        "a: b \n",
        "a: [b: c]\n",
        "a: *b\n",
        "a: b\n  c\n",
        "- a\n",
    ],
)
def test_the_fast_path_leaves_the_rest_alone(text):
    assert flat_mapping(text, "f", 3) is None
