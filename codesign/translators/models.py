"""The table of translators, one row a place, as the host last sent them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import RecordBase


class PlaceTranslators(RecordBase):
    """`people`: {"people": [{"name", "mail", "languages"}]}; `as_of`: an older document never replaces a newer one."""

    __tablename__ = "place_translators"

    place_code: Mapped[str] = mapped_column(sa.ForeignKey("place.code"), primary_key=True)
    people: Mapped[dict[str, Any]]
    as_of: Mapped[datetime]
    received_at: Mapped[datetime]
