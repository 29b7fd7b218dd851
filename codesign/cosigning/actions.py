"""An organisation signs along, or offers to take over a task; either can be taken back until the answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from codesign.cosigning.models import Cosignature, TaskOffer
from codesign.cosigning.queries import cosignature, offer
from codesign.db import Store, lock
from codesign.documents.models import AdviceStatus
from codesign.documents.standing import state_of
from codesign.journal.actions import note
from codesign.officials.models import OrganisationAccount
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.roles import Role


class Corrected(Exception):
    """The panel corrected the advice after this page was read; what was read is not what would be signed."""


def sign(
    session: Session, organisation: OrganisationAccount, advice: AdviceStatus, *, seen: str, words: str, language: str,
    now: datetime,
) -> Cosignature:  # fmt: skip
    """Stand behind an advice, in the version that was read (`seen`, a digest). Signed twice is signed once.

    Raises `Corrected` when another version is the newest by now.
    """
    row = _allowed(session, Action.COSIGN, organisation, advice)
    if seen != row.digest:
        raise Corrected
    mine = cosignature(session, row.id, organisation.id)
    if mine is None:
        mine = Cosignature(advice_id=row.id, organisation_id=organisation.id)
        session.add(mine)
    elif (mine.taken_back_at, mine.digest, mine.words, mine.language) == (None, row.digest, words, language):
        return mine
    mine.digest, mine.version, mine.signed_at, mine.taken_back_at = row.digest, row.version, now, None
    mine.words, mine.language = words, language
    session.flush()
    note(session, Store.RECORD, by=organisation.id, verb="cosign", what="cosignature", id=mine.id, now=now)
    return mine


def take_back_signature(
    session: Session, organisation: OrganisationAccount, advice: AdviceStatus, *, now: datetime
) -> None:
    """Stand behind an advice no longer; the words are gone."""
    row = _allowed(session, Action.COSIGN, organisation, advice)
    mine = cosignature(session, row.id, organisation.id)
    if mine is not None and mine.taken_back_at is None:
        mine.taken_back_at, mine.words = now, ""
        note(session, Store.RECORD, by=organisation.id, verb="take_back", what="cosignature", id=mine.id, now=now)


def make_offer(
    session: Session, organisation: OrganisationAccount, advice: AdviceStatus, recommendation: int, *, words: str,
    needs: str, language: str, now: datetime,
) -> TaskOffer:  # fmt: skip
    """Offer to take over a task of one recommendation, or change what was offered."""
    row = _allowed(session, Action.CHALLENGE, organisation, advice)
    if not words.strip():
        raise Refused(Reason.SAY_WHY_FIRST)
    mine = offer(session, row.id, recommendation, organisation.id)
    if mine is None:
        mine = TaskOffer(advice_id=row.id, recommendation=recommendation, organisation_id=organisation.id)
        session.add(mine)
    elif (mine.words, mine.needs, mine.language) == (words, needs, language):
        return mine
    mine.words, mine.needs, mine.language = words, needs, language
    mine.offered_at, mine.taken_back_at = now, None
    session.flush()
    note(session, Store.RECORD, by=organisation.id, verb="challenge", what="task_offer", id=mine.id, now=now)
    return mine


def take_back_offer(
    session: Session, organisation: OrganisationAccount, advice: AdviceStatus, recommendation: int, *, now: datetime
) -> None:
    """Offer it no longer; the words are gone."""
    row = _allowed(session, Action.CHALLENGE, organisation, advice)
    mine = offer(session, row.id, recommendation, organisation.id)
    if mine is not None and mine.taken_back_at is None:
        mine.taken_back_at, mine.words, mine.needs = now, "", ""
        note(session, Store.RECORD, by=organisation.id, verb="take_back", what="task_offer", id=mine.id, now=now)


def _allowed(session: Session, action: Action, organisation: OrganisationAccount, advice: AdviceStatus) -> AdviceStatus:
    """The advice under its lock, so that nothing is signed or offered while the answer is delivered."""
    row = lock(session, AdviceStatus, advice.id)
    assert row is not None
    own = organisation.place_code == row.place_code and organisation.ended_at is None
    require(action, Facts(role=Role.ORGANISATION, own=own, state=state_of(row)))
    return row
