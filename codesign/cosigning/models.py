"""Tables of co-signatures and of offers to take over a task; what was taken back keeps its row and loses its words."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, RecordBase
from codesign.documents.models import AdviceStatus
from codesign.officials.models import OrganisationAccount

WORDS, TASK, NEEDS = 300, 500, 300


class Cosignature(RecordBase):
    """One organisation stands behind one advice. `digest`, `version`: the version of the advice it signed."""

    __tablename__ = "cosignature"
    __table_args__ = (
        sa.UniqueConstraint("advice_id", "organisation_id"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint(f"length(words) <= {WORDS}", name="few_words"),
        sa.CheckConstraint("taken_back_at IS NULL OR words = ''", name="taken_back_without_words"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice_status.id"))
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation_account.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int]
    words: Mapped[str] = mapped_column(sa.String(WORDS))
    language: Mapped[str] = mapped_column(sa.String(16))
    signed_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    organisation: Mapped[OrganisationAccount] = relationship(lazy="raise")
    advice: Mapped[AdviceStatus] = relationship(lazy="raise")


class TaskOffer(RecordBase):
    """An organisation offers to take over a task of one recommendation, or a part of it (right to challenge)."""

    __tablename__ = "task_offer"
    __table_args__ = (
        sa.UniqueConstraint("advice_id", "recommendation", "organisation_id"),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name="recommendation"),
        sa.CheckConstraint(f"length(words) <= {TASK} AND length(needs) <= {NEEDS}", name="few_words"),
        sa.CheckConstraint("(taken_back_at IS NULL) = (words <> '')", name="taken_back_without_words"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice_status.id"))
    recommendation: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation_account.id"), index=True)
    words: Mapped[str] = mapped_column(sa.String(TASK))
    needs: Mapped[str] = mapped_column(sa.String(NEEDS))
    language: Mapped[str] = mapped_column(sa.String(16))
    offered_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    organisation: Mapped[OrganisationAccount] = relationship(lazy="raise")
    advice: Mapped[AdviceStatus] = relationship(lazy="raise")
