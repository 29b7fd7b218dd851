"""The table of files that came over the wall, each named by the digest of its bytes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import RecordBase


class Attachment(RecordBase):
    """A file of a report. Its name and its words stand in the advice that cites it; here are the bytes alone."""

    __tablename__ = "attachment"
    __table_args__ = (
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name="media_type"),
        sa.CheckConstraint("size >= 1", name="size"),
    )

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"), index=True)
    media_type: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    received_at: Mapped[datetime]
