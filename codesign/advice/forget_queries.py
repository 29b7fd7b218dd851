"""Finding what people wrote while an advice was made, for taking it out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.advice.models import (
    Advice,
    AdviceText,
    AdviceVersion,
    Coauthor,
    MarginNote,
    Meaning,
    OtherView,
    OtherViewMember,
    Recommendation,
)
from codesign.advice.values import Words
from codesign.db import VoicesBase
from codesign.evidence.models import HeardSentence


def versions_by(session: Session, person_id: int) -> Sequence[AdviceVersion]:
    """Every version somebody saved."""
    return session.scalars(select(AdviceVersion).where(AdviceVersion.saved_by == person_id)).all()


def rows_of(session: Session, person_id: int) -> list[VoicesBase]:
    """Her invitations, notes, what she said was meant, and her part in other views."""
    return [
        *session.scalars(select(Coauthor).where(Coauthor.person_id == person_id)),
        *session.scalars(select(MarginNote).where(MarginNote.by == person_id)),
        *session.scalars(select(Meaning).where(Meaning.person_id == person_id)),
        *session.scalars(select(OtherViewMember).where(OtherViewMember.person_id == person_id)),
    ]


def left_alone(session: Session) -> Sequence[OtherView]:
    """Other views that nobody writes any more and that stand in no advice."""
    written = select(OtherViewMember.view_id)
    return session.scalars(select(OtherView).where(OtherView.id.not_in(written), OtherView.ready.is_(False))).all()


def of_round(session: Session, round_id: int) -> list[VoicesBase]:
    """Versions, notes and what was said of recommendations, of the advice of a round."""
    advice = select(Advice.id).where(Advice.round_id == round_id)
    asked = select(Recommendation.id).where(Recommendation.advice_id.in_(advice))
    return [
        *session.scalars(select(AdviceVersion).where(AdviceVersion.advice_id.in_(advice))),
        *session.scalars(select(MarginNote).where(MarginNote.advice_id.in_(advice))),
        *session.scalars(select(Meaning).where(Meaning.recommendation_id.in_(asked))),
    ]


def supported_of_round(session: Session, round_id: int) -> list[tuple[HeardSentence, str]]:
    """The sentences of a round's advice to which evidence was given, with the text as it reads now."""
    statement = (
        select(HeardSentence, AdviceText.text)
        .join(Advice, Advice.id == HeardSentence.advice_id)
        .outerjoin(AdviceText, (AdviceText.advice_id == Advice.id) & (AdviceText.key == Words.HEARD))
        .where(Advice.round_id == round_id)
        .order_by(HeardSentence.place, HeardSentence.id)
    )
    return [(row, text or "") for row, text in session.execute(statement).all()]


def views_of_round(session: Session, round_id: int) -> Sequence[OtherView]:
    """The other views of the advice of a round."""
    return session.scalars(
        select(OtherView).join(Advice, Advice.id == OtherView.advice_id).where(Advice.round_id == round_id)
    ).all()
