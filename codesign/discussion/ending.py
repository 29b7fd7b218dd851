"""What the end of a round does to replies: support is forgotten at once, words a year later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.discussion.models import Contribution, ReplySupport
from codesign.discussion.queries import of_closed_rounds
from codesign.journal.actions import note
from codesign.proposals.models import Proposal
from codesign.proposals.rows import forget_replies
from codesign.rules.words import WordState


def forget_support(session: Session, now: datetime) -> int:
    """After the end of a round the rows of support go, and the counts stay; returns how many rows went."""
    gone = session.execute(delete(ReplySupport).where(ReplySupport.contribution_id.in_(of_closed_rounds(session))))
    number = int(gone.rowcount)  # type: ignore[attr-defined]
    if number:
        note(session, Store.VOICES, by=None, verb="forget_support", what="round", id="closed", now=now)
    return number


def erase_round(session: Session, round_id: int) -> int:
    """Take all words of the replies of a round out of the store; returns how many rows had some."""
    ideas = select(Proposal.id).where(Proposal.round_id == round_id)
    gone = session.execute(
        update(Contribution)
        .where(Contribution.proposal_id.in_(ideas), Contribution.state != WordState.ERASED)
        .values(state=WordState.ERASED, body="", language="", held_for=[])
    )
    forget_replies(session, round_id)
    return int(gone.rowcount)  # type: ignore[attr-defined]
