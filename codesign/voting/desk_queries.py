"""Reading for those who prepare a ballot and for whoever checks it before it opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from codesign.accounts.models import Person
from codesign.panels.models import Membership, Panel, Round
from codesign.rules.roles import Role
from codesign.voting.domain import State
from codesign.voting.models import Ballot
from codesign.voting.queries import BallotView

# Members who can be asked to look at a ballot: those whom the rules let look.
CHECKERS = (Role.NEWCOMER, Role.RESIDENT)


def can_be_asked(session: Session, panel_id: int) -> Sequence[tuple[int, str]]:
    """Members who can be asked to look at a ballot before it opens: number and pseudonym, by pseudonym."""
    rows = session.execute(
        select(Person.id, Person.pseudonym)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.panel_id == panel_id, Membership.left_at.is_(None), Membership.role.in_(CHECKERS),
            Person.pseudonym.is_not(None), Person.erased_at.is_(None),
        )
        .order_by(Person.pseudonym_folded)
    ).all()  # fmt: skip
    return [(row[0], row[1] or "") for row in rows]


def names(session: Session, person_ids: Collection[int | None]) -> Mapping[int, str]:
    """What people are called: a moderator's name, a member's pseudonym; who is gone has none."""
    wanted = {p for p in person_ids if p is not None}
    rows = session.execute(select(Person.id, Person.display_name, Person.pseudonym).where(Person.id.in_(wanted))).all()
    return {row[0]: row[1] or row[2] or "" for row in rows}


def asked_to_check(session: Session, person_id: int, ballot_id: int) -> BallotView | None:
    """The prepared ballot this person, and nobody else, is asked to look at, with its options; two statements."""
    row = session.execute(
        select(Ballot, Round, Panel, Membership)
        .join(Round, Round.id == Ballot.round_id)
        .join(Panel, Panel.id == Round.panel_id)
        .join(Membership, Membership.panel_id == Round.panel_id)
        .options(selectinload(Ballot.options), joinedload(Panel.municipality))
        .where(
            Ballot.id == ballot_id, Ballot.state == State.PREPARED, Ballot.checker_id == person_id,
            Membership.person_id == person_id, Membership.left_at.is_(None), Membership.role.in_(CHECKERS),
        )
    ).first()  # fmt: skip
    if row is None:
        return None
    ballot, round_, panel, mine = row
    return BallotView(
        ballot=ballot, round=round_, panel=panel, membership=mine, voted=None, in_room=False, twin_id=None
    )  # fmt: skip


def asked_of(session: Session, person_id: int) -> Sequence[Ballot]:
    """Every ballot, in any state, this person was asked to look at."""
    return session.scalars(select(Ballot).where(Ballot.checker_id == person_id).order_by(Ballot.id)).all()


def waits_for_check_by(session: Session, person_id: int, round_id: int) -> int | None:
    """The first ballot of a round this person is asked to look at, and did not answer for since it was changed."""
    return session.scalar(
        select(Ballot.id)
        .where(
            Ballot.round_id == round_id, Ballot.state == State.PREPARED, Ballot.checker_id == person_id,
            Ballot.checked_at.is_(None), Ballot.check_note == "",
        )
        .order_by(Ballot.id)
        .limit(1)
    )  # fmt: skip
