"""Tables of reports: what was asked and what came out, the file apart from it, who may attach, and objections."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from codesign.accounts.models import Person
from codesign.db import Pk, VoicesBase, enum_column
from codesign.panels.models import Gathering, Panel, Round


class Kind(StrEnum):
    """How the panel worked outside of this house."""

    WORKSHOP = "workshop"
    INTERVIEWS = "interviews"
    SURVEY = "survey"
    VISIT = "visit"
    OTHER = "other"


class FieldReport(VoicesBase):
    """One report. `made_by` says who did it as a role in words, never a name; `people` is how many took part.

    `public`: a moderator said that everybody may read it; only such a report can be cited in an advice. `language` is
    that of its texts, `languages` those that were spoken. A report that was taken out keeps its row, without texts.
    """

    __tablename__ = "field_report"
    __table_args__ = (
        sa.UniqueConstraint("author_id", "form_key"),
        sa.CheckConstraint("kind IN ('workshop', 'interviews', 'survey', 'visit', 'other')", name="kind"),
        sa.CheckConstraint("people IS NULL OR people BETWEEN 1 AND 100000", name="people"),
        sa.CheckConstraint("removed_on IS NOT NULL OR (title <> '' AND text <> '')", name="words"),
        sa.CheckConstraint("removed_on IS NULL OR NOT public", name="removed_is_not_public"),
    )

    id: Mapped[Pk]
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey(Panel.id), index=True)
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Round.id), index=True)
    gathering_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Gathering.id))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    kind: Mapped[Kind] = enum_column(Kind)
    title: Mapped[str] = mapped_column(sa.String(160))
    held_on: Mapped[date]
    people: Mapped[int | None]
    languages: Mapped[list[str]]
    domains: Mapped[list[str]]
    asked: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(16))
    made_by: Mapped[str] = mapped_column(sa.String(160))
    public: Mapped[bool] = mapped_column(default=False)
    form_key: Mapped[str] = mapped_column(sa.String(36))
    made_on: Mapped[date]
    removed_on: Mapped[date | None]
    removed_because: Mapped[str] = mapped_column(sa.String(500), default="")


class ReportAttachment(VoicesBase):
    """The file of a report as the house made it anew, without metadata; its bytes are read only to hand them out.

    `name` is made of kind and day, never of what the sender called it. `alternative` says what a picture shows.
    """

    __tablename__ = "report_attachment"
    __table_args__ = (
        sa.CheckConstraint("media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name="media_type"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("size >= 1", name="size"),
        sa.CheckConstraint("media_type = 'application/pdf' OR alternative <> ''", name="alternative"),
    )

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(FieldReport.id), primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(sa.String(64))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    alternative: Mapped[str] = mapped_column(sa.String(500))
    content: Mapped[bytes] = mapped_column(deferred=True)


class Reporter(VoicesBase):
    """A member whom a moderator asked to attach reports of the panel."""

    __tablename__ = "reporter"

    panel_id: Mapped[int] = mapped_column(sa.ForeignKey(Panel.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True, index=True)
    invited_by: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    invited_on: Mapped[date]


class ReportObjection(VoicesBase):
    """A member says "this is not what we said": a few words for the moderators alone, shown without a name."""

    __tablename__ = "report_objection"
    __table_args__ = (sa.UniqueConstraint("person_id", "form_key"),)

    id: Mapped[Pk]
    report_id: Mapped[int] = mapped_column(sa.ForeignKey(FieldReport.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    body: Mapped[str] = mapped_column(sa.String(500))
    language: Mapped[str] = mapped_column(sa.String(16))
    form_key: Mapped[str] = mapped_column(sa.String(36))
    made_on: Mapped[date]
    settled_on: Mapped[date | None]
    settled_because: Mapped[str] = mapped_column(sa.String(500), default="")
