"""In which sentences of "what we heard" an idea came to stand: a step of its trail (R32)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from codesign.advice import behind_queries
from codesign.evidence.sentences import follow, split


@dataclass(frozen=True)
class InSentence:
    """A sentence that rests on an idea, as it reads now, and the advice it stands in; `number` once it is sent."""

    advice_id: int
    number: str
    sentence: str
    language: str


def sentences_with(session: Session, idea_ids: Collection[int]) -> list[InSentence]:
    """The sentences that rest on these ideas, or on what was voted on for them, in advice the panel has seen."""
    found = []
    for row in behind_queries.resting_on(session, idea_ids):
        now = split(row.text)
        kept = follow([row.sentence], now)
        number = f"{row.year}-{row.serial}" if row.serial else ""
        found += [InSentence(row.advice_id, number, now[n], row.language) for n in sorted(kept)[:1]]
    return list(dict.fromkeys(found))
