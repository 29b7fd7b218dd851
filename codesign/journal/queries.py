"""Reading the journal: newest acts, the end of the chain, and a check of the whole chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from codesign.journal.models import RecordEntry, VoicesEntry

Entry = VoicesEntry | RecordEntry


def newest(model: type[Entry] = VoicesEntry) -> Select[Any]:
    """The statement that lists acts, newest first."""
    return select(model).order_by(model.id.desc())


def last_chained(session: Session, model: type[Entry]) -> str:
    """The digest at the end of the chain; empty for a new journal."""
    found = session.scalar(select(model.chain).where(model.chain.is_not(None)).order_by(model.id.desc()).limit(1))
    return found or ""


def unchained(session: Session, model: type[Entry], limit: int) -> Sequence[Any]:
    """The oldest rows that are not chained yet."""
    return session.scalars(select(model).where(model.chain.is_(None)).order_by(model.id).limit(limit)).all()


def first_broken(session: Session, model: type[Entry]) -> int | None:
    """The id of the first row whose digest does not follow from the row before it; None when the chain holds."""
    from codesign.journal.actions import link

    before = ""
    rows: Iterable[Any] = session.scalars(select(model).order_by(model.id).execution_options(yield_per=500))
    for row in rows:
        if row.chain is None:
            return None
        if row.chain != link(before, row):
            return int(row.id)
        before = row.chain
    return None
