"""Before the vote: members say of each recommendation "this is what we meant", or "not yet, because"."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.advice import meaning_queries
from codesign.advice.actions import NotHere
from codesign.advice.models import Meaning
from codesign.advice.queries import AdviceView
from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, require


def say(
    session: Session, view: AdviceView, recommendation_id: int, *, meant: bool, because: str, language: str,
    now: datetime,
) -> None:  # fmt: skip
    """Say it, or say it otherwise; who said what is read by nobody. Raises `NotHere`."""
    given = meant or bool(because.strip())
    require(Action.SAY_MEANING, facts(view.round, view.membership, state=view.advice.state, reason_given=given))
    if recommendation_id not in meaning_queries.recommendation_ids(session, view.advice.id):
        raise NotHere
    row = lock(session, Meaning, (recommendation_id, view.person_id))
    if row is None:
        row = Meaning(recommendation_id=recommendation_id, person_id=view.person_id)
        session.add(row)
    row.meant, row.because, row.language = meant, "" if meant else because.strip(), "" if meant else language
    note(session, Store.VOICES, by=None, verb="say_meaning", what="recommendation", id=recommendation_id, now=now)


def begin_anew(session: Session, advice_id: int) -> None:
    """A new text is given to the panel: what was said of the one before is no longer about it."""
    for row in meaning_queries.all_of(session, advice_id):
        session.delete(row)
