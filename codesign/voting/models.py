"""Ballots and their options; and the two tables that share nothing but the ballot's id: roll and slip."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, VoicesBase, enum_column
from codesign.voting.domain import Category, Kind, Method, State

# PostgreSQL: one partition a ballot, so that closing can empty it without a trace. SQLite: rows lie in the order of
# their key, and no hidden row number keeps the order in which they came.
_TRACELESS = {"postgresql_partition_by": "LIST (ballot_id)", "sqlite_with_rowid": False}


class Ballot(VoicesBase):
    """One question put to the people on its roll.

    quorum, majority: percent. subject: digest of the text that is adopted, or of the advice whose answer is rated.
    twin_of_id: the newcomers' ballot of which this is the residents' one. opening, closed: frozen bytes (see
    `domain.Opening`, `closed_list.ClosedList`). chain: place of the closed list in the round, from 1. key_name: name of
    the key file, outside the database. swept_at: since when no trace of who voted when is left.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        sa.CheckConstraint("state IN ('prepared', 'open', 'closed', 'swept', 'void')", name="state"),
        sa.CheckConstraint("kind IN ('vote', 'adoption', 'rating')", name="kind"),
        sa.CheckConstraint("category IN ('newcomers', 'residents')", name="category"),
        sa.CheckConstraint("max_choices BETWEEN 1 AND 20", name="max_choices"),
        sa.CheckConstraint("quorum BETWEEN 1 AND 100", name="quorum"),
        sa.CheckConstraint("majority BETWEEN 50 AND 100", name="majority"),
        sa.CheckConstraint(
            "state IN ('prepared', 'void') OR (opening IS NOT NULL AND opening_digest IS NOT NULL"
            " AND key_name IS NOT NULL AND electorate IS NOT NULL AND opened_at IS NOT NULL)",
            name="opening_is_frozen",
        ),
        sa.CheckConstraint(
            "(state IN ('closed', 'swept')) = (closed IS NOT NULL AND closed_digest IS NOT NULL AND chain IS NOT NULL"
            " AND closed_at IS NOT NULL)",
            name="closed_is_counted",
        ),
        sa.CheckConstraint("(state = 'void') = (void_reason <> '')", name="void_has_a_reason"),
        sa.CheckConstraint("state <> 'swept' OR swept_at IS NOT NULL", name="swept_is_dated"),
        sa.CheckConstraint("kind = 'vote' OR category = 'newcomers'", name="residents_vote_on_ideas_only"),
        sa.UniqueConstraint("round_id", "chain"),
        sa.UniqueConstraint("twin_of_id"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    twin_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ballot.id"))
    kind: Mapped[Kind] = enum_column(Kind)
    category: Mapped[Category] = enum_column(Category, default=Category.NEWCOMERS)
    method: Mapped[Method] = enum_column(Method, default=Method.APPROVAL)
    state: Mapped[State] = enum_column(State, default=State.PREPARED)
    question: Mapped[str] = mapped_column(sa.String(300))
    language: Mapped[str] = mapped_column(sa.String(16))
    max_choices: Mapped[int]
    with_none: Mapped[bool] = mapped_column(default=False)
    quorum: Mapped[int]
    majority: Mapped[int]
    subject: Mapped[str] = mapped_column(sa.String(160), default="")
    deadline: Mapped[datetime]
    electorate: Mapped[int | None]
    key_name: Mapped[str | None] = mapped_column(sa.String(60))
    opening: Mapped[bytes | None]
    opening_digest: Mapped[str | None] = mapped_column(sa.String(64))
    opened_at: Mapped[datetime | None]
    closed: Mapped[bytes | None]
    closed_digest: Mapped[str | None] = mapped_column(sa.String(64))
    closed_at: Mapped[datetime | None]
    chain: Mapped[int | None]
    release_digest: Mapped[str | None] = mapped_column(sa.String(64))
    swept_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    void_language: Mapped[str] = mapped_column(sa.String(16), default="")
    made_at: Mapped[datetime]
    options: Mapped[list[BallotOption]] = relationship(
        lazy="raise", order_by="BallotOption.place", cascade="all, delete-orphan"
    )


class BallotOption(VoicesBase):
    """One option: words and picture copied when it was prepared, and the idea it came from (its lineage)."""

    __tablename__ = "ballot_option"
    __table_args__ = (
        sa.UniqueConstraint("ballot_id", "key"),
        sa.UniqueConstraint("ballot_id", "place"),
        sa.UniqueConstraint("ballot_id", "proposal_id"),
    )

    id: Mapped[Pk]
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"))
    place: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(16))
    title: Mapped[str] = mapped_column(sa.String(120), default="")
    meaning: Mapped[str] = mapped_column(sa.String(200), default="")
    language: Mapped[str] = mapped_column(sa.String(16), default="")
    domain: Mapped[str] = mapped_column(sa.String(3), default="")
    icons: Mapped[list[str]]
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)


class Roll(VoicesBase):
    """Who has a vote in a ballot, and whether it was used; fixed at opening."""

    __tablename__ = "roll"
    __table_args__ = (_TRACELESS,)

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, autoincrement=False)
    voted: Mapped[bool]


class Slip(VoicesBase):
    """One sealed vote, named by the keyed hash of its code."""

    __tablename__ = "slip"
    __table_args__ = (
        sa.CheckConstraint("length(code_key) = 32", name="code_key"),
        _TRACELESS,
    )

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    code_key: Mapped[bytes] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
