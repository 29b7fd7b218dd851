"""What stands in a directory of networks and in a policy calendar: kinds, codes, and when advice comes too late."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from codesign.rules.folding import fold_for_search

CODE_LENGTH = 60
_OTHER = re.compile(r"[^a-z0-9]+")


class Standing(StrEnum):
    """What a network is. An informal group needs no number in any register, so the directory asks none (R39)."""

    INFORMAL = "informal"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    SERVICE = "service"


class MomentKind(StrEnum):
    """What is decided at a moment of the policy calendar."""

    PURCHASE = "purchase"
    BUDGET = "budget"
    EVALUATION = "evaluation"
    COUNCIL = "council"
    OTHER = "other"


class Origin(StrEnum):
    """Who keeps a moment: the panel's moderators (it crossed the wall), or the municipality itself."""

    PANEL = "panel"
    PLACE = "place"


def code_of(name: str, taken: Collection[str], fallback: str) -> str:
    """A code for addresses, made of the plain letters of a name, that is not yet taken in this place.

    A name in a script without plain letters gives `fallback`; a taken code counts on: -2, -3.
    """
    plain = unicodedata.normalize("NFKD", fold_for_search(name)).encode("ascii", "ignore").decode()
    start = _OTHER.sub("-", plain).strip("-")[: CODE_LENGTH - 6].strip("-") or fallback
    code, number = start, 2
    while code in taken:
        code, number = f"{start}-{number}", number + 1
    return code


def next_as_of(now: datetime, before: datetime | None) -> datetime:
    """The moment a document holds from, to the second: always later than the one before it of the same thing."""
    at = now.replace(microsecond=0)
    return at if before is None or at > before else before + timedelta(seconds=1)


def needed_before(decided_on: date, advice_before: date | None, answer_weeks: int) -> date:
    """The last day on which advice can still count: as it was said, else the decision minus the weeks for an answer."""
    return advice_before or decided_on - timedelta(weeks=answer_weeks)


@dataclass(frozen=True)
class MomentLine:
    """A moment of the policy calendar as pages and files show it.

    code: in its calendar; one that the municipality itself keeps begins with `place:`. day: of the decision. before:
    the last day for advice. stamp: when its words were written.
    """

    code: str
    title: str
    kind: MomentKind
    day: date
    before: date
    language: str
    source: str
    checked_on: date
    url: str
    origin: Origin
    stamp: datetime

    def days_left(self, today: date) -> int:
        """Days until the last day for advice; nought on that day, below nought when it has passed."""
        return (self.before - today).days

    def late(self, today: date) -> bool:
        """Whether advice sent today comes too late for it (R24). On the last day itself it is in time."""
        return today > self.before
