"""What a vote in the room needs while it lasts: papers, the two who enter them, tablets; no row knows a voter."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import Pk, VoicesBase

SEATS = 2


class RoomBox(VoicesBase):
    """The papers of one ballot: how many sheets were ever printed, and how many of those in the box said nothing.

    spoiled: counted when the room was ready (`settled_at`); such a sheet is no vote.
    """

    __tablename__ = "room_box"
    __table_args__ = (sa.CheckConstraint("printed >= 0 AND spoiled >= 0", name="numbers"),)

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    printed: Mapped[int] = mapped_column(default=0)
    spoiled: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]


class RoomBatch(VoicesBase):
    """One of the two who enter all sheets, each without seeing the other's. done: says that these are all."""

    __tablename__ = "room_batch"
    __table_args__ = (
        sa.CheckConstraint("place IN (1, 2)", name="place"),
        sa.UniqueConstraint("ballot_id", "person_id"),
    )

    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    done: Mapped[bool] = mapped_column(default=False)


class RoomEntry(VoicesBase):
    """One sheet as one of the two entered it, named by the keyed hash of its code and closed with the ballot's key.

    No number and no time: nothing tells in which order the sheets lay.
    """

    __tablename__ = "room_entry"
    __table_args__ = (
        sa.CheckConstraint("length(code_key) = 32", name="code_key"),
        sa.ForeignKeyConstraint(["ballot_id", "place"], ["room_batch.ballot_id", "room_batch.place"]),
        {"sqlite_with_rowid": False},
    )

    ballot_id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code_key: Mapped[bytes] = mapped_column(primary_key=True)
    closed: Mapped[bytes]


class RoomTablet(VoicesBase):
    """One device a moderator gave out for one ballot.

    digits_hash: of the four digits with which she hands it to the next person. turn: the one-time token of the person
    who holds it now; empty while nobody does. language: what it goes back to between two people.
    """

    __tablename__ = "room_tablet"

    id: Mapped[Pk]
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    digits_hash: Mapped[str] = mapped_column(sa.String(200))
    turn: Mapped[str] = mapped_column(sa.String(40), default="")
    language: Mapped[str] = mapped_column(sa.String(16), default="")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
