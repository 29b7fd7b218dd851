"""Reading what members said of the recommendations: counts and words, never names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.advice.models import Meaning, Recommendation


@dataclass(frozen=True)
class Said:
    """What the panel said of one recommendation: how many meant it, how many not yet, and why (words, language), in
    the order of the words. `mine`: my own answer; `because`: my own words."""

    meant: int = 0
    not_yet: int = 0
    why: tuple[tuple[str, str], ...] = ()
    mine: bool | None = None
    because: str = ""


def said_of(session: Session, advice_id: int, person_id: int | None) -> dict[int, Said]:
    """By recommendation; one statement."""
    found: dict[int, list[Meaning]] = {}
    for row in all_of(session, advice_id):
        found.setdefault(row.recommendation_id, []).append(row)
    return {number: _said(rows, person_id) for number, rows in found.items()}


def _said(rows: Sequence[Meaning], person_id: int | None) -> Said:
    mine = next((row for row in rows if row.person_id == person_id), None)
    # Sorted by their letters, so that the order of the words tells nothing about who wrote when.
    why = sorted((row.because, row.language) for row in rows if not row.meant)
    return Said(
        meant=sum(row.meant for row in rows), not_yet=len(why), why=tuple(why),
        mine=mine.meant if mine else None, because=mine.because if mine else "",
    )  # fmt: skip


def all_of(session: Session, advice_id: int) -> Sequence[Meaning]:
    """Every answer about the recommendations of an advice."""
    return session.scalars(
        select(Meaning)
        .join(Recommendation, Recommendation.id == Meaning.recommendation_id)
        .where(Recommendation.advice_id == advice_id)
    ).all()


def recommendation_ids(session: Session, advice_id: int) -> set[int]:
    """The numbers of an advice's recommendations."""
    return set(session.scalars(select(Recommendation.id).where(Recommendation.advice_id == advice_id)))
