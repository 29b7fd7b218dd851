"""One run of the Method of Equal Shares: floating point finds the way, whole numbers decide wherever it is close."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, inf

import numpy as np

from codesign.counting.budget_field import Field, Floats, Indices

EPSILON = float(np.finfo(np.float64).eps)
# Where rounding may have added up to more than this part of a share, whole numbers put it right.
MOST_DRIFT = 1e-7


@dataclass(frozen=True)
class Close:
    """An item in reach: what it asks of each supporter at most, how far off that may be, bounds per unit of cost.

    tied: other items of which it is known that they ask just the same per unit of cost.
    """

    item: int
    rate: float
    error: float
    low: float
    high: float
    tied: tuple[int, ...] = ()


@dataclass(frozen=True)
class Purchase:
    """A bought item: the groups that had less than the rate and gave all of it, how many voters could pay the rate, and
    a bound: what a supporter paid for each unit of cost was no more. tied: what could as well have been bought."""

    item: int
    poor: Indices
    full: int
    high: float
    tied: tuple[int, ...]


class Shares:
    """One run from a start: every voter has that much, in units of money.

    In each round every item in reach asks its supporters for equal parts of its cost, and who has less gives all; the
    item whose supporters get most cost for each unit they pay is bought. Ties: more approvals, lower cost, lower place.

    `rest` is what each group has left, within `drift` of the truth, and 0 exactly where nothing is left. The truth for
    a group that has something left is the start minus the rates of what it `paid`, in whole numbers over `denominator`.
    """

    def __init__(self, field: Field, start: Fraction) -> None:
        self.field = field
        self.share = start
        self.start = float(start)
        self.rest: Floats = np.full(len(field.weight), self.start)
        self.drift = EPSILON * self.start
        self.supporters = list(zip(field.supporters, field.heads, strict=True))
        # A bound for each item in reach: no supporter's payment per unit of cost is lower. It never sinks.
        self.low = {item: (1 - 8 * EPSILON) / field.votes[item] for item in field.open if field.votes[item]}
        self.free = sorted((item for item in self.low if not field.costs[item]), key=field.before)
        for item in self.free:
            del self.low[item]
        self.bought: list[Purchase] = []
        self.paid = np.zeros((len(self.low), len(field.weight)), dtype=np.bool_)
        self.denominator = start.denominator
        self.start_whole = start.numerator
        self.rates_whole: list[int] = []

    def run(self) -> Shares:
        """Buy until nothing is in reach. What costs nothing is there from the beginning, if anybody approves it."""
        while (choice := self._choose()[0]) is not None:
            self._buy(choice)
        return self

    @property
    def items(self) -> list[int]:
        """What was bought, in that order."""
        return self.free + [purchase.item for purchase in self.bought]

    def rate(self, number: int) -> Fraction:
        """What a purchase, counted from 0 after the free items, asked of a supporter at most."""
        self._settle()
        return Fraction(self.rates_whole[number], self.denominator)

    def ways(self) -> int:
        """In how many ways, at least, voters paid: which items in full, whatever they gave their last for."""
        return len(np.unique(np.packbits(self.paid[: len(self.bought)], axis=0).T, axis=0))

    def behind(self, item: int) -> Fraction:
        """What the supporters of an item have left together."""
        self._settle()
        return Fraction(self.money(self._alive(item)[0]), self.denominator)

    def _choose(self, limit: float = -inf) -> tuple[Close | None, list[Close]]:
        """The item to buy now, None where none is in reach; and all others that may ask no more than `limit`."""
        found: list[Close] = []
        best = inf
        for item in sorted(self.low, key=self.low.__getitem__):
            if self.low[item] > max(best, limit):
                break
            close = self._reach(item, max(best, limit))
            if close is not None:
                found.append(close)
                best = min(best, close.high)
        contenders = [close for close in found if close.low <= best]
        if len(contenders) > 1:
            exact = [(self._ask(close)[0] / self.field.costs[close.item], close) for close in contenders]
            least = min(rate for rate, _ in exact)
            contenders = [close for rate, close in exact if rate == least]
        if not contenders:
            return None, []
        choice, *tied = sorted(contenders, key=lambda close: self.field.before(close.item))
        others = [close for close in found if close.low <= limit and close is not choice]
        return replace(choice, tied=tuple(close.item for close in tied)), others

    def _alive(self, item: int) -> tuple[Indices, Floats, Floats]:
        """The supporters that have something left: groups, what each voter has, and how many voters each is."""
        support, weight = self.supporters[item]
        rest = self.rest[support]
        alive = rest > 0
        if not alive.all():
            support, rest, weight = support[alive], rest[alive], weight[alive]
            self.supporters[item] = support, weight
        return support, rest, weight

    def _reach(self, item: int, best: float) -> Close | None:
        """What the item asks of its supporters; None where they have not enough, or where it asks more than `best`."""
        support, rest, weight = self._alive(item)
        cost, heads, money = self.field.costs[item], float(weight.sum()), float(rest @ weight)
        doubt = heads * self.drift + (len(rest) + 8) * EPSILON * max(cost, money)
        tight = abs(money - cost) <= doubt
        if (not tight and money < cost) or (tight and not self._in_reach(item, support)):
            del self.low[item]
            return None
        if tight:
            return self._exactly(Close(item, 0.0, inf, 0.0, inf))
        # Newton's method from below: who has less than the rate gives all, the others share what is missing.
        rate = max(self.low[item] * cost, cost / heads)
        while True:
            poor = rest < rate
            poor_weight = weight[poor]
            rich = heads - float(poor_weight.sum())
            if rich <= 0:
                return self._exactly(Close(item, 0.0, inf, 0.0, inf))
            asked = (cost - float(rest[poor] @ poor_weight)) / rich
            error = doubt / rich + 4 * EPSILON * asked
            low = (asked - error) / cost * (1 - 4 * EPSILON)
            if low > best:
                self.low[item] = low
                return None
            if asked <= rate:
                break
            rate = asked
        close = Close(item, rate, error, low, (rate + error) / cost * (1 + 4 * EPSILON))
        if (np.abs(rest - rate) <= self._margin(close)).any():
            return self._exactly(close)
        self.low[item] = close.low
        return close

    def _margin(self, close: Close) -> float:
        """Who has as much as the rate, give or take this, may in truth have less or more than it."""
        return 2 * close.error + self.drift

    def _exactly(self, close: Close) -> Close:
        """The same item, with what it asks known as well as floating point can say it."""
        rate, cost = float(self._ask(close)[0]), self.field.costs[close.item]
        error = 4 * EPSILON * rate
        self.low[close.item] = (rate - error) / cost
        return Close(close.item, rate, error, (rate - error) / cost, (rate + error) / cost)

    def _ask(self, close: Close) -> tuple[Fraction, Indices, Indices]:
        """What an item in reach asks exactly, the groups that have less, and those that have just that."""
        self._settle()
        support, rest, weight = self._alive(close.item)
        margin = self._margin(close)
        less = rest < close.rate - margin
        poor = support[less]
        doubtful = support[np.abs(rest - close.rate) <= margin]
        missing = self.field.costs[close.item] * self.denominator - self.money(poor)
        rich = int(weight.sum()) - int(weight[less].sum())
        waiting = sorted(zip(self._amounts(doubtful), doubtful.tolist(), strict=True))
        poorer = 0
        for amount, group in waiting:
            if amount * rich >= missing:
                break
            poorer += 1
            voters = int(self.field.weight[group])
            missing -= amount * voters
            rich -= voters
        equal = [group for amount, group in waiting[poorer:] if amount * rich == missing]
        return (
            Fraction(missing, rich * self.denominator),
            np.concatenate([poor, np.array([group for _, group in waiting[:poorer]], dtype=np.intp)]),
            np.array(equal, dtype=np.intp),
        )

    def _buy(self, close: Close) -> None:
        """Let the supporters pay."""
        item = close.item
        support, rest, weight = self._alive(item)
        near = support[np.abs(rest - close.rate) <= self._margin(close)]
        if len(near):
            _, poor, equal = self._ask(close)
        else:
            poor, equal = support[rest < close.rate], near
        full = int(weight.sum()) - int(self.field.weight[poor].sum())
        self.rest[support] = np.maximum(rest - close.rate, 0)
        self.rest[poor] = 0
        self.rest[equal] = 0
        paid = self.paid[len(self.bought)]
        paid[support] = True
        paid[poor] = False
        paid[equal] = False
        self.bought.append(Purchase(item, poor, full, close.high, close.tied))
        del self.low[item]
        self.drift += close.error + 2 * EPSILON * close.rate
        if len(near):
            self._correct(near[paid[near]])
        if self.drift > MOST_DRIFT * self.start:
            self._refresh()

    def _refresh(self) -> None:
        """Take out what rounding has added up to."""
        self._settle()
        alive = np.flatnonzero(self.rest > 0)
        rates = np.array([rate / self.denominator for rate in self.rates_whole])
        self.rest[alive] = self.start - rates @ self.paid[: len(rates), alive]
        self.drift = 2 * (len(rates) + 2) * EPSILON * self.start
        self._correct(alive[self.rest[alive] <= 4 * self.drift])

    def _correct(self, groups: Indices) -> None:
        """Put what these groups, which all have something left, have left as near to the truth as can be."""
        self._settle()
        smallest = float(np.finfo(np.float64).smallest_subnormal)
        self.rest[groups] = [max(amount / self.denominator, smallest) for amount in self._amounts(groups)]

    def _in_reach(self, item: int, support: Indices) -> bool:
        self._settle()
        return self.money(support) >= self.field.costs[item] * self.denominator

    def _settle(self) -> None:
        """Work out the exact rates of the purchases since the last time."""
        for purchase in self.bought[len(self.rates_whole) :]:
            missing = self.field.costs[purchase.item] * self.denominator - self.money(purchase.poor)
            common = gcd(missing, purchase.full)
            wider = purchase.full // common
            if wider > 1:
                self.denominator *= wider
                self.start_whole *= wider
                self.rates_whole = [rate * wider for rate in self.rates_whole]
            self.rates_whole.append(missing // common)

    def money(self, groups: Indices, purchases: int | None = None) -> int:
        """What these groups had left together after (the first of) the settled purchases, over the denominator."""
        weight = self.field.weight[groups]
        rates = self.rates_whole[:purchases]
        payers = self.paid[: len(rates), groups].astype(np.float64) @ weight
        spent = sum(int(count) * rate for count, rate in zip(payers.tolist(), rates, strict=True))
        return int(weight.sum()) * self.start_whole - spent

    def _amounts(self, groups: Indices) -> list[int]:
        """What a voter of each of these groups had left after the settled purchases, over the denominator."""
        known: dict[bytes, int] = {}
        amounts = []
        for column in np.ascontiguousarray(self.paid[: len(self.rates_whole), groups].T):
            key = column.tobytes()
            if key not in known:
                known[key] = self.start_whole - sum(self.rates_whole[int(j)] for j in np.flatnonzero(column))
            amounts.append(known[key])
        return amounts
