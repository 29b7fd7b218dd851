"""Counting ranked ballots: Schulze's method with its duels, cycles and ties told, and instant run-off beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from codesign.counting.ballots import ties, voters
from codesign.counting.domain import Order, Step
from codesign.counting.ranked_pairs import (
    RankedBallot,
    Whole,
    circles,
    duels,
    path,
    ranks,
    smith_set,
    strongest_paths,
)
from codesign.counting.ranked_runoff import Runoff, instant_runoff

__all__ = ["Runoff", "Schulze", "instant_runoff", "schulze"]


@dataclass(frozen=True)
class Schulze:
    """What Schulze's method says.

    `pairs[a][b]` is how many voters put a above b; `strengths[a][b]` the weakest link of the strongest path from a to
    b, in voters, 0 where there is none. `condorcet` beats every other option in a duel. `cycle` is the Smith set, where
    it has more than one option: each of these beats all others outside it, and no smaller group does.

    Steps:
      schulze_ballots    voters, options
      schulze_duel       winner, loser, for, against, equal, voters    for each pair that is not even
      schulze_even       options (two), for (each), equal, voters
      schulze_condorcet  winner, duels (how many it won)
      schulze_circle     options of the Smith set from each of which won duels lead round and back; none where nobody
                         beats all others because of even duels alone
      schulze_cycle      links: list of {winner, loser, for, against} that end where they began; weakest: one of them.
                         For each option that beats a winner in their own duel, one such way round
      schulze_path       winner, other, path, strength, back_path, back: why the winner stands above an option that it
                         does not beat in their own duel; back 0 where no path leads back
      schulze_tie        options
      schulze_order      order
    """

    options: tuple[str, ...]
    voters: int
    pairs: dict[str, dict[str, int]]
    strengths: dict[str, dict[str, int]]
    order: Order
    winners: tuple[str, ...]
    condorcet: str | None
    cycle: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """The groups in the order that no path puts one above the other."""
        return ties(self.order)

    def plain(self) -> dict[str, Any]:
        """Everything as it stands in a file."""
        return {
            "method": "schulze",
            "options": list(self.options),
            "voters": self.voters,
            "pairs": self.pairs,
            "strengths": self.strengths,
            "order": [list(group) for group in self.order],
            "winners": list(self.winners),
            "ties": [list(group) for group in self.ties],
            "condorcet": self.condorcet,
            "cycle": list(self.cycle),
            "steps": [step.plain() for step in self.steps],
        }


def schulze(options: Sequence[str], ballots: Sequence[RankedBallot], weights: Sequence[int] | None = None) -> Schulze:
    """Schulze's method with winning votes (Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", 2011).

    options: keys, each once. ballots: groups of options, best first; options in one group stand equal, those not named
    stand together below all that are. weights: how many voters cast that ballot.

    The winners are all options that no other stands above; where nobody voted there are none. The order repeats this:
    with the winners out, those that no remaining option stands above (by the same strengths) come next. So options of
    one group of the order stand equal or cannot be told apart. Raises CannotCount on an unknown or repeated option.
    """
    options = tuple(options)
    weight = voters(len(ballots), weights)
    pairs = duels(ranks(options, ballots), weight)
    strengths = strongest_paths(pairs)
    levels = _levels(strengths)
    beats = (pairs > pairs.T).sum(axis=1) if weight.any() else ()
    champion = next((o for o, won in enumerate(beats) if won == len(options) - 1), None)
    smith = smith_set(pairs)
    cycle = tuple(smith) if len(smith) > 1 else ()
    steps = _Telling(options, pairs, strengths, int(weight.sum())).steps(levels, champion, cycle)
    order = tuple(tuple(options[o] for o in level) for level in levels)
    return Schulze(
        options=options,
        voters=int(weight.sum()),
        pairs=_named(options, pairs),
        strengths=_named(options, strengths),
        order=order,
        winners=order[0] if order and weight.any() else (),
        condorcet=None if champion is None else options[champion],
        cycle=tuple(options[o] for o in cycle),
        steps=tuple(steps),
    )


def _named(options: tuple[str, ...], table: Whole) -> dict[str, dict[str, int]]:
    rows = table.tolist()
    return {
        option: {other: rows[i][j] for j, other in enumerate(options) if i != j} for i, option in enumerate(options)
    }


def _levels(strengths: Whole) -> list[list[int]]:
    above = strengths > strengths.T
    remaining = list(range(len(strengths)))
    levels = []
    while remaining:
        beaten = {o for o in remaining if above[remaining, o].any()}
        levels.append([o for o in remaining if o not in beaten])
        remaining = [o for o in remaining if o in beaten]
    return levels


class _Telling:
    """The steps of one count by Schulze's method."""

    def __init__(self, options: tuple[str, ...], pairs: Whole, strengths: Whole, voters: int) -> None:
        self.options = options
        self.pairs = pairs
        self.rows: list[list[int]] = pairs.tolist()
        self.strengths = strengths
        self.voters = voters

    def steps(self, levels: list[list[int]], champion: int | None, cycle: tuple[int, ...]) -> list[Step]:
        names = self.options
        steps = [Step("schulze_ballots", {"voters": self.voters, "options": len(names)})]
        if not self.voters:
            return steps
        ranking = [o for level in levels for o in level]
        steps += [self._duel(a, b) for place, a in enumerate(ranking) for b in ranking[place + 1 :]]
        if champion is not None and len(names) > 1:
            steps.append(Step("schulze_condorcet", {"winner": names[champion], "duels": len(names) - 1}))
        if cycle:
            found = circles(self.strengths, cycle)
            steps += [Step("schulze_circle", {"options": [names[o] for o in circle]}) for circle in found]
            steps += self._roundabouts(levels[0], cycle)
        if levels and len(levels[0]) > 1:
            steps.append(Step("schulze_tie", {"options": [names[o] for o in levels[0]]}))
        steps.append(Step("schulze_order", {"order": [[names[o] for o in level] for level in levels]}))
        return steps

    def _duel(self, a: int, b: int) -> Step:
        if self.rows[a][b] < self.rows[b][a]:
            a, b = b, a
        above, below = self.rows[a][b], self.rows[b][a]
        rest = {"equal": self.voters - above - below, "voters": self.voters}
        if above == below:
            return Step("schulze_even", {"options": [self.options[a], self.options[b]], "for": above, **rest})
        return Step(
            "schulze_duel",
            {"winner": self.options[a], "loser": self.options[b], "for": above, "against": below, **rest},
        )

    def _link(self, a: int, b: int) -> dict[str, Any]:
        return {
            "winner": self.options[a],
            "loser": self.options[b],
            "for": self.rows[a][b],
            "against": self.rows[b][a],
        }

    def _roundabouts(self, winners: list[int], cycle: tuple[int, ...]) -> list[Step]:
        """Each way round by which a winner answers an option of the Smith set that it does not beat itself."""
        steps = []
        told: list[set[tuple[str, str]]] = []
        for winner in winners:
            for other in cycle:
                if other == winner or self.rows[winner][other] > self.rows[other][winner]:
                    continue
                there, back = int(self.strengths[winner, other]), int(self.strengths[other, winner])
                out = path(self.pairs, winner, other, there) if there else []
                home = path(self.pairs, other, winner, back) if back else []
                if self.rows[other][winner] > self.rows[winner][other]:
                    links = [self._link(a, b) for a, b in pairwise([*out, winner])]
                    weakest = min(links, key=lambda link: int(link["for"]))
                    circle = {(link["winner"], link["loser"]) for link in links}
                    if circle not in told:
                        told.append(circle)
                        steps.append(Step("schulze_cycle", {"links": links, "weakest": weakest}))
                if there > back:
                    values = {"winner": winner, "other": other, "strength": there, "back": back}
                    steps.append(self._path(values, out, home))
        return steps

    def _path(self, values: dict[str, int], out: list[int], home: list[int]) -> Step:
        return Step(
            "schulze_path",
            {
                "winner": self.options[values["winner"]],
                "other": self.options[values["other"]],
                "path": [self.options[o] for o in out],
                "strength": values["strength"],
                "back_path": [self.options[o] for o in home],
                "back": values["back"],
            },
        )
