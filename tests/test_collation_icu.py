"""Names that no data file holds are ordered as the ICU on this machine orders them (PyICU, for developers)."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from collation_names import COUNT, LANGUAGES, names
from sitegen.locales.collation import collation_key

icu = pytest.importorskip("icu", reason="PyICU is not installed")
_GOLDEN = json.loads((Path(__file__).parent / "data" / "collation_golden.json").read_text(encoding="utf-8"))
if _GOLDEN["icu"] != icu.ICU_VERSION:
    pytest.skip(f"the data are of ICU {_GOLDEN['icu']}", allow_module_level=True)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_other_names_are_in_the_order_of_icu(tag):
    key = collation_key(tag)
    collator = icu.Collator.createInstance(icu.Locale(tag.replace("-", "_")))
    collator.setAttribute(icu.UCollAttribute.NORMALIZATION_MODE, icu.UCollAttributeValue.ON)
    found = names(tag, COUNT, seed=2)
    expected = sorted(found, key=lambda name: (collator.getSortKey(unicodedata.normalize("NFD", name)), name))
    assert sorted(found, key=lambda name: (key(name), name)) == expected
