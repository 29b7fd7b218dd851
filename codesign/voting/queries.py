"""Reading ballots; what somebody may not know exists comes back as None, and no page counts an open ballot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from codesign.jobs.models import OutboxItem
from codesign.panels.models import Membership, Panel, Round
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting.closed_list import ClosedList, counted
from codesign.voting.domain import DECIDES, Kind, Opening, State
from codesign.voting.models import Ballot, Extension, Roll, RoomVoter, Scrutineer, Slip
from codesign.voting.outcomes import AdoptionResult, Tally, decide

COUNTED = (State.CLOSED, State.SWEPT)


@dataclass(frozen=True)
class BallotView:
    """A ballot as one person of its panel may see it.

    voted: None for somebody who is not on the roll, else whether their own vote was used. in_room: whether this person
    votes in the room. twin_id: the residents' ballot beside this one.
    """

    ballot: Ballot
    round: Round
    panel: Panel
    membership: Membership
    voted: bool | None
    twin_id: int | None
    in_room: bool | None = None

    @property
    def moderator(self) -> bool:
        return self.membership.role is Role.MODERATOR

    def opening(self) -> Opening:
        """What was frozen at opening; only of a ballot that was opened."""
        return Opening.read(self.ballot.opening or b"{}")

    def accepts(self, now: datetime) -> bool:
        """Whether a vote may come in now."""
        return self.ballot.accepts(now)


@dataclass(frozen=True)
class Result:
    """A closed ballot, counted: the one count that page, advice, export and release share."""

    ballot: Ballot
    opening: Opening
    closed: ClosedList
    tally: Tally


@dataclass(frozen=True)
class Standing:
    """What casting needs to know of one person, read under the ballot's lock."""

    phase: Phase
    residents_vote: bool
    role: Role
    voted: bool | None
    in_room: bool | None
    slip_exists: bool


@dataclass(frozen=True)
class OpenBallot:
    """A ballot somebody has a vote in, for home: what, until when, and whether their own vote was used."""

    id: int
    round_id: int
    kind: Kind
    question: str
    language: str
    deadline: datetime
    voted: bool


def _mine(person_id: int) -> ColumnElement[bool]:
    """The active membership of a person in the panel of the round."""
    return and_(Membership.panel_id == Round.panel_id, Membership.person_id == person_id, Membership.left_at.is_(None))


def ballot_for(
    session: Session, ballot_id: int, person_id: int, *, options: bool = False, prepared: bool = False
) -> BallotView | None:
    """The ballot with round, panel and this person's membership and vote, in one statement.

    None unless the person is an active member or moderator of the panel; a prepared ballot is known to moderators
    only, or to everybody with `prepared` (what was held outside). The host reads no ballots. With `options`, one
    statement more loads the options as they are prepared.
    """
    twin = aliased(Ballot)
    statement: Any = (
        select(Ballot, Round, Panel, Membership, Roll.voted, twin.id, Roll.in_room)
        .join(Round, Round.id == Ballot.round_id)
        .join(Panel, Panel.id == Round.panel_id)
        .options(joinedload(Panel.municipality))
        .join(Membership, _mine(person_id))
        .outerjoin(Roll, and_(Roll.ballot_id == Ballot.id, Roll.member_id == person_id))
        .outerjoin(twin, twin.twin_of_id == Ballot.id)
        .where(Ballot.id == ballot_id)
    )
    if options:
        statement = statement.options(selectinload(Ballot.options))
    row = session.execute(statement).first()
    if row is None:
        return None
    view = BallotView(*row)
    # A ballot that was never opened is the moderators' own draft.
    return None if view.ballot.opened_at is None and not (view.moderator or prepared) else view


# Built once: putting a statement together costs more than running it, and members vote in the same minute.
_STANDING = (
    select(
        Round.phase, Round.residents_vote, Membership.role, Roll.voted, Roll.in_room,
        exists().where(Slip.ballot_id == bindparam("ballot"), Slip.code_key == bindparam("name")),
    )
    .select_from(Round)
    .join(
        Membership,
        and_(
            Membership.panel_id == Round.panel_id, Membership.person_id == bindparam("person"),
            Membership.left_at.is_(None),
        ),
    )
    .outerjoin(Roll, and_(Roll.ballot_id == bindparam("ballot"), Roll.member_id == bindparam("person")))
    .where(Round.id == bindparam("round"))
)  # fmt: skip


def standing(session: Session, ballot: Ballot, person_id: int, code_key: bytes) -> Standing | None:
    """Membership, round, roll and slip for casting, in one statement; None for somebody outside the panel."""
    values = {"ballot": ballot.id, "round": ballot.round_id, "person": person_id, "name": code_key}
    row = session.execute(_STANDING, values).first()
    return None if row is None else Standing(*row)


def with_options(session: Session, ballot_id: int) -> Ballot | None:
    """The ballot with its options, read afresh."""
    return session.scalar(
        select(Ballot)
        .options(selectinload(Ballot.options))
        .where(Ballot.id == ballot_id)
        .execution_options(populate_existing=True)
    )


def ballots_of(session: Session, round_id: int, *, prepared: bool = False) -> Sequence[Ballot]:
    """Ballots of a round, oldest first; with `prepared` also those only moderators know."""
    statement = select(Ballot).where(Ballot.round_id == round_id).order_by(Ballot.id)
    if not prepared:
        statement = statement.where(Ballot.opened_at.is_not(None))
    return session.scalars(statement).all()


def open_ballots(session: Session, person_id: int, now: datetime) -> list[OpenBallot]:
    """Ballots that run now and in which this person has a vote on a phone, oldest first; one statement."""
    rows = session.execute(
        select(Ballot, Roll.voted)
        .join(Roll, and_(Roll.ballot_id == Ballot.id, Roll.member_id == person_id, Roll.in_room.is_(False)))
        .join(Round, Round.id == Ballot.round_id)
        .join(Membership, _mine(person_id))
        .where(Ballot.state == State.OPEN, Ballot.deadline > now, Ballot.over_at.is_(None))
        .order_by(Ballot.id)
    ).all()
    return [OpenBallot(b.id, b.round_id, b.kind, b.question, b.language, b.deadline, voted) for b, voted in rows]


def ballot_running(session: Session, round_id: int) -> bool:
    """Whether a ballot of this round is open: the phase does not change under it."""
    found = select(Ballot.id).where(Ballot.round_id == round_id, Ballot.state == State.OPEN).limit(1)
    return session.scalar(found) is not None


def result(ballot: Ballot) -> Result | None:
    """The count of a ballot; None before it is closed."""
    if ballot.state not in COUNTED or ballot.opening is None or ballot.closed is None:
        return None
    return Result(ballot, *counted(ballot.opening, ballot.closed))


def tally(session: Session, ballot_id: int) -> Tally | None:
    """The one count of a ballot; None before it is closed."""
    ballot = session.get(Ballot, ballot_id)
    found = result(ballot) if ballot else None
    return found.tally if found else None


def outcomes_of_round(session: Session, round_id: int) -> list[Result]:
    """Every counted ballot of a round, in the order of the chain; one statement."""
    statement = select(Ballot).where(Ballot.round_id == round_id, Ballot.state.in_(COUNTED)).order_by(Ballot.chain)
    found = [result(b) for b in session.scalars(statement).all()]
    return [r for r in found if r is not None]


def adoption_result(session: Session, ballot_id: int) -> AdoptionResult:
    """How a ballot that decides on the advice ended (R11); `closed` is False while it runs, and then nothing is told.

    LookupError when there is no such ballot.
    """
    ballot = session.get(Ballot, ballot_id)
    if ballot is None or ballot.kind not in DECIDES:
        raise LookupError("no ballot that decides on an advice")
    found = result(ballot)
    if found is None:
        return AdoptionResult(closed=ballot.state is State.VOID)
    return decide(found.opening, found.tally, found.closed.reasons)


def voted_count(session: Session, ballot_id: int) -> int:
    """How many on the roll have voted; for closing alone, never for a page."""
    statement = select(func.count()).select_from(Roll).where(Roll.ballot_id == ballot_id, Roll.voted)
    return session.scalar(statement) or 0


def slips(session: Session, ballot_id: int) -> Sequence[tuple[bytes, bytes]]:
    """Name and sealed vote of every slip, sorted by name; for closing and sweeping alone."""
    statement = select(Slip.code_key, Slip.sealed).where(Slip.ballot_id == ballot_id).order_by(Slip.code_key)
    return [(key, sealed) for key, sealed in session.execute(statement).all()]


def room_voters(session: Session, ballot_id: int) -> set[int]:
    """Who was noted to vote in the room."""
    return set(session.scalars(select(RoomVoter.member_id).where(RoomVoter.ballot_id == ballot_id)))


def room_count(session: Session, ballot_id: int) -> int:
    """How many on the roll vote in the room: noted before opening, or moved there later."""
    statement = select(func.count()).select_from(Roll).where(Roll.ballot_id == ballot_id, Roll.in_room)
    return session.scalar(statement) or 0


def scrutineers(session: Session, ballot_id: int) -> Sequence[Scrutineer]:
    """The two members who hold the key of a ballot, or nobody."""
    statement = select(Scrutineer).where(Scrutineer.ballot_id == ballot_id).order_by(Scrutineer.place)
    return session.scalars(statement).all()


def pair(session: Session, ballot_id: int) -> Sequence[int]:
    """Ids of this ballot and of the one beside it, newcomers' first."""
    me, other = aliased(Ballot), aliased(Ballot)
    beside = or_(other.id == me.id, other.twin_of_id == me.id, other.id == me.twin_of_id)
    statement = select(other.id).select_from(me).join(other, beside).where(me.id == ballot_id).order_by(other.id)
    return session.scalars(statement).all()


def extensions(session: Session, ballot_id: int) -> Sequence[Extension]:
    """Every later deadline of a ballot, oldest first."""
    return session.scalars(select(Extension).where(Extension.ballot_id == ballot_id).order_by(Extension.id)).all()


def last_in_chain(session: Session, round_id: int) -> Ballot | None:
    """The ballot of a round whose closed list is the newest."""
    statement = select(Ballot).where(Ballot.round_id == round_id, Ballot.chain.is_not(None))
    return session.scalar(statement.order_by(Ballot.chain.desc()).limit(1))


def panel_of(session: Session, round_id: int) -> Panel:
    """The panel of a round, with its municipality."""
    statement = select(Panel).join(Round, Round.panel_id == Panel.id).where(Round.id == round_id)
    return session.scalars(statement.options(joinedload(Panel.municipality))).one()


def released(session: Session, digest: str | None) -> bytes | None:
    """The frozen release of a ballot, as it was put in the outbox."""
    if digest is None:
        return None
    return session.scalar(select(OutboxItem.payload).where(OutboxItem.kind == "release", OutboxItem.digest == digest))


def question_place(session: Session, view: BallotView, now: datetime) -> tuple[int, list[OpenBallot]]:
    """Which of this person's open questions of the round this ballot is (from 1), and all of them."""
    mine = [b for b in open_ballots(session, view.membership.person_id, now) if b.round_id == view.round.id]
    places = [b.id for b in mine]
    return (places.index(view.ballot.id) + 1 if view.ballot.id in places else 0), mine
