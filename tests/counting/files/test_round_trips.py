"""What is written is read back the same: orders, categories and budgets, with any names."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.domain import CannotCount
from codesign.counting.files.domain import Categories, Orders, Projects
from codesign.counting.files.reading import parse
from codesign.counting.files.writing import (
    approvals_in_categories,
    orders_kind,
    pabulib,
    preflib_categories,
    preflib_orders,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def one_line(text: str) -> str:
    """A name as it comes back: without signs that steer, with single spaces."""
    return " ".join("".join(" " if c < " " or "\x7f" <= c <= "\x9f" else c for c in text).split())


@st.composite
def rankings(draw, keys):
    """One ballot: some of the options, in groups."""
    ranked = draw(st.permutations(keys))[: draw(st.integers(0, len(keys)))]
    ballot: list[list[str]] = []
    for key in ranked:
        if ballot and draw(st.booleans()):
            ballot[-1].append(key)
        else:
            ballot.append([key])
    return tuple(tuple(group) for group in ballot)


@st.composite
def elections(draw):
    """Options with names, and ballots with weights."""
    names = draw(st.lists(NAMES, min_size=1, max_size=6))
    options = {f"k{i}": name for i, name in enumerate(names)}
    ballots = draw(st.lists(rankings(list(options)), min_size=1, max_size=12))
    weights = draw(st.lists(st.integers(1, 50), min_size=len(ballots), max_size=len(ballots)))
    return options, ballots, weights


def piles(ballots, weights, number=None):
    """Ballots without the order inside groups, and how many voters cast each."""
    found: Counter = Counter()
    for ballot, weight in zip(ballots, weights, strict=True):
        found[tuple(frozenset(number[k] if number else k for k in group) for group in ballot)] += weight
    return found


@settings(deadline=None)
@given(NAMES, elections())
def test_orders(title, election):
    options, ballots, weights = election
    kind = orders_kind(options, ballots)
    text = preflib_orders(title, options, ballots, weights)
    found = parse(text.encode(), kind)
    assert isinstance(found, Orders)
    assert found.title == one_line(title)
    assert list(found.options.values()) == [one_line(name) for name in options.values()]
    number = {key: str(place) for place, key in enumerate(options, 1)}
    assert piles(found.ballots, found.weights) == piles(ballots, weights, number)
    counts = [int(line.split(":")[0]) for line in text.splitlines() if not line.startswith("#")]
    assert counts == sorted(counts, reverse=True)


@settings(deadline=None)
@given(elections(), st.data())
def test_categories(election, data):
    options, ballots, weights = election
    most = max(map(len, ballots))
    categories = [f"c{i}" for i in range(max(most, 1))]
    filled = [(*ballot, *((),) * (len(categories) - len(ballot))) for ballot in ballots]
    found = parse(preflib_categories("t", options, filled, categories, weights).encode(), "cat")
    assert isinstance(found, Categories)
    assert list(found.categories) == categories
    number = {key: str(place) for place, key in enumerate(options, 1)}
    assert piles(found.ballots, found.weights) == piles(filled, weights, number)


@settings(deadline=None)
@given(NAMES, st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_budgets(title, names, data):
    options = {f"k{i}": name for i, name in enumerate(names)}
    keys = list(options)
    costs = {key: data.draw(st.integers(0, 10**9)) for key in keys}
    total = data.draw(st.integers(0, 10**9))
    subset = st.permutations(keys).flatmap(lambda p: st.integers(0, len(p)).map(lambda n: tuple(p[:n])))
    votes = data.draw(st.lists(subset, max_size=10))
    kind = data.draw(st.sampled_from(["approval", "ordinal", "cumulative", "scoring"]))
    points = None
    if kind in ("cumulative", "scoring"):
        points = [tuple(data.draw(st.integers(0, 99)) for _ in vote) for vote in votes]
    selected = data.draw(st.one_of(st.none(), st.sets(st.sampled_from(keys))))
    text = pabulib(
        title, options, costs, total, votes, vote_type=kind, points=points, rule="greedy", selected=selected,
        meta={"country": "Netherlands"},
    )  # fmt: skip
    found = parse(text.encode(), "pb")
    assert isinstance(found, Projects)
    assert (found.title, found.vote_type, found.rule) == (one_line(title), kind, "greedy")
    assert (found.costs, found.total, found.unit) == (costs, total, 1)
    assert found.options == {key: one_line(name) for key, name in options.items()}
    assert found.votes == tuple(votes)
    assert found.points == (None if points is None else tuple(points))
    assert found.selected == (None if selected is None else {key: int(key in selected) for key in keys})


@pytest.mark.parametrize(
    ("ballots", "kind"),
    [
        ([(("a",), ("b",))], "soc"),
        ([(("a",), ("b",)), (("b",),)], "soi"),
        ([(("a", "b"),)], "toc"),
        ([(("a", "b"),), ()], "toi"),
    ],
)
def test_the_strictest_kind_is_taken(ballots, kind):
    assert orders_kind(["a", "b"], ballots) == kind
    assert f"# DATA TYPE: {kind}\n" in preflib_orders("t", {"a": "A", "b": "B"}, ballots)


def test_approvals_become_two_categories():
    ballots = approvals_in_categories(["a", "b"], [{"b"}, ["a", "b"], ()])
    assert ballots == [(("b",), ("a",)), (("a", "b"), ()), ((), ("a", "b"))]


@pytest.mark.parametrize("ballot", [(("x",),), (("a",), ("a",)), ((),)])
def test_orders_that_are_none_are_not_written(ballot):
    with pytest.raises(CannotCount):
        preflib_orders("t", {"a": "A"}, [ballot])


@pytest.mark.parametrize(
    "changes",
    [
        {"options": {"a,b": ""}, "costs": {"a,b": 1}, "votes": []},
        {"options": {"none": ""}, "costs": {"none": 1}, "votes": []},
        {"costs": {}},
        {"votes": [("x",)]},
        {"votes": [("a", "a")]},
        {"points": [(1,)]},
        {"vote_type": "cumulative"},
        {"vote_type": "cumulative", "points": [(1, 2)]},
    ],
)
def test_budgets_that_cannot_be_read_back_are_not_written(changes):
    given_values = {"options": {"a": "A"}, "costs": {"a": 1}, "votes": [("a",)], **changes}
    with pytest.raises(CannotCount):
        pabulib("t", total=5, **given_values)
