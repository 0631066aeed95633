"""Made names for the comparison with ICU: mixed case, diacritics, digraphs, punctuation, digits, foreign letters."""

from __future__ import annotations

import random
import unicodedata

# Each with its script.
LANGUAGES = dict.fromkeys(
    (
        *("cs", "da", "de", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt"),
        *("ro", "sk", "sl", "sv", "sr-Latn", "bs", "tr", "sq", "is", "nb", "nn"),
    ),
    "Latn",
) | {"bg": "Cyrl", "el": "Grek", "mk": "Cyrl", "sr-Cyrl": "Cyrl", "uk": "Cyrl"}
COUNT = 10_001  # so many names have 10,000 pairs of neighbours

LETTERS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz",
    "Cyrl": "абвгдежзијклљмнњопрстћуфхцчџшђѓќѕґєіїйщьюяъыэё",
    "Grek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
}
# Letters that several languages order on their own, for all of them.
SPECIAL = "àáâãäåāăąæçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľłñńņňŋòóôõöøōŏőœŕŗřśŝşšșţťțŧùúûüũūŭůűųŵýÿŷźżžþðßəǆǉǌĳŀ"
DIGRAPHS = (
    *(
        "ch",
        "cs",
        "dz",
        "dzs",
        "gy",
        "ly",
        "ny",
        "sz",
        "ty",
        "zs",
        "lj",
        "nj",
        "dž",
        "dh",
        "gj",
        "ll",
        "rr",
        "sh",
        "th",
    ),
    *("xh", "zh", "għ", "ie", "aa", "oe", "ae", "ue", "ij", "ccs", "ddz", "ddzs", "ggy", "lly", "nny", "ssz", "tty"),
    *("zzs", "l·l", "nk"),
)
OTHERS = "0123456789 -'’.,&()/„“”«»+—–·"
FOREIGN = "אבגدرسაბգдбΩЖ中한かナ"
MARKS = "\u0301\u0300\u0308\u030c\u0323\u0327\u0328"


def names(tag: str, count: int, seed: int = 0) -> list[str]:
    """`count` different names in NFC, the same for the same arguments."""
    source = random.Random(f"{tag}/{seed}")
    script = LANGUAGES[tag]
    stems = [_stem(source, script) for _ in range(max(count // 8, 20))]
    found: dict[str, None] = {}
    while len(found) < count:
        # Many names differ in little: an accent, the case, a hyphen.
        name = _varied(source, source.choice(stems)) if source.random() < 0.7 else _stem(source, script)
        found[unicodedata.normalize("NFC", name)] = None
    return list(found)


def _stem(source: random.Random, script: str) -> str:
    units = []
    for _ in range(source.randint(1, 9)):
        kind = source.random()
        if kind < 0.62:
            units.append(source.choice(LETTERS[script]))
        elif kind < 0.74:
            units.append(source.choice(DIGRAPHS))
        elif kind < 0.86:
            units.append(source.choice(SPECIAL))
        elif kind < 0.94:
            units.append(source.choice(OTHERS))
        elif kind < 0.97:
            units.append(source.choice(LETTERS[source.choice(list(LETTERS))]))
        else:
            units.append(source.choice(FOREIGN))
    return _cased(source, "".join(units))


def _cased(source: random.Random, text: str) -> str:
    style = source.random()
    if style < 0.5:
        return text.capitalize()
    if style < 0.65:
        return text.upper()
    if style < 0.75:
        return "".join(char.upper() if source.random() < 0.5 else char for char in text)
    return text


def _varied(source: random.Random, text: str) -> str:
    place = source.randrange(len(text) + 1)
    kind = source.random()
    if kind < 0.2:
        return _cased(source, text)
    if kind < 0.4 and place and text[place - 1].isalpha():
        return text[:place] + source.choice(MARKS) + text[place:]
    if kind < 0.55:
        return text[:place] + source.choice(OTHERS) + text[place:]
    if kind < 0.7:
        stripped = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        return stripped or text
    if kind < 0.85:
        return text[:place] + source.choice(SPECIAL) + text[place:]
    return text + source.choice((" 2", "a", " Ž", "-lj", " LAG"))
