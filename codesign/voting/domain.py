"""A ballot as plain values: what is asked, what was chosen, how it is counted, and what can be wrong with a vote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from codesign.panels.domain import has_majority, quorum_needed

# What somebody chose: option key to mark. Approval marks an option with 1; later methods give points, ranks or dots.
Marks = Mapping[str, int]

# The option that stands for "none of these"; it is chosen alone and approves nothing.
NONE = "none"
ADOPT, SEND_BACK = "adopt", "send_back"
RATINGS = ("useful", "partly", "no")
MAX_OPTIONS = 20
MAX_SIGN = 20
MAX_REASON = 500
# Below this many people with a vote the tally itself can show what somebody chose; they are told before voting.
FEW = 10


class Kind(StrEnum):
    """What a ballot is for: to weigh ideas, to adopt the advice, to rate the answer."""

    VOTE = "vote"
    ADOPTION = "adoption"
    RATING = "rating"


class Method(StrEnum):
    """How votes are counted."""

    APPROVAL = "approval"


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
class Option:
    """One thing to choose: a title, its meaning in one line, a picture (theme code and pictograms), and its idea."""

    key: str
    title: str = ""
    meaning: str = ""
    language: str = ""
    domain: str = ""
    icons: tuple[str, ...] = ()
    proposal_id: int | None = None

    def plain(self) -> dict[str, Any]:
        """The option as it is frozen."""
        return {
            "key": self.key, "title": self.title, "meaning": self.meaning, "language": self.language,
            "domain": self.domain, "icons": list(self.icons), "proposal": self.proposal_id,
        }  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """Everything that opening a ballot freezes; `electorate` is how many people have a vote, never who.

    quorum, majority: percent. subject: the digest of what is adopted or rated. previous: the digest of the closed
    list before this one in the round. public_key: hex, seals the votes.
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

    def option_keys(self) -> tuple[str, ...]:
        """The keys of the options, in the order they were prepared, without "none of these"."""
        return tuple(o.key for o in self.options)

    def frozen(self) -> bytes:
        """The bytes whose digest is the opening digest."""
        return canonical(
            {
                "document": "ballot-opening", "version": 1, "ballot": self.ballot, "round": self.round,
                "kind": self.kind.value, "category": self.category.value, "method": self.method.value,
                "question": self.question, "language": self.language, "options": [o.plain() for o in self.options],
                "max_choices": self.max_choices, "with_none": self.with_none, "electorate": self.electorate,
                "quorum": self.quorum, "majority": self.majority,
                "opened_at": self.opened_at.astimezone(UTC).isoformat(),
                "deadline": self.deadline.astimezone(UTC).isoformat(), "subject": self.subject,
                "previous": self.previous, "public_key": self.public_key,
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
                options=tuple(
                    Option(
                        o["key"], o["title"], o["meaning"], o["language"], o["domain"], tuple(o["icons"]), o["proposal"]
                    )
                    for o in d["options"]
                ),
                max_choices=int(d["max_choices"]), with_none=bool(d["with_none"]), electorate=int(d["electorate"]),
                quorum=int(d["quorum"]), majority=int(d["majority"]), opened_at=datetime.fromisoformat(d["opened_at"]),
                deadline=datetime.fromisoformat(d["deadline"]), subject=str(d["subject"]), previous=str(d["previous"]),
                public_key=str(d["public_key"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise Damaged("this is no opening of a ballot") from error


@dataclass(frozen=True)
class Vote:
    """What lies inside a sealed slip: the vote code, the voter's own sign, the choice, and (adoption) the reason."""

    code: str
    marks: Marks
    sign: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """The count of one ballot.

    counts: how many people chose each option, in the order of the options. order: option keys from most to fewest,
    those with the same number together. none: how many chose "none of these". voters: how many voted, of electorate.
    """

    voters: int
    electorate: int
    counts: Mapping[str, int]
    order: tuple[tuple[str, ...], ...]
    none: int = 0

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Groups of options with the same number; nobody breaks a tie, they stand side by side."""
        return tuple(group for group in self.order if len(group) > 1)

    @property
    def first(self) -> tuple[str, ...]:
        """The option or options with most votes; empty when nobody chose any."""
        return self.order[0] if self.order and self.counts[self.order[0][0]] else ()

    def plain(self) -> dict[str, Any]:
        """The count as it stands in a bundle."""
        return {
            "voters": self.voters, "electorate": self.electorate, "counts": dict(self.counts),
            "order": [list(g) for g in self.order], "none": self.none,
        }  # fmt: skip


@dataclass(frozen=True)
class AdoptionResult:
    """How a panel decided on its advice: adopted only when enough voted and enough of them said yes (R11).

    closed: false while the ballot runs, and then nothing else is told. outcome: "adopt", "send_back", or None when
    nobody voted or the ballot is void. reasons: of those who send it back, shuffled, without code.
    """

    closed: bool
    outcome: str | None = None
    quorum_met: bool = False
    voters: int = 0
    electorate: int = 0
    needed: int = 0
    in_favour: int = 0
    reasons: tuple[str, ...] = field(default=())

    @property
    def adopted(self) -> bool:
        """Adopted, with quorum."""
        return self.closed and self.quorum_met and self.outcome == ADOPT


def decide(opening: Opening, tally: Tally, reasons: Sequence[str] = ()) -> AdoptionResult:
    """The outcome of an adoption ballot: quorum over everybody with a vote, majority over those who voted."""
    needed = quorum_needed(opening.electorate, opening.quorum)
    yes = tally.counts[ADOPT]
    outcome = None
    if tally.voters:
        outcome = ADOPT if has_majority(yes, tally.voters, opening.majority) else SEND_BACK
    return AdoptionResult(
        closed=True, outcome=outcome, quorum_met=tally.voters >= needed, voters=tally.voters,
        electorate=opening.electorate, needed=needed, in_favour=yes, reasons=tuple(reasons),
    )  # fmt: skip
