"""Reading reports and their files: for members, for the desk, and for whoever cites one in an advice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer

from codesign.accounts.models import Person
from codesign.fieldwork.models import FieldReport, ReportAttachment, Reporter, ReportObjection
from codesign.panels.models import Gathering, Membership, Panel, Round
from codesign.panels.queries import MEMBERS
from codesign.rules.roles import Role

# How many took part is said from this many on.
PEOPLE_FLOOR = 10


@dataclass(frozen=True)
class File:
    """What is told of a file: digest and size (bytes) of what is stored; `alternative` says what a picture shows."""

    digest: str
    media_type: str
    size: int
    name: str
    alternative: str


@dataclass(frozen=True)
class Report:
    """A report as others read it. `people` is None where fewer than ten took part, or nobody counted."""

    id: int
    panel_id: int
    round_id: int | None
    kind: str
    title: str
    held_on: date
    people: int | None
    languages: tuple[str, ...]
    domains: tuple[str, ...]
    asked: str
    text: str
    language: str
    made_by: str
    public: bool
    file: File | None


def shown_people(people: int | None) -> int | None:
    """The number when it is high enough to say."""
    return people if people is not None and people >= PEOPLE_FLOOR else None


def _with_files() -> Any:
    return select(FieldReport, ReportAttachment).outerjoin(
        ReportAttachment, ReportAttachment.report_id == FieldReport.id
    )


def _plain(row: FieldReport, file: ReportAttachment | None) -> Report:
    about = File(file.digest, file.media_type, file.size, file.name, file.alternative) if file else None
    return Report(
        row.id, row.panel_id, row.round_id, row.kind.value, row.title, row.held_on, shown_people(row.people),
        tuple(row.languages), tuple(row.domains), row.asked, row.text, row.language, row.made_by, row.public, about,
    )  # fmt: skip


def reports_of(session: Session, panel_id: int) -> list[Report]:
    """All reports of a panel but those taken out, newest day first; their bytes stay in the store. One statement."""
    statement = _with_files().where(FieldReport.panel_id == panel_id, FieldReport.removed_on.is_(None))
    rows = session.execute(statement.order_by(FieldReport.held_on.desc(), FieldReport.id.desc())).all()
    return [_plain(*row) for row in rows]


@dataclass(frozen=True)
class Seen:
    """A report for one person of its panel: the row for acts, the plain report to read, and who asks."""

    row: FieldReport
    report: Report
    panel: Panel
    membership: Membership

    @property
    def moderates(self) -> bool:
        """Whether a moderator asks."""
        return self.membership.role is Role.MODERATOR

    @property
    def own(self) -> bool:
        """Whether it is theirs to take out."""
        return self.moderates or self.row.author_id == self.membership.person_id


def report_for(session: Session, report_id: int, person_id: int) -> Seen | None:
    """A report, for the people of its panel; None for everybody else, and once it was taken out. One statement."""
    statement = (
        select(FieldReport, ReportAttachment, Panel, Membership)
        .outerjoin(ReportAttachment, ReportAttachment.report_id == FieldReport.id)
        .join(Panel, Panel.id == FieldReport.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .options(joinedload(Panel.municipality))
        .where(
            FieldReport.id == report_id, FieldReport.removed_on.is_(None), Membership.person_id == person_id,
            Membership.left_at.is_(None),
        )
    )  # fmt: skip
    found = session.execute(statement).first()
    return None if found is None else Seen(found[0], _plain(found[0], found[1]), found[2], found[3])


def removed(session: Session, panel_id: int) -> Sequence[FieldReport]:
    """What was taken out with a reason, newest first: kind, day and the reason are left."""
    statement = select(FieldReport).where(FieldReport.panel_id == panel_id, FieldReport.removed_because != "")
    return session.scalars(statement.order_by(FieldReport.removed_on.desc(), FieldReport.id.desc()).limit(20)).all()


def content_of(session: Session, report_id: int) -> ReportAttachment | None:
    """The file of a report with its bytes."""
    return session.get(ReportAttachment, report_id, options=[undefer(ReportAttachment.content)])


def to_send(session: Session, report_ids: Collection[int]) -> list[tuple[FieldReport, str]]:
    """Reports with the code of their place, in the order of their numbers."""
    rows = session.execute(
        select(FieldReport, Panel.municipality_code)
        .join(Panel, Panel.id == FieldReport.panel_id)
        .where(FieldReport.id.in_(report_ids), FieldReport.removed_on.is_(None))
        .order_by(FieldReport.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def by_key(session: Session, author_id: int, form_key: str) -> FieldReport | None:
    """The report that came in with this key."""
    statement = select(FieldReport).where(FieldReport.author_id == author_id, FieldReport.form_key == form_key)
    return session.scalar(statement)


def is_reporter(session: Session, panel_id: int, person_id: int) -> bool:
    """Whether somebody was asked to attach reports of a panel."""
    return session.get(Reporter, (panel_id, person_id)) is not None


def reporters(session: Session, panel_id: int) -> list[tuple[Person, bool]]:
    """The members of a panel, by pseudonym, each with whether they were asked to attach reports. One statement."""
    rows = session.execute(
        select(Person, Reporter.person_id.is_not(None))
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Reporter, (Reporter.person_id == Person.id) & (Reporter.panel_id == Membership.panel_id))
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(MEMBERS),
            Person.pseudonym.is_not(None), Person.erased_at.is_(None),
        )
        .order_by(Person.pseudonym)
    ).all()  # fmt: skip
    return [(row[0], bool(row[1])) for row in rows]


def gatherings_of(session: Session, panel_id: int) -> list[tuple[Gathering, Round]]:
    """The gatherings of all rounds of a panel, newest day first."""
    rows = session.execute(
        select(Gathering, Round)
        .join(Round, Round.id == Gathering.round_id)
        .where(Round.panel_id == panel_id)
        .order_by(Gathering.held_on.desc(), Gathering.id.desc())
        .limit(100)
    ).all()
    return [(row[0], row[1]) for row in rows]


def objections(session: Session, report_id: int, person_id: int | None = None) -> Sequence[ReportObjection]:
    """What members say is not what they said, open ones first; with `person_id` only hers."""
    statement = select(ReportObjection).where(ReportObjection.report_id == report_id)
    if person_id is not None:
        statement = statement.where(ReportObjection.person_id == person_id)
    return session.scalars(statement.order_by(ReportObjection.settled_on.is_not(None), ReportObjection.id)).all()


def objection_for(session: Session, objection_id: int, person_id: int) -> tuple[ReportObjection, Membership] | None:
    """An objection, for a moderator of the panel of its report."""
    row = session.execute(
        select(ReportObjection, Membership)
        .join(FieldReport, FieldReport.id == ReportObjection.report_id)
        .join(Membership, Membership.panel_id == FieldReport.panel_id)
        .where(
            ReportObjection.id == objection_id, Membership.person_id == person_id, Membership.left_at.is_(None),
            Membership.role == Role.MODERATOR,
        )
    ).first()  # fmt: skip
    return None if row is None else (row[0], row[1])


def open_objections(session: Session, panel_id: int) -> dict[int, int]:
    """How many objections wait, by report of a panel."""
    rows = session.execute(
        select(ReportObjection.report_id, func.count())
        .join(FieldReport, FieldReport.id == ReportObjection.report_id)
        .where(FieldReport.panel_id == panel_id, ReportObjection.settled_on.is_(None))
        .group_by(ReportObjection.report_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def written_by(session: Session, person_id: int) -> tuple[Sequence[FieldReport], Sequence[ReportObjection]]:
    """The reports and the objections of a person."""
    return (
        session.scalars(select(FieldReport).where(FieldReport.author_id == person_id)).all(),
        session.scalars(select(ReportObjection).where(ReportObjection.person_id == person_id)).all(),
    )


def objections_of_round(session: Session, round_id: int) -> Sequence[ReportObjection]:
    """Objections to the reports of a round."""
    return session.scalars(
        select(ReportObjection)
        .join(FieldReport, FieldReport.id == ReportObjection.report_id)
        .where(FieldReport.round_id == round_id)
    ).all()


def old_words(session: Session, before: date) -> tuple[Sequence[FieldReport], Sequence[ReportObjection]]:
    """Of no round and made before a day: reports that nobody said may be public, and objections."""
    loose = FieldReport.round_id.is_(None)
    reports = select(FieldReport).where(
        loose, FieldReport.made_on < before, FieldReport.public.is_(False), FieldReport.removed_on.is_(None)
    )
    objections = (
        select(ReportObjection)
        .join(FieldReport, FieldReport.id == ReportObjection.report_id)
        .where(loose, ReportObjection.made_on < before)
    )
    return session.scalars(reports).all(), session.scalars(objections).all()


def inside_of_round(session: Session, round_id: int) -> Sequence[FieldReport]:
    """Reports of a round that nobody said may be public."""
    return session.scalars(
        select(FieldReport).where(
            FieldReport.round_id == round_id, FieldReport.public.is_(False), FieldReport.removed_on.is_(None)
        )
    ).all()
