"""Instant run-off: the second reading of ranked ballots, round by round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from codesign.counting.ballots import places, ties, voters
from codesign.counting.domain import CannotCount, Order, Step, ordered
from codesign.counting.ranked_pairs import RankedBallot


@dataclass(frozen=True)
class Round:
    """One round: the votes of each remaining option, the ballots that name none of them, and who leaves after it."""

    votes: Mapping[str, int]
    spent: int
    out: tuple[str, ...]


@dataclass(frozen=True)
class Runoff:
    """What instant run-off says.

    Steps:
      runoff_round     round (from 1), votes {option: voters}, spent (ballots that name none of these), voters
      runoff_majority  winner, votes, of (voters whose ballot still counts)
      runoff_out       options, votes (what each of them had)
      runoff_moved     moved: list of {option, voters} most first, spent: where the votes of those that left went
      runoff_tie       options, votes: all that remained had the same number, so all of them win
    """

    options: tuple[str, ...]
    voters: int
    rounds: tuple[Round, ...]
    order: Order
    winners: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """The groups of the order with more than one option."""
        return ties(self.order)

    def plain(self) -> dict[str, Any]:
        """Everything as it stands in a file."""
        return {
            "method": "instant_runoff",
            "options": list(self.options),
            "voters": self.voters,
            "rounds": [{"votes": dict(r.votes), "spent": r.spent, "out": list(r.out)} for r in self.rounds],
            "order": [list(group) for group in self.order],
            "winners": list(self.winners),
            "ties": [list(group) for group in self.ties],
            "steps": [step.plain() for step in self.steps],
        }


def instant_runoff(
    options: Sequence[str], ballots: Sequence[RankedBallot], weights: Sequence[int] | None = None
) -> Runoff:
    """Instant run-off (Thomas Hare 1859, William Ware 1871; the alternative vote), for ballots without equal places.

    Each round counts every ballot for the highest of the remaining options it names; a ballot that names none of them
    is spent. An option with more than half of the ballots that still count wins. Otherwise all options with the fewest
    votes leave together; where that would be everybody that remains, all of these win, tied. In the order come first
    the winners, then those of the last round by their votes, then those that left, last to leave first.

    Where nobody voted there are no rounds and no winners. Raises CannotCount on equal places, or an unknown or repeated
    option.
    """
    options = tuple(options)
    piles = _Piles(options, ballots, weights)
    if not piles.voters:
        return Runoff(options, 0, (), (options,) if options else (), (), ())
    remaining = list(options)
    rounds: list[Round] = []
    steps: list[Step] = []
    left: list[tuple[str, ...]] = []
    while True:
        votes, spent = piles.votes(), piles.spent
        of = piles.voters - spent
        most, fewest = max(votes.values()), min(votes.values())
        values = {"round": len(rounds) + 1, "votes": votes, "spent": spent, "voters": piles.voters}
        steps.append(Step("runoff_round", values))
        if 2 * most > of or most == fewest:
            break
        out = tuple(o for o in remaining if votes[o] == fewest)
        rounds.append(Round(votes, spent, out))
        left.append(out)
        remaining = [o for o in remaining if votes[o] != fewest]
        steps.append(Step("runoff_out", {"options": list(out), "votes": fewest}))
        moved = piles.drop(out)
        told = [{"option": o, "voters": moved[o]} for o in sorted(moved, key=moved.__getitem__, reverse=True)]
        steps.append(Step("runoff_moved", {"moved": told, "spent": piles.spent - spent}))
    rounds.append(Round(votes, spent, ()))
    last = ordered(remaining, votes)
    if len(last[0]) > 1:
        steps.append(Step("runoff_tie", {"options": list(last[0]), "votes": most}))
    else:
        steps.append(Step("runoff_majority", {"winner": last[0][0], "votes": most, "of": of}))
    order = last + tuple(reversed(left))
    return Runoff(options, piles.voters, tuple(rounds), order, order[0], tuple(steps))


class _Piles:
    """The ballots, each on the pile of the highest remaining option that it names."""

    def __init__(self, options: Sequence[str], ballots: Sequence[RankedBallot], weights: Sequence[int] | None) -> None:
        self.spent = 0
        self.voters = 0
        self.piles: dict[str, list[tuple[Iterator[str], int]]] = {option: [] for option in places(options)}
        for ballot, weight in zip(ballots, voters(len(ballots), weights).tolist(), strict=True):
            ranking = list(chain.from_iterable(ballot))
            if any(len(group) > 1 for group in ballot):
                raise CannotCount("instant run-off cannot count a ballot with equal places")
            if len(set(ranking)) != len(ranking):
                raise CannotCount("a ballot names an option twice")
            if unknown := [option for option in ranking if option not in self.piles]:
                raise CannotCount(f"a ballot names {unknown[0]!r}, which is no option")
            self._put(iter(ranking), weight)
            self.voters += weight

    def _put(self, ranking: Iterator[str], weight: int) -> str | None:
        """Put a ballot on its pile; None where it names none of the remaining options any more."""
        top = next((option for option in ranking if option in self.piles), None)
        if top is None:
            self.spent += weight
        else:
            self.piles[top].append((ranking, weight))
        return top

    def votes(self) -> dict[str, int]:
        """How many voters stand behind each remaining option."""
        return {option: sum(weight for _, weight in pile) for option, pile in self.piles.items()}

    def drop(self, out: Sequence[str]) -> dict[str, int]:
        """Take options out and hand their ballots on; returns how many voters go to which option."""
        loose = [ballot for option in out for ballot in self.piles.pop(option)]
        moved = dict.fromkeys(self.piles, 0)
        for ranking, weight in loose:
            top = self._put(ranking, weight)
            if top is not None:
                moved[top] += weight
        return {option: count for option, count in moved.items() if count}
