"""Reading what a panel does with an advice it has sent: requests to take it back, corrections, versions before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codesign.advice.fates import from_record
from codesign.advice.models import Advice, SentAdvice
from codesign.documents.queries import advice_of
from codesign.jobs.models import OutboxItem, OutboxState
from codesign.revising.models import Correction, ReplacedAdvice, TakingBack
from codesign.voting.models import Ballot


def last_taking_back(session: Session, advice_id: int) -> tuple[TakingBack, Ballot] | None:
    """The newest request to take the advice back, with its ballot."""
    row = session.execute(
        select(TakingBack, Ballot)
        .join(Ballot, Ballot.id == TakingBack.ballot_id)
        .where(TakingBack.advice_id == advice_id)
        .order_by(TakingBack.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def last_correction(session: Session, advice_id: int) -> Correction | None:
    """The newest correction of an advice."""
    statement = select(Correction).where(Correction.advice_id == advice_id).order_by(Correction.id.desc()).limit(1)
    return session.scalar(statement)


def last_of_both(session: Session, advice_id: int) -> tuple[TakingBack | None, Ballot | None, Correction | None]:
    """The newest request to take an advice back with its ballot, and its newest correction; one statement."""
    asked = select(func.max(TakingBack.id)).where(TakingBack.advice_id == advice_id).scalar_subquery()
    made = select(func.max(Correction.id)).where(Correction.advice_id == advice_id).scalar_subquery()
    row = session.execute(
        select(TakingBack, Ballot, Correction)
        .select_from(Advice)
        .outerjoin(TakingBack, TakingBack.id == asked)
        .outerjoin(Ballot, Ballot.id == TakingBack.ballot_id)
        .outerjoin(Correction, Correction.id == made)
        .where(Advice.id == advice_id)
    ).one()
    return row[0], row[1], row[2]


def running_correction(session: Session, advice_id: int) -> Correction | None:
    """The correction that is being made, or is on its way."""
    found = last_correction(session, advice_id)
    return found if found is not None and found.ended_at is None else None


def replaced(session: Session, advice_id: int, version: int) -> ReplacedAdvice | None:
    """One version that a newer one replaced."""
    return session.get(ReplacedAdvice, (advice_id, version))


@dataclass(frozen=True)
class SentVersion:
    """One version as it was sent."""

    version: int
    digest: str
    payload: bytes


def versions(session: Session, advice_id: int) -> list[SentVersion]:
    """Every version that was sent, newest first."""
    newest: Sequence[SentAdvice | ReplacedAdvice] = session.scalars(
        select(SentAdvice).where(SentAdvice.advice_id == advice_id)
    ).all()
    before: Sequence[SentAdvice | ReplacedAdvice] = session.scalars(
        select(ReplacedAdvice).where(ReplacedAdvice.advice_id == advice_id).order_by(ReplacedAdvice.version.desc())
    ).all()
    return [SentVersion(row.version, row.digest, row.payload) for row in (*newest, *before)]


def crossed(session: Session, kind: str, digest: str) -> OutboxState | None:
    """Where a document is on its way over the wall."""
    statement = select(OutboxItem.state).where(OutboxItem.kind == kind, OutboxItem.digest == digest)
    return session.scalar(statement)


def answered(session: Session, advice: Advice) -> bool | None:
    """Whether the record holds an answer to this advice; None when the record cannot be read now."""
    if advice.serial is None:
        return False
    number = f"{advice.year}-{advice.serial}"

    def read() -> bool:
        status = advice_of(session, advice.place_code, number)
        return status is not None and status.answered_at is not None

    return from_record(read)
