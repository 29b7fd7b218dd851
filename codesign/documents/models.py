"""Tables of published documents and of what happened to each advice since it was sent."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, RecordBase, enum_column


class Kind(StrEnum):
    """Kinds of documents that the record keeps as bytes."""

    RELEASE = "release"
    ADVICE = "advice"
    SUMMARY = "summary"
    ANSWER = "answer"
    RATING = "rating"
    REPLY = "reply"
    EXTENSION = "extension"
    FINDING = "finding"
    FIT = "fit"


class Document(RecordBase):
    """One document: the bytes as they came in, never serialised again, named by their SHA-256.

    `about`: the digest of the advice that it belongs to; releases and advice have none. `number`: of the advice.
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('release', 'advice', 'summary', 'answer', 'rating', 'reply', 'extension', 'finding', 'fit')",
            name="kind",
        ),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name="size"),
        sa.CheckConstraint("(about IS NULL) = (kind IN ('release', 'advice'))", name="about_an_advice"),
        sa.CheckConstraint("(number IS NULL) = (kind = 'release')", name="numbered"),
        sa.Index("ix_document_about", "about"),
        sa.Index("ix_document_place", "place_code", "kind"),
    )

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    kind: Mapped[Kind] = enum_column(Kind)
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"))
    number: Mapped[str | None] = mapped_column(sa.String(12))
    about: Mapped[str | None] = mapped_column(sa.String(64))
    title: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    stored: Mapped[bytes]
    received_at: Mapped[datetime]


class AdviceStatus(RecordBase):
    """Where an advice stands; outside of the document, which never changes. One row for each number of a place.

    `digest` names the newest version. `short` (language to its first sentences), `sent_on` and `year` are read from the
    document, for lists. `found_by` is the folded text that search looks in. `withdrawn_on`: the day on which the panel
    took it back; `Withdrawal` says why.
    """

    __tablename__ = "advice_status"
    __table_args__ = (
        sa.UniqueConstraint("place_code", "number"),
        sa.UniqueConstraint("digest"),
        sa.CheckConstraint("due_on > sent_on", name="due_after_sent"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("withdrawn_on IS NULL OR answered_at IS NULL", name="answered_or_withdrawn"),
        sa.CheckConstraint("answered_at IS NULL OR answered_at >= received_at", name="answered_after_received"),
        sa.Index("ix_advice_status_newest", "sent_on", "id"),
    )

    id: Mapped[Pk]
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"))
    number: Mapped[str] = mapped_column(sa.String(12))
    digest: Mapped[str] = mapped_column(sa.ForeignKey("document.digest"))
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    short: Mapped[dict[str, Any]]
    year: Mapped[int] = mapped_column(index=True)
    found_by: Mapped[str] = mapped_column(sa.Text)
    sent_on: Mapped[date]
    received_at: Mapped[datetime]
    due_on: Mapped[date]
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    withdrawn_on: Mapped[date | None]

    themes: Mapped[list[AdviceTheme]] = relationship(lazy="raise", order_by="AdviceTheme.position")


class Withdrawal(RecordBase):
    """Why an advice was taken back: the document as it came in, one for an advice."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        sa.UniqueConstraint("digest"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name="size"),
    )

    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice_status.id"), primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(sa.String(64))
    language: Mapped[str] = mapped_column(sa.String(16))
    stored: Mapped[bytes]
    received_at: Mapped[datetime]


class AdviceTheme(RecordBase):
    """A theme an advice is about: those of its recommendations, in their order."""

    __tablename__ = "advice_theme"

    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice_status.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(sa.String(3), primary_key=True, index=True)
    position: Mapped[int]
