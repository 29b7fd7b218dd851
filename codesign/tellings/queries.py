"""Reading what members told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from codesign.accounts.models import Person
from codesign.panels.models import Membership, Round
from codesign.rules.roles import Role
from codesign.rules.words import WordState
from codesign.tellings.models import Telling
from codesign.web.paging import Page, paged


def others(session: Session, round_id: int, page: int = 1, per_page: int = 10) -> Page[Telling]:
    """Published tellings of a round with their authors, newest first."""
    statement = (
        select(Telling)
        .join(Person, Person.id == Telling.author_id)
        .options(contains_eager(Telling.author))
        .where(Telling.round_id == round_id, Telling.state == WordState.PUBLISHED)
        .order_by(Telling.id.desc())
    )
    return paged(session, statement, page, per_page)


def mine(session: Session, round_id: int, person_id: int) -> Sequence[Telling]:
    """What somebody told in a round, newest first; not what was erased."""
    statement = select(Telling).where(
        Telling.round_id == round_id, Telling.author_id == person_id, Telling.state != WordState.ERASED
    )
    return session.scalars(statement.order_by(Telling.id.desc())).all()


def told_by(session: Session, person_id: int, limit: int = 50) -> Sequence[tuple[Telling, Round]]:
    """Everything somebody told, newest first, with its round; not what was erased."""
    rows = session.execute(
        select(Telling, Round)
        .join(Round, Round.id == Telling.round_id)
        .where(Telling.author_id == person_id, Telling.state != WordState.ERASED)
        .order_by(Telling.id.desc())
        .limit(limit)
    ).all()
    return [(telling, round_) for telling, round_ in rows]


def by_key(session: Session, author_id: int, form_key: str) -> Telling | None:
    """The telling that came in with this key."""
    return session.scalar(select(Telling).where(Telling.author_id == author_id, Telling.form_key == form_key))


def telling_for(session: Session, telling_id: int, person_id: int) -> tuple[Telling, Round, Membership] | None:
    """The telling with its author, its round and the membership of whoever asks; None where they may not know it."""
    row = session.execute(
        select(Telling, Round, Membership)
        .join(Round, Round.id == Telling.round_id)
        .join(Membership, Membership.panel_id == Round.panel_id)
        .join(Person, Person.id == Telling.author_id)
        .options(contains_eager(Telling.author))
        .where(Telling.id == telling_id, Membership.person_id == person_id, Membership.left_at.is_(None))
    ).first()
    if row is None:
        return None
    telling, round_, mine_ = row
    moderator = mine_.role is Role.MODERATOR
    if telling.author_id == person_id or telling.state is WordState.PUBLISHED:
        return telling, round_, mine_
    return (telling, round_, mine_) if moderator and telling.state in (WordState.HELD, WordState.HIDDEN) else None


def count_published(session: Session, round_id: int) -> int:
    """How many tellings of a round are published."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Telling)
            .where(Telling.round_id == round_id, Telling.state == WordState.PUBLISHED)
        )
        or 0
    )


def of_author(session: Session, person_id: int) -> Sequence[Telling]:
    """Every row of an author that still has words."""
    return session.scalars(
        select(Telling).where(Telling.author_id == person_id, Telling.state != WordState.ERASED)
    ).all()
