"""Receiving the withdrawal of an advice: its clock stops, its officials are told, and its page says so for ever."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.documents.domain import DocumentError, Fault, digest, read
from codesign.documents.models import AdviceStatus, Withdrawal
from codesign.documents.notices import tell_withdrawn
from codesign.documents.queries import advice_of
from codesign.journal.actions import note
from codesign.officials.actions import end_colleagues
from codesign.places.models import Place
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, require


def receive_withdrawal(session: Session, payload: bytes, now: datetime) -> None:
    """Keep a `codesign/withdrawal/1` document; the same bytes again change nothing.

    Refused (`DocumentError`): the advice is not here; another version of it is the newest; it was answered (a panel
    cannot take back what others have answered), or taken back already in other words.
    """
    document = read("withdrawal", payload)
    found = advice_of(session, document["place"], document["number"])
    status = None if found is None else lock(session, AdviceStatus, found.id)
    if status is None:
        raise _refuse("number", "is not here")
    name = digest(payload)
    before = session.get(Withdrawal, status.id)
    if before is not None and before.digest == name:
        return
    if before is not None:
        raise _refuse("number", "was taken back already")
    if status.digest != document["advice"]:
        raise _refuse("advice", "is not the newest version here")
    if status.answered_at is not None:
        raise _refuse("advice", "was answered")
    require(Action.RECEIVE, Facts(by_house=True))
    insert_if_absent(
        session, Withdrawal, advice_id=status.id, digest=name, language=document["language"], stored=payload,
        received_at=now,
    )  # fmt: skip
    status.withdrawn_on = date.fromisoformat(document["withdrawn_on"])
    note(session, Store.RECORD, by=None, verb="receive", what="withdrawal", id=name, now=now)
    place = session.get(Place, status.place_code)
    assert place is not None
    # No answer is asked for any more, so nobody who was asked for a piece of one comes in.
    end_colleagues(session, status.place_code, status.number, now)
    tell_withdrawn(session, status, place, now)


def _refuse(path: str, what: str) -> DocumentError:
    return DocumentError("withdrawal", [Fault(path, what)])
