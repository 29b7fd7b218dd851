"""The tables of networks, of what members suggest for them, and of moments of the policy calendar."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.db import Pk, VoicesBase, enum_column
from codesign.places.domain import MomentKind, Standing


class SuggestionState(StrEnum):
    """A suggestion waits for a moderator, was taken into the directory, or was not, with a reason."""

    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"


class Network(VoicesBase):
    """A network of a place: a self-organisation, a small initiative, an informal group, a service.

    There is no number of any register, and none is asked (R39). `as_of`: of the last document sent to the record.
    """

    __tablename__ = "network"
    __table_args__ = (
        sa.UniqueConstraint("place_code", "code"),
        sa.CheckConstraint("standing IN ('informal', 'association', 'foundation', 'service')", name="standing"),
        sa.CheckConstraint("name <> '' AND does <> ''", name="named"),
        sa.CheckConstraint("ended_on IS NULL OR end_reason <> ''", name="ended_with_a_reason"),
    )

    id: Mapped[Pk]
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("municipality.code"))
    code: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(120))
    does: Mapped[str] = mapped_column(sa.String(300))
    could: Mapped[str] = mapped_column(sa.String(300), default="")
    languages: Mapped[list[str]]
    domains: Mapped[list[str]]
    reach: Mapped[str] = mapped_column(sa.String(200), default="")
    standing: Mapped[Standing] = enum_column(Standing)
    language: Mapped[str] = mapped_column(sa.String(16))
    as_of: Mapped[datetime]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(sa.String(300), default="")


class NetworkSuggestion(VoicesBase):
    """A group a member suggests. `held_for` says what in it could point at somebody; `form_key` makes twice one."""

    __tablename__ = "network_suggestion"
    __table_args__ = (
        sa.UniqueConstraint("author_id", "form_key"),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'declined')", name="state"),
        sa.CheckConstraint("state <> 'declined' OR why <> ''", name="declined_with_a_reason"),
    )

    id: Mapped[Pk]
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey("panel.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    does: Mapped[str] = mapped_column(sa.String(300))
    known: Mapped[str] = mapped_column(sa.String(300))
    language: Mapped[str] = mapped_column(sa.String(16))
    held_for: Mapped[list[str]]
    form_key: Mapped[str] = mapped_column(sa.String(36))
    state: Mapped[SuggestionState] = enum_column(SuggestionState, default=SuggestionState.WAITING)
    why: Mapped[str] = mapped_column(sa.String(300), default="")
    network_id: Mapped[int | None] = mapped_column(sa.ForeignKey("network.id"))
    created_on: Mapped[date]


class PolicyMoment(VoicesBase):
    """A moment at which the municipality decides something; source and day of the check are required (R24, R42).

    `advice_before` empty: the decision minus the weeks the municipality has for an answer.
    """

    __tablename__ = "policy_moment"
    __table_args__ = (
        sa.UniqueConstraint("place_code", "code"),
        sa.CheckConstraint("kind IN ('purchase', 'budget', 'evaluation', 'council', 'other')", name="kind"),
        sa.CheckConstraint("title <> '' AND source <> ''", name="sourced"),
        sa.CheckConstraint("advice_before IS NULL OR advice_before <= decided_on", name="in_order"),
        sa.CheckConstraint("ended_on IS NULL OR end_reason <> ''", name="ended_with_a_reason"),
    )

    id: Mapped[Pk]
    place_code: Mapped[str] = mapped_column(sa.ForeignKey("municipality.code"))
    code: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(160))
    language: Mapped[str] = mapped_column(sa.String(16))
    kind: Mapped[MomentKind] = enum_column(MomentKind)
    decided_on: Mapped[date]
    advice_before: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(200))
    checked_on: Mapped[date]
    url: Mapped[str] = mapped_column(sa.String(300), default="")
    as_of: Mapped[datetime]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(sa.String(300), default="")
