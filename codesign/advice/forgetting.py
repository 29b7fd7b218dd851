"""Taking out what people wrote while an advice was made: when somebody erases herself, and a year after the round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.advice import forget_queries
from codesign.db import Store
from codesign.evidence import queries as evidence
from codesign.evidence.sentences import follow, split
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
    return len(gone) + _forget_wordings(session, round_id)


def _forget_wordings(session: Session, round_id: int) -> int:
    """Sentences with evidence read as they stand in the advice; those it does not hold any more go."""
    rows = forget_queries.supported_of_round(session, round_id)
    now = split(rows[0][1]) if rows else []
    kept = {found.earlier: now[n] for n, found in follow([row.text for row, _text in rows], now).items()}
    changed = 0
    for n, (row, _text) in enumerate(rows):
        if n not in kept:
            for backing in evidence.of_sentence(session, row.id):
                session.delete(backing)
            session.flush()
            session.delete(row)
            changed += 1
        else:
            changed += row.text != kept[n]
            row.text = kept[n]
    return changed
