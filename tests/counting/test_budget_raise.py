"""Raising budgets: the leaps give what single steps give, and closeness that only whole numbers tell is told."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.budget import equal_shares
from codesign.counting.budget_field import Field, field_of
from codesign.counting.budget_raise import raised
from codesign.counting.budget_shares import Shares

from . import shares_slow as slow


def election(rng: random.Random, units: int) -> tuple[slow.Costs, slow.Ballots, int]:
    """Few voters and large amounts, so that there are many raises; often twins, round costs and equal approvals."""
    total = rng.randint(5, 40) * units
    step = rng.choice((1, 10, units))
    items = [f"i{n}" for n in range(rng.randint(2, 8))]
    costs = {item: max(1, round(total * rng.uniform(0.05, 0.7)) // step * step) for item in items}
    chance = rng.choice((0.2, 0.5, 0.7))
    ballots = [{item for item in items if rng.random() < chance} for _ in range(rng.randint(1, 9))]
    if rng.random() < 0.3:
        ballots = [ballot | {"i0", "i1"} if ballot & {"i0", "i1"} else ballot for ballot in ballots]
        costs["i1"] = costs["i0"]
    return costs, ballots, total


def step_by_step(field: Field, total: int, onward: bool = False) -> tuple[list[int], int]:
    """The same without leaps."""
    start, raises = Fraction(total, field.voters), 0
    items = Shares(field, start).run().items
    wanted = {item for item in field.open if field.votes[item] and field.costs[item]}
    while any(onward or field.costs[item] <= total - field.price(items) for item in wanted - set(items)):
        following = Shares(field, start + raises + 1).run().items
        if field.price(following) > total:
            break
        raises, items = raises + 1, following
    return items, raises


@pytest.mark.parametrize("seed", range(60))
def test_leaps_end_where_single_steps_end(seed) -> None:
    costs, ballots, total = election(random.Random(seed), 50)
    field = field_of(costs, ballots)
    run, raises, _ = raised(field, total)
    assert (run.items, raises) == step_by_step(field, total)
    items, _, slow_raises = slow.add1(costs, ballots, total, onward=False)
    assert ([field.items[item] for item in run.items], raises) == (items, slow_raises)


@pytest.mark.parametrize("seed", range(40))
def test_raised_onward_nothing_stops_but_the_total(seed) -> None:
    costs, ballots, total = election(random.Random(seed), 30)
    field = field_of(costs, ballots)
    run, raises, everything = raised(field, total, onward=True)
    assert (run.items, raises) == step_by_step(field, total, onward=True)
    wanted = {item for item in field.open if field.votes[item]}
    assert everything == (set(run.items) == wanted)


def test_raised_onward_the_outcome_can_be_another() -> None:
    """By hand: at 30 a voter a and b are bought, and c does not fit into the 50 left. From 45 on c goes before b."""
    costs, ballots = {"a": 30, "b": 10, "c": 60}, [{"a", "b", "c"}, set(), {"a", "c"}]
    stopped = equal_shares(costs, ballots, 90, "add1", onward=False)
    assert (stopped.winners, stopped.share) == (("a", "b"), 30)
    onward = equal_shares(costs, ballots, 90, "add1")
    assert (onward.winners, onward.share) == (("a", "c"), 54)


@pytest.mark.parametrize("seed", range(40))
def test_after_a_million_raises_the_next_one_is_the_first_that_costs_too_much(seed) -> None:
    """What single steps would take too long for: the outcome is that of its last raise, and of no earlier stop."""
    costs, ballots, total = election(random.Random(1000 + seed), 10**7)
    field = field_of(costs, ballots)
    if not field.voters:
        return
    run, raises, nothing_fits = raised(field, total)
    start = Fraction(total, field.voters)
    assert [field.items[item] for item in run.items] == slow.shares(costs, ballots, start + raises)[0]
    if nothing_fits:
        assert raises == 0 or Shares(field, start + raises - 1).run().items != run.items
    else:
        assert field.price(Shares(field, start + raises + 1).run().items) > total
    rng = random.Random(seed)
    for at in [rng.randrange(raises) for _ in range(20)] if raises else []:
        earlier = Shares(field, start + at).run().items
        left = total - field.price(earlier)
        assert left >= 0
        assert any(0 < field.costs[i] <= left for i in field.open if field.votes[i] and i not in earlier)


@given(st.integers(2, 8), st.integers(10**9, 10**18), st.data())
@settings(max_examples=60, deadline=None)
def test_costs_that_differ_by_one_unit_in_a_trillion_are_told_apart(items, price, data) -> None:
    """Every voter of an item would pay all but the same: beyond what floating point can tell."""
    ballots = data.draw(st.lists(st.sets(st.sampled_from("abcdefgh"[:items]), min_size=1), min_size=2, max_size=8))
    costs = {}
    for item in "abcdefgh"[:items]:
        votes = sum(item in ballot for ballot in ballots)
        costs[item] = max(1, price * votes + data.draw(st.integers(-1, 1)))
    total = price * len(ballots) * data.draw(st.integers(1, 3)) + data.draw(st.integers(-1, 1))
    result = equal_shares(costs, ballots, total, "none")
    bought, paid = slow.shares(costs, ballots, Fraction(total, len(ballots)))
    assert [round_.item for round_ in result.rounds] == bought
    assert result.shares == dict(enumerate(paid))


@pytest.mark.parametrize("seed", range(6))
def test_many_voters_and_exact_amounts(seed) -> None:
    """Three hundred voters, thirty items: long fractions, and every payment as in the slow count."""
    rng = random.Random(seed)
    costs = {f"i{n}": rng.randint(50, 999) for n in range(30)}
    liking = {item: rng.random() * 0.5 for item in costs}
    ballots = [{item for item in costs if rng.random() < liking[item]} for _ in range(300)]
    result = equal_shares(costs, ballots, 6000, "none")
    bought, paid = slow.shares(costs, ballots, Fraction(6000, 300))
    assert [round_.item for round_ in result.rounds] == bought
    assert result.shares == dict(enumerate(paid))
    assert max(round_.each.denominator for round_ in result.rounds) > 10**9
