"""Keeping what search looks in: our own advice is read off when it changed, imported advice when it came in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import insert_if_absent, lock, writing
from codesign.documents.domain import parse
from codesign.documents.models import AdviceStatus, Kind
from codesign.documents.queries import documents_about
from codesign.library.entries import Entry, card_of, read_off
from codesign.library.models import ActorKind, LibraryActor, LibraryAdvice, LibraryMeasure
from codesign.library.queries import changed, entry_of, measure_ids
from codesign.responses.after_queries import cards
from codesign.responses.queries import advice_document, answer_of


def catch_up(session: Session, _now: datetime, at_once: int = 50) -> int:
    """Read off our own advice that is new or changed since; returns how many. Safe to do twice and by several."""
    waiting = changed(session, at_once)
    session.rollback()
    for advice_id, marker in waiting:
        with writing(session):
            status = lock(session, AdviceStatus, advice_id)
            if status is not None:
                _read_own(session, status, marker)
    return len(waiting)


def _read_own(session: Session, status: AdviceStatus, marker: str) -> None:
    entry = read_off(
        advice_document(session, status.digest),
        answer_of(session, status.digest),
        {card.recommendation: card_of(card) for card in cards(session, status.place_code, status.number)},
        withdrawn=status.withdrawn_on is not None,
        more=[parse("summary", d.stored)["text"] for d in documents_about(session, status.digest, Kind.SUMMARY)],
    )
    keep(session, entry, marker, advice_id=status.id)


def keep(
    session: Session, entry: Entry, marker: str, *, advice_id: int | None = None, origin_id: int | None = None
) -> LibraryAdvice:
    """Write one entry with its measures in place of what stood there: of our own advice, or of an origin."""
    values: dict[str, Any] = {
        "place_code": entry.place_code, "place_name": entry.place_name, "number": entry.number, "title": entry.title,
        "language": entry.language, "sent_on": entry.sent_on, "found_by": entry.found_by, "marker": marker,
    }  # fmt: skip
    insert_if_absent(session, LibraryAdvice, advice_id=advice_id, origin_id=origin_id, **values)
    found = entry_of(session, advice_id=advice_id, origin_id=origin_id, place=entry.place_code, number=entry.number)
    row = lock(session, LibraryAdvice, found)
    assert row is not None
    for field, value in values.items():
        setattr(row, field, value)
    old = measure_ids(session, row.id)
    session.execute(delete(LibraryActor).where(LibraryActor.measure_id.in_(old)))
    session.execute(delete(LibraryMeasure).where(LibraryMeasure.id.in_(old)))
    session.add_all(
        LibraryMeasure(
            entry_id=row.id, recommendation=m.recommendation, title=m.title, domain=m.domain, indicator=m.indicator,
            experience=m.experience, cost_class=m.cost_class, stand=m.stand, card=m.card, found_by=m.found_by,
            actors=[LibraryActor(kind=ActorKind(kind)) for kind in m.actors],
        )
        for m in entry.measures
    )  # fmt: skip
    session.flush()
    return row
