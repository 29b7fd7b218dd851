"""Reading results of elections that were held outside."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from codesign.accounts.models import Person
from codesign.voting.models import Ballot, OutsideResult


def outside_result(session: Session, ballot_id: int, *, archive: bool = False) -> OutsideResult | None:
    """What came in for this ballot, or None; with `archive` its bytes too."""
    statement = select(OutsideResult).where(OutsideResult.ballot_id == ballot_id)
    return session.scalar(statement.options(undefer(OutsideResult.archive)) if archive else statement)


def outside_of(session: Session, round_id: int) -> Sequence[tuple[Ballot, OutsideResult]]:
    """Every election of a round that was held outside and came back, oldest first."""
    rows = session.execute(
        select(Ballot, OutsideResult)
        .join(OutsideResult, OutsideResult.ballot_id == Ballot.id)
        .where(Ballot.round_id == round_id)
        .order_by(OutsideResult.id)
    )
    return [(ballot, found) for ballot, found in rows.all()]


def names_of(session: Session, people: Sequence[int]) -> list[str]:
    """The names these people chose."""
    return list(session.scalars(select(Person.pseudonym).where(Person.id.in_(people))))
