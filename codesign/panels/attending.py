"""Who comes to a session: a member says yes or no, the room gets a number, nobody gets names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent
from codesign.journal.actions import note
from codesign.panels.models import Attendance, Gathering, Membership, Round
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, require
from codesign.rules.phases import Phase


@dataclass(frozen=True)
class NextGathering:
    """A session to come, and what I said: True, False, or None when I said nothing."""

    gathering: Gathering
    coming: bool | None


def next_gathering(session: Session, panel_id: int, person_id: int, today: date) -> NextGathering | None:
    """The next session of any open round of a panel, in one statement."""
    row = session.execute(
        select(Gathering, Attendance.coming)
        .join(Round, Round.id == Gathering.round_id)
        .outerjoin(Attendance, and_(Attendance.gathering_id == Gathering.id, Attendance.person_id == person_id))
        .where(Round.panel_id == panel_id, Round.phase.not_in([Phase.DRAFT, Phase.CLOSED]), Gathering.held_on >= today)
        .order_by(Gathering.held_on, Gathering.starts, Gathering.id)
        .limit(1)
    ).first()
    return None if row is None else NextGathering(row[0], row[1])


def expected(session: Session, gathering_ids: Sequence[int]) -> dict[int, int]:
    """How many said that they come, by session."""
    rows = session.execute(
        select(Attendance.gathering_id, func.count())
        .where(Attendance.gathering_id.in_(gathering_ids), Attendance.coming)
        .group_by(Attendance.gathering_id)
    ).all()
    return {int(gathering): int(count) for gathering, count in rows}


def next_of_round(session: Session, round_id: int, today: date) -> tuple[Gathering, int] | None:
    """The next session of a round with how many said that they come, in one statement."""
    coming = select(func.count()).where(Attendance.gathering_id == Gathering.id, Attendance.coming).scalar_subquery()
    row = session.execute(
        select(Gathering, coming)
        .where(Gathering.round_id == round_id, Gathering.held_on >= today)
        .order_by(Gathering.held_on, Gathering.starts, Gathering.id)
        .limit(1)
    ).first()
    return None if row is None else (row[0], int(row[1]))


def attend(
    session: Session, round: Round, membership: Membership, gathering: Gathering, *, coming: bool, now: datetime
) -> None:
    """Say whether one comes; saying it again changes it. The journal names nobody."""
    require(Action.ATTEND, facts(round, membership))
    key = {"gathering_id": gathering.id, "person_id": membership.person_id}
    session.execute(
        delete(Attendance).where(Attendance.gathering_id == gathering.id, Attendance.person_id == membership.person_id)
    )
    insert_if_absent(session, Attendance, **key, coming=coming)
    note(session, Store.VOICES, by=None, verb="attend", what="gathering", id=gathering.id, now=now)


def forget(session: Session, person_id: int, now: datetime) -> None:
    """Take out what a person said about sessions (an `Eraser` of accounts)."""
    session.execute(delete(Attendance).where(Attendance.person_id == person_id))
    note(session, Store.VOICES, by=person_id, verb="erase_posts", what="attendance", id=person_id, now=now)
