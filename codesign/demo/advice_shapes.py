"""The shapes of the demonstration's advice and answer. Days count from loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cited:
    """Something known elsewhere, with its source; day offsets, or a fixed date for what is real."""

    kind: str
    text: str
    source: str
    checked_day: int
    source_day: int = 0
    source_date: date | None = None
    definition: str = ""


@dataclass(frozen=True)
class QuoteUse:
    """A sentence its maker released, translated into the language of the advice by a person."""

    idea: str
    text: str


@dataclass(frozen=True)
class Actor:
    """One who does something in a recommendation, and which part."""

    name: str
    kind: str
    part: str


@dataclass(frozen=True)
class Chain:
    """How change works."""

    activity: str
    change: str
    domain: str
    indicator: str
    assumptions: str
    risks: str
    experience: str = ""


@dataclass(frozen=True)
class Recommendation:
    """One request of the advice; `outcomes` are keys of options, `quotes` keys of ideas."""

    key: str
    title: str
    what: str
    by_when: str
    decided_day: int
    cost_class: int
    notice: str
    small_initiative: str
    actors: tuple[Actor, ...]
    chain: Chain
    outcomes: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """What an organisation offers to do at one recommendation, and what the municipality says to it."""

    recommendation: str
    words: str
    needs: str
    reply: str
    reasons: str


@dataclass(frozen=True)
class Beside:
    """An organisation that co-signs, so many days after the advice was sent; `organisation` is its key."""

    organisation: str
    after: int
    words: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Advice:
    """The advice, all sections; `words` by the names of `advice.values.Words`."""

    title: str
    language: str
    sent: int
    words: dict[str, str]
    heard: tuple[str, ...]
    other_views: tuple[str, ...]
    quotes: tuple[QuoteUse, ...]
    cited: tuple[Cited, ...]
    recommendations: tuple[Recommendation, ...]
    summaries: dict[str, str]
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class Promise:
    """One owner with a post, money, a day and a first step."""

    owner: str
    action: str
    money: str
    day: int
    first_step: str


@dataclass(frozen=True)
class AnswerPart:
    """The decision on one recommendation."""

    recommendation: str
    decision: str
    reasons: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Answer:
    """The answer of the municipality."""

    delivered: int
    saved_by: str
    what_we_heard: str
    ask_back: str
    council: str
    first_report_day: int
    parts: tuple[AnswerPart, ...]
    summaries: dict[str, str]
