"""Tables of answers: the draft in its pieces with every saved version, promises, and what came of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, RecordBase, enum_column
from codesign.documents.models import AdviceStatus
from codesign.responses.domain import Asked, Decision, OfferSaid, Progress


class AnswerState(StrEnum):
    """Written, or delivered and fixed."""

    DRAFT = "draft"
    DELIVERED = "delivered"


class Answer(RecordBase):
    """The answer to one advice. `advice_digest`: the version of the advice it answers; `digest`: the frozen answer."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.CheckConstraint("state IN ('draft', 'delivered')", name="state"),
        sa.CheckConstraint("(state = 'delivered') = (digest IS NOT NULL)", name="delivered_is_frozen"),
        sa.CheckConstraint("(delivered_on IS NULL) = (digest IS NULL)", name="delivered_on_a_day"),
        # R16: without what was heard nothing is delivered.
        sa.CheckConstraint("state = 'draft' OR what_we_heard <> ''", name="delivered_starts_from_listening"),
        sa.CheckConstraint("state = 'draft' OR first_report_on IS NOT NULL", name="delivered_with_report_day"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice_status.id"), unique=True)
    advice_digest: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[AnswerState] = enum_column(AnswerState, default=AnswerState.DRAFT)
    language: Mapped[str] = mapped_column(sa.String(16))
    what_we_heard: Mapped[str] = mapped_column(sa.Text, default="")
    ask_back: Mapped[str] = mapped_column(sa.Text, default="")
    council: Mapped[str] = mapped_column(sa.Text, default="")
    first_report_on: Mapped[date | None]
    started_by: Mapped[int] = mapped_column(sa.ForeignKey("official.id"))
    started_at: Mapped[datetime]
    delivered_on: Mapped[date | None]
    digest: Mapped[str | None] = mapped_column(sa.String(64), unique=True)

    advice: Mapped[AdviceStatus] = relationship(lazy="raise")
    parts: Mapped[list[AnswerPart]] = relationship(lazy="raise", order_by="AnswerPart.recommendation")
    summaries: Mapped[list[AnswerSummary]] = relationship(lazy="raise", order_by="AnswerSummary.id")


class AnswerPart(RecordBase):
    """The answer to one recommendation."""

    __tablename__ = "answer_part"
    __table_args__ = (
        sa.UniqueConstraint("answer_id", "recommendation"),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name="recommendation"),
        sa.CheckConstraint("decision IN ('adopted', 'partly', 'later', 'not_ours', 'not')", name="decision"),
    )

    id: Mapped[Pk]
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"), index=True)
    recommendation: Mapped[int]
    decision: Mapped[Decision | None] = enum_column(Decision, nullable=True)
    reasons: Mapped[str] = mapped_column(sa.Text, default="")
    forwarded_to: Mapped[str] = mapped_column(sa.String(500), default="")

    answer: Mapped[Answer] = relationship(lazy="raise", viewonly=True)
    promises: Mapped[list[Promise]] = relationship(
        lazy="raise", order_by="Promise.position", cascade="all, delete-orphan"
    )
    offers: Mapped[list[OfferReply]] = relationship(
        lazy="raise", order_by="OfferReply.offer_id", cascade="all, delete-orphan"
    )


class Promise(RecordBase):
    """One owner (a post) and what they do by a day; empty fields only while the answer is a draft."""

    __tablename__ = "promise"
    __table_args__ = (sa.UniqueConstraint("part_id", "position"), sa.Index("ix_promise_by", "by", "id"))

    id: Mapped[Pk]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("answer_part.id"))
    position: Mapped[int]
    owner: Mapped[str] = mapped_column(sa.String(500))
    action: Mapped[str] = mapped_column(sa.Text)
    money: Mapped[str] = mapped_column(sa.String(500))
    by: Mapped[date | None]
    first_step: Mapped[str] = mapped_column(sa.String(500))

    part: Mapped[AnswerPart] = relationship(lazy="raise", viewonly=True)


class OfferReply(RecordBase):
    """What the municipality says to an organisation that offered to take over a task; a no needs its reasons."""

    __tablename__ = "offer_reply"
    __table_args__ = (
        sa.UniqueConstraint("part_id", "offer_id"),
        sa.CheckConstraint("reply IN ('yes', 'talk', 'no')", name="reply"),
    )

    id: Mapped[Pk]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("answer_part.id"))
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("task_offer.id"))
    reply: Mapped[OfferSaid | None] = enum_column(OfferSaid, nullable=True)
    reasons: Mapped[str] = mapped_column(sa.Text, default="")


class AnswerSummary(RecordBase):
    """The plain summary in one language; that of the answer's own language is the original."""

    __tablename__ = "answer_summary"
    __table_args__ = (sa.UniqueConstraint("answer_id", "language"),)

    id: Mapped[Pk]
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"))
    language: Mapped[str] = mapped_column(sa.String(16))
    text: Mapped[str] = mapped_column(sa.Text)


class AnswerVersion(RecordBase):
    """One saved version of one piece (`heard`, `part-2`, `closing`, `summary-ar`), so that nobody writes over unseen.

    `number` counts from 1 within the piece; two people who save the same number at once cannot both be right.
    """

    __tablename__ = "answer_version"
    __table_args__ = (
        sa.UniqueConstraint("answer_id", "piece", "number"),
        sa.CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[Pk]
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"))
    piece: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    saved_by: Mapped[int] = mapped_column(sa.ForeignKey("official.id"))
    saved_at: Mapped[datetime]


class ProgressReport(RecordBase):
    """How one promise stands on a day, as its owner says. Rows are only added; the newest is how it stands.

    There is no state that says that something works: only newcomers say that (R30).
    """

    __tablename__ = "progress_report"
    __table_args__ = (
        sa.CheckConstraint("state IN ('done', 'under_way', 'stopped')", name="state"),
        sa.CheckConstraint("state <> 'stopped' OR text <> ''", name="stopped_for_a_reason"),
    )

    id: Mapped[Pk]
    promise_id: Mapped[int] = mapped_column(sa.ForeignKey("promise.id"), index=True)
    state: Mapped[Progress] = enum_column(Progress)
    text: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(16))
    reported_on: Mapped[date]
    reported_by: Mapped[int] = mapped_column(sa.ForeignKey("official.id"))
    reported_at: Mapped[datetime]


class Reminder(RecordBase):
    """A mail that was sent to the owner of a promise, or to all about the first report of an answer; each kind once.

    `kind`: soon, due (about a promise), report (about an answer), look_back (about a learning card).
    """

    __tablename__ = "reminder"
    __table_args__ = (sa.CheckConstraint("kind IN ('soon', 'due', 'report', 'look_back')", name="kind"),)

    kind: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    what_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    sent_at: Mapped[datetime]


class LearningCard(RecordBase):
    """What is tried for one recommendation, on which assumption, and when one looks back (R22)."""

    __tablename__ = "learning_card"
    __table_args__ = (
        sa.UniqueConstraint("answer_id", "recommendation"),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name="recommendation"),
    )

    id: Mapped[Pk]
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"))
    recommendation: Mapped[int]
    assumption: Mapped[str] = mapped_column(sa.Text)
    assumption_language: Mapped[str] = mapped_column(sa.String(16))
    trial: Mapped[str] = mapped_column(sa.Text)
    trial_language: Mapped[str] = mapped_column(sa.String(16))
    look_back_on: Mapped[date]
    changed: Mapped[str] = mapped_column(sa.Text, default="")


class TermExtension(RecordBase):
    """More time for an answer, asked for with a reason; the panel agrees or does not. The clock goes on meanwhile."""

    __tablename__ = "term_extension"
    __table_args__ = (
        sa.CheckConstraint("state IN ('asked', 'agreed', 'refused')", name="state"),
        sa.CheckConstraint("until > before", name="later"),
        sa.CheckConstraint("reason <> ''", name="for_a_reason"),
        sa.CheckConstraint("(state = 'asked') = (decided_on IS NULL)", name="decided_on_a_day"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice_status.id"), index=True)
    before: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(16))
    asked_on: Mapped[date]
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("official.id"))
    state: Mapped[Asked] = enum_column(Asked, default=Asked.ASKED)
    decided_on: Mapped[date | None]
