"""Write tests/data/collation_golden.json: how ICU sorts the made names of tests/collation_names.py.

Needs PyICU, as tests/tools/make_collation.py does. ICU gets the names in NFD with normalisation switched on:
by default it leaves piled-up marks as they come, for speed, where the Unicode Collation Algorithm does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from pathlib import Path

import icu

sys.path.insert(0, str(Path(__file__).parents[1]))
from collation_names import COUNT, LANGUAGES, names

TARGET = Path(__file__).parents[1] / "data" / "collation_golden.json"
SAMPLE = 100


def icu_key(tag: str):
    collator = icu.Collator.createInstance(icu.Locale(tag.replace("-", "_")))
    collator.setAttribute(icu.UCollAttribute.NORMALIZATION_MODE, icu.UCollAttributeValue.ON)
    return lambda name: collator.getSortKey(unicodedata.normalize("NFD", name))


def main() -> None:
    golden = {}
    for tag in LANGUAGES:
        key = icu_key(tag)
        order = sorted(names(tag, COUNT), key=lambda name: (key(name), name))
        sample = sorted(names(tag, SAMPLE, seed=1), key=lambda name: (key(name), name))
        golden[tag] = {"sha256": hashlib.sha256("\n".join(order).encode()).hexdigest(), "sample": sample}
    TARGET.parent.mkdir(exist_ok=True)
    text = json.dumps({"icu": icu.ICU_VERSION, "languages": golden}, ensure_ascii=False, indent=1)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
