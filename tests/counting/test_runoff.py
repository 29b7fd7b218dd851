"""Instant run-off: classics checked by hand, a slow count of our own, and what must always hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.domain import CannotCount
from codesign.counting.ranked import instant_runoff, schulze

OPTIONS = "abcd"
rankings = st.lists(st.permutations(OPTIONS).flatmap(lambda p: st.integers(0, 4).map(lambda n: "".join(p[:n]))), min_size=1, max_size=12)  # fmt: skip


def strict(text: str) -> list[list[str]]:
    return [[option] for option in text]


def count(votes: dict[str, int], options: str):
    return instant_runoff(options, [strict(text) for text in votes], list(votes.values()))


def test_tennessee_ends_in_knoxville_though_nashville_beats_every_other_town() -> None:
    votes = {"mnck": 42, "nckm": 26, "cknm": 15, "kcnm": 17}
    result = count(votes, "mnck")
    assert [dict(r.votes) for r in result.rounds] == [
        {"m": 42, "n": 26, "c": 15, "k": 17}, {"m": 42, "n": 26, "k": 32}, {"m": 42, "k": 58},
    ]  # fmt: skip
    assert result.order == (("k",), ("m",), ("n",), ("c",))
    assert [step.plain() for step in result.steps] == [
        {"kind": "runoff_round", "round": 1, "votes": {"m": 42, "n": 26, "c": 15, "k": 17}, "spent": 0, "voters": 100},
        {"kind": "runoff_out", "options": ["c"], "votes": 15},
        {"kind": "runoff_moved", "moved": [{"option": "k", "voters": 15}], "spent": 0},
        {"kind": "runoff_round", "round": 2, "votes": {"m": 42, "n": 26, "k": 32}, "spent": 0, "voters": 100},
        {"kind": "runoff_out", "options": ["n"], "votes": 26},
        {"kind": "runoff_moved", "moved": [{"option": "k", "voters": 26}], "spent": 0},
        {"kind": "runoff_round", "round": 3, "votes": {"m": 42, "k": 58}, "spent": 0, "voters": 100},
        {"kind": "runoff_majority", "winner": "k", "votes": 58, "of": 100},
    ]
    assert schulze("mnck", [strict(text) for text in votes], list(votes.values())).winners == ("n",)


def test_all_that_are_last_leave_together() -> None:
    """b and c have 2 each and leave together, though with c out first b would have won."""
    result = count({"ad": 3, "b": 2, "cb": 2, "d": 4}, "abcd")
    assert result.rounds[0].out == ("b", "c")
    assert result.order == (("d",), ("a",), ("b", "c"))


def test_where_all_that_remain_are_last_all_win() -> None:
    result = count({"ab": 2, "ba": 2, "c": 1}, "abc")
    assert result.order == (("a", "b"), ("c",))
    assert result.winners == ("a", "b")
    assert result.ties == (("a", "b"),)
    assert result.steps[-1].plain() == {"kind": "runoff_tie", "options": ["a", "b"], "votes": 2}


def test_a_ballot_that_names_nobody_left_is_spent_and_half_is_half_of_the_others() -> None:
    result = count({"c": 2, "ab": 3, "ba": 4}, "abc")
    assert (result.rounds[1].votes, result.rounds[1].spent) == ({"a": 3, "b": 4}, 2)
    assert result.steps[-1].plain() == {"kind": "runoff_majority", "winner": "b", "votes": 4, "of": 7}


def test_exactly_half_is_not_more_than_half() -> None:
    result = count({"a": 3, "b": 2, "cb": 1}, "abc")
    assert result.winners == ("a", "b")


def test_nobody_votes_or_names_anything() -> None:
    assert (instant_runoff("ab", []).winners, instant_runoff("ab", []).rounds) == ((), ())
    assert instant_runoff("ab", [[]]).winners == ("a", "b")
    assert instant_runoff("", []).order == ()


@pytest.mark.parametrize("ballot", [[["a", "b"]], strict("ax"), strict("aba")])
def test_what_cannot_be_counted_is_refused(ballot) -> None:
    with pytest.raises(CannotCount):
        instant_runoff("ab", [ballot])


def slow(options: str, ballots: list[str]) -> tuple[list[dict[str, int]], set[str]]:
    """Rounds and winners, every ballot read anew in every round."""
    left, rounds = set(options), []
    while True:
        tops = [next((o for o in ballot if o in left), None) for ballot in ballots]
        votes = {o: tops.count(o) for o in options if o in left}
        rounds.append(votes)
        if 2 * max(votes.values()) > len(ballots) - tops.count(None):
            return rounds, {o for o in left if votes[o] == max(votes.values())}
        last = {o for o in left if votes[o] == min(votes.values())}
        if last == left:
            return rounds, left
        left -= last


@given(rankings)
@settings(deadline=None)
def test_the_definition_followed_slowly_says_the_same(ballots) -> None:
    result = instant_runoff(OPTIONS, [strict(ballot) for ballot in ballots])
    rounds, winners = slow(OPTIONS, ballots)
    assert [dict(r.votes) for r in result.rounds] == rounds
    assert set(result.winners) == winners
    assert sorted(o for group in result.order for o in group) == list(OPTIONS)


@given(rankings, st.randoms(use_true_random=False), st.permutations(OPTIONS))
@settings(deadline=None)
def test_who_votes_and_what_options_are_called_makes_no_difference(ballots, random, names) -> None:
    result = instant_runoff(OPTIONS, [strict(ballot) for ballot in ballots])
    mixed = list(ballots)
    random.shuffle(mixed)
    assert instant_runoff(OPTIONS, [strict(ballot) for ballot in mixed]) == result
    called = dict(zip(OPTIONS, names, strict=True))
    renamed = instant_runoff(OPTIONS, [[[called[o]] for o in ballot] for ballot in ballots])
    assert [set(group) for group in renamed.order] == [{called[o] for o in group} for group in result.order]


@given(rankings)
@settings(deadline=None)
def test_no_vote_is_lost_and_a_majority_wins_at_once(ballots) -> None:
    result = instant_runoff(OPTIONS, [strict(ballot) for ballot in ballots])
    assert json.loads(json.dumps(result.plain())) == result.plain()
    for round_ in result.rounds:
        assert sum(round_.votes.values()) + round_.spent == result.voters == len(ballots)
    moved = [step.values for step in result.steps if step.kind == "runoff_moved"]
    for number, step in enumerate(moved):
        before, after = result.rounds[number], result.rounds[number + 1]
        gone = sum(before.votes[o] for o in before.out)
        assert sum(m["voters"] for m in step["moved"]) + step["spent"] == gone
        assert all(after.votes[m["option"]] - before.votes[m["option"]] == m["voters"] for m in step["moved"])
    first = [ballot[0] for ballot in ballots if ballot]
    for option in OPTIONS:
        if 2 * first.count(option) > len(first):
            assert (result.winners, len(result.rounds)) == ((option,), 1)


@given(rankings, st.data())
@settings(deadline=None)
def test_weights_are_so_many_ballots(ballots, data) -> None:
    weights = data.draw(st.lists(st.integers(0, 3), min_size=len(ballots), max_size=len(ballots)))
    copies = [strict(ballot) for ballot, weight in zip(ballots, weights, strict=True) for _ in range(weight)]
    assert instant_runoff(OPTIONS, [strict(ballot) for ballot in ballots], weights) == instant_runoff(OPTIONS, copies)
