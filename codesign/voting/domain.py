"""A ballot as plain values: what is asked, what was chosen, how it is counted, and what can be wrong with a vote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

# What somebody chose: key to mark. Ticks and answers: 1; score: 0 to the top; ranked: place from 1; dots: how many.
Marks = Mapping[str, int]

# The option that stands for "none of these"; it is chosen alone and approves nothing.
NONE = "none"
ADOPT, SEND_BACK = "adopt", "send_back"
TAKE_BACK, LET_STAND = "take_back", "let_stand"
RATINGS = ("useful", "partly", "no")
# A measure is marked 0 (it does not fit), 1 (partly) or 2 (it fits).
FITS = 2
YES, NO, ABSTAIN = "yes", "no", "abstain"
AGREE, STAND_ASIDE, OBJECT = "agree", "stand_aside", "object"
MAX_OPTIONS = 20
MAX_POINTS = 20
MAX_MONEY = 1_000_000_000
MAX_SIGN = 20
MAX_REASON = 500
# Below this many people with a vote the tally itself can show what somebody chose; they are told before voting.
FEW = 10


class Kind(StrEnum):
    """What a ballot is for: to weigh ideas, to adopt the advice, to rate the answer, to take the advice back."""

    VOTE = "vote"
    ADOPTION = "adoption"
    RATING = "rating"
    WITHDRAWAL = "withdrawal"


# Ballots that decide one thing by the quorum and majority of the round: the answer that says yes to it, and the other.
DECIDES: Mapping[Kind, tuple[str, str]] = {
    Kind.ADOPTION: (ADOPT, SEND_BACK),
    Kind.WITHDRAWAL: (TAKE_BACK, LET_STAND),
}


class Method(StrEnum):
    """How votes are given and counted; see docs/voting.md."""

    APPROVAL = "approval"
    YES_NO = "yes_no"
    CONSENT = "consent"
    SCORE = "score"
    RANKED = "ranked"
    DOTS = "dots"
    BUDGET = "budget"
    SHORTLIST = "shortlist"


# Methods that ask for one answer to one idea, instead of a choice among several.
ANSWERS: Mapping[Method, tuple[str, ...]] = {
    Method.YES_NO: (YES, NO, ABSTAIN),
    Method.CONSENT: (AGREE, STAND_ASIDE, OBJECT),
}
# Methods in which "none of these" makes sense: to tick nothing is not the same as not voting.
WITH_NONE = frozenset({Method.APPROVAL, Method.BUDGET, Method.SHORTLIST})
COMPLETIONS = ("none", "add1", "add1u")


class Category(StrEnum):
    """Whose votes a ballot holds; residents are counted apart, in a ballot of their own."""

    NEWCOMERS = "newcomers"
    RESIDENTS = "residents"


class State(StrEnum):
    """The life of a ballot. Closed: counted, traces of who voted when not yet proven gone. Swept: proven gone."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    SWEPT = "swept"
    VOID = "void"


class Problem(StrEnum):
    """What is wrong with a vote as it was sent."""

    NOTHING_CHOSEN = "nothing_chosen"
    TOO_MANY = "too_many"
    UNKNOWN_OPTION = "unknown_option"
    NONE_AND_MORE = "none_and_more"
    REPEATED = "repeated"
    WRONG_MARK = "wrong_mark"
    SAME_PLACE = "same_place"
    TOO_MANY_DOTS = "too_many_dots"
    TOO_EXPENSIVE = "too_expensive"
    OBJECTION_WITHOUT_WORDS = "objection_without_words"
    CODE_WRONG = "code_wrong"
    CODE_TAKEN = "code_taken"
    CODE_NEEDED = "code_needed"
    TOO_FAST = "too_fast"


class NotCast(ValueError):
    """The vote was not taken; nothing was written. `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class NotPrepared(ValueError):
    """A ballot cannot be prepared or opened like this; the sentence says why."""


class Damaged(ValueError):
    """What is stored of a ballot does not fit together: it can only be made void."""


def canonical(value: Any) -> bytes:
    """The one way a value is written down as bytes: sorted keys, no spaces, UTF-8, no fractions."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def short(full: str | None) -> str:
    """The part of a digest that people read aloud: sixteen signs in groups of four."""
    return " ".join((full or "")[i : i + 4] for i in range(0, 16, 4)).strip()


@dataclass(frozen=True)
class Terms:
    """The numbers a method needs, frozen with the question; 0 where a method has no use for one.

    points: score: the top mark; dots: how many each person spreads. total: budget, in whole units of `currency`.
    completion: of equal shares, one of COMPLETIONS. fits: what one person chooses must fit in the total. seats: how
    many a shortlist has.
    """

    points: int = 0
    total: int = 0
    currency: str = "EUR"
    completion: str = "add1u"
    fits: bool = True
    seats: int = 0

    def plain(self) -> dict[str, Any]:
        """The terms as they are stored and frozen."""
        return asdict(self)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Terms:
        """Read what `plain` wrote; what is missing is as by default."""
        return cls(**{f.name: values[f.name] for f in fields(cls) if f.name in values})


@dataclass(frozen=True)
class Option:
    """One thing to choose: a title, its meaning in one line, a picture (theme code and pictograms), and its idea.

    cost: budget, in whole units. translations: language code to (title, meaning).
    """

    key: str
    title: str = ""
    meaning: str = ""
    language: str = ""
    domain: str = ""
    icons: tuple[str, ...] = ()
    proposal_id: int | None = None
    cost: int = 0
    translations: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The option as it is frozen."""
        return {
            "key": self.key, "title": self.title, "meaning": self.meaning, "language": self.language,
            "domain": self.domain, "icons": list(self.icons), "proposal": self.proposal_id, "cost": self.cost,
            "translations": {code: list(words) for code, words in self.translations.items()},
        }  # fmt: skip

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Option:
        """Read what `plain` wrote."""
        return cls(
            values["key"], values["title"], values["meaning"], values["language"], values["domain"],
            tuple(values["icons"]), values["proposal"], int(values["cost"]),
            {code: (words[0], words[1]) for code, words in values["translations"].items()},
        )  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """Everything that opening a ballot freezes; `electorate` is how many people have a vote, never who.

    room: how many of them vote in the room, on paper or on a tablet there. quorum, majority: percent. subject: the
    digest of what is adopted or rated. previous: the digest of the closed list before this one in the round.
    public_key: hex, seals the votes. scrutineers: the public halves of the key two members hold (hex; none or two).
    """

    ballot: int
    round: int
    kind: Kind
    category: Category
    method: Method
    question: str
    language: str
    options: tuple[Option, ...]
    max_choices: int
    with_none: bool
    electorate: int
    quorum: int
    majority: int
    opened_at: datetime
    deadline: datetime
    subject: str
    previous: str
    public_key: str
    terms: Terms = Terms()
    translations: Mapping[str, str] = field(default_factory=dict)
    room: int = 0
    scrutineers: tuple[str, ...] = ()

    @property
    def asks_fit(self) -> bool:
        """Whether it asks of each measure in an answer if it fits: no, partly or yes (R27)."""
        return self.kind is Kind.RATING and self.method is Method.SCORE

    def option_keys(self) -> tuple[str, ...]:
        """The keys of the options, in the order they were prepared, without "none of these"."""
        return tuple(o.key for o in self.options)

    def choice_keys(self) -> tuple[str, ...]:
        """What a person chooses from: the answers to the one idea, or the options (and "none of these")."""
        return ANSWERS.get(self.method) or (*self.option_keys(), *((NONE,) if self.with_none else ()))

    def frozen(self) -> bytes:
        """The bytes whose digest is the opening digest."""
        return canonical(
            {
                "document": "ballot-opening", "version": 1, "ballot": self.ballot, "round": self.round,
                "kind": self.kind.value, "category": self.category.value, "method": self.method.value,
                "question": self.question, "language": self.language, "translations": dict(self.translations),
                "options": [o.plain() for o in self.options], "terms": self.terms.plain(),
                "max_choices": self.max_choices, "with_none": self.with_none, "electorate": self.electorate,
                "room": self.room, "quorum": self.quorum, "majority": self.majority,
                "opened_at": self.opened_at.astimezone(UTC).isoformat(),
                "deadline": self.deadline.astimezone(UTC).isoformat(), "subject": self.subject,
                "previous": self.previous, "public_key": self.public_key, "scrutineers": list(self.scrutineers),
            }
        )  # fmt: skip

    @classmethod
    def read(cls, data: bytes | Mapping[str, Any]) -> Opening:
        """Read what `frozen` wrote; raises Damaged when it is something else."""
        try:
            d = json.loads(data) if isinstance(data, bytes) else data
            if d["document"] != "ballot-opening" or d["version"] != 1:
                raise Damaged("this is no opening of a ballot")
            return cls(
                ballot=int(d["ballot"]), round=int(d["round"]), kind=Kind(d["kind"]), category=Category(d["category"]),
                method=Method(d["method"]), question=str(d["question"]), language=str(d["language"]),
                options=tuple(Option.read(o) for o in d["options"]),
                max_choices=int(d["max_choices"]), with_none=bool(d["with_none"]), electorate=int(d["electorate"]),
                quorum=int(d["quorum"]), majority=int(d["majority"]), opened_at=datetime.fromisoformat(d["opened_at"]),
                deadline=datetime.fromisoformat(d["deadline"]), subject=str(d["subject"]), previous=str(d["previous"]),
                public_key=str(d["public_key"]), terms=Terms.read(d["terms"]), translations=dict(d["translations"]),
                room=int(d["room"]), scrutineers=tuple(str(k) for k in d["scrutineers"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            raise Damaged("this is no opening of a ballot") from error


@dataclass(frozen=True)
class Vote:
    """What lies inside a sealed slip: the vote code, the voter's own sign, the choice, and the reason where asked."""

    code: str
    marks: Marks
    sign: str = ""
    reason: str = ""
