"""What counting a budget ballot gives: what is bought, round by round, who paid what, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from codesign.counting.budget_field import Field
from codesign.counting.budget_shares import Shares
from codesign.counting.domain import Order, Step

# A file lists what every ballot paid as long as there are no more different ways of paying than this.
MOST_ACCOUNTS = 1000


@dataclass(frozen=True)
class Round:
    """One item bought.

    how: "shares" (its supporters paid), "free" (it costs nothing and somebody wants it) or "greedy" (from what is left,
    most approvals first). each: the most that one supporter paid, in units of money. payers: voters that paid just
    that. rest_payers: voters that had less and gave all of it, together rest_paid. empty: supporters that had nothing
    left. left: what is left of the total after it. For "free" and "greedy" nobody pays out of her share. tied: items
    that could as well have been bought; by: what decided, "approvals", "cost" or "place" in the list.
    """

    item: str
    cost: int
    approvals: int
    how: str
    left: int
    each: Fraction = Fraction(0)
    payers: int = 0
    rest_payers: int = 0
    rest_paid: Fraction = Fraction(0)
    tied: tuple[str, ...] = ()
    by: str = ""

    @property
    def effective(self) -> Fraction:
        """As how many full payers its supporters count: its cost divided by what one of them pays at most."""
        return self.cost / self.each if self.each else Fraction(0)

    @property
    def empty(self) -> int:
        """Supporters that had nothing left to pay with."""
        return self.approvals - self.payers - self.rest_payers if self.how == "shares" else 0

    def plain(self) -> dict[str, Any]:
        """The round as it stands in a file."""
        values: dict[str, Any] = {
            "item": self.item,
            "cost": self.cost,
            "approvals": self.approvals,
            "how": self.how,
            "left": self.left,
        }
        values |= {"tied": list(self.tied), "by": self.by}
        if self.how != "shares":
            return values
        return values | {
            "each": str(self.each),
            "payers": self.payers,
            "rest_payers": self.rest_payers,
            "rest_paid": str(self.rest_paid),
            "empty": self.empty,
            "effective": str(self.effective),
        }


@dataclass(frozen=True)
class Account:
    """What one voter of each of these ballots (by their place in the list) paid, item by item."""

    ballots: tuple[int, ...]
    voters: int
    paid: Mapping[str, Fraction]


@dataclass(frozen=True)
class Funded:
    """What a budget ballot decides.

    method: "equal_shares" or "greedy". completion: "none", "add1", "add1u". costs, total, spent, left: whole units of
    money. approvals: voters for each item. share: what each voter had to spend; raised: how many units above an equal
    share of the total that is. beside: what plain greedy buys, for comparison. Steps: see `budget_steps`.
    """

    method: str
    completion: str
    total: int
    voters: int
    costs: Mapping[str, int]
    approvals: Mapping[str, int]
    winners: tuple[str, ...]
    order: Order
    rounds: tuple[Round, ...]
    share: Fraction
    raised: int
    beside: tuple[str, ...]
    steps: tuple[Step, ...]
    _field: Field = field(repr=False, compare=False)
    _run: Shares | None = field(repr=False, compare=False)

    @property
    def spent(self) -> int:
        """What the bought items cost together."""
        return sum(bought.cost for bought in self.rounds)

    @property
    def left(self) -> int:
        """What is left of the total."""
        return self.total - self.spent

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """For each round that a rule for ties decided: the bought item, then those that could have been."""
        return tuple((bought.item, *bought.tied) for bought in self.rounds if bought.tied)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Who paid what out of her share: ballots that paid the same stand together."""
        if self._run is None:
            return ()
        ballots: dict[int, list[int]] = {}
        for ballot, group in enumerate(self._field.group.tolist()):
            ballots.setdefault(group, []).append(ballot)
        alike: dict[tuple[tuple[str, Fraction], ...], list[int]] = {}
        for group, paid in enumerate(_payments(self._field, self._run)):
            alike.setdefault(tuple(paid), []).append(group)
        return tuple(
            Account(
                ballots=tuple(sorted(ballot for group in groups for ballot in ballots[group])),
                voters=int(self._field.weight[groups].sum()),
                paid=dict(paid),
            )
            for paid, groups in alike.items()
        )

    @cached_property
    def shares(self) -> dict[int, Mapping[str, Fraction]]:
        """For each ballot, by its place in the list, what one voter who cast it paid for each item."""
        return {ballot: account.paid for account in self.accounts for ballot in account.ballots}

    def plain(self) -> dict[str, Any]:
        """Everything as it stands in a file; `shares` is None where more than 1,000 ways of paying would fill it."""
        few = self._run is None or self._run.ways() <= MOST_ACCOUNTS
        accounts = [
            {
                "ballots": list(account.ballots),
                "voters": account.voters,
                "paid": {item: str(amount) for item, amount in account.paid.items()},
            }
            for account in (self.accounts[: MOST_ACCOUNTS + 1] if few else ())
        ]
        return {
            "method": self.method,
            "completion": self.completion,
            "total": self.total,
            "voters": self.voters,
            "costs": dict(self.costs),
            "approvals": dict(self.approvals),
            "winners": list(self.winners),
            "order": [list(group) for group in self.order],
            "rounds": [bought.plain() for bought in self.rounds],
            "share": str(self.share),
            "raised": self.raised,
            "spent": self.spent,
            "left": self.left,
            "beside": list(self.beside),
            "ties": [list(group) for group in self.ties],
            "shares": accounts if few and len(accounts) <= MOST_ACCOUNTS else None,
            "steps": [step.plain() for step in self.steps],
        }


def _payments(field: Field, run: Shares) -> list[list[tuple[str, Fraction]]]:
    """For each group of voters with the same ballot, what one of them paid for each item, in order."""
    rates = [run.rate(number) for number in range(len(run.bought))]
    left = [run.share] * len(field.weight)
    payments: list[list[tuple[str, Fraction]]] = [[] for _ in left]
    known: dict[tuple[Fraction, int], Fraction] = {}
    for number, purchase in enumerate(run.bought):
        rate, key = rates[number], field.items[purchase.item]
        support = field.supporters[purchase.item]
        for group, in_full in zip(support.tolist(), np.take(run.paid[number], support).tolist(), strict=True):
            before = left[group]
            if not before:
                continue
            payments[group].append((key, rate if in_full else before))
            if in_full and (before, number) not in known:
                known[before, number] = before - rate
            left[group] = known[before, number] if in_full else Fraction(0)
    return payments
