"""Random elections for the oracles: many ties and cycles, empty and cut-off ballots, weights, party lists, tight budgets.

Plain Python only. An option is one letter; the options of an election stand in a shuffled order, so that "first given"
and "first in the alphabet" are not the same. A ranked ballot is text, "d=b>a": d and b equal at the top, then a.
"""

from __future__ import annotations

from random import Random
from typing import Any

Election = dict[str, Any]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def options(rng: Random) -> str:
    """Two to ten options in shuffled order."""
    letters = list(LETTERS[: rng.randint(2, 10)])
    rng.shuffle(letters)
    return "".join(letters)


def voters(rng: Random) -> int:
    """One to 60 ballots; often few, because few ballots make ties."""
    return rng.choice((rng.randint(1, 6), rng.randint(2, 20), rng.randint(8, 60)))


def weights(rng: Random, count: int) -> list[int] | None:
    """How many voters cast each ballot; none in two elections of three."""
    return [rng.choice((1, 1, 2, 3, 7)) for _ in range(count)] if rng.random() < 1 / 3 else None


def approvals(rng: Random, names: str, count: int) -> list[str]:
    """Approval ballots, in one of five manners."""
    manner = rng.choice(("random", "random", "parties", "mirrored", "leaning"))
    chance = rng.choice((0.1, 0.25, 0.5, 0.8))
    if manner == "parties":
        lists = parties(rng, names)
        ballots = [rng.choice(lists) for _ in range(count)]
    elif manner == "mirrored":
        half = [some(rng, names, chance) for _ in range((count + 1) // 2)]
        ballots = [b for ballot in half for b in (ballot, "".join(o for o in names if o not in ballot))][:count]
    elif manner == "leaning":
        liking = {o: rng.random() for o in names}
        ballots = ["".join(o for o in names if rng.random() < liking[o]) for _ in range(count)]
    else:
        ballots = [some(rng, names, chance) for _ in range(count)]
    return emptied(rng, ballots)


def parties(rng: Random, names: str) -> list[str]:
    """The options parted into two to four lists (fewer when there are fewer options)."""
    lists = [""] * min(len(names), rng.randint(2, 4))
    for place, option in enumerate(rng.sample(names, len(names))):
        lists[place if place < len(lists) else rng.randrange(len(lists))] += option
    return lists


def some(rng: Random, names: str, chance: float) -> str:
    """Some of the options, each with the same chance."""
    return "".join(o for o in names if rng.random() < chance)


def emptied(rng: Random, ballots: list[Any]) -> list[Any]:
    """In one election of three, some ballots are empty."""
    share = rng.choice((0, 0, rng.random() / 2))
    return [type(ballot)() if rng.random() < share else ballot for ballot in ballots]


def rankings(rng: Random, names: str, count: int, *, equals: bool) -> list[str]:
    """Ranked ballots in one of five manners, whole or cut off, with or without equal ranks."""
    manner = rng.choice(("random", "cycle", "cycle", "mirrored", "near"))
    base = rng.sample(names, len(names))
    orders: list[list[str]] = []
    while len(orders) < count:
        if manner == "cycle":
            turn = rng.randrange(min(len(base), rng.choice((3, 3, 4, 10))))
            orders.append(base[turn:] + base[:turn])
        elif manner == "near":
            order = list(base)
            for _ in range(rng.randint(0, 3)):
                i = rng.randrange(len(order) - 1)
                order[i], order[i + 1] = order[i + 1], order[i]
            orders.append(order)
        else:
            order = rng.sample(names, len(names))
            orders += [order, order[::-1]] if manner == "mirrored" else [order]
    cut, tied = rng.choice((0, 0.3, 0.9)), rng.choice((0, 0.2, 0.6)) if equals else 0
    return emptied(rng, [written(rng, order, cut, tied) for order in orders[:count]])


def written(rng: Random, order: list[str], cut: float, tied: float) -> str:
    """One order as a ballot: perhaps cut off, perhaps with equal ranks."""
    kept = order[: rng.randint(1, len(order))] if rng.random() < cut else order
    text = kept[0]
    for option in kept[1:]:
        text += ("=" if rng.random() < tied else ">") + option
    return text


def election(rng: Random, kind: str) -> Election:
    """One election of a kind: approval, score, dots, answers, ranked, runoff, budget, purse, raises, shortlist."""
    if kind == "answers":
        return answers(rng)
    if kind in ("purse", "raises"):
        return purse(rng, raised=kind == "raises")
    names, count = options(rng), voters(rng)
    made: Election = {"options": names}
    if kind == "approval":
        made["ballots"] = approvals(rng, names, count)
    elif kind == "shortlist":
        made["ballots"] = approvals(rng, names, count)
        made["seats"] = rng.randint(1, min(5, len(names)))
    elif kind == "score":
        made["top"] = rng.choice((5, 5, 5, 1, 2, 10))
        fill = rng.choice((1, 1, 0.6))
        made["ballots"] = emptied(
            rng, [{o: rng.randint(0, made["top"]) for o in names if rng.random() < fill} for _ in range(count)]
        )
    elif kind == "dots":
        made["each"] = rng.choice((1, 3, 5, 5, 10))
        spending = rng.random() < 0.6
        made["ballots"] = [spread(rng, names, made["each"], spending) for _ in range(count)]
        made["ballots"] = made["ballots"] if spending else emptied(rng, made["ballots"])
    elif kind in ("ranked", "runoff"):
        made["ballots"] = rankings(rng, names, count, equals=kind == "ranked")
    elif kind == "budget":
        made |= budget(rng, names)
        made["ballots"] = approvals(rng, names, count)
    made["weights"] = weights(rng, len(made["ballots"]))
    return made


def answers(rng: Random) -> Election:
    """Counts of yes, no and abstentions, equal in one of four."""
    most = rng.choice((1, 5, 30, 60))
    yes, no = rng.randint(0, most), rng.randint(0, most)
    made = {"yes": yes, "no": yes if rng.random() < 0.25 else no, "abstain": rng.randint(0, most)}
    return made | {"majority": rng.choice((50, 50, 50, 55, 60, 66, 67, 75, 80, 100))}


def spread(rng: Random, names: str, each: int, spending: bool) -> dict[str, int]:
    """Dots on options: all of them spent, or at most so many."""
    dots: dict[str, int] = {}
    for _ in range(each if spending else rng.randint(0, each)):
        option = rng.choice(names)
        dots[option] = dots.get(option, 0) + 1
    return dots


def budget(rng: Random, names: str) -> Election:
    """Costs (whole units, from 1) and a total: tight, middling, or enough for everything; often with equal costs."""
    costs = {
        "equal": lambda: [10] * len(names),
        "steps": lambda: [rng.choice((5, 10, 20)) for _ in names],
        "small": lambda: [rng.randint(1, 9) for _ in names],
        "any": lambda: [rng.randint(1, 60) for _ in names],
        "large": lambda: [rng.randint(4, 90) * 5 for _ in names],
    }[rng.choice(("equal", "steps", "small", "any", "large"))]()
    share = rng.choice((0.15, 0.3, 0.5, 0.7, 1.0))
    return {"costs": dict(zip(names, costs, strict=True)), "total": max(1, round(sum(costs) * share))}


def purse(rng: Random, *, raised: bool) -> Election:
    """A larger budget in small units, with costs so near to one price a supporter that only exact numbers tell which is
    less, or with any costs.

    Up to 26 items, 250 ballots and costs of 100 million; for the completions, where the libraries raise the budgets
    unit by unit, up to 9 items, 40 ballots and costs of 20,000: up to thousands of raises.
    """
    most, crowd, dearest = (9, 40, 20_000) if raised else (26, 250, 10**8)
    names = "".join(rng.sample(LETTERS[:most], rng.randint(4, most)))
    ballots = approvals(rng, names, rng.randint(5, crowd))
    heads = weights(rng, len(ballots)) if not raised else None
    likes = {o: sum(w for b, w in zip(ballots, heads or [1] * len(ballots), strict=True) if o in b) for o in names}
    price = rng.randint(100, 900) if raised else rng.randint(10**3, 10**6)
    off = rng.choice((0, 1, price // 4))
    costs = {o: max(1, likes[o] * price + rng.randint(-off, off)) for o in names}
    if rng.random() < 0.5:
        costs = {o: rng.randint(dearest // 50, dearest) for o in names}
    total = max(1, round(sum(costs.values()) * rng.choice((0.1, 0.3, 0.6))))
    return {"options": names, "costs": costs, "total": total, "ballots": ballots, "weights": heads}
