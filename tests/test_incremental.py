"""The law of incremental builds: after any sequence of edits the output equals that of a clean build, byte for byte.

A hypothesis machine edits a whole small site in every way that an editor, a translator, a theme author or a clock can,
and compares after every step. `SITEGEN_INCREMENTAL_EXAMPLES` and `SITEGEN_INCREMENTAL_STEPS` ask for more.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from harness import unpack
from sitegen.build import BuildOptions, build_site

EXAMPLES = int(os.environ.get("SITEGEN_INCREMENTAL_EXAMPLES", "30"))
STEPS = int(os.environ.get("SITEGEN_INCREMENTAL_STEPS", "30"))
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None

SITE = """\
-- site.yaml --
title: Net
description: A net of groups
url: https://network.example/
languages:
  - {tag: en, name: English}
  - {tag: fi, name: Suomi}
  - {tag: sr-Cyrl, path: sr, name: Српски}
  - {tag: sr-Latn, path: sr-latn, name: Srpski, derived_from: sr-Cyrl}
theme: tiny
menus:
  main: [{entry: pages/index}, {entry: pages/about}]
collections:
  news: {page_size: 2}
-- content/pages/index.md --
---
title: Home
---
Hello from [the group](../lags/one.md) and [about](ref:pages/about).
-- content/pages/about.md --
---
title: About
tags: [people]
---
First paragraph of the page.

Second paragraph of the page.
-- content/pages/about.fi.md --
---
title: Tietoa
---
Käsin kirjoitettu.
-- content/news/2027-01-01-old.md --
---
title: Old news
---
It happened.
-- content/news/2027-03-07-soon.md --
---
title: Soon
tags: [people]
---
It will happen.
-- content/lags/one.md --
---
name: One
country: FI
summary: The first group
image: hill.svg
---
## What it does

Text with ![a hill](../media/hill.svg).
-- content/data/projects.yaml --
- id: well
  title: A well
  lags: [one]
- id: mill
  title: A mill
-- content/media/hill.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 1 1 0l1 1"/></svg>
-- i18n/fi/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "It happened."
msgstr "Se tapahtui."

msgctxt "lags.summary"
msgid "The first group"
msgstr "Ensimmäinen ryhmä"
-- i18n/sr-Cyrl/LC_MESSAGES/content.po --
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "It happened."
msgstr "Десило се."
-- themes/tiny/theme.yaml --
name: tiny
-- themes/tiny/templates/base.html --
{% from "parts/macros.html" import card with context %}<!doctype html><html lang="{{ language.tag }}"><title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ asset('main.css') }}">
{% include "parts/menu.html" %}{% for other in page.alternates if other.indexed %}<link hreflang="{{ other.language.tag }}" href="{{ absolute(other.url) }}">{% endfor %}
<main>{% block main %}{{ page.body }}{% endblock %}</main><footer>{{ _("Made with care") }}</footer></html>
-- themes/tiny/templates/parts/menu.html --
<nav>{% for item in site.menus.main %}<a href="{{ item.url }}"{{ ' aria-current=page' if item.current }}>{{ item.title }}</a>{% endfor %}</nav>
-- themes/tiny/templates/parts/macros.html --
{% macro card(entry) %}<article><a href="{{ entry.url }}">{{ entry.title }}</a>{% if entry.summary %}<p{{ entry.summary|attrs_lang }}>{{ entry.summary }}{% endif %}</article>{% endmacro %}
-- themes/tiny/templates/home.html --
{% extends "base.html" %}{% block main %}{{ page.body }}{% for entry in site.news[:1] %}{{ card(entry) }}{% endfor %}{{ site.lags|length }}{% endblock %}
-- themes/tiny/templates/page.html --
{% extends "base.html" %}
-- themes/tiny/templates/entry.html --
{% extends "base.html" %}{% block main %}{{ page.body }}{% for tag in page.tags %}<a href="{{ tag.url }}">{{ tag.title }}</a>{% endfor %}{% endblock %}
-- themes/tiny/templates/lags/entry.html --
{% extends "base.html" %}{% block main %}{{ page.body }}{% for project in page.entry.projects %}{{ card(project) }}{% endfor %}{% endblock %}
-- themes/tiny/templates/list.html --
{% extends "base.html" %}{% block main %}{% for entry in page.pager.entries %}{{ card(entry) }}{{ entry.excerpt }}{% endfor %}{% endblock %}
-- themes/tiny/templates/tag.html --
{% extends "list.html" %}
-- themes/tiny/templates/tags.html --
{% extends "base.html" %}{% block main %}{% for tag in page.tags %}{{ tag.title }}{% endfor %}{% endblock %}
-- themes/tiny/templates/404.html --
{% extends "base.html" %}
-- themes/tiny/templates/root.html --
{% extends "base.html" %}{% block main %}{% for other in site.languages %}<a href="{{ other.home }}">{{ other.name }}</a>{% endfor %}{% endblock %}
-- themes/tiny/templates/redirect.html --
<!doctype html><meta http-equiv="refresh" content="0; url={{ page.url }}"><title>{{ page.title }}</title>
-- themes/tiny/templates/status.html --
{% extends "base.html" %}
-- themes/tiny/assets/main.css --
body { margin: 0 }
-- themes/tiny/i18n/fi/LC_MESSAGES/ui.po --
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Made with care"
msgstr "Tehty huolella"
"""

WORDS = st.sampled_from(["alpha", "beta", "gamma", "Љубав и Џем", "kääk", "<b>bold</b>", "*soft*", ""])
PLACES = st.sampled_from(["pages/extra", "news/2027-02-02-note", "lags/two", "lags/One", "pages/Extra", "projects/dam"])


class Edits(RuleBasedStateMachine):
    """One site, built incrementally into `public` and from nothing into `clean`."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-incremental-", dir=SCRATCH))
        self.root = self.folder / "site"
        self.today = dt.date(2027, 3, 5)
        self.drafts = False
        self.base_url: str | None = None
        self.number = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def begin(self) -> None:
        for path, text in unpack(SITE).items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        target = self.root / path
        if target.exists():
            self.write(path, target.read_text(encoding="utf-8").replace(old, new))

    # --- editors ------------------------------------------------------------------------------------------

    @rule(
        path=st.sampled_from(
            ["pages/index.md", "pages/about.md", "pages/about.fi.md", "lags/one.md", "news/2027-01-01-old.md"]
        ),
        word=WORDS,
    )
    def edit_body(self, path: str, word: str) -> None:
        target = self.root / "content" / path
        if target.exists():
            self.number += 1
            self.write(f"content/{path}", target.read_text(encoding="utf-8") + f"\n{word} {self.number}\n")

    @rule(path=st.sampled_from(["pages/about.md", "lags/one.md", "news/2027-01-01-old.md"]), word=WORDS)
    def edit_title(self, path: str, word: str) -> None:
        name = "name" if path.startswith("lags") else "title"
        target = self.root / "content" / path
        if target.exists():
            lines = target.read_text(encoding="utf-8").split("\n")
            lines = [
                f"{name}: X {word.replace('<', '').replace('*', '')} x" if line.startswith(f"{name}:") else line
                for line in lines
            ]
            self.write(f"content/{path}", "\n".join(lines))

    @rule(place=PLACES, word=WORDS, draft=st.booleans())
    def add(self, place: str, word: str, draft: bool) -> None:
        name = "name" if place.startswith("lags") else "title"
        reference = (
            "lags: [one]\n" if place.startswith("projects") and (self.root / "content/lags/one.md").exists() else ""
        )
        text = f"---\n{name}: New {place.split('/')[1]}\ndraft: {str(draft).lower()}\n{reference}tags: [new]\n---\n{word}\n"
        self.write(f"content/{place}.md", text)

    @rule(place=PLACES)
    def delete(self, place: str) -> None:
        (self.root / "content" / f"{place}.md").unlink(missing_ok=True)

    @rule(old=PLACES, new=PLACES)
    def rename(self, old: str, new: str) -> None:
        path = self.root / "content" / f"{old}.md"
        if path.exists() and old.split("/", maxsplit=1)[0] == new.split("/", maxsplit=1)[0]:
            path.rename(self.root / "content" / f"{new}.md")

    @rule(word=st.sampled_from(["aaaa", "bbbb", "cccc"]))
    def edit_unseen(self, word: str) -> None:
        """Same size, same modification time: only the change time tells."""
        path = self.root / "content/pages/about.md"
        if path.exists():
            before = path.stat()
            text = path.read_text(encoding="utf-8")
            path.write_text(
                text.replace("page", word) if "page" in text else text.replace("aaaa", word), encoding="utf-8"
            )
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(seconds=st.integers(-(10**8), 10**8))
    def touch(self, seconds: int) -> None:
        """The clock of the editor's machine jumps."""
        path = self.root / "content/lags/one.md"
        if path.exists():
            moment = path.stat().st_mtime_ns + seconds * 10**9
            os.utime(path, ns=(moment, max(0, moment)))

    @rule(word=st.sampled_from(["A well", "A deep well", "A mill"]), lag=st.sampled_from(["[one]", "[]"]))
    def edit_data(self, word: str, lag: str) -> None:
        lags = lag if (self.root / "content/lags/one.md").exists() else "[]"
        self.write(
            "content/data/projects.yaml", f"- id: well\n  title: {word}\n  lags: {lags}\n- id: mill\n  title: A mill\n"
        )

    @rule(there=st.booleans())
    def variant(self, there: bool) -> None:
        path = self.root / "content/pages/about.fi.md"
        if there:
            self.write("content/pages/about.fi.md", "---\ntitle: Meistä\n---\nOma teksti.\n")
        else:
            path.unlink(missing_ok=True)

    @rule(number=st.integers(0, 3))
    def asset_or_media(self, number: int) -> None:
        self.write("themes/tiny/assets/main.css", f"body {{ margin: {number}px }}\n")
        if number % 2:
            self.write(
                "content/media/hill.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number} 1"/>\n'
            )

    # --- translators --------------------------------------------------------------------------------------

    @rule(
        tag=st.sampled_from(["fi", "sr-Cyrl"]),
        text=st.sampled_from(["It happened.", "Second paragraph of the page.", "About", "What it does"]),
        word=WORDS,
    )
    def translate(self, tag: str, text: str, word: str) -> None:
        path = f"i18n/{tag}/LC_MESSAGES/content.po"
        old = (self.root / path).read_text(encoding="utf-8")
        context = 'msgctxt "pages.title"\n' if text == "About" else ""
        entry = f'{context}msgid "{text}"\nmsgstr "{word.replace("<b>", "").replace("</b>", "").replace("*", "")}"\n'
        head = f'{context}msgid "{text}"\n'
        if head in old:
            before, _, rest = old.partition(head)
            _, _, after = rest.partition("\n")
            self.write(path, before + entry + after)
        else:
            self.write(path, old.rstrip("\n") + "\n\n" + entry)

    @rule(word=st.sampled_from(["Tehty huolella", "Tehty rakkaudella", ""]))
    def translate_interface(self, word: str) -> None:
        path = "themes/tiny/i18n/fi/LC_MESSAGES/ui.po"
        lines = (self.root / path).read_text(encoding="utf-8").rstrip("\n").split("\n")
        self.write(path, "\n".join([*lines[:-1], f'msgstr "{word}"']) + "\n")

    # --- whoever keeps the site ---------------------------------------------------------------------------

    @rule(
        name=st.sampled_from(["base.html", "parts/menu.html", "parts/macros.html", "list.html", "lags/entry.html"]),
        word=st.sampled_from(["one", "two"]),
    )
    def edit_template(self, name: str, word: str) -> None:
        path = f"themes/tiny/templates/{name}"
        target = self.root / path
        if target.exists():
            self.replace(path, "</article>{% endmacro %}", f"<i>{word}</i></article>{{% endmacro %}}")
            self.replace(path, "<main>", f"<main class={word}>")
            self.replace(path, "<nav>", f"<nav class={word}>")

    @rule(there=st.booleans())
    def special_template(self, there: bool) -> None:
        path = self.root / "themes/tiny/templates/projects/entry.html"
        if there:
            self.write(
                "themes/tiny/templates/projects/entry.html",
                '{% extends "base.html" %}{% block main %}special{% endblock %}',
            )
        else:
            path.unlink(missing_ok=True)

    @rule(title=st.sampled_from(["Net", "Another net"]), order=st.booleans(), comment=st.booleans())
    def edit_config(self, title: str, order: bool, comment: bool) -> None:
        text = unpack(SITE)["site.yaml"].replace("title: Net", f"title: {title}")
        if order:
            text = text.replace(
                "[{entry: pages/index}, {entry: pages/about}]", "[{entry: pages/about}, {entry: pages/index}]"
            )
        if comment:
            text = "# a comment moves every line\n" + text
        self.write("site.yaml", text)

    @rule(there=st.booleans())
    def language(self, there: bool) -> None:
        if there:
            self.replace("site.yaml", "theme: tiny", "  - {tag: pl, name: Polski}\ntheme: tiny")
        else:
            self.replace("site.yaml", "  - {tag: pl, name: Polski}\n", "")

    @rule(days=st.integers(-3, 3))
    def another_day(self, days: int) -> None:
        self.today += dt.timedelta(days)

    @rule(drafts=st.booleans())
    def switch_drafts(self, drafts: bool) -> None:
        self.drafts = drafts

    @rule(url=st.sampled_from([None, "/sub/", "https://other.example/x/"]))
    def move(self, url: str | None) -> None:
        self.base_url = url

    @rule()
    def stranger_in_output(self) -> None:
        """Somebody puts a file into the output, changes one and deletes one."""
        output = self.root / "public"
        if output.is_dir():
            (output / "stranger.txt").write_text("hello")
            page = output / "en" / "index.html"
            if page.exists():
                page.write_text("changed by hand")
            (output / "robots.txt").unlink(missing_ok=True)

    @rule(where=st.integers(0, 400))
    def damage_cache(self, where: int) -> None:
        for path in (self.root / ".sitegen" / "cache").glob("*"):
            data = bytearray(path.read_bytes())
            if data:
                spot = where * len(data) // 401
                data[spot : spot + 8] = b"\x00garbage"
                path.write_bytes(bytes(data[: len(data) - where % 7]))

    # --- the law ------------------------------------------------------------------------------------------

    def build(self, output: str, *, clean: bool) -> tuple[bool, list[str]]:
        options = BuildOptions(
            date=self.today,
            drafts=self.drafts,
            base_url=self.base_url,
            workers=1,
            clean=clean,
            output=self.root / output,
        )
        result = build_site(self.root, options)
        return result.published, [str(problem) for problem in result.problems]

    @invariant()
    def incremental_equals_clean(self) -> None:
        if not (self.root / "site.yaml").exists():
            return
        published, problems = self.build("public", clean=False)
        expected, same_problems = self.build("clean", clean=True)
        assert published == expected, (problems, same_problems)
        assert sorted(set(problems)) == sorted(set(same_problems))
        if published:
            found, wanted = tree(self.root / "public"), tree(self.root / "clean")
            assert sorted(found) == sorted(wanted)
            assert [path for path in wanted if found[path] != wanted[path]] == []


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking whole sites takes longer than reading the steps
)


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, workers: int) -> None:
    for path, text in unpack(SITE).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    day = dt.date(2027, 3, 5)
    for number in (1, workers):
        options = BuildOptions(date=day, workers=number, clean=True, output=tmp_path / f"out-{number}")
        assert build_site(tmp_path, options).published
    assert tree(tmp_path / "out-1") == tree(tmp_path / f"out-{workers}")


def _site(folder: Path) -> Path:
    for path, text in unpack(SITE).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_a_build_says_why_a_page_was_made_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from sitegen.cli import main

    root = _site(tmp_path)

    def explained(path: str) -> str:
        main(["build", "--site", str(root), "--date", "2027-03-05", "--quiet", "--explain", path])
        return capsys.readouterr().out.strip()

    assert explained("/en/about/") == "en/about/index.html: it was never built, or its memory is gone"
    assert explained("/en/about/") == "en/about/index.html: left as it was: nothing that it reads changed"
    page = root / "content/lags/one.md"
    page.write_text(page.read_text(encoding="utf-8").replace("name: One", "name: First"), encoding="utf-8")
    assert "the fields of 'lags/one' in en" in explained("public/en/lags/")
    assert explained("en/none/") == "en/none/index.html: there is no such file in the output"
    template = root / "themes/tiny/templates/list.html"
    template.write_text(template.read_text(encoding="utf-8") + "<p>", encoding="utf-8")
    assert explained("/fi/lags/").endswith("changed: the template lags/list.html or list.html, or what it includes")


def test_two_builds_at_once_do_not_hurt_each_other(tmp_path: Path) -> None:
    import multiprocessing

    root = _site(tmp_path / "site")
    context = multiprocessing.get_context("fork")
    for round_ in range(3):
        (root / "content/lags/one.md").write_text(f"---\nname: Round {round_}\n---\nText.\n", encoding="utf-8")
        builds = [context.Process(target=_build_today, args=(root, "public")) for _ in range(3)]
        for build in builds:
            build.start()
        for build in builds:
            build.join()
        assert [build.exitcode for build in builds] == [0, 0, 0]
        _build_today(root, "clean", clean=True)
        assert tree(root / "public") == tree(root / "clean")


def _build_today(root: Path, output: str, *, clean: bool = False) -> None:
    options = BuildOptions(date=dt.date(2027, 3, 5), workers=2, clean=clean, output=root / output)
    assert build_site(root, options).published
