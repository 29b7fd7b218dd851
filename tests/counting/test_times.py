"""How long the large counts take, with room to spare: about five times what was measured on one core of two.

Processor time, best of a few; measured 2026-11-23 (Python 3.11, numpy 2.4): Schulze 30 x 5,000 10 ms, instant run-off
40 ms; equal shares 50 x 10,000 20 ms, 85 x 10,000 raised 57 times and filled up 0.7 s, 576 times 4 s; a panel of
eight, 25 items, raised 48 million times 0.3 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from codesign.counting.budget import equal_shares
from codesign.counting.ranked import instant_runoff, schulze

# How fast a machine is, is not whether the code is right.
pytestmark = pytest.mark.long


def seconds(count: Callable[[], object], times: int = 5) -> float:
    """The least processor time of a few counts."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        count()
        taken.append(time.process_time() - before)
    return min(taken)


def rankings(options: int, voters: int) -> tuple[list[str], list[list[tuple[str]]]]:
    """Whole orders without equal places, no two alike."""
    rng = Random(1)
    names = [f"o{n}" for n in range(options)]
    return names, [[(name,) for name in rng.sample(names, options)] for _ in range(voters)]


def approvals(items: int, voters: int, dearest: int) -> tuple[dict[str, int], list[list[str]], int]:
    """People and items on a map: whoever is near an item tends to want it. About ten items each; few ballots alike."""
    rng = np.random.default_rng(0)
    liked = rng.beta(1, 6, size=items) + 0.01
    place, home = rng.normal(size=(items, 2)), rng.normal(size=(voters, 2))
    near = np.exp(-((home[:, None] - place[None]) ** 2).sum(-1) / 2)
    wants = rng.random((voters, items)) < np.clip(near * liked * 3, 0, 0.9)
    costs = {f"i{n}": int(cost) for n, cost in enumerate(rng.integers(dearest // 50, dearest, items) // 100 * 100)}
    return costs, [[f"i{n}" for n in np.flatnonzero(row)] for row in wants], sum(costs.values()) // 3


def test_schulze_30_options_5000_ballots() -> None:
    names, ballots = rankings(30, 5000)
    assert seconds(lambda: schulze(names, ballots)) < 0.06


def test_instant_runoff_30_options_5000_ballots() -> None:
    names, ballots = rankings(30, 5000)
    assert seconds(lambda: instant_runoff(names, ballots)) < 0.25


def test_equal_shares_50_items_10000_voters() -> None:
    costs, ballots, total = approvals(50, 10_000, 100_000)
    assert seconds(lambda: equal_shares(costs, ballots, total, "none")) < 0.1


def test_equal_shares_raised_and_filled_85_items_10000_voters() -> None:
    costs, ballots, total = approvals(85, 10_000, 200_000)
    assert seconds(lambda: equal_shares(costs, ballots, total), 1) < 3


@pytest.mark.long
def test_equal_shares_raised_hundreds_of_times_85_items_10000_voters() -> None:
    costs, ballots, total = approvals(85, 10_000, 2_000_000)
    assert seconds(lambda: equal_shares(costs, ballots, total), 1) < 20


def test_equal_shares_raised_millions_of_times_in_a_panel() -> None:
    """Eight members, 25 items, a hundred million cents: leaps, or it would take an hour."""
    costs, ballots, total = approvals(25, 8, 10**8)
    assert seconds(lambda: equal_shares(costs, ballots, total), 1) < 3
