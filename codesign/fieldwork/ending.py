"""What leaving and time do to reports: who wrote is forgotten; a year after the round unread ones go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.fieldwork import queries
from codesign.fieldwork.actions import empty
from codesign.fieldwork.models import Reporter
from codesign.journal.actions import note


def forget(session: Session, person_id: int, now: datetime) -> None:
    """Take out what one member wrote: objections, and reports that nobody said may be public.

    A report that may be public is the panel's: no name stands at it, and it stays.
    """
    reports, objections = queries.written_by(session, person_id)
    for objection in objections:
        session.delete(objection)
    session.flush()
    for report in reports:
        if not report.public and report.removed_on is None:
            empty(session, report, "", now.date())
    session.execute(delete(Reporter).where(Reporter.person_id == person_id))
    note(session, Store.VOICES, by=person_id, verb="erase_posts", what="field_report", id=person_id, now=now)


def erase_round(session: Session, round_id: int) -> int:
    """A year after a round: objections go, and the reports of it that may not be public; returns how many went."""
    gone = queries.objections_of_round(session, round_id)
    for objection in gone:
        session.delete(objection)
    session.flush()
    reports = queries.inside_of_round(session, round_id)
    for report in reports:
        empty(session, report, "", report.made_on)
    return len(gone) + len(reports)


def has_old(session: Session, before: datetime) -> bool:
    """Whether a report of no round, or an objection to one, was made before a moment."""
    return any(queries.old_words(session, before.date()))


def forget_old(session: Session, before: datetime, now: datetime) -> int:
    """Do the same to what was attached at none of the gatherings, a year after it came; returns how many went."""
    reports, objections = queries.old_words(session, before.date())
    for objection in objections:
        session.delete(objection)
    session.flush()
    for report in reports:
        empty(session, report, "", report.made_on)
    if reports or objections:
        note(session, Store.VOICES, by=None, verb="erase_words", what="field_report", id="old", now=now)
    return len(reports) + len(objections)
