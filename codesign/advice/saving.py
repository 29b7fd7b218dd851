"""What a save can meet: somebody else's save, a thing of another advice, a sixth recommendation; and what it links."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


class Stale(Exception):
    """Somebody else saved since this was opened; `theirs` is what stands there now, by field."""

    def __init__(self, theirs: Mapping[str, str], versions: Mapping[str, int]) -> None:
        super().__init__("stale")
        self.theirs, self.versions = theirs, versions


class NotHere(ValueError):
    """An id was named that does not belong to this advice or its round."""


class Full(ValueError):
    """There are five recommendations already."""


@dataclass(frozen=True)
class Links:
    """What stands behind a recommendation or a section: ids of ballot options, quotes and proposals."""

    options: Collection[int] = ()
    quotes: Collection[int] = ()
    proposals: Collection[int] = ()
