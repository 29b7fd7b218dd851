"""Ideas as values: differences that read back, likeness across word endings, and words in three scripts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codesign.proposals.domain import (
    Change,
    asked_words,
    difference,
    likeness,
    most_alike,
    pairs_alike,
    search_words,
    without_article,
)
from codesign.rules.text import fold_for_search


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_difference_reads_back_to_both_versions(before, after):
    pieces = difference(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


def test_a_changed_word_is_removed_and_added_as_a_whole():
    pieces = difference("A room to drink tea", "A room to drink coffee")
    assert [(p.change.value, p.text) for p in pieces] == [
        ("same", "A room to drink "), ("removed", "tea"), ("added", "coffee"),
    ]  # fmt: skip


def test_ideas_about_the_same_thing_are_alike_and_others_are_not():
    texts = {
        1: "open de brug in the evening",
        2: "a room to drink tea, no lesson",
        3: "bus tickets for lessons",
        4: "a room where we drink tea together",
    }
    asked = fold_for_search("A room for drinking tea")
    assert set(most_alike(asked, texts)) == {2, 4}
    assert most_alike(fold_for_search("Doctors who listen"), texts) == []
    assert most_alike("tea", texts) == []


def test_likeness_lies_between_nothing_and_the_same():
    scores = likeness("a room to drink tea", {1: "a room to drink tea", 2: "zzz qqq"})
    assert scores[1] > 0.99
    assert scores[2] == 0


def test_pairs_that_look_alike_come_with_the_likest_first():
    texts = {1: "eat together on friday", 2: "doctors who listen", 3: "on friday we eat together", 4: "bus tickets"}
    assert pairs_alike(texts) == [(1, 3)]
    assert pairs_alike({}) == []


def test_arabic_words_are_found_without_their_article():
    assert without_article("المدرسه") == "مدرسه"
    assert without_article("الى") == "الى"
    assert without_article("tea") == "tea"
    assert "مدرسه" in search_words(fold_for_search("المدرسة بعيدة"))
    assert asked_words(fold_for_search("المدرسة")) == ["مدرسه"]
