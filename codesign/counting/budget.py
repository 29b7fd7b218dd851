"""Counting budget ballots: items with a cost, a total, approvals; the Method of Equal Shares, and greedy beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from codesign.counting import budget_steps as tell
from codesign.counting.ballots import whole
from codesign.counting.budget_field import Field, field_of
from codesign.counting.budget_raise import raised
from codesign.counting.budget_result import Account, Funded, Round
from codesign.counting.budget_shares import Shares
from codesign.counting.domain import CannotCount, Order, Step, ordered

__all__ = ["COMPLETIONS", "Account", "Funded", "Round", "equal_shares", "greedy"]

COMPLETIONS = ("none", "add1", "add1u")


def equal_shares(
    costs: Mapping[str, int],
    approvals: Sequence[Collection[str]],
    total: int,
    completion: str = "add1u",
    weights: Sequence[int] | None = None,
    least: int = 0,
    step: int = 1,
    onward: bool = True,
) -> Funded:
    """The Method of Equal Shares with cost utilities, in exact arithmetic (Dominik Peters, Grzegorz Pierczyński and
    Piotr Skowron, "Proportional Participatory Budgeting with Additive Utilities", 2021; equalshares.net).

    costs: whole units of money for each item; the place in the mapping is the last tie-break. approvals: the items that
    each ballot approves (twice counts as once); an empty ballot counts as a voter. weights: voters per ballot. least:
    an item with fewer approvals than this is never bought.

    Every voter has an equal share of the total. An item is in reach if its supporters can pay it together. They pay
    equal parts; who has less gives all. Bought is, time and again, the item in reach for which the most that one
    supporter pays, divided by its cost, is least; ties: more approvals, then lower cost, then lower place. Items that
    cost nothing are bought first, if anybody approves them.

    completion: "none"; "add1": count anew with one `step` more for every voter (one unit; 100 where costs are in cents
    and voters get one euro more at a time), again and again, and keep the last outcome that costs no more than the
    total; "add1u": after that, buy from what is left by most approvals (then lower cost, lower place) whatever fits,
    approved or not. onward=False stops raising as soon as nothing that somebody approves fits into what is left (the
    default of pabutools); now and then the outcome is another. The official count of Wieliczka, 2023, went onward.

    Raises CannotCount on an unknown completion, an unknown item, or a cost, total or weight that is not a
    whole number from 0.
    """
    if completion not in COMPLETIONS:
        raise CannotCount(f"there is no completion {completion!r}, only {', '.join(COMPLETIONS)}")
    if whole(step, "the step") < 1:
        raise CannotCount("the step is at least 1")
    field = _field(costs, approvals, total, weights, least)
    there = [field.items[item] for item in _affordable(field, field.open, total)]
    if not field.voters:
        return _funded(field, "equal_shares", completion, total, [], [], there)
    steps = [tell.start(total, field)]
    units = 0
    if completion == "none":
        run = Shares(field, Fraction(total, field.voters)).run()
    else:
        run, units, exhausted = raised(field, total, step, onward=onward)
        steps.append(tell.raised(units, run.share, exhausted))
    rounds = _rounds(field, run, total)
    steps += [tell.bought(number, round_) for number, round_ in enumerate(rounds, 1)]
    missed = sorted(set(field.open) - set(run.items), key=field.before)
    steps += [tell.out(field, run, item) for item in missed if field.votes[item]]
    left = total - field.price(run.items)
    fitting = _affordable(field, missed, left)
    if completion == "add1u":
        filled = _greedy_rounds(field, fitting, left, missed)
        steps += [tell.bought(number, round_) for number, round_ in enumerate(filled, len(rounds) + 1)]
        rounds += filled
        left, fitting = left - field.price(fitting), []
    steps.append(tell.left(left, [field.items[item] for item in missed if item in fitting]))
    here = [round_.item for round_ in rounds]
    steps.append(tell.beside(here, there))
    return _funded(field, "equal_shares", completion, total, rounds, steps, there, run=run, units=units)


def greedy(
    costs: Mapping[str, int],
    approvals: Sequence[Collection[str]],
    total: int,
    weights: Sequence[int] | None = None,
    least: int = 0,
) -> Funded:
    """Plain utilitarian greedy: by most approvals, buy whatever fits into what is left (Nimrod Talmon and Piotr
    Faliszewski, "A Framework for Approval-Based Budgeting Methods", 2019).

    Arguments, ties and errors as in `equal_shares`.
    """
    field = _field(costs, approvals, total, weights, least)
    items = _affordable(field, field.open, total)
    rounds = _greedy_rounds(field, items, total, field.open)
    told = {round_.item: (number, round_) for number, round_ in enumerate(rounds, 1)}
    steps: list[Step] = []
    left = total
    for item in sorted(field.open, key=field.before):
        key = field.items[item]
        if key in told:
            number, round_ = told[key]
            left = round_.left
            steps.append(Step("greedy_bought", tell.purchase(number, round_)))
        else:
            values = {"item": key, "cost": field.costs[item], "approvals": field.votes[item], "left": left}
            steps.append(Step("greedy_skipped", values))
    steps.append(Step("greedy_left", {"left": left}))
    return _funded(field, "greedy", "none", total, rounds, steps, [field.items[item] for item in items])


def _field(
    costs: Mapping[str, int],
    approvals: Sequence[Collection[str]],
    total: int,
    weights: Sequence[int] | None,
    least: int,
) -> Field:
    whole(total, "the total")
    return field_of(costs, approvals, weights, least)


def _affordable(field: Field, items: Collection[int], left: int) -> list[int]:
    """Which of the items greedy buys from what is left, in that order; nothing where nobody voted."""
    chosen: list[int] = []
    for item in sorted(items, key=field.before) if field.voters else []:
        if field.costs[item] <= left:
            left -= field.costs[item]
            chosen.append(item)
    return chosen


def _rounds(field: Field, run: Shares, total: int) -> list[Round]:
    rounds = []
    left = total
    for item in run.free:
        rounds.append(Round(field.items[item], 0, field.votes[item], "free", left))
    for number, purchase in enumerate(run.bought):
        cost, rate = field.costs[purchase.item], run.rate(number)
        left -= cost
        rounds.append(
            Round(
                item=field.items[purchase.item],
                cost=cost,
                approvals=field.votes[purchase.item],
                how="shares",
                left=left,
                each=rate,
                payers=purchase.full,
                rest_payers=int(field.weight[purchase.poor].sum()),
                rest_paid=cost - purchase.full * rate,
                tied=tuple(field.items[other] for other in purchase.tied),
                by=field.decided_by(purchase.item, purchase.tied),
            )
        )
    return rounds


def _greedy_rounds(field: Field, items: Sequence[int], left: int, candidates: Collection[int]) -> list[Round]:
    """The rounds in which greedy buys these items; ties are told with candidates that fitted just as well."""
    rounds = []
    waiting = sorted(candidates, key=field.before)
    for item in items:
        waiting = waiting[waiting.index(item) + 1 :]
        tied = [o for o in waiting if field.votes[o] == field.votes[item] and field.costs[o] <= left]
        left -= field.costs[item]
        rounds.append(
            Round(
                item=field.items[item],
                cost=field.costs[item],
                approvals=field.votes[item],
                how="greedy",
                left=left,
                tied=tuple(field.items[other] for other in tied),
                by=field.decided_by(item, tied),
            )
        )
    return rounds


def _order(field: Field, rounds: Sequence[Round]) -> Order:
    """The bought items as they were bought, one after the other, then the others by their approvals."""
    bought = [round_.item for round_ in rounds]
    rest = [item for item in field.items if item not in set(bought)]
    return tuple((item,) for item in bought) + ordered(rest, dict(zip(field.items, field.votes, strict=True)))


def _funded(
    field: Field,
    method: str,
    completion: str,
    total: int,
    rounds: Sequence[Round],
    steps: Sequence[Step],
    beside: Sequence[str],
    *,
    run: Shares | None = None,
    units: int = 0,
) -> Funded:
    bought = {round_.item for round_ in rounds}
    return Funded(
        method=method,
        completion=completion,
        total=total,
        voters=field.voters,
        costs=dict(zip(field.items, field.costs, strict=True)),
        approvals=dict(zip(field.items, field.votes, strict=True)),
        winners=tuple(item for item in field.items if item in bought),
        order=_order(field, rounds),
        rounds=tuple(rounds),
        share=run.share if run else Fraction(0),
        raised=units,
        beside=tuple(beside),
        steps=tuple(steps),
        _field=field,
        _run=run,
    )
