"""Reading answers: the desk of officials, one answer with its versions, the delivered answer, and promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, selectinload

from codesign.cosigning.queries import Offer
from codesign.documents.domain import Json, parse
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.documents.queries import documents_of
from codesign.places.models import Place
from codesign.responses.domain import AnswerDraft, OfferDraft, OfferReplyDraft, PartDraft, PromiseDraft
from codesign.responses.models import Answer, AnswerPart, AnswerState, AnswerVersion, LearningCard, Promise
from codesign.responses.values import AnswerView, from_document, rating_from
from codesign.web.paging import Page, paged


@dataclass(frozen=True)
class Task:
    """One advice to a place, and the answer to it as far as there is one."""

    advice: AdviceStatus
    answer: Answer | None


def tasks(session: Session, place_code: str, page: int = 1) -> Page[Row[AdviceStatus, Answer | None]]:
    """Advice to a place with its answer: what waits first, by the day it is due; then what was answered, newest first.

    What its panel took back asks nothing of anybody and is left out. One statement.
    """
    waits = AdviceStatus.answered_at.is_not(None)
    statement = (
        select(AdviceStatus, Answer)
        .outerjoin(Answer, Answer.advice_id == AdviceStatus.id)
        .where(AdviceStatus.place_code == place_code, AdviceStatus.withdrawn_on.is_(None))
        .order_by(waits, AdviceStatus.answered_at.desc(), AdviceStatus.due_on, AdviceStatus.id)
    )
    found: Page[Row[AdviceStatus, Answer | None]] = paged(session, statement, page)
    return found


def task(session: Session, place_code: str, number: str) -> Task | None:
    """One advice to this place with the whole of its answer; None when there is no such advice to it."""
    row = session.execute(
        select(AdviceStatus, Answer)
        .outerjoin(Answer, Answer.advice_id == AdviceStatus.id)
        .options(
            selectinload(Answer.parts).options(selectinload(AnswerPart.promises), selectinload(AnswerPart.offers)),
            selectinload(Answer.summaries),
        )
        .where(AdviceStatus.place_code == place_code, AdviceStatus.number == number)
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else Task(row[0], row[1])


def advice_document(session: Session, digest: str) -> Json:
    """The advice document with this digest, as it was sent; raises LookupError when it is not here."""
    stored = session.scalar(select(Document.stored).where(Document.digest == digest, Document.kind == Kind.ADVICE))
    if stored is None:
        raise LookupError("no advice document with this digest")
    return parse("advice", stored)


def draft_of(answer: Answer, advice: AdviceStatus, offers: Mapping[int, Iterable[Offer]]) -> AnswerDraft:
    """The rows of an answer (as `task` loads them) and the offers that stand (`cosigning.queries`) as plain values."""
    parts = tuple(part_of(part) for part in answer.parts)
    said = {reply.offer: reply for part in parts for reply in part.replies}
    return AnswerDraft(
        language=answer.language,
        what_we_heard=answer.what_we_heard,
        ask_back=answer.ask_back,
        council=answer.council,
        first_report_on=answer.first_report_on,
        parts=parts,
        summaries={s.language: s.text for s in answer.summaries},
        corrected=answer.advice_digest != advice.digest,
        offers=tuple(
            OfferDraft(
                o.recommendation, o.organisation, o.words, o.needs, o.language, said.get(o.id, OfferReplyDraft(o.id))
            )
            for found in offers.values()
            for o in found
        ),
    )


def part_of(part: AnswerPart) -> PartDraft:
    """One part with its promises and replies as plain values."""
    promises = tuple(PromiseDraft(p.owner, p.action, p.money, p.by, p.first_step) for p in part.promises)
    replies = tuple(OfferReplyDraft(o.offer_id, o.reply, o.reasons) for o in part.offers)
    return PartDraft(part.recommendation, part.decision, part.reasons, part.forwarded_to, promises, replies)


def latest(session: Session, answer_id: int, piece: str) -> AnswerVersion | None:
    """The newest saved version of one piece."""
    return session.scalar(
        select(AnswerVersion)
        .where(AnswerVersion.answer_id == answer_id, AnswerVersion.piece == piece)
        .order_by(AnswerVersion.number.desc())
        .limit(1)
    )


def versions(session: Session, answer_id: int, piece: str) -> Sequence[AnswerVersion]:
    """Every saved version of one piece, newest first."""
    return session.scalars(
        select(AnswerVersion)
        .where(AnswerVersion.answer_id == answer_id, AnswerVersion.piece == piece)
        .order_by(AnswerVersion.number.desc())
    ).all()


def card_of(session: Session, answer_id: int, recommendation: int) -> LearningCard | None:
    """The learning card of one recommendation."""
    return session.scalar(
        select(LearningCard).where(LearningCard.answer_id == answer_id, LearningCard.recommendation == recommendation)
    )


def last_saved(session: Session, answer_id: int) -> dict[str, AnswerVersion]:
    """The newest saved version of every piece, by piece."""
    newest = (
        select(AnswerVersion.piece, func.max(AnswerVersion.number).label("number"))
        .where(AnswerVersion.answer_id == answer_id)
        .group_by(AnswerVersion.piece)
        .subquery()
    )
    rows = session.scalars(
        select(AnswerVersion)
        .join(newest, (AnswerVersion.piece == newest.c.piece) & (AnswerVersion.number == newest.c.number))
        .where(AnswerVersion.answer_id == answer_id)
    )
    return {row.piece: row for row in rows}


def answer_of(session: Session, advice_digest: str, published: Iterable[Document] | None = None) -> AnswerView | None:
    """The delivered answer to an advice (any version of it) with the panel's rating; None until it was delivered.

    Read from the frozen documents, so that what is shown is what was delivered. `published`: the documents of
    the advice (`documents.queries.documents_of`), where the caller has them already.
    """
    if published is None:
        advice = session.get(Document, advice_digest)
        if advice is None or advice.kind is not Kind.ADVICE:
            return None
        published = documents_of(session, advice.place_code, advice.number or "")
    rows = [row for row in published if row.kind in {Kind.ANSWER, Kind.RATING}]
    answers = [row for row in rows if row.kind is Kind.ANSWER]
    if not answers:
        return None
    answer = answers[0]
    rating = next((parse("rating", row.stored) for row in rows if row.kind is Kind.RATING), None)
    view = None
    if rating is not None and rating["answer"] == answer.digest:
        release = session.get(Document, rating["release"])
        view = rating_from(rating, parse("release", release.stored) if release else None)
    return from_document(parse("answer", answer.stored), answer.digest, view)


def rating_document(session: Session, place_code: str, number: str) -> Document | None:
    """The rating of the answer to one advice."""
    return session.scalar(
        select(Document).where(
            Document.place_code == place_code, Document.number == number, Document.kind == Kind.RATING
        )
    )


def promises(session: Session, page: int = 1) -> Page[Row[Promise, AnswerPart, str, AdviceStatus, str]]:
    """Promises of delivered answers by the day they are due, each with its part, the language of its words, the advice
    and the name of the place; one statement."""
    statement = (
        select(Promise, AnswerPart, Answer.language, AdviceStatus, Place.name)
        .join(AnswerPart, Promise.part_id == AnswerPart.id)
        .join(Answer, AnswerPart.answer_id == Answer.id)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .join(Place, AdviceStatus.place_code == Place.code)
        .where(Answer.state == AnswerState.DELIVERED)
        .order_by(Promise.by, Promise.id)
    )
    found: Page[Row[Promise, AnswerPart, str, AdviceStatus, str]] = paged(session, statement, page)
    return found
