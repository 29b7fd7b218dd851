"""Writing the journal: one row in the same transaction as the act, and the chain that shows tampering."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.models import RecordEntry, VoicesEntry
from codesign.journal.queries import last_chained, unchained

MODELS: dict[Store, type[VoicesEntry] | type[RecordEntry]] = {Store.VOICES: VoicesEntry, Store.RECORD: RecordEntry}


def note(session: Session, store: Store, *, by: int | None, verb: str, what: str, id: int | str, now: datetime) -> None:
    """Write down one act: ids only, never words or names."""
    session.add(MODELS[store](at=now, by=by, verb=verb, what=what, what_id=str(id)))


def link(before: str, entry: VoicesEntry | RecordEntry) -> str:
    """The digest that chains `entry` to the one before it."""
    fields = (before, str(entry.id), entry.at.isoformat(), str(entry.by), entry.verb, entry.what, entry.what_id)
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()


def chain(session: Session, store: Store, limit: int = 1000) -> int:
    """Chain the next rows that have no digest yet; returns how many."""
    model = MODELS[store]
    before = last_chained(session, model)
    rows = unchained(session, model, limit)
    for row in rows:
        row.chain = before = link(before, row)
    return len(rows)
