"""Reading who votes in the room, what was entered, and which tablets run; no page counts what is not over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.panels.models import Membership
from codesign.room.models import RoomBatch, RoomBox, RoomEntry, RoomTablet
from codesign.rules.roles import Role
from codesign.voting.domain import State
from codesign.voting.models import Ballot, Roll, RoomVoter, Slip


@dataclass(frozen=True)
class Candidate:
    """A member who will have a vote, and whether it was noted that she votes in the room."""

    person: Person
    role: Role
    noted: bool


def candidates(session: Session, panel_id: int, ballot_id: int, residents: bool) -> list[Candidate]:
    """Members of the panel who have come in with their card, by name; residents too where they vote. One statement."""
    roles = (Role.NEWCOMER, Role.RESIDENT) if residents else (Role.NEWCOMER,)
    rows = session.execute(
        select(Person, Membership.role, RoomVoter.member_id)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(RoomVoter, and_(RoomVoter.member_id == Person.id, RoomVoter.ballot_id == ballot_id))
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(roles),
            Person.pseudonym.is_not(None), Person.erased_at.is_(None),
        )
        .order_by(Person.pseudonym)
    ).all()  # fmt: skip
    return [Candidate(person, role, noted is not None) for person, role, noted in rows]


def names_in_room(session: Session, ballot_id: int) -> Sequence[str]:
    """The names of everybody who votes in the room, for the list at the table; erased people have none."""
    statement = (
        select(Person.pseudonym)
        .join(Roll, Roll.member_id == Person.id)
        .where(Roll.ballot_id == ballot_id, Roll.in_room, Person.pseudonym.is_not(None))
        .order_by(Person.pseudonym)
    )
    return [name for name in session.scalars(statement).all() if name]


def on_roll(session: Session, ballot_id: int, person_id: int) -> Roll | None:
    """This person's own line on the roll, read afresh."""
    statement = select(Roll).where(Roll.ballot_id == ballot_id, Roll.member_id == person_id)
    return session.scalar(statement.execution_options(populate_existing=True))


def slip_exists(session: Session, ballot_id: int, code_key: bytes) -> bool:
    """Whether a vote lies under this name."""
    statement = select(Slip.ballot_id).where(Slip.ballot_id == ballot_id, Slip.code_key == code_key)
    return session.scalar(statement) is not None


def box(session: Session, ballot_id: int) -> RoomBox | None:
    """The papers of a ballot."""
    return session.scalar(
        select(RoomBox).where(RoomBox.ballot_id == ballot_id).execution_options(populate_existing=True)
    )


def batches(session: Session, ballot_id: int) -> Sequence[RoomBatch]:
    """The one or two who enter the sheets, in the order in which they began."""
    statement = select(RoomBatch).where(RoomBatch.ballot_id == ballot_id).order_by(RoomBatch.place)
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def entries(session: Session, ballot_id: int) -> Sequence[RoomEntry]:
    """Every sheet as the two entered it, by name; one statement."""
    statement = select(RoomEntry).where(RoomEntry.ballot_id == ballot_id).order_by(RoomEntry.place, RoomEntry.code_key)
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def entry(session: Session, ballot_id: int, place: int, code_key: bytes) -> RoomEntry | None:
    """One sheet as one of the two entered it."""
    statement = select(RoomEntry).where(
        RoomEntry.ballot_id == ballot_id, RoomEntry.place == place, RoomEntry.code_key == code_key
    )
    return session.scalar(statement.execution_options(populate_existing=True))


def entered_count(session: Session, ballot_id: int, place: int) -> int:
    """How many sheets one of the two has entered."""
    statement = select(func.count()).select_from(RoomEntry)
    return session.scalar(statement.where(RoomEntry.ballot_id == ballot_id, RoomEntry.place == place)) or 0


def tablet(session: Session, tablet_id: int) -> RoomTablet | None:
    """A tablet, read afresh."""
    return session.scalar(
        select(RoomTablet).where(RoomTablet.id == tablet_id).execution_options(populate_existing=True)
    )


def tablets(session: Session, ballot_id: int) -> Sequence[tuple[RoomTablet, str]]:
    """Tablets that are out for a ballot, with the name of the moderator who gave each out."""
    rows = session.execute(
        select(RoomTablet, Person.display_name)
        .join(Person, Person.id == RoomTablet.person_id)
        .where(RoomTablet.ballot_id == ballot_id, RoomTablet.ended_at.is_(None))
        .order_by(RoomTablet.id)
    ).all()
    return [(found, name or "") for found, name in rows]


def waiting_rooms(session: Session, round_id: int) -> Sequence[Ballot]:
    """Open ballots of a round whose count waits for the room."""
    statement = select(Ballot).where(Ballot.round_id == round_id, Ballot.state == State.OPEN, Ballot.room_is_open)
    return session.scalars(statement.order_by(Ballot.id)).all()


def noted_for(session: Session, person_id: int) -> Sequence[RoomVoter]:
    """Where it is noted that a person will vote in the room."""
    return session.scalars(select(RoomVoter).where(RoomVoter.member_id == person_id)).all()


def batches_of(session: Session, person_id: int) -> Sequence[RoomBatch]:
    """Which sheets a person enters."""
    return session.scalars(select(RoomBatch).where(RoomBatch.person_id == person_id)).all()


def tablets_of(session: Session, person_id: int) -> Sequence[RoomTablet]:
    """Tablets a moderator has out, of any ballot."""
    statement = select(RoomTablet).where(RoomTablet.person_id == person_id, RoomTablet.ended_at.is_(None))
    return session.scalars(statement).all()
