"""What of a result may cross the wall: quarters, the outcome word alone, or nothing; made once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

# Numbers of slips, from measurements on panels of 8 to 20: with quarters in frozen pages no single vote was certain.
OUTCOME_FLOOR = 8
QUARTER_FLOOR = 10
TOTALS_FLOOR = 20
TOTALS_EACH = 3


class Level(StrEnum):
    """How much is told."""

    NOTHING = "nothing"
    OUTCOME = "outcome"
    QUARTERS = "quarters"
    TOTALS = "totals"


class Quarter(IntEnum):
    """In which quarter a share lies; its lower edge belongs to it, and everybody belongs to the last."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True)
class Release:
    """What is told of one ballot. What may not be told is not in it: None or empty.

    outcome: the word, per option or for the whole (`{"": "adopted"}`). quarters: per option, the share of those who
    voted. turnout: the share of those who could vote. totals: exact, per option. breakdown: per category, quarters per
    option.
    """

    level: Level
    outcome: Mapping[str, str] = field(default_factory=dict)
    quarters: Mapping[str, Quarter] = field(default_factory=dict)
    turnout: Quarter | None = None
    totals: Mapping[str, int] = field(default_factory=dict)
    breakdown: Mapping[str, Mapping[str, Quarter]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One category of the one breakdown that was announced before opening."""

    counts: Mapping[str, int]
    voters: int


@dataclass(frozen=True)
class AdoptionRelease:
    """What is told of the adoption of an advice: never a number."""

    outcome: str
    quorum_met: bool


def quarter(count: int, whole: int) -> Quarter:
    """The quarter in which `count` of `whole` lies: 0 to under 1/4, 1/4 to under 1/2, ... 3/4 to all. `whole` >= 1."""
    if whole < 1 or not 0 <= count <= whole:
        raise ValueError(f"{count} of {whole} is no share")
    return Quarter(min(4, count * 4 // whole + 1))


def release(
    counts: Mapping[str, int],
    voters: int,
    electorate: int,
    *,
    outcome: Mapping[str, str] | None = None,
    wants_totals: bool = False,
    breakdown: Mapping[str, Part] | None = None,
    apart: bool = False,
) -> Release:
    """The release of a closed ballot.

    counts: slips per option (several options a slip are possible); voters: slips; electorate: people on the roll.
    wants_totals: the panel voted for exact totals. breakdown: the categories of the one announced breakdown, shown only
    if every category has at least ten slips. apart: this ballot is itself one category counted apart (residents), of
    which nothing is told below ten slips. Raises ValueError for numbers that cannot be.
    """
    _check(counts, voters, electorate)
    words = dict(outcome or {})
    if voters < (QUARTER_FLOOR if apart else OUTCOME_FLOOR):
        return Release(Level.NOTHING)
    if voters < QUARTER_FLOOR:
        return Release(Level.OUTCOME, words)
    exact = wants_totals and voters >= TOTALS_FLOOR and all(_hides(count, voters) for count in counts.values())
    return Release(
        Level.TOTALS if exact else Level.QUARTERS,
        words,
        _quarters(counts, voters),
        quarter(voters, electorate),
        dict(counts) if exact else {},
        _breakdown(breakdown or {}),
    )


def release_adoption(*, adopted: bool, quorum_met: bool) -> AdoptionRelease:
    """The release of the adoption of an advice; without quorum it is not adopted, whatever the count."""
    return AdoptionRelease("adopted" if adopted and quorum_met else "not_adopted", quorum_met)


def release_rating(counts: Mapping[str, int], voters: int, electorate: int, *, outcome: str) -> Release:
    """The release of the panel's rating of an answer, under the same floor; nothing reads as "too few to show"."""
    return release(counts, voters, electorate, outcome={"": outcome})


def _check(counts: Mapping[str, int], voters: int, electorate: int) -> None:
    if not 0 <= voters <= electorate:
        raise ValueError(f"{voters} slips of {electorate} people")
    for key, count in counts.items():
        if not 0 <= count <= voters:
            raise ValueError(f"{count} slips for {key} of {voters}")


def _hides(count: int, voters: int) -> bool:
    """Whether an exact total leaves each voter in doubt: at least three chose it, and nobody can say "all of them".

    The second half matters where people may choose several options: 20 of 20 would tell everybody's vote.
    """
    return count >= TOTALS_EACH and voters - count >= TOTALS_EACH


def _quarters(counts: Mapping[str, int], voters: int) -> dict[str, Quarter]:
    return {key: quarter(count, voters) for key, count in counts.items()}


def _breakdown(parts: Mapping[str, Part]) -> dict[str, dict[str, Quarter]]:
    if any(part.voters < QUARTER_FLOOR for part in parts.values()):
        return {}
    for part in parts.values():
        _check(part.counts, part.voters, part.voters)
    return {name: _quarters(part.counts, part.voters) for name, part in parts.items()}
