"""The proportional shortlist: seat by seat, exact, in proportion on party lists, and every tie is told."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.approval import approval
from codesign.counting.domain import CannotCount
from codesign.counting.shortlist import Shortlist, sequential_pav

OPTIONS = tuple("abcdef")
Votes = list[set[str]]
ballots = st.lists(st.sets(st.sampled_from(OPTIONS)), max_size=10)
seats = st.integers(1, 8)


def points(result: Shortlist) -> list[str]:
    return [str(r.points[r.elected]) for r in result.rounds]


def test_pav_seat_by_seat_in_the_book() -> None:
    """Martin Lackner and Piotr Skowron, Multi-Winner Voting with Approval Preferences, 2023, Example 2.5.

    23 voters, two seats: seq-PAV takes d and then c, where the best pair together would be a and c.
    """
    result = sequential_pav("abcd", ["ab"] * 3 + ["ad"] * 6 + ["b"] * 4 + ["c"] * 5 + ["cd"] * 5, 2)
    assert (result.winners, points(result), result.ties) == (("d", "c"), ["11", "15/2"], ())
    assert (result.covered, result.coverage, result.voters) == (16, (7, 11, 5), 23)
    assert result.order == (("d",), ("c",), ("b",), ("a",))
    assert [s.plain() for s in result.steps] == [
        {"kind": "shortlist_voters", "of": 23, "seats": 2},
        {
            "kind": "shortlist_seat", "seat": 1, "option": "d", "points": "11", "on": 11, "of": 23,
            "shares": [[0, 11, "1"]], "next": ["c"], "next_points": "10",
        },
        {
            "kind": "shortlist_seat", "seat": 2, "option": "c", "points": "15/2", "on": 10, "of": 23,
            "shares": [[0, 5, "1"], [1, 5, "1/2"]], "next": ["b"], "next_points": "7",
        },
        {"kind": "shortlist_covered", "on": 16, "of": 23},
    ]  # fmt: skip


def test_the_ballots_of_thiele_as_told_by_janson() -> None:
    """Svante Janson, Phragmén's and Thiele's election methods, 2016, Example 13.3: c, then a ahead of b by one."""
    cast = {
        "acd": 960,
        "bcd": 3000,
        "bc": 520,
        "ab": 1620,
        "ad": 1081,
        "ac": 1240,
        "bd": 360,
        "d": 360,
        "c": 120,
        "b": 60,
    }
    result = sequential_pav("abcd", list(cast), 2, list(cast.values()))
    assert (result.winners, points(result)) == (("c", "a"), ["5840", "3801"])
    assert result.rounds[1].points == {"a": 3801, "b": 3800, "d": 3781}


def test_the_running_example_of_the_book_has_a_tie() -> None:
    """Lackner and Skowron 2023, Example 2.1, four seats, by hand: a; b and c equal, both in; then f for 4/3."""
    votes = ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"]
    result = sequential_pav("abcdefgh", votes, 4)
    assert (result.winners, points(result), result.ties) == (tuple("abcf"), ["8", "5/2", "2", "4/3"], (("b", "c"),))
    assert [s.plain() for s in result.steps if s.kind == "shortlist_tie"] == [
        {
            "kind": "shortlist_tie", "seat": 2, "options": ["b", "c"], "points": "5/2", "chosen": "b", "without": [],
        }
    ]  # fmt: skip
    # The other way round c comes first; the four are the same.
    assert sequential_pav("acbdefgh", votes, 4).winners == tuple("acbf")


def test_a_tie_for_the_last_seat_tells_who_got_none() -> None:
    result = sequential_pav("xyz", ["y", "z"], 1)
    assert (result.winners, result.ties, result.order) == (("y",), (("y", "z"),), (("y",), ("z",), ("x",)))
    tie = next(s for s in result.steps if s.kind == "shortlist_tie").plain()
    assert (tie["chosen"], tie["without"], tie["points"]) == ("y", ["z"], "1")


def test_a_seat_stays_empty_rather_than_going_to_what_nobody_marked() -> None:
    result = sequential_pav("abc", ["a", "a"], 3)
    assert (result.winners, result.order) == (("a",), (("a",), ("b", "c")))
    assert [s.plain() for s in result.steps][-2:] == [
        {"kind": "shortlist_short", "seats": 3, "filled": 1},
        {"kind": "shortlist_covered", "on": 2, "of": 2},
    ]


def test_more_seats_than_options() -> None:
    result = sequential_pav("ab", ["ab"], 5)
    assert (result.winners, result.coverage, points(result)) == (("a", "b"), (0, 0, 1), ["1", "1/2"])
    assert result.rounds[1].points == {"b": Fraction(1, 2)}


def test_nobody_voted() -> None:
    result = sequential_pav("ab", [], 1)
    assert (result.winners, result.order, result.covered, result.voters) == ((), (("a", "b"),), 0, 0)


@pytest.mark.parametrize("wrong", [0, -1, 1.5])
def test_there_is_at_least_one_seat(wrong: int) -> None:
    with pytest.raises(CannotCount, match="seat"):
        sequential_pav("ab", [], wrong)


def satisfaction(votes: Votes, chosen: set[str]) -> Fraction:
    """The PAV score of a set as Thiele wrote it: 1 + 1/2 + ... + 1/n for a voter with n in it."""
    return sum((Fraction(1, k) for v in votes for k in range(1, len(v & chosen) + 1)), Fraction(0))


@given(ballots, seats)
def test_each_seat_adds_most_to_the_satisfaction_of_all(votes: Votes, count: int) -> None:
    """Counted again the slow way: from whole sets, not from voters' levels."""
    result = sequential_pav(OPTIONS, votes, count)
    chosen: set[str] = set()
    for r in result.rounds:
        gains = {o: satisfaction(votes, chosen | {o}) - satisfaction(votes, chosen) for o in OPTIONS if o not in chosen}
        equal = tuple(o for o, gain in gains.items() if gain == max(gains.values()))
        assert (r.points, r.elected, r.tied) == (gains, equal[0], equal if len(equal) > 1 else ())
        assert sum(Fraction(voters, had + 1) for had, voters in r.shares) == r.points[r.elected]
        chosen.add(r.elected)
    assert result.winners == tuple(r.elected for r in result.rounds)
    assert sum(r.points[r.elected] for r in result.rounds) == satisfaction(votes, chosen)
    assert result.counts == approval(OPTIONS, votes).counts
    assert result.coverage == tuple(sum(len(v & chosen) == n for v in votes) for n in range(len(chosen) + 1))
    assert result.covered == sum(bool(v & chosen) for v in votes)


@given(ballots, seats)
def test_never_more_winners_than_seats_and_all_seats_while_marks_last(votes: Votes, count: int) -> None:
    result = sequential_pav(OPTIONS, votes, count)
    assert len(result.winners) == len(set(result.winners)) == min(count, len(set().union(*votes)))
    assert sorted(o for group in result.order for o in group) == sorted(OPTIONS)


@given(ballots, st.integers(1, 6))
def test_a_longer_list_begins_with_the_shorter_one(votes: Votes, count: int) -> None:
    longer = sequential_pav(OPTIONS, votes, count + 1)
    assert longer.winners[:count] == sequential_pav(OPTIONS, votes, count).winners
    # Also with no more seats: who stands first among the rest is who would come next.
    rest = sequential_pav(OPTIONS, votes, count).order[count:]
    assert len(longer.winners) <= count or longer.winners[count] == rest[0][0]


@given(ballots, seats, st.randoms())
def test_it_does_not_matter_who_votes_when(votes: Votes, count: int, chance: random.Random) -> None:
    assert sequential_pav(OPTIONS, chance.sample(votes, len(votes)), count) == sequential_pav(OPTIONS, votes, count)


@given(st.lists(st.tuples(st.sets(st.sampled_from(OPTIONS)), st.integers(0, 4)), max_size=8), seats)
def test_a_weight_is_so_many_equal_ballots(cast: list[tuple[set[str], int]], count: int) -> None:
    repeated = [vote for vote, weight in cast for _ in range(weight)]
    weighed = sequential_pav(OPTIONS, [v for v, _ in cast], count, [w for _, w in cast])
    assert weighed == sequential_pav(OPTIONS, repeated, count)


@given(ballots, seats, st.permutations(OPTIONS))
def test_names_do_not_matter_where_nothing_is_tied(votes: Votes, count: int, names: list[str]) -> None:
    """Options get other names: those in the same places win; in another order they win too when there is no tie."""
    renamed = dict(zip(OPTIONS, names, strict=True))
    before = sequential_pav(OPTIONS, votes, count)
    moved = [{renamed[o] for o in v} for v in votes]
    assert sequential_pav(names, moved, count).winners == tuple(renamed[o] for o in before.winners)
    if not before.ties:
        assert sequential_pav(OPTIONS, moved, count).winners == tuple(renamed[o] for o in before.winners)


@given(ballots.filter(any), seats, st.data())
def test_one_more_mark_never_takes_a_seat_away(votes: Votes, count: int, data: st.DataObject) -> None:
    """A new voter for one of the elected alone, or a mark more for it on a ballot: elected, and no later."""
    before = sequential_pav(OPTIONS, votes, count).winners
    better = data.draw(st.sampled_from(before))
    voter = data.draw(st.integers(0, len(votes)))
    more = [*votes, set()]
    more[voter] = more[voter] | {better}
    after = sequential_pav(OPTIONS, more, count).winners
    assert after.index(better) <= before.index(better)


@given(ballots)
def test_one_seat_is_approval(votes: Votes) -> None:
    result = sequential_pav(OPTIONS, votes, 1)
    assert result.winners == approval(OPTIONS, votes).winners[:1]
    assert result.ties == tuple(w for w in (approval(OPTIONS, votes).winners,) if len(w) > 1)
