"""What an advice can rest on, as plain values: votes, released words, reports from the room, things known elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What something can rest on. A point of the vision is no evidence, but is chosen in the same way."""

    RESULT = "result"
    QUOTE = "quote"
    IDEA = "idea"
    REPORT = "report"
    CITED = "cited"
    VISION = "vision"


Thing = tuple[Kind, int]


class Evidence(StrEnum):
    """The three kinds of evidence an advice rests on (R08)."""

    EXPERIENCE = "experience"
    PRACTICE = "practice"
    RESEARCH = "research"


class CitedKind(StrEnum):
    """What is cited from elsewhere. Figures and law need a definition or an article as well as source and date."""

    FIGURE = "figure"
    PRACTICE = "practice"
    RESEARCH = "research"
    LAW = "law"


@dataclass(frozen=True)
class Outcome:
    """What a closed vote of the round released about one option: `quarters` (1 to 4), `chosen`, or nothing (too few).

    `id` is the option's and stays inside; `release` is the digest of the released document and `key` the option in it.
    method: how people voted; cost: of a budget, in whole units of `currency`.
    """

    id: int
    ballot_id: int
    key: str
    question: str
    title: str
    language: str
    quarters: tuple[int, ...] = ()
    chosen: bool | None = None
    domains: tuple[str, ...] = ()
    proposal_id: int | None = None
    release: str = ""
    closed_on: date | None = None
    method: str = "approval"
    cost: int = 0
    currency: str = ""


@dataclass(frozen=True)
class Quote:
    """A sentence its maker released, in the language of the advice; `translated` by a person. No group, no language."""

    id: int
    text: str
    translated: bool = False
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cited:
    """Something known elsewhere: a figure (with its definition), practice, research or law."""

    kind: CitedKind
    text: str
    source: str = ""
    source_date: date | None = None
    checked_on: date | None = None
    definition: str = ""
    url: str = ""
    id: int = 0

    @property
    def sourced(self) -> bool:
        """R06, R42: source and date; for a figure also what was counted; for law and figures the day of the check."""
        checked = self.checked_on is not None or self.kind in {CitedKind.PRACTICE, CitedKind.RESEARCH}
        defined = bool(self.definition) or self.kind is not CitedKind.FIGURE
        return bool(self.source) and self.source_date is not None and checked and defined


@dataclass(frozen=True)
class ReportFile:
    """The file of a report: PDF, PNG or JPEG. alternative: what a picture shows, in words."""

    digest: str
    media_type: str
    size: int
    name: str
    alternative: str = ""


@dataclass(frozen=True)
class Report:
    """A report from the room: what a workshop or interviews found, without who said it.

    kind: workshop, interviews, survey, visit or other. people: how many took part; None when fewer than ten.
    """

    id: int
    kind: str
    title: str
    held_on: date
    text: str
    people: int | None = None
    languages: tuple[str, ...] = ()
    language: str = ""
    file: ReportFile | None = None


@dataclass(frozen=True)
class VisionPoint:
    """One point of the vision of the place, in the place's own words."""

    id: int
    text: str
    language: str


@dataclass(frozen=True)
class Moment:
    """A day on which the place decides. kind: purchase, budget, evaluation, council or other."""

    title: str
    kind: str
    day: date

    def __str__(self) -> str:
        """As it is kept and compared: the day, the kind, the title."""
        return f"{self.day.isoformat()} {self.kind} {self.title}"

    @staticmethod
    def read(line: str) -> Moment | None:
        """The moment of such a line; None for an empty one. It stays as it was when somebody chose it."""
        day, _space, rest = line.partition(" ")
        kind, _space, title = rest.partition(" ")
        return Moment(title, kind, date.fromisoformat(day)) if title else None


@dataclass(frozen=True)
class Sentence:
    """One sentence of "what we heard" and what it rests on. carried: its evidence was given to slightly other words.

    things: all that was put behind it, also ideas, which stay inside. lost: the kinds of what of it is gone.
    """

    text: str
    outcomes: tuple[Outcome, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reports: tuple[Report, ...] = ()
    cited: tuple[Cited, ...] = ()
    things: tuple[Thing, ...] = ()
    lost: tuple[Kind, ...] = ()
    carried: bool = False

    @property
    def supported(self) -> bool:
        """Whether a reader of the document finds something behind it."""
        return bool(self.outcomes or self.quotes or self.reports or self.cited)
