"""The check of plain words on sentences whose faults are known, and on any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.plain.check import check, known, sentences
from codesign.plain.lists import frequent
from codesign.plain.values import Kind


def found(text: str, language: str, kind: Kind) -> list[str]:
    return [f.text for f in check(text, language) if f.kind is kind]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("De aanbeveling wordt door het college overgenomen.", "nl", ["wordt door het college overgenomen"]),
        ("Het besluit is genomen door de raad.", "nl", ["is genomen"]),
        ("Wij zijn gegaan en hebben gegeten.", "nl", []),
        ("Het wordt een mooi gebied.", "nl", []),
        ("Letters are not often read by people.", "en", ["are not often read"]),
        ("The plan was accepted.", "en", ["was accepted"]),
        ("We are tired. They are happy.", "en", []),
    ],
)
def test_passive_is_found_where_somebody_could_stand(text, language, words):
    assert found(text, language, Kind.PASSIVE) == words


def test_a_long_sentence_is_counted_and_a_line_ends_one():
    long = "Wij willen " + "dat elke buur in elke straat " * 3 + "belt."
    assert [(f.words, f.start) for f in check(long, "nl") if f.kind is Kind.LONG] == [(21, 0)]
    assert found("word " * 15, "en", Kind.LONG) == []
    assert found("we meet here every week\n" * 5, "en", Kind.LONG) == []


def test_the_point_of_an_abbreviation_ends_no_sentence():
    text = "Bel bijv. de buren. Of o.a. de school! Dr. Bos komt."
    assert [text[a:b] for a, b in sentences(text)] == ["Bel bijv. de buren.", "Of o.a. de school!", "Dr. Bos komt."]


def test_office_language_has_plainer_words_and_is_not_told_twice():
    found_ = check("Ten behoeve van bewoners dient te worden gekeken.", "nl")
    assert [(f.text, f.instead) for f in found_ if f.kind is Kind.OFFICE] == [
        ("Ten behoeve van", "voor"),
        ("dient te", "moet"),
    ]
    assert found("Ten behoeve van bewoners.", "nl", Kind.RARE) == []
    assert found("In order to meet, call.", "en", Kind.OFFICE) == ["In order to"]


@pytest.mark.parametrize(
    "word", ["buurthuizen", "taallessen", "nieuwkomers", "contactpersoon", "burgemeester", "namen"]
)
def test_compounds_and_plurals_of_known_words_are_known(word):
    assert known(word, "nl")


def test_a_rare_word_is_told_once_and_a_name_never():
    text = "De inspraakprocedure van Xanthippe. Weer de inspraakprocedure."
    assert found(text, "nl", Kind.RARE) == ["inspraakprocedure"]
    assert found("Neighbours meet. Interlocutory words hurt.", "en", Kind.RARE) == ["Interlocutory"]


def test_there_is_a_list_for_two_languages_and_the_others_are_left_alone():
    assert len(frequent("nl")) == len(frequent("en")) == 10_000
    assert check("نطبخ معًا كل أسبوع.", "ar") == ()
    assert check("", "nl") == ()


@given(st.text(max_size=300), st.sampled_from(["nl", "en", "ti"]))
def test_any_text_gets_findings_inside_it(text, language):
    for finding in check(text, language):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
