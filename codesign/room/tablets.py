"""A tablet that goes from hand to hand: given out by a moderator, one turn a person, nothing left in between."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.room import queries
from codesign.room.domain import Fault, NotInTheRoom
from codesign.room.models import RoomTablet
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting import keys
from codesign.voting.codes import code_key, read_code
from codesign.voting.domain import NotCast, Opening, Problem, Vote
from codesign.voting.marks import kept_words
from codesign.voting.methods import METHODS
from codesign.voting.models import Ballot, Slip
from codesign.voting.queries import room_count
from codesign.voting.sealing import seal


def start_tablet(
    session: Session, ballot_id: int, round: Round, by: Membership, *, digits_hash: str, language: str, now: datetime
) -> RoomTablet:
    """Give out a device for one ballot; `digits_hash` is of the digits with which it is handed to the next person."""
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id or ballot.opened_at is None:
        raise LookupError("no such ballot")
    require(Action.CAST_IN_ROOM, facts(round, by, ballot_accepts=ballot.accepts(now)))
    if not room_count(session, ballot.id):
        raise NotInTheRoom(Fault.NOBODY)
    made = RoomTablet(
        ballot_id=ballot.id, person_id=by.person_id, digits_hash=digits_hash, turn="", language=language, started_at=now
    )
    session.add(made)
    session.flush()
    note(session, Store.VOICES, by=by.person_id, verb="start_tablet", what="tablet", id=made.id, now=now)
    return made


def leave_tablet(session: Session, tablet: RoomTablet, round: Round, by: Membership, *, now: datetime) -> None:
    """The device is an ordinary one again, or was lost: it takes no more votes."""
    require(Action.CAST_IN_ROOM, facts(round, by))
    if tablet.ended_at is None:
        tablet.ended_at, tablet.turn = now, ""
        note(session, Store.VOICES, by=by.person_id, verb="leave_tablet", what="tablet", id=tablet.id, now=now)


def hand_over(session: Session, tablet_id: int, *, now: datetime) -> None:
    """The next person holds it: a new turn; a form of an earlier turn is worth nothing.

    Part of casting, so without a journal row: rows would tell how many voted, and when.
    """
    _ballot, tablet = _running(session, tablet_id, now)
    tablet.turn = secrets.token_urlsafe(16)


def give_back(session: Session, tablet_id: int, turn: str, *, now: datetime) -> None:
    """This person gives it back without a vote."""
    _ballot, tablet = _running(session, tablet_id, now)
    if tablet.turn and hmac.compare_digest(tablet.turn.encode(), turn.encode()):
        tablet.turn = ""


def cast_in_room(
    session: Session,
    tablet_id: int,
    turn: str,
    *,
    chosen: Sequence[str],
    code: str,
    key_folder: Path,
    now: datetime,
    reason: str = "",
) -> None:
    """Put one sealed slip in from the tablet, under the ballot's lock; the turn is over with it.

    The form of a turn that is over, with a code that is in, is the same vote sent again: nothing happens, and the
    answer is the same. Like any casting it leaves no journal row. Raises NotCast for choice and code, NotInTheRoom for
    an old form and when as many slips came from the room as people vote there.
    """
    ballot, tablet = _running(session, tablet_id, now)
    secret = keys.load(key_folder, ballot.key_name)
    right = read_code(secret.codes, ballot.id, code, room=True)
    name = code_key(secret.codes, ballot.id, right) if right else b""
    is_in = right is not None and queries.slip_exists(session, ballot.id, name)
    if not tablet.turn or not hmac.compare_digest(tablet.turn.encode(), turn.encode()):
        if is_in:
            return
        raise NotInTheRoom(Fault.OLD_FORM)
    opening = Opening.read(ballot.opening or b"{}")
    marks = METHODS[opening.method].marks(opening, chosen)
    words = kept_words(opening, marks, reason)
    if right is None:
        raise NotCast(Problem.CODE_WRONG)
    if is_in:
        raise NotCast(Problem.CODE_TAKEN)
    if ballot.room_slips >= room_count(session, ballot.id):
        raise NotInTheRoom(Fault.ROOM_IS_FULL)
    sealed = seal(Vote(right, marks, "", words), opening)
    session.execute(insert(Slip).values(ballot_id=ballot.id, code_key=name, sealed=sealed))
    ballot.room_slips += 1
    tablet.turn = ""


def _running(session: Session, tablet_id: int, now: datetime) -> tuple[Ballot, RoomTablet]:
    """The ballot under its lock and the tablet, while votes may come in."""
    found = queries.tablet(session, tablet_id)
    ballot = lock(session, Ballot, found.ballot_id) if found else None
    tablet = queries.tablet(session, tablet_id)
    if ballot is None or tablet is None:
        raise Refused(Reason.BALLOT_NOT_OPEN)
    accepts = ballot.accepts(now) and tablet.ended_at is None
    known = Facts(role=Role.MODERATOR, phase=_phase(session, ballot.id), ballot_accepts=accepts)
    require(Action.CAST_IN_ROOM, known)
    return ballot, tablet


def _phase(session: Session, ballot_id: int) -> Phase | None:
    ballot = session.get(Ballot, ballot_id)
    round_ = session.get(Round, ballot.round_id) if ballot else None
    return round_.phase if round_ else None
