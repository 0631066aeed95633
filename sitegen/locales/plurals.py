"""The plural forms of every language that CLDR has plural rules for, as gettext headers: pinned.

Tables of plural forms change between releases of CLDR and Babel, and a changed header would silently shift the
meaning of every `msgstr[1]` of a translator's file. So this table is our own; an entry is never altered once
released. It follows CLDR's rules for whole numbers, in CLDR's order (zero, one, two, few, many, other), which is
what gettext, Poedit and Weblate use, and their spelling where they have one. Two deliberate differences:
`many` that begins at a million (French, Spanish, Italian …) has no form of its own, and `pt` is counted as in
Portugal (`pt-BR` as in Brazil), both as gettext does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

DEFAULT = "nplurals=2; plural=(n != 1)"

_TABLE: tuple[tuple[str, str], ...] = (
    (
        "nplurals=1; plural=0",
        ("bm bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi vi wo yo yue zh"),
    ),
    (
        "nplurals=2; plural=(n != 1)",
        (
            "af an asa ast az bal bem bez bg brx ca ce cgg chr ckb da de dv ee el en eo es et eu fi fo fur fy gl gsw "
            "ha haw hu ia io it jgo jmc ka kaj kcg kk kkj kl ks ksb ku ky lb lg lij lld mas mgo ml mn mr nb nd ne nl "
            "nn nnh no nr ny nyn om or os pap ps pt rm rof rwk saq sc scn sd sdh seh sn so sq ss ssy st sv sw syr ta "
            "te teo tig tk tn tr ts ug ur uz ve vec vo vun wae xh xog yi"
        ),
    ),
    (
        "nplurals=2; plural=(n > 1)",
        "ak am as bho bn csw doi fa ff fr gu hi ht hy kab kn ln mg nso pa pcm pt-BR si ti wa zu",
    ),
    (
        "nplurals=2; plural=(n>3 && (n%10==4 || n%10==6 || n%10==9))",
        "ceb fil",
    ),
    (
        "nplurals=2; plural=(n%10!=1 || n%100==11)",
        "is mk",
    ),
    (
        "nplurals=2; plural=(n>1 && (n<11 || n>99))",
        "tzm",
    ),
    (
        "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2)",
        "he iu naq sat se sma smj smn sms",
    ),
    (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
        "be bs hr ru sr uk",
    ),
    (
        "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 && n%100!=11 ? 1 : 2)",
        "lv prg",
    ),
    (
        "nplurals=3; plural=(n==0 ? 0 : n==1 ? 1 : 2)",
        "blo ksh lag",
    ),
    (
        "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)",
        "cs sk",
    ),
    (
        "nplurals=3; plural=(n<=1 ? 0 : n<=10 ? 1 : 2)",
        "shi",
    ),
    (
        "nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2)",
        "lt",
    ),
    (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
        "pl",
    ),
    (
        "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2)",
        "ro",
    ),
    (
        "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)",
        "dsb hsb sl",
    ),
    (
        (
            "nplurals=5; plural=(n%10==1 && n%100!=11 && n%100!=71 && n%100!=91 ? 0 : "
            "n%10==2 && n%100!=12 && n%100!=72 && n%100!=92 ? 1 : "
            "(n%10==3 || n%10==4 || n%10==9) && (n%100<10 || n%100>19) && (n%100<70 || n%100>79) && n%100<90 ? 2 : "
            "n!=0 && n%1000000==0 ? 3 : 4)"
        ),
        "br",
    ),
    (
        "nplurals=4; plural=(n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>2 && n<20 ? 2 : 3)",
        "gd",
    ),
    (
        "nplurals=4; plural=(n%10==1 ? 0 : n%10==2 ? 1 : n%20==0 ? 2 : 3)",
        "gv",
    ),
    (
        "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 && n>2 ? 2 : n<11 && n>6 ? 3 : 4)",
        "ga",
    ),
    (
        (
            "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n==0 || (n%100>=3 && n%100<=10) ? 2 : "
            "n%100>=11 && n%100<=19 ? 3 : 4)"
        ),
        "mt",
    ),
    (
        (
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : "
            "n%20==2 || (n%1000==0 && ((n%100000>=1000 && n%100000<=20000) || n%100000==40000 || n%100000==60000 "
            "|| n%100000==80000)) || n%1000000==100000 ? 2 : n%20==3 ? 3 : n%20==1 ? 4 : 5)"
        ),
        "kw",
    ),
    (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
        "ar",
    ),
    (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)",
        "cy",
    ),
)

# Old or wider names of languages.
_ALIASES = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr", "tl": "fil", "cnr": "sr"}


@cache
def _headers() -> Mapping[str, str]:
    return {tag: header for header, tags in _TABLE for tag in tags.split()}


def plural_forms(tag: str) -> str:
    """The value of the `Plural-Forms` header for a BCP 47 tag, with its closing semicolon.

    Language and region count (`pt-BR`, then `pt`); an unknown language counts as English does.
    """
    headers = _headers()
    parts = tag.replace("_", "-").split("-")
    parts[0] = _ALIASES.get(parts[0].lower(), parts[0].lower())
    spelled = [parts[0]] + [part.upper() if len(part) == 2 else part for part in parts[1:]]
    # `pt-Latn-BR`: the region counts, wherever it stands.
    for key in [*(f"{spelled[0]}-{part}" for part in spelled[1:]), spelled[0]]:
        if key in headers:
            return headers[key] + ";"
    return DEFAULT + ";"


def plural_count(tag: str) -> int:
    """How many forms a plural message has in this language: 1 to 6."""
    return int(plural_forms(tag)[len("nplurals=")])


@cache
def plural_index(tag: str) -> Callable[[int], int]:
    """The function from a whole number (0 or more) to the index of its form, as this table has it."""
    from gettext import c2py

    expression = plural_forms(tag).partition("plural=")[2].rstrip(";")
    index: Callable[[int], int] = c2py(expression)
    return index
