"""How long each method of counting takes on elections of the size of the field; prints the table of docs/voting.md."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from codesign.counting import approval, budget, dots, ranked, score, shortlist

_SEED = 20261123
_TURNS = 5


def marks(voters: int, options: list[str], chance: float = 0.2) -> list[list[str]]:
    """Ballots that mark each option with this chance; neighbours in taste share ballots."""
    draw = random.Random(_SEED)
    liked = {o: draw.random() * 2 * chance for o in options}
    return [[o for o in options if draw.random() < liked[o]] for _ in range(voters)]


def orders(voters: int, options: list[str]) -> list[list[list[str]]]:
    """Ballots that rank some of the options, around one shared taste."""
    draw = random.Random(_SEED)
    taste = {o: draw.random() for o in options}
    made = []
    for _ in range(voters):
        row = sorted(options, key=lambda o: taste[o] + draw.gauss(0, 0.4))
        made.append([[o] for o in row[: draw.randint(3, len(row))]])
    return made


def points(voters: int, options: list[str], top: int, each: int) -> list[dict[str, int]]:
    """Ballots that give points from 0 to `top`, at most `each` in all."""
    draw = random.Random(_SEED)
    made = []
    for _ in range(voters):
        left, row = each, {}
        for o in draw.sample(options, min(len(options), 6)):
            row[o] = min(left, draw.randint(0, top))
            left -= row[o]
        made.append(row)
    return made


def costs(options: list[str]) -> dict[str, int]:
    """What each item costs."""
    draw = random.Random(_SEED)
    return {o: draw.randint(50, 2000) * 100 for o in options}


def taken(work: Callable[[], object]) -> float:
    """The middle of five turns, in milliseconds."""
    turns = []
    for _ in range(_TURNS):
        start = time.perf_counter()
        work()
        turns.append(time.perf_counter() - start)
    return statistics.median(turns) * 1000


def names(count: int) -> list[str]:
    """Option keys."""
    return [f"o{n}" for n in range(1, count + 1)]


def main() -> None:
    """Write one line per method and size."""
    sys.stdout.write(f"Python {sys.version.split()[0]}; the middle of {_TURNS} turns\n\n")
    sys.stdout.write("| method | options | ballots | ms |\n|---|---|---|---|\n")
    o30, o50, o85 = names(30), names(50), names(85)
    five, ten = 5_000, 10_000
    m30, m50, m85 = marks(five, o30), marks(ten, o50), marks(ten, o85)
    ranks, grades, spread = orders(five, o30), points(five, o30, 5, 99), points(five, o30, 5, 5)
    c50, c85 = costs(o50), costs(o85)
    t50, t85 = sum(c50.values()) // 4, sum(c85.values()) // 4
    rows: list[tuple[str, int, int, Callable[[], object]]] = [
        ("approval", 30, five, lambda: approval.approval(o30, m30)),
        ("score 0-5", 30, five, lambda: score.score(o30, grades, 5)),
        ("dots", 30, five, lambda: dots.dots(o30, spread, 5)),
        ("ranked: Schulze", 30, five, lambda: ranked.schulze(o30, ranks)),
        ("ranked: instant run-off", 30, five, lambda: ranked.instant_runoff(o30, ranks)),
        ("shortlist of 5", 30, five, lambda: shortlist.sequential_pav(o30, m30, 5)),
        ("shortlist of 10", 85, ten, lambda: shortlist.sequential_pav(o85, m85, 10)),
        ("budget: greedy", 50, ten, lambda: budget.greedy(c50, m50, t50)),
        ("budget: equal shares", 50, ten, lambda: budget.equal_shares(c50, m50, t50, "none")),
        ("budget: equal shares", 85, ten, lambda: budget.equal_shares(c85, m85, t85, "none")),
        ("budget: equal shares, add1", 85, ten, lambda: budget.equal_shares(c85, m85, t85, "add1")),
        ("budget: equal shares, add1u", 85, ten, lambda: budget.equal_shares(c85, m85, t85, "add1u")),
    ]
    for name, options, voters, work in rows:
        sys.stdout.write(f"| {name} | {options} | {voters:,} | {taken(work):.1f} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
