"""What crosses the wall, at every edge of the rule."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.rules.disclosure import (
    Level,
    Part,
    Quarter,
    quarter,
    release,
    release_adoption,
    release_rating,
)

WORDS = {"a": "chosen", "b": "not_chosen"}


def counts_of(voters: int) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from("abcde"), st.integers(0, voters), min_size=1)


ballots = st.integers(0, 60).flatmap(lambda v: st.tuples(st.just(v), counts_of(v), st.integers(v, v + 40)))


@pytest.mark.parametrize(
    ("voters", "level"),
    [
        (0, Level.NOTHING), (7, Level.NOTHING), (8, Level.OUTCOME), (9, Level.OUTCOME), (10, Level.QUARTERS),
        (19, Level.QUARTERS), (20, Level.QUARTERS), (200, Level.QUARTERS),
    ],
)  # fmt: skip
def test_the_number_of_slips_says_how_much_is_told(voters: int, level: Level) -> None:
    told = release({"a": voters, "b": 0}, voters, voters + 3, outcome=WORDS)
    assert told.level is level
    assert bool(told.outcome) is (level is not Level.NOTHING)
    assert bool(told.quarters) is (level is Level.QUARTERS)
    assert (told.turnout is not None) is (level is Level.QUARTERS)
    assert not told.totals


@pytest.mark.parametrize(
    ("count", "whole", "expected"),
    [
        (0, 20, 1), (4, 20, 1), (5, 20, 2), (9, 20, 2), (10, 20, 3), (14, 20, 3), (15, 20, 4), (20, 20, 4),
        (2, 10, 1), (3, 10, 2), (4, 10, 2), (5, 10, 3), (7, 10, 3), (8, 10, 4), (0, 1, 1), (1, 1, 4),
    ],
)  # fmt: skip
def test_a_quarter_has_its_lower_edge(count: int, whole: int, expected: int) -> None:
    assert quarter(count, whole) is Quarter(expected)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_quarter_holds_the_share(pair: tuple[int, int]) -> None:
    count, whole = pair
    found = quarter(count, whole)
    share = Fraction(count, whole)
    assert Fraction(found - 1, 4) <= share
    assert share < Fraction(found, 4) or (found is Quarter.FOURTH and share <= 1)


@pytest.mark.parametrize(("count", "whole"), [(1, 0), (0, 0), (-1, 4), (5, 4)])
def test_no_share_no_quarter(count: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        quarter(count, whole)


@given(ballots)
def test_exact_totals_are_never_told_unless_the_panel_voted_for_them(ballot: tuple[int, dict[str, int], int]) -> None:
    voters, counts, electorate = ballot
    assert not release(counts, voters, electorate).totals


@given(ballots)
def test_exact_totals_need_twenty_slips_and_three_in_each_option(ballot: tuple[int, dict[str, int], int]) -> None:
    voters, counts, electorate = ballot
    told = release(counts, voters, electorate, wants_totals=True)
    enough = voters >= 20 and all(3 <= count <= voters - 3 for count in counts.values())
    assert bool(told.totals) is enough
    assert (told.level is Level.TOTALS) is enough
    if voters < 8:
        assert told == release({}, 0, 0)


@pytest.mark.parametrize(
    ("counts", "voters", "exact"),
    [
        ({"a": 17, "b": 3}, 20, True), ({"a": 16, "b": 3}, 19, False), ({"a": 18, "b": 2}, 20, False),
        ({"a": 14, "b": 3, "c": 3}, 20, True), ({"a": 20, "b": 3}, 20, False),
    ],
)  # fmt: skip
def test_exact_totals_at_the_edges(counts: dict[str, int], voters: int, exact: bool) -> None:
    assert bool(release(counts, voters, 30, wants_totals=True).totals) is exact


@given(st.lists(st.integers(0, 15), min_size=1, max_size=4))
def test_a_breakdown_is_shown_whole_or_not_at_all(sizes: list[int]) -> None:
    parts = {str(i): Part({"a": size // 2}, size) for i, size in enumerate(sizes)}
    voters = sum(sizes)
    told = release({"a": sum(p.counts["a"] for p in parts.values())}, voters, voters, breakdown=parts)
    assert bool(told.breakdown) is (voters >= 10 and min(sizes) >= 10)
    if told.breakdown:
        assert set(told.breakdown) == set(parts)


@pytest.mark.parametrize(("voters", "level"), [(9, Level.NOTHING), (8, Level.NOTHING), (10, Level.QUARTERS)])
def test_residents_counted_apart_are_told_from_ten_on(voters: int, level: Level) -> None:
    assert release({"a": 4}, voters, 12, outcome={"a": "chosen"}, apart=True).level is level


@pytest.mark.parametrize(
    ("adopted", "quorum", "outcome"),
    [(True, True, "adopted"), (True, False, "not_adopted"), (False, True, "not_adopted")],
)
def test_R11_of_an_adoption_only_outcome_and_quorum_cross(adopted: bool, quorum: bool, outcome: str) -> None:
    told = release_adoption(adopted=adopted, quorum_met=quorum)
    assert (told.outcome, told.quorum_met) == (outcome, quorum)
    assert not any(isinstance(v, int) and not isinstance(v, bool) for v in vars(told).values())


@pytest.mark.parametrize(
    ("voters", "level"),
    [(7, Level.NOTHING), (8, Level.OUTCOME), (9, Level.OUTCOME), (10, Level.QUARTERS)],
)
def test_a_rating_keeps_the_same_floor(voters: int, level: Level) -> None:
    told = release_rating({"useful": voters - 2, "partly": 1, "no": 1}, voters, 19, outcome="useful")
    assert told.level is level
    assert not told.totals


@pytest.mark.parametrize(
    ("counts", "voters", "electorate"), [({"a": 11}, 10, 19), ({"a": -1}, 10, 19), ({"a": 3}, 10, 9), ({"a": 0}, -1, 9)]
)
def test_numbers_that_cannot_be_are_refused(counts: dict[str, int], voters: int, electorate: int) -> None:
    with pytest.raises(ValueError, match="of"):
        release(counts, voters, electorate)
