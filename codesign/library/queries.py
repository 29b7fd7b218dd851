"""Reading the library: measures as people look for them, others who tried the same, and what an export holds.

Nothing here is ordered by success, and nothing is counted by place or provider (R23): lists go by day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, String, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from codesign.documents.models import AdviceStatus, Document, Kind, Withdrawal
from codesign.library.domain import Stand
from codesign.library.models import (
    ActorKind,
    LibraryActor,
    LibraryAdvice,
    LibraryDocument,
    LibraryMeasure,
    LibraryOrigin,
)
from codesign.officials.models import Official
from codesign.responses.models import Answer, AnswerPart, AnswerVersion, LearningCard, ProgressReport, Promise
from codesign.rules.text import fold_for_search
from codesign.web.paging import Page, paged

# A theme and an indicator: what a measure is about.
About = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty fields ask for nothing. `card`: only what has a learning card."""

    words: str = ""
    themes: tuple[str, ...] = ()
    indicator: str = ""
    costs: tuple[int, ...] = ()
    actors: tuple[ActorKind, ...] = ()
    stands: tuple[Stand, ...] = ()
    card: bool = False
    page: int = 1


def measures(session: Session, wanted: Wanted) -> Page[LibraryMeasure]:
    """Measures with their advice, origin and actors, the newest advice first: two statements."""
    found: Page[LibraryMeasure] = paged(session, _matching(wanted), wanted.page)
    return found


def _measures() -> Select[LibraryMeasure]:
    return (
        select(LibraryMeasure)
        .join(LibraryMeasure.advice)
        .options(
            contains_eager(LibraryMeasure.advice).joinedload(LibraryAdvice.origin),
            selectinload(LibraryMeasure.actors),
        )
    )


def _matching(wanted: Wanted) -> Select[LibraryMeasure]:
    statement = _measures()
    for word in fold_for_search(wanted.words).split()[:8]:
        statement = statement.where(
            or_(
                LibraryAdvice.found_by.contains(word, autoescape=True),
                LibraryMeasure.found_by.contains(word, autoescape=True),
            )
        )
    if wanted.themes:
        statement = statement.where(LibraryMeasure.domain.in_(wanted.themes))
    if wanted.indicator:
        statement = statement.where(
            or_(LibraryMeasure.indicator == wanted.indicator, LibraryMeasure.experience == wanted.indicator)
        )
    if wanted.costs:
        statement = statement.where(LibraryMeasure.cost_class.in_(wanted.costs))
    if wanted.actors:
        has = select(LibraryActor.measure_id).where(LibraryActor.kind.in_(wanted.actors))
        statement = statement.where(LibraryMeasure.id.in_(has))
    if wanted.stands:
        statement = statement.where(LibraryMeasure.stand.in_(wanted.stands))
    if wanted.card:
        statement = statement.where(LibraryMeasure.card.is_not(None))
    return _newest_first(statement)


def _newest_first(statement: Select[LibraryMeasure]) -> Select[LibraryMeasure]:
    return statement.order_by(LibraryAdvice.sent_on.desc(), LibraryAdvice.id.desc(), LibraryMeasure.recommendation)


def others(
    session: Session, about: Iterable[About], place_code: str, most: int = 3
) -> dict[About, list[LibraryMeasure]]:  # fmt: skip
    """For each theme and indicator the newest measures of other places, at most so many: two statements.

    What a panel took back is left out.
    """
    pairs = sorted(set(about))
    if not pairs:
        return {}
    parts = [
        select(
            select(LibraryMeasure.id)
            .join(LibraryMeasure.advice)
            .where(
                LibraryMeasure.domain == domain,
                LibraryMeasure.indicator == indicator,
                LibraryMeasure.stand != Stand.WITHDRAWN,
                or_(LibraryAdvice.origin_id.is_not(None), LibraryAdvice.place_code != place_code),
            )
            .order_by(LibraryAdvice.sent_on.desc(), LibraryAdvice.id.desc())
            .limit(most)
            .subquery()
        )
        for domain, indicator in pairs
    ]
    found: dict[About, list[LibraryMeasure]] = {}
    for row in session.scalars(_newest_first(_measures().where(LibraryMeasure.id.in_(union_all(*parts))))):
        found.setdefault((row.domain, row.indicator), []).append(row)
    return found


def changed(session: Session, most: int) -> Sequence[Row[int, str]]:
    """Our own advice that the library has not read off as it is now: its id, and the marker of what it is now."""
    written = (
        select(func.max(AnswerVersion.id))
        .join(Answer, AnswerVersion.answer_id == Answer.id)
        .where(Answer.advice_id == AdviceStatus.id, AnswerVersion.piece.startswith("card-"))
        .scalar_subquery()
    )
    sep = literal(":")
    back = case((AdviceStatus.withdrawn_on.is_(None), ""), else_="back")
    words = cast(func.length(AdviceStatus.found_by), String)
    marker = AdviceStatus.digest + sep + words + sep + func.coalesce(cast(written, String), "") + sep + back
    return session.execute(
        select(AdviceStatus.id, marker)
        .outerjoin(LibraryAdvice, LibraryAdvice.advice_id == AdviceStatus.id)
        .where(or_(LibraryAdvice.id.is_(None), LibraryAdvice.marker != marker))
        .order_by(AdviceStatus.id)
        .limit(most)
    ).all()


def entry_of(session: Session, *, advice_id: int | None, origin_id: int | None, place: str, number: str) -> int | None:
    """The id of the entry of one of our own advice, or of one of an origin."""
    statement = select(LibraryAdvice.id)
    if advice_id is not None:
        return session.scalar(statement.where(LibraryAdvice.advice_id == advice_id))
    return session.scalar(
        statement.where(
            LibraryAdvice.origin_id == origin_id, LibraryAdvice.place_code == place, LibraryAdvice.number == number
        )
    )


def measure_ids(session: Session, entry_id: int) -> Sequence[int]:
    """The ids of the measures of one entry."""
    return session.scalars(select(LibraryMeasure.id).where(LibraryMeasure.entry_id == entry_id)).all()


# What is exported.


def published(session: Session) -> Sequence[Document]:
    """All our own documents that travel, without the releases."""
    return session.scalars(select(Document).where(Document.kind != Kind.RELEASE)).all()


def releases(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """The bytes of these releases of ours, by digest."""
    rows = session.execute(
        select(Document.digest, Document.stored).where(Document.kind == Kind.RELEASE, Document.digest.in_(digests))
    )
    return {row.digest: row.stored for row in rows}


def withdrawals(session: Session) -> Sequence[Row[Withdrawal, str, str]]:
    """Every withdrawal of ours with place and number."""
    return session.execute(
        select(Withdrawal, AdviceStatus.place_code, AdviceStatus.number).join(
            AdviceStatus, Withdrawal.advice_id == AdviceStatus.id
        )
    ).all()


def answers(session: Session) -> Sequence[Row[Answer, AdviceStatus]]:
    """Every delivered answer of ours with its advice."""
    return session.execute(
        select(Answer, AdviceStatus)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .where(Answer.digest.is_not(None))
    ).all()


def all_cards(session: Session) -> dict[int, list[LearningCard]]:
    """Every learning card of ours, by answer."""
    found: dict[int, list[LearningCard]] = {}
    for row in session.scalars(select(LearningCard).order_by(LearningCard.answer_id, LearningCard.recommendation)):
        found.setdefault(row.answer_id, []).append(row)
    return found


def all_reports(session: Session) -> dict[int, list[Row[ProgressReport, int, int, str, int]]]:
    """Every report on a promise of ours, newest first, by answer: report, recommendation, position, post, answer."""
    rows = session.execute(
        select(ProgressReport, AnswerPart.recommendation, Promise.position, Official.post, AnswerPart.answer_id)
        .join(Promise, ProgressReport.promise_id == Promise.id)
        .join(AnswerPart, Promise.part_id == AnswerPart.id)
        .join(Official, ProgressReport.reported_by == Official.id)
        .order_by(ProgressReport.id.desc())
    ).all()
    found: dict[int, list[Row[ProgressReport, int, int, str, int]]] = {}
    for row in rows:
        found.setdefault(row.answer_id, []).append(row)
    return found


def cards_written(session: Session) -> dict[int, object]:
    """By answer, when its learning cards were last written on."""
    rows = session.execute(
        select(AnswerVersion.answer_id, func.max(AnswerVersion.saved_at).label("at"))
        .where(AnswerVersion.piece.startswith("card-"))
        .group_by(AnswerVersion.answer_id)
    )
    return {row.answer_id: row.at for row in rows}


# What was imported.


def origin_id(session: Session, address: str) -> int | None:
    """The id of the origin with this address."""
    return session.scalar(select(LibraryOrigin.id).where(LibraryOrigin.address == address))


def origins(session: Session) -> Sequence[LibraryOrigin]:
    """All origins, by name."""
    return session.scalars(select(LibraryOrigin).order_by(LibraryOrigin.name, LibraryOrigin.id)).all()


def theirs(session: Session, origin_id: int, place_code: str, number: str) -> LibraryAdvice | None:
    """The entry of one imported advice, with its origin."""
    return session.scalar(
        select(LibraryAdvice)
        .where(
            LibraryAdvice.origin_id == origin_id, LibraryAdvice.place_code == place_code, LibraryAdvice.number == number
        )
        .options(joinedload(LibraryAdvice.origin))
    )


def documents_of(session: Session, origin_id: int, place_code: str, number: str) -> Sequence[LibraryDocument]:
    """All documents of one imported advice, but for the releases they name."""
    return session.scalars(
        select(LibraryDocument).where(
            LibraryDocument.origin_id == origin_id, LibraryDocument.place_code == place_code,
            LibraryDocument.number == number,
        )
    ).all()  # fmt: skip


def imported(session: Session, digest: str) -> LibraryDocument | None:
    """The imported document with this digest, of whichever origin it came from first; the bytes are the same."""
    statement = select(LibraryDocument).where(LibraryDocument.digest == digest)
    return session.scalars(statement.order_by(LibraryDocument.origin_id).limit(1)).first()


def imported_of(session: Session, origin_id: int) -> Sequence[LibraryDocument]:
    """Every document that came from this origin before."""
    return session.scalars(select(LibraryDocument).where(LibraryDocument.origin_id == origin_id)).all()


def imported_releases(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """The bytes of these imported releases, by digest."""
    rows = session.execute(
        select(LibraryDocument.digest, LibraryDocument.stored).where(
            LibraryDocument.kind == Kind.RELEASE.value, LibraryDocument.digest.in_(digests)
        )
    )
    return {row.digest: row.stored for row in rows}


def our_own(session: Session, digests: Collection[str]) -> set[str]:
    """Those of these digests that name a document of this installation."""
    wanted = list(digests)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        found |= set(session.scalars(select(Document.digest).where(Document.digest.in_(some))))
        found |= set(session.scalars(select(Withdrawal.digest).where(Withdrawal.digest.in_(some))))
    return found
