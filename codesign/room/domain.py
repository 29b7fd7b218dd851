"""Sheets as plain values: what two people entered, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from codesign.voting.domain import Marks


class Fault(StrEnum):
    """What is wrong with a sheet as it was entered, or with what was asked for in the room."""

    NO_CODE = "no_code"
    TWICE = "twice"
    HAS_VOTED = "has_voted"
    TOO_MANY = "too_many"
    SPOILED_AND_MARKED = "spoiled_and_marked"
    NOT_THERE = "not_there"
    BOTH_SEATS_TAKEN = "both_seats_taken"
    NOT_YOUR_SEAT = "not_your_seat"
    NOT_DONE = "not_done"
    DIFFERENT = "different"
    VOTED_BEFORE = "voted_before"
    ROOM_IS_FULL = "room_is_full"
    NOBODY = "nobody"
    OLD_FORM = "old_form"


class NotInTheRoom(ValueError):
    """It was not done; nothing was written. `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Sheet:
    """One paper ballot as somebody read it. spoiled: empty, or nobody can tell what was meant; then it has no marks."""

    code: str
    marks: Marks
    reason: str = ""
    spoiled: bool = False

    def same(self, other: Sheet | None) -> bool:
        """Whether two people read the same: a space or a capital more in the reason is no difference."""
        return other is not None and (
            (dict(self.marks), self.spoiled) == (dict(other.marks), other.spoiled)
            and _bare(self.reason) == _bare(other.reason)
        )


@dataclass(frozen=True)
class Difference:
    """A sheet the two did not enter alike; None: this one did not enter it."""

    code: str
    first: Sheet | None
    second: Sheet | None

    def of(self, place: int) -> Sheet | None:
        """What the person at this place (1 or 2) entered."""
        return self.first if place == 1 else self.second


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def differences(first: Mapping[str, Sheet], second: Mapping[str, Sheet]) -> list[Difference]:
    """Every sheet that was not entered alike, by code; both mappings go from code to sheet."""
    codes = sorted({*first, *second})
    pairs = [Difference(code, first.get(code), second.get(code)) for code in codes]
    return [d for d in pairs if d.first is None or not d.first.same(d.second)]
