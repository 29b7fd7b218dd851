"""Keeping the result of an election that was held outside."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.voting import outside, outside_queries
from codesign.voting.models import Ballot, OutsideResult
from codesign.voting.preparing import must_be_prepared


def keep_result(
    session: Session, ballot: Ballot, round: Round, by: Membership, data: bytes, *, address: str, now: datetime
) -> OutsideResult:
    """Keep the archive of an election as evidence for a prepared ballot, once. Raises outside.NotAnArchive."""
    require(Action.KEEP_OUTSIDE_RESULT, facts(round, by))
    must_be_prepared(ballot)
    if outside_queries.outside_result(session, ballot.id) is not None:
        raise Refused(Reason.WRONG_STATE)
    found = outside.read_archive(data)
    row = OutsideResult(
        ballot_id=ballot.id, archive=data, digest=found.digest, plain=found.plain(), address=address, kept_at=now
    )
    session.add(row)
    session.flush()
    note(session, Store.VOICES, by=by.person_id, verb="keep_outside_result", what="ballot", id=ballot.id, now=now)
    return row
