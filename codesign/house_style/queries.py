"""Reading the house style that was last sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.documents.domain import Json, parse
from codesign.jobs.models import OutboxItem

KIND = "house_style"


def last_sent(session: Session, place_code: str) -> Json | None:
    """The newest document of the house style of this place, whether it arrived or waits; one statement."""
    statement: Any = select(OutboxItem.payload).where(OutboxItem.kind == KIND).order_by(OutboxItem.id.desc())
    # One after another: a document holds a logo, and the place asked for is mostly the newest.
    for payload in session.scalars(statement.execution_options(yield_per=1)):
        document = parse(KIND, payload)
        if document["place"] == place_code:
            return document
    return None
