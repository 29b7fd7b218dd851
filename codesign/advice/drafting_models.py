"""Tables of writing an advice together: versions, co-authors, notes in the margin, what was meant, and other views."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase


class AdviceVersion(VoicesBase):
    """How one place of an advice read after somebody saved it; the newest one is how it reads now.

    `place` names what is written: a piece of words (`heard`, `in_short-ar`), `cover`, or `recommendation-12`. `content`
    holds its fields. `number` counts from 1 within the place. While `kept` is false, what the same person saves by
    itself on the same day writes over it, so that the history holds steps and no keystrokes; days, no hours.
    """

    __tablename__ = "advice_version"
    __table_args__ = (
        sa.UniqueConstraint("advice_id", "place", "number"),
        sa.CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"))
    place: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    saved_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    saved_on: Mapped[date]
    kept: Mapped[bool]


class Coauthor(VoicesBase):
    """A member whom a moderator asked to write one part: a section, or `recommendation-12`."""

    __tablename__ = "coauthor"

    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True, index=True)
    place: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    invited_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    invited_on: Mapped[date]


class MarginNote(VoicesBase):
    """A remark beside one part, for those who write it; it never leaves the panel, and becomes no part of the text."""

    __tablename__ = "margin_note"

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    place: Mapped[str] = mapped_column(sa.String(40))
    by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    body: Mapped[str] = mapped_column(sa.String(1000))
    language: Mapped[str] = mapped_column(sa.String(16))
    made_on: Mapped[date]
    resolved_on: Mapped[date | None]


class Meaning(VoicesBase):
    """What one member says of one recommendation before the vote: this is what we meant, or not yet, because.

    Only counts and words without names are read; the row names the person so that she can change her mind.
    """

    __tablename__ = "meaning"
    __table_args__ = (sa.CheckConstraint("meant OR because <> ''", name="because"),)

    recommendation_id: Mapped[int] = mapped_column(sa.ForeignKey("recommendation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True, index=True)
    meant: Mapped[bool]
    because: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(16), default="")


class OtherView(VoicesBase):
    """What members who see it differently write together; no moderator can change it or take it out.

    `text` is in the language of the advice, which is what stands in it; `own_words` is what the group wrote first, in
    `language`, and stays in the panel. It stands in the advice when the group says that it is ready.
    """

    __tablename__ = "other_view"

    id: Mapped[Pk]
    advice_id: Mapped[int] = mapped_column(sa.ForeignKey("advice.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    language: Mapped[str] = mapped_column(sa.String(16))
    own_words: Mapped[str] = mapped_column(sa.Text, default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    ready: Mapped[bool] = mapped_column(default=False)
    begun_on: Mapped[date]


class OtherViewMember(VoicesBase):
    """Somebody who writes another view."""

    __tablename__ = "other_view_member"

    view_id: Mapped[int] = mapped_column(sa.ForeignKey("other_view.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True, index=True)
