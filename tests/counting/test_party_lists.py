"""The proportional shortlist where everybody votes for one party's list: it is the apportionment of D'Hondt."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.counting.shortlist import sequential_pav


def dhondt(votes: list[int], seats: int) -> list[int]:
    """The party of each seat in turn: highest quotient votes / (seats + 1), among equals the first party."""
    got = [0] * len(votes)
    turns = []
    for _ in range(seats):
        party = max(range(len(votes)), key=lambda p: (Fraction(votes[p], got[p] + 1), -p))
        got[party] += 1
        turns.append(party)
    return turns


def parties_of_seats(votes: list[int], seats: int) -> list[int]:
    """Every party has a list as long as there are seats, and its voters mark the whole list."""
    lists = [[f"{party}-{place}" for place in range(seats)] for party in range(len(votes))]
    options = [candidate for party in lists for candidate in party]
    return [int(winner.split("-")[0]) for winner in sequential_pav(options, lists, seats, votes).winners]


def test_thirty_seats_by_the_table_of_a_textbook() -> None:
    """COMAP, For All Practical Purposes, 10th edition, Table 14.14: Whigs, Tories, Liberals, Centrists; 13, 8, 9, 0."""
    turns = parties_of_seats([5525381, 3470152, 3864226, 201203], 30)
    whigs = [1, 4, 6, 8, 11, 13, 15, 18, 20, 22, 24, 27, 30]
    tories = [3, 7, 10, 14, 17, 21, 25, 28]
    liberals = [2, 5, 9, 12, 16, 19, 23, 26, 29]
    assert [[n for n, p in enumerate(turns, 1) if p == party] for party in range(4)] == [whigs, tories, liberals, []]


@pytest.mark.parametrize(
    ("votes", "seats", "expected"),
    [
        ([340_000, 280_000, 160_000, 60_000], 7, [3, 3, 1, 0]),  # electowiki, D'Hondt method, the example
        ([6100, 5000, 900], 10, [6, 4, 0]),  # honikel.de, Staatsrecht, worked examples
        ([300, 290], 2, [1, 1]),
    ],
)
def test_worked_examples(votes: list[int], seats: int, expected: list[int]) -> None:
    turns = parties_of_seats(votes, seats)
    assert [turns.count(party) for party in range(len(votes))] == expected


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.integers(1, 12))
def test_seat_by_seat_it_is_dhondt(votes: list[int], seats: int) -> None:
    assert parties_of_seats(votes, seats) == dhondt(votes, seats)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.integers(1, 12))
def test_a_party_gets_its_whole_share_at_least(votes: list[int], seats: int) -> None:
    """Lower quota: with a fifth of the voters, a fifth of the seats, rounded down."""
    turns = parties_of_seats(votes, seats)
    for party, voters in enumerate(votes):
        assert turns.count(party) >= voters * seats // sum(votes)
