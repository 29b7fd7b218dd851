"""Approval voting: everybody marks what they agree with, each mark counts as one, most marks come first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codesign.counting import ballots as cast
from codesign.counting.domain import Order, Step, ordered


@dataclass(frozen=True)
class Approval:
    """The count of an approval ballot.

    counts: how many voters marked each option, in the order of the options. order: most marks first, equals together.
    winners: the option or options with most marks; none when nobody marked any. ties: groups with the same number;
    nobody breaks a tie. voters: how many voted. blank: how many of them marked nothing.

    Steps, `of` always being the voters:
    approval_voters (of, blank); approval_counted (option, on, of) for each option, most first; then one of
    approval_won (option, on, of, next, next_on: who comes after it, [] and 0 when alone), approval_tied (options, on,
    of), approval_nobody (of); and approval_equal (options, on, of) for each group of equals behind the first.
    """

    counts: Mapping[str, int]
    order: Order
    winners: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]
    voters: int
    blank: int
    steps: tuple[Step, ...]

    def plain(self) -> dict[str, Any]:
        """The result as it stands in a file."""
        return {
            "method": "approval", "winners": list(self.winners), "order": [list(g) for g in self.order],
            "ties": [list(g) for g in self.ties], "voters": self.voters, "blank": self.blank,
            "counts": dict(self.counts), "steps": [s.plain() for s in self.steps],
        }  # fmt: skip


def approval(
    options: Sequence[str], ballots: Sequence[Collection[str]], weights: Sequence[int] | None = None
) -> Approval:
    """Count the marks of each option (Steven Brams and Peter Fishburn, "Approval Voting", 1978).

    options: keys in their order. ballots: what each voter marked; an empty one is "none of these". weights: how many
    voters cast that very ballot, 1 each when not told. "At most N marks" is a rule of the form, not of the count.
    Raises CannotCount when a ballot names something that is no option. O(ballots x options).
    """
    table = cast.marks(options, ballots)
    people = cast.voters(len(ballots), weights)
    counts = dict(zip(options, (people @ table).tolist(), strict=True))
    order = ordered(options, counts)
    of = int(people.sum())
    blank = int(people[~table.any(axis=1)].sum())
    winners = order[0] if order and counts[order[0][0]] else ()
    return Approval(counts, order, winners, cast.ties(order), of, blank, _steps(counts, order, winners, of, blank))


def _steps(counts: Mapping[str, int], order: Order, winners: tuple[str, ...], of: int, blank: int) -> tuple[Step, ...]:
    steps = [Step("approval_voters", {"of": of, "blank": blank})]
    steps += [Step("approval_counted", {"option": o, "on": counts[o], "of": of}) for group in order for o in group]
    behind = order[1:]
    if not winners:
        steps.append(Step("approval_nobody", {"of": of}))
    elif len(winners) > 1:
        steps.append(Step("approval_tied", {"options": list(winners), "on": counts[winners[0]], "of": of}))
    else:
        after = list(behind[0]) if behind else []
        values = {"next": after, "next_on": counts[after[0]] if after else 0}
        steps.append(Step("approval_won", {"option": winners[0], "on": counts[winners[0]], "of": of, **values}))
    steps += [Step("approval_equal", {"options": list(g), "on": counts[g[0]], "of": of}) for g in cast.ties(behind)]
    return tuple(steps)
