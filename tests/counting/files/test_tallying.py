"""Files counted: the same as the methods on the same votes, and cents the same as whole amounts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.budget import equal_shares, greedy
from codesign.counting.domain import CannotCount
from codesign.counting.files.comparing import compare
from codesign.counting.files.domain import Projects
from codesign.counting.files.reading import parse, read
from codesign.counting.files.tallying import MOST_RANKED, points_of, tally
from codesign.counting.files.writing import pabulib, preflib_orders
from codesign.counting.ranked import schulze

EXAMPLES = Path(__file__).parent / "examples"


@st.composite
def budgets(draw):
    """Projects with costs, a total, and approvals."""
    keys = [f"k{i}" for i in range(draw(st.integers(1, 7)))]
    costs = {key: draw(st.integers(0, 60)) for key in keys}
    votes = draw(st.lists(st.sets(st.sampled_from(keys)).map(lambda s: tuple(sorted(s))), min_size=1, max_size=12))
    return costs, votes, draw(st.integers(0, 150))


@settings(deadline=None)
@given(budgets(), st.sampled_from(["none", "add1", "add1u"]))
def test_a_budget_through_a_file_is_the_budget_itself(budget, completion):
    costs, votes, total = budget
    rule = "equalshares" if completion == "none" else f"equalshares/{completion}"
    winners = equal_shares(costs, votes, total, completion, least=1).winners
    text = pabulib("t", dict.fromkeys(costs, ""), costs, total, votes, rule=rule, selected=winners)
    file = parse(text.encode(), "pb")
    counted = tally(file)
    assert (counted.result.winners, counted.completion) == (winners, completion)
    assert counted.beside is not None
    assert counted.beside.result.winners == greedy(costs, votes, total, least=1).winners
    verdict = compare(file, counted)
    assert verdict is not None
    assert verdict.agrees


@settings(deadline=None)
@given(budgets(), st.sampled_from(["none", "add1", "add1u"]))
def test_the_same_budget_in_cents_funds_the_same(budget, completion):
    costs, votes, total = budget
    whole = equal_shares(costs, votes, total, completion)
    cents = equal_shares(
        {key: 100 * cost for key, cost in costs.items()}, votes, 100 * total, completion, step=100
    )  # fmt: skip
    assert (cents.winners, cents.raised) == (whole.winners, 100 * whole.raised)
    with pytest.raises(CannotCount):
        equal_shares(costs, votes, total, completion, step=0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.permutations(["a", "b", "c", "d"]), st.integers(0, 4)), min_size=1, max_size=9))
def test_orders_through_a_file_are_the_orders_themselves(cut):
    ballots = [[(key,) for key in order[:most]] for order, most in cut]
    names = {key: key.upper() for key in "abcd"}
    straight = schulze(tuple("abcd"), ballots)
    counted = tally(parse(preflib_orders("t", names, ballots).encode(), _kind(ballots)))
    number = dict(zip("1234", "abcd", strict=True))
    assert tuple(tuple(number[key] for key in group) for group in counted.result.order) == straight.order


def _kind(ballots):
    return "soc" if all(len(ballot) == 4 for ballot in ballots) else "soi"


def test_points_by_place_follow_the_longest_vote_or_the_length_of_the_file():
    file = read(EXAMPLES / "square.pb")
    assert isinstance(file, Projects)
    assert points_of(file) is None
    ordinal = replace(file, vote_type="ordinal")
    assert points_of(ordinal) == {"a": 10, "b": 5, "c": 4, "d": 3, "e": 3}
    assert points_of(replace(ordinal, most=3)) == {"a": 15, "b": 8, "c": 7, "d": 6, "e": 5}


def test_points_below_zero_cannot_be_bought_by():
    file = read(EXAMPLES / "square.pb")
    assert isinstance(file, Projects)
    below = replace(file, vote_type="scoring", votes=(("a",),), points=((-1,),))
    with pytest.raises(CannotCount, match="below zero"):
        tally(below, "greedy")
    assert tally(below, "approval").result.winners == ("a",)


def test_an_official_result_is_not_held_beside_another_kind_of_count():
    file = read(EXAMPLES / "square.pb")
    assert isinstance(file, Projects)
    file = replace(file, selected={"a": 1})
    assert compare(file, tally(file, "approval")) is None


def test_too_many_options_to_rank_are_refused_at_once():
    many = [str(n) for n in range(MOST_RANKED + 1)]
    with pytest.raises(CannotCount, match="up to 500 options, not for 501"):
        tally(parse(preflib_orders("t", dict.fromkeys(many, ""), [[(key,) for key in many]]).encode(), "soc"))
