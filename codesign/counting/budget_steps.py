"""The steps that tell how a budget ballot was counted.

Fractions are exact text ("250", "1000/3"); beside each stands the same as `..._about`, to two decimals, for people.

  equal_shares_start    total, voters, items, share, share_about: an equal share of the total for every voter
  equal_shares_raised   units, share, share_about, why: "nothing_fits" (nothing that somebody wants fits into what is
                        left) or "too_dear" (one unit more and the bought items would cost more than the total)
  equal_shares_free     item, approvals: costs nothing
  equal_shares_bought   round (from 1), item, cost, approvals, each, each_about, payers, rest_payers, rest_paid,
                        rest_paid_about, empty (supporters with nothing left), left (of the total), effective,
                        effective_about (as how many full payers the supporters count: the most of all in reach),
                        tied (items that count as much), by ("approvals", "cost" or "place" decided; "" without ties)
  equal_shares_out      item, cost, approvals, behind, behind_about: what its supporters have left together; beneath
                        the cost
  equal_shares_filled   round, item, cost, approvals, left, tied (as many approvals), by: bought from what was left, by
                        most approvals
  equal_shares_left     left, fits: items that would fit into it and are not bought
  equal_shares_beside   items: what plain greedy buys, only_here, only_there
  greedy_bought         round, item, cost, approvals, left, tied, by
  greedy_skipped        item, cost, approvals, left: it does not fit into what was left at its turn
  greedy_left           left
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from codesign.counting.budget_field import Field
from codesign.counting.budget_result import Round
from codesign.counting.budget_shares import Shares
from codesign.counting.domain import Step


def about(amount: Fraction) -> str:
    """An amount of money to two decimals, halves up; whole amounts without decimals."""
    if amount.denominator == 1:
        return str(amount)
    cents = (amount * 100 + Fraction(1, 2)).__floor__()
    return str((Decimal(cents) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _money(name: str, amount: Fraction) -> dict[str, str]:
    return {name: str(amount), f"{name}_about": about(amount)}


def start(total: int, field: Field) -> Step:
    """Every voter gets an equal share."""
    values = {"total": total, "voters": field.voters, "items": len(field.items)}
    return Step("equal_shares_start", values | _money("share", Fraction(total, field.voters)))


def raised(units: int, share: Fraction, exhausted: bool) -> Step:
    """Every budget was raised."""
    why = "nothing_fits" if exhausted else "too_dear"
    return Step("equal_shares_raised", {"units": units, "why": why} | _money("share", share))


def purchase(number: int, round_: Round) -> dict[str, Any]:
    """The values that all bought items have."""
    return {
        "round": number,
        "item": round_.item,
        "cost": round_.cost,
        "approvals": round_.approvals,
        "left": round_.left,
        "tied": list(round_.tied),
        "by": round_.by,
    }


def bought(number: int, round_: Round) -> Step:
    """One item bought."""
    if round_.how == "free":
        return Step("equal_shares_free", {"item": round_.item, "approvals": round_.approvals})
    values = purchase(number, round_)
    if round_.how == "greedy":
        return Step("equal_shares_filled", values)
    values |= {"payers": round_.payers, "rest_payers": round_.rest_payers, "empty": round_.empty}
    amounts = {"each": round_.each, "rest_paid": round_.rest_paid, "effective": round_.effective}
    for name, amount in amounts.items():
        values |= _money(name, amount)
    return Step("equal_shares_bought", values)


def out(field: Field, run: Shares, item: int) -> Step:
    """An item that its supporters could not pay."""
    values = {"item": field.items[item], "cost": field.costs[item], "approvals": field.votes[item]}
    return Step("equal_shares_out", values | _money("behind", run.behind(item)))


def left(amount: int, fits: Sequence[str]) -> Step:
    """What is left in the end."""
    return Step("equal_shares_left", {"left": amount, "fits": list(fits)})


def beside(here: Sequence[str], there: Sequence[str]) -> Step:
    """What plain greedy buys."""
    return Step(
        "equal_shares_beside",
        {
            "items": list(there),
            "only_here": [item for item in here if item not in there],
            "only_there": [item for item in there if item not in here],
        },
    )
