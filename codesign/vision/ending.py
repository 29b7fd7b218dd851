"""What the end of a round does to sentences that were proposed for the vision."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.vision.actions import empty
from codesign.vision.queries import old_proposals, proposed_in


def erase_round(session: Session, round_id: int) -> int:
    """Take out what members proposed in a round and the panel did not agree on; returns how many went."""
    rows = proposed_in(session, round_id)
    for row in rows:
        empty(session, row)
    return len(rows)


def has_old(session: Session, before: datetime) -> bool:
    """Whether somebody proposed a sentence in no round before a moment."""
    return bool(old_proposals(session, before.date()))


def forget_old(session: Session, before: datetime, now: datetime) -> int:
    """Take out what was proposed while no round ran, a year after it came; returns how many went."""
    rows = old_proposals(session, before.date())
    for row in rows:
        empty(session, row)
    if rows:
        note(session, Store.VOICES, by=None, verb="erase_words", what="vision_point", id="old", now=now)
    return len(rows)
