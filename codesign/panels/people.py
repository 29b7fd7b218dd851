"""Reading who belongs to a panel: moderators, members by language, ties; and the host's lists of places and panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from codesign.accounts.models import Person, Reissue
from codesign.panels.models import Membership, Municipality, Panel, Ties
from codesign.panels.queries import MEMBERS
from codesign.rules.roles import Role


def member_languages(session: Session, panel_id: int) -> dict[int, str]:
    """The language of each active member who has come in, by person."""
    rows = session.execute(
        select(Person.id, Person.language)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(MEMBERS),
            Person.pseudonym.is_not(None), Person.erased_at.is_(None),
        )
    ).all()  # fmt: skip
    return {row[0]: row[1] for row in rows}


def moderators(session: Session, panel_id: int) -> Sequence[Membership]:
    """Active moderators of a panel, with their person."""
    statement = (
        select(Membership)
        .options(joinedload(Membership.person))
        .where(Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role == Role.MODERATOR)
        .order_by(Membership.id)
    )
    return session.scalars(statement).all()


def member_counts(session: Session, panel_ids: Sequence[int]) -> dict[int, dict[Role, int]]:
    """How many active people each panel has, by role."""
    rows = session.execute(
        select(Membership.panel_id, Membership.role, func.count())
        .where(Membership.panel_id.in_(panel_ids), Membership.left_at.is_(None))
        .group_by(Membership.panel_id, Membership.role)
    ).all()
    counts: dict[int, dict[Role, int]] = {panel: {} for panel in panel_ids}
    for panel, role, count in rows:
        counts[panel][role] = count
    return counts


def member_by_name(session: Session, panel_id: int, folded: str) -> Membership | None:
    """The active member of a panel with this folded pseudonym, with the person."""
    return session.scalar(
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .options(joinedload(Membership.person))
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(MEMBERS),
            Person.pseudonym_folded == folded,
        )
    )  # fmt: skip


def municipalities(session: Session) -> Sequence[Municipality]:
    """All places, by name."""
    return session.scalars(select(Municipality).order_by(Municipality.name)).all()


def panels(session: Session) -> Sequence[Panel]:
    """All panels with their municipality, by name."""
    return session.scalars(select(Panel).options(joinedload(Panel.municipality)).order_by(Panel.name, Panel.id)).all()


def latest_ties(session: Session, panel_id: int) -> Sequence[tuple[Person, Ties]]:
    """The newest declaration of each active moderator of a panel."""
    newest = select(func.max(Ties.id)).group_by(Ties.membership_id)
    rows = session.execute(
        select(Person, Ties)
        .join(Membership, Membership.person_id == Person.id)
        .join(Ties, Ties.membership_id == Membership.id)
        .where(Membership.panel_id == panel_id, Membership.left_at.is_(None), Ties.id.in_(newest))
        .order_by(Ties.id)
    ).all()
    return [(person, ties) for person, ties in rows]


def any_membership(session: Session, person_id: int, panel_id: int) -> Membership | None:
    """The membership of a person in a panel, also one that has ended."""
    return session.scalar(select(Membership).where(Membership.person_id == person_id, Membership.panel_id == panel_id))


def staff_ids(panel_id: int | None) -> Select[Any]:
    """Ids of staff whose acts a journal page shows: of one panel, or (None) of the whole installation."""
    if panel_id is None:
        return select(Person.id).where(Person.kind == "staff")
    return select(Membership.person_id).where(Membership.panel_id == panel_id, Membership.role == Role.MODERATOR)


def names_of(session: Session, ids: set[int]) -> dict[int, str]:
    """The names of staff with these ids."""
    rows = session.execute(select(Person.id, Person.display_name).where(Person.id.in_(ids), Person.kind == "staff"))
    return {row[0]: row[1] or "" for row in rows}


def waiting_reissues(session: Session, panel_id: int) -> Sequence[Reissue]:
    """New cards asked for in a panel and not confirmed yet, oldest first, with person and asker."""
    statement = (
        select(Reissue)
        .join(Membership, Membership.person_id == Reissue.person_id)
        .options(joinedload(Reissue.person), joinedload(Reissue.asker))
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(MEMBERS),
            Reissue.ended_at.is_(None),
        )
        .order_by(Reissue.id)
    )  # fmt: skip
    return session.scalars(statement).all()
