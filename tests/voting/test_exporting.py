"""A closed ballot as a file of the field: it is read back by our own readers, counts the same, and tells nobody's code."""

from __future__ import annotations

import pytest

from codesign.counting.files import reading, tallying
from codesign.counting.files.comparing import compare
from codesign.voting import closed_list, exporting
from codesign.voting.domain import Method
from voting.ballots_of_methods import closed, opening


@pytest.mark.parametrize("method", Method)
def test_the_file_holds_no_code_and_no_sign_and_the_same_votes_make_the_same_file(method):
    o = opening(method)
    one, other = closed(o, seed=1), closed(o, seed=2)
    name, text = exporting.votes_file(o, one, "d" * 64)
    assert text == exporting.votes_file(o, other, "d" * 64)[1]
    assert name.startswith("ballot-dddddddddddd.")
    assert "kanarie" not in text
    assert not any(line.code in text for line in one.lines)


ENDINGS = {Method.RANKED: "soi", Method.BUDGET: "pb", Method.DOTS: "pb"}


@pytest.mark.parametrize("method", Method)
def test_the_format_is_that_of_the_method(method):
    o = opening(method)
    name, _text = exporting.votes_file(o, closed(o), "d" * 64)
    assert name.rsplit(".", 1)[1] == ENDINGS.get(method, "cat")
    assert exporting.ending(o) == "." + ENDINGS.get(method, "cat")


@pytest.mark.parametrize("method", [m for m in Method if m not in {Method.YES_NO, Method.CONSENT}])
def test_the_file_is_read_back_and_counted_to_the_same_end(method):
    o = opening(method)
    listed = closed(o, voters=11)
    tally = closed_list.count(o, listed)
    name, text = exporting.votes_file(o, listed, "d" * 64)
    file = reading.parse(text.encode(), name.rsplit(".", 1)[1])
    assert file.voters == 11
    assert list(file.options.values()) == [option.title for option in o.options]
    told = {Method.SCORE: "score", Method.SHORTLIST: "shortlist"}.get(method)
    counted = tallying.tally(file, told, seats=o.terms.seats or None)
    titles = {option.key: option.title for option in o.options}
    assert {file.options[key] for key in counted.result.winners} == {titles[key] for key in tally.winners}
    if method is Method.BUDGET:
        assert compare(file, counted).agrees


@pytest.mark.parametrize(("method", "votes"), [(Method.YES_NO, [8, 2, 2]), (Method.CONSENT, [8, 4, 0])])
def test_answers_are_three_categories_of_one_idea(method, votes):
    o = opening(method)
    text = exporting.votes_file(o, closed(o), "d" * 64)[1]
    file = reading.parse(text.encode(), "cat")
    assert list(file.categories) == list(o.choice_keys())
    given = [
        sum(w for b, w in zip(file.ballots, file.weights, strict=True) if b[place]) for place in range(3)
    ]  # fmt: skip
    assert given == votes


def test_an_empty_ballot_makes_a_file_too():
    for method in Method:
        o = opening(method)
        name, text = exporting.votes_file(o, closed_list.make(o, "a" * 64, "", []), "d" * 64)
        assert text, name
