"""The preview's editor: what it shows, what it saves, and whom it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import harness
from preview import Preview, serving
from sitegen.serve.editing import Editor, RequestError
from sitegen.serve.guard import MAX_REQUEST, refusal
from sitegen.translate.segment_text import message_id
from sitegen.translate.word_diff import word_diff

SITE = """
-- content/pages/about.md --
---
title: About us
---
Our new words say **more** than [before](ref:pages/about).

Nobody has translated this.
-- i18n/glossary.yaml --
- term: word
  fi: sana
  note: not a term of grammar
"""

CATALOGUE = '''\
# Suomennos. Kiitos!
msgid ""
msgstr ""
"Language: fi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Unknown: kept\\n"


#. page title
msgctxt "pages.title"
msgid "About us"
msgstr ""
"Mei"
"stä"

# a comment of the translator
#. paragraph · About us
#: content/pages/about.md
#, fuzzy
#| msgid "Our words say **more** than [before](ref:pages/about)."
msgid "Our new words say **more** than [before](ref:pages/about)."
msgstr "Sanamme sanovat **enemmän** kuin [ennen](ref:pages/about)."

#~ msgid "gone"
#~ msgstr "poissa"'''

STALE = "Our new words say **more** than [before](ref:pages/about)."
GOOD = "Uudet sanamme sanovat **enemmän** kuin [ennen](ref:pages/about)."
PATH = "i18n/fi/LC_MESSAGES/content.po"


def asking(msgid: str = STALE, context: str | None = None, **more: object) -> dict[str, object]:
    return {"language": "fi", "domain": "content", "id": message_id(msgid, context), **more}


@pytest.fixture
def place(site: Callable[..., harness.SiteUnderTest]) -> harness.SiteUnderTest:
    return site(SITE, {PATH: CATALOGUE})


@pytest.fixture
def preview(place: harness.SiteUnderTest) -> Iterator[Preview]:
    with serving(place.root) as running:
        yield running


# --- showing ------------------------------------------------------------------------------------------------


def test_a_message_is_shown_with_all_that_a_translator_needs(place):
    shown = Editor(place.root).message(asking())
    assert shown["state"] == "stale"
    assert shown["strings"] == ["Sanamme sanovat **enemmän** kuin [ennen](ref:pages/about)."]
    assert ("inserted", " new") in shown["difference"]
    assert shown["comments"] == ["a comment of the translator"]
    assert shown["notes"] == ["paragraph · About us"]
    assert shown["places"] == ["content/pages/about.md"]
    assert shown["glossary"] == [{"term": "word", "translations": ["sana"], "note": "not a term of grammar"}]
    assert (shown["path"], shown["language"], shown["dir"], shown["sourceName"]) == (PATH, "fi", "ltr", "English")


def test_the_pieces_of_a_difference_are_both_texts():
    old, new = "The old  words, all of them.", "The new words; all."
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind != "inserted") == old
    assert "".join(text for kind, text in pieces if kind != "deleted") == new
    assert word_diff("a " * 5000, "b") == [("deleted", "a " * 5000), ("inserted", "b")]


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"language": "sv"}, "no language 'sv'"),
        ({"language": "en"}, "written in this language"),
        ({"language": 7}, "'language' is missing"),
        ({"domain": "ui"}, "no catalogue 'ui'"),
        ({"domain": "content-../../etc"}, "no catalogue"),
        ({"domain": "content-en"}, "no catalogue"),
        ({"id": "../../../etc"}, "no id"),
        ({"id": "0" * 12}, "no such text"),
    ],
)
def test_what_makes_no_sense_is_refused(place, change, reason):
    with pytest.raises(RequestError, match=reason):
        Editor(place.root).message(asking() | change)


# --- saving -------------------------------------------------------------------------------------------------


def test_saving_changes_one_message_and_no_other_byte(place):
    editor = Editor(place.root)
    answer = editor.save(asking(strings=[GOOD], digest=editor.message(asking())["digest"]))
    assert (answer["saved"], answer["refused"], answer["findings"]) == (True, "", [])
    wanted = CATALOGUE.replace("#, fuzzy\n", "")
    wanted = wanted.replace('#| msgid "Our words say **more** than [before](ref:pages/about)."\n', "")
    wanted = wanted.replace("Sanamme sanovat", "Uudet sanamme sanovat")
    assert place.read(PATH).rstrip("\n") == wanted
    assert editor.message(asking())["state"] == "translated"


def test_nothing_is_written_over_what_somebody_else_wrote(place):
    editor = Editor(place.root)
    digest = editor.message(asking())["digest"]
    place.edit(PATH, "poissa", "mennyt")
    before = place.read(PATH)
    answer = editor.save(asking(strings=[GOOD], digest=digest))
    assert not answer["saved"]
    assert "changed meanwhile" in answer["refused"]
    assert place.read(PATH) == before


@pytest.mark.parametrize(
    "text, code",
    [
        ("Uudet sanamme.", "translation-link"),
        (f"{GOOD}<script>alert(1)</script>", "translation-tag"),
        (GOOD.replace("ref:pages/about", "javascript:alert(1)"), "translation-link"),
    ],
)
def test_errors_keep_a_text_from_being_saved(place, text, code):
    editor = Editor(place.root)
    answer = editor.save(asking(strings=[text], digest=editor.message(asking())["digest"]))
    assert not answer["saved"]
    assert code in [finding["code"] for finding in answer["findings"]]
    assert editor.check(asking(strings=[text]))["blocked"]
    assert place.read(PATH) == CATALOGUE


def test_warnings_are_shown_and_do_not_keep_it(place):
    editor = Editor(place.root)
    text = GOOD.rstrip(".")
    answer = editor.save(asking(strings=[text], digest=editor.message(asking())["digest"]))
    assert answer["saved"]
    assert [finding["severity"] for finding in answer["findings"]] == ["warning"]


def test_a_message_that_was_never_extracted_is_added_alone(place):
    editor, new = Editor(place.root), "Nobody has translated this."
    shown = editor.message(asking(new))
    assert (shown["state"], shown["notes"]) == ("untranslated", ["paragraph · About us"])
    assert editor.save(asking(new, strings=["Tätä ei ole kääntänyt kukaan."], digest=shown["digest"]))["saved"]
    text = place.read(PATH)
    added = (
        "#. paragraph · About us\n#: content/pages/about.md\n"
        'msgid "Nobody has translated this."\nmsgstr "Tätä ei ole kääntänyt kukaan."\n\n'
    )
    assert text.replace(added, "", 1).rstrip("\n") == CATALOGUE


def test_a_catalogue_that_does_not_exist_is_made(place, tool):
    import subprocess

    place.delete(PATH)
    editor, new = Editor(place.root), "Nobody has translated this."
    shown = editor.message(asking(new))
    assert shown["digest"] is None
    assert editor.save(asking(new, strings=["Ei kukaan."], digest=None))["saved"]
    assert 'msgstr "Ei kukaan."' in place.read(PATH)
    subprocess.run([tool("msgfmt"), "-c", "-o", "/dev/null", str(place.root / PATH)], check=True)
    again = editor.save(asking(new, strings=["Toinen."], digest=None))
    assert "changed meanwhile" in again["refused"]


def test_the_other_script_follows_its_base(site):
    languages = "title: N\nlanguages:\n  - tag: en\n  - tag: sr\n  - tag: sr-Latn\n    derived_from: sr\n"
    place = site(SITE, {"site.yaml": languages})
    shown = Editor(place.root).message(asking() | {"language": "sr-Latn"})
    assert shown["path"] == "i18n/sr/LC_MESSAGES/content.po"
    assert shown["derived"]


# --- who may ask --------------------------------------------------------------------------------------------

FINE = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000", "token": "secret", "port": 8000}


@pytest.mark.parametrize(
    "change",
    [
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:8001", "origin": "http://127.0.0.1:8001"},
        {"host": "evil.example:8000", "origin": "http://evil.example:8000"},
        {"host": "127.0.0.1.evil.example:8000", "origin": "http://127.0.0.1.evil.example:8000"},
        {"host": "10.0.0.7:8000", "origin": "http://10.0.0.7:8000"},
        {"host": ""},
        {"origin": None},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://localhost:8000"},
        {"origin": "http://127.0.0.1:8001"},
        {"origin": "http://evil.example"},
        {"token": None},
        {"token": ""},
        {"token": "Secret"},
        {"token": "sécret"},
    ],
    ids=str,
)
def test_the_guard_refuses(change):
    assert refusal(**{**FINE, **change}, secret="secret") is not None
    assert refusal(**FINE, secret="secret") is None


def test_the_server_refuses_strangers(preview, place):
    token = preview.token("/fi/about/")
    request = asking(strings=["x"], digest=None)
    for action in ("message", "check", "save"):
        assert preview.api(action, request, "wrong")[0] == 403
        assert preview.api(action, request, token, Origin="http://evil.example")[0] == 403
        assert preview.api(action, request, token, Origin="null")[0] == 403
        assert preview.api(action, request, token, Host="evil.example")[0] == 403
        assert preview.api(action, request, token, Host=f"evil.example:{preview.port}")[0] == 403
        status, _, _ = preview.ask("POST", f"/.sitegen/api/{action}", "{}", {"X-Sitegen-Token": token})
        assert status == 403, "a request without an origin"
        assert preview.ask("GET", f"/.sitegen/api/{action}")[0] == 403
    assert place.read(PATH) == CATALOGUE
    assert preview.api("message", asking(), token)[0] == 200


def test_the_server_has_limits(preview):
    token = preview.token("/fi/about/")
    assert preview.api("check", asking(strings=["x" * MAX_REQUEST]), token)[0] == 413
    assert preview.api("check", ["not", "an object"], token)[0] == 400
    assert preview.api("check", asking(strings="no list"), token)[0] == 422
    assert preview.api("check", asking(strings=["\ud800"]), token)[0] == 422
    assert preview.api("check", asking(strings=["a", "b"]), token)[0] == 422


def test_the_token_is_in_pages_of_this_machine_alone(preview):
    status, headers, body = preview.ask("GET", "/fi/about/", headers={"Host": f"evil.example:{preview.port}"})
    assert status == 403
    assert b"data-token" not in body
    status, headers, body = preview.ask("GET", "/fi/about/")
    assert status == 200
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    token = preview.token("/fi/about/")
    for path in ("/.sitegen/translate.js", "/.sitegen/translate.css"):
        status, headers, body = preview.ask("GET", path)
        assert status == 200
        assert token.encode() not in body
        assert preview.ask("GET", path, headers={"Host": "evil.example"})[0] == 403


def test_nothing_of_the_editor_is_published(place):
    built = place.build()
    assert built.ok, built.problems
    for path, content in built.files.items():
        assert b"data-i18n" not in content, path
        assert b".sitegen/" not in content, path
    previewed = place.build(preview=True)
    assert 'data-i18n="stale" data-i18n-domain="content"' in previewed.text("fi/about/index.html")
    assert place.build().files == built.files, "a build after a preview is as it was before"
