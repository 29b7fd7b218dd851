"""One ballot of each method, and votes for it: what tests of results, releases and files share."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from codesign.voting import closed_list
from codesign.voting.closed_list import ClosedList
from codesign.voting.domain import Category, Kind, Method, Opening, Option, Terms, Vote
from codesign.voting.methods import METHODS

IDEAS = ("Street contact", "Open kitchen", "Lessons outside", "Women first")


def options(count: int = 4, costs: tuple[int, ...] = ()) -> list[Option]:
    """Ideas to choose from; costs only where money is spent."""
    return [
        Option("", title, f"We do {title.lower()}.", "en", "BRI", ("door-open",), cost=cost)
        for title, cost in zip(IDEAS[:count], (*costs, *([0] * count))[:count], strict=True)
    ]


MAKE: dict[Method, dict[str, Any]] = {
    Method.APPROVAL: {"options": options(), "max_choices": 3, "with_none": True},
    Method.YES_NO: {"options": options(1), "max_choices": 1, "with_none": False},
    Method.CONSENT: {"options": options(1), "max_choices": 1, "with_none": False},
    Method.SCORE: {"options": options(), "max_choices": 4, "with_none": False, "terms": Terms(points=5)},
    Method.RANKED: {"options": options(), "max_choices": 4, "with_none": False},
    Method.DOTS: {"options": options(), "max_choices": 4, "with_none": False, "terms": Terms(points=5)},
    Method.BUDGET: {
        "options": options(costs=(4000, 3000, 3000, 1500)), "max_choices": 3, "with_none": True,
        "terms": Terms(total=7000, fits=False),
    },
    Method.SHORTLIST: {"options": options(), "max_choices": 3, "with_none": True, "terms": Terms(seats=2)},
}  # fmt: skip
# Six votes that differ, taken in turn by as many people as there are.
VOTES: dict[Method, tuple[tuple[str, ...], ...]] = {
    Method.APPROVAL: (("o1", "o2"), ("o1",), ("o2", "o3"), ("o1", "o4"), ("none",), ("o1", "o2", "o3")),
    Method.YES_NO: (("yes",), ("yes",), ("no",), ("yes",), ("abstain",), ("yes",)),
    Method.CONSENT: (("agree",), ("agree",), ("stand_aside",), ("agree",), ("agree",), ("stand_aside",)),
    Method.SCORE: (
        ("o1:5", "o2:3"), ("o1:4", "o3:0"), ("o2:5", "o3:1"), ("o1:3", "o4:2"), ("o3:5",), ("o1:5", "o2:4", "o4:1"),
    ),
    Method.RANKED: (
        ("o1:1", "o2:2", "o3:3"), ("o2:1", "o3:2", "o1:3"), ("o3:1", "o1:2", "o2:3"), ("o1:1", "o2:2"), ("o4:1",),
        ("o1:1", "o3:2"),
    ),
    Method.DOTS: (
        ("o1:5",), ("o1:3", "o2:2"), ("o2:4", "o3:1"), ("o1:2", "o4:2"), ("o3:5",), ("o1:1", "o2:1", "o4:3"),
    ),
    Method.BUDGET: (("o1", "o2"), ("o1",), ("o2", "o3"), ("o1", "o4"), ("none",), ("o1", "o3")),
    Method.SHORTLIST: (("o1", "o2"), ("o1",), ("o2", "o3"), ("o1", "o4"), ("none",), ("o1", "o2")),
}  # fmt: skip


def cast_all(w: Any, method: Method, voters: int, votes: Any = None) -> None:
    """So many members vote, each with their own code."""
    given = votes or VOTES[method]
    for n, person in enumerate(w.members[:voters]):
        w.cast(person, *given[n % len(given)])


def opening(method: Method, electorate: int = 14) -> Opening:
    """What was frozen when a ballot of this method opened."""
    made = dict(MAKE[method])
    options = made.pop("options")
    keyed = tuple(replace(o, key=f"o{n}") for n, o in enumerate(options, start=1))
    return Opening(
        ballot=7, round=3, kind=Kind.VOTE, category=Category.NEWCOMERS, method=method,
        question="How should new people and neighbours meet?", language="en", options=keyed, electorate=electorate, quorum=50,
        majority=50, opened_at=datetime(2026, 6, 1, tzinfo=UTC), deadline=datetime(2026, 6, 8, tzinfo=UTC), subject="",
        previous="", public_key="ab", **made,
    )  # fmt: skip


def closed(o: Opening, voters: int = 12, seed: int = 1, votes: Any = None) -> ClosedList:
    """Its closed list after so many votes; the seed makes the codes."""
    given = votes or [VOTES[o.method][n % 6] for n in range(voters)]
    codes = [f"{n:012d}" for n in random.Random(seed).sample(range(10**11, 10**12), len(given))]
    slips = [
        Vote(code, METHODS[o.method].marks(o, chosen), sign="kanarie")
        for code, chosen in zip(codes, given, strict=True)
    ]
    return closed_list.make(o, "a" * 64, "", slips)
