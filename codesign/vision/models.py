"""Tables of the vision of a place: its points, who said "ours too", how each point read before, and translations."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase, enum_column
from codesign.panels.models import Gathering, Panel, Round


class PointState(StrEnum):
    """Where a sentence stands: proposed by a member, agreed by the panel, taken out again; or gone, without words."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    TAKEN_OUT = "taken_out"
    ERASED = "erased"


class VisionPoint(VoicesBase):
    """One sentence of the vision. `round_id`: the round in which a member proposed it, whose end counts for erasure.

    `author_id` is empty once the panel agreed, and for what a moderator wrote down at a gathering: the sentence is the
    panel's then, and no name stands at it. `ours` counts who said "this is ours too"; the rows of who go when the panel
    agreed. `version` counts wordings. A point that was taken out stays readable, with `out_because`.
    """

    __tablename__ = "vision_point"
    __table_args__ = (
        sa.UniqueConstraint("panel_id", "form_key"),
        sa.CheckConstraint("state IN ('proposed', 'agreed', 'taken_out', 'erased')", name="state"),
        sa.CheckConstraint("(state = 'erased') = (text = '')", name="words"),
        sa.CheckConstraint("(agreed_on IS NOT NULL) = (state IN ('agreed', 'taken_out'))", name="agreed"),
        sa.CheckConstraint("(state = 'taken_out') = (out_on IS NOT NULL)", name="taken_out"),
        sa.CheckConstraint("state <> 'taken_out' OR out_because <> ''", name="says_why"),
        sa.CheckConstraint("author_id IS NULL OR state IN ('proposed', 'erased')", name="is_the_panels"),
        sa.CheckConstraint("ours >= 0", name="ours"),
        sa.CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[Pk]
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey(Panel.id), index=True)
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Round.id), index=True)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    state: Mapped[PointState] = enum_column(PointState)
    text: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(16))
    domains: Mapped[list[str]]
    ours: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str] = mapped_column(sa.String(36))
    made_on: Mapped[date]
    gathering_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Gathering.id))
    agreed_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    out_on: Mapped[date | None]
    out_because: Mapped[str] = mapped_column(sa.String(500), default="")


class Ours(VoicesBase):
    """That a member said of a proposed point "this is ours too": counted, shown to nobody."""

    __tablename__ = "vision_ours"

    point_id: Mapped[int] = mapped_column(sa.ForeignKey(VisionPoint.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True, index=True)


class PointVersion(VoicesBase):
    """How a point read since the panel agreed on it, each wording with its day; the newest is how it reads now."""

    __tablename__ = "vision_version"

    point_id: Mapped[int] = mapped_column(sa.ForeignKey(VisionPoint.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(16))
    agreed_on: Mapped[date]
    gathering_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Gathering.id))


class PointTranslation(VoicesBase):
    """A point in another language, typed by a person; `of_version`: which wording it says."""

    __tablename__ = "vision_translation"

    point_id: Mapped[int] = mapped_column(sa.ForeignKey(VisionPoint.id), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    text: Mapped[str] = mapped_column(sa.String(300))
    of_version: Mapped[int]
    made_on: Mapped[date]
