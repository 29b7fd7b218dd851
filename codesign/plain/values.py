"""What a check of plain words finds: where, of which kind, and what could stand there instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can make a text hard to read."""

    LONG = "long"
    OFFICE = "office"
    PASSIVE = "passive"
    RARE = "rare"


@dataclass(frozen=True)
class Finding:
    """One place in a text: characters `start` up to `end` (counted from 0) are `text`.

    instead: plainer words for office language, else empty. words: how many words a long sentence has, else 0.
    """

    kind: Kind
    start: int
    end: int
    text: str
    instead: str = ""
    words: int = 0
