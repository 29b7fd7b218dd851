"""Identifying details, hidden characters and folding, in the languages people write in."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.rules.text import Detail, digits, fold_for_search, fold_name, forbidden, identifying


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Bel mij op 06 12 34 56 78", Detail.PHONE, "06 12 34 56 78"),
        ("my number is +31 6-12345678.", Detail.PHONE, "+31 6-12345678"),
        ("0031612345678", Detail.PHONE, "0031612345678"),
        ("call 020-1234567", Detail.PHONE, "020-1234567"),
        ("رقمي ٠٦١٢٣٤٥٦٧٨", Detail.PHONE, "٠٦١٢٣٤٥٦٧٨"),
        ("شماره من ۰۶۱۲۳۴۵۶۷۸ است", Detail.PHONE, "۰۶۱۲۳۴۵۶۷۸"),
        ("mail jan.jansen@example.org", Detail.EMAIL, "jan.jansen@example.org"),
        ("jan (at) example (dot) nl", Detail.EMAIL, "jan (at) example (dot) nl"),
        ("Ik woon op 3511 AB 12", Detail.ADDRESS, "3511 AB 12"),
        ("3511ab, nr 12", Detail.ADDRESS, "3511ab, nr 12"),
        ("Wij wonen Dorpsstraat 14a", Detail.ADDRESS, "Dorpsstraat 14a"),
        ("nummer 14, 1234 AB", Detail.ADDRESS, "14, 1234 AB"),
        ("Mijn bsn is 123456782", Detail.NUMBER, "123456782"),
        ("bsn 1234.56.782 ja", Detail.NUMBER, "1234.56.782"),
        ("my v-number 2871234567", Detail.NUMBER, "2871234567"),
        ("NL91 ABNA 0417 1643 00", Detail.NUMBER, "NL91 ABNA 0417 1643 00"),
        ("Mr Jansen zei het", Detail.NAME, "Mr Jansen"),
        ("mevrouw van den Berg helpt", Detail.NAME, "mevrouw van den Berg"),
        ("dhr. El-Amrani", Detail.NAME, "dhr. El-Amrani"),
        ("Ik heet Ali", Detail.NAME, "Ik heet Ali"),
        ("hello, my name is Fatima Noor", Detail.NAME, "my name is Fatima Noor"),
        ("السيد محمد قال", Detail.NAME, "السيد محمد"),
        ("اسمي فاطمة", Detail.NAME, "اسمي فاطمة"),
        ("آقای رضایی آمد", Detail.NAME, "آقای رضایی"),
        ("ኣይተ ሃይለ", Detail.NAME, "ኣይተ ሃይለ"),
        ("пан Шевченко", Detail.NAME, "пан Шевченко"),
        ("benim adım Ayşe", Detail.NAME, "benim adım Ayşe"),
        ("add me: @fatima_k", Detail.ACCOUNT, "@fatima_k"),
        ("wa.me/31612345678", Detail.ACCOUNT, "wa.me/31612345678"),
    ],
)
def test_R15_an_identifying_detail_is_found(text: str, kind: Detail, part: str) -> None:
    found = identifying(text)
    assert [(f.kind, text[f.start : f.end].strip()) for f in found] == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "op 2026-11-23 om 19:30", "01-09-2026", "het kost € 1.000.000 per jaar", "1.000.000 euro", "in 2026 en 2027",
        "meneer zei niets", "the doctor said no", "19 members, 46 interviews, six languages", "",
        "van 2019 tot 2026 en verder", "week 12 2026 in de zomer", "we wait 3 weeks, then 14 days", "onderweg 2 dagen",
        "Dutch at A2, then B1", "bus 12, line 4", "الماء والكهرباء", "ብዙሕ ሰብ ይጽበ", "Ik woon graag in Veldhaven",
        "10% of the budget of 2027", "postcode 3511", "the 14 themes", "ik heet mensen welkom",
    ],
)  # fmt: skip
def test_R15_ordinary_sentences_are_left_alone(text: str) -> None:
    assert identifying(text) == []


def test_R15_several_details_come_in_order_and_do_not_overlap() -> None:
    text = "Mr Jansen, 06-12345678, jan@example.org"
    found = identifying(text)
    assert [f.kind for f in found] == [Detail.NAME, Detail.PHONE, Detail.EMAIL]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(max_size=400))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    for found in identifying(text):
        assert 0 <= found.start < found.end <= len(text)
    forbidden(text)
    fold_name(text)


@pytest.mark.parametrize(
    "unit",
    ["1 ", "a.", "Mr ", "0-", "van de ", "a@", "A1 ", "(", "mevrouw A ", "1111 AA ", "straat ", "@a.", "+3", "de A"],
)
def test_judging_a_long_text_takes_no_long_time(unit: str) -> None:
    start = time.perf_counter()
    identifying((unit * 10_000)[:10_000])
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\u202e", "\u202a", "\u2066", "\u200b", "\u200e", "\ufeff", "\u00ad", "\u2060", "\ue000",
     "\ud800", "\u3164", "\u034f", "\u2028".replace("\u2028", "\x85")],
)  # fmt: skip
def test_a_character_that_hides_something_is_forbidden(character: str) -> None:
    assert forbidden(f"good{character}day") == [character]


@pytest.mark.parametrize(
    "text", ["line\nbreak\ttab\r\n", "می‌خواهم", "ደሓንዶ", "naïve café", "Ğ ş ı İ", "Дім", "👋 hello", "it’s – fine…"]
)
def test_ordinary_characters_are_fine(text: str) -> None:
    assert forbidden(text) == []


def test_a_joiner_is_fine_inside_arabic_script_and_nowhere_else() -> None:
    assert forbidden("go\u200cod") == ["\u200c"]
    assert forbidden("\u200cبا") == ["\u200c"]
    assert forbidden("نیم\u200cفاصله") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rode Vos", "rode vos"), ("Rode Vos", "RodeVos"), ("Rode Vos", "Rоdе Vоs"), ("Rode Vos", "R0de Vos"),
        ("Lila", "1i1a"), ("Åse", "Ase"), ("Ｒｏｄｅ Ｖｏｓ", "Rode Vos"), ("Modern", "Modem"),
        ("نجمة", "نجمه"), ("ثعلب", "ثعـلب"), ("ፀሓይ", "ጸሓይ"), ("Rode-Vos", "Rode_Vos"),
    ],
)  # fmt: skip
def test_names_that_look_alike_fold_to_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_names_that_differ_stay_apart() -> None:
    names = ["Rode Vos", "Blauwe Vos", "Rode Reiger", "ثعلب أحمر", "نجم أزرق", "ቀይሕ ኮኸብ", "Stille Eik"]
    assert len({fold_name(n) for n in names}) == len(names)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cafe", "Café"), ("ecole", "ÉCOLE"), ("istanbul", "İstanbul"), ("strasse", "Straße"), ("sorn", "Sørn"),
        ("isik", "ışık"), ("ucgen", "Üçgen"),
        ("مدرسه", "مَدْرَسَة"), ("امهات", "أُمَّهات"), ("مدرسه", "مدرســة"), ("كتاب", "کتاب"), ("علي", "على"),
        ("ميخواهم", "می‌خواهم"), ("123", "١٢٣"), ("123", "۱۲۳"),
        ("ሰላም", "ሠላም"), ("ጸሓይ", "ፀሓይ"), ("ሰላም", "ሰላም።"), ("двір", "ДВІР"),
    ],
)  # fmt: skip
def test_search_finds_what_people_mean(typed: str, written: str) -> None:
    assert fold_for_search(typed) == fold_for_search(written)


def test_folded_words_stand_apart_by_one_space() -> None:
    assert fold_for_search("Work,  (paid)\nwork!") == "work paid work"
    assert fold_for_search("ስራሕ፡ቋንቋ") == "ስራሕ ቋንቋ"
    assert fold_for_search(" \n؟ ") == ""


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), max_size=80))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = fold_for_search(text)
    assert fold_for_search(once) == once


def test_digits_keep_their_place() -> None:
    assert digits("a٣b۴c5") == "a3b4c5"
    assert len(digits("٣²x")) == 3
