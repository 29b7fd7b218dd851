"""Equal shares followed slowly, word for word from its definition, in fractions: to compare with."""

from __future__ import annotations

from fractions import Fraction

Costs = dict[str, int]
Ballots = list[set[str]]


def rank(costs: Costs, ballots: Ballots, item: str) -> tuple[int, int, int]:
    """What decides between equals."""
    return -sum(item in ballot for ballot in ballots), costs[item], list(costs).index(item)


def price(costs: Costs, items: list[str]) -> int:
    return sum(costs[item] for item in items)


def shares(costs: Costs, ballots: Ballots, start: Fraction) -> tuple[list[str], list[dict[str, Fraction]]]:
    """What is bought, in order, and what each voter pays for it."""
    left = [start] * len(ballots)
    paid: list[dict[str, Fraction]] = [{} for _ in ballots]
    wanted = sorted({item for ballot in ballots for item in ballot}, key=lambda item: rank(costs, ballots, item))
    bought = [item for item in wanted if costs[item] == 0]
    while True:
        choices = []
        for item in wanted:
            behind = [voter for voter, ballot in enumerate(ballots) if item in ballot]
            if item in bought or sum(left[voter] for voter in behind) < costs[item]:
                continue
            # The rate is the one amount at which all together pay the cost, if who has less gives what she has.
            amounts = sorted(left[voter] for voter in behind)
            for poorer in range(len(amounts)):
                rate = Fraction(costs[item] - sum(amounts[:poorer])) / (len(amounts) - poorer)
                if rate <= amounts[poorer]:
                    break
            choices.append((rate / costs[item], rank(costs, ballots, item), item, rate))
        if not choices:
            return bought, paid
        _, _, item, rate = min(choices)
        bought.append(item)
        for voter, ballot in enumerate(ballots):
            if item in ballot and left[voter]:
                paid[voter][item] = min(left[voter], rate)
                left[voter] -= paid[voter][item]


def greedy(costs: Costs, ballots: Ballots, left: int, bought: list[str]) -> list[str]:
    """What is bought besides, by most approvals, from what is left."""
    more = []
    for item in sorted(costs, key=lambda item: rank(costs, ballots, item)):
        if item not in bought and costs[item] <= left:
            left -= costs[item]
            more.append(item)
    return more


def add1(
    costs: Costs, ballots: Ballots, total: int, onward: bool = True
) -> tuple[list[str], list[dict[str, Fraction]], int]:
    """One unit more for every voter, again and again; each time all is counted anew."""
    start, raises = Fraction(total, len(ballots)), 0
    bought, paid = shares(costs, ballots, start)
    wanted = {item for ballot in ballots for item in ballot if costs[item]}
    while any(onward or costs[item] <= total - price(costs, bought) for item in wanted - set(bought)):
        next_bought, next_paid = shares(costs, ballots, start + raises + 1)
        if price(costs, next_bought) > total:
            break
        raises, bought, paid = raises + 1, next_bought, next_paid
    return bought, paid, raises
