"""Telling authors why their idea is not in the vote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.advice import fate_queries
from codesign.advice.actions import NotHere
from codesign.advice.models import LeftOut
from codesign.db import Store
from codesign.journal.actions import note
from codesign.panels.queries import RoundView, facts
from codesign.rules.permissions import Action, require


def explain_left_out(
    session: Session, view: RoundView, proposal_id: int, *, reason: str, language: str, now: datetime
) -> None:  # fmt: skip
    """Say why an idea of the round is not in its vote; saying it again replaces the words. Raises `NotHere`."""
    require(Action.EXPLAIN_LEFT_OUT, facts(view.round, view.membership, reason_given=bool(reason.strip())))
    assert view.membership is not None
    if proposal_id not in {idea.id for idea in fate_queries.not_in_vote(session, view.round.id)}:
        raise NotHere
    row = session.get(LeftOut, proposal_id)
    if row is None:
        row = LeftOut(proposal_id=proposal_id, reason=reason, language=language, said_by=view.membership.person_id)
        session.add(row)
    row.reason, row.language, row.said_by = reason, language, view.membership.person_id
    note(
        session, Store.VOICES, by=view.membership.person_id, verb="explain_left_out", what="proposal", id=proposal_id,
        now=now,
    )  # fmt: skip
