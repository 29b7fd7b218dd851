"""Reading documents and where each advice stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from codesign.documents.models import AdviceStatus, AdviceTheme, Document, Kind, Withdrawal
from codesign.rules.text import fold_for_search
from codesign.web.paging import Page, paged

# Neither answered nor taken back.
_OPEN = AdviceStatus.answered_at.is_(None) & AdviceStatus.withdrawn_on.is_(None)


class Waiting(StrEnum):
    """Where an advice is now, as people ask for it."""

    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty fields ask for nothing."""

    words: str = ""
    place: str = ""
    themes: tuple[str, ...] = ()
    year: int | None = None
    states: tuple[Waiting, ...] = ()
    page: int = 1


def list_advice(session: Session, wanted: Wanted, today: date) -> Page[AdviceStatus]:
    """Advice, newest first: two statements, with the themes of each."""
    found: Page[AdviceStatus] = paged(session, _matching(wanted, today), wanted.page)
    return found


def _matching(wanted: Wanted, today: date) -> Select[AdviceStatus]:
    statement = select(AdviceStatus).options(selectinload(AdviceStatus.themes))
    for word in fold_for_search(wanted.words).split()[:8]:
        statement = statement.where(AdviceStatus.found_by.contains(word, autoescape=True))
    if wanted.place:
        statement = statement.where(AdviceStatus.place_code == wanted.place)
    if wanted.year:
        statement = statement.where(AdviceStatus.year == wanted.year)
    if wanted.themes:
        has = select(AdviceTheme.advice_id).where(AdviceTheme.domain.in_(wanted.themes))
        statement = statement.where(AdviceStatus.id.in_(has))
    if wanted.states:
        is_in = {
            Waiting.WAITING: _OPEN & (AdviceStatus.due_on >= today),
            Waiting.LATE: _OPEN & (AdviceStatus.due_on < today),
            Waiting.ANSWERED: AdviceStatus.answered_at.is_not(None),
            Waiting.WITHDRAWN: AdviceStatus.withdrawn_on.is_not(None),
        }
        conditions = [is_in[state] for state in wanted.states]
        either = conditions[0]
        for condition in conditions[1:]:
            either = either | condition
        statement = statement.where(either)
    return statement.order_by(AdviceStatus.sent_on.desc(), AdviceStatus.id.desc())


def years(session: Session) -> Sequence[int]:
    """The years of all advice, newest first."""
    return session.scalars(select(AdviceStatus.year).distinct().order_by(AdviceStatus.year.desc())).all()


def advice_of(session: Session, place_code: str, number: str) -> AdviceStatus | None:
    """The advice with this number of this place."""
    statement = select(AdviceStatus).where(AdviceStatus.place_code == place_code, AdviceStatus.number == number)
    return session.scalars(statement.options(selectinload(AdviceStatus.themes))).one_or_none()


def advice_by_digest(session: Session, digest: str) -> AdviceStatus | None:
    """The advice whose newest version has this digest."""
    return session.scalars(select(AdviceStatus).where(AdviceStatus.digest == digest)).one_or_none()


def statuses(session: Session, digests: Iterable[str]) -> dict[str, AdviceStatus]:
    """Where the advice with these digests stand, by digest."""
    wanted = set(digests)
    if not wanted:
        return {}
    return {s.digest: s for s in session.scalars(select(AdviceStatus).where(AdviceStatus.digest.in_(wanted)))}


def themes_of(session: Session, advice_id: int) -> Sequence[AdviceTheme]:
    """The themes of one advice, in their order."""
    statement = select(AdviceTheme).where(AdviceTheme.advice_id == advice_id)
    return session.scalars(statement.order_by(AdviceTheme.position)).all()


def document(session: Session, digest: str, kind: Kind | None = None) -> Document | None:
    """The document with this digest (of this kind, if one is given)."""
    found = session.get(Document, digest)
    return found if found is None or kind is None or found.kind is kind else None


def documents_about(session: Session, digest: str, *kinds: Kind) -> Sequence[Document]:
    """Summaries, the answer and the rating of an advice (or only these kinds), in the order they came in."""
    statement = select(Document).where(Document.about == digest, Document.kind.in_(kinds or tuple(Kind)))
    return session.scalars(statement.order_by(Document.received_at, Document.digest)).all()


def documents_of(session: Session, place_code: str, number: str) -> Sequence[Document]:
    """All that was published under one number: every version, summaries, the answer, what followed; as it came in."""
    statement = select(Document).where(Document.place_code == place_code, Document.number == number)
    return session.scalars(statement.order_by(Document.received_at, Document.digest)).all()


def withdrawal_of(session: Session, advice_id: int) -> Withdrawal | None:
    """Why an advice was taken back; None when it was not."""
    return session.get(Withdrawal, advice_id)


def withdrawal(session: Session, digest: str) -> Withdrawal | None:
    """The withdrawal with this digest."""
    return session.scalars(select(Withdrawal).where(Withdrawal.digest == digest)).one_or_none()


def existing(session: Session, digests: Iterable[str], kind: Kind) -> set[str]:
    """Those of the digests that name a document of this kind here."""
    statement = select(Document.digest).where(Document.digest.in_(set(digests)), Document.kind == kind)
    return set(session.scalars(statement))


def stored(session: Session, digests: Iterable[str]) -> dict[str, bytes]:
    """The bytes of these documents, by digest."""
    statement = select(Document.digest, Document.stored).where(Document.digest.in_(set(digests)))
    return {row.digest: row.stored for row in session.execute(statement)}


def count(session: Session) -> int:
    """How many advice there are."""
    return session.scalar(select(func.count()).select_from(AdviceStatus)) or 0
