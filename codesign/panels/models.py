"""Municipalities as the panels know them, panels, memberships, ties, rounds with their plan, and gatherings."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase, enum_column
from codesign.panels.domain import Level, Template
from codesign.rules.phases import Phase
from codesign.rules.roles import Role


class Municipality(VoicesBase):
    """A place that panels give advice to; the record has its own copy, sent as a document."""

    __tablename__ = "municipality"
    __table_args__ = (sa.CheckConstraint("answer_weeks BETWEEN 1 AND 52", name="answer_weeks"),)

    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    addressee: Mapped[str] = mapped_column(sa.String(160))
    answer_weeks: Mapped[int]
    timezone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Amsterdam")
    languages: Mapped[list[str]]
    legal_basis: Mapped[str] = mapped_column(sa.String(300), default="")
    made_at: Mapped[datetime]


class Panel(VoicesBase):
    """Fifteen to twenty-five people of one municipality who work together in rounds."""

    __tablename__ = "panel"

    id: Mapped[Pk]
    municipality_code: Mapped[str] = mapped_column(sa.ForeignKey("municipality.code"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    languages: Mapped[list[str]]
    made_at: Mapped[datetime]
    municipality: Mapped[Municipality] = relationship(lazy="raise")


class Membership(VoicesBase):
    """That somebody belongs to a panel, in one role; a moderator's ties are declared here."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.UniqueConstraint("panel_id", "person_id"),
        sa.CheckConstraint("role IN ('newcomer', 'resident', 'professional', 'moderator')", name="role"),
        sa.CheckConstraint("ties_declared_at IS NULL OR role = 'moderator'", name="ties_of_moderators"),
    )

    id: Mapped[Pk]
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey("panel.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role] = enum_column(Role)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    ties_declared_at: Mapped[datetime | None]
    panel: Mapped[Panel] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Ties(VoicesBase):
    """What a moderator declared about ties with municipality, contractors and parties; each declaration stays (R21)."""

    __tablename__ = "ties"

    id: Mapped[Pk]
    membership_id: Mapped[int] = mapped_column(sa.ForeignKey("membership.id"), index=True)
    none: Mapped[bool]
    text: Mapped[str] = mapped_column(sa.Text, default="")
    declared_at: Mapped[datetime]


class Round(VoicesBase):
    """One cycle of a panel, from an open question to an answered advice.

    `quorum` and `majority` are percentages (see `panels.domain.quorum_needed` and `has_majority`); `asked_by` says in
    words who asked the question when it was asked; `started_by` is the member who began it as a topic.
    """

    __tablename__ = "round"
    __table_args__ = (
        sa.CheckConstraint("quorum BETWEEN 1 AND 100", name="quorum"),
        sa.CheckConstraint("majority BETWEEN 50 AND 100", name="majority"),
        sa.CheckConstraint("phase = 'draft' OR (level IS NOT NULL AND fixed_text <> '')", name="declared_first"),
    )

    id: Mapped[Pk]
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey("panel.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    question: Mapped[str] = mapped_column(sa.String(300))
    why: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(16))
    asked: Mapped[bool]
    asked_by: Mapped[str] = mapped_column(sa.String(160), default="")
    level: Mapped[Level | None] = enum_column(Level, nullable=True)
    fixed_text: Mapped[str] = mapped_column(sa.Text, default="")
    phase: Mapped[Phase] = enum_column(Phase, default=Phase.DRAFT)
    residents_vote: Mapped[bool] = mapped_column(default=False)
    quorum: Mapped[int] = mapped_column(default=50)
    majority: Mapped[int] = mapped_column(default=50)
    template: Mapped[Template] = enum_column(Template, default=Template.EXPERT_POOL)
    started_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    # When the phase it is in began; empty while it has never changed.
    phase_since: Mapped[datetime | None]
    # The panel adopted its advice by a vote: from now on nobody takes words back.
    adopted_at: Mapped[datetime | None]
    panel: Mapped[Panel] = relationship(lazy="raise")
    steps: Mapped[list[RoundStep]] = relationship(lazy="raise", order_by="RoundStep.id", cascade="all, delete-orphan")


class RoundStep(VoicesBase):
    """When a phase is planned; the plan informs, the moderator changes the phase."""

    __tablename__ = "round_step"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "phase"),
        sa.CheckConstraint("ends_on >= starts_on", name="in_order"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"))
    phase: Mapped[Phase] = enum_column(Phase)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class PhaseChange(VoicesBase):
    """A change of phase, with the moderator's words about it; members see it on home and on the round page."""

    __tablename__ = "phase_change"

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    before: Mapped[Phase] = enum_column(Phase)
    after: Mapped[Phase] = enum_column(Phase)
    words: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(16))
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]


class TopicJoin(VoicesBase):
    """A member who wants the panel to take up a topic; counted, never listed; emptied when the round opens."""

    __tablename__ = "topic_join"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)


class Gathering(VoicesBase):
    """A session of a round: online, in a room or both."""

    __tablename__ = "gathering"
    __table_args__ = (
        sa.CheckConstraint("headcount IS NULL OR headcount BETWEEN 0 AND 500", name="headcount"),
        sa.CheckConstraint("place <> '' OR link <> ''", name="somewhere"),
    )

    id: Mapped[Pk]
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    held_on: Mapped[date]
    starts: Mapped[str] = mapped_column(sa.String(5), default="")
    ends: Mapped[str] = mapped_column(sa.String(5), default="")
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    link: Mapped[str] = mapped_column(sa.String(300), default="")
    programme: Mapped[str] = mapped_column(sa.Text, default="")
    languages: Mapped[list[str]]
    headcount: Mapped[int | None]
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    text_language: Mapped[str] = mapped_column(sa.String(16), default="nl")


class Attendance(VoicesBase):
    """That a member said to come, or not, to a session: counted for the room, shown to nobody."""

    __tablename__ = "attendance"

    gathering_id: Mapped[int] = mapped_column(sa.ForeignKey("gathering.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    coming: Mapped[bool]
