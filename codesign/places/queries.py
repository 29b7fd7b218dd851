"""Reading places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.places.models import Place


def place(session: Session, code: str) -> Place | None:
    """The place with this code, or None."""
    return session.get(Place, code)


def places(session: Session) -> Sequence[Place]:
    """All places, by name."""
    return session.scalars(select(Place).order_by(Place.name, Place.code)).all()


def places_of(session: Session, codes: Iterable[str]) -> dict[str, Place]:
    """The places with these codes, by code."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {p.code: p for p in session.scalars(select(Place).where(Place.code.in_(wanted)))}
