"""Tables of what a panel does with an advice it has sent: asking to take it back, and correcting it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.accounts.models import Person
from codesign.advice.models import Advice
from codesign.db import Pk, VoicesBase, enum_column
from codesign.voting.models import Ballot


class Ended(StrEnum):
    """How the panel's vote on taking an advice back ended. `answered`: the answer came first, so it stands."""

    TAKEN_BACK = "taken_back"
    STANDS = "stands"
    NO_QUORUM = "no_quorum"
    VOID = "void"
    ANSWERED = "answered"


class Came(StrEnum):
    """What became of a correction. `sent`: it is on its way; `refused`: the answer was there before it."""

    WRITING = "writing"
    SENT = "sent"
    ARRIVED = "arrived"
    DROPPED = "dropped"
    REFUSED = "refused"


class TakingBack(VoicesBase):
    """One request to take a sent advice back: why, the ballot that decides it, and how that ended.

    digest: of the withdrawal that went into the outbox.
    """

    __tablename__ = "taking_back"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="reason"),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('taken_back', 'stands', 'no_quorum', 'void', 'answered')", name="result"
        ),
        sa.CheckConstraint("(result IS NULL) = (settled_at IS NULL)", name="settled_is_dated"),
        sa.CheckConstraint("result <> 'taken_back' OR digest IS NOT NULL", name="taken_back_by_a_document"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey(Advice.id), index=True)
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey(Ballot.id), unique=True)
    reason: Mapped[str] = mapped_column(sa.String(2000))
    language: Mapped[str] = mapped_column(sa.String(16))
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    result: Mapped[Ended | None] = enum_column(Ended, nullable=True)
    settled_at: Mapped[datetime | None]
    digest: Mapped[str | None] = mapped_column(sa.String(64))


class Correction(VoicesBase):
    """One correction of a sent advice: what was corrected and why, and how it ended.

    version: the one it makes. before: the text as it was sent, by table, to put back; emptied when it is not needed
    any more.
    """

    __tablename__ = "correction"
    __table_args__ = (
        sa.CheckConstraint("version >= 2", name="version"),
        sa.CheckConstraint("reason <> ''", name="reason"),
        sa.CheckConstraint("state IN ('writing', 'sent', 'arrived', 'dropped', 'refused')", name="state"),
        sa.CheckConstraint("(state IN ('writing', 'sent')) = (ended_at IS NULL)", name="ended_is_dated"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey(Advice.id), index=True)
    version: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.String(2000))
    state: Mapped[Came] = enum_column(Came, default=Came.WRITING)
    opened_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    ended_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ReplacedAdvice(VoicesBase):
    """The bytes of a version that a corrected one replaced; `SentAdvice` holds the newest."""

    __tablename__ = "replaced_advice"

    advice_id: Mapped[int] = mapped_column(sa.ForeignKey(Advice.id), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    payload: Mapped[bytes]
    sent_at: Mapped[datetime]
