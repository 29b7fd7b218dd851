"""Reading reports and their files: for members, for the desk, and for whoever cites one in an advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from codesign.fieldwork.models import FieldReport, ReportFile

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


def _with_files() -> Select[Any]:
    return select(FieldReport, ReportFile).outerjoin(ReportFile, ReportFile.report_id == FieldReport.id)


def _plain(row: FieldReport, file: ReportFile | None) -> Report:
    about = file and File(file.digest, file.media_type, file.size, file.name, file.alternative)
    return Report(
        row.id, row.panel_id, row.round_id, row.kind.value, row.title, row.held_on, shown_people(row.people),
        tuple(row.languages), tuple(row.domains), row.asked, row.text, row.language, row.made_by, row.public, about,
    )  # fmt: skip


def reports_of(session: Session, panel_id: int) -> list[Report]:
    """All reports of a panel but those taken out, newest day first; their bytes stay in the store. One statement."""
    statement = _with_files().where(FieldReport.panel_id == panel_id, FieldReport.removed_on.is_(None))
    rows = session.execute(statement.order_by(FieldReport.held_on.desc(), FieldReport.id.desc())).all()
    return [_plain(*row) for row in rows]
