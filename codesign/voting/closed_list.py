"""The closed list: every vote with its code, sorted by code, frozen with a digest that chains it to the list before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import SystemRandom
from typing import Any

from codesign.voting.domain import SEND_BACK, Damaged, Kind, Marks, Opening, Vote, canonical, digest
from codesign.voting.methods import METHODS
from codesign.voting.outcomes import Tally


@dataclass(frozen=True)
class Line:
    """One vote as the panel sees it after closing."""

    code: str
    sign: str
    marks: Marks


@dataclass(frozen=True)
class ClosedList:
    """All votes of one ballot, sorted by code; the reasons apart as (answer, words), shuffled.

    opening: digest of what was frozen at opening. previous: digest of the closed list before it in the round. room:
    how many of the votes came from the room; which ones, nobody knows. extended: the later deadlines, if any.
    """

    opening: str
    previous: str
    voters: int
    electorate: int
    lines: tuple[Line, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    room: int = 0
    extended: tuple[str, ...] = ()

    def frozen(self) -> bytes:
        """The bytes whose digest is the closing digest: one a ballot, never one a slip, which would keep the order."""
        return canonical(
            {
                "document": "closed-list", "version": 1, "opening": self.opening, "previous": self.previous,
                "voters": self.voters, "electorate": self.electorate,
                "list": [{"code": x.code, "sign": x.sign, "marks": dict(x.marks)} for x in self.lines],
                "reasons": [{"answer": answer, "words": words} for answer, words in self.reasons],
                "room": self.room, "extended": list(self.extended),
            }
        )  # fmt: skip

    @classmethod
    def read(cls, data: bytes | Mapping[str, Any]) -> ClosedList:
        """Read what `frozen` wrote; raises Damaged when it is something else."""
        try:
            d = json.loads(data) if isinstance(data, bytes) else data
            if d["document"] != "closed-list" or d["version"] != 1:
                raise Damaged("this is no closed list")
            lines = tuple(
                Line(str(x["code"]), str(x["sign"]), {str(k): int(v) for k, v in x["marks"].items()}) for x in d["list"]
            )
            return cls(
                opening=str(d["opening"]), previous=str(d["previous"]), voters=int(d["voters"]),
                electorate=int(d["electorate"]), lines=lines,
                reasons=tuple((str(r["answer"]), str(r["words"])) for r in d["reasons"]), room=int(d["room"]),
                extended=tuple(str(x) for x in d["extended"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise Damaged("this is no closed list") from error


def make(
    opening: Opening,
    opening_digest: str,
    previous: str,
    votes: Sequence[Vote],
    *,
    room: int = 0,
    extended: Sequence[str] = (),
) -> ClosedList:
    """The list of these votes; raises Damaged when a code stands twice or a choice cannot come from this ballot."""
    if len({v.code for v in votes}) != len(votes):
        raise Damaged("one code stands on two slips")
    if not all(METHODS[opening.method].lawful(opening, v.marks) for v in votes):
        raise Damaged("a slip holds a choice this ballot does not have")
    reasons = [(_answer(opening, v.marks), v.reason) for v in votes if v.reason]
    SystemRandom().shuffle(reasons)
    lines = tuple(Line(v.code, v.sign, v.marks) for v in sorted(votes, key=lambda v: v.code))
    return ClosedList(
        opening_digest, previous, len(votes), opening.electorate, lines, tuple(reasons), room, tuple(extended)
    )


def _answer(opening: Opening, marks: Marks) -> str:
    """The answer a reason goes with."""
    return SEND_BACK if opening.kind is Kind.ADOPTION else next(iter(marks))


def count(opening: Opening, closed: ClosedList) -> Tally:
    """The one count of a closed list."""
    return METHODS[opening.method].tally(opening, [line.marks for line in closed.lines])


@lru_cache(maxsize=64)
def counted(opening: bytes, closed: bytes) -> tuple[Opening, ClosedList, Tally]:
    """What was frozen, read and counted: once a process, since the same bytes always come to the same."""
    read_opening, read_closed = Opening.read(opening), ClosedList.read(closed)
    return read_opening, read_closed, count(read_opening, read_closed)


def bundle(opening: bytes, closed: bytes, release_digest: str | None) -> dict[str, Any]:
    """What a member downloads to recount: the frozen opening, the closed list, the count and the digests."""
    _opening, _closed, tally = counted(opening, closed)
    return {
        "document": "ballot-bundle",
        "version": 1,
        "opening": json.loads(opening),
        "opening_digest": digest(opening),
        "closed": json.loads(closed),
        "closed_digest": digest(closed),
        "tally": tally.plain(),
        "release_digest": release_digest,
    }
