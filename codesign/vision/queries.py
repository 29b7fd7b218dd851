"""Reading the vision of a place: for members, for the desk, and for an advice that refers to its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from codesign.panels.models import Gathering, Membership, Panel, Round
from codesign.rules.disclosure import QUARTER_FLOOR
from codesign.rules.roles import Role
from codesign.vision.models import Ours, PointState, PointTranslation, PointVersion, VisionPoint


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
    return [Point(row[0], row[1], row[2], row[3]) for row in rows if row[3] is not None]


@dataclass(frozen=True)
class Shown:
    """An agreed point with where the panel agreed, and its translations that say the newest wording."""

    row: VisionPoint
    gathering: str = ""
    translations: dict[str, str] = field(default_factory=dict)

    def words(self, language: str) -> tuple[str, str]:
        """Text and its language: the reader's where there is one, else as the panel wrote it."""
        if language in self.translations:
            return self.translations[language], language
        return self.row.text, self.row.language


def agreed(session: Session, panel_id: int) -> list[Shown]:
    """The vision as it stands, in its order. Two statements."""
    rows = session.execute(
        select(VisionPoint, Gathering.title)
        .outerjoin(Gathering, Gathering.id == VisionPoint.gathering_id)
        .where(VisionPoint.panel_id == panel_id, VisionPoint.state == PointState.AGREED)
        .order_by(VisionPoint.position, VisionPoint.id)
    ).all()
    found: dict[int, dict[str, str]] = {row[0].id: {} for row in rows}
    current = (
        select(PointTranslation)
        .join(VisionPoint, VisionPoint.id == PointTranslation.point_id)
        .where(VisionPoint.panel_id == panel_id, PointTranslation.of_version == VisionPoint.version)
    )
    for translation in session.scalars(current):
        found.setdefault(translation.point_id, {})[translation.language] = translation.text
    return [Shown(row[0], row[1] or "", found[row[0].id]) for row in rows]


@dataclass(frozen=True)
class Offered:
    """A sentence a member proposed. `ours`: how many say it is theirs too, from ten on; `pressed`: the reader does."""

    row: VisionPoint
    own: bool
    pressed: bool

    @property
    def ours(self) -> int | None:
        """The number when it is high enough to say."""
        return self.row.ours if self.row.ours >= QUARTER_FLOOR else None


def proposed(session: Session, panel_id: int, person_id: int) -> list[Offered]:
    """What members proposed, oldest first. One statement."""
    rows = session.execute(
        select(VisionPoint, Ours.person_id)
        .outerjoin(Ours, (Ours.point_id == VisionPoint.id) & (Ours.person_id == person_id))
        .where(VisionPoint.panel_id == panel_id, VisionPoint.state == PointState.PROPOSED)
        .order_by(VisionPoint.id)
    ).all()
    return [Offered(row[0], row[0].author_id == person_id, row[1] is not None) for row in rows]


def taken_out(session: Session, panel_id: int) -> Sequence[VisionPoint]:
    """Points that were taken out, newest first, with why."""
    statement = select(VisionPoint).where(VisionPoint.panel_id == panel_id, VisionPoint.state == PointState.TAKEN_OUT)
    return session.scalars(statement.order_by(VisionPoint.out_on.desc(), VisionPoint.id.desc())).all()


def wordings(session: Session, panel_id: int) -> dict[int, list[PointVersion]]:
    """How each point read before its newest wording, by point, oldest first; only points that were reworded."""
    rows = session.scalars(
        select(PointVersion)
        .join(VisionPoint, VisionPoint.id == PointVersion.point_id)
        .where(VisionPoint.panel_id == panel_id, PointVersion.number < VisionPoint.version)
        .order_by(PointVersion.point_id, PointVersion.number)
    )
    found: dict[int, list[PointVersion]] = {}
    for row in rows:
        found.setdefault(row.point_id, []).append(row)
    return found


@dataclass(frozen=True)
class Seen:
    """A point for somebody of its panel."""

    row: VisionPoint
    panel: Panel
    membership: Membership

    @property
    def own(self) -> bool:
        """Whether they proposed it."""
        return self.row.author_id == self.membership.person_id


def point_for(session: Session, point_id: int, person_id: int, *, moderator: bool = False) -> Seen | None:
    """A point that has words, for the people of its panel (or its moderators); None for everybody else."""
    statement = (
        select(VisionPoint, Panel, Membership)
        .join(Panel, Panel.id == VisionPoint.panel_id)
        .join(Membership, Membership.panel_id == Panel.id)
        .options(joinedload(Panel.municipality))
        .where(
            VisionPoint.id == point_id, VisionPoint.state != PointState.ERASED, Membership.person_id == person_id,
            Membership.left_at.is_(None),
        )
    )  # fmt: skip
    if moderator:
        statement = statement.where(Membership.role == Role.MODERATOR)
    found = session.execute(statement).first()
    return None if found is None else Seen(*found)


def by_key(session: Session, panel_id: int, form_key: str) -> VisionPoint | None:
    """The point that came in with this key."""
    return session.scalar(select(VisionPoint).where(VisionPoint.panel_id == panel_id, VisionPoint.form_key == form_key))


def in_order(session: Session, panel_id: int) -> Sequence[VisionPoint]:
    """The agreed points as rows, in their order."""
    return session.scalars(
        select(VisionPoint)
        .where(VisionPoint.panel_id == panel_id, VisionPoint.state == PointState.AGREED)
        .order_by(VisionPoint.position, VisionPoint.id)
    ).all()


def last_position(session: Session, panel_id: int) -> int:
    """The place of the last point."""
    return session.scalar(select(func.max(VisionPoint.position)).where(VisionPoint.panel_id == panel_id)) or 0


def translations(session: Session, point_id: int) -> Sequence[PointTranslation]:
    """All translations of a point, also older ones."""
    return session.scalars(
        select(PointTranslation).where(PointTranslation.point_id == point_id).order_by(PointTranslation.language)
    ).all()


def gatherings_of(session: Session, panel_id: int) -> Sequence[Gathering]:
    """The gatherings of all rounds of a panel, newest day first."""
    return session.scalars(
        select(Gathering)
        .join(Round, Round.id == Gathering.round_id)
        .where(Round.panel_id == panel_id)
        .order_by(Gathering.held_on.desc(), Gathering.id.desc())
        .limit(100)
    ).all()


def of_author(session: Session, person_id: int) -> Sequence[VisionPoint]:
    """What a member proposed and the panel did not agree on yet."""
    return session.scalars(
        select(VisionPoint).where(VisionPoint.author_id == person_id, VisionPoint.state == PointState.PROPOSED)
    ).all()


def shared_by(session: Session, person_id: int) -> Sequence[int]:
    """The points somebody said are theirs too."""
    return session.scalars(select(Ours.point_id).where(Ours.person_id == person_id)).all()


def proposed_in(session: Session, round_id: int) -> Sequence[VisionPoint]:
    """What was proposed in a round and not agreed on."""
    return session.scalars(
        select(VisionPoint).where(VisionPoint.round_id == round_id, VisionPoint.state == PointState.PROPOSED)
    ).all()


def old_proposals(session: Session, before: date) -> Sequence[VisionPoint]:
    """What was proposed in no round before a day, and not agreed on."""
    return session.scalars(
        select(VisionPoint).where(
            VisionPoint.round_id.is_(None), VisionPoint.state == PointState.PROPOSED, VisionPoint.made_on < before
        )
    ).all()
