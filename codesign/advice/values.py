"""What an advice is made of, as plain values: the one shape that preview, checklist, members and document share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from codesign.evidence.values import Cited as Cited
from codesign.evidence.values import CitedKind as CitedKind
from codesign.evidence.values import Evidence as Evidence
from codesign.evidence.values import Kind as Kind
from codesign.evidence.values import Moment as Moment
from codesign.evidence.values import Outcome as Outcome
from codesign.evidence.values import Quote as Quote
from codesign.evidence.values import Report as Report
from codesign.evidence.values import ReportFile as ReportFile
from codesign.evidence.values import Sentence as Sentence
from codesign.evidence.values import Thing as Thing
from codesign.evidence.values import VisionPoint as VisionPoint


class Section(StrEnum):
    """The parts of an advice, in the order of the document."""

    COVER = "cover"
    IN_SHORT = "in_short"
    WHY_NOW = "why_now"
    GOES_WELL = "goes_well"
    HEARD = "heard"
    ELSEWHERE = "elsewhere"
    RECOMMENDATIONS = "recommendations"
    OTHER_VIEWS = "other_views"
    WE_DO = "we_do"
    WORKED = "worked"
    ASK = "ask"


class Words(StrEnum):
    """The pieces of text a moderator writes, each with its own version; `SECTION_OF` says where each stands."""

    IN_SHORT = "in_short"
    WHY_NOW = "why_now"
    GOES_WELL = "goes_well"
    HEARD = "heard"
    NO_EXPERIENCE = "no_experience"
    NO_PRACTICE = "no_practice"
    NO_RESEARCH = "no_research"
    OTHER_VIEWS = "other_views"
    WE_DO = "we_do"
    WHO_WAS_MISSING = "who_was_missing"
    PAYMENT = "payment"
    ASK = "ask"


SECTION_OF: Mapping[Words, Section] = {
    Words.IN_SHORT: Section.IN_SHORT,
    Words.WHY_NOW: Section.WHY_NOW,
    Words.GOES_WELL: Section.GOES_WELL,
    Words.HEARD: Section.HEARD,
    Words.NO_EXPERIENCE: Section.ELSEWHERE,
    Words.NO_PRACTICE: Section.ELSEWHERE,
    Words.NO_RESEARCH: Section.ELSEWHERE,
    Words.OTHER_VIEWS: Section.OTHER_VIEWS,
    Words.WE_DO: Section.WE_DO,
    Words.WHO_WAS_MISSING: Section.WORKED,
    Words.PAYMENT: Section.WORKED,
    Words.ASK: Section.ASK,
}


class ActorKind(StrEnum):
    """Who takes part in doing a recommendation. Newcomers alone may never carry one (R02)."""

    MUNICIPALITY = "municipality"
    SERVICE = "service"
    SMALL_GROUP = "small_group"
    RESIDENTS = "residents"
    NEWCOMERS = "newcomers"


@dataclass(frozen=True)
class Actor:
    """One who does something, which part of it is theirs, and when that part is to be done."""

    name: str
    kind: ActorKind
    part: str = ""
    by_when: str = ""


@dataclass(frozen=True)
class Chain:
    """How change works: activity -> change -> indicator of a domain, with what we assume and what could go wrong."""

    activity: str = ""
    change: str = ""
    domain: str = ""
    indicator: str = ""
    assumptions: str = ""
    risks: str = ""
    experience: str = ""
    outcome: bool = False
    experience_choices: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every link is there; the experience question is judged apart (`question_missing`)."""
        return all((self.activity, self.change, self.domain, self.indicator, self.assumptions, self.risks))

    @property
    def question_missing(self) -> bool:
        """An outcome indicator is used only together with an experience question of its own domain (R26)."""
        return self.outcome and self.experience not in self.experience_choices


@dataclass(frozen=True)
class Recommendation:
    """One request, numbered from 1. small_group: the directory's code of a small initiative that could do it.

    things: all that was put behind it, also ideas, which stay inside. lost: the kinds of what of it is gone.
    """

    number: int
    title: str
    what: str = ""
    by_when: str = ""
    cost_class: int | None = None
    notice: str = ""
    small_initiative: str = ""
    none_because: str = ""
    decided_on: date | None = None
    chain: Chain = field(default_factory=Chain)
    actors: tuple[Actor, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reports: tuple[Report, ...] = ()
    cited: tuple[Cited, ...] = ()
    vision: tuple[VisionPoint, ...] = ()
    moment: Moment | None = None
    small_group: str = ""
    things: tuple[Thing, ...] = ()
    lost: tuple[Kind, ...] = ()
    id: int = 0
    version: int = 1

    @property
    def supported(self) -> bool:
        """Whether a reader of the document finds something behind it."""
        return bool(self.outcomes or self.quotes or self.reports or self.cited)

    @property
    def decision(self) -> date | None:
        """The first day on which the place decides about it: the typed one, or that of its moment in the calendar."""
        return min((d for d in (self.decided_on, self.moment and self.moment.day) if d), default=None)


@dataclass(frozen=True)
class Cover:
    """What comes from the place and the round and cannot be typed over."""

    place_code: str
    place: str
    panel: str
    addressee: str
    asked: bool
    level: str
    answer_weeks: int
    question: str
    timezone: str = "Europe/Amsterdam"
    legal_basis: str = ""
    year: int | None = None
    serial: int | None = None

    @property
    def number(self) -> str:
        """`2026-3`, or nothing while no number is reserved."""
        return f"{self.year}-{self.serial}" if self.year and self.serial else ""


@dataclass(frozen=True)
class Worked:
    """How the round went: generated, except who was missing and how people were paid."""

    began: date | None = None
    ended: date | None = None
    members: int = 0
    gatherings: int = 0
    visits: int = 0
    languages: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Adoption:
    """That the panel adopted this text: the released outcome of its vote, and the day."""

    release: str
    on: date


@dataclass(frozen=True)
class Content:
    """The whole advice as one value: what the preview shows, the checklist judges and the panel reads.

    reports, vision: those the advice refers to, each once. lost: what stood behind "what we heard" or other views as a
    whole and is gone.
    """

    cover: Cover
    title: str
    language: str
    languages: tuple[str, ...]
    words: Mapping[Words, str] = field(default_factory=dict)
    summaries: Mapping[str, str] = field(default_factory=dict)
    recommendations: tuple[Recommendation, ...] = ()
    cited: tuple[Cited, ...] = ()
    heard: tuple[Outcome, ...] = ()
    quotes: tuple[Quote, ...] = ()
    other_views: tuple[Outcome, ...] = ()
    views: tuple[str, ...] = ()
    worked: Worked = field(default_factory=Worked)
    ties_declared: bool = False
    adopted_with_quorum: bool = False
    adoption: Adoption | None = None
    sentences: tuple[Sentence, ...] = ()
    lost: tuple[Kind, ...] = ()
    reports: tuple[Report, ...] = ()
    vision: tuple[VisionPoint, ...] = ()

    def text(self, key: Words) -> str:
        """The words of one piece; empty when nothing was written. Other views end with those that groups of members
        wrote, which nobody else changes."""
        own = self.words.get(key, "").strip()
        if key is Words.OTHER_VIEWS and self.views:
            # "None" is no longer true once there is one.
            return "\n\n".join((own, *self.views) if len(own.split()) > 1 else self.views)
        return own

    @property
    def all_quotes(self) -> tuple[Quote, ...]:
        """Every released sentence that is used, each once."""
        used = [*self.quotes, *(q for s in self.sentences for q in s.quotes)]
        used += [q for r in self.recommendations for q in r.quotes]
        return tuple({q.id: q for q in used}.values())
