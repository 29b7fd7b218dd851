"""Lines of the page, every version of their words with its source, every check, and translations."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.db import Pk, VoicesBase, enum_column
from codesign.legal_help.domain import Part


class HelpLine(VoicesBase):
    """One line: which version of its words holds, and the newest check. A line that was taken off keeps its rows."""

    __tablename__ = "help_line"
    __table_args__ = (
        sa.CheckConstraint("part IN ('sanction', 'help')", name="part"),
        sa.CheckConstraint("valid_until >= checked_on", name="valid_after_check"),
    )

    id: Mapped[Pk]
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("municipality.code"), index=True)
    part: Mapped[Part] = enum_column(Part)
    version: Mapped[int]
    checked_on: Mapped[date]
    valid_until: Mapped[date]
    taken_off_at: Mapped[datetime | None]


class HelpWords(VoicesBase):
    """One version of a line: words in one language, with the source they come from (R42)."""

    __tablename__ = "help_words"
    __table_args__ = (
        sa.UniqueConstraint("line_id", "version"),
        sa.CheckConstraint("title <> '' AND text <> ''", name="words"),
        sa.CheckConstraint("source <> ''", name="source"),
    )

    id: Mapped[Pk]
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("help_line.id"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(sa.String(16))
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    who_decides: Mapped[str] = mapped_column(sa.String(200), default="")
    how_to_reach: Mapped[str] = mapped_column(sa.String(400), default="")
    spoken: Mapped[list[str]]
    source: Mapped[str] = mapped_column(sa.String(200))
    url: Mapped[str] = mapped_column(sa.String(300), default="")
    source_date: Mapped[date]
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    translations: Mapped[list[HelpTranslation]] = relationship(lazy="raise", order_by="HelpTranslation.id")


class HelpCheck(VoicesBase):
    """That somebody compared a line with its source on a day, and until when they say it holds."""

    __tablename__ = "help_check"
    __table_args__ = (sa.CheckConstraint("valid_until >= checked_on", name="valid_after_check"),)

    id: Mapped[Pk]
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("help_line.id"), index=True)
    checked_on: Mapped[date]
    valid_until: Mapped[date]
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]


class HelpTranslation(VoicesBase):
    """The words of one version in another language, typed by a person; the newest row of a language holds."""

    __tablename__ = "help_translation"
    __table_args__ = (sa.CheckConstraint("title <> '' AND text <> ''", name="words"),)

    id: Mapped[Pk]
    words_id: Mapped[int] = mapped_column(sa.ForeignKey("help_words.id"), index=True)
    language: Mapped[str] = mapped_column(sa.String(16))
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    who_decides: Mapped[str] = mapped_column(sa.String(200), default="")
    how_to_reach: Mapped[str] = mapped_column(sa.String(400), default="")
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
