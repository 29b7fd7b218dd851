"""What the end of a round does to what was written about words: reasons, answers and reports."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from codesign.moderation.models import Decision, Report


def erase_round(session: Session, round_id: int) -> int:
    """Take reports and the answers of authors out of the store, a year after the end of a round."""
    session.execute(update(Report).where(Report.round_id == round_id).values(why="", language=""))
    gone = session.execute(update(Decision).where(Decision.round_id == round_id).values(appeal="", appeal_language=""))
    return int(gone.rowcount)  # type: ignore[attr-defined]
