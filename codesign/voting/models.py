"""Ballots and their options; and the two tables that share nothing but the ballot's id: roll and slip."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, VoicesBase, enum_column
from codesign.voting.domain import Category, Kind, Method, State

# PostgreSQL: one partition a ballot, so that closing can empty it without a trace. SQLite: rows lie in the order of
# their key, and no hidden row number keeps the order in which they came.
_TRACELESS = {"postgresql_partition_by": "LIST (ballot_id)", "sqlite_with_rowid": False}


class Ballot(VoicesBase):
    """One question put to the people on its roll.

    quorum, majority: percent. subject: digest of the text that is adopted, of the advice that is taken back, or of
    that whose answer is rated. twin_of_id: the newcomers' ballot of which this is the residents' one. opening, closed:
    frozen bytes (see `domain.Opening`, `closed_list.ClosedList`). chain: place of the closed list in the round, from 1.
    key_name: name of the key file, outside the database. swept_at: since when no trace of who voted when is left.
    terms: see `domain.Terms`. translations: language code to question. checker: who is asked to look at it before it
    opens; checked: who did; check_note: what that person wants changed first. room_slips: how many slips came in from
    the room (paper or tablet), of no person; room_is_open: the count waits until the room is ready. over_at: since
    when the house has seen it to be over while the count waited, so that a clock set back opens nothing again.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        sa.CheckConstraint("state IN ('prepared', 'open', 'closed', 'swept', 'void')", name="state"),
        sa.CheckConstraint("kind IN ('vote', 'adoption', 'rating', 'withdrawal')", name="kind"),
        sa.CheckConstraint("category IN ('newcomers', 'residents')", name="category"),
        sa.CheckConstraint("max_choices BETWEEN 1 AND 20", name="max_choices"),
        sa.CheckConstraint(
            "method IN ('approval', 'yes_no', 'consent', 'score', 'ranked', 'dots', 'budget', 'shortlist')",
            name="method",
        ),
        sa.CheckConstraint("(checked_by_id IS NULL) = (checked_at IS NULL)", name="check_is_dated"),
        sa.CheckConstraint("room_slips >= 0", name="room_slips"),
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
    translations: Mapped[dict[str, Any]] = mapped_column(default=dict)
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)
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
    over_at: Mapped[datetime | None]
    closed: Mapped[bytes | None]
    closed_digest: Mapped[str | None] = mapped_column(sa.String(64))
    closed_at: Mapped[datetime | None]
    chain: Mapped[int | None]
    release_digest: Mapped[str | None] = mapped_column(sa.String(64))
    swept_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    void_language: Mapped[str] = mapped_column(sa.String(16), default="")
    made_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    checker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    check_note: Mapped[str] = mapped_column(sa.String(500), default="")
    check_language: Mapped[str] = mapped_column(sa.String(16), default="")
    reminded_at: Mapped[datetime | None]
    room_slips: Mapped[int] = mapped_column(default=0)
    room_is_open: Mapped[bool] = mapped_column(default=False)
    options: Mapped[list[BallotOption]] = relationship(
        lazy="raise", order_by="BallotOption.place", cascade="all, delete-orphan"
    )

    def is_over(self, now: datetime) -> bool:
        """Whether the deadline has passed, now or at any moment the house looked."""
        return self.over_at is not None or now >= self.deadline

    def accepts(self, now: datetime) -> bool:
        """Whether a vote may come in now."""
        return self.state is State.OPEN and not self.is_over(now)


class BallotOption(VoicesBase):
    """One option: words and picture copied when it was prepared, and the idea it came from (its lineage).

    cost: in whole units (budget). translations: language code to [title, meaning].
    """

    __tablename__ = "ballot_option"
    __table_args__ = (
        sa.UniqueConstraint("ballot_id", "key"),
        sa.UniqueConstraint("ballot_id", "place"),
        sa.UniqueConstraint("ballot_id", "proposal_id"),
        sa.CheckConstraint("cost >= 0", name="cost"),
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
    cost: Mapped[int] = mapped_column(default=0)
    translations: Mapped[dict[str, Any]] = mapped_column(default=dict)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)


class Roll(VoicesBase):
    """Who has a vote in a ballot, whether it was used (on a phone), and whether this person votes in the room.

    Fixed at opening. Whoever votes in the room has no vote on a phone, so nobody counts twice.
    """

    __tablename__ = "roll"
    __table_args__ = (_TRACELESS,)

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, autoincrement=False)
    voted: Mapped[bool]
    in_room: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


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


class Extension(VoicesBase):
    """A deadline that was moved to a later moment, with the reason everybody reads."""

    __tablename__ = "ballot_extension"
    __table_args__ = (sa.CheckConstraint("until > before", name="later"),)

    id: Mapped[Pk]
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), index=True)
    before: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    made_at: Mapped[datetime]


class RoomVoter(VoicesBase):
    """Who will vote in the room, noted before opening; opening copies it to the roll."""

    __tablename__ = "room_voter"

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, autoincrement=False)


class Scrutineer(VoicesBase):
    """One of the two members who hold a half of the key: the public side of it; the half itself is kept nowhere.

    place: 1 or 2. confirmed_at: when she had typed the end of her half back, so that it is surely written down.
    handed_in: after the deadline she brought her half; it lies in the key folder until the count.
    """

    __tablename__ = "ballot_scrutineer"
    __table_args__ = (
        sa.CheckConstraint("place IN (1, 2)", name="place"),
        sa.UniqueConstraint("ballot_id", "member_id"),
    )

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    public_key: Mapped[str] = mapped_column(sa.String(64), default="")
    confirmed_at: Mapped[datetime | None]
    handed_in: Mapped[bool] = mapped_column(default=False)


class OutsideResult(VoicesBase):
    """The result of an election that was held outside, as evidence: the archive as it came, and what it says.

    plain: see `outside.Archive.plain`. Kept as long as the round's advice; a person of the panel can download it.
    """

    __tablename__ = "outside_result"
    __table_args__ = (sa.UniqueConstraint("ballot_id"),)

    id: Mapped[Pk]
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"))
    archive: Mapped[bytes] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    plain: Mapped[dict[str, Any]]
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    kept_at: Mapped[datetime]
