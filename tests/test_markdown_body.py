"""Bodies as readers get them: languages and states on blocks, addresses, tables, images, footnotes, HTML, scripts."""

import re

import html5lib
import pytest

from sitegen.render.markdown import BodyOptions, render_body, render_inline
from sitegen.translate.document import LinkUse, parse_document
from sitegen.translate.segment_text import message_id
from sitegen.translate.segments import State, Translation


def body(source, **options):
    return render_body(parse_document(source), BodyOptions("en", "en", **options))


def translated(source, texts, states=(), **options):
    """The body in Finnish with a catalogue {msgid: msgstr}; `states` has the msgids that are stale."""

    def lookup(segment):
        if segment.msgid not in texts:
            return Translation(segment.msgid, "en", State.UNTRANSLATED)
        state = State.STALE if segment.msgid in states else State.TRANSLATED
        return Translation(texts[segment.msgid], "fi", state)

    return render_body(parse_document(source), BodyOptions("fi", "en", lookup=lookup, **options))


def test_a_translation_takes_the_place_of_its_source():
    page = translated(
        "# Aims {#aims}\n\nSee *this*\ntext.\n{: .lead }", {"Aims": "Tavoitteet", "See *this* text.": "Katso *tätä*."}
    )
    assert page.html == '<h1 id="aims">Tavoitteet</h1>\n<p class="lead">Katso <em>tätä</em>.</p>'
    assert page.counts == {State.TRANSLATED: 2}


def test_anchors_come_from_the_source():
    page = translated("# Our aims", {"Our aims": "Tavoitteemme"})
    assert page.html == '<h1 id="our-aims">Tavoitteemme</h1>'
    assert [(heading.id, heading.html) for heading in page.toc] == [("our-aims", "Tavoitteemme")]
    assert parse_document("# Our aims\n\n# Our aims").anchors == {"our-aims", "our-aims_1"}


def test_what_is_not_translated_says_its_language():
    source = "# A\n\nText\n\n- one\n- two\n\n| c | d |\n|---|---|\n| e | f |"
    html = translated(source, {"two": "kaksi"}).html
    assert '<h1 dir="ltr" id="a" lang="en">A</h1>' in html
    assert '<p dir="ltr" lang="en">Text</p>' in html
    assert '<li dir="ltr" lang="en">one</li>\n<li>kaksi</li>' in html
    assert '<td dir="ltr" lang="en">e</td>' in html


def test_an_untranslated_item_does_not_speak_for_what_is_nested_in_it():
    html = translated("- one\n    - two", {"two": "kaksi"}).html
    assert '<li><span dir="ltr" lang="en">one</span><ul>\n<li>kaksi</li>' in html


def test_text_after_a_nested_block_says_its_language():
    html = translated("- # Heading\nlazy text\n- next", {"Heading": "Otsikko", "next": "seuraava"}).html
    assert '<span dir="ltr" lang="en">lazy text</span>' in html
    assert 'lang="en"' not in html.replace('<span dir="ltr" lang="en">lazy text</span>', "")


def test_attributes_of_an_item_survive_the_mark_of_its_language():
    html = translated("- one\n{: .a }\n    - two", {"two": "kaksi"}).html
    assert '<li class="a"><span dir="ltr" lang="en">one</span>' in html


def test_right_to_left_in_between():
    lookup = lambda segment: Translation(segment.msgid, "he", State.UNTRANSLATED)  # noqa: E731
    html = render_body(parse_document("שלום"), BodyOptions("fi", "he", source_direction="rtl", lookup=lookup)).html
    assert html == '<p dir="rtl" lang="he">שלום</p>'


def test_another_language_of_the_chain():
    lookup = lambda segment: Translation("Привет", "ru", State.TRANSLATED)  # noqa: E731
    options = BodyOptions("fi", "en", lookup=lookup, direction_of=lambda tag: "ltr" if tag == "ru" else "?")
    assert render_body(parse_document("Hello"), options).html == '<p dir="ltr" lang="ru">Привет</p>'


def test_a_text_of_another_language_stands_in():
    """A language without a translation may show one of a language that its readers know better than the source's."""
    lookup = lambda segment: Translation("Привет", "ru", State.UNTRANSLATED)  # noqa: E731
    page = render_body(parse_document("Hello"), BodyOptions("fi", "en", lookup=lookup, direction_of=lambda _: "ltr"))
    assert page.html == '<p dir="ltr" lang="ru">Привет</p>'
    assert page.counts == {State.UNTRANSLATED: 1}


def test_a_stale_block_says_so():
    assert translated("Text", {"Text": "Vanha"}, {"Text"}).html == '<p data-translation="stale">Vanha</p>'


def test_raw_html_untranslated_and_stale():
    source = '<div class="x">Prose</div>'
    assert translated(source, {}).html == '<div dir="ltr" lang="en"><div class="x">Prose</div>\n</div>'
    html = translated(source, {source: '<div class="x">Proosa</div>'}, {source}).html
    assert html == '<div data-translation="stale"><div class="x">Proosa</div>\n</div>'


def test_html_within_an_item_keeps_its_language():
    html = translated("- a\n\n    <div>raw prose</div>", {"a": "A"}).html
    assert '<div dir="ltr" lang="en"><div>raw prose</div></div>' in html
    assert "<p></p>" not in html


def test_no_catalogue_in_another_language():
    page = render_body(parse_document("Text\n\n12"), BodyOptions("fi", "en"))
    assert page.html == '<p dir="ltr" lang="en">Text</p>\n<p>12</p>'
    assert page.counts == {State.UNTRANSLATED: 1, State.SAME: 1}


def test_states_are_marked_for_the_preview():
    html = translated("Text\n\nMore", {"Text": "Teksti"}, mark_states=True).html
    assert f'<p data-i18n="translated" data-i18n-id="{message_id("Text")}">Teksti</p>' in html
    assert f'data-i18n="untranslated" data-i18n-id="{message_id("More")}"' in html


def test_messages_in_use():
    page = translated("Text\n\nOf LAG\n\n*[LAG]: Group", {"Group": "Ryhmä", "Of LAG": "LAG on"})
    assert page.messages == {("Text", None), ("Of LAG", None), ("Group", "LAG")}
    assert '<abbr title="Ryhmä">LAG</abbr> on' in page.html


def test_a_context_tells_equal_texts_apart():
    source = "<!-- i18n: context verb -->\nOpen\n\n<!-- i18n: context adjective -->\n\nOpen"
    assert [segment.context for segment in parse_document(source).segments] == ["verb", "adjective"]


def test_directives():
    source = (
        "<!-- i18n: comment Be kind -->\n\n- one\n- two <!-- i18n: comment Only this -->\n\n"
        "<!-- i18n: skip -->\n\nNot this\n\nBut this\n\n"
        "<!-- i18n: skip-start -->\n\nNo\n\n- no\n\n<!-- i18n: skip-end -->\n\nYes\n\n<!-- i18n: exact -->\nLegal\n"
    )
    document = parse_document(source)
    assert [(s.msgid, s.comments, s.exact) for s in document.segments] == [
        ("one", ("Be kind",), False),
        ("two", ("Be kind", "Only this"), False),
        ("But this", (), False),
        ("Yes", (), False),
        ("Legal", (), True),
    ]
    html = render_body(document, BodyOptions("en", "en")).html
    assert "i18n" not in html
    assert "<p></p>" not in html
    assert "<p>Not this</p>" in html
    assert document.problems == ()


def test_directives_in_quotations_cells_and_code():
    document = parse_document(
        "> <!-- i18n: skip -->\n>\n> No\n\n| a <!-- i18n: comment C --> | b |\n|--|--|\n| c | d |\n\n`<!-- i18n: x -->` text"
    )
    assert [(s.msgid, s.comments) for s in document.segments][:2] == [("a", ("C",)), ("b", ())]
    assert "`<!-- i18n: x -->` text" in [s.msgid for s in document.segments]
    assert document.problems == ()


def test_wrong_directives():
    source = "One\n\n<!-- i18n: coment Hello -->\n\nTwo\n\n<!-- i18n: skip-end -->\n\n<!-- i18n: comment -->\n\n<!-- i18n: skip-start -->\n\nx"
    problems = parse_document(source, first_line=10).problems
    assert [(line, code) for line, code, _ in problems] == [
        (12, "directive-unknown"),
        (16, "directive-unopened"),
        (18, "directive-empty"),
        (20, "directive-unclosed"),
    ]
    assert "did you mean 'comment'?" in problems[0][2]


def test_kinds_places_and_lines():
    source = "# Top\n\nText\n\n## Sub *two*\n\n- item\n\nTerm\n:   Def\n\n| c | d |\n|--|--|\n| e | f |\n\n# Other\n\nEnd[^1]\n\n[^1]: Note"
    segments = parse_document(source, first_line=5).segments
    assert [(s.msgid, s.kind, s.level, s.place, s.line) for s in segments] == [
        ("Top", "heading", 1, (), 5),
        ("Text", "paragraph", 0, ("Top",), 7),
        ("Sub *two*", "heading", 2, ("Top",), 9),
        ("item", "list item", 0, ("Top", "Sub two"), 11),
        ("Term", "term", 0, ("Top", "Sub two"), 13),
        ("Def", "definition", 0, ("Top", "Sub two"), 14),
        ("c", "table cell", 0, ("Top", "Sub two"), 16),
        ("d", "table cell", 0, ("Top", "Sub two"), 16),
        ("e", "table cell", 0, ("Top", "Sub two"), 18),
        ("f", "table cell", 0, ("Top", "Sub two"), 18),
        ("Other", "heading", 1, (), 20),
        ("End[^1]", "paragraph", 0, ("Other",), 22),
        ("Note", "footnote", 0, ("Other",), 24),
    ]


def test_links_are_found_with_their_lines():
    source = "[a](a.md) and\n![m](m.png)\n\n<a href='raw.md'>r</a>\n\n[ref][r] <https://e.org>\n\n[r]: r.md"
    assert parse_document(source, first_line=3).links == (
        LinkUse("a.md", 3),
        LinkUse("m.png", 4, True),
        LinkUse("raw.md", 6),
        LinkUse("r.md", 10),
        LinkUse("https://e.org", 8),
    )


def test_links_are_resolved_in_markdown_and_html():
    seen = []

    def resolve(href, image):
        seen.append((href, image))
        return None if href.startswith("https:") else f"/fi/{href}"

    source = '[a](a.md?x=1&y=2) ![m](m.png) [e](https://e.org)\n\n<p><a href="b.md">b</a> <img src="c.png" alt="C"></p>'
    html = body(source, resolve=resolve).html
    assert sorted(seen) == sorted(
        [
            ("a.md?x=1&y=2", False),
            ("m.png", True),
            ("https://e.org", False),
            ("b.md", False),
            ("c.png", True),
        ]
    )
    for address in ("/fi/a.md?x=1&amp;y=2", "/fi/m.png", "https://e.org", "/fi/b.md", "/fi/c.png"):
        assert f'"{address}"' in html


def test_private_mark_of_addresses_survives_sanitising():
    html = body('<a href="b.md">b</a> [c](c.md)\n\n<div>x</div>', resolve=lambda href, _: f"\ufdd0/en/{href}").html
    assert '"\ufdd0/en/b.md"' in html
    assert '"\ufdd0/en/c.md"' in html


def test_new_windows_are_kept_apart():
    assert 'rel="noopener"' in body("[a](https://e.org){: target=_blank }").html
    assert 'rel="noopener"' in body('<a href="https://e.org" target="_blank">a</a>').html
    assert "rel=" not in body("[a](https://e.org)").html


def test_images():
    html = body("![A](a.png)", image_size=lambda href: (300, 200) if href == "a.png" else None).html
    assert html == '<p><img alt="A" decoding="async" height="200" loading="lazy" src="a.png" width="300"></p>'
    html = body('<p><img src="a.png" alt="A"></p>', image_size=lambda _: (300, 200)).html
    assert 'width="300"' in html and 'loading="lazy"' in html  # noqa: PT018


def test_tables_scroll_and_have_names():
    html = body("| a | b | |\n|:--|:-:|--:|\n| 1 | 2 | 3 |", phrase=lambda message: message.upper()).html
    assert html.startswith('<div aria-label="TABLE" class="table" role="region" tabindex="0">\n<table>')
    assert html.endswith("</table>\n</div>")
    assert "style" not in html
    assert '<th class="align-start" scope="col">a</th>' in html
    assert '<td class="align-end"></td>' in html  # a header without words is none
    assert '<td class="align-center">2</td>' in html
    assert 'aria-labelledby="budget"' in body("## Budget\n\n| a | b |\n|--|--|\n| c | d |").html


def test_footnotes_can_be_followed_both_ways():
    html = body("One[^b], two[^a], again[^b].\n\n[^a]: A\n[^b]: B", phrase=lambda message: message.upper()).html
    assert re.findall(r'<li id="(fn:\w)">', html) == ["fn:b", "fn:a"]
    assert re.findall(r'id="fnref2?:\w"><a [^>]*>(\d)</a>', html) == ["1", "2", "1"]
    assert (
        re.findall(r'aria-label="([^"]+)" class="footnote-backref"', html)
        == ["BACK TO REFERENCE %(NUMBER)S IN THE TEXT"] * 3
    )
    labels = re.findall(
        r'aria-label="([^"]+)" class="footnote-backref"', body("One[^b], two[^a], again[^b].\n\n[^a]: A\n[^b]: B").html
    )
    assert labels == [f"Back to reference {number} in the text" for number in ("1", "1-2", "2")]
    assert len(set(re.findall(r' id="([^"]+)"', html))) == len(re.findall(r' id="([^"]+)"', html))


def test_numbers_of_footnotes_do_not_depend_on_the_order_of_words():
    html = translated("One[^a] two[^b]\n\n[^a]: A\n[^b]: B", {"One[^a] two[^b]": "Kaksi[^b] yksi[^a]"}).html
    assert re.findall(r'<a class="footnote-ref"[^>]*>(\d)</a>', html) == ["2", "1"]


def test_default_titles_of_admonitions_come_from_the_interface():
    page = translated("!!! warning\n    Text", {"Text": "Teksti"}, phrase={"Warning": "Varoitus"}.get)
    assert '<p class="admonition-title">Varoitus</p>' in page.html
    assert State.SAME not in page.counts


def test_codes_stand_for_html_within_text():
    source = '<table markdown="1"><tr><td markdown="span">Text <div>raw</div> more</td></tr></table>'
    document = parse_document(source)
    assert render_body(document, BodyOptions("en", "en")).html


@pytest.mark.parametrize(
    "raw, gone",
    [
        ("<script>alert(1)</script>", "alert"),
        ('<p onclick="x()">text</p>', "onclick"),
        ('<p style="color:red">text</p>', "style"),
        ('<iframe src="https://e.org"></iframe>', "iframe"),
        ('<a href="javascript:x()">text</a>', "javascript"),
        ("[text](javascript:x)", "javascript"),
        ("[text](data:text/html,x)", "data:"),
        ("text\n{: onclick=x }", "onclick"),
        ("```{.py onclick=x}\ncode\n```", "onclick"),
        ('<div markdown="1" onclick="x">\ntext\n</div>', "onclick"),
        ('<form markdown="1" action="/x">\ntext\n</form>', "form"),
        ("<svg onload=x></svg>", "svg"),
    ],
)
def test_what_could_execute_is_removed(raw, gone):
    assert gone not in body(raw).html


def test_authors_hear_what_was_removed():
    warnings = parse_document('Text\n\n<iframe src="x"></iframe>\n\nA <b onclick="x">b</b>', first_line=2).warnings
    assert [(line, code) for line, code, _ in warnings] == [(4, "html-removed"), (6, "html-removed")]
    assert "<iframe>" in warnings[0][2]
    assert "onclick=" in warnings[1][2]
    heard = []
    body("[a](javascript:x)", report=lambda code, message: heard.append((code, message)))
    assert heard == [("url-unsafe", "this address cannot be a link: javascript:x")]


@pytest.mark.parametrize(
    "kept",
    [
        "<details><summary>More</summary>Text</details>",
        '<figure><img src="a.png" alt="A" loading="lazy" decoding="async"><figcaption>C</figcaption></figure>',
        '<abbr title="T">A</abbr>',
        '<p lang="la" dir="ltr" class="x" id="y">Text</p>',
        '<time datetime="2027-03-05">today</time>',
        '<video src="a.mp4" controls=""></video>',
        '<td colspan="2">',
    ],
)
def test_honest_html_survives(kept):
    source = f"<table><tr>{kept}x</td></tr></table>" if kept.startswith("<td") else kept
    html = body(source).html
    assert kept in html or kept.replace('=""', "") in html


UPPER = {"derive": str.upper, "derived_from": "sr-Cyrl"}


def derived(source, **options):
    return render_body(parse_document(source), BodyOptions("sr-Latn", "sr-Cyrl", **UPPER, **options)).html


def test_scripts_are_derived_as_text():
    source = (
        '# mreža {#m}\n\nabc `code` [veza](x.md "naslov") ![slika](y.png) &lt;b&gt; &amp; https://e.org/x a@e.org\n\n'
        '<p>raw <code>code</code> <i lang="en">foreign</i> <b translate="no">no</b> <b title="naslov">yes</b></p>\n\n    block'
    )
    html = derived(source)
    assert '<h1 id="m">MREŽA</h1>' in html
    assert "ABC <code>code</code>" in html
    assert 'href="x.md" title="NASLOV">VEZA</a>' in html or 'title="NASLOV"' in html
    assert 'alt="SLIKA"' in html
    assert "&lt;B&gt; &amp; https://e.org/x a@e.org" in html
    assert (
        '<p>RAW <code>code</code> <i lang="en">foreign</i> <b translate="no">no</b> <b title="NASLOV">YES</b></p>'
        in html
    )
    assert "<pre><code>block\n</code></pre>" in html


def test_other_languages_are_not_derived():
    lookup = lambda segment: Translation(segment.msgid, "en", State.UNTRANSLATED)  # noqa: E731
    options = BodyOptions("sr-Latn", "en", lookup=lookup, **UPPER)
    assert render_body(parse_document("text\n\n12"), options).html == '<p dir="ltr" lang="en">text</p>\n<p>12</p>'


def test_a_derived_page_in_its_base_language_needs_no_marks():
    lookup = lambda segment: Translation("prevod", "sr-Cyrl", State.TRANSLATED)  # noqa: E731
    assert (
        render_body(parse_document("text"), BodyOptions("sr-Latn", "en", lookup=lookup, **UPPER)).html
        == "<p>PREVOD</p>"
    )


def test_contents_of_a_page():
    page = body(
        "# A [b](c.md) *d* `e`\n\n## <span id='x' onclick='y'>F</span>[^1]\n\n### G {: data-toc-label='H' }\n\n## I\n\n[^1]: n"
    )
    one = page.toc[0]
    assert (one.html, one.level) == ("A b <em>d</em> <code>e</code>", 1)
    assert [str(child.html) for child in one.children] == ["<span>F</span>", "I"]
    assert one.children[0].children[0].level == 3


@pytest.mark.parametrize(
    "source, excerpt",
    [
        ("# A\n\nFirst *one*[^1] &amp; so\non.\n\nSecond\n\n[^1]: x", "First one & so on."),
        ("- a\n\n    b", "a"),
        ("# A", ""),
        ("!!! note\n    Inside", "Inside"),
        ("", ""),
    ],
)
def test_excerpts(source, excerpt):
    assert body(source).excerpt == excerpt


def test_documents_that_cannot_be_read_are_problems():
    document = parse_document("- " * 3000 + "x")
    assert [code for _, code, _ in document.problems] in ([], ["markdown-unreadable"])
    assert render_body(document, BodyOptions("en", "en")).html
    assert parse_document("[^1]: [^2]: foo\n\ntext[^1]") is not None


def test_digest_follows_the_text():
    assert parse_document("a").digest == parse_document("a").digest
    assert parse_document("a").digest != parse_document("b").digest
    assert parse_document("a").digest != parse_document("a", first_line=2).digest


def test_no_private_mark_of_the_parser_gets_out():
    html = body("*em**em*  \nword").html
    assert "klzz" not in html
    assert "\x03" not in html


def test_inline_fields():
    assert render_inline("A *b* [c](d.md)\n\nsecond") == 'A <em>b</em> <a href="d.md">c</a><br><br>second'
    assert "javascript" not in render_inline("[x](javascript:x) <script>x</script>")
    assert render_inline("") == ""


def test_output_is_well_formed_html():
    from test_segmenter_corpus import CORPUS

    parser = html5lib.HTMLParser(strict=False)
    for name, (source, _) in CORPUS.items():
        parser.parseFragment(body(source).html)
        assert not parser.errors, (name, parser.errors, body(source).html)
