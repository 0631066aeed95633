"""The preview: quick looks that agree with the builds behind them, and the watcher that gives cause to them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from preview import serving
from sitegen.serve import watch
from sitegen.serve.watch import Watcher

SITE = """
-- site.yaml --
title: Our network
url: https://network.example/
source_language: en
languages:
  - tag: en
  - tag: fi
  - tag: sr-Cyrl
    path: sr
  - tag: sr-Latn
    derived_from: sr-Cyrl
-- content/pages/index.md --
---
title: Home
---
Welcome to all.
-- content/pages/about.md --
---
title: About us
---
Words of ours.

See [home](index.md).
-- content/pages/about.sr-Cyrl.md --
---
title: О нама
---
Наше речи.
-- content/lags/river.md --
---
name: River
country: FI
---
A river.
-- i18n/fi/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Language: fi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Welcome to all."
msgstr "Tervetuloa."

msgid "Words of ours."
msgstr "Sanojamme."

msgid "A river."
msgstr "Joki."
"""

ABOUT = [f"{tag}/about/index.html" for tag in ("en", "fi", "sr", "sr-latn")]
PO = "i18n/fi/LC_MESSAGES/content.po"


def looked_and_built(made, edit, pages):
    """(what a quick look finds for the pages after an edit of these files, what a build makes of them)."""
    first = made.build(preview=True)
    assert first.ok, first.problems
    changed = edit()
    found = first.raw.glance.look([str(made.root / path) for path in changed], pages)
    second = made.build(preview=True)
    return found, {path: second.files[path] for path in found}


def edited(made, path, old, new):
    def edit():
        made.edit(path, old, new)
        return [path]

    return edit


@pytest.mark.parametrize(
    "path, old, new, sign",
    [
        ("content/pages/about.md", "Words of ours.", "Words of *yours*.\n\n## Newer\n\nMore.", "<em>yours</em>"),
        ("content/pages/about.md", "title: About us", "title: About them", "About them</h1>"),
        ("content/pages/about.sr-Cyrl.md", "Наше речи", "Њихове речи", "Njihove reči"),
        (PO, "Sanojamme.", "Heidän sanojaan.", "Heidän sanojaan."),
        (PO, 'msgid "Words of ours."\nmsgstr "Sanojamme."\n\n', "", 'lang="en"'),
        (PO, 'msgstr "Tervetuloa."', 'msgstr "Tervetuloa."\n\nmsgid "About us"\nmsgstr "x"', "Sanojamme"),
    ],
)
def test_a_quick_look_is_what_the_build_makes(site, path, old, new, sign):
    made = site(SITE)
    found, built = looked_and_built(made, edited(made, path, old, new), ABOUT)
    assert set(found) == set(ABOUT)
    assert any(sign in content.decode() for content in found.values())
    if "title" not in old:  # menus and lists follow with the build
        assert found == built


def test_a_quick_look_sees_new_templates(site):
    made = site(SITE + "-- themes/network/templates/entry.html --\nOld {{ page.title }}\n")
    path = "themes/network/templates/entry.html"
    made.edit("site.yaml", "url:", "theme: network\nurl:")
    made.write("themes/network/theme.yaml", "name: network\n")
    for name in ("home", "page", "list", "404", "root", "search", "status", "tag", "tags", "redirect"):
        made.write(f"themes/network/templates/{name}.html", "{% include 'entry.html' %}")
    found, built = looked_and_built(made, edited(made, path, "Old", "New"), ABOUT[:1])
    assert found[ABOUT[0]] == b"New About us\n"
    assert found == built


@pytest.mark.parametrize(
    "path, content",
    [
        ("content/pages/new.md", "---\ntitle: New\n---\nNew."),
        ("content/pages/about.md", "---\ntitle: [About\n---\nBroken."),
        ("content/pages/about.md", "---\ntitel: About\n---\nUnknown field."),
        ("content/data/faq.yaml", "- id: one\n  title: Who?\n  answer: We.\n"),
        ("i18n/pl/LC_MESSAGES/content.po", 'msgid ""\nmsgstr "Language: pl\\n"\n'),
        (PO, "not a catalogue"),
        ("content/media/note.txt", "A file."),
    ],
)
def test_what_a_quick_look_cannot_tell_is_left_to_the_build(site, path, content):
    made = site(SITE)

    def edit():
        made.write(path, content)
        return [path]

    assert looked_and_built(made, edit, ABOUT) == ({}, {})


def test_a_quick_look_leaves_mistakes_to_the_build(site):
    made = site(SITE)
    found, _ = looked_and_built(made, edited(made, "content/pages/about.md", "index.md", "nothing.md"), ABOUT)
    assert found == {}
    assert made.build(preview=True).codes == ["link-missing"]


def test_gone_files_and_many_files_are_left_to_the_build(site):
    made = site(SITE)
    glance = made.build(preview=True).raw.glance
    assert glance.look([str(made.root / "content/pages/about.md")] * 21, ABOUT) == {}
    made.delete("content/pages/about.md")
    assert glance.look([str(made.root / "content/pages/about.md")], ABOUT) == {}


def until(found, seconds=20.0):
    """Ask again until there is an answer."""
    end = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.02)
    return answer


def test_an_edit_is_shown_and_built(site):
    made = site(SITE)
    with serving(made.root) as preview:
        assert b"Words of ours." in preview.ask("GET", "/en/about/")[2]
        made.edit("content/pages/about.md", "Words of ours.", "Words of theirs.")
        until(lambda: b"Words of theirs." in preview.ask("GET", "/en/about/")[2])
        built = made.root / ".sitegen/preview/en/about/index.html"
        until(lambda: b"Words of theirs." in built.read_bytes())
        made.edit("content/pages/about.md", "title: About us", "titel: About us")
        assert b"titel" in until(lambda: (found := preview.ask("GET", "/en/about/"))[0] == 500 and found[2])
        made.edit("content/pages/about.md", "titel: About us", "title: About them")
        until(lambda: b"About them</h1>" in preview.ask("GET", "/en/about/")[2])
        assert preview.ask("GET", "/en/nothing/")[0] == 404


@pytest.fixture(params=["noticed", "looked"])
def watched(request, tmp_path, monkeypatch):
    """A folder and the paths in it of which a watcher tells: with the system's notices, and without."""
    if request.param == "looked":
        monkeypatch.setattr(watch.Notices, "open", lambda _roots: None)
    root = tmp_path / "site"
    (root / "content/deep").mkdir(parents=True)
    (root / "site.yaml").write_text("title: x")
    (root / "content/a.md").write_text("a")
    told: list[str] = []
    watcher = Watcher(
        [root / "site.yaml", root / "content"],
        lambda paths: told.extend(Path(path).relative_to(root).as_posix() for path in paths),
    )
    watcher.start()
    yield root, told
    watcher.stop()
    watcher.join(10)
    assert not watcher.is_alive()


def test_the_watcher_tells_of_every_change(watched):
    root, told = watched
    (root / "content/a.md").write_text("longer")
    until(lambda: told == ["content/a.md"])
    (root / "content/deep/new.md").write_text("new")
    until(lambda: "content/deep/new.md" in told)
    (root / "site.yaml").write_text("title: longer")
    until(lambda: "site.yaml" in told)
    (root / "content/deep/new.md").rename(root / "content/moved.md")
    until(lambda: "content/moved.md" in told and told.count("content/deep/new.md") == 2)
    (root / "content/newer").mkdir()
    (root / "content/newer/b.md").write_text("b")
    until(lambda: "content/newer/b.md" in told)
    (root / "content/newer/b.md").write_text("longer")
    until(lambda: told.count("content/newer/b.md") == 2)
    (root / "content/a.md").unlink()
    until(lambda: told.count("content/a.md") == 2)


def test_the_watcher_passes_over_what_is_no_source(watched):
    root, told = watched
    (root / "content/.a.md.part").write_text("half")
    (root / "content/a.md~").write_text("backup")
    (root / "other.txt").write_text("no source")
    (root / "content/z.md").write_text("z")
    until(lambda: told)
    assert told == ["content/z.md"]
