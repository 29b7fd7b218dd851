"""The scheduled act: what the vote on taking back says, and whether what was sent since has arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from codesign.advice.models import Advice
from codesign.db import writing
from codesign.jobs import schedule
from codesign.revising import correcting, queries, taking_back
from codesign.voting import closing

# A vote may get more time or wait for the room, and the record may be away: then it is looked at again after this.
_LATER = timedelta(minutes=1)


def settle_due(session: Session, advice_id: int, now: datetime) -> None:
    """See to it that the vote is closed, take over what it says, and look what became of documents on their way."""
    last = queries.last_taking_back(session, advice_id)
    asked = last is not None and last[0].result is None
    session.rollback()
    if last is not None and asked:
        closing.close_due(session, last[1].id, now)
    advice = session.get(Advice, advice_id)
    assert advice is not None
    answered = bool(queries.answered(session, advice))
    session.rollback()
    with writing(session):
        waits = asked and taking_back.settle(session, advice_id, answered=answered, now=now) is None
        waits |= taking_back.look_after(session, advice_id, now)
        waits |= correcting.look_after(session, advice_id, now)
        if waits:
            schedule.at(session, kind=taking_back.JOB, what_id=advice_id, due_at=now + _LATER)
