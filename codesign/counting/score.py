"""Score voting: everybody gives each option points, and the most points together come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from codesign.counting import ballots as cast
from codesign.counting.domain import CannotCount, Order, Step, ordered


@dataclass(frozen=True)
class Score:
    """The count of a score ballot.

    sums: points per option, in the order of the options. spread: per option how many voters gave it 0, 1, ... `top`.
    given: per option how many voters gave it points at all, 0 too; who skipped it stands in no column of the spread
    and adds 0. order: most points first, equals together. winners: the option or options with most points; none when
    nobody gave any above 0. ties: groups with the same points; nobody breaks a tie. voters: how many voted.

    Steps: score_voters (of: voters, top); score_counted (option, points, most: what it could have had, given, of:
    voters, spread) for each option, best first; then one of score_won (option, points, most, next, next_points: who
    comes after it, [] and 0 when alone), score_tied (options, points, most), score_nobody (of); and score_equal
    (options, points, most) for each group of equals behind the first.
    """

    sums: Mapping[str, int]
    spread: Mapping[str, tuple[int, ...]]
    given: Mapping[str, int]
    order: Order
    winners: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]
    voters: int
    top: int
    steps: tuple[Step, ...]

    def plain(self) -> dict[str, Any]:
        """The result as it stands in a file."""
        return {
            "method": "score", "winners": list(self.winners), "order": [list(g) for g in self.order],
            "ties": [list(g) for g in self.ties], "voters": self.voters, "top": self.top, "sums": dict(self.sums),
            "spread": {o: list(s) for o, s in self.spread.items()}, "given": dict(self.given),
            "steps": [s.plain() for s in self.steps],
        }  # fmt: skip


def score(
    options: Sequence[str], ballots: Sequence[Mapping[str, int]], top: int = 5, weights: Sequence[int] | None = None
) -> Score:
    """Add up the points of each option (Warren Smith, "Range Voting", 2000; with sums, a skipped option being 0).

    Sums, not averages: an option that few know cannot win on a handful of high scores.

    options: keys in their order. ballots: points 0 to `top` for each option the voter scored. weights: how many voters
    cast that very ballot, 1 each when not told. Raises CannotCount when a ballot names something that is no option,
    or gives something else than a whole number from 0 to `top`, or when `top` is below 1. O(all points given).
    """
    if cast.whole(top, "the highest score") < 1:
        raise CannotCount("the highest score is at least 1")
    rows, columns, points = cast.points(options, ballots, top)
    people = cast.voters(len(ballots), weights)
    sums = cast.total(options, columns, points * people[rows])
    table = np.zeros((len(options), top + 1), dtype=np.int64)
    np.add.at(table, (columns, points), people[rows])
    spread = {option: tuple(row) for option, row in zip(options, table.tolist(), strict=True)}
    given = {option: sum(row) for option, row in spread.items()}
    order = ordered(options, sums)
    winners = order[0] if order and sums[order[0][0]] else ()
    of = int(people.sum())
    return Score(
        sums, spread, given, order, winners, cast.ties(order), of, top,
        _steps(sums, spread, order, winners, of, top),
    )  # fmt: skip


def _steps(
    sums: Mapping[str, int], spread: Mapping[str, tuple[int, ...]], order: Order, winners: tuple[str, ...],
    of: int, top: int,
) -> tuple[Step, ...]:  # fmt: skip
    most = top * of
    steps = [Step("score_voters", {"of": of, "top": top})]
    for option in (o for group in order for o in group):
        values = {"points": sums[option], "most": most, "given": sum(spread[option]), "of": of}
        steps.append(Step("score_counted", {"option": option, **values, "spread": list(spread[option])}))
    behind = order[1:]
    if not winners:
        steps.append(Step("score_nobody", {"of": of}))
    elif len(winners) > 1:
        steps.append(Step("score_tied", {"options": list(winners), "points": sums[winners[0]], "most": most}))
    else:
        after = list(behind[0]) if behind else []
        ahead = {"next": after, "next_points": sums[after[0]] if after else 0}
        steps.append(Step("score_won", {"option": winners[0], "points": sums[winners[0]], "most": most, **ahead}))
    for group in cast.ties(behind):
        steps.append(Step("score_equal", {"options": list(group), "points": sums[group[0]], "most": most}))
    return tuple(steps)
