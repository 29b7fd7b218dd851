"""Approval voting with "at most N": everybody marks what they agree with, and each mark counts as one."""

from __future__ import annotations

from collections.abc import Sequence

from codesign.voting.domain import NONE, Marks, NotCast, Opening, Problem, Tally


def marks(opening: Opening, chosen: Sequence[str]) -> Marks:
    """What was chosen as marks; raises NotCast when it is nothing, too much, or not on this ballot.

    "None of these" stands alone. The same option twice counts as one.
    """
    keys = set(chosen)
    if not keys:
        raise NotCast(Problem.NOTHING_CHOSEN)
    if not keys <= {*opening.option_keys(), *({NONE} if opening.with_none else ())}:
        raise NotCast(Problem.UNKNOWN_OPTION)
    if NONE in keys and len(keys) > 1:
        raise NotCast(Problem.NONE_AND_MORE)
    if len(keys) > opening.max_choices:
        raise NotCast(Problem.TOO_MANY)
    return dict.fromkeys(sorted(keys), 1)


def lawful(opening: Opening, given: Marks) -> bool:
    """Whether marks read from a list could have come from this ballot's form."""
    try:
        return dict(marks(opening, tuple(given))) == dict(given)
    except NotCast:
        return False


def tally(opening: Opening, votes: Sequence[Marks]) -> Tally:
    """Count the marks of each option (approval voting: Brams and Fishburn, "Approval Voting", 1978).

    Options are ordered by how many people chose them. Options with the same number stand together: there is no
    tie-break, because the advice can name both. O(votes x options).
    """
    counts = {key: sum(1 for v in votes if v.get(key)) for key in opening.option_keys()}
    levels = sorted(set(counts.values()), reverse=True)
    order = tuple(tuple(k for k in opening.option_keys() if counts[k] == level) for level in levels)
    return Tally(
        voters=len(votes), electorate=opening.electorate, counts=counts, order=order,
        none=sum(1 for v in votes if v.get(NONE)),
    )  # fmt: skip
