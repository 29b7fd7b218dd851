"""Reading what stands behind the sentences and recommendations of an advice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.evidence.models import Backing, HeardSentence


def sentences(session: Session, advice_id: int) -> Sequence[HeardSentence]:
    """The sentences that were supported once, in their order."""
    return session.scalars(
        select(HeardSentence)
        .where(HeardSentence.advice_id == advice_id)
        .order_by(HeardSentence.place, HeardSentence.id)
    ).all()


def of_sentence(session: Session, sentence_id: int) -> Sequence[Backing]:
    """What stands behind one sentence."""
    return session.scalars(select(Backing).where(Backing.sentence_id == sentence_id)).all()


def of_recommendation(session: Session, recommendation_id: int) -> Sequence[Backing]:
    """What stands behind one recommendation, beside its links to votes, words and ideas."""
    return session.scalars(select(Backing).where(Backing.recommendation_id == recommendation_id)).all()


def of_cited(session: Session, cited_id: int) -> Sequence[Backing]:
    """Where something that is cited stands behind."""
    return session.scalars(select(Backing).where(Backing.cited_id == cited_id)).all()
