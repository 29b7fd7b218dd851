"""What waits to be done: documents on their way over the wall, and acts due at a time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import Pk, VoicesBase, enum_column


class OutboxState(StrEnum):
    """A document waits, has arrived, or was refused by the record (and a person must look)."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"


class OutboxItem(VoicesBase):
    """One document on its way from the voices to the record, named by the SHA-256 of its bytes."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'refused')", name="state"),
        sa.UniqueConstraint("kind", "digest"),
    )

    id: Mapped[Pk]
    kind: Mapped[str] = mapped_column(sa.String(32))
    digest: Mapped[str] = mapped_column(sa.String(64))
    payload: Mapped[bytes]
    state: Mapped[OutboxState] = enum_column(OutboxState, default=OutboxState.WAITING)
    put_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(sa.String(500))


class DueJob(VoicesBase):
    """One act of a kind for one thing, due at a time; claimed by one worker, done once."""

    __tablename__ = "due_job"
    __table_args__ = (sa.UniqueConstraint("kind", "what_id"),)

    id: Mapped[Pk]
    kind: Mapped[str] = mapped_column(sa.String(32))
    what_id: Mapped[int]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(sa.String(200))
