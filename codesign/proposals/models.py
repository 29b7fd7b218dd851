"""Ideas and everything that hangs on one: versions, themes, indicators, support, and edits a moderator proposed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase, enum_column
from codesign.db_search import create_search
from codesign.rules.words import WordState


class Proposal(VoicesBase):
    """One idea. Its words belong to the author; counts are kept in the row, in the transaction that changes them.

    `themes` repeats `proposal_domain` in order, so that a list of ideas is one statement. `version` rises with each
    change of words. Only days are kept. An erased idea keeps its row without words: replies of others hang on it.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        sa.UniqueConstraint("author_id", "form_key"),
        sa.CheckConstraint(
            "state IN ('draft', 'held', 'published', 'hidden', 'taken_back', 'merged', 'erased')", name="state"
        ),
        sa.CheckConstraint("state IN ('draft', 'erased') OR themes <> ''", name="has_a_theme"),
        sa.CheckConstraint("state IN ('draft', 'erased') OR title <> ''", name="has_words"),
        sa.CheckConstraint("state <> 'merged' OR merged_into_id IS NOT NULL", name="merged_into_another"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_into_itself"),
        sa.CheckConstraint("support_count >= 0 AND reply_count >= 0", name="counts"),
        sa.Index("ix_proposal_round_state", "round_id", "state"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[WordState] = enum_column(WordState)
    language: Mapped[str] = mapped_column(sa.String(16))
    title: Mapped[str] = mapped_column(sa.String(120), default="")
    body: Mapped[str] = mapped_column(sa.Text, default="")
    themes: Mapped[str] = mapped_column(sa.String(11), default="")
    picture: Mapped[list[str]]
    framework: Mapped[str] = mapped_column(sa.String(20))
    gathering_id: Mapped[int | None] = mapped_column(sa.ForeignKey("gathering.id"))
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    support_count: Mapped[int] = mapped_column(default=0)
    reply_count: Mapped[int] = mapped_column(default=0)
    held_for: Mapped[list[str]]
    form_key: Mapped[str] = mapped_column(sa.String(36))
    created_on: Mapped[date]
    changed_on: Mapped[date | None]
    author: Mapped[Person] = relationship(lazy="raise")

    @property
    def codes(self) -> tuple[str, ...]:
        """The domain codes, in the order the author chose."""
        return tuple(self.themes.split(",")) if self.themes else ()


@event.listens_for(Proposal.__table__, "after_create")
def _make_index(_table: object, connection: Connection, **_kw: object) -> None:
    """The search index is made with the table, also where no migration runs."""
    create_search(connection)


class ProposalVersion(VoicesBase):
    """The words of an idea as they were; the newest version repeats what stands in `proposal`."""

    __tablename__ = "proposal_version"

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(sa.String(120))
    body: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(16))
    themes: Mapped[str] = mapped_column(sa.String(11))
    made_on: Mapped[date]
    # A moderator proposed it and the author accepted.
    by_moderator: Mapped[bool] = mapped_column(default=False)
    # False while it is held: what somebody took out before anybody read it is never shown as an old version (R15).
    shown: Mapped[bool]


class ProposalDomain(VoicesBase):
    """That an idea is about a domain of the framework (R01)."""

    __tablename__ = "proposal_domain"

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(3), primary_key=True, index=True)


class ProposalIndicator(VoicesBase):
    """That an idea is about an indicator of one of its domains."""

    __tablename__ = "proposal_indicator"

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)


class Support(VoicesBase):
    """That somebody supports an idea: not secret, but no name is ever shown; gone at the end of the round."""

    __tablename__ = "support"

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)


class EditState(StrEnum):
    """What became of an edit a moderator proposed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"


class ProposedEdit(VoicesBase):
    """Other words a moderator proposes; only the author can take them over. One may be open for an idea."""

    __tablename__ = "proposed_edit"
    __table_args__ = (
        sa.Index(
            "uq_proposed_edit_one_open", "proposal_id", unique=True, sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined', 'overtaken')", name="state"),
    )  # fmt: skip

    id: Mapped[Pk]
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    body: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.String(500))
    why_language: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[EditState] = enum_column(EditState, default=EditState.OPEN)
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_on: Mapped[date]
    answered_on: Mapped[date | None]
