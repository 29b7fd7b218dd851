"""What time does to what members suggested: a year later it goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.networks.queries import old_suggestions


def has_old(session: Session, before: datetime) -> bool:
    """Whether there are suggestions made before a moment."""
    return bool(old_suggestions(session, before.date()))


def forget_old(session: Session, before: datetime, now: datetime) -> int:
    """Take out the suggestions made before a moment; returns how many went."""
    rows = old_suggestions(session, before.date())
    for row in rows:
        session.delete(row)
    if rows:
        note(session, Store.VOICES, by=None, verb="erase_words", what="suggestion", id="old", now=now)
    return len(rows)
