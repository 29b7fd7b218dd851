"""The one place where a request learns what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today(timezone: str = "Europe/Amsterdam") -> date:
    """Today's date where the place is."""
    return now().astimezone(ZoneInfo(timezone)).date()
