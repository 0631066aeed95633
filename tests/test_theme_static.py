"""The built-in theme by its files alone: what it may contain, refer to and say, and that its colours can be read."""

import re
from pathlib import Path

import jinja2
import pytest
from babel.messages.extract import extract_from_dir
from jinja2.meta import find_referenced_templates

THEME = Path(__file__).resolve().parent.parent / "themes" / "network"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
SHEETS = sorted((THEME / "assets").rglob("*.css"))
SCRIPTS = sorted((THEME / "assets").rglob("*.js"))
DRAWINGS = sorted((THEME / "assets").rglob("*.svg"))
MAIN_SHEET = THEME / "assets" / "css" / "network.css"

JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-\w+)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
CONDITION = re.compile(r"@(?:media|container|supports)[^{]*")
NAMES = [str(path.relative_to(THEME)) for path in TEMPLATES]


def text_of(path: Path) -> str:
    return JINJA_COMMENT.sub("", path.read_text(encoding="utf-8"))


def rules_of(path: Path) -> str:
    return CSS_COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )


def test_the_theme_has_templates_sheets_and_scripts():
    assert len(TEMPLATES) > 20
    assert all((SHEETS, SCRIPTS, DRAWINGS))


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
class TestTemplate:
    def test_parses(self, path, environment):
        environment.parse(path.read_text(encoding="utf-8"), filename=str(path))

    def test_refers_to_templates_that_exist(self, path, environment):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for name in find_referenced_templates(tree):
            assert name is None or (THEME / "templates" / name).is_file(), name

    def test_says_in_its_first_line_what_it_is(self, path):
        assert path.read_text(encoding="utf-8").startswith("{#- ")

    def test_has_no_inline_code(self, path):
        text = text_of(path)
        assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text, re.IGNORECASE)
        for script in re.findall(r"<script\b[^>]*>", text):
            assert re.search(r'\ssrc="\{\{ asset\(', script), script

    def test_asks_no_other_host_for_anything(self, path):
        assert not re.search(
            r"(?:src|href|action|poster|srcset)\s*=\s*[\"'](?:https?:)?//", text_of(path), re.IGNORECASE
        )

    def test_trusts_no_text(self, path):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", text_of(path))

    def test_names_assets_and_icons_that_exist(self, path):
        text = text_of(path)
        for name in re.findall(r"\basset\('([^']+)'\)", text):
            assert (THEME / "assets" / name).is_file(), name
        for name in re.findall(r"\bicon\('([^']+)'\)", text):
            assert (THEME / "assets" / "icons" / f"{name}.svg").is_file(), name


def test_a_text_for_readers_is_words_without_markup():
    """No HTML, names instead of positions, no white space at the ends."""
    options = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    keywords = {
        "_": None,
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    found = extract_from_dir(
        str(THEME / "templates"),
        method_map=[("**.html", "jinja2")],
        options_map={"**.html": options},
        keywords=keywords,
    )
    told = {text for _, _, message, _, _ in found for text in ([message] if isinstance(message, str) else message)}
    assert len(told) > 50
    for text in told:
        assert not re.search(r"[<>]|&\w+;|\{\{", text), text
        assert not re.search(r"%(?!\(\w+\)[sd]|%)", text), text
        assert text == text.strip(), text
        assert "\n" not in text, text


def test_a_message_of_one_ambiguous_word_has_a_context():
    """`Number`, `Period` and the like are pgettext everywhere, so that no two meanings share one translation."""
    ambiguous = "Number|Period|Opens|Closes|Area|Place|Where|When|Measure|Support|Results|Previous|Next|Search|Menu"
    bare = re.compile(rf"\b_\([\"'](?:{ambiguous})[\"']\)")
    assert {path.name: found for path in TEMPLATES if (found := bare.findall(text_of(path)))} == {}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
class TestStyleSheet:
    def test_reads_from_either_side(self, path):
        assert PHYSICAL.findall(CONDITION.sub("", rules_of(path))) == []

    def test_refers_to_files_of_the_theme(self, path):
        rules = rules_of(path)
        assert "@import" not in rules
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", rules):
            assert not re.match(r"(?:https?:|data:|//)", address), address
            assert (path.parent / address).resolve().is_file(), address

    def test_its_braces_and_layers_are_in_order(self, path):
        rules = rules_of(path)
        assert rules.count("{") == rules.count("}")
        order = re.search(r"@layer ([\w, ]+);", rules)
        assert order is not None
        assert set(re.findall(r"@layer (\w+) \{", rules)) <= set(order[1].split(", "))

    def test_names_only_properties_that_are_set(self, path):
        defined = set(re.findall(r"(--[\w-]+)\s*:", "".join(rules_of(sheet) for sheet in SHEETS)))
        assert set(re.findall(r"var\((--[\w-]+)\)", rules_of(path))) <= defined


def test_the_physical_pattern_sees_what_it_should():
    seen = ["margin-left: 0", "padding-top:1em", "left: 0", "width: 3em", "text-align: left", "max-height: 2em"]
    unseen = ["margin-inline-start: 0", "inset-inline: 0", "inline-size: 3em", "text-align: start", "line-height: 2"]
    assert all(PHYSICAL.search(rule) for rule in seen)
    assert not any(PHYSICAL.search(rule) for rule in unseen)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_no_code_of_text(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text)
    assert not re.search(r"[\"'`]https?://", text)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_a_drawing_is_a_drawing(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|style|foreignObject|image|use)\b|\son\w+=|\sstyle=|href=", text)


# --- what a reader loads ----------------------------------------------------------------------------------------


def test_what_a_page_loads_stays_small():
    fonts = THEME / "assets" / "fonts"
    for script in ("latin", "latin-ext", "cyrillic", "greek"):
        size = sum((fonts / f"{face}-{script}.woff2").stat().st_size for face in ("sans", "serif"))
        assert size < 60_000, f"{script}: {size} bytes for upright text and headings"
    assert MAIN_SHEET.stat().st_size < 56_000


def test_every_font_is_used_and_licensed():
    fonts = THEME / "assets" / "fonts"
    used = set(re.findall(r"fonts/([\w-]+\.woff2)", rules_of(MAIN_SHEET)))
    assert used == {path.name for path in fonts.glob("*.woff2")}
    licence = (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert all(words in licence for words in ("SIL OPEN FONT LICENSE", "Vollkorn", "Source Sans"))


# --- colours ----------------------------------------------------------------------------------------------------

TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0
ON_GROUNDS = [
    (ink, ground) for ink in ("ink", "soft", "accent", "accent-strong") for ground in ("ground", "paper", "tint")
]
READ = [
    *ON_GROUNDS,
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-deep", "deep"),
    ("ink", "green-tint"),
    ("ink", "wheat-tint"),
    ("ink", "mark"),
    ("eu-blue", "paper"),
]
SEEN = [
    ("focus", "ground"),
    ("focus", "paper"),
    ("edge", "ground"),
    ("edge", "paper"),
    ("edge", "tint"),
    ("moss", "ground"),
    ("moss", "tint"),
]


def colours(rules: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", rules))


def palettes() -> dict[str, dict[str, str]]:
    """Every scheme with every accent: name → colour."""
    rules = rules_of(MAIN_SHEET)
    light, dark = re.findall(r":root \{([^}]*--ground:[^}]*)\}", rules)[:2]
    layer = rules[rules.index("@layer accents {") :]
    layer = layer[: layer.index("@layer print {")]
    accents: dict[str, list[str]] = {}
    for name, values in re.findall(r"\.accent-(\w+) \{([^}]*)\}", layer):
        accents.setdefault(name, []).append(values)
    found = {"light": colours(light), "dark": colours(light) | colours(dark)}
    for name, (by_day, by_night) in accents.items():
        found[f"{name}, light"] = found["light"] | colours(by_day)
        found[f"{name}, dark"] = found["dark"] | colours(by_day) | colours(by_night)
    return found


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", palettes())
def test_every_palette_can_be_read(name):
    palette = palettes()[name]
    assert {"ink", "ground", "accent", "deep"} <= palette.keys()
    weak = {
        pair: round(ratio, 2)
        for pairs, least in ((READ, TEXT_CONTRAST), (SEEN, EDGE_CONTRAST))
        for pair in pairs
        if (ratio := contrast(palette[pair[0]], palette[pair[1]])) < least
    }
    assert weak == {}


def test_every_accent_of_the_options_has_its_colours():
    offered = re.search(r"choices: \[([^\]]*)\]", (THEME / "theme.yaml").read_text(encoding="utf-8"))
    assert offered is not None
    styled = set(re.findall(r"\.accent-(\w+)", rules_of(MAIN_SHEET)))
    assert set(offered[1].split(", ")) - {"forest"} == styled
