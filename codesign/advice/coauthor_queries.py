"""Reading who writes along: co-authors of a part, their view of an advice, and notes in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.advice.models import Advice, Coauthor, MarginNote, SentAdvice
from codesign.advice.queries import AdviceView
from codesign.panels.models import Membership, Municipality, Panel, Round
from codesign.panels.queries import MEMBERS
from codesign.rules.states import AdviceState


def places_of(session: Session, advice_id: int, person_id: int) -> set[str]:
    """The parts somebody was invited to write."""
    return set(
        session.scalars(select(Coauthor.place).where(Coauthor.advice_id == advice_id, Coauthor.person_id == person_id))
    )


def _views(person_id: int) -> object:
    return (
        select(Advice, Round, Panel, Municipality, Membership, SentAdvice.digest, Coauthor.place)
        .join(Coauthor, Coauthor.advice_id == Advice.id)
        .outerjoin(SentAdvice, SentAdvice.advice_id == Advice.id)
        .join(Round, Round.id == Advice.round_id)
        .join(Panel, Panel.id == Advice.panel_id)
        .join(Municipality, Municipality.code == Panel.municipality_code)
        .join(Membership, (Membership.panel_id == Panel.id) & (Membership.person_id == Coauthor.person_id))
        .where(Coauthor.person_id == person_id, Membership.left_at.is_(None), Membership.role.in_(MEMBERS))
    )


def writes_along(session: Session, person_id: int) -> list[tuple[AdviceView, str]]:
    """Every part of a draft somebody was invited to write, newest advice first; one statement."""
    statement = _views(person_id).where(Advice.state == AdviceState.DRAFT)  # type: ignore[attr-defined]
    rows = session.execute(statement.order_by(Advice.id.desc(), Coauthor.place)).all()
    return [(AdviceView(*row[:6]), row[6]) for row in rows]


def coauthor_view(session: Session, advice_id: int, person_id: int, place: str) -> AdviceView | None:
    """The draft for a member who was invited to write this part of it; None for everybody else. One statement."""
    statement = _views(person_id).where(Advice.id == advice_id, Coauthor.place == place)  # type: ignore[attr-defined]
    row = session.execute(statement).first()
    return AdviceView(*row[:6]) if row else None


def coauthors(session: Session, advice_id: int, place: str) -> Sequence[Person]:
    """Who was invited to write a part."""
    return session.scalars(
        select(Person)
        .join(Coauthor, Coauthor.person_id == Person.id)
        .where(Coauthor.advice_id == advice_id, Coauthor.place == place)
        .order_by(Person.pseudonym)
    ).all()


def to_invite(session: Session, panel_id: int) -> Sequence[Person]:
    """The members of a panel, by pseudonym."""
    return session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(MEMBERS))
        .order_by(Person.pseudonym)
    ).all()


def margin(session: Session, advice_id: int, place: str) -> list[tuple[MarginNote, Person]]:
    """The notes beside a part with who wrote each, open ones first, oldest first."""
    rows = session.execute(
        select(MarginNote, Person)
        .join(Person, Person.id == MarginNote.by)
        .where(MarginNote.advice_id == advice_id, MarginNote.place == place)
        .order_by(MarginNote.resolved_on.is_not(None), MarginNote.id)
    ).all()
    return [(row[0], row[1]) for row in rows]
