"""The shapes of the demonstration's advice and answer. Days count from loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cited:
    """Something known elsewhere, with its source; day offsets, or a fixed date for what is real."""

    key: str
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
class Report:
    """A report from the room of a round, and the day it came in; `picture` names a drawing of `pictures`."""

    key: str
    kind: str
    title: str
    held: int
    day: int
    people: int
    languages: tuple[str, ...]
    themes: tuple[str, ...]
    made_by: str
    asked: str
    text: str
    gathering: str = ""
    picture: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class Heard:
    """A sentence of "what we heard" and what it rests on: options, ideas quoted, reports, and texts cited (by key)."""

    text: str
    outcomes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


@dataclass(frozen=True)
class OtherView:
    """Another view, by members who wrote it together; `gloss` is for maintainers and never shown."""

    by: tuple[str, ...]
    language: str
    title: str
    own_words: str
    gloss: str
    text: str


@dataclass(frozen=True)
class Actor:
    """One who does something in a recommendation, which part, and by when."""

    name: str
    kind: str
    part: str
    by_when: str = ""


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
    """One request of the advice; `outcomes` are keys of options, `quotes` of ideas, the others of what they say.

    small_group: its name in the directory. moment: a title in the calendar.
    """

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
    reports: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    vision: tuple[str, ...] = ()
    small_group: str = ""
    moment: str = ""


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
    heard: tuple[Heard, ...]
    other_views: tuple[str, ...]
    quotes: tuple[QuoteUse, ...]
    cited: tuple[Cited, ...]
    recommendations: tuple[Recommendation, ...]
    summaries: dict[str, str]
    beside: tuple[Beside, ...] = ()
    other_view: OtherView | None = None


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


@dataclass(frozen=True)
class Fit:
    """The vote on the measures: one mark for each measure in the order of the answer (0 to 2), by member."""

    opens: int
    deadline: int
    votes: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Reported:
    """What an official reports on a promise (counted from 1 over the whole answer)."""

    promise: int
    state: str
    day: int
    text: str


@dataclass(frozen=True)
class Card:
    """What the municipality writes on the learning card of a recommendation."""

    recommendation: str
    day: int
    assumption: str
    trial: str
    look_back: int
    changed: str


@dataclass(frozen=True)
class Reply:
    """The panel's one reply; the language of the first text is the original."""

    day: int
    texts: dict[str, str]


@dataclass(frozen=True)
class After:
    """What came after the answer."""

    fit: Fit
    reply: Reply
    reported: tuple[Reported, ...]
    cards: tuple[Card, ...]
