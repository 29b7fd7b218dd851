"""The only way over the wall: documents are put in a row with the act, and delivered once, in order, by a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import structlog
from sqlalchemy import Select, func, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session, defer

from codesign.db import insert_if_absent, writing
from codesign.jobs.models import OutboxItem, OutboxState

log = structlog.get_logger()
# So often a document is tried whose values the record's tables refuse.
MOST_TRIES = 5
# Receives the stored bytes of one document; raises ValueError when the record must refuse it.
Receiver = Callable[[Session, bytes, datetime], None]


def put(session: Session, *, kind: str, payload: bytes, now: datetime) -> str:
    """Put a document in the outbox, in the transaction of the act; the same bytes twice are one. Returns the digest."""
    digest = hashlib.sha256(payload).hexdigest()
    insert_if_absent(
        session, OutboxItem, kind=kind, digest=digest, payload=payload, state=OutboxState.WAITING, put_at=now,
        next_try_at=now, tries=0,
    )  # fmt: skip
    return digest


@dataclass(frozen=True)
class Delivery:
    """What one run did: how many arrived, how many were refused, whether the record could be reached."""

    delivered: int = 0
    refused: int = 0
    reachable: bool = True


def waiting(session: Session, now: datetime, limit: int = 100) -> Sequence[OutboxItem]:
    """Documents whose turn it is, oldest first; the bytes of each are read when it is handed over, and let go again.

    Nothing overtakes a document that is tried again later: what came after may rest on it.
    """
    statement = (
        select(OutboxItem)
        .options(defer(OutboxItem.payload))
        .where(OutboxItem.state == OutboxState.WAITING)
        .order_by(OutboxItem.id)
        .limit(limit)
    )
    return list(takewhile(lambda item: item.next_try_at <= now, session.scalars(statement).all()))


def newest() -> Select[Any]:
    """The statement that lists documents, newest first; their bytes stay in the store."""
    return select(OutboxItem).options(defer(OutboxItem.payload)).order_by(OutboxItem.id.desc())


def counts(session: Session) -> dict[OutboxState, int]:
    """How many documents are in each state."""
    rows = session.execute(select(OutboxItem.state, func.count()).group_by(OutboxItem.state)).all()
    return {row[0]: row[1] for row in rows}


def deliver(voices: Session, record: Session, receivers: Mapping[str, Receiver], now: datetime) -> Delivery:
    """Hand over what waits. Each document is one transaction of the record, then one of the voices.

    Receiving is idempotent, so a crash between the two only means that a document is handed over again. When the
    record cannot be reached, everything stays and is tried again later, so that order is kept.
    """
    delivered = refused = 0
    for item in waiting(voices, now):
        voices.rollback()
        try:
            with writing(record):
                receivers[item.kind](record, item.payload, now)
        except (DBAPIError, OSError) as error:
            # A record that answers and will not take this one must not keep all others back for ever.
            if isinstance(error, DataError | IntegrityError) and item.tries >= MOST_TRIES:
                _refuse(voices, item, type(error).__name__)
                refused += 1
                continue
            log.warning("record_unreachable", kind=type(error).__name__)
            with writing(voices):
                voices.add(item)
                item.tries += 1
                item.next_try_at = now + timedelta(seconds=min(300, 2 ** min(item.tries, 8)))
            return Delivery(delivered, refused, reachable=False)
        except ValueError as error:
            _refuse(voices, item, str(error)[:500])
            refused += 1
            continue
        with writing(voices):
            voices.add(item)
            item.state, item.delivered_at = OutboxState.DELIVERED, now
        voices.expire(item)
        delivered += 1
    return Delivery(delivered, refused)


def _refuse(voices: Session, item: OutboxItem, problem: str) -> None:
    with writing(voices):
        voices.add(item)
        item.state, item.problem, item.tries = OutboxState.REFUSED, problem, item.tries + 1
    log.error("document_refused", document=item.kind, digest=item.digest)
