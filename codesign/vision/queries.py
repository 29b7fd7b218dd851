"""Reading the vision of a place: for members, for the desk, and for an advice that refers to its points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.vision.models import PointState, VisionPoint


@dataclass(frozen=True)
class Point:
    """A point the panel agreed on, as others read it."""

    id: int
    text: str
    language: str
    agreed_on: date


def points_of(session: Session, panel_id: int) -> list[Point]:
    """The points of a panel's vision as it stands now, in their order. One statement."""
    rows = session.execute(
        select(VisionPoint.id, VisionPoint.text, VisionPoint.language, VisionPoint.agreed_on)
        .where(VisionPoint.panel_id == panel_id, VisionPoint.state == PointState.AGREED)
        .order_by(VisionPoint.position, VisionPoint.id)
    ).all()
    return [Point(*row) for row in rows]
