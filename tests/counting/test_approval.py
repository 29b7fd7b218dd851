"""Approval: marks are added up, ties are told, names and order of ballots do not matter."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.approval import approval

OPTIONS = tuple("abcde")
Votes = list[set[str]]
ballots = st.lists(st.sets(st.sampled_from(OPTIONS)), max_size=12)


def test_a_plain_ballot_is_counted_and_told_in_steps() -> None:
    result = approval("abc", [{"a", "b"}, {"b"}, {"c"}, {"b"}, set()])
    assert result.counts == {"a": 1, "b": 3, "c": 1}
    assert result.order == (("b",), ("a", "c"))
    assert (result.winners, result.ties, result.voters, result.blank) == (("b",), (("a", "c"),), 5, 1)
    assert [s.plain() for s in result.steps] == [
        {"kind": "approval_voters", "of": 5, "blank": 1},
        {"kind": "approval_counted", "option": "b", "on": 3, "of": 5},
        {"kind": "approval_counted", "option": "a", "on": 1, "of": 5},
        {"kind": "approval_counted", "option": "c", "on": 1, "of": 5},
        {"kind": "approval_won", "option": "b", "on": 3, "of": 5, "next": ["a", "c"], "next_on": 1},
        {"kind": "approval_equal", "options": ["a", "c"], "on": 1, "of": 5},
    ]


def test_the_running_example_of_lackner_and_skowron() -> None:
    """Martin Lackner and Piotr Skowron, Multi-Winner Voting with Approval Preferences, 2023, Example 2.1."""
    votes = ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"]
    result = approval("abcdefgh", votes)
    assert result.counts == {"a": 8, "b": 4, "c": 4, "d": 2, "e": 1, "f": 2, "g": 1, "h": 0}
    assert result.order == (("a",), ("b", "c"), ("d", "f"), ("e", "g"), ("h",))
    assert result.ties == (("b", "c"), ("d", "f"), ("e", "g"))


def test_the_ballots_of_thiele_as_told_by_janson() -> None:
    """Svante Janson, Phragmén's and Thiele's election methods, 2016, Example 13.3: ten kinds of ballots."""
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
    result = approval("abcd", list(cast), list(cast.values()))
    assert result.counts == {"a": 4901, "b": 5560, "c": 5840, "d": 5761}
    assert (result.winners, result.voters) == (("c",), 9321)


def test_a_tie_for_the_first_place_is_told_and_not_broken() -> None:
    result = approval("abc", [{"c"}, {"a"}, {"a", "b", "c"}])
    assert result.winners == ("a", "c")
    assert result.steps[-1].plain() == {"kind": "approval_tied", "options": ["a", "c"], "on": 2, "of": 3}


def test_nobody_wins_when_nobody_marks_anything() -> None:
    for votes in ([], [set(), set()]):
        result = approval("ab", votes)
        assert (result.winners, result.order, result.blank) == ((), (("a", "b"),), len(votes))
        assert result.steps[-1].plain() == {"kind": "approval_nobody", "of": len(votes)}


def test_the_only_option_has_nobody_behind_it() -> None:
    step = approval("a", [{"a"}]).steps[-1].plain()
    assert step == {"kind": "approval_won", "option": "a", "on": 1, "of": 1, "next": [], "next_on": 0}


def test_the_same_mark_twice_counts_once() -> None:
    assert approval("ab", [["a", "a", "b"]]).counts == {"a": 1, "b": 1}


@given(ballots)
def test_a_count_by_hand_finds_the_same(votes: Votes) -> None:
    result = approval(OPTIONS, votes)
    counts = {o: len([v for v in votes if o in v]) for o in OPTIONS}
    assert result.counts == counts
    assert sum(result.counts.values()) == sum(map(len, votes))
    assert result.winners == tuple(o for o in OPTIONS if counts[o] == max(counts.values()) > 0)
    assert [o for group in result.order for o in group] == sorted(OPTIONS, key=lambda o: (-counts[o], o))


@given(ballots, st.randoms())
def test_it_does_not_matter_who_votes_when(votes: Votes, chance: random.Random) -> None:
    shuffled = chance.sample(votes, len(votes))
    assert approval(OPTIONS, shuffled) == approval(OPTIONS, votes)


@given(st.lists(st.tuples(st.sets(st.sampled_from(OPTIONS)), st.integers(0, 4)), max_size=8))
def test_a_weight_is_so_many_equal_ballots(cast: list[tuple[set[str], int]]) -> None:
    repeated = [vote for vote, weight in cast for _ in range(weight)]
    assert approval(OPTIONS, [v for v, _ in cast], [w for _, w in cast]) == approval(OPTIONS, repeated)


@given(ballots, st.permutations(OPTIONS))
def test_names_do_not_matter(votes: Votes, names: list[str]) -> None:
    """Options get other names and stand in another order: the result is the same under the new names."""
    renamed = dict(zip(OPTIONS, names, strict=True))
    before = approval(OPTIONS, votes)
    after = approval(OPTIONS, [{renamed[o] for o in v} for v in votes])
    assert after.counts == {renamed[o]: n for o, n in before.counts.items()}
    assert [set(g) for g in after.order] == [{renamed[o] for o in g} for g in before.order]
    assert set(after.winners) == {renamed[o] for o in before.winners}


@given(ballots, st.data())
def test_one_more_mark_never_harms(votes: Votes, data: st.DataObject) -> None:
    before = approval(OPTIONS, votes)
    voter = data.draw(st.integers(0, len(votes)))
    better = data.draw(st.sampled_from(before.winners or OPTIONS))
    more = [*votes, set()]
    more[voter] = more[voter] | {better}
    assert better in approval(OPTIONS, more).winners


@given(ballots, ballots)
def test_what_two_rooms_both_choose_they_choose_together(here: Votes, there: Votes) -> None:
    both = set(approval(OPTIONS, here).winners) & set(approval(OPTIONS, there).winners)
    assert not both or set(approval(OPTIONS, here + there).winners) == both
