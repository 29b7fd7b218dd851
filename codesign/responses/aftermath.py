"""What came after an answer, as pages read it: progress, what the panel found, learning cards, more time, the reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from codesign.responses.domain import Asked, Progress

# A promise of an answer: number of the recommendation, and which of its promises, both counted from 1.
Which = tuple[int, int]


@dataclass(frozen=True)
class Report:
    """How a promise stood on a day, as a post of the municipality says."""

    state: Progress
    text: str
    language: str
    day: date
    post: str


@dataclass(frozen=True)
class Found:
    """What a follow-up vote of newcomers says of a promise: `works`, `not_yet`, or None when too few voted (R30)."""

    outcome: str | None
    question: str
    title: str
    language: str
    closed_on: date
    release: str
    quarters: Sequence[int]


@dataclass(frozen=True)
class Fits:
    """What the panel says of a measure soon after the answer (R27): the quarter of voters who say that it fits
    (empty: too few to show), and their secret vote. It says nothing of whether the measure works (R30)."""

    quarters: Sequence[int]
    closed_on: date
    release: str


@dataclass(frozen=True)
class Said:
    """What newcomers say of the promises of one answer in votes: soon after it, and in later rounds, newest first."""

    fits: Mapping[Which, Fits] = field(default_factory=dict)
    found: Mapping[Which, Sequence[Found]] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """A learning card: what is tried, on which assumption, when one looks back, and what changed (empty: not yet)."""

    recommendation: int
    assumption: str
    assumption_language: str
    trial: str
    trial_language: str
    look_back_on: date
    changed: str


@dataclass(frozen=True)
class Reply:
    """The panel's one reply in words; `passages` are (language, text), the original first."""

    passages: Sequence[tuple[str, str]]
    agreed_on: date
    digest: str


@dataclass(frozen=True)
class MoreTime:
    """A request for more time, and what the panel said to it."""

    before: date
    until: date
    reason: str
    language: str
    asked_on: date
    state: Asked
    decided_on: date | None


@dataclass(frozen=True)
class Aftermath:
    """Everything that came after an answer; reports and findings newest first, requests in their order."""

    reports: Mapping[Which, Sequence[Report]] = field(default_factory=dict)
    found: Mapping[Which, Sequence[Found]] = field(default_factory=dict)
    fits: Mapping[Which, Fits] = field(default_factory=dict)
    cards: Mapping[int, Card] = field(default_factory=dict)
    more_time: Sequence[MoreTime] = ()
    reply: Reply | None = None
