"""A proportional shortlist: seats given one by one, and who already has something on the list counts for less."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codesign.counting import ballots as cast
from codesign.counting.domain import CannotCount, Order, Step, ordered


@dataclass(frozen=True)
class Round:
    """One seat, and why it went where it went.

    seat: from 1. elected: who got it. points: what every option not yet elected stood for in this round. tied: the
    options with as many points as the elected one, itself included, when there is more than one; the first in the
    order of the options got the seat. shares: the voters behind the elected option, as (how many of the elected they
    already had, how many such voters): each counts 1 / (had + 1), and together that is its points.
    """

    seat: int
    elected: str
    points: Mapping[str, Fraction]
    tied: tuple[str, ...]
    shares: tuple[tuple[int, int], ...]

    def plain(self) -> dict[str, Any]:
        """The round as it stands in a file; points are text, "15/2"."""
        return {
            "seat": self.seat, "elected": self.elected, "points": {o: str(p) for o, p in self.points.items()},
            "tied": list(self.tied), "shares": [list(share) for share in self.shares],
        }  # fmt: skip


@dataclass(frozen=True)
class Shortlist:
    """A proportional shortlist.

    winners: in the order in which they were elected; fewer than `seats` when nobody marked any other option. order:
    the winners one by one, then the others by the points they would bring to a next seat, equals together. rounds: one
    per seat given. counts: how many voters marked each option. covered: how many voters find at least one option of
    theirs on the list. coverage: how many voters find 0, 1, 2, ... of theirs. ties: for each seat that several options
    stood equal for, those options; the one first in the order of the options got it. voters: how many voted.

    Steps: shortlist_voters (of: voters, seats); then for each seat shortlist_seat (seat, option, points, on: voters
    behind it, of, shares: [had, voters, part "1/2"] each, next, next_points: who came closest, [] and "0" when alone),
    with before it, when several stood equal, shortlist_tie (seat, options, points, chosen, without: those of them
    that got no seat later either); then shortlist_short (seats, filled) when seats stay empty; and shortlist_covered
    (on: covered, of). Points are text, "15/2".
    """

    winners: tuple[str, ...]
    order: Order
    rounds: tuple[Round, ...]
    counts: Mapping[str, int]
    covered: int
    coverage: tuple[int, ...]
    ties: tuple[tuple[str, ...], ...]
    voters: int
    seats: int
    steps: tuple[Step, ...]

    def plain(self) -> dict[str, Any]:
        """The result as it stands in a file."""
        return {
            "method": "sequential_pav", "winners": list(self.winners), "order": [list(g) for g in self.order],
            "ties": [list(g) for g in self.ties], "voters": self.voters, "seats": self.seats,
            "counts": dict(self.counts), "covered": self.covered, "coverage": list(self.coverage),
            "rounds": [r.plain() for r in self.rounds], "steps": [s.plain() for s in self.steps],
        }  # fmt: skip


def sequential_pav(
    options: Sequence[str], ballots: Sequence[Collection[str]], seats: int, weights: Sequence[int] | None = None
) -> Shortlist:
    """Give seats one by one to the option with most points: each voter behind it counts 1 / (what they have + 1).

    Sequential proportional approval voting: Thorvald Thiele, "Om Flerfoldsvalg", 1895; Martin Lackner and Piotr
    Skowron, "Multi-Winner Voting with Approval Preferences", 2023, rule seq-PAV. On party lists it is D'Hondt.
    Two things are settled here: among equals a seat goes to the first in the order of `options`, and that is told; and
    a seat stays empty rather than going to an option that nobody marked.

    options: keys in their order. ballots: what each voter marked. seats: at most so many are chosen, at least 1.
    weights: how many voters cast that very ballot, 1 each when not told. Exact: points are fractions. Raises
    CannotCount when a ballot names something that is no option, or `seats` is below 1. O(seats x ballots x options).
    """
    if cast.whole(seats, "the number of seats") < 1:
        raise CannotCount("there is at least 1 seat")
    table = cast.marks(options, ballots)
    people = cast.voters(len(ballots), weights)
    levels = _Levels(table, people, min(seats, len(options)))
    held = np.zeros(len(ballots), dtype=np.int64)
    rounds: list[Round] = []
    left = list(range(len(options)))
    while left and len(rounds) < seats:
        points = levels.points(left)
        best = max(points.values())
        if not best:
            break
        tied = [place for place in left if points[place] == best]
        first = tied[0]
        rounds.append(
            Round(
                seat=len(rounds) + 1, elected=options[first], points={options[p]: points[p] for p in left},
                tied=tuple(options[p] for p in tied) if len(tied) > 1 else (), shares=levels.behind(first),
            )
        )  # fmt: skip
        left.remove(first)
        levels.elect(first, held)
    winners = tuple(r.elected for r in rounds)
    rest = ordered([options[p] for p in left], {options[p]: x for p, x in levels.points(left).items()})
    coverage = _coverage(held, people, len(winners))
    counts = dict(zip(options, (people @ table).tolist(), strict=True))
    return Shortlist(
        winners=winners, order=(*((w,) for w in winners), *rest), rounds=tuple(rounds), counts=counts,
        covered=sum(coverage[1:]), coverage=coverage, ties=tuple(r.tied for r in rounds if r.tied),
        voters=sum(coverage), seats=seats, steps=_steps(rounds, winners, coverage, seats),
    )  # fmt: skip


class _Levels:
    """How many voters behind each option already have 0, 1, 2, ... of the elected: whole numbers, so all is exact."""

    def __init__(self, table: NDArray[np.bool_], people: cast.Numbers, seats: int) -> None:
        self.table = table
        self.votes = table * people[:, np.newaxis]
        self.behind_at = np.zeros((seats + 1, table.shape[1]), dtype=np.int64)
        self.behind_at[0] = self.votes.sum(axis=0)
        # One common denominator for all parts 1/1, 1/2, ...: a sum of whole numbers instead of many fractions.
        self.common = lcm(*range(1, seats + 2))

    def points(self, places: Sequence[int]) -> dict[int, Fraction]:
        """What each option stands for now."""
        parts = [self.common // (had + 1) for had in range(len(self.behind_at))]
        rows = self.behind_at.T.tolist()
        return {p: Fraction(sum(n * part for n, part in zip(rows[p], parts, strict=True)), self.common) for p in places}

    def behind(self, place: int) -> tuple[tuple[int, int], ...]:
        """The voters behind one option, by how many of the elected they have."""
        return tuple((had, n) for had, n in enumerate(self.behind_at[:, place].tolist()) if n)

    def elect(self, place: int, held: cast.Numbers) -> None:
        """Everybody behind the option has one more: `held` is counted up, and their marks move a level on."""
        supporters = np.flatnonzero(self.table[:, place])
        # Sorted by what they had, so that voters of one level are neighbours and are added up in one go.
        supporters = supporters[np.argsort(held[supporters], kind="stable")]
        had, starts = np.unique(held[supporters], return_index=True)
        moving = np.add.reduceat(self.votes[supporters], starts, axis=0)
        self.behind_at[had] -= moving
        self.behind_at[had + 1] += moving
        held[supporters] += 1


def _coverage(held: cast.Numbers, people: cast.Numbers, winners: int) -> tuple[int, ...]:
    found = np.zeros(winners + 1, dtype=np.int64)
    np.add.at(found, held, people)
    return tuple(found.tolist())


def _steps(rounds: Sequence[Round], winners: Collection[str], coverage: Sequence[int], seats: int) -> tuple[Step, ...]:
    of = sum(coverage)
    steps = [Step("shortlist_voters", {"of": of, "seats": seats})]
    for r in rounds:
        points = r.points[r.elected]
        if r.tied:
            without = [o for o in r.tied if o not in winners]
            values = {"options": list(r.tied), "points": str(points), "chosen": r.elected, "without": without}
            steps.append(Step("shortlist_tie", {"seat": r.seat, **values}))
        others = {o: p for o, p in r.points.items() if o != r.elected}
        closest = max(others.values(), default=Fraction(0))
        shares = [[had, voters, str(Fraction(1, had + 1))] for had, voters in r.shares]
        steps.append(
            Step(
                "shortlist_seat",
                {
                    "seat": r.seat, "option": r.elected, "points": str(points), "on": sum(n for _, n in r.shares),
                    "of": of, "shares": shares, "next": [o for o, p in others.items() if p == closest],
                    "next_points": str(closest),
                },
            )
        )  # fmt: skip
    if len(rounds) < seats:
        steps.append(Step("shortlist_short", {"seats": seats, "filled": len(rounds)}))
    steps.append(Step("shortlist_covered", {"on": of - coverage[0], "of": of}))
    return tuple(steps)
