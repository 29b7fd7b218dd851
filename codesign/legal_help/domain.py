"""What a line of the page must have, when it is too old, and in which language somebody reads it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Rules and opening hours change; nobody may promise that a line holds longer than this after it was checked.
LONGEST = timedelta(days=366)


class Part(StrEnum):
    """The two lists of the page."""

    SANCTION = "sanction"
    HELP = "help"


@dataclass(frozen=True)
class Words:
    """What people read of a line. `who_decides` belongs to the first list, `how_to_reach` to the second."""

    title: str
    text: str
    who_decides: str = ""
    how_to_reach: str = ""


@dataclass(frozen=True)
class Source:
    """Where the words come from, of which day that source is, when somebody checked it, and how long that holds."""

    name: str
    url: str
    day: date | None
    checked_on: date | None
    valid_until: date | None


class Problem(StrEnum):
    """Why a line cannot be kept (R42)."""

    NO_SOURCE = "no_source"
    NO_SOURCE_DAY = "no_source_day"
    SOURCE_DAY_COMES = "source_day_comes"
    NO_CHECKED_DAY = "no_checked_day"
    CHECKED_DAY_COMES = "checked_day_comes"
    CHECKED_BEFORE_SOURCE = "checked_before_source"
    NO_VALID_DAY = "no_valid_day"
    VALID_DAY_IS_PAST = "valid_day_is_past"
    VALID_TOO_LONG = "valid_too_long"


def validity_problem(checked_on: date, valid_until: date | None, today: date) -> Problem | None:
    """What is wrong with the last day of a check: it is a day to come, a year after the check at most."""
    if valid_until is None:
        return Problem.NO_VALID_DAY
    if valid_until < today:
        return Problem.VALID_DAY_IS_PAST
    return Problem.VALID_TOO_LONG if valid_until > checked_on + LONGEST else None


def problems(source: Source, today: date) -> list[Problem]:
    """Everything that is missing or impossible about source and days, in the order of the form."""
    found: list[Problem] = []
    if not source.name:
        found.append(Problem.NO_SOURCE)
    if source.day is None:
        found.append(Problem.NO_SOURCE_DAY)
    elif source.day > today:
        found.append(Problem.SOURCE_DAY_COMES)
    if source.checked_on is None:
        found.append(Problem.NO_CHECKED_DAY)
    elif source.checked_on > today:
        found.append(Problem.CHECKED_DAY_COMES)
    elif source.day is not None and source.checked_on < source.day <= today:
        found.append(Problem.CHECKED_BEFORE_SOURCE)
    validity = validity_problem(source.checked_on or today, source.valid_until, today)
    return [*found, validity] if validity else found


def is_old(valid_until: date, today: date) -> bool:
    """Whether the last day of the check is over; on the day itself the line still holds."""
    return today > valid_until


def nearest(there: Collection[str], wanted: Sequence[str], written_in: str) -> str:
    """The language somebody reads a line in: the first wanted that is there, else the one it was written in."""
    return next((code for code in wanted if code in there or code == written_in), written_in)
