"""Reading for what the panel says after an answer: what went over the wall before, and votes of later rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.documents.domain import parse
from codesign.jobs.models import OutboxItem, OutboxState
from codesign.panels.models import Round
from codesign.voting.domain import Category, Kind, Method, State
from codesign.voting.models import Ballot


def said(session: Session, kind: str, advice_digest: str) -> list[dict[str, Any]]:
    """Documents of a kind about one advice that went over the wall or wait to, oldest first."""
    statement = (
        select(OutboxItem.payload)
        .where(OutboxItem.kind == kind, OutboxItem.state != OutboxState.REFUSED)
        .order_by(OutboxItem.id)
    )
    found = [parse(kind, payload) for payload in session.scalars(statement)]
    return [d for d in found if d["advice"] == advice_digest]


def measures_vote(session: Session, round_id: int) -> Ballot | None:
    """The newest vote of a round on whether each measure of the answer fits, unless it was made void (R27)."""
    return session.scalar(
        select(Ballot)
        .where(
            Ballot.round_id == round_id, Ballot.kind == Kind.RATING, Ballot.method == Method.SCORE,
            Ballot.state != State.VOID,
        )
        .order_by(Ballot.id.desc())
        .limit(1)
    )  # fmt: skip


def follow_up_votes(session: Session, panel_id: int, round_id: int) -> Sequence[Ballot]:
    """Closed yes or no votes of newcomers in other rounds of the panel than this one, newest first (R30)."""
    return session.scalars(
        select(Ballot)
        .join(Round, Round.id == Ballot.round_id)
        .where(
            Round.panel_id == panel_id, Round.id > round_id, Ballot.kind == Kind.VOTE,
            Ballot.method == Method.YES_NO, Ballot.category == Category.NEWCOMERS,
            Ballot.state.in_([State.CLOSED, State.SWEPT]), Ballot.release_digest.is_not(None),
        )
        .order_by(Ballot.closed_at.desc())
    ).all()  # fmt: skip
