"""What an advice cites from elsewhere: figures, practice, research and law."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.advice.actions import NotHere, open_draft
from codesign.advice.models import CitedBlock
from codesign.advice.queries import AdviceView
from codesign.advice.values import CitedKind
from codesign.evidence import queries as evidence


def cite(
    session: Session, view: AdviceView, *, kind: CitedKind, text: str, source: str, source_date: date | None,
    checked_on: date | None, definition: str, url: str, now: datetime,
) -> CitedBlock:  # fmt: skip
    """Add something known elsewhere; a figure without source, date and definition is refused (ValueError, R06)."""
    advice = open_draft(session, view, now, "cited")
    if kind is CitedKind.FIGURE and not (source and source_date and definition):
        raise ValueError("a figure needs source, date and definition")
    made = CitedBlock(
        advice_id=advice.id, kind=kind, text=text, source=source, source_date=source_date, checked_on=checked_on,
        definition=definition, url=url,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def drop_cited(session: Session, view: AdviceView, cited_id: int, *, now: datetime) -> None:
    """Take out something that was cited. Raises `NotHere`."""
    advice = open_draft(session, view, now, "cited")
    row = session.get(CitedBlock, cited_id)
    if row is None or row.advice_id != advice.id:
        raise NotHere
    for backing in evidence.of_cited(session, row.id):
        session.delete(backing)
    session.flush()
    session.delete(row)
