"""Where an advice stands: writes that others ask for inside their own act, which the rules have let through."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import lock
from codesign.documents.models import AdviceStatus
from codesign.documents.queries import advice_by_digest
from codesign.rules.states import AdviceState
from codesign.rules.text import fold_for_search


def state_of(status: AdviceStatus) -> AdviceState:
    """The state of a sent advice, for the rules."""
    if status.withdrawn_on is not None:
        return AdviceState.WITHDRAWN
    if status.answered_at is not None:
        return AdviceState.ANSWERED
    return AdviceState.RECEIVED if status.opened_at is not None else AdviceState.SENT


def opened(session: Session, digest: str, now: datetime) -> None:
    """An official of the place read the advice for the first time; later readings change nothing."""
    status = _locked(session, digest)
    if status.opened_at is None:
        status.opened_at = now


def answered(session: Session, digest: str, words: str, now: datetime) -> None:
    """The answer was delivered; `words` of the answer and its promises can be found by search from now on."""
    status = _locked(session, digest)
    if status.answered_at is None:
        status.answered_at = now
        status.opened_at = status.opened_at or now
        status.found_by = f"{status.found_by} {fold_for_search(words)}"


def extended(session: Session, digest: str, until: date) -> None:
    """The panel agreed to more time: the answer is due on a later day."""
    _locked(session, digest).due_on = until


def _locked(session: Session, digest: str) -> AdviceStatus:
    found = advice_by_digest(session, digest)
    status = None if found is None else lock(session, AdviceStatus, found.id)
    if status is None:
        raise LookupError("no advice with this digest")
    return status
