"""The journal of each store: one row for each act, ids only."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import Pk, RecordBase, VoicesBase


class _Entry:
    """Who (id; none for the machine) did what (verb) to which thing (kind and id), when; later chained in batches."""

    id: Mapped[Pk]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(sa.BigInteger)
    verb: Mapped[str] = mapped_column(sa.String(64))
    what: Mapped[str] = mapped_column(sa.String(64))
    what_id: Mapped[str] = mapped_column(sa.String(80))
    chain: Mapped[str | None] = mapped_column(sa.String(64))


class VoicesEntry(_Entry, VoicesBase):
    """An act behind the panel door."""

    __tablename__ = "journal"


class RecordEntry(_Entry, RecordBase):
    """An act behind the record door."""

    __tablename__ = "journal"
