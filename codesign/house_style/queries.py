"""Reading the house style that was last sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.documents.domain import Json, parse
from codesign.jobs.models import OutboxItem

KIND = "house_style"
_MOST_READ = 200


def last_sent(session: Session, place_code: str) -> Json | None:
    """The newest document of the house style of this place, whether it arrived or waits; one statement."""
    statement: Any = select(OutboxItem.payload).where(OutboxItem.kind == KIND).order_by(OutboxItem.id.desc())
    for payload in session.scalars(statement.limit(_MOST_READ)):
        document = parse(KIND, payload)
        if document["place"] == place_code:
            return document
    return None
