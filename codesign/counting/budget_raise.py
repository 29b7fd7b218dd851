"""Equal shares with voters' budgets raised one unit at a time, leaping over raises that provably change nothing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from codesign.counting.budget_field import Field
from codesign.counting.budget_shares import Close, Shares


class Follower(Shares):
    """A run from a higher start that finds out whether all starts between buy the same items in the same order.

    As long as the order is the same, a higher start leaves every voter with no less after every purchase, and no item
    asks more. So if in every round the bought item asks no more at the lower start than any other item at the higher
    one (with ties falling to it), it is bought at every start between. Failing that: while at both starts the same
    voters paid all they had, everything is a straight line between, and looking at both ends is enough.
    """

    def follows(self, lower: Shares) -> bool:
        """Whether that is proven. Stops at the first purchase that differs; `run` then goes on from there."""
        alike = True
        for number, purchase in enumerate(lower.bought):
            choice, others = self._choose(purchase.high)
            if choice is None or choice.item != purchase.item:
                return False
            open_doubts = [close for close in others if not self._dearer(close, lower, number)]
            if open_doubts and not alike:
                return False
            lines = [self._line_is_dearer(close, lower, number) for close in open_doubts]
            self._buy(choice)
            alike = alike and bool(np.array_equal(self.paid[number], lower.paid[number]))
            if not all(lines) or (lines and not alike):
                return False
        return self._choose()[0] is None

    def _dearer(self, close: Close, lower: Shares, number: int) -> bool:
        """Whether the item asks more here than what was bought there, for each unit of cost."""
        asked = self._ask(close)[0] / self.field.costs[close.item]
        return self._after(close.item, asked, lower, number)

    def _line_is_dearer(self, close: Close, lower: Shares, number: int) -> bool:
        """The same at the lower start, if there the same supporters gave all they had for it as here.

        What an item truly asks is never less than this line.
        """
        _, poor, _ = self._ask(close)
        _, _, weight = self._alive(close.item)
        missing = self.field.costs[close.item] * lower.denominator - lower.money(poor, number)
        rich = int(weight.sum()) - int(self.field.weight[poor].sum())
        asked = Fraction(missing, rich * lower.denominator * self.field.costs[close.item])
        return self._after(close.item, asked, lower, number)

    def _after(self, item: int, asked: Fraction, lower: Shares, number: int) -> bool:
        bought = lower.bought[number].item
        paid = lower.rate(number) / self.field.costs[bought]
        return asked > paid or (asked == paid and self.field.before(bought) < self.field.before(item))


def raised(field: Field, total: int, step: int = 1, *, onward: bool = False) -> tuple[Shares, int, bool]:
    """Raise every voter's budget from an equal share of the total by `step` units of money at a time.

    Stops where nothing that somebody approves fits into what is left (`onward`: only where all of it is bought), or
    before the first raise by which the bought items would cost more than the total. Returns the run, by how many units
    budgets were raised, and whether it stopped for the first reason.
    """
    start = Fraction(total, field.voters)
    wanted = [item for item in field.open if field.votes[item] and field.costs[item]]
    units, leap = 0, step
    run = Shares(field, start).run()
    while True:
        left = total - field.price(run.items)
        bought = set(run.items)
        if all(item in bought or (field.costs[item] > left and not onward) for item in wanted):
            return run, units, True
        follower = Follower(field, start + units + leap)
        if follower.follows(run):
            units, run = units + leap, follower
            leap *= 2
        elif leap > step:
            leap //= 2
        else:
            following = follower.run()
            if field.price(following.items) > total:
                return run, units, False
            units, run = units + step, following
