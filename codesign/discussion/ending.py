"""What the end of a round does to replies; the worker calls it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.discussion.models import ReplySupport
from codesign.discussion.queries import of_closed_rounds
from codesign.journal.actions import note


def forget_support(session: Session, now: datetime) -> int:
    """After the end of a round the rows of support go, and the counts stay; returns how many rows went."""
    gone = session.execute(delete(ReplySupport).where(ReplySupport.contribution_id.in_(of_closed_rounds(session))))
    number = int(gone.rowcount)  # type: ignore[attr-defined]
    if number:
        note(session, Store.VOICES, by=None, verb="forget_support", what="round", id="closed", now=now)
    return number
