"""Tables of the library: where imported documents come from, their bytes, and what search looks in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, RecordBase, enum_column
from codesign.documents.models import AdviceStatus
from codesign.library.domain import KINDS, Stand

_KINDS = ", ".join(f"'{kind}'" for kind in KINDS)
_STANDS = ", ".join(f"'{stand.value}'" for stand in Stand)


class ActorKind(StrEnum):
    """Who takes part in a measure, as the advice says."""

    MUNICIPALITY = "municipality"
    SERVICE = "service"
    SMALL_GROUP = "small_group"
    RESIDENTS = "residents"
    NEWCOMERS = "newcomers"


class LibraryOrigin(RecordBase):
    """Another installation: its address, and the name it gave itself when we first took something over."""

    __tablename__ = "library_origin"
    __table_args__ = (
        sa.UniqueConstraint("address"),
        sa.CheckConstraint("name <> '' AND address LIKE 'http%'", name="named"),
    )

    id: Mapped[Pk]
    address: Mapped[str] = mapped_column(sa.String(300))
    name: Mapped[str] = mapped_column(sa.String(120))
    licence: Mapped[str] = mapped_column(sa.String(20))
    first_at: Mapped[datetime]


class LibraryDocument(RecordBase):
    """One document of another installation: its bytes as they came, named by their SHA-256. Rows are only added."""

    __tablename__ = "library_document"
    __table_args__ = (
        sa.CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name="size"),
        sa.Index("ix_library_document_of", "origin_id", "place_code", "number"),
    )

    origin_id: Mapped[int] = mapped_column(sa.ForeignKey("library_origin.id"), primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    place_code: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[str | None] = mapped_column(sa.String(12))
    stored: Mapped[bytes]
    imported_at: Mapped[datetime]


class LibraryAdvice(RecordBase):
    """One advice as the library finds it: one of our own (`advice_id`), or one of elsewhere (`origin_id`).

    It is read off the documents and can be made anew from them at any time. `marker`: what it was read from.
    """

    __tablename__ = "library_advice"
    __table_args__ = (
        sa.CheckConstraint("(advice_id IS NULL) <> (origin_id IS NULL)", name="ours_or_theirs"),
        sa.UniqueConstraint("origin_id", "place_code", "number"),
        sa.Index("ix_library_advice_newest", "sent_on", "id"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("advice_status.id"), unique=True)
    origin_id: Mapped[int | None] = mapped_column(sa.ForeignKey("library_origin.id"))
    place_code: Mapped[str] = mapped_column(sa.String(40))
    place_name: Mapped[str] = mapped_column(sa.String(500))
    number: Mapped[str] = mapped_column(sa.String(12))
    title: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    sent_on: Mapped[date]
    found_by: Mapped[str] = mapped_column(sa.Text)
    marker: Mapped[str] = mapped_column(sa.String(200))

    origin: Mapped[LibraryOrigin | None] = relationship(lazy="raise")
    ours: Mapped[AdviceStatus | None] = relationship(lazy="raise")


class LibraryMeasure(RecordBase):
    """One recommendation of such an advice: what kind of measure it is, how it stands, and its learning card.

    `card`: as in a `codesign/lessons/1` document, None when there is none.
    """

    __tablename__ = "library_measure"
    __table_args__ = (
        sa.UniqueConstraint("entry_id", "recommendation"),
        sa.CheckConstraint("recommendation BETWEEN 1 AND 5", name="recommendation"),
        sa.CheckConstraint("cost_class BETWEEN 1 AND 4", name="cost_class"),
        sa.CheckConstraint(f"stand IN ({_STANDS})", name="stand"),
        sa.Index("ix_library_measure_about", "domain", "indicator"),
    )

    id: Mapped[Pk]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("library_advice.id"))
    recommendation: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(500))
    domain: Mapped[str] = mapped_column(sa.String(3))
    indicator: Mapped[str] = mapped_column(sa.String(6))
    experience: Mapped[str | None] = mapped_column(sa.String(6))
    cost_class: Mapped[int]
    stand: Mapped[Stand] = enum_column(Stand)
    card: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    found_by: Mapped[str] = mapped_column(sa.Text)

    advice: Mapped[LibraryAdvice] = relationship(lazy="raise")
    actors: Mapped[list[LibraryActor]] = relationship(
        lazy="raise", order_by="LibraryActor.kind", cascade="all, delete-orphan"
    )


class LibraryActor(RecordBase):
    """A kind of actor that takes part in a measure."""

    __tablename__ = "library_actor"

    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("library_measure.id"), primary_key=True)
    kind: Mapped[ActorKind] = enum_column(ActorKind, primary_key=True)
