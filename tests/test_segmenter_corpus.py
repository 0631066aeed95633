"""Varied Markdown documents with all the known traps of segmenting, and what each of them gives a translator."""

import pytest

from sitegen.translate.document import parse_document

# name: (source, msgids in order)
CORPUS = {
    "paragraph": ("Just a text.", ["Just a text."]),
    "empty": ("", []),
    "blank": ("  \n\n \n", []),
    "soft breaks": ("One line\nand   another\n  indented one.", ["One line and   another indented one."]),
    "hard break of two spaces": ("Street 1  \nHelsinki", ["Street 1\nHelsinki"]),
    "hard break of three spaces": ("Street 1   \nHelsinki", ["Street 1\nHelsinki"]),
    "hard break, then soft": ("One  \ntwo\nthree", ["One\ntwo three"]),
    "tabs": ("One\ttwo\nthree\t\nfour", ["One two three\nfour"]),
    "attribute list below a paragraph": ("The lead\nof it.\n{: .lead #start }", ["The lead of it."]),
    "attribute list after a hard break": ("The lead  \n{: .lead }", ["The lead"]),
    "attribute list of three spaces": ("The lead\n   {: .lead }", ["The lead"]),
    "braces that are no attribute list": ("Set {a} and {b}\nin {c}.", ["Set {a} and {b} in {c}."]),
    "two attribute lists": ("Text {: .a }\n{: .b }", ["Text {: .a }"]),
    "inline attribute list": ("A [link](x.md){: .button } here.", ["A [link](x.md){: .button } here."]),
    "heading with id": ("## Our aims {#aims .wide}\n\nText", ["Our aims", "Text"]),
    "heading closed": ("## Our aims ##\n\n### Deeper ### {#deep}", ["Our aims", "Deeper"]),
    "heading with braces": ("# A {b} c {#d}", ["A {b} c"]),
    "setext headings": ("Title\n=====\n\nSub\n---\ntext", ["Title", "Sub", "text"]),
    "heading without blank lines": ("text\n# Heading\nmore", ["text", "Heading", "more"]),
    "equal headings": ("# A\n\n# A\n\n# A", ["A", "A", "A"]),
    "tight list": ("- one\n- two\n- three", ["one", "two", "three"]),
    "loose list": ("- one\n\n- two\n\n    second of two\n\n- three", ["one", "two", "second of two", "three"]),
    "loose and tight": ("- one\n- two\n\n- three", ["one", "two", "three"]),
    "nested list of one line each": ("- one\n    - two\n        - three", ["one", "two", "three"]),
    "nested list with attributes": ("- one\n{: .a }\n    - two\n    {: .b }", ["one", "two"]),
    "ordered list": ("3. three\n4. four\n   goes on", ["three", "four goes on"]),
    "list with a heading": ("- # Heading\n  after it", ["Heading", "after it"]),
    "text after a nested block": ("- # Heading\nlazy text\n- next", ["Heading", "lazy text", "next"]),
    "text after code in an item": ("- item\n\n        code()\n\n    after", ["item", "after"]),
    "list of two kinds": ("- a\n- b\n\n1. c\n2. d", ["a", "b", "c", "d"]),
    "quotation": ("> One\n> two\n>\n> - three\n\n> > deep", ["One two", "three", "deep"]),
    "lazy quotation": ("> One\ntwo", ["One two"]),
    "table": ("| A | B |\n|:--|--:|\n| one | `a|b` |\n| 12 | two |", ["A", "B", "one", "two"]),
    "table with escaped pipes": ("A | B\n--|--\na \\| b | c", ["A", "B", "a \\| b", "c"]),
    "table with attributes": ("A {: .x } | B\n--|--\na {#y} | c", ["A", "B", "a", "c"]),
    "table with code pipes": ("a | b\n--|--\n``x | `y` `` z | *em|ph*", ["a", "b", "``x | `y` `` z", "*em"]),
    "definition list": (
        "Term\n:   One\n:   Two\n    goes on\n\nOther\n:   Three",
        ["Term", "One", "Two goes on", "Other", "Three"],
    ),
    "loose definition list": ("Term\n\n:   One\n\n    Second\n\n:   Two", ["Term", "One", "Second", "Two"]),
    "terms with attributes": ("Term {#t}\n:   One", ["Term", "One"]),
    "admonition": ("!!! note\n    Inside\n\n    Second", ["Inside", "Second"]),
    "admonition with a title": (
        '!!! warning "Mind the *gap*"\n    Inside\n\nOutside',
        ["Mind the *gap*", "Inside", "Outside"],
    ),
    "admonition without a title": ('!!! tip ""\n    - one\n    - two', ["one", "two"]),
    "footnote": (
        "Text[^1] and more[^b].\n\n[^b]: The *b*.\n[^1]: The one.",
        ["Text[^1] and more[^b].", "The one.", "The *b*."],
    ),
    "footnote of several paragraphs": (
        "Text[^1].\n\n[^1]: First\n    goes on\n\n    Second\n\n    - list\n\n    Last",
        ["Text[^1].", "First goes on", "Second", "list", "Last"],
    ),
    "footnote ending in code": ("Text[^1].\n\n[^1]: First\n\n        code()\n", ["Text[^1].", "First"]),
    "footnote used twice": ("One[^1], two[^1].\n\n[^1]: Note", ["One[^1], two[^1].", "Note"]),
    "footnote in a heading": ("# Head[^1]\n\n[^1]: Note", ["Head[^1]", "Note"]),
    "footnote never used": ("Text\n\n[^x]: Note", ["Text", "Note"]),
    "abbreviation": ("A LAG acts.\n\n*[LAG]: Local action group", ["A LAG acts.", "Local action group"]),
    "abbreviation in a list": (
        "- a LAG\n- *LAG*\n\n*[LAG]: Local action group\n*[X]: ''",
        ["a LAG", "*LAG*", "Local action group"],
    ),
    "reference defined later": (
        'See [the statute][s] and [s].\n\n[s]: statute.md "The statute"',
        ["See [the statute][s] and [s].", "The statute"],
    ),
    "image": ('![A *map*](map.png "The map") and ![](x.png)', ['![A *map*](map.png "The map") and ![](x.png)']),
    "image without words": ("![](x.png)", []),
    "image reference": ("![Alt][m]\n\n[m]: map.png 'Title'", ["![Alt][m]", "Title"]),
    "code": ("    code()\n\nText `code` here\n\n```python\nprint('x')\n```\n\n~~~\nx\n~~~", ["Text `code` here"]),
    "code span over lines": ("A `code\nspan` and ``a ` b``", ["A `code span` and ``a ` b``"]),
    "only code or numbers": ("`code`\n\n12 345,6 – 7 %\n\n<https://example.org>\n\nhttps://example.org/x", []),
    "mail": ("<info@example.org> is ours", ["<info@example.org> is ours"]),
    "entities": ("A&nbsp;b &amp; c &copy; 5 &lt; 6\n\n&nbsp;", ["A&nbsp;b &amp; c &copy; 5 &lt; 6"]),
    "escapes": (r"\*not\* \[a\] \\ 1\. x", [r"\*not\* \[a\] \\ 1\. x"]),
    "emphasis": ("*a* **b** ***c*** _d_ __e__ a_b_c **x *y* z**", ["*a* **b** ***c*** _d_ __e__ a_b_c **x *y* z**"]),
    "rule": ("One\n\n---\n\nTwo", ["One", "Two"]),
    "raw HTML block with prose": (
        '<div class="box">\nProse <b>here</b>\n\nand there\n</div>\n\nText',
        ['<div class="box">\nProse <b>here</b>\n\nand there\n</div>', "Text"],
    ),
    "raw HTML without prose": ('<div><img src="x.png" alt=""></div>\n\n<hr>', []),
    "raw HTML with alt": (
        '<figure><img src="x.png" alt="A map"></figure>',
        ['<figure><img src="x.png" alt="A map"></figure>'],
    ),
    "raw HTML and its tail": ("<div>Prose</div> and a tail\n\nText", ["<div>Prose</div>", "and a tail", "Text"]),
    "raw HTML within a paragraph": ("Text\n<div>Prose</div>\nmore", ["Text", "<div>Prose</div>", "more"]),
    "inline HTML": (
        'A <span class="x">small</span> <br> thing <kbd>Ctrl</kbd>',
        ['A <span class="x">small</span> <br> thing <kbd>Ctrl</kbd>'],
    ),
    "details": (
        "<details>\n<summary>More</summary>\nText\n</details>",
        ["<details>\n<summary>More</summary>\nText\n</details>"],
    ),
    "md_in_html": (
        '<div markdown="1" class="box">\n\n## Heading\n\nSome *text*\n\n- item\n\n</div>\n\nAfter',
        ["Heading", "Some *text*", "item", "After"],
    ),
    "md_in_html spans": (
        '<p markdown="1">Some *text*\nhere</p>\n\n<table><tr><td markdown="span">A *b*</td></tr></table>',
        ["Some *text* here", '<table><tr><td markdown="span">A *b*</td></tr></table>'],
    ),
    "md_in_html nested": (
        '<section markdown="1">\nIntro\n<div markdown="1">\nInner *x*\n</div>\n<p>Raw <b>prose</b></p>\n</section>',
        None,
    ),
    "figure": (
        '<figure markdown="1">\n![A map](map.png)\n<figcaption markdown="1">The *map*</figcaption>\n</figure>',
        ["![A map](map.png)", "The *map*"],
    ),
    "language of its own": ('<div lang="la" markdown="1">\nAlea iacta est\n</div>\n\nText', ["Text"]),
    "not to be translated": ('<p translate="no" markdown="1">ACME</p>\n\nText', ["Text"]),
    "table of contents": ("[TOC]\n\n# One\n\n## Two", ["One", "Two"]),
    "comments": ("<!-- nothing -->\n\nText <!-- more --> here", ["Text <!-- more --> here"]),
    "fenced code in HTML": ("<div>\n\n```\ncode\n```\n\n</div>\n\nText", None),
    "Cyrillic": ("# О мрежи\n\nЉубав и `код`", ["О мрежи", "Љубав и `код`"]),
    "right to left": ("# שלום\n\nטקסט [קישור](x.md)", ["שלום", "טקסט [קישור](x.md)"]),
    "decomposed letters": ("Ma\u0301ria", ["M\u00e1ria"]),
    "code in term": ("`x`\n:   The letter", ["The letter"]),
    "all together": (
        '# T\n\n> - a\n>\n>     | A | B |\n>     |---|---|\n>     | c | d[^1] |\n\n1. x\n\n    !!! note "N"\n        y\n\n[^1]: f',
        ["T", "a", "A", "B", "c", "d[^1]", "x", "N", "y", "f"],
    ),
}


@pytest.mark.parametrize("name", CORPUS)
def test_msgids(name):
    source, expected = CORPUS[name]
    found = [segment.msgid for segment in parse_document(source).segments]
    if expected is not None:
        assert found == expected
    assert not any("\x02" in msgid or "\x03" in msgid for msgid in found)
