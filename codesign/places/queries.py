"""Reading places, their networks and their policy calendars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from codesign.places.domain import MomentLine, Origin, needed_before
from codesign.places.house_style import Style
from codesign.places.logo import Logo
from codesign.places.models import HouseStyle, Place, PlaceMoment, PlaceNetwork
from codesign.rules.folding import fold_for_search


def place(session: Session, code: str) -> Place | None:
    """The place with this code, or None."""
    return session.get(Place, code)


def dressed_place(session: Session, code: str) -> tuple[Place | None, HouseStyle | None]:
    """A place and how it looks, without the bytes of its logo (None: as the library does); one statement."""
    statement = select(Place, HouseStyle).outerjoin(HouseStyle, HouseStyle.place_code == Place.code)
    row = session.execute(statement.where(Place.code == code)).one_or_none()
    if row is None:
        return None, None
    worn = row[1]
    return row[0], worn if worn is not None and (worn.tokens or worn.logo_digest) else None


def style(session: Session, place_code: str) -> Style | None:
    """The same with the logo, for files that are drawn; one statement."""
    whole = (undefer(HouseStyle.logo), undefer(HouseStyle.stored))
    statement = select(HouseStyle).where(HouseStyle.place_code == place_code).options(*whole)
    # Both may be here already, without their bytes.
    found = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None or not (found.tokens or found.logo):
        return None
    sides = (found.logo_width, found.logo_height)
    logo = Logo(found.logo, *sides, found.logo_alternative, found.logo_language) if found.logo else None
    return Style(found.digest, found.tokens, logo, found.stored)


def places(session: Session) -> Sequence[Place]:
    """All places, by name."""
    return session.scalars(select(Place).order_by(Place.name, Place.code)).all()


def places_of(session: Session, codes: Iterable[str]) -> dict[str, Place]:
    """The places with these codes, by code."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {p.code: p for p in session.scalars(select(Place).where(Place.code.in_(wanted)))}


def moments(session: Session, place_code: str, origin: Origin | None = None) -> Sequence[PlaceMoment]:
    """The moments of a place that have not ended, by day; `origin`: only those its officials, or its panels, keep."""
    statement = select(PlaceMoment).where(PlaceMoment.place_code == place_code, PlaceMoment.ended.is_(False))
    if origin is not None:
        statement = statement.where(PlaceMoment.origin == origin)
    return session.scalars(statement.order_by(PlaceMoment.decided_on, PlaceMoment.id)).all()


def moments_kept_there(session: Session, place_code: str) -> list[MomentLine]:
    """The moments officials of a place keep, with their last day for advice; one statement."""
    rows = session.execute(
        select(PlaceMoment, Place.answer_weeks)
        .join(Place, Place.code == PlaceMoment.place_code)
        .where(PlaceMoment.place_code == place_code, PlaceMoment.ended.is_(False), PlaceMoment.origin == Origin.PLACE)
    ).all()
    return [line_of(row[0], row[1]) for row in rows]


def line_of(m: PlaceMoment, weeks: int) -> MomentLine:
    """A moment as pages and files show it."""
    code = f"place:{m.code}" if m.origin is Origin.PLACE else m.code
    return MomentLine(
        code, m.title, m.kind, m.decided_on, needed_before(m.decided_on, m.advice_before, weeks),
        m.language, m.source, m.checked_on, m.url, m.origin, m.as_of,
    )  # fmt: skip


def moment_of(session: Session, place_code: str, origin: Origin, code: str) -> PlaceMoment | None:
    """One moment of a place, also when it has ended."""
    return session.scalar(
        select(PlaceMoment).where(
            PlaceMoment.place_code == place_code, PlaceMoment.origin == origin, PlaceMoment.code == code
        )
    )


def moment_codes(session: Session, place_code: str, origin: Origin) -> set[str]:
    """The codes of moments given in a place, also to what has ended."""
    return set(
        session.scalars(
            select(PlaceMoment.code).where(PlaceMoment.place_code == place_code, PlaceMoment.origin == origin)
        )
    )


def networks(session: Session, place_code: str) -> Sequence[PlaceNetwork]:
    """The networks of a place that have not ended, by name as people say it (there is no ranking)."""
    rows = session.scalars(
        select(PlaceNetwork).where(PlaceNetwork.place_code == place_code, PlaceNetwork.ended.is_(False))
    ).all()
    return sorted(rows, key=lambda n: (fold_for_search(n.name), n.code))


def own_moment(session: Session, place_code: str, moment_id: int) -> PlaceMoment | None:
    """A moment that officials of this place keep, while it has not ended."""
    return session.scalar(
        select(PlaceMoment).where(
            PlaceMoment.id == moment_id, PlaceMoment.place_code == place_code, PlaceMoment.origin == Origin.PLACE,
            PlaceMoment.ended.is_(False),
        )
    )  # fmt: skip
