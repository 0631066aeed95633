"""Make sitegen/locales/data/collation.txt from ICU's collation data, which is CLDR's root order and its tailorings.

Needs PyICU, which sitegen itself never does: `pip install PyICU`, with ICU's headers (Debian: libicu-dev). Only the
collation elements are taken, as ICU computes them; the order of names is then our own arithmetic over them.

The file: lines `text TAB elements`, an element `primary,secondary,tertiary` in hex (trailing usual ones left out),
under `[root]` and one `[tag …]` head per language with what differs there.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import icu

TARGET = Path(__file__).parents[2] / "sitegen" / "locales" / "data" / "collation.txt"
LANGUAGES = [
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
    "sr-Cyrl",
    "sr-Latn",
    "bs",
    "mk",
    "uk",
    "tr",
    "sq",
    "is",
    "nb",
    "nn",
]
# Alphabetic scripts, marks, punctuation, symbols and digits; ideographs and syllables are ordered by code point.
RANGES = (
    (0x0000, 0x0EFF), (0x10A0, 0x11FF), (0x13A0, 0x13FF), (0x1C80, 0x1CBF), (0x1D00, 0x1FFF), (0x2000, 0x2BFF),
    (0x2C00, 0x2DFF), (0x2E00, 0x2E5F), (0x3000, 0x30FF), (0xA640, 0xA69F), (0xA700, 0xA7FF), (0xAB30, 0xAB6F),
    (0xFB00, 0xFB06), (0xFE20, 0xFE2F), (0xFF01, 0xFF5E),
)  # fmt: skip
USUAL = 0x0500
ADDED_LETTERS = {"sr-Latn": ["Đ"]}
CONTRACTIONS = ("l·", "L·", "lŀ")


def elements(collator, text: str) -> tuple[tuple[int, int, int], ...]:
    """The 64-bit collation elements behind ICU's iterator: (primary 32 bits, secondary 16, tertiary 16 with case)."""
    halves = [half & 0xFFFFFFFF for half in collator.createCollationElementIterator(text)]
    found: list[list[int]] = []
    for half in halves:
        if half & 0xC0 == 0xC0 and found:  # a continuation: the lower bits of the one before
            found[-1][0] |= half >> 16
            found[-1][1] |= half >> 8 & 0xFF
            found[-1][2] |= half & 0x3F
        else:
            found.append([half & 0xFFFF0000, half & 0xFF00, (half & 0xFF) << 8])
    return tuple(tuple(element) for element in found)


def spell(found) -> str:
    parts = []
    for primary, secondary, tertiary in found:
        text = f"{primary:08x}"
        while text.endswith("00") and text:
            text = text[:-2]
        tail = ["" if secondary == USUAL else f"{secondary:x}", "" if tertiary == USUAL else f"{tertiary:x}"]
        parts.append(",".join([text, *tail]).rstrip(","))
    return " ".join(parts) or "-"


def repertoire() -> list[str]:
    chars = (chr(code) for low, high in RANGES for code in range(low, high + 1))
    return [char for char in chars if unicodedata.category(char) not in ("Cn", "Cs", "Co")]


def composed(table: dict, text: str):
    """What the table gives for a text: as the runtime does, by what is known of its characters' decomposition."""
    if text in table:
        return table[text]
    if len(text) > 1:
        return tuple(element for char in text for element in composed(table, char))
    parts = unicodedata.decomposition(text)
    if parts and not parts.startswith("<"):
        return tuple(element for part in parts.split() for element in composed(table, chr(int(part, 16))))
    return None


def root_table(collator) -> dict:
    table: dict = {}
    chars = repertoire()
    for char in [char for char in chars if unicodedata.normalize("NFD", char) == char]:
        table[char] = elements(collator, char)
    for text in (*chars, *CONTRACTIONS):
        found = elements(collator, text)
        if composed(table, text) != found:
            table[text] = found
    return table


def sequences(rules: str) -> set[str]:
    """The texts of several characters that rules name: `ch` and its like."""
    plain = re.sub(r"\[[^\]]*\]", " ", rules).replace("'", "")
    texts = {unicodedata.normalize("NFC", text.strip()) for text in re.split("[&<=/|*\\s]+", plain)}
    texts = {text for text in texts if len(text) > 1}
    # A digraph whose last letter begins a contraction of the root: `ll·`.
    return texts | {text + "·" for text in texts if text[-1] in "lL"}


def tailoring(root: dict, rules: str, collator) -> dict:
    table = dict(root)
    for text in sorted(sequences(rules) | set(repertoire()), key=lambda text: (len(text), text)):
        found = elements(collator, text)
        if composed(table, text) != found:
            table[text] = found
    for text in repertoire():  # closure: what is composed of tailored letters
        if unicodedata.normalize("NFC", text) == text and composed(table, text) != elements(collator, text):
            table[text] = elements(collator, text)
    return {text: found for text, found in table.items() if root.get(text) != found}


def labels(tag: str, collator) -> list[str]:
    """The index letters of a language, in its order."""
    index = icu.AlphabeticIndex(icu.Locale(tag.replace("-", "_")))
    found = []
    while index.nextBucket():
        if index.bucketLabelType == 0:
            found.append(index.bucketLabel)
    # CLDR's index letters of Serbian in Latin script lack one of its alphabet.
    found += ADDED_LETTERS.get(tag, [])
    return sorted(set(found), key=collator.getSortKey)


def script_limits(collator) -> dict[str, str]:
    """Where each script's letters begin: U+FDD1 and a sample letter stand for that in CLDR's root order."""
    samples = {"Latn": "L", "Grek": "Ω", "Cyrl": "Я", "Glag": "Ⰰ"}
    return {name: spell(elements(collator, "\ufdd1" + sample)) for name, sample in samples.items()}


def main() -> None:
    root_collator = icu.Collator.createInstance(icu.Locale("root"))
    root = root_table(root_collator)
    limits = script_limits(root_collator)
    lines = [
        "# CLDR's root collation order and tailorings as collation elements, "
        f"made by tests/tools/make_collation.py from ICU {icu.ICU_VERSION}.",
        "# Data files of Unicode CLDR: Copyright © 1991-2022 Unicode, Inc. All rights reserved. Unicode License,",
        "# in the file LICENSE-UNICODE beside this one.",
        "[root]",
    ]
    lines += [f"{quote(text)}\t{spell(found)}" for text, found in sorted(root.items())]
    for tag in LANGUAGES:
        collator = icu.Collator.createInstance(icu.Locale(tag.replace("-", "_")))
        upper_first = collator.getAttribute(icu.UCollAttribute.CASE_FIRST) == icu.UCollAttributeValue.UPPER_FIRST
        letters = labels(tag, collator)
        script = {"bg": "Cyrl", "sr-Cyrl": "Cyrl", "mk": "Cyrl", "uk": "Cyrl", "el": "Grek"}.get(tag, "Latn")
        after = {"Latn": "Grek", "Grek": "Cyrl", "Cyrl": "Glag"}[script]
        reorder = re.search(r"\[reorder ([A-Za-z ]+)\]", all_rules(tag, collator))
        options = [f" reorder={reorder[1].replace(' ', ',')}"] if reorder else []
        options += [" upper-first"] if upper_first else []
        lines.append(f"[{tag}{''.join(options)}]")
        lines.append(f"={limits[after]} {' '.join(letters)}")
        lines += [
            f"{quote(text)}\t{spell(found)}"
            for text, found in sorted(tailoring(root, all_rules(tag, collator), collator).items())
        ]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {len(lines)} lines, {TARGET.stat().st_size} bytes\n")


def all_rules(tag: str, collator) -> str:
    """The rules of a tailoring, with those that they import."""
    rules = collator.getRules()
    for imported in re.findall(r"\[import ([a-z]+)", rules):
        rules += icu.Collator.createInstance(icu.Locale(imported)).getRules()
    return rules


def quote(text: str) -> str:
    """The text as code points in hex: half of it is invisible or combining."""
    return "_".join(f"{ord(char):x}" for char in text)


if __name__ == "__main__":
    main()
