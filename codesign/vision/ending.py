"""What the end of a round does to sentences that were proposed for the vision."""

from __future__ import annotations

from sqlalchemy.orm import Session

from codesign.vision.actions import empty
from codesign.vision.queries import proposed_in


def erase_round(session: Session, round_id: int) -> int:
    """Take out what members proposed in a round and the panel did not agree on; returns how many went."""
    rows = proposed_in(session, round_id)
    for row in rows:
        empty(session, row)
    return len(rows)
