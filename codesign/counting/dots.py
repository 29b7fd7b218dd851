"""Dots: everybody has the same number of dots to spread, and the most dots together come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from codesign.counting import ballots as cast
from codesign.counting.domain import CannotCount, Order, Step, ordered


@dataclass(frozen=True)
class Dots:
    """The count of a ballot with dots.

    sums: dots per option, in the order of the options. givers: per option how many voters gave it at least one dot.
    order: most dots first, equals together. winners: the option or options with most dots; none when nobody gave any.
    ties: groups with as many dots; nobody breaks a tie. each: how many dots a voter has. kept: dots nobody gave away.
    voters: how many voted.

    Steps: dots_voters (of: voters, each, given: dots given, dots: dots there were, kept); dots_counted (option, dots,
    given: dots given in all, on: givers, of: voters) for each option, most first; then one of dots_won (option, dots,
    given, on, of, next, next_dots: who comes after it, [] and 0 when alone), dots_tied (options, dots, given),
    dots_nobody (of); and dots_equal (options, dots, given) for each group of equals behind the first.
    """

    sums: Mapping[str, int]
    givers: Mapping[str, int]
    order: Order
    winners: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]
    voters: int
    each: int
    kept: int
    steps: tuple[Step, ...]

    def plain(self) -> dict[str, Any]:
        """The result as it stands in a file."""
        return {
            "method": "dots", "winners": list(self.winners), "order": [list(g) for g in self.order],
            "ties": [list(g) for g in self.ties], "voters": self.voters, "each": self.each, "kept": self.kept,
            "sums": dict(self.sums), "givers": dict(self.givers), "steps": [s.plain() for s in self.steps],
        }  # fmt: skip


def dots(
    options: Sequence[str], ballots: Sequence[Mapping[str, int]], each: int, weights: Sequence[int] | None = None
) -> Dots:
    """Add up the dots of each option: cumulative voting, with all dots on one option allowed, and dots kept too.

    Source: Blaine Moore, "The History of Cumulative Voting and Minority Representation in Illinois, 1870-1919", 1919.

    options: keys in their order. ballots: dots for each option, together at most `each`. weights: how many voters cast
    that very ballot, 1 each when not told. Raises CannotCount when a ballot names something that is no option, gives
    something else than a whole number from 0, or more than `each` together, or when `each` is below 1.
    O(options + all dots given).
    """
    if cast.whole(each, "the dots of a voter") < 1:
        raise CannotCount("a voter has at least 1 dot")
    rows, columns, points = cast.points(options, ballots, each)
    people = cast.voters(len(ballots), weights)
    spent = np.zeros(len(ballots), dtype=np.int64)
    np.add.at(spent, rows, points)
    if (spent > each).any():
        first = int(np.argmax(spent > each))
        raise CannotCount(f"ballot {first + 1} gives {int(spent[first])} dots instead of at most {each}")
    sums = cast.total(options, columns, points * people[rows])
    givers = cast.total(options, columns, np.where(points > 0, people[rows], 0))
    order = ordered(options, sums)
    winners = order[0] if order and sums[order[0][0]] else ()
    of = int(people.sum())
    return Dots(
        sums, givers, order, winners, cast.ties(order), of, each, each * of - sum(sums.values()),
        _steps(sums, givers, order, winners, of, each),
    )  # fmt: skip


def _steps(
    sums: Mapping[str, int], givers: Mapping[str, int], order: Order, winners: tuple[str, ...], of: int, each: int
) -> tuple[Step, ...]:
    given = sum(sums.values())
    steps = [
        Step("dots_voters", {"of": of, "each": each, "given": given, "dots": each * of, "kept": each * of - given})
    ]
    for option in (o for group in order for o in group):
        values = {"dots": sums[option], "given": given, "on": givers[option], "of": of}
        steps.append(Step("dots_counted", {"option": option, **values}))
    behind = order[1:]
    if not winners:
        steps.append(Step("dots_nobody", {"of": of}))
    elif len(winners) > 1:
        steps.append(Step("dots_tied", {"options": list(winners), "dots": sums[winners[0]], "given": given}))
    else:
        won, after = winners[0], list(behind[0]) if behind else []
        values = {"dots": sums[won], "given": given, "on": givers[won], "of": of}
        ahead = {"next": after, "next_dots": sums[after[0]] if after else 0}
        steps.append(Step("dots_won", {"option": won, **values, **ahead}))
    for group in cast.ties(behind):
        steps.append(Step("dots_equal", {"options": list(group), "dots": sums[group[0]], "given": given}))
    return tuple(steps)
