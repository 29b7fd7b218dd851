"""What the end of a round does to ideas: support is forgotten at once, words a year later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.proposals.models import Support
from codesign.proposals.queries import of_closed_rounds, of_round
from codesign.proposals.rows import empty


def forget_support(session: Session, now: datetime) -> int:
    """After the end of a round the rows of support go, and the counts stay; returns how many rows went."""
    ended = of_closed_rounds(session)
    gone = session.execute(delete(Support).where(Support.proposal_id.in_(ended)))
    number = int(gone.rowcount)  # type: ignore[attr-defined]
    if number:
        note(session, Store.VOICES, by=None, verb="forget_support", what="round", id="closed", now=now)
    return number


def erase_round(session: Session, round_id: int) -> int:
    """Take all words of the ideas of a round out of the store, with versions and index; returns how many had some."""
    ideas = of_round(session, round_id)
    for idea in ideas:
        empty(session, idea)
    return len(ideas)
