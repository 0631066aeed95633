"""Beginnings: the starting site builds without a word, and what `new` writes is valid and explained."""

import datetime as dt

import pytest

from harness import REPOSITORY, SiteUnderTest
from sitegen.problems import Problems
from sitegen.read.config_file import load_config
from sitegen.scaffold import init_site, new_entry

DAY = dt.date(2027, 3, 5)


@pytest.fixture
def started(tmp_path):
    problems = Problems()
    written = init_site(tmp_path / "x", problems)
    assert not len(problems)
    assert written
    return tmp_path / "x"


def rebuilt(root):
    made = SiteUnderTest.__new__(SiteUnderTest)
    made.root = root
    return made


@pytest.fixture
def new(started):
    """`new(name)` → path relative to the site or None, and the problems."""

    def run(name):
        problems = Problems()
        config = load_config(started, problems)
        assert config is not None, problems
        path = new_entry(config, name, problems, DAY)
        return path and path.relative_to(started).as_posix(), [str(problem) for problem in problems]

    return run


def test_the_starting_site_builds_without_a_word(started):
    result = rebuilt(started).build(strict=True)
    assert result.problems == []
    assert result.ok
    for path in ("en/index.html", "fi/index.html", "en/news/welcome/index.html", "fi/feed.xml"):
        assert path in result.files


def test_the_starting_site_is_fully_translated(started):
    result = rebuilt(started).build()
    assert result.raw.translated["fi"] == 1.0
    for path in result.files:
        if path.startswith("fi/") and path.endswith(".html"):
            page = result.html(path)
            foreign = [e for e in page.xpath("//main//*[@lang]") if e.get("lang") != "fi" and not e.get("hreflang")]
            assert [e.text_content() if hasattr(e, "text_content") else e.text for e in foreign] == [], path


def test_the_starting_site_passes_all_checks(started):
    from sitegen.check.output import check_output

    result = rebuilt(started).build()
    assert [str(problem) for problem in check_output(result.output, "/", "https://riverside.example/")] == []


def test_the_starting_site_has_comments_that_teach(started):
    text = (started / "site.yaml").read_text(encoding="utf-8")
    assert text.count("\n#") >= 4
    assert (started / ".gitignore").exists()
    assert not (started / "gitignore").exists()


def test_init_wants_an_empty_folder(tmp_path):
    (tmp_path / "letters.txt").write_text("dear")
    problems = Problems()
    assert init_site(tmp_path, problems) == []
    assert [problem.code for problem in problems] == ["init-not-empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    problems = Problems()
    assert init_site(tmp_path / "letters.txt", problems) == []
    assert [problem.code for problem in problems] == ["init-not-a-folder"]
    assert init_site(tmp_path / "letters.txt" / "x", problems := Problems()) == []
    assert [problem.code for problem in problems] == ["init-cannot-write"]
    (tmp_path / "empty").mkdir()
    assert init_site(tmp_path / "empty", Problems())


@pytest.mark.parametrize(
    "name, path",
    [
        ("pages/about-us", "content/pages/about-us.md"),
        ("pages/About us, and why!", "content/pages/about-us-and-why.md"),
        ("content/pages/history.md", "content/pages/history.md"),
        ("pages/history/Founding", "content/pages/history/founding.md"),
        ("pages/about.fi", "content/pages/about.fi.md"),
        ("news/Call opens", "content/news/2027-03-05-call-opens.md"),
        ("news/2027-01-02-old", "content/news/2027-01-02-old.md"),
        ("lags/Łódź", "content/lags/łódź.md"),
    ],
)
def test_new_makes_the_file(started, new, name, path):
    assert new(name) == (path, [])
    assert (started / path).read_text(encoding="utf-8").startswith("---\n")
    result = rebuilt(started).build()
    assert result.ok, result.problems


def test_every_collection_can_be_begun(started):
    """Each built-in collection's file is valid as it is written, once its optional fields stay behind '#'."""
    site_yaml = started / "site.yaml"
    text = site_yaml.read_text(encoding="utf-8")
    names = [
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
    text = text.replace("collections:\n", "collections:\n" + "".join(f"  {name}: {{}}\n" for name in names))
    site_yaml.write_text(text, encoding="utf-8")
    problems = Problems()
    config = load_config(started, problems)
    assert config is not None, problems
    written = {}
    for name, settings in config.collections.items():
        path = new_entry(config, f"{name}/the-first", problems, DAY)
        assert path is not None, problems
        written[name] = path.read_text(encoding="utf-8")
        for field in settings.schema.fields:
            assert f"{field.name}: " in written[name] or field.name == "draft", f"{name} does not tell of {field.name}"
    assert not len(problems), problems
    told = [problem for problem in rebuilt(started).build().problems if "the-first" in problem]
    # What no template can make up: references to other entries, and that a person agreed to be named.
    expected = ("error[reference-missing]", "warning[person-consent]")
    assert [problem for problem in told if not any(code in problem for code in expected)] == []


def test_a_record_without_a_page_is_a_data_file(started, new):
    site_yaml = started / "site.yaml"
    site_yaml.write_text(
        site_yaml.read_text("utf-8").replace("collections:\n", "collections:\n  principles: {publish: false}\n"),
        "utf-8",
    )
    path, problems = new("principles/Bottom up")
    assert (path, problems) == ("content/data/principles/bottom-up.yaml", [])
    text = (started / path).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../.sitegen/schema/principles.json\n")
    assert "name: Bottom up\n" in text


@pytest.mark.parametrize(
    "name, code, said",
    [
        ("page/about", "new-collection-unknown", "did you mean 'pages'?"),
        ("xyz/about", "new-collection-unknown", "the site has lags, news, pages"),
        ("pages", "new-name-invalid", "pages/about"),
        ("pages/", "new-name-invalid", "pages/about"),
        ("pages/../../x", "new-name-invalid", "pages/about"),
        ("pages/...", "new-name-invalid", "pages/about"),
        ("pages/about.sv", "new-language-unknown", "en, fi"),
        ("pages/about", "new-exists", "nothing was changed"),
    ],
)
def test_new_refuses(started, new, name, code, said):
    before = sorted(started.rglob("*"))
    path, (problem,) = new(name)
    assert path is None
    assert f"[{code}]" in problem
    assert said in problem
    assert sorted(started.rglob("*")) == before


def test_titles_are_safe_yaml(started, new):
    for number, title in enumerate(["Yes: we can", "null", "#1 of all", "It's", 'He said "no"', "2027", "- a", "[x]"]):
        path, problems = new(f"pages/x{number} {title}")
        assert path, problems
    assert rebuilt(started).build().ok


def test_the_starter_is_in_the_package():
    assert (REPOSITORY / "sitegen" / "scaffold" / "starter" / "site.yaml").exists()
