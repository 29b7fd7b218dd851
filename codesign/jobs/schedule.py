"""Acts that are due at a time, claimed in our own store so that several workers do each of them once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from codesign.db import lock, writing
from codesign.jobs.models import DueJob

log = structlog.get_logger()
# Does the act for the id it is given, opening its own transactions; must be safe to do twice.
Job = Callable[[Session, int, datetime], None]


def at(session: Session, *, kind: str, what_id: int, due_at: datetime) -> None:
    """Plan one act, or move it to another time."""
    found = session.scalar(select(DueJob).where(DueJob.kind == kind, DueJob.what_id == what_id))
    if found is None:
        session.add(DueJob(kind=kind, what_id=what_id, due_at=due_at))
    else:
        found.due_at, found.done_at = due_at, None


def forget(session: Session, *, kind: str, what_id: int) -> None:
    """Take a planned act back."""
    session.execute(delete(DueJob).where(DueJob.kind == kind, DueJob.what_id == what_id))


def run_due(session: Session, jobs: Mapping[str, Job], now: datetime) -> int:
    """Do what is due; returns how many acts were done. One that fails is tried again at the next run."""
    due = session.execute(
        select(DueJob.id, DueJob.kind, DueJob.what_id)
        .where(DueJob.done_at.is_(None), DueJob.due_at <= now)
        .order_by(DueJob.due_at)
    ).all()
    session.rollback()
    done = 0
    for job_id, kind, what_id in due:
        try:
            jobs[kind](session, what_id, now)
            problem = None
        except Exception as error:  # any failure of one act must not stop the others
            session.rollback()
            problem = type(error).__name__
            log.error("job_failed", job=kind, error=problem)
        with writing(session):
            row = lock(session, DueJob, job_id)
            # Moved to a later time while it was being done: it stays to do.
            if row is not None and row.done_at is None and row.due_at <= now:
                row.tries += 1
                row.problem = problem
                if problem is None:
                    row.done_at = now
                    done += 1
    return done
