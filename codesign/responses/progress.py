"""After the answer: reports on promises, and what the learning cards say; history is kept of both."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.documents.models import AdviceStatus
from codesign.documents.standing import state_of
from codesign.journal.actions import note
from codesign.officials.models import Official
from codesign.responses.domain import Progress
from codesign.responses.models import ProgressReport, Promise
from codesign.rules.permissions import Action, Facts, require
from codesign.rules.roles import Role


def facts(official: Official, advice: AdviceStatus, **more: Any) -> Facts:
    """What the rules need to know when an official acts after the answer; a colleague of one piece is no owner."""
    own = official.place_code == advice.place_code and official.piece is None
    return Facts(role=Role.OFFICIAL, own=own, state=state_of(advice), **more)


def report_progress(
    session: Session, official: Official, advice: AdviceStatus, promise: Promise, *, state: Progress, text: str,
    language: str, today: date, now: datetime,
) -> ProgressReport:  # fmt: skip
    """Say how a promise stands. What was said before is kept. A promise that stops needs a reason (Refused)."""
    row = lock(session, AdviceStatus, advice.id)
    assert row is not None
    reason = state is not Progress.STOPPED or bool(text.strip())
    require(Action.REPORT_PROGRESS, facts(official, row, reason_given=reason))
    report = ProgressReport(
        promise_id=promise.id, state=state, text=text, language=language, reported_on=today, reported_by=official.id,
        reported_at=now,
    )  # fmt: skip
    session.add(report)
    session.flush()
    note(session, Store.RECORD, by=official.id, verb="report_progress", what="promise", id=promise.id, now=now)
    return report
