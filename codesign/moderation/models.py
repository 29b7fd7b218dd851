"""What members reported, and what moderators decided about words, with reasons and one appeal."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, VoicesBase, enum_column
from codesign.discussion.models import Contribution
from codesign.proposals.models import Proposal
from codesign.tellings.models import Telling

_ONE_THING = (
    "(CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN telling_id IS NULL THEN 0 ELSE 1 END) = 1"
)


class Outcome(StrEnum):
    """What a moderator decided."""

    PUBLISH = "publish"
    HIDE = "hide"
    MERGE = "merge"


class AppealOutcome(StrEnum):
    """What another moderator decided about an appeal."""

    STANDS = "stands"
    TURNED = "turned"


class Report(VoicesBase):
    """That a member asks a moderator to look at words of another; moderators do not see who asked."""

    __tablename__ = "report"
    __table_args__ = (
        sa.CheckConstraint(_ONE_THING, name="one_thing"),
        sa.UniqueConstraint("by", "proposal_id", name="uq_report_by_proposal"),
        sa.UniqueConstraint("by", "contribution_id", name="uq_report_by_contribution"),
        sa.UniqueConstraint("by", "telling_id", name="uq_report_by_telling"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    contribution_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contribution.id"), index=True)
    telling_id: Mapped[int | None] = mapped_column(sa.ForeignKey("telling.id"), index=True)
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(16))
    made_on: Mapped[date]
    closed_on: Mapped[date | None]


class Decision(VoicesBase):
    """One decision of a moderator about words, its reason, and the author's answer (once; another one decides)."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.CheckConstraint(_ONE_THING, name="one_thing"),
        sa.CheckConstraint("outcome <> 'hide' OR why <> ''", name="says_why"),
        sa.CheckConstraint("appeal_by IS NULL OR appeal_by <> by", name="another_moderator"),
        sa.CheckConstraint(
            "appeal_outcome IS NULL OR (appeal_by IS NOT NULL AND appeal_why <> '')", name="appeal_whole"
        ),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    contribution_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contribution.id"), index=True)
    telling_id: Mapped[int | None] = mapped_column(sa.ForeignKey("telling.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    outcome: Mapped[Outcome] = enum_column(Outcome)
    why: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(16))
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_on: Mapped[date]
    appeal: Mapped[str] = mapped_column(sa.String(1000), default="")
    appeal_language: Mapped[str] = mapped_column(sa.String(16), default="")
    appealed_on: Mapped[date | None]
    appeal_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    appeal_outcome: Mapped[AppealOutcome | None] = enum_column(AppealOutcome, nullable=True)
    appeal_why: Mapped[str] = mapped_column(sa.String(500), default="")
    appeal_why_language: Mapped[str] = mapped_column(sa.String(16), default="")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise")
    contribution: Mapped[Contribution | None] = relationship(lazy="raise")
    telling: Mapped[Telling | None] = relationship(lazy="raise")
