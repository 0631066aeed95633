"""Print the table of sitegen/locales/plurals.py from the plural rules of the Babel that is installed.

Run it by hand when CLDR gains a language, and read the difference: an entry that exists is never altered,
since translators' files already carry it.
"""

from __future__ import annotations

from collections import defaultdict

from babel import Locale
from babel.localedata import locale_identifiers

ORDER = ("zero", "one", "two", "few", "many", "other")
SAMPLES = [*range(1101), *range(1000, 200_001, 1000), *range(0, 10_000_001, 100_000), 1_000_001, 2_000_002]

# The spelling that gettext's own tools and translators' editors use, where CLDR's rules say the same.
CONVENTIONS = (
    "nplurals=1; plural=0",
    "nplurals=2; plural=(n != 1)",
    "nplurals=2; plural=(n > 1)",
    "nplurals=2; plural=(n%10!=1 || n%100==11)",
    "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2)",
    "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2)",
    "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 && n%100!=11 ? 1 : 2)",
    "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2)",
    "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)",
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 && n>2 ? 2 : n<11 && n>6 ? 3 : 4)",
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n==0 || (n%100>=3 && n%100<=10) ? 2 : n%100>=11 && n%100<=19 ? 3 : 4)",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
)


def fold(node) -> bool | int | str:
    """C for a node of Babel's rule where n is a whole number without decimals or exponent."""
    op, args = node
    if op in "ni":
        return "n"
    if op in "vwftce":
        return 0
    if op == "value":
        return args[0]
    if op == "mod":
        left, right = fold(args[0]), fold(args[1])
        return left % right if isinstance(left, int) else f"{left}%{right}"
    if op == "not":
        inner = fold(args[0])
        return (not inner) if isinstance(inner, bool) else f"!({inner})"
    if op in ("and", "or"):
        left, right = fold(args[0]), fold(args[1])
        neutral = op == "and"
        for one, two in ((left, right), (right, left)):
            if isinstance(one, bool):
                return two if one is neutral else one
        return f"({left} {'&&' if neutral else '||'} {right})"
    assert op == "relation", op
    value = fold(args[1])
    tests = []
    for low, high in args[2][1]:
        low, high = fold(low), fold(high)
        if isinstance(value, int):
            tests.append(low <= value <= high)
        else:
            tests.append(f"{value}=={low}" if low == high else f"({value}>={low} && {value}<={high})")
    if isinstance(value, int):
        return any(tests)
    return tests[0] if len(tests) == 1 else "(" + " || ".join(tests) + ")"


def evaluate(header: str, n: int) -> int:
    from gettext import c2py

    return c2py(header.partition("plural=")[2])(n)


def header(rule) -> str:
    """The gettext header for a CLDR rule. Categories reached by no whole number below a million have no form:
    `many` of French or Spanish begins at a million ("un million de"), where gettext's tables keep two forms."""
    reached = {rule(n) for n in SAMPLES if n < 1_000_000} | {"other"}
    if all(rule(n) != "other" for n in SAMPLES if n < 1_000_000):
        reached.discard("other")
    tags = [tag for tag in ORDER if tag in reached]
    if len(tags) == 1:
        return CONVENTIONS[0]
    wanted = [tags.index(rule(n) if rule(n) in reached else "other") for n in SAMPLES]
    for known in CONVENTIONS:
        if known.startswith(f"nplurals={len(tags)};") and [evaluate(known, n) for n in SAMPLES] == wanted:
            return known
    rules = dict(rule.abstract)
    parts = "".join(f"{strip(fold(rules[tag]))} ? {number} : " for number, tag in enumerate(tags[:-1]))
    made = f"nplurals={len(tags)}; plural=({parts}{len(tags) - 1})"
    got = [evaluate(made, n) for n in SAMPLES]
    assert got == wanted, (made, [(n, g, w) for n, g, w in zip(SAMPLES, got, wanted) if g != w][:5])
    return made


def strip(text: str) -> str:
    return text


def main() -> None:
    by_header = defaultdict(list)
    headers = {}
    for name in sorted(locale_identifiers(), key=lambda name: (name.count("_"), name)):
        locale = Locale.parse(name)
        made = header(locale.plural_form)
        parts = name.split("_")
        inherited = headers.get(parts[0])
        if name == "root" or inherited == made:
            continue
        if len(parts) > 1 and headers.get("_".join(parts[:-1])) == made:
            continue
        headers[name] = made
        by_header[made].append(name.replace("_", "-"))
    for made, names in sorted(by_header.items(), key=lambda item: (item[0][9], -len(item[1]), item[0])):
        print(f'    "{made}": "{" ".join(sorted(names))}",')


if __name__ == "__main__":
    main()
