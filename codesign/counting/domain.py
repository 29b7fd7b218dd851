"""What all methods of counting share: the shape of a step of the explanation, and how options are put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Options from best to worst; those that stand equal are one group. Inside a group: the order in which they were given.
Order = tuple[tuple[str, ...], ...]


class CannotCount(ValueError):
    """These ballots cannot be counted by this method; the sentence says why."""


@dataclass(frozen=True)
class Step:
    """One step of "why did this win?": `kind` names the sentence and the drawing, `values` fill them in.

    Values are plain (text, whole numbers, lists and mappings of them), so that a page, a command and a file can show
    them; money in units of the currency; a fraction is written as text, "1/3".
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The step as it stands in a file."""
        return {"kind": self.kind, **self.values}


def ordered(options: Sequence[str], points: Mapping[str, Any]) -> Order:
    """Options by their points, most first; equal points stand together. `points` has a comparable value per option."""
    levels = sorted({points[o] for o in options}, reverse=True)
    return tuple(tuple(o for o in options if points[o] == level) for level in levels)
