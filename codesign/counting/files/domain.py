"""What a file of votes holds, as plain values, and the one way in which such a file can be broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# One vote in order: groups from best to worst, those in a group equal.
Ranking = tuple[tuple[str, ...], ...]


class BrokenFile(ValueError):
    """The file cannot be read; `line` counts from 1, `reason` is a sentence."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


@dataclass(frozen=True)
class Orders:
    """Options put in order (PrefLib .soc .soi .toc .toi). weights: how many voters gave each of the ballots."""

    kind: str
    title: str
    options: Mapping[str, str]
    ballots: tuple[Ranking, ...]
    weights: tuple[int, ...]

    @property
    def voters(self) -> int:
        """How many people voted."""
        return sum(self.weights)


@dataclass(frozen=True)
class Categories:
    """Options sorted into categories, the best category first (PrefLib .cat). A ballot has one group per category."""

    title: str
    options: Mapping[str, str]
    categories: tuple[str, ...]
    ballots: tuple[Ranking, ...]
    weights: tuple[int, ...]

    @property
    def voters(self) -> int:
        """How many people voted."""
        return sum(self.weights)


@dataclass(frozen=True)
class Projects:
    """Projects with costs and one vote a voter (Pabulib .pb).

    costs, total: whole numbers in parts of the currency; `unit` of them make one (1, or 100 where the file has cents).
    votes: the projects each voter names, in the order of the file. points: what each voter gave them (cumulative and
    scoring; `point_unit` of them make one point), or None. most: how many projects a voter may name, or None.
    rule: as named in the file, or "". selected: the official result, 1 for a project funded by the rule, 0 for one
    that is not, another number for one funded in another way; None where the file has no such column.
    """

    title: str
    options: Mapping[str, str]
    costs: Mapping[str, int]
    total: int
    unit: int
    vote_type: str
    votes: tuple[tuple[str, ...], ...]
    points: tuple[tuple[int, ...], ...] | None = None
    point_unit: int = 1
    most: int | None = None
    rule: str = ""
    selected: Mapping[str, int] | None = None

    @property
    def voters(self) -> int:
        """How many people voted."""
        return len(self.votes)


@dataclass(frozen=True)
class Slips:
    """A closed ballot of this platform: the method, the options, and the marks of every slip.

    costs: of a budget, in whole units of the currency. terms: the numbers of the method (points, total, completion,
    seats). told: the count that stands in the file. kind, electorate, quorum, majority: an adoption also asks that
    enough people vote (`quorum` of 100) and that enough of them are in favour.
    """

    title: str
    method: str
    options: Mapping[str, str]
    marks: tuple[Mapping[str, int], ...]
    costs: Mapping[str, int] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "vote"
    electorate: int = 0
    quorum: int = 0
    majority: int = 50
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def voters(self) -> int:
        """How many people voted."""
        return len(self.marks)


VotesFile = Orders | Categories | Projects | Slips
