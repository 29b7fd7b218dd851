"""The clock of an advice: weeks since sending, weeks for the answer, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Clock:
    """How an advice stands on a day: `used` of `weeks` weeks (1 is the first); `late_days` after the due day."""

    used: int
    weeks: int
    late_days: int
    answered_on: date | None


def clock(sent_on: date, due_on: date, today: date, answered_on: date | None) -> Clock:
    """The clock, counted from sending; it stops on the day of the answer."""
    until = answered_on or today
    days = max(0, (until - sent_on).days)
    return Clock(
        used=max(1, -(-days // 7)),
        weeks=max(1, (due_on - sent_on).days // 7),
        late_days=max(0, (until - due_on).days),
        answered_on=answered_on,
    )
