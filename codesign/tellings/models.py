"""What members answered to the open question of a round, each in their own language."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase, enum_column
from codesign.rules.words import WordState


class Telling(VoicesBase):
    """One answer. `form_key` comes from the form: sending twice makes one row; `held_for` says what was found.

    Only the day is kept. An erased telling keeps its row without words, so that counts of a round stay true.
    """

    __tablename__ = "telling"
    __table_args__ = (
        sa.UniqueConstraint("author_id", "form_key"),
        sa.CheckConstraint("state IN ('held', 'published', 'hidden', 'taken_back', 'erased')", name="state"),
        sa.CheckConstraint("state = 'erased' OR body <> ''", name="words"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[WordState] = enum_column(WordState)
    language: Mapped[str] = mapped_column(sa.String(16))
    body: Mapped[str] = mapped_column(sa.Text)
    held_for: Mapped[list[str]]
    form_key: Mapped[str] = mapped_column(sa.String(36))
    created_on: Mapped[date]
    author: Mapped[Person] = relationship(lazy="raise")
