"""Equal shares are in proportion: sides that want different things, and groups that agree on some."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.budget import equal_shares

ITEMS = "abcdef"
ballots_of = st.lists(st.sets(st.sampled_from(ITEMS)), min_size=1, max_size=9)


@given(st.lists(st.integers(1, 6), min_size=2, max_size=4), st.integers(1, 30), st.integers(1, 8), st.integers(10, 200))
@settings(deadline=None)
def test_sides_get_what_their_shares_pay(sides, cost, items, total) -> None:
    """Party lists: each side of voters wants its own items, all of one cost, and gets as many as its shares pay."""
    costs = {f"{side}.{number}": cost for side in range(len(sides)) for number in range(items)}
    ballots = [
        {key for key in costs if key.startswith(f"{s}.")} for s, voters in enumerate(sides) for _ in range(voters)
    ]
    result = equal_shares(costs, ballots, total, "none")
    for side, voters in enumerate(sides):
        own = [key for key in result.winners if key.startswith(f"{side}.")]
        assert len(own) == min(items, Fraction(total * voters, sum(sides)) // cost)


@given(ballots_of, st.integers(1, 60), st.data())
@settings(deadline=None)
def test_a_group_that_agrees_is_not_passed_over(ballots, total, data) -> None:
    """Extended justified representation, all items of cost 1: of a group that is large enough for t items on which all
    of it agree, somebody gets at least t."""
    costs = dict.fromkeys(ITEMS, 1)
    total = min(total, len(ITEMS))
    result = equal_shares(costs, ballots, total, "none")
    common = set(data.draw(st.sets(st.sampled_from(ITEMS), min_size=1)))
    group = [ballot for ballot in ballots if common <= ballot]
    worth = min(len(common), len(group) * total // len(ballots))
    if group:
        assert max(len(ballot & set(result.winners)) for ballot in group) >= worth
