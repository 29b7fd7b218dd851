"""What the end of a round does to what members told."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from codesign.rules.words import WordState
from codesign.tellings.models import Telling


def erase_round(session: Session, round_id: int) -> int:
    """Take all words told in a round out of the store, a year after its end; returns how many rows had some."""
    gone = session.execute(
        update(Telling)
        .where(Telling.round_id == round_id, Telling.state != WordState.ERASED)
        .values(state=WordState.ERASED, body="", language="", held_for=[])
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
