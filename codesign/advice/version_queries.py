"""Reading the history of an advice: the versions of a place, and what was taken out of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.advice.models import AdviceVersion, Recommendation

# The places of recommendations begin so.
PREFIX = "recommendation-"
SHOWN = 40


def newest(session: Session, advice_id: int, place: str) -> AdviceVersion | None:
    """The last version of a place."""
    return session.scalar(
        select(AdviceVersion)
        .where(AdviceVersion.advice_id == advice_id, AdviceVersion.place == place)
        .order_by(AdviceVersion.number.desc())
        .limit(1)
    )


def history(session: Session, advice_id: int, places: Collection[str]) -> list[tuple[AdviceVersion, Person]]:
    """The last versions of these places with who saved each, newest first; one statement."""
    rows = session.execute(
        select(AdviceVersion, Person)
        .join(Person, Person.id == AdviceVersion.saved_by)
        .where(AdviceVersion.advice_id == advice_id, AdviceVersion.place.in_(places))
        .order_by(AdviceVersion.id.desc())
        .limit(SHOWN * len(places))
    ).all()
    return [(row[0], row[1]) for row in rows]


def version(session: Session, advice_id: int, version_id: int) -> AdviceVersion | None:
    """One version of an advice."""
    return session.scalar(
        select(AdviceVersion).where(AdviceVersion.advice_id == advice_id, AdviceVersion.id == version_id)
    )


def taken_out(session: Session, advice_id: int) -> Sequence[AdviceVersion]:
    """The last version of each recommendation that was taken out, the last one first."""
    there = select(Recommendation.id).where(Recommendation.advice_id == advice_id)
    kept = {f"{PREFIX}{number}" for number in session.scalars(there)}
    rows = session.scalars(
        select(AdviceVersion)
        .where(AdviceVersion.advice_id == advice_id, AdviceVersion.place.startswith(PREFIX, autoescape=True))
        .order_by(AdviceVersion.number)
    )
    last = {row.place: row for row in rows if row.place not in kept}
    return sorted(last.values(), key=lambda row: row.id, reverse=True)
