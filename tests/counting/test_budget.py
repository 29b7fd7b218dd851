"""Budget ballots: the textbook by hand, equal shares followed slowly, and what must always hold."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from codesign.counting.budget import COMPLETIONS, equal_shares, greedy
from codesign.counting.domain import CannotCount

from . import shares_slow as slow

ITEMS = "abcdef"
costs_of = st.one_of(
    st.fixed_dictionaries({item: st.integers(1, 60) for item in ITEMS}),
    st.fixed_dictionaries({item: st.sampled_from((10, 20, 30)) for item in ITEMS}),
    st.fixed_dictionaries({item: st.integers(0, 3) for item in ITEMS}),
)
ballots_of = st.lists(st.sets(st.sampled_from(ITEMS)), min_size=1, max_size=9)
totals = st.integers(0, 150)

# equalshares.net, Explanation, examples 1 and 2: eleven voters, a total of 1,100.
TEXTBOOK = {"bike": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}
SPORT = [{"bike", "gym"}, {"bike", "gym", "park"}, {"bike", "gym"}, {"bike", "gym", "park"}, {"bike", "gym", "park"}, {"bike", "gym"}]  # fmt: skip
KIDS = [{"park", "playground", "library"}, {"playground"}, {"playground", "library"}, {"park", "playground", "library"}]


def kinds(result, kind):
    return [step.values for step in result.steps if step.kind == kind]


def bought(result) -> list[str]:
    return [round_.item for round_ in result.rounds]


def test_the_textbook_first_example() -> None:
    result = equal_shares(TEXTBOOK, [*SPORT, *KIDS, {"bike"}], 1100, "none")
    assert [(r.item, r.each, r.payers) for r in result.rounds] == [
        ("bike", 100, 7), ("playground", 50, 4), ("library", Fraction(100, 3), 3),
    ]  # fmt: skip
    assert result.winners == ("bike", "playground", "library")
    assert (result.share, result.spent, result.left) == (100, 1000, 100)
    assert result.shares[6] == {"playground": 50, "library": Fraction(100, 3)}
    assert result.shares[10] == {"bike": 100}
    assert result.order == (("bike",), ("playground",), ("library",), ("gym",), ("park",))


def test_the_textbook_tells_that_greedy_serves_one_side_only() -> None:
    ballots = [*SPORT, *KIDS, {"bike"}]
    assert bought(greedy(TEXTBOOK, ballots, 1100)) == ["bike", "gym"]
    (step,) = kinds(equal_shares(TEXTBOOK, ballots, 1100, "none"), "equal_shares_beside")
    assert step == {"items": ["bike", "gym"], "only_here": ["playground", "library"], "only_there": ["gym"]}


def test_the_textbook_second_example_where_some_have_less_than_the_rate() -> None:
    result = equal_shares(TEXTBOOK, [*SPORT, *KIDS, {"gym"}], 1100, "none")
    gym, park, playground = result.rounds
    assert (gym.item, gym.each, gym.payers) == ("gym", Fraction(400, 7), 7)
    # Three have 300/7 left and give it all; the two others share what is missing.
    assert (park.item, park.each, park.payers) == ("park", Fraction(425, 7), 2)
    assert (park.rest_payers, park.rest_paid, park.empty) == (3, Fraction(900, 7), 0)
    assert (playground.item, playground.each) == ("playground", Fraction(425, 7))
    assert kinds(result, "equal_shares_bought")[1] == {
        "round": 2, "item": "park", "cost": 250, "approvals": 5, "left": 450, "payers": 2, "rest_payers": 3, "empty": 0,
        "each": "425/7", "each_about": "60.71", "rest_paid": "900/7", "rest_paid_about": "128.57",
        "effective": "70/17", "effective_about": "4.12", "tied": [], "by": "",
    }  # fmt: skip
    out = {step["item"]: step["behind_about"] for step in kinds(result, "equal_shares_out")}
    assert out == {"bike": "128.57", "library": "39.29"}


def test_completion_by_raising_and_by_greedy() -> None:
    """By hand: at 100 a voter a and b are bought; c asks 100 of each of its six, who have 200/3 left until 134 a voter."""
    costs = {"c": 600, "a": 200, "b": 300, "d": 900}
    ballots = [{"a", "c"}] * 6 + [{"b"}] * 4 + [{"b", "d"}] * 2
    none = equal_shares(costs, ballots, 1200, "none")
    assert (bought(none), none.share, none.left) == (["a", "b"], 100, 700)
    assert kinds(none, "equal_shares_left") == [{"left": 700, "fits": ["c"]}]
    onward = equal_shares(costs, ballots, 1200, "add1")  # at 500 the two who want d could pay it, and it is too much
    assert (bought(onward), onward.share, onward.raised) == (["a", "b", "c"], 499, 399)
    assert kinds(onward, "equal_shares_raised")[0]["why"] == "too_dear"
    raised = equal_shares(costs, ballots, 1200, "add1", onward=False)
    assert (bought(raised), raised.share, raised.raised) == (["a", "b", "c"], 134, 34)
    assert kinds(raised, "equal_shares_raised") == [
        {"units": 34, "why": "nothing_fits", "share": "134", "share_about": "134"}
    ]
    assert raised.shares[0] == {"a": Fraction(100, 3), "c": 100}


def test_raising_ends_before_it_costs_too_much_and_greedy_takes_the_rest() -> None:
    """Two sides of five: from 20 a voter on, both could buy their 100; only 150 are there. So greedy buys one."""
    costs = {"x": 100, "y": 100, "z": 50}
    ballots = [{"x"}] * 5 + [{"y"}] * 5
    raised = equal_shares(costs, ballots, 150, "add1")
    assert (raised.winners, raised.share, raised.raised) == ((), 19, 4)
    assert kinds(raised, "equal_shares_raised")[0]["why"] == "too_dear"
    filled = equal_shares(costs, ballots, 150)
    assert [(r.item, r.how, r.left) for r in filled.rounds] == [("x", "greedy", 50), ("z", "greedy", 0)]
    assert [step["item"] for step in kinds(filled, "equal_shares_filled")] == ["x", "z"]


def test_what_too_few_approve_is_left_out_when_that_is_asked() -> None:
    costs = {"x": 100, "z": 50}
    assert equal_shares(costs, [{"x"}] * 5, 200).winners == ("x", "z")
    assert equal_shares(costs, [{"x"}] * 5, 200, least=1).winners == ("x",)
    assert equal_shares(costs, [{"x"}] * 5, 200, least=6).winners == ()
    assert greedy(costs, [{"x"}] * 5, 200).winners == ("x", "z")
    assert greedy(costs, [{"x"}] * 5, 200, least=1).winners == ("x",)


def test_ties_go_to_more_approvals_then_lower_cost_then_the_one_given_first() -> None:
    """Every item asks the same of its supporters for each unit of cost as two can share it."""
    result = equal_shares({"b": 20, "a": 10, "c": 10}, [{"a", "b", "c"}] * 2, 40, "none")
    assert [(r.item, r.tied, r.by) for r in result.rounds] == [
        ("a", ("c", "b"), "place"),
        ("c", ("b",), "cost"),
        ("b", (), ""),
    ]
    assert result.ties == (("a", "c", "b"), ("c", "b"))
    # With x bought the first voter has nothing left, so p and q both have two that pay; but q has three approvals.
    costs = {"x": 120, "p": 20, "q": 20}
    ballots = [{"x", "q"}, {"p", "q"}, {"p", "q"}, {"x"}, {"x"}, {"x"}]
    result = equal_shares(costs, ballots, 180, "none")
    assert [(r.item, r.tied, r.by) for r in result.rounds] == [("x", (), ""), ("q", ("p",), "approvals"), ("p", (), "")]
    assert result.rounds[1].effective == 2


def test_greedy_tells_its_ties() -> None:
    result = greedy({"a": 30, "b": 20, "c": 20, "d": 99}, [{"a", "b", "c", "d"}], 50)
    assert [(r.item, r.tied, r.by) for r in result.rounds] == [("b", ("c", "a"), "place"), ("c", ("a",), "cost")]
    assert [step.kind for step in result.steps] == [
        "greedy_bought",
        "greedy_bought",
        "greedy_skipped",
        "greedy_skipped",
        "greedy_left",
    ]
    assert result.steps[2].values == {"item": "a", "cost": 30, "approvals": 1, "left": 10}


def test_items_for_nothing_come_first_if_anybody_wants_them() -> None:
    result = equal_shares({"a": 10, "free": 0, "nobody": 0}, [{"a", "free"}], 10, "none")
    assert [(r.item, r.how) for r in result.rounds] == [("free", "free"), ("a", "shares")]
    assert kinds(result, "equal_shares_free") == [{"item": "free", "approvals": 1}]


def test_nobody_votes_or_there_is_no_money() -> None:
    assert equal_shares({"a": 1}, [], 5).plain()["winners"] == []
    assert greedy({"a": 1}, [], 5).winners == ()
    assert equal_shares({"a": 1}, [set(), set()], 5, "add1").winners == ()
    assert equal_shares({"a": 1}, [{"a"}], 0).winners == ()
    assert equal_shares({}, [set()], 5).winners == ()
    assert equal_shares({"a": 5}, [{"a"}], 5, weights=[0]).winners == ()


@pytest.mark.parametrize(
    ("costs", "ballots", "total", "completion", "weights"),
    [
        ({"a": 1}, [{"x"}], 5, "none", None),
        ({"a": -1}, [{"a"}], 5, "none", None),
        ({"a": 1.5}, [{"a"}], 5, "none", None),
        ({"a": 1}, [{"a"}], -5, "none", None),
        ({"a": 1}, [{"a"}], 5, "add2", None),
        ({"a": 1}, [{"a"}], 5, "none", [1, 1]),
        ({"a": 1}, [{"a"}], 5, "none", [-1]),
    ],
)
def test_what_cannot_be_counted_is_refused(costs, ballots, total, completion, weights) -> None:
    with pytest.raises(CannotCount):
        equal_shares(costs, ballots, total, completion, weights)


@given(costs_of, ballots_of, totals)
@settings(deadline=None)
def test_the_definition_followed_slowly_says_the_same(costs, ballots, total) -> None:
    result = equal_shares(costs, ballots, total, "none")
    items, paid = slow.shares(costs, ballots, Fraction(total, len(ballots)))
    assert bought(result) == items
    assert result.shares == dict(enumerate(paid))
    for onward in (False, True):
        raised = equal_shares(costs, ballots, total, "add1", onward=onward)
        items, paid, raises = slow.add1(costs, ballots, total, onward)
        assert (bought(raised), raised.raised) == (items, raises)
        assert raised.shares == dict(enumerate(paid))
    filled = equal_shares(costs, ballots, total)
    assert bought(filled) == items + slow.greedy(costs, ballots, total - slow.price(costs, items), items)
    assert bought(greedy(costs, ballots, total)) == slow.greedy(costs, ballots, total, []) == list(filled.beside)


@given(costs_of, ballots_of, totals, st.sampled_from(COMPLETIONS))
@settings(deadline=None)
def test_every_unit_is_accounted_for(costs, ballots, total, completion) -> None:
    """The budget holds; each item is paid exactly, by its supporters; nobody pays more than her share or the rate."""
    result = equal_shares(costs, ballots, total, completion)
    assert result.spent == sum(costs[item] for item in result.winners) <= total
    assert result.left == total - result.spent
    assert set(result.winners) == set(bought(result))
    assert result.share == Fraction(total, len(ballots)) + result.raised
    for voter, paid in result.shares.items():
        assert set(paid) <= ballots[voter]
        assert sum(paid.values()) <= result.share
        assert all(amount > 0 for amount in paid.values())
    for round_ in result.rounds:
        amounts = [paid[round_.item] for paid in result.shares.values() if round_.item in paid]
        assert sum(amounts) == (round_.cost if round_.how == "shares" else 0)
        if round_.how == "shares":
            assert max(amounts) == round_.each
            assert amounts.count(round_.each) == round_.payers
            assert sum(amount for amount in amounts if amount < round_.each) == round_.rest_paid
            assert len(amounts) == round_.payers + round_.rest_payers == round_.approvals - round_.empty
    # Priced fairly: what is not bought, its supporters could not pay from what they have left.
    for item in set(costs) - set(result.winners):
        behind = [voter for voter, ballot in enumerate(ballots) if item in ballot]
        left = sum(result.share - sum(result.shares[voter].values()) for voter in behind)
        assert left < costs[item] or not behind
    assert json.loads(json.dumps(result.plain())) == result.plain()


@given(costs_of, ballots_of, totals)
@settings(deadline=None)
def test_nothing_that_fits_is_left_in_the_end(costs, ballots, total) -> None:
    filled = equal_shares(costs, ballots, total)
    assert all(costs[item] > filled.left for item in set(costs) - set(filled.winners))
    raised = equal_shares(costs, ballots, total, "add1")
    assert set(raised.winners) <= set(filled.winners)


@given(
    costs_of,
    ballots_of,
    totals,
    st.randoms(use_true_random=False),
    st.permutations(ITEMS),
    st.sampled_from(COMPLETIONS),
)
@settings(deadline=None)
def test_who_votes_and_what_items_are_called_makes_no_difference(
    costs, ballots, total, random, names, completion
) -> None:
    result = equal_shares(costs, ballots, total, completion)
    mixed = list(ballots)
    random.shuffle(mixed)
    assert equal_shares(costs, mixed, total, completion).rounds == result.rounds
    called = dict(zip(ITEMS, names, strict=True))
    renamed = equal_shares(
        {called[item]: cost for item, cost in costs.items()},
        [{called[i] for i in b} for b in ballots],
        total,
        completion,
    )
    assert bought(renamed) == [called[item] for item in bought(result)]


@given(costs_of, ballots_of, totals, st.permutations(ITEMS))
@settings(deadline=None)
def test_in_another_place_an_item_without_equals_fares_the_same(costs, ballots, total, places) -> None:
    """Neutral but for the last tie-break: no two items here have the same approvals and cost."""
    keys = [(sum(item in ballot for ballot in ballots), costs[item]) for item in ITEMS]
    assume(len(set(keys)) == len(keys))
    moved = equal_shares({item: costs[item] for item in places}, ballots, total)
    assert bought(moved) == bought(equal_shares(costs, ballots, total))


@given(costs_of, ballots_of, totals, st.data())
@settings(deadline=None)
def test_weights_are_so_many_voters(costs, ballots, total, data) -> None:
    weights = data.draw(st.lists(st.integers(0, 3), min_size=len(ballots), max_size=len(ballots)))
    copies = [ballot for ballot, weight in zip(ballots, weights, strict=True) for _ in range(weight)]
    weighed, copied = equal_shares(costs, ballots, total, weights=weights), equal_shares(costs, copies, total)
    assert (weighed.rounds, weighed.share, weighed.steps) == (copied.rounds, copied.share, copied.steps)
    assert sum(account.voters for account in weighed.accounts) == (len(copies) if weighed.accounts else 0)


def test_a_file_lists_what_every_ballot_paid_up_to_a_thousand_ways() -> None:
    costs = {f"i{n}": 1 for n in range(12)}
    ballots = [{f"i{n}" for n in range(12) if number >> n & 1} for number in range(1200)]
    result = equal_shares(costs, ballots, 100, "none")
    assert len(result.shares) == 1200
    assert result.plain()["shares"] is None
    fewer = equal_shares(costs, ballots[:300], 100, "none").plain()["shares"]
    assert sum(account["voters"] for account in fewer) == 300
    assert sum(Fraction(amount) * a["voters"] for a in fewer for amount in a["paid"].values()) == 9
