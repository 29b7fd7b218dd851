"""Reading who may hold a half of the key, who holds one, and which ballots it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from codesign.accounts.models import Person
from codesign.panels.models import Membership, Panel, Round
from codesign.rules.roles import Role
from codesign.voting.domain import State
from codesign.voting.models import Ballot, Scrutineer

_HOLDERS = (Role.NEWCOMER, Role.RESIDENT, Role.PROFESSIONAL)


@dataclass(frozen=True)
class Held:
    """A half somebody holds: of which ballot, and how far it is."""

    ballot_id: int
    question: str
    language: str
    state: State
    deadline: datetime
    confirmed: bool
    handed_in: bool


def may_hold_keys(session: Session, panel_id: int) -> Sequence[Person]:
    """The members of a panel, by the name they chose: anybody who is not a moderator may hold a half."""
    statement = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(_HOLDERS))
        .order_by(Person.pseudonym, Person.id)
    )
    return session.scalars(statement).all()


def holders(session: Session, ballot_id: int) -> list[tuple[Scrutineer, Person]]:
    """The two who hold the key of a ballot, with the name they chose; or nobody."""
    statement = (
        select(Scrutineer, Person)
        .join(Person, Person.id == Scrutineer.member_id)
        .where(Scrutineer.ballot_id == ballot_id)
        .order_by(Scrutineer.place)
    )
    return [(held, person) for held, person in session.execute(statement).all()]


def held_by(session: Session, round_id: int, person_id: int) -> list[Held]:
    """The halves this person holds in a round, oldest ballot first; a twin's is the same half and is left out."""
    rows = session.execute(
        select(Ballot, Scrutineer)
        .join(Scrutineer, Scrutineer.ballot_id == Ballot.id)
        .join(Round, Round.id == Ballot.round_id)
        .where(Ballot.round_id == round_id, Ballot.twin_of_id.is_(None), Scrutineer.member_id == person_id)
        .order_by(Ballot.id)
    ).all()
    return [
        Held(b.id, b.question, b.language, b.state, b.deadline, s.confirmed_at is not None, s.handed_in)
        for b, s in rows
    ]


def key_for(session: Session, ballot_id: int, person_id: int) -> tuple[Ballot, Round, Membership, Scrutineer] | None:
    """The ballot whose key this person holds a half of, with its panel's place loaded; None for everybody else."""
    statement = (
        select(Ballot, Round, Membership, Scrutineer)
        .join(Round, Round.id == Ballot.round_id)
        .join(
            Membership,
            (Membership.panel_id == Round.panel_id)
            & (Membership.person_id == person_id)
            & Membership.left_at.is_(None),
        )
        .join(Scrutineer, (Scrutineer.ballot_id == Ballot.id) & (Scrutineer.member_id == person_id))
        .options(joinedload(Round.panel).joinedload(Panel.municipality))
        .where(Ballot.id == ballot_id)
    )
    row = session.execute(statement).first()
    return None if row is None else (row[0], row[1], row[2], row[3])
