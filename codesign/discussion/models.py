"""Replies under ideas, one level deep, and who supports one."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase, enum_column
from codesign.discussion.domain import Kind
from codesign.proposals.models import Proposal
from codesign.rules.roles import Role
from codesign.rules.words import WordState


class Contribution(VoicesBase):
    """One reply. `parent_id` names the reply it answers, which answers none itself; both stand under one idea.

    `author_role` is what the author was when writing, so that a professional's badge stays true. Only the day is kept.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        sa.UniqueConstraint("author_id", "form_key"),
        sa.UniqueConstraint("id", "proposal_id"),
        sa.ForeignKeyConstraint(["parent_id", "proposal_id"], ["contribution.id", "contribution.proposal_id"]),
        sa.CheckConstraint("state IN ('held', 'published', 'hidden', 'taken_back', 'erased')", name="state"),
        sa.CheckConstraint("kind IN ('for', 'against', 'question', 'experience')", name="kind"),
        sa.CheckConstraint("state = 'erased' OR body <> ''", name="words"),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_under_itself"),
        sa.CheckConstraint("support_count >= 0", name="counts"),
        sa.Index("ix_contribution_thread", "proposal_id", "parent_id", "state"),
    )

    id: Mapped[Pk]
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    author_role: Mapped[Role] = enum_column(Role)
    kind: Mapped[Kind] = enum_column(Kind)
    state: Mapped[WordState] = enum_column(WordState)
    language: Mapped[str] = mapped_column(sa.String(16))
    body: Mapped[str] = mapped_column(sa.Text)
    held_for: Mapped[list[str]]
    support_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str] = mapped_column(sa.String(36))
    created_on: Mapped[date]
    changed_on: Mapped[date | None]
    author: Mapped[Person] = relationship(lazy="raise")
    proposal: Mapped[Proposal] = relationship(lazy="raise", foreign_keys=[proposal_id])


class ReplySupport(VoicesBase):
    """That somebody supports a reply; gone at the end of the round, the count stays."""

    __tablename__ = "reply_support"

    contribution_id: Mapped[int] = mapped_column(sa.ForeignKey("contribution.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
