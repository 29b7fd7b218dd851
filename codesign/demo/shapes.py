"""The shapes of the demonstration's words: who, rounds, ideas, replies and votes. Days count from loading."""

from __future__ import annotations

from dataclasses import dataclass, field

from codesign.demo.advice_shapes import Advice, After, Answer, Report
from codesign.demo.place_shapes import CalendarMoment, Group, HelpLine, HouseStyle, Point, Sentence, Translator


@dataclass(frozen=True)
class Municipality:
    """The invented place; `numbers_used` = how many pieces of advice it had this year before this installation."""

    code: str
    name: str
    addressee: str
    answer_weeks: int
    timezone: str
    legal_basis: str = ""
    numbers_used: int = 0


@dataclass(frozen=True)
class PanelNames:
    """The panel and the languages its people write in."""

    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Login:
    """Somebody who signs in with a login: host, moderator (with ties) or official (with post and mail)."""

    login: str
    name: str
    key: str = ""
    ties: str = ""
    post: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Organisation:
    """A group behind the record door; `informal` groups need no registration."""

    key: str
    name: str
    kind: str
    login: str
    mail: str
    about: str


@dataclass(frozen=True)
class Member:
    """A member: `language` is what she writes in, `screen` the language of her interface."""

    key: str
    name: str
    role: str
    language: str
    screen: str


@dataclass(frozen=True)
class Reply:
    """A contribution; `held` names what the check must find in it; `replies` go one level deep."""

    by: str
    kind: str
    text: str
    gloss: str = ""
    language: str = ""
    support: int = 0
    held: str = ""
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Idea:
    """A proposal with its replies, and what became of it; `gloss` is for maintainers and never shown.

    `first_body`: what the author wrote before changing it. `offered_body`: other words a moderator offers, with why.
    """

    key: str
    by: str
    day: int
    themes: tuple[str, ...]
    title: str
    body: str
    gloss: str = ""
    language: str = ""
    indicators: tuple[str, ...] = ()
    picture: tuple[str, ...] = ()
    gathering: str = ""
    first_body: str = ""
    offered_body: str = ""
    offered_why: str = ""
    release: str = ""
    merge_into: str = ""
    hide: str = ""
    take_back: bool = False
    support: int = 0
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Telling:
    """An answer to the open question."""

    by: str
    text: str
    gloss: str = ""


@dataclass(frozen=True)
class Gathering:
    """A session inside the round; `headcount` is None while it still has to be held."""

    key: str
    title: str
    day: int
    where: str
    programme: str
    languages: tuple[str, ...]
    headcount: int | None
    notes: str = ""


@dataclass(frozen=True)
class Option:
    """One option of a vote, with the idea it came from; `translations`: language to name and meaning."""

    key: str
    idea: str
    title: str
    meaning: str
    picture: tuple[str, ...]
    cost: int = 0
    translations: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Because:
    """A reason somebody gives with a vote; `gloss` is for maintainers and never shown."""

    by: str
    text: str
    gloss: str = ""


@dataclass(frozen=True)
class Ballot:
    """A vote and how people voted (demonstration only: a real vote knows no names).

    A vote is a list of options; where numbers are given, of `option:number`; for yes or no, the answer. `checker`: the
    member who looks at it before it opens; without one the second moderator does.
    """

    key: str
    question: str
    max_choices: int
    opens: int
    deadline: int
    options: tuple[Option, ...]
    votes: dict[str, tuple[str, ...]]
    method: str = "approval"
    points: int = 0
    total: int = 0
    checker: str = ""
    translations: dict[str, str] = field(default_factory=dict)
    reasons: tuple[Because, ...] = ()


@dataclass(frozen=True)
class SendBack:
    """A vote to send the advice back, with its reason."""

    by: str
    reason: str
    gloss: str = ""


@dataclass(frozen=True)
class Adoption:
    """How the panel adopted the advice."""

    opens: int
    deadline: int
    adopt: tuple[str, ...]
    send_back: tuple[SendBack, ...]


@dataclass(frozen=True)
class Rating:
    """How the panel rated the answer."""

    opens: int
    deadline: int
    useful: tuple[str, ...]
    partly: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True)
class RoundHead:
    """A round: its question, what was declared, and the days of its phases."""

    key: str
    title: str
    question: str
    asked: bool
    level: str
    fixed_text: str
    residents_vote: bool
    quorum: int
    majority: int
    moderator: str
    template: str
    steps: dict[str, tuple[int, int]]
    client: str = ""
    started_by: str = ""


@dataclass(frozen=True)
class Round:
    """One round with all its words."""

    head: RoundHead
    gatherings: tuple[Gathering, ...]
    tellings: tuple[Telling, ...]
    ideas: tuple[Idea, ...]
    ballot: Ballot | None = None
    more_ballots: tuple[Ballot, ...] = ()
    adoption: Adoption | None = None
    rating: Rating | None = None
    advice: Advice | None = None
    answer: Answer | None = None
    after: After | None = None
    reports: tuple[Report, ...] = ()

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        """Every vote on ideas, the main one first."""
        return (*([self.ballot] if self.ballot else ()), *self.more_ballots)


@dataclass(frozen=True)
class Place:
    """Everything of the demonstration place."""

    municipality: Municipality
    panel: PanelNames
    host: Login
    moderators: tuple[Login, ...]
    officials: tuple[Login, ...]
    organisations: tuple[Organisation, ...]
    members: tuple[Member, ...]
    rounds: tuple[Round, ...] = field(default=())
    legal_help: tuple[HelpLine, ...] = ()
    networks: tuple[Group, ...] = ()
    calendar: tuple[CalendarMoment, ...] = ()
    vision: tuple[Point, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    translators: tuple[Translator, ...] = ()
    house_style: HouseStyle | None = None

    def member(self, key: str) -> Member:
        """The member with this key; raises `KeyError`."""
        return next(m for m in self.members if m.key == key)
