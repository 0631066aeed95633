"""The test tools themselves: a site in a string lands on disk as written, servers answer as hosts do."""

import urllib.error
import urllib.request

import pytest

import harness


def test_files_of_a_string():
    files = harness.unpack("""
        a comment
        -- site.yaml --
        title: Network
        -- content/pages/a b.md --
        # A

          indented
        """)
    assert files == {"site.yaml": "title: Network\n", "content/pages/a b.md": "# A\n\n  indented\n"}


def test_site_gets_a_minimal_declaration(site):
    made = site("-- content/pages/x.md --\n# X\n", files={"content/media/x.bin": b"\xff\x00"})
    assert made.read("site.yaml") == harness.MINIMAL_SITE
    assert (made.root / "content/media/x.bin").read_bytes() == b"\xff\x00"


def test_edit_refuses_what_is_not_there(site):
    with pytest.raises(AssertionError, match="holds no"):
        site().edit("site.yaml", "no such text", "")


@pytest.fixture(params=["plain", pytest.param("nginx", marks=pytest.mark.tools)])
def serve(request, tool):
    if request.param == "nginx":
        tool("nginx")
        return harness.serve_with_nginx
    return harness.serve_plainly


@pytest.mark.parametrize("prefix", ["/", "/sub/folder/"])
def test_servers_answer_as_hosts_do(tmp_path, serve, prefix):
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").write_text("hello")
    with serve(tmp_path, prefix) as address:
        assert address.endswith(prefix)
        with urllib.request.urlopen(address + "en/") as answer:
            assert answer.read() == b"hello"
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        with urllib.request.urlopen(address + "en") as answer:
            assert answer.url == address + "en/"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address + "none")


def test_html_errors_are_found():
    assert harness.html_errors("<!doctype html><html lang=en><title>x</title><body><p>fine</p></body></html>") == []
    assert harness.html_errors("<!doctype html><html lang=en><title>x</title><body><p></div></body></html>")
