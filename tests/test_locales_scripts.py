"""From one script to another: the letters, their case, and what must stay as it is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.locales.scripts import MAXIMUM_SLUG_LENGTH, can_transliterate, pairs, slugify, transliterator

SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
latin = transliterator("sr-Cyrl", "sr-Latn")
serbian_words = st.text(alphabet=SERBIAN + SERBIAN.upper(), min_size=1, max_size=12).filter(
    lambda word: not re.fullmatch("[СМХ]+", word)
)
texts = st.text(alphabet=SERBIAN + SERBIAN.upper() + " -'„“.!?abcXIV123\u0301\n", max_size=60)


@pytest.mark.parametrize(
    "cyrillic, expected",
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("КОЊ", "KONJ"),
        ("Коњ", "Konj"),
        ("Њ", "Nj"),
        ("АЊа", "ANja"),
        ("Ђорђе Џеповић, Ћуприја", "Đorđe Džepović, Ćuprija"),
        ("ЉУ\u0301БАВ", "LJÚBAV"),
        ("КОЊ\u0301", "KONJ\u0301"),
        ("Љ\u0301УБАВ", "LJ\u0301UBAV"),
        ("КОЊ-кобила", "KONJ-kobila"),
        ("НИКОЉ-ДАН", "NIKOLJ-DAN"),
        ("Љ-КЛАСА", "LJ-KLASA"),
        ("Љ-класа", "Lj-klasa"),
        ("„ЏЕП“ и „Џеп“", "„DŽEP“ i „Džep“"),
        ("ДАРТАЊ’АН", "DARTANJ’AN"),
        ("ЊЕГОШ И Њ", "NJEGOŠ I Nj"),
        ("инјекција, надживети, Тањуг", "injekcija, nadživeti, Tanjug"),
        ("ѝ", "ì"),
    ],
)
def test_serbian_digraphs_have_the_right_case(cyrillic, expected):
    assert latin(cyrillic) == unicodedata.normalize("NFC", expected)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("II светски рат", "II svetski rat"),
        ("крај XX вијека", "kraj XX vijeka"),
        ("почетак ХХ века", "početak XX veka"),  # Cyrillic look-alikes
        ("ХIХ-ог века", "XIX-og veka"),
        ("ХХI", "XXI"),
        ("СССР", "SSSR"),
        ("СМС", "SMS"),
        ("ХЛЕБ", "HLEB"),
    ],
)
def test_roman_numerals_stay(text, expected):
    assert latin(text) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "https://пример.срб/страна?упит=љубав",
        "http://example.org/љ",
        "www.љубав.rs",
        "пример.срб",
        "име@пример.срб",
        "mailto:име@пример.срб",
        "%(име)s",
        "{име}",
        "LEADER",
        "café",
    ],
)
def test_addresses_placeholders_and_latin_text_stay(kept):
    assert latin(f"Пише {kept} овде") == f"Piše {kept} ovde"


@given(texts)
def test_nothing_of_the_table_is_left_and_a_second_time_changes_nothing(text):
    once = latin(text)
    assert not set(once.lower()) & set(SERBIAN)
    assert latin(once) == once


@given(texts)
def test_results_are_nfc_whatever_comes_in(text):
    assert latin(unicodedata.normalize("NFD", text)) == latin(text)
    assert unicodedata.is_normalized("NFC", latin(text))


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_latin_text_is_untouched(text):
    assert latin(text) in (text, unicodedata.normalize("NFC", text))
    if text.isascii():
        assert latin(text) == text


@given(serbian_words)
def test_length_law_each_digraph_adds_one(word):
    digraphs = sum(letter in "љњџ" for letter in word.lower())
    assert len(latin(word)) == len(word) + digraphs


@given(serbian_words)
def test_case_laws(word):
    if word.islower():
        assert latin(word).islower()
    if word.isupper() and len(word) > 1:
        assert latin(word).isupper()
    if word.istitle():
        assert latin(word)[0].isupper()
        assert latin(word)[1:].islower() or len(latin(word)) == 1


@given(serbian_words, serbian_words)
def test_digraph_case_looks_at_the_neighbours_alone(one, two):
    for capital, title, upper in (("Љ", "Lj", "LJ"), ("Њ", "Nj", "NJ"), ("Џ", "Dž", "DŽ")):
        middle = latin(one + capital + two)
        expected = upper if two[0].isupper() else title
        assert middle[len(latin(one + "ш")) - 1 :].startswith(expected) or _other_context(one)
        end = latin(one + capital)
        assert end.endswith(upper if one[-1].isupper() else title)


def _other_context(one):
    """Whether the letters before would be written differently before another letter (`Џ` at their end)."""
    return one[-1] in "ЉЊЏ"


@pytest.mark.parametrize(
    "tag, text, expected",
    [
        ("mk", "Ѓорче Ќосев Ѕвезда Џафер љубов", "Ǵorče Ḱosev Dzvezda Džafer ljubov"),
        ("bg", "България, София, Мария, Щастие, Синьо, ъгъл", "Bulgaria, Sofia, Maria, Shtastie, Sinyo, agal"),
        ("bg", "БЪЛГАРИЯ МАРИЯ ЩАСТИЕ", "BULGARIA MARIA SHTASTIE"),
        ("uk", "Єнакієве, Їжакевич, Юрій, Яготин, Розгін", "Yenakiieve, Yizhakevych, Yurii, Yahotyn, Rozghin"),
        (
            "uk",
            "Знам'янка, Щербухи, Ґалаґан, Алушта, Костянтин",
            "Znamianka, Shcherbukhy, Galagan, Alushta, Kostiantyn",
        ),
        ("uk", "Івано-Франківськ, Нью-Йорк, don't", "Ivano-Frankivsk, Niu-York, don't"),
        ("uk", "ЩУКА ЗГОРАНИ", "SHCHUKA ZGHORANY"),
        ("kk", "Қазақстан, Өскемен, ұлттық, Ілияс", "Qazaqstan, Öskemen, ūlttyq, Iliias"),
        ("kk", "ИНЕ іні", "İNE ını"),
    ],
)
def test_other_pairs(tag, text, expected):
    assert transliterator(tag, f"{tag}-Latn")(text) == expected


def test_pairs_are_found_by_tags():
    assert ("sr-Cyrl", "sr-Latn") in pairs()
    assert can_transliterate("sr", "sr-Latn")
    assert can_transliterate("sr_cyrl", "sr_latn")
    assert not can_transliterate("sr-Latn", "sr-Cyrl")  # injekcija, nadživeti: nobody can tell
    assert not can_transliterate("sr-Cyrl", "mk-Latn")
    with pytest.raises(ValueError, match="no transliteration from ru to ru-Latn"):
        transliterator("ru", "ru-Latn")


@pytest.mark.parametrize(
    "text, tag, slug",
    [
        ("Љубав и моћ", "sr-Cyrl", "ljubav-i-moc"),
        ("Крушевац", "sr-Cyrl", "krusevac"),
        ("Kruševac", "sr-Latn", "krusevac"),
        ("Đorđe Čvarak", "sr-Latn", "djordje-cvarak"),
        ("Đà Nẵng", "en", "da-nang"),
        ("Łódź: żółć", "pl", "lodz-zolc"),
        ("Größe", "de", "groesse"),
        ("Yö & päivä", "fi", "yo-paiva"),
        ("Smørrebrød på Århus", "da", "smoerrebroed-paa-aarhus"),
        ("Don’t panic", "en", "dont-panic"),
        ("L’Europe à l’œuvre", "fr", "l-europe-a-l-oeuvre"),
        ("Ευρώπη και Ουρανός", "el", "evropi-kai-ouranos"),
        ("България", "bg", "bulgaria"),
        ("Знам'янка", "uk", "znamianka"),
        ("Россия", "en", "rossiya"),
        ("İstanbul Iğdır", "tr", "istanbul-igdir"),
        ("about_us.2024", "en", "about-us-2024"),
        ("中文", "zh", ""),
        ("../../etc/passwd", "en", "etc-passwd"),
    ],
)
def test_slugs(text, tag, slug):
    assert slugify(text, tag) == slug


@given(st.text(max_size=200), st.sampled_from(["en", "sr-Cyrl", "de", "uk", "el", "qqq"]))
def test_slugs_are_plain_short_and_final(text, tag):
    slug = slugify(text, tag)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= MAXIMUM_SLUG_LENGTH
    assert slugify(slug, tag) == slug
    assert slugify(unicodedata.normalize("NFD", text), tag) == slug


@given(
    st.lists(
        st.sampled_from(
            [
                "Љубав",
                "НА",
                "XX",
                "ХХ",
                "Љ-КЛАСА",
                "a@б.срб",
                "www.пример.срб/Љ",
                "%(а б)s",
                "{име}",
                "\n",
                "Њ",
                "„Џеп“",
                " ",
                "́а",
            ]
        )
    )
)
def test_a_text_is_converted_from_space_to_space(words):
    """Remembered words give what a conversion of the whole text gives."""
    for tag in ("sr", "uk"):
        convert = transliterator(tag, f"{tag}-Latn")
        assert convert(" ".join(words)) == convert.__self__._whole(" ".join(words))
