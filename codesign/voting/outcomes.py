"""What a ballot came to: the count, in one shape for every method, and how a panel decides on its advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from codesign.counting.domain import Order, Step
from codesign.panels.domain import has_majority, quorum_needed
from codesign.voting.domain import DECIDES, Opening


@dataclass(frozen=True)
class Tally:
    """The count of one ballot, the same shape for every method.

    counts: the number behind each choice: people, or points, dots, or (ranked) people who put it first.
    supporters: how many people stand behind each option, for "14 of 19 people". order: option keys from best to
    worst, equals together. winners: what the vote decided for: the first (all of them in a tie), what is paid, the
    shortlist, the idea that was adopted; empty when there is none. none: how many chose "none of these". details:
    what the method itself gives, as plain values. steps: why it ended so. voters: how many voted, of electorate.
    """

    voters: int
    electorate: int
    counts: Mapping[str, int]
    supporters: Mapping[str, int]
    order: Order
    winners: tuple[str, ...]
    none: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def ties(self) -> Order:
        """Groups of options that stand equal; nobody breaks a tie, they stand side by side."""
        return tuple(group for group in self.order if len(group) > 1)

    def plain(self) -> dict[str, Any]:
        """The count as it stands in a bundle."""
        return {
            "voters": self.voters, "electorate": self.electorate, "counts": dict(self.counts),
            "supporters": dict(self.supporters), "order": [list(g) for g in self.order],
            "winners": list(self.winners), "none": self.none, "details": dict(self.details),
        }  # fmt: skip


@dataclass(frozen=True)
class AdoptionResult:
    """How a panel decided on its advice: adopted, or taken back, only when enough voted and enough said yes (R11).

    closed: false while the ballot runs, and then nothing else is told. outcome: one of the two answers (`DECIDES`), or
    None when nobody voted or the ballot is void. yes: the answer that decides for it. reasons: of those who send it
    back, shuffled, without code.
    """

    closed: bool
    outcome: str | None = None
    quorum_met: bool = False
    voters: int = 0
    electorate: int = 0
    needed: int = 0
    in_favour: int = 0
    reasons: tuple[str, ...] = field(default=())
    yes: str = ""

    @property
    def adopted(self) -> bool:
        """Adopted (or taken back), with quorum."""
        return self.closed and self.quorum_met and self.outcome is not None and self.outcome == self.yes


def decide(opening: Opening, tally: Tally, reasons: Sequence[tuple[str, str]] = ()) -> AdoptionResult:
    """The outcome of a ballot that decides on an advice: quorum over all with a vote, majority over those who voted."""
    needed = quorum_needed(opening.electorate, opening.quorum)
    key, other = DECIDES[opening.kind]
    yes = tally.counts[key]
    outcome = None
    if tally.voters:
        outcome = key if has_majority(yes, tally.voters, opening.majority) else other
    return AdoptionResult(
        closed=True, outcome=outcome, quorum_met=tally.voters >= needed, voters=tally.voters,
        electorate=opening.electorate, needed=needed, in_favour=yes, reasons=tuple(text for _answer, text in reasons),
        yes=key,
    )  # fmt: skip
