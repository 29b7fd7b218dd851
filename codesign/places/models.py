"""The tables of places with their networks and moments, as the voices last sent them or officials wrote them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import Pk, RecordBase, enum_column
from codesign.places.domain import MomentKind, Origin, Standing


class Place(RecordBase):
    """A municipality that gets advice. `as_of`: from when this holds; an older document never replaces a newer one."""

    __tablename__ = "place"
    __table_args__ = (
        sa.CheckConstraint("answer_weeks BETWEEN 1 AND 52", name="answer_weeks"),
        sa.CheckConstraint("name <> '' AND addressee <> ''", name="named"),
    )

    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    addressee: Mapped[str] = mapped_column(sa.String(160))
    answer_weeks: Mapped[int]
    timezone: Mapped[str] = mapped_column(sa.String(40))
    languages: Mapped[list[str]]
    legal_basis: Mapped[str] = mapped_column(sa.String(300))
    as_of: Mapped[datetime]
    received_at: Mapped[datetime]


class HouseStyle(RecordBase):
    """How a place looks: its design tokens (name to value) and its logo. `digest`: of the document it came in.

    A place without tokens and logo has none any more; its row keeps `as_of`, so that an older document changes nothing.
    """

    __tablename__ = "house_style"
    __table_args__ = (
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("length(stored) BETWEEN 2 AND 600000", name="size"),
        sa.CheckConstraint("logo IS NULL OR (logo_alternative <> '' AND logo_digest <> '')", name="logo_in_words"),
    )

    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    tokens: Mapped[dict[str, Any]]
    logo: Mapped[bytes | None] = mapped_column(deferred=True)
    logo_digest: Mapped[str] = mapped_column(sa.String(64))
    logo_width: Mapped[int]
    logo_height: Mapped[int]
    logo_alternative: Mapped[str] = mapped_column(sa.String(200))
    logo_language: Mapped[str] = mapped_column(sa.String(16))
    stored: Mapped[bytes] = mapped_column(deferred=True)
    as_of: Mapped[datetime]
    received_at: Mapped[datetime]


class PlaceNetwork(RecordBase):
    """A network of a place. One that ended keeps code and `as_of` only, so that an older document cannot revive it."""

    __tablename__ = "place_network"
    __table_args__ = (sa.CheckConstraint("ended OR (name <> '' AND does <> '')", name="named"),)

    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    does: Mapped[str] = mapped_column(sa.String(300))
    could: Mapped[str] = mapped_column(sa.String(300))
    languages: Mapped[list[str]]
    domains: Mapped[list[str]]
    reach: Mapped[str] = mapped_column(sa.String(200))
    standing: Mapped[Standing] = enum_column(Standing)
    language: Mapped[str] = mapped_column(sa.String(16))
    ended: Mapped[bool]
    as_of: Mapped[datetime]
    received_at: Mapped[datetime]


class PlaceMoment(RecordBase):
    """A moment at which a place decides something; source and day of the check always stand beside it (R42).

    `advice_before` empty: the decision minus the weeks for an answer. Ended as with networks.
    """

    __tablename__ = "place_moment"
    __table_args__ = (
        sa.UniqueConstraint("place_code", "origin", "code"),
        sa.CheckConstraint("origin IN ('panel', 'place')", name="origin"),
        sa.CheckConstraint("ended OR (title <> '' AND source <> '')", name="sourced"),
        sa.CheckConstraint("advice_before IS NULL OR advice_before <= decided_on", name="in_order"),
    )

    id: Mapped[Pk]
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"))
    origin: Mapped[Origin] = enum_column(Origin)
    code: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(160))
    language: Mapped[str] = mapped_column(sa.String(16))
    kind: Mapped[MomentKind] = enum_column(MomentKind)
    decided_on: Mapped[date]
    advice_before: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(200))
    checked_on: Mapped[date]
    url: Mapped[str] = mapped_column(sa.String(300))
    ended: Mapped[bool]
    as_of: Mapped[datetime]
    received_at: Mapped[datetime]
