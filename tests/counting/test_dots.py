"""Dots: everybody has as many, they may all go to one option, and dots nobody gave away are told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.domain import CannotCount
from codesign.counting.dots import dots

OPTIONS = tuple("abcd")
EACH = 5
Votes = list[dict[str, int]]
# Where each of a voter's dots goes; "" is kept.
placed = st.lists(st.sampled_from([*OPTIONS, ""]), max_size=EACH)
ballots = st.lists(placed.map(lambda where: {o: where.count(o) for o in OPTIONS if o in where}), max_size=12)


def test_dots_are_added_up_and_told_in_steps() -> None:
    result = dots("abc", [{"a": 3}, {"b": 1, "c": 1}, {"b": 2, "a": 0}, {"c": 2}], 3)
    assert result.sums == {"a": 3, "b": 3, "c": 3}
    assert result.givers == {"a": 1, "b": 2, "c": 2}
    assert (result.winners, result.ties, result.kept) == (("a", "b", "c"), (("a", "b", "c"),), 3)
    more = dots("abc", [{"a": 3}, {"b": 2, "c": 1}, {"c": 1}], 3)
    assert [s.plain() for s in more.steps] == [
        {"kind": "dots_voters", "of": 3, "each": 3, "given": 7, "dots": 9, "kept": 2},
        {"kind": "dots_counted", "option": "a", "dots": 3, "given": 7, "on": 1, "of": 3},
        {"kind": "dots_counted", "option": "b", "dots": 2, "given": 7, "on": 1, "of": 3},
        {"kind": "dots_counted", "option": "c", "dots": 2, "given": 7, "on": 2, "of": 3},
        {
            "kind": "dots_won",
            "option": "a",
            "dots": 3,
            "given": 7,
            "on": 1,
            "of": 3,
            "next": ["b", "c"],
            "next_dots": 2,
        },
        {"kind": "dots_equal", "options": ["b", "c"], "dots": 2, "given": 7},
    ]


def test_the_house_of_illinois() -> None:
    """Three seats and three votes each, Illinois 1870-1980 (Moore 1919): a party of over a quarter gets one seat.

    Of 100 voters 73 give each of their three candidates one vote, and 27 give all three to theirs.
    """
    result = dots("abcz", [{"a": 1, "b": 1, "c": 1}, {"z": 3}], 3, [73, 27])
    assert result.sums == {"a": 73, "b": 73, "c": 73, "z": 81}
    assert result.order == (("z",), ("a", "b", "c"))
    assert (result.winners, result.givers["z"], result.kept) == (("z",), 27, 0)


@given(st.integers(1, 4), st.integers(1, 40), st.data())
def test_who_puts_all_dots_together_cannot_be_kept_out(seats: int, few: int, data: st.DataObject) -> None:
    """The threshold of exclusion of cumulative voting: more than 1 in (seats + 1) voters are sure of a seat."""
    many = data.draw(st.integers(0, seats * few - 1))
    theirs = [f"m{i}" for i in range(seats)]
    spread = data.draw(st.lists(st.lists(st.sampled_from(theirs), max_size=seats), min_size=many, max_size=many))
    votes = [{o: where.count(o) for o in theirs} for where in spread] + [{"z": seats}] * few
    sums = dots([*theirs, "z"], votes, seats).sums
    assert sum(sums[o] >= sums["z"] for o in theirs) < seats


def test_a_tie_for_the_first_place_is_told_and_not_broken() -> None:
    result = dots("abc", [{"a": 2, "b": 1}, {"c": 2}], 3)
    assert result.winners == ("a", "c")
    assert result.steps[-1].plain() == {"kind": "dots_tied", "options": ["a", "c"], "dots": 2, "given": 5}


@pytest.mark.parametrize("votes", [[], [{}], [{"a": 0}]])
def test_nobody_wins_when_nobody_gives_dots(votes: Votes) -> None:
    result = dots("ab", votes, 4)
    assert (result.winners, result.order, result.kept) == ((), (("a", "b"),), 4 * len(votes))
    assert result.steps[-1].plain() == {"kind": "dots_nobody", "of": len(votes)}


def test_too_many_dots_are_refused_with_the_ballot() -> None:
    with pytest.raises(CannotCount, match="ballot 2 gives 6 dots instead of at most 5"):
        dots("ab", [{"a": 5}, {"a": 3, "b": 3}], 5)


@pytest.mark.parametrize("wrong", [6, -1, 1.5, "2", True])
def test_what_is_no_number_of_dots_is_refused(wrong: object) -> None:
    with pytest.raises(CannotCount, match="ballot 1 gives 'a'"):
        dots("ab", [{"a": wrong}], 5)  # type: ignore[dict-item]


def test_everybody_has_at_least_one_dot() -> None:
    with pytest.raises(CannotCount, match="at least 1 dot"):
        dots("ab", [], 0)


@given(ballots)
def test_a_count_by_hand_finds_the_same(votes: Votes) -> None:
    result = dots(OPTIONS, votes, EACH)
    sums = {o: sum(v.get(o, 0) for v in votes) for o in OPTIONS}
    assert result.sums == sums
    assert result.givers == {o: sum(v.get(o, 0) > 0 for v in votes) for o in OPTIONS}
    assert sum(sums.values()) + result.kept == EACH * len(votes)
    assert result.winners == tuple(o for o in OPTIONS if sums[o] == max(sums.values()) > 0)
    assert [o for group in result.order for o in group] == sorted(OPTIONS, key=lambda o: (-sums[o], o))


@given(ballots, st.randoms())
def test_it_does_not_matter_who_votes_when(votes: Votes, chance: random.Random) -> None:
    assert dots(OPTIONS, chance.sample(votes, len(votes)), EACH) == dots(OPTIONS, votes, EACH)


@given(ballots, st.lists(st.integers(0, 4), min_size=12, max_size=12))
def test_a_weight_is_so_many_equal_ballots(votes: Votes, many: list[int]) -> None:
    weights = many[: len(votes)]
    repeated = [vote for vote, weight in zip(votes, weights, strict=True) for _ in range(weight)]
    assert dots(OPTIONS, votes, EACH, weights) == dots(OPTIONS, repeated, EACH)


@given(ballots, st.permutations(OPTIONS))
def test_names_do_not_matter(votes: Votes, names: list[str]) -> None:
    renamed = dict(zip(OPTIONS, names, strict=True))
    before = dots(OPTIONS, votes, EACH)
    after = dots(OPTIONS, [{renamed[o]: n for o, n in v.items()} for v in votes], EACH)
    assert after.sums == {renamed[o]: n for o, n in before.sums.items()}
    assert [set(g) for g in after.order] == [{renamed[o] for o in g} for g in before.order]


@given(ballots, st.data())
def test_a_kept_dot_given_never_harms(votes: Votes, data: st.DataObject) -> None:
    winners = dots(OPTIONS, votes, EACH).winners
    better = data.draw(st.sampled_from(winners or OPTIONS))
    more = [*votes, {}]
    voter = data.draw(st.sampled_from([i for i, v in enumerate(more) if sum(v.values()) < EACH]))
    more[voter] = {**more[voter], better: more[voter].get(better, 0) + 1}
    assert better in dots(OPTIONS, more, EACH).winners


@given(ballots.filter(any), st.data())
def test_a_dot_moved_to_the_winner_never_harms(votes: Votes, data: st.DataObject) -> None:
    better = data.draw(st.sampled_from(dots(OPTIONS, votes, EACH).winners))
    voter = data.draw(st.sampled_from([i for i, v in enumerate(votes) if v]))
    given_away = data.draw(st.sampled_from(sorted(votes[voter])))
    moved = dict(votes[voter])
    moved[given_away] -= 1
    moved[better] = moved.get(better, 0) + 1
    after = [*votes[:voter], moved, *votes[voter + 1 :]]
    assert better in dots(OPTIONS, after, EACH).winners
