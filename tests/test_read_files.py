"""The disk: what is read, what is refused and in which words, and Markdown files in their two parts."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Problems
from sitegen.read import files
from sitegen.read.files import decode, read_text, walk
from sitegen.read.markdown_file import split_markdown

UTF8 = "save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)"


def decoded(data):
    problems = Problems()
    return decode(data, "f", problems), [str(problem) for problem in problems]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_marks_and_line_ends_make_no_difference(mark, end):
    assert decoded(mark + b"a" + end + "č".encode() + end) == ("a\nč\n", [])


ENCODINGS = {
    "title: Łódź\n".encode(
        "cp1250"
    ): f"f:1:8: error[encoding]: this file is not in UTF-8 (the byte 0xA3 stands here; in Windows-1250 it would be 'Ł'); {UTF8}",
    b"\xef\xbb\xbf"
    + "a\nKruševac\n".encode(
        "cp1250"
    ): f"f:2:4: error[encoding]: this file is not in UTF-8 (the byte 0x9A stands here; in Windows-1250 it would be 'š'); {UTF8}",
    "č \x80".encode()[:-2]
    + b"\x80": f"f:1:3: error[encoding]: this file is not in UTF-8 (the byte 0x80 stands here; it is probably in an old Windows encoding); {UTF8}",
    "title: Łódź\n".encode("utf-16"): f"f: error[encoding-utf16]: this file is in UTF-16; {UTF8}",
    "title: Łódź\n".encode("utf-16-le"): f"f: error[encoding-utf16]: this file is in UTF-16; {UTF8}",
    "title: Łódź\n".encode("utf-16-be"): f"f: error[encoding-utf16]: this file is in UTF-16; {UTF8}",
}


@pytest.mark.parametrize("data", ENCODINGS, ids=repr)
def test_other_encodings_are_named(data):
    assert decoded(data) == (None, [ENCODINGS[data]])


@pytest.mark.parametrize(
    "character",
    ["\0", "\x08", "\x0c", "\x7f", "\x90", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"],
)
def test_characters_that_belong_in_no_text_are_refused(character):
    text, problems = decoded(f"a\nbc{character}d".encode())
    assert text is None
    assert problems == [
        f"f:2:3: error[character-refused]: here stands the invisible character U+{ord(character):04X}, which belongs in "
        "no text; delete it"
    ]


@pytest.mark.parametrize(
    "text", ["a\tb\n", "\x85", "\u200d", "\u202b", "\ufffd", "\U0001f6b2", "\ufeff"[:0] + "x\ufeff"]
)
def test_other_characters_pass(text):
    assert decoded(text.encode()) == (text, [])


@given(st.text() | st.text(alphabet=st.characters(min_codepoint=0x70, max_codepoint=0xA5)) | st.characters().map(str))
def test_the_quick_look_misses_nothing(text):
    if files._REFUSED.search(text):
        assert files._may_hold_refused(text.encode())


def test_the_quick_look_knows_every_refused_character():
    for code in (*range(0xD800), *range(0xE000, 0x110000)):
        if files._REFUSED.match(chr(code)):
            assert files._may_hold_refused(chr(code).encode())


@given(st.binary(max_size=80))
def test_no_bytes_make_it_raise(data):
    text, problems = decoded(data)
    assert (text is None) == bool(problems)


def test_limits_have_names(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_TEXT_BYTES", 3)
    (tmp_path / "a.md").write_text("abcd")
    problems = Problems()
    assert read_text(tmp_path, "a.md", problems) is None
    assert "(MAX_TEXT_BYTES)" in str(problems)


def found(root, folder="content"):
    problems = Problems()
    return [file.path for file in walk(root, folder, problems)], [str(problem) for problem in problems]


def make(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_files_come_in_one_order_whatever_the_disk_says(tmp_path, monkeypatch):
    make(tmp_path, *(f"content/{name}" for name in ("b.md", "a/z.md", "a/ä.md", "a.md", "B.md")))
    scandir = os.scandir

    class Backwards:
        def __init__(self, folder):
            self.entries = sorted(scandir(folder), key=lambda entry: entry.name, reverse=True)

        def __enter__(self):
            return self.entries

        def __exit__(self, *_):
            pass

    before = found(tmp_path)
    monkeypatch.setattr(os, "scandir", Backwards)
    assert found(tmp_path) == before
    assert before == (["content/B.md", "content/a/z.md", "content/a/ä.md", "content/a.md", "content/b.md"], [])


def test_what_systems_leave_behind_is_passed_over(tmp_path):
    make(
        tmp_path,
        *(f"content/{name}" for name in (".DS_Store", "a.md", "a.md~", ".a.md.swp", "Thumbs.db", "~$a.docx", ".git/x")),
    )
    assert found(tmp_path) == (["content/a.md"], [])


def test_links_that_leave_the_site_are_problems(tmp_path):
    site = tmp_path / "site"
    make(tmp_path, "site/content/a.md", "secret/b.md")
    (site / "content/file.md").symlink_to(tmp_path / "secret/b.md")
    (site / "content/folder").symlink_to(tmp_path / "secret")
    (site / "content/inside.md").symlink_to("a.md")
    (site / "content/nothing.md").symlink_to("no.md")
    (site / "content/loop").symlink_to(".")
    leaves = "error[symlink-outside]: this link leads out of the site's folder, and nothing outside it is read; copy the file here instead"
    assert found(site) == (
        ["content/a.md", "content/inside.md"],
        [
            f"content/file.md: {leaves}",
            f"content/folder: {leaves}",
            "content/loop: error[symlink-loop]: this link leads back to a folder that holds it; delete it",
            "content/nothing.md: error[file-unreadable]: this link leads to nothing; delete it",
        ],
    )
    problems = Problems()
    assert read_text(site, "content/file.md", problems) is None
    assert read_text(site, "../secret/b.md", problems) is None
    assert len(problems) == 2


def test_a_content_folder_elsewhere_is_a_problem(tmp_path):
    make(tmp_path, "site/site.yaml", "other/a.md")
    (tmp_path / "site/content").symlink_to(tmp_path / "other")
    paths, problems = found(tmp_path / "site")
    assert paths == []
    assert "content: error[symlink-outside]" in problems[0]


def test_pipes_and_the_like_are_problems(tmp_path):
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content/pipe.md")
    assert found(tmp_path) == ([], ["content/pipe.md: error[file-not-regular]: this is no ordinary file; delete it"])


def test_names_that_cannot_be_used_are_problems(tmp_path):
    make(tmp_path, "content/a\\b.md", "content/c\u202ed.md")
    (tmp_path / os.fsdecode(b"content/\xff.md")).write_text("x")
    paths, problems = found(tmp_path)
    assert paths == []
    assert [problem.split(": ")[1] for problem in problems] == ["error[file-name]"] * 3


def test_folders_may_not_lie_endlessly_in_one_another(tmp_path):
    make(tmp_path, "content/" + "a/" * 17 + "b.md")
    assert "(MAX_FOLDER_DEPTH)" in found(tmp_path)[1][0]


def split(text):
    problems = Problems()
    return split_markdown(text, "f", problems), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "text,keys,body,line",
    [
        ("", [], "", 1),
        ("Text\n", [], "Text\n", 1),
        ("---\ntitle: A\n---\nText\n", ["title"], "Text\n", 4),
        ("\n\n---\ntitle: A\n---\n\nText\n", ["title"], "\nText\n", 6),
        ("---  \ntitle: A\n---\t\nText\n---\nMore", ["title"], "Text\n---\nMore", 4),
        ("---\n---\nText", [], "Text", 3),
        ("---\n# nothing\n---\n", [], "", 4),
        ("---\ntitle: A\n---", ["title"], "", 4),
        ("---\ntext: |\n  ---\n---\nText", ["text"], "Text", 5),
        ("Text\n---\nmore: b\n---\n", [], "Text\n---\nmore: b\n---\n", 1),
    ],
)
def test_front_matter_and_body(text, keys, body, line):
    parts, problems = split(text)
    assert problems == []
    assert (list(parts.fields.items), parts.body, parts.body_line) == (keys, body, line)


FRONT_MATTER = {
    "---\ntitle: A\nText\n": "f:1:1: error[front-matter-unclosed]: the front matter that begins here is never closed; write a line '---' below its last field",
    "---\n- a\n---\n": "f:2:1: error[front-matter-mapping]: the front matter is no mapping of fields; write each as 'field: value' on a line of its own, such as 'title: About us'",
    "---\nAbout us\n---\n": "f:2:1: error[front-matter-mapping]: the front matter is no mapping of fields; write each as 'field: value' on a line of its own, such as 'title: About us'",
    "\n---\ntitle: 'A\n---\n": "f:3:8: error[yaml-syntax]: the quote ' that opens here is never closed; add one at its end",
}


@pytest.mark.parametrize("text", FRONT_MATTER, ids=repr)
def test_broken_front_matter(text):
    assert split(text) == (None, [FRONT_MATTER[text]])


@given(st.text(alphabet="-\n :ab#'[", max_size=40) | st.text())
def test_no_text_makes_splitting_raise(text):
    parts, problems = split(text)
    if parts is not None:
        assert text.endswith(parts.body)
    else:
        assert problems
