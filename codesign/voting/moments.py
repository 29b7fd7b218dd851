"""A day and time as somebody types it, and the moment it stands for where the place is: times that the clock skips do
not exist, and times that it repeats exist twice."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clock skips this time: it goes forward there."""


class TwiceTime(ValueError):
    """The clock shows this time twice: it goes back there, and somebody must say which one is meant."""


def moment(timezone: str, local: datetime, *, second: bool | None = None) -> datetime:
    """The moment, in UTC, of a local time without zone; `second`: which of two, where there are two (None: not said).

    Raises NoSuchTime, or TwiceTime when it was not said.
    """
    zone = ZoneInfo(timezone)
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise NoSuchTime(timezone)
    if second is None:
        raise TwiceTime(timezone)
    return (late if second else early).astimezone(UTC)


def is_second(timezone: str, at: datetime) -> bool | None:
    """Whether a moment is the second of two with the same local time; None where there is only one."""
    local = at.astimezone(ZoneInfo(timezone))
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return None
    return bool(local.fold)
