"""The table of places, as the voices last sent them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import RecordBase


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
