"""Reading what stands behind an advice: its sentences, its recommendations, what we heard and other views."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from codesign.advice.models import Advice, AdviceText, EvidenceLink, SentAdvice
from codesign.advice.values import Words
from codesign.evidence.models import COLUMNS, Backing, HeardSentence
from codesign.evidence.values import Thing
from codesign.rules.states import AdviceState
from codesign.voting.models import BallotOption


@dataclass(frozen=True)
class Backed:
    """One thing behind a recommendation, or behind a sentence as it read then; with neither, behind the section."""

    thing: Thing
    recommendation_id: int | None = None
    sentence: str | None = None


def backed(session: Session, advice_id: int) -> list[Backed]:
    """Everything behind an advice, sentences in their order. One statement."""
    linked = select(
        EvidenceLink.id.label("id"), EvidenceLink.recommendation_id.label("target"),
        sa.null().cast(sa.Text).label("sentence"), sa.literal(0).label("place"),
        *(getattr(EvidenceLink, column, sa.null().cast(sa.BigInteger)).label(column) for column in COLUMNS.values()),
    ).where(EvidenceLink.advice_id == advice_id)  # fmt: skip
    more = (
        select(
            Backing.id, Backing.recommendation_id, HeardSentence.text, sa.func.coalesce(HeardSentence.place, 0) + 1,
            *(getattr(Backing, column) for column in COLUMNS.values()),
        )
        .outerjoin(HeardSentence, HeardSentence.id == Backing.sentence_id)
        .where(Backing.advice_id == advice_id)
    )  # fmt: skip
    both = union_all(linked, more).subquery()
    found = []
    for row in session.execute(select(both).order_by(both.c.place, both.c.id)).mappings():
        kind, number = next((kind, row[column]) for kind, column in COLUMNS.items() if row[column] is not None)
        found.append(Backed((kind, number), row["target"], row["sentence"]))
    return found


@dataclass(frozen=True)
class Resting:
    """A sentence as it read when something was put behind it, the text it stands in now, and the advice."""

    sentence: str
    text: str
    advice_id: int
    language: str
    year: int | None
    serial: int | None


def resting_on(session: Session, idea_ids: Collection[int]) -> list[Resting]:
    """The sentences with these ideas behind them, or an option made of one, in advice the panel has seen."""
    statement = (
        select(HeardSentence.text, AdviceText.text.label("now"), Advice.id, Advice.language, Advice.year, Advice.serial)
        .join(Backing, Backing.sentence_id == HeardSentence.id)
        .join(Advice, Advice.id == Backing.advice_id)
        .join(AdviceText, (AdviceText.advice_id == Advice.id) & (AdviceText.key == Words.HEARD))
        .outerjoin(BallotOption, BallotOption.id == Backing.ballot_option_id)
        .where(sa.or_(Backing.proposal_id.in_(idea_ids), BallotOption.proposal_id.in_(idea_ids)))
        .where(Advice.state.not_in([AdviceState.DRAFT, AdviceState.WITHDRAWN]))
        .distinct()
        .order_by(Advice.id.desc(), HeardSentence.text)
    )
    return [Resting(*row) for row in session.execute(statement).all()]


def report_is_cited(session: Session, report_id: int) -> bool:
    """Whether an advice that went to the panel, or was sent, rests on a report from the room."""
    went = Advice.state.not_in([AdviceState.DRAFT, AdviceState.WITHDRAWN])
    statement = (
        select(Backing.id)
        .join(Advice, Advice.id == Backing.advice_id)
        .outerjoin(SentAdvice, SentAdvice.advice_id == Advice.id)
        .where(Backing.report_id == report_id, sa.or_(went, SentAdvice.advice_id.is_not(None)))
    )
    return session.scalar(statement.limit(1)) is not None


def point_is_cited(session: Session, point_id: int) -> bool:
    """Whether an advice that the panel votes on, or that waits to be sent, refers to a point of the vision."""
    statement = (
        select(Backing.id)
        .join(Advice, Advice.id == Backing.advice_id)
        .where(Backing.vision_id == point_id, Advice.state.in_([AdviceState.TO_PANEL, AdviceState.ADOPTED]))
    )
    return session.scalar(statement.limit(1)) is not None
