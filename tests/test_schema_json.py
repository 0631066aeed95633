"""JSON Schema and the reference: made from the tables, and of one mind with the validator."""

from pathlib import Path

import pytest
import yaml

from sitegen.problems import Problems
from sitegen.read.config_file import load_config
from sitegen.read.yaml_nodes import parse_yaml
from sitegen.schema.fields import FieldType
from sitegen.schema.json_schema import _Writer, json_schemas
from sitegen.schema.reference import TYPE_DOCS, reference
from sitegen.schema.validate import validate
from test_schema_validate import GOOD, MISTAKES, TABLE

jsonschema = pytest.importorskip("jsonschema")
REPOSITORY = Path(__file__).resolve().parent.parent


class Yaml12(yaml.SafeLoader):
    """What editors of YAML read: `no` and `on` are text, days are text."""


Yaml12.yaml_implicit_resolvers = {}
Yaml12.add_implicit_resolver(
    "tag:yaml.org,2002:bool", __import__("re").compile("^(true|True|TRUE|false|False|FALSE)$"), "tTfF"
)
Yaml12.add_implicit_resolver(
    "tag:yaml.org,2002:null", __import__("re").compile("^(~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
Yaml12.add_implicit_resolver(
    "tag:yaml.org,2002:int", __import__("re").compile(r"^[-+]?(0|[1-9][0-9]*)$"), "-+0123456789"
)
Yaml12.add_implicit_resolver(
    "tag:yaml.org,2002:float", __import__("re").compile(r"^[-+]?[0-9]+\.[0-9]+$"), "-+0123456789"
)

# What JSON Schema cannot say: calendars, order of two values, ranges of numbers in quotes, what is the same language.
BEYOND = (
    "value-date-impossible", "value-period", "language-duplicate", "text-source-missing", "is broken", "host name is missing",
    "mailto:", "value-language", "'ABC' is no currency",
)  # fmt: skip
SCHEMA = _Writer(["en", "fi", "sr-Latn", "latin", "EN"]).mapping(TABLE)


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(_Writer(["en", "fi", "sr-Latn", "latin", "EN"]).document("t", "", SCHEMA))


@pytest.mark.parametrize("text", GOOD)
def test_what_the_validator_accepts_is_accepted(validator, text):
    validator.validate(yaml.load(text, Yaml12))


@pytest.mark.parametrize(
    "text", [text for text, message in MISTAKES.items() if not any(word in message for word in BEYOND)]
)
def test_what_the_validator_refuses_is_refused(validator, text):
    assert not validator.is_valid(yaml.load(text, Yaml12))


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    names = [
        "pages",
        "news",
        "lags",
        "projects",
        "calls",
        "events",
        "publications",
        "documents",
        "partners",
        "people",
        "principles",
        "funding",
        "faq",
    ]
    own = "  farms: {fields: {size: {type: number, minimum: 0, doc: How large.}, parts: {type: mapping, fields: {a: text}}}}\n"
    (root / "site.yaml").write_text(
        "title: N\nlanguages: [en, fi]\ncollections:\n" + "".join(f"  {name}:\n" for name in names) + own
    )
    problems = Problems()
    config = load_config(root, problems)
    assert not len(problems), str(problems)
    return json_schemas(config)


def test_there_is_a_schema_for_every_file_and_each_is_valid(schemas):
    assert len(schemas) == 1 + 2 * 14
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema", name


def test_own_collections_have_their_fields_with_descriptions(schemas):
    assert schemas["farms.json"]["properties"]["size"]["description"] == "How large."
    assert schemas["farms.json"]["required"] == ["title"]


@pytest.mark.parametrize(
    "name,text,good",
    [
        (
            "site.json",
            "title: N\nlanguages: [en, {tag: fi, fallback: [en]}]\nmenus: {main: [pages/about]}\ncollections: {news: , a: {fields: {b: text}}}\n",
            True,
        ),
        ("site.json", "title: N\n", False),
        ("site.json", "title: N\nlanguages: [en]\ntitel: x\n", False),
        ("lags.list.json", "- {id: a, name: A}\n- {id: 2, name: B}\n", True),
        ("lags.list.json", "a: {name: A}\n", True),
        ("lags.list.json", "- {name: A}\n", False),
        ("lags.list.json", "a: {nam: A}\n", False),
        ("lags.json", "name: {en: A, fi: B}\nmunicipalities: [A, {name: B}]\nsummary:\n", True),
        ("lags.json", "name: {en: A, pl: B}\n", False),
        ("lags.json", "name: A\ncountry: Finland\n", False),
        ("lags.json", "name:\n", False),
        ("funding.json", "regime: mff2021\nlogos: [a.svg]\n", True),
    ],
)
def test_files_of_a_site(schemas, name, text, good):
    assert jsonschema.Draft202012Validator(schemas[name]).is_valid(yaml.load(text, Yaml12)) is good


def test_null_is_refused_where_a_value_is_required():
    problems = Problems()
    validate(parse_yaml("contact: {email: }", "f", problems), TABLE, problems)
    assert len(problems) == 1


def test_the_reference_is_up_to_date():
    assert (REPOSITORY / "docs/schemas.md").read_text(encoding="utf-8") == reference(), (
        "run: python docs/write_schemas.py"
    )


def test_the_reference_explains_every_type():
    assert set(TYPE_DOCS) == set(FieldType)
