"""Taking out what people wrote while an advice was made: when somebody erases herself, and a year after the round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.advice import forget_queries
from codesign.db import Store
from codesign.journal.actions import note


def forget(session: Session, person_id: int, now: datetime) -> None:
    """Take out what one person wrote: her versions, notes, "not yet" and her part in other views.

    What stands in the advice stays: it is the panel's, and no name stands at it.
    """
    for version in forget_queries.versions_by(session, person_id):
        version.content = {}
    for row in forget_queries.rows_of(session, person_id):
        session.delete(row)
    session.flush()
    for view in forget_queries.left_alone(session):
        session.delete(view)
    note(session, Store.VOICES, by=person_id, verb="erase_posts", what="drafting", id=person_id, now=now)


def forget_round(session: Session, round_id: int) -> int:
    """Take out the history, notes and words of the making of a round's advice; returns how many rows went."""
    gone = forget_queries.of_round(session, round_id)
    for row in gone:
        session.delete(row)
    for view in forget_queries.views_of_round(session, round_id):
        view.own_words = ""
    return len(gone)
