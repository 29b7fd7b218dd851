"""Score: points are added up, who skips an option gives it nothing, and the spread shows where points came from."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.approval import approval
from codesign.counting.domain import CannotCount
from codesign.counting.score import score

OPTIONS = tuple("abcd")
Votes = list[dict[str, int]]
ballots = st.lists(st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 5)), max_size=12)


def test_points_are_added_up_and_told_in_steps() -> None:
    result = score("abc", [{"a": 5, "b": 3}, {"a": 0, "b": 3}, {"c": 5}])
    assert result.sums == {"a": 5, "b": 6, "c": 5}
    assert result.given == {"a": 2, "b": 2, "c": 1}
    assert result.spread == {"a": (1, 0, 0, 0, 0, 1), "b": (0, 0, 0, 2, 0, 0), "c": (0, 0, 0, 0, 0, 1)}
    assert (result.winners, result.order, result.ties) == (("b",), (("b",), ("a", "c")), (("a", "c"),))
    most = {"most": 15, "of": 3}
    assert [s.plain() for s in result.steps] == [
        {"kind": "score_voters", "of": 3, "top": 5},
        {"kind": "score_counted", "option": "b", "points": 6, **most, "given": 2, "spread": [0, 0, 0, 2, 0, 0]},
        {"kind": "score_counted", "option": "a", "points": 5, **most, "given": 2, "spread": [1, 0, 0, 0, 0, 1]},
        {"kind": "score_counted", "option": "c", "points": 5, **most, "given": 1, "spread": [0, 0, 0, 0, 0, 1]},
        {"kind": "score_won", "option": "b", "points": 6, "most": 15, "next": ["a", "c"], "next_points": 5},
        {"kind": "score_equal", "options": ["a", "c"], "points": 5, "most": 15},
    ]


def test_the_election_of_borda() -> None:
    """Jean-Charles de Borda, Mémoire sur les élections au scrutin, 1784: 21 voters give 3, 2 and 1 points.

    A has most first places (8 of 21) and the fewest points: 37, 42 and 47.
    """
    cast = {"abc": 1, "acb": 7, "bca": 7, "cba": 6}
    votes = [dict(zip(ranking, (3, 2, 1), strict=True)) for ranking in cast]
    result = score("abc", votes, 3, list(cast.values()))
    assert result.sums == {"a": 37, "b": 42, "c": 47}
    assert result.order == (("c",), ("b",), ("a",))
    assert result.spread["a"] == (0, 13, 0, 8)


def test_a_tie_for_the_first_place_is_told_and_not_broken() -> None:
    result = score("abc", [{"a": 2, "c": 4}, {"a": 2, "b": 1}])
    assert result.winners == ("a", "c")
    assert result.steps[-1].plain() == {"kind": "score_tied", "options": ["a", "c"], "points": 4, "most": 10}


@pytest.mark.parametrize("votes", [[], [{}], [{"a": 0, "b": 0}]])
def test_nobody_wins_when_nobody_gives_points(votes: Votes) -> None:
    result = score("ab", votes)
    assert (result.winners, result.order) == ((), (("a", "b"),))
    assert result.steps[-1].plain() == {"kind": "score_nobody", "of": len(votes)}


def test_a_few_high_scores_do_not_beat_what_many_like() -> None:
    """Sums, not averages: one 5 for b is less than three 4 for a."""
    assert score("ab", [{"a": 4}, {"a": 4}, {"a": 4, "b": 5}]).winners == ("a",)


@pytest.mark.parametrize("wrong", [6, -1, 2.0, "3", True, None, 10**30])
def test_points_outside_the_scale_are_refused_with_the_ballot(wrong: object) -> None:
    with pytest.raises(CannotCount, match="ballot 2 gives 'b'"):
        score("ab", [{"a": 1, "b": 1}, {"a": 1, "b": wrong}])  # type: ignore[dict-item]


def test_a_scale_has_at_least_one_point() -> None:
    with pytest.raises(CannotCount, match="at least 1"):
        score("ab", [], 0)


@given(ballots)
def test_a_count_by_hand_finds_the_same(votes: Votes) -> None:
    result = score(OPTIONS, votes)
    sums = {o: sum(v.get(o, 0) for v in votes) for o in OPTIONS}
    assert result.sums == sums
    for option in OPTIONS:
        row = result.spread[option]
        assert row == tuple(sum(v.get(option) == points for v in votes) for points in range(6))
        assert sum(row) == result.given[option] == sum(option in v for v in votes)
        assert sum(points * voters for points, voters in enumerate(row)) == sums[option]
    assert result.winners == tuple(o for o in OPTIONS if sums[o] == max(sums.values()) > 0)
    assert [o for group in result.order for o in group] == sorted(OPTIONS, key=lambda o: (-sums[o], o))


@given(ballots, st.randoms())
def test_it_does_not_matter_who_votes_when(votes: Votes, chance: random.Random) -> None:
    assert score(OPTIONS, chance.sample(votes, len(votes))) == score(OPTIONS, votes)


@given(ballots, st.lists(st.integers(0, 4), min_size=12, max_size=12))
def test_a_weight_is_so_many_equal_ballots(votes: Votes, many: list[int]) -> None:
    weights = many[: len(votes)]
    repeated = [vote for vote, weight in zip(votes, weights, strict=True) for _ in range(weight)]
    assert score(OPTIONS, votes, 5, weights) == score(OPTIONS, repeated)


@given(ballots, st.permutations(OPTIONS))
def test_names_do_not_matter(votes: Votes, names: list[str]) -> None:
    renamed = dict(zip(OPTIONS, names, strict=True))
    before = score(OPTIONS, votes)
    after = score(OPTIONS, [{renamed[o]: n for o, n in v.items()} for v in votes])
    assert after.sums == {renamed[o]: n for o, n in before.sums.items()}
    assert [set(g) for g in after.order] == [{renamed[o] for o in g} for g in before.order]


@given(ballots, st.data())
def test_more_points_never_harm(votes: Votes, data: st.DataObject) -> None:
    winners = score(OPTIONS, votes).winners
    better = data.draw(st.sampled_from(winners or OPTIONS))
    voter = data.draw(st.integers(0, len(votes)))
    more = [*votes, {}]
    more[voter] = {**more[voter], better: data.draw(st.integers(max(1, more[voter].get(better, 0)), 5))}
    assert better in score(OPTIONS, more).winners


@given(ballots, ballots)
def test_what_two_rooms_both_choose_they_choose_together(here: Votes, there: Votes) -> None:
    both = set(score(OPTIONS, here).winners) & set(score(OPTIONS, there).winners)
    assert not both or set(score(OPTIONS, here + there).winners) == both


@given(st.lists(st.sets(st.sampled_from(OPTIONS)), max_size=12))
def test_with_one_point_it_is_approval(marks: list[set[str]]) -> None:
    result, marked = score(OPTIONS, [dict.fromkeys(m, 1) for m in marks], 1), approval(OPTIONS, marks)
    assert (result.sums, result.order, result.winners) == (marked.counts, marked.order, marked.winners)
