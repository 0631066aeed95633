"""Names are ordered as ICU orders them, and stand under the right letter of their language's alphabet."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation_names import COUNT, LANGUAGES, names
from sitegen.locales.collation import alphabet, collation_key, letter_of

GOLDEN = json.loads((Path(__file__).parent / "data" / "collation_golden.json").read_text(encoding="utf-8"))


def in_order(tag, found):
    key = collation_key(tag)
    return sorted(found, key=lambda name: (key(name), name))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_sample_is_in_the_order_of_icu(tag):
    sample = GOLDEN["languages"][tag]["sample"]
    assert in_order(tag, reversed(sample)) == sample


@pytest.mark.parametrize("tag", LANGUAGES)
def test_ten_thousand_pairs_are_in_the_order_of_icu(tag):
    order = in_order(tag, names(tag, COUNT))
    assert hashlib.sha256("\n".join(order).encode()).hexdigest() == GOLDEN["languages"][tag]["sha256"]


@pytest.mark.parametrize(
    "tag, order",
    [
        ("sr-Latn", "cvet čamac ćuprija deo džep đak lav luk ljubav most nada nož njiva"),
        ("hr", "lutka ljubav nož njiva"),
        ("sr-Cyrl", "дан ђак лав луг љубав нож његош ћуприја џеп шума Zagreb"),
        ("pl", "lato lód łódź ósmy zebra źrebak żaba"),
        ("fi", "zoo åbo ähtäri örö"),
        ("cs", "cena čaj dům hora chata ixe"),
        ("hu", "cukor csak dob dzeta gép gyár lyuk megy meggy"),
        ("da", "Zebra Ægir Øster Aarhus"),
        ("sv", "zon åker ärlig öga"),
        ("et", "sild šokk zoo žanr tuul õun ämm öö ümar"),
        ("bg", "Бургас Варна София Burgas"),
    ],
)
def test_alphabets_that_readers_know(tag, order):
    expected = order.split()
    assert in_order(tag, sorted(expected)) == expected


@pytest.mark.parametrize(
    "tag, name, letter",
    [
        ("sr-Latn", "Ljig", "Lj"),
        ("sr-Latn", "LJIG", "Lj"),
        ("sr-Latn", "luk", "L"),
        ("sr-Latn", "džep", "Dž"),
        ("sr-Latn", "Đorđe", "Đ"),
        ("sr-Latn", "Łódź", "L"),
        ("sr-Latn", "Љиг", "#"),
        ("sr-Cyrl", "Љиг", "Љ"),
        ("sr-Cyrl", "LAG", "#"),
        ("pl", "Łódź", "Ł"),
        ("fi", "Ähtäri", "Ä"),
        ("fi", "åbo", "Å"),
        ("en", "Åbo", "A"),
        ("cs", "Cheb", "Ch"),
        ("hu", "Gyula", "Gy"),
        ("da", "Aarhus", "Å"),
        ("el", "Άρτα", "Α"),
        ("en", "1st", "#"),
        ("en", "", "#"),
        ("en", "中", "#"),
        ("xx", "Beta", "B"),
    ],
)
def test_index_letters(tag, name, letter):
    assert letter_of(tag, name) == letter


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_letter_stands_under_itself_and_in_order(tag):
    letters = alphabet(tag)
    assert [letter_of(tag, letter) for letter in letters] == list(letters)
    assert in_order(tag, letters) == list(letters)


def test_serbian_alphabets_have_thirty_letters_in_cyrillic_and_all_of_them_in_latin():
    assert len(alphabet("sr-Cyrl")) == 30
    assert alphabet("sr") == alphabet("sr-Cyrl")
    letters = " ".join(letter for letter in alphabet("sr-Latn") if letter not in ("Q", "W", "X", "Y"))
    assert letters == "A B C Č Ć D Dž Đ E F G H I J K L Lj M N Nj O P R S Š T U V Z Ž"


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["en", "sr-Latn", "da", "hu", "el"]))
def test_keys_do_not_depend_on_the_normal_form(one, two, tag):
    key = collation_key(tag)
    assert key(one) == key(unicodedata.normalize("NFD", one))
    assert (key(one) < key(two)) == (key(unicodedata.normalize("NFD", one)) < key(unicodedata.normalize("NFC", two)))


@given(st.text(alphabet="abcčdđlnjžšLNJ -", max_size=10), st.text(alphabet="abcž", min_size=1, max_size=3))
def test_a_name_that_goes_on_comes_later(name, more):
    key = collation_key("en")
    assert key(name) < key(name + more)
