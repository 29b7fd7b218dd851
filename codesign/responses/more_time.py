"""Asking the panel for more time: with a reason, in public; the clock goes on until the panel agrees."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.documents.models import AdviceStatus
from codesign.journal.actions import note
from codesign.officials.models import Official
from codesign.responses.after_queries import open_extension
from codesign.responses.models import TermExtension
from codesign.responses.progress import facts
from codesign.rules.permissions import Action, Reason, Refused, require


def ask_more_time(
    session: Session, official: Official, advice: AdviceStatus, *, until: date, reason: str, language: str,
    today: date, now: datetime,
) -> TermExtension:  # fmt: skip
    """Ask for a later day. One request waits at a time (Refused: WRONG_STATE); without a reason there is none."""
    row = lock(session, AdviceStatus, advice.id)
    assert row is not None
    require(Action.ASK_MORE_TIME, facts(official, row, reason_given=bool(reason.strip())))
    if open_extension(session, row.id) is not None or until <= row.due_on:
        raise Refused(Reason.WRONG_STATE)
    asked = TermExtension(
        advice_id=row.id, before=row.due_on, until=until, reason=reason, language=language, asked_on=today,
        asked_by=official.id,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    note(session, Store.RECORD, by=official.id, verb="ask_more_time", what="advice", id=row.id, now=now)
    return asked
