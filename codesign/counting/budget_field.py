"""Approval ballots on items with a cost, as numbers: voters with the same ballot are one group."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codesign.counting.ballots import marks, voters, whole

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Field:
    """Items and voters of one budget ballot.

    items: keys; an item's number is its place. costs: whole units. votes: how many voters approve each item.
    weight: voters in each group. supporters: for each item the groups that approve it; heads: the voters
    in these. group: each ballot's group. open: the numbers of the items that can be bought at all.
    """

    items: tuple[str, ...]
    costs: tuple[int, ...]
    votes: tuple[int, ...]
    voters: int
    weight: Floats
    supporters: tuple[Indices, ...]
    heads: tuple[Floats, ...]
    group: Indices
    open: tuple[int, ...]

    def before(self, item: int) -> tuple[int, int, int]:
        """The key by which ties are broken, smallest first: more approvals, lower cost, lower place."""
        return -self.votes[item], self.costs[item], item

    def decided_by(self, item: int, others: Collection[int]) -> str:
        """What put an item before others when all else was equal: "approvals", "cost", "place"; "" without others."""
        if not others:
            return ""
        keys = [self.before(other) for other in others]
        names = ("approvals", "cost")
        return next(
            (name for at, name in enumerate(names) if all(k[: at + 1] > self.before(item)[: at + 1] for k in keys)),
            "place",
        )

    def price(self, items: Collection[int]) -> int:
        """What these items cost together."""
        return sum(self.costs[item] for item in items)


def field_of(
    costs: Mapping[str, int],
    approvals: Sequence[Collection[str]],
    weights: Sequence[int] | None = None,
    least: int = 0,
) -> Field:
    """Read the ballots; an item that fewer than `least` voters approve cannot be bought.

    Raises CannotCount on an unknown item, or a cost or weight that is not a whole number from 0.
    """
    items = tuple(costs)
    prices = tuple(whole(cost, "a cost") for cost in costs.values())
    ballots, ballot_weight = marks(items, approvals), voters(len(approvals), weights)
    packed = np.packbits(ballots, axis=1)
    if packed.shape[1] % 8:
        packed = np.pad(packed, ((0, 0), (0, 8 - packed.shape[1] % 8)))
    _, first, group = np.unique(packed.view(np.uint64), axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    weight: Floats = np.zeros(len(first))
    np.add.at(weight, group, ballot_weight)
    groups = ballots[first]
    columns = np.ascontiguousarray(groups.T)
    supporters = tuple(np.flatnonzero(column & (weight > 0)) for column in columns)
    votes = tuple(int(weight[support].sum()) for support in supporters)
    return Field(
        items=items,
        costs=prices,
        votes=votes,
        voters=int(ballot_weight.sum()),
        weight=weight,
        supporters=supporters,
        heads=tuple(weight[support] for support in supporters),
        group=group,
        open=tuple(item for item, count in enumerate(votes) if count >= least),
    )
