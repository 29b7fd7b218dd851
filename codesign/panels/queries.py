"""Reading panels, memberships and rounds; what somebody may not know exists comes back as None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from codesign.accounts.models import Person
from codesign.journal.models import VoicesEntry
from codesign.panels.models import (
    Gathering,
    Membership,
    Municipality,
    Panel,
    PhaseChange,
    Round,
    TopicJoin,
)
from codesign.rules.permissions import Facts
from codesign.rules.phases import Phase
from codesign.rules.roles import Role

MEMBERS = (Role.NEWCOMER, Role.RESIDENT, Role.PROFESSIONAL)


@dataclass(frozen=True)
class RoundView:
    """A round as one person may see it; `membership` is None for the host."""

    round: Round
    panel: Panel
    membership: Membership | None


def facts(round: Round | None, membership: Membership | None, **more: Any) -> Facts:
    """What the rules need to know: role and round; without a membership the asker is the host."""
    known: dict[str, Any] = {"role": membership.role if membership else Role.HOST}
    if membership is not None and membership.role is Role.MODERATOR:
        known["ties_declared"] = membership.ties_declared_at is not None
    if round is not None:
        known |= {
            "phase": round.phase,
            "adopted": round.adopted_at is not None,
            "residents_vote": round.residents_vote,
            "level_declared": bool(round.level and round.fixed_text),
        }
    return Facts(**(known | more))


def membership(session: Session, person_id: int, panel_id: int) -> Membership | None:
    """The active membership of a person in a panel."""
    return session.scalar(
        select(Membership).where(
            Membership.person_id == person_id, Membership.panel_id == panel_id, Membership.left_at.is_(None)
        )
    )


def memberships(session: Session, person_id: int) -> Sequence[Membership]:
    """Active memberships of a person, with panel and municipality, oldest first."""
    statement = (
        select(Membership)
        .options(joinedload(Membership.panel).joinedload(Panel.municipality))
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .order_by(Membership.id)
    )
    return session.scalars(statement).all()


def home_panel(session: Session, person_id: int) -> Membership | None:
    """The panel somebody comes home to: the active membership they had first, with panel and municipality."""
    found = memberships(session, person_id)
    return found[0] if found else None


def _mine(person_id: int) -> Any:
    return and_(Membership.panel_id == Panel.id, Membership.person_id == person_id, Membership.left_at.is_(None))


def round_for(session: Session, round_id: int, person_id: int) -> RoundView | None:
    """The round with panel, municipality, steps and this person's membership; two statements.

    None unless the person is an active member or moderator of its panel, or the host. A draft that a moderator
    prepares is known to moderators and host only; a topic of a member is known to the whole panel.
    """
    row = session.execute(
        select(Round, Panel, Membership)
        .select_from(Round)
        .options(selectinload(Round.steps))
        .join(Panel, Round.panel_id == Panel.id)
        .join(Person, Person.id == person_id)
        .outerjoin(Membership, _mine(person_id))
        .options(joinedload(Panel.municipality))
        .where(Round.id == round_id, or_(Membership.id.is_not(None), Person.is_host))
    ).first()
    if row is None:
        return None
    found, panel, mine = row
    hidden = found.phase is Phase.DRAFT and found.started_by is None
    if hidden and mine is not None and mine.role is not Role.MODERATOR:
        return None
    return RoundView(found, panel, mine)


def panel_for(session: Session, panel_id: int, person_id: int) -> tuple[Panel, Membership | None] | None:
    """The panel with its municipality, and this person's membership (None for the host); None as in `round_for`."""
    row = session.execute(
        select(Panel, Membership)
        .select_from(Panel)
        .options(joinedload(Panel.municipality))
        .join(Person, Person.id == person_id)
        .outerjoin(Membership, _mine(person_id))
        .where(Panel.id == panel_id, or_(Membership.id.is_not(None), Person.is_host))
    ).first()
    return None if row is None else (row[0], row[1])


def panel_by_id(session: Session, panel_id: int) -> Panel | None:
    """The panel with its municipality, for host and machine."""
    return session.scalar(select(Panel).options(joinedload(Panel.municipality)).where(Panel.id == panel_id))


def current_round(session: Session, panel_id: int) -> Round | None:
    """The round a panel works in: the newest open one; a draft or a closed one is none. With its steps."""
    return session.scalar(
        select(Round)
        .options(selectinload(Round.steps))
        .where(Round.panel_id == panel_id, Round.phase.not_in([Phase.DRAFT, Phase.CLOSED]))
        .order_by(Round.opened_at.desc(), Round.id.desc())
        .limit(1)
    )


def rounds(session: Session, panel_id: int, *, drafts: bool) -> Sequence[Round]:
    """Rounds of a panel, newest first; `drafts`: also those that moderators prepare. Topics of members always."""
    statement = select(Round).where(Round.panel_id == panel_id).order_by(Round.id.desc())
    if not drafts:
        statement = statement.where(or_(Round.phase != Phase.DRAFT, Round.started_by.is_not(None)))
    return session.scalars(statement).all()


def electorate(session: Session, panel_id: int, residents: bool) -> list[int]:
    """Ids of the people who may vote: the newcomers of a panel, or, with `residents`, its residents (counted apart).

    Only active members who have come in with their card at least once.
    """
    role = Role.RESIDENT if residents else Role.NEWCOMER
    statement = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role == role,
            Person.pseudonym.is_not(None), Person.erased_at.is_(None),
        )
        .order_by(Membership.person_id)
    )  # fmt: skip
    return list(session.scalars(statement).all())


def gatherings(session: Session, round_id: int) -> Sequence[Gathering]:
    """Sessions of a round, by day."""
    statement = select(Gathering).where(Gathering.round_id == round_id)
    return session.scalars(statement.order_by(Gathering.held_on, Gathering.starts, Gathering.id)).all()


def gathering_for(session: Session, gathering_id: int, person_id: int) -> tuple[Gathering, RoundView] | None:
    """A session with its round, where the person may see the round."""
    gathering = session.get(Gathering, gathering_id)
    view = round_for(session, gathering.round_id, person_id) if gathering else None
    return (gathering, view) if gathering and view else None


def last_change(session: Session, round_id: int) -> PhaseChange | None:
    """The newest change of phase of a round."""
    return session.scalar(
        select(PhaseChange).where(PhaseChange.round_id == round_id).order_by(PhaseChange.id.desc()).limit(1)
    )


def joins(session: Session, round_ids: Sequence[int]) -> dict[int, int]:
    """How many members want each topic."""
    rows = session.execute(
        select(TopicJoin.round_id, func.count()).where(TopicJoin.round_id.in_(round_ids)).group_by(TopicJoin.round_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def has_joined(session: Session, round_id: int, person_id: int) -> bool:
    """Whether this member joined the topic."""
    return session.get(TopicJoin, (round_id, person_id)) is not None


def all_joins(session: Session, *, round_id: int | None = None, person_id: int | None = None) -> Sequence[TopicJoin]:
    """Who wants which topic: of a round, of a person, or of one in the other."""
    statement = select(TopicJoin)
    if round_id is not None:
        statement = statement.where(TopicJoin.round_id == round_id)
    if person_id is not None:
        statement = statement.where(TopicJoin.person_id == person_id)
    return session.scalars(statement).all()


def working_round(
    session: Session, person_id: int, round_id: int | None = None, panel_id: int | None = None
) -> RoundView | None:
    """The round somebody reads and writes in, in one statement: the one asked for, else the newest open one at home.

    Only active memberships count: the host reads no words of members. With panel and municipality; drafts are none.
    """
    shut = case((Round.phase == Phase.CLOSED, 1), else_=0)
    statement = (
        select(Round, Panel, Membership)
        .join(Panel, Round.panel_id == Panel.id)
        .join(Membership, _mine(person_id))
        .options(joinedload(Panel.municipality))
        .where(Round.phase != Phase.DRAFT)
    )
    if round_id is not None:
        statement = statement.where(Round.id == round_id)
    if panel_id is not None:
        statement = statement.where(Round.panel_id == panel_id)
    row = session.execute(
        statement.order_by(Membership.id, shut, Round.opened_at.desc(), Round.id.desc()).limit(1)
    ).first()
    return None if row is None else RoundView(row[0], row[1], row[2])


def topics_of(session: Session, person_id: int) -> Sequence[Round]:
    """The rounds somebody began as a topic, with their steps."""
    return session.scalars(select(Round).options(selectinload(Round.steps)).where(Round.started_by == person_id)).all()


def place_by_code(session: Session, code: str) -> Municipality | None:
    """The place with this code."""
    return session.get(Municipality, code)


def acts_of(people: Select[Any]) -> Any:
    """The condition on the journal: acts of these people."""
    return VoicesEntry.by.in_(people)
