"""Instant run-off: the second reading of ranked ballots, round by round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codesign.counting.domain import CannotCount, Order, Step, ordered
from codesign.counting.ranked_pairs import RankedBallot, places, weighed


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
        return tuple(group for group in self.order if len(group) > 1)

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

    Raises CannotCount on equal places, or an unknown or repeated option.
    """
    options = tuple(options)
    piles = _piles(options, ballots, weights)
    remaining = list(options)
    rounds: list[Round] = []
    steps: list[Step] = []
    left: list[tuple[str, ...]] = []
    voters = sum(piles.values())
    while True:
        votes, spent = _votes(piles, remaining)
        of = voters - spent
        most, fewest = max(votes.values()), min(votes.values())
        number = len(rounds) + 1
        steps.append(Step("runoff_round", {"round": number, "votes": votes, "spent": spent, "voters": voters}))
        if 2 * most > of or most == fewest:
            break
        out = tuple(o for o in remaining if votes[o] == fewest)
        rounds.append(Round(votes, spent, out))
        left.append(out)
        remaining = [o for o in remaining if votes[o] != fewest]
        steps.append(Step("runoff_out", {"options": list(out), "votes": fewest}))
        after, spent_after = _votes(piles, remaining)
        moved = [{"option": o, "voters": after[o] - votes[o]} for o in remaining if after[o] > votes[o]]
        moved.sort(key=lambda move: -int(str(move["voters"])))
        steps.append(Step("runoff_moved", {"moved": moved, "spent": spent_after - spent}))
    rounds.append(Round(votes, spent, ()))
    last = ordered(remaining, votes)
    if len(last[0]) > 1:
        steps.append(Step("runoff_tie", {"options": list(last[0]), "votes": most}))
    else:
        steps.append(Step("runoff_majority", {"winner": last[0][0], "votes": most, "of": of}))
    order = last + tuple(reversed(left))
    return Runoff(options, voters, tuple(rounds), order, order[0], tuple(steps))


def _piles(
    options: Sequence[str], ballots: Sequence[RankedBallot], weights: Sequence[int] | None
) -> Counter[tuple[str, ...]]:
    """The different ballots, as options best first, and how many voters cast each."""
    index = places(options)
    piles: Counter[tuple[str, ...]] = Counter()
    for ballot, weight in zip(ballots, weighed(ballots, weights).tolist(), strict=True):
        if any(len(group) > 1 for group in ballot):
            raise CannotCount("Instant run-off cannot count a ballot with equal places.")
        ranking = tuple(option for group in ballot for option in group)
        if len(set(ranking)) != len(ranking):
            raise CannotCount("A ballot names an option twice.")
        if unknown := [option for option in ranking if option not in index]:
            raise CannotCount(f"A ballot names {unknown[0]!r}, which is not an option.")
        piles[ranking] += weight
    return piles


def _votes(piles: Mapping[tuple[str, ...], int], remaining: Sequence[str]) -> tuple[dict[str, int], int]:
    votes = dict.fromkeys(remaining, 0)
    spent = 0
    for ranking, voters in piles.items():
        top = next((option for option in ranking if option in votes), None)
        if top is None:
            spent += voters
        else:
            votes[top] += voters
    return votes, spent
