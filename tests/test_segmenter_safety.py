"""Hostile translations: none brings anything into a page that its source has not."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.render.markdown import BodyOptions, render_body
from sitegen.translate.document import parse_document
from sitegen.translate.safe_html import ELEMENTS, safe_url
from sitegen.translate.segment_markup import neutral
from sitegen.translate.segment_safety import check_markup, check_plain
from sitegen.translate.segments import State, Translation
from test_segmenter_laws import INLINE

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea onfocus=alert(1) autofocus></textarea>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src onloadstart=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<b style='position:fixed;inset:0'>x</b>",
    "<b onmouseover=alert(1)>x</b>",
    "<b id=toc class=banner>x</b>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml <script>alert(1)</script>?>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example)",
    "[x](https://evil.example/)",
    "![x](https://evil.example/track.png)",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](y.png)',
    "![<img src=x onerror=alert(1)>](y.png)",
    "<javascript://evil.example/%0aalert(1)>",
    "<https://evil.example>",
    "<evil@evil.example>",
    "[x](page.md){: onclick=alert(1) }",
    "[x](page.md){: style=position:fixed }",
    "[x](page.md){: href=javascript:alert(1) }",
    "text {: onclick=alert(1) }",
    "text\n{: onclick=alert(1) }",
    "text {#toc .banner}",
    "*x*{: srcdoc=x }",
    "`x`{: onmouseover=alert(1) }",
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03lt;script\x02amp\x03gt;",
    "\x02klzzwxh:0000\x03",
    "see https://evil.example/login",
    "write to evil@evil.example",
    "abc\u202edef",
    "abc\u2066def\u2069",
    "[^9]",
    "[^1][^1]",
    '<x id="1"/>',
    "</p></div></main><h1>Hacked</h1>",
    "</a><a href=//evil.example>x",
    "\u0000<b>x</b>",
    "<a href=page.md target=_blank onclick=alert(1)>x</a>",
]

SOURCE = """# A heading[^1]

A paragraph with a [link](page.md "Title") and `code`.

- item

| Cell | B |
|---|---|
| one | two |

Term
:   Definition

<div class="box" title="T">Prose <b>here</b></div>

!!! note "Title"
    Inside ![Alt](map.png)

Of a LAG.

*[LAG]: Local action group
[^1]: Note
"""


class Elements(HTMLParser):
    """Names, attributes and addresses of all elements."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name in ("href", "src", "action", "srcset", "poster"):
                self.addresses.add(value)


def rendered(payload, *, checked):
    document = parse_document(SOURCE)

    def lookup(segment):
        text = f"{segment.msgid} {payload}"
        if checked and check_markup(segment.msgid, text, document):
            return Translation(segment.msgid, "en", State.UNTRANSLATED)
        return Translation(text, "fi", State.TRANSLATED)

    return render_body(document, BodyOptions("fi", "en", lookup=lookup, checked=True)).html


PLAIN = Elements(render_body(parse_document(SOURCE), BodyOptions("en", "en")).html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_new_reaches_the_page(payload):
    page = Elements(rendered(payload, checked=True))
    assert page.tags <= PLAIN.tags | {"span"}
    assert {pair for pair in page.attributes if pair[1] not in ("lang", "dir")} <= PLAIN.attributes
    assert page.addresses <= PLAIN.addresses


@pytest.mark.parametrize("payload", PAYLOADS)
def test_even_unchecked_nothing_executes(payload):
    """The second line of defence: what the renderer does with a translation that nobody has checked."""
    html = rendered(payload, checked=False)
    page = Elements(html)
    assert page.tags <= ELEMENTS
    assert not {name for _, name in page.attributes if name.startswith("on") or name in ("style", "srcdoc")}
    assert all(safe_url(address or "") for address in page.addresses)
    assert "<script" not in html.lower()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_payload_is_refused(payload):
    assert check_markup("A *plain* `text` [x](page.md)", f"A *plain* `text` [x](page.md) {payload}")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(INLINE, min_size=1, max_size=6).map("".join), st.lists(st.sampled_from(PAYLOADS), min_size=1, max_size=3)
)
def test_refused_within_other_markup(text, payloads):
    html = render_body(
        parse_document(SOURCE),
        BodyOptions(
            "fi",
            "en",
            lookup=lambda _: Translation(text + "".join(payloads) + text, "fi", State.TRANSLATED),
            checked=True,
        ),
    ).html
    page = Elements(html)
    assert page.tags <= ELEMENTS
    assert not {name for _, name in page.attributes if name.startswith("on") or name in ("style", "srcdoc")}
    assert all(safe_url(address or "") for address in page.addresses)


@pytest.mark.parametrize(
    "msgid, msgstr",
    [
        ("Plain", "Tavallinen!"),
        ("A *b* and **c**", "**C** ja *b*"),
        ("See [the statute].", "Katso [säännöt][the statute]."),
        ("See [it](about.md).", "Katso [se](about.fi.md)."),
        ("See [it](https://ec.europa.eu/index_en).", "Katso [se](https://ec.europa.eu/index_fi)."),
        ('[it](about.md "More")', '[se](about.md "Lisää")'),
        ("![A map](map.png)", "![Kartta](map.png)"),
        ("Use `x` & `y`", "`y` ja `x` &amp; muut"),
        ("Street\nTown", "Katu\nKaupunki\nMaa"),
        ("Text[^1] and[^2]", "Ja[^2] teksti[^1]"),
        ('<div class="a" title="T">Prose <b>x</b></div>', '<div class="a" title="O">Proosaa <b>y</b></div>'),
        ("[b](x.md){: .button } now", "nyt [b](x.md){: .button }"),
        ("5 * 3 < 20", "5 * 3 < 20 ja [sic]"),
        ("write to <info@example.org>", "kirjoita <info@example.org>"),
        ("A <br> b", "C <br> d"),
        ('one <x id="1"/> two', 'yksi <x id="1"/> kaksi'),
        ("snake_case and 50 %", "snake_case ja 50 %"),
    ],
)
def test_honest_translations_pass(msgid, msgstr):
    assert check_markup(msgid, msgstr) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(INLINE, min_size=1, max_size=6).map("".join))
def test_every_text_may_translate_itself(text):
    assert check_markup(text, text) == []


def test_what_got_lost_is_named():
    assert check_markup("Use `make`", "Käytä") == [
        "every code of the source must stand in the translation, unchanged: add `make`"
    ]
    assert "add [^1]" in check_markup("Text[^1]", "Teksti")[0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_renderer_refuses_on_its_own(payload):
    heard = []
    options = BodyOptions(
        "fi",
        "en",
        lookup=lambda segment: Translation(f"{segment.msgid} {payload}", "fi", State.TRANSLATED),
        report=lambda code, message: heard.append((code, message)),
    )
    page = render_body(parse_document("Some *text*\n\nOf LAG\n\n*[LAG]: Group"), options)
    assert page.html.startswith('<p dir="ltr" lang="en">Some <em>text</em></p>')
    assert {code for code, _ in heard} == {"translation-unsafe"}
    assert "'Some *text*' into fi" in heard[0][1]
    assert page.counts[State.UNTRANSLATED] >= 2


def test_marks_that_begin_to_mean_something():
    assert check_markup("1 * 2 * 3", "*1* 2 3") == ["the element <em> is not in the source; remove it"]
    assert check_markup("See [a] or b", "Katso [b] tai a", parse_document("[a]: a.md\n[b]: b.md")) != []


def test_plain_fields():
    assert check_plain("Title", "Otsikko <b>") == []
    assert check_plain("Title", "Otsikko \u202e") != []
    assert check_plain("Title", "www.evil.example") == ["the host 'www.evil.example' is not in the source; remove it"]
    assert check_plain("See www.a.org", "Katso www.a.org.") == []


def test_language_neutral_addresses():
    assert neutral("about.fi.md#x") == neutral("about.md#x")
    assert neutral("https://a.org/en/x") == neutral("https://a.org/pl/x")
    assert neutral("https://a.org/x") != neutral("https://b.org/x")
    assert neutral("https://en.a.org/x") != neutral("https://evil.a.org/x")


@pytest.mark.parametrize("address", ["a.md", "#x", "https://a.org:80/x", "mailto:a@b.c", "tel:+358", "x?y=a:b", "/a:b"])
def test_safe_addresses(address):
    assert safe_url(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "JAVA\nSCRIPT:x",
        "\x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "&#106;avascript:x",
        "javascript&colon;x",
        "blob:x",
        "view-source:x",
        "&amp;#106;avascript:x",
    ],
)
def test_unsafe_addresses(address):
    assert not safe_url(address)


def test_payloads_are_many():
    assert len(set(PAYLOADS)) >= 60
    assert not re.search("TODO", "".join(PAYLOADS))
