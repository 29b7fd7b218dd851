"""What is done for a vote in the room: note who votes there, move there, print sheets, and count the papers in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.jobs import schedule
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.room import entering, queries
from codesign.room.domain import Fault, NotInTheRoom, differences
from codesign.room.models import SEATS, RoomBatch, RoomBox, RoomEntry, RoomTablet
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.voting import closing, keys
from codesign.voting.codes import code_key, new_code
from codesign.voting.domain import Opening, State, Vote
from codesign.voting.models import Ballot, RoomVoter, Slip
from codesign.voting.preparing import must_be_prepared
from codesign.voting.queries import room_count
from codesign.voting.sealing import seal

MAX_SPARE = 20


def note_room_voters(
    session: Session, ballot: Ballot, round: Round, by: Membership, people: Sequence[int], *, now: datetime
) -> None:
    """Note who will vote in the room; only before opening, which copies it to the roll. `people`: ids, none is fine."""
    require(Action.CHANGE_BALLOT, facts(round, by))
    must_be_prepared(ballot)
    known = {c.person.id for c in queries.candidates(session, round.panel_id, ballot.id, round.residents_vote)}
    if not set(people) <= known:
        raise LookupError("somebody who has no vote here")
    session.execute(delete(RoomVoter).where(RoomVoter.ballot_id == ballot.id))
    session.add_all(RoomVoter(ballot_id=ballot.id, member_id=person) for person in sorted(set(people)))
    note(session, Store.VOICES, by=by.person_id, verb="note_room_voters", what="ballot", id=ballot.id, now=now)


def choose_room(session: Session, ballot_id: int, round: Round, by: Membership, *, now: datetime) -> None:
    """A member will vote in the room instead of on her phone; never back, and only while she has not voted.

    Under the ballot's lock, so that a vote sent at the same moment is either in before or refused after.
    """
    ballot = _opened(session, ballot_id, round)
    line = queries.on_roll(session, ballot.id, by.person_id)
    require(Action.CHOOSE_ROOM, facts(round, by, on_roll=line is not None, ballot_accepts=ballot.accepts(now)))
    assert line is not None
    if line.in_room:
        return
    if line.voted:
        raise NotInTheRoom(Fault.VOTED_BEFORE)
    line.in_room = ballot.room_is_open = True
    note(session, Store.VOICES, by=by.person_id, verb="choose_room", what="ballot", id=ballot.id, now=now)


def print_sheets(
    session: Session, ballot_id: int, round: Round, by: Membership, *, count: int, key_folder: Path, now: datetime
) -> list[str]:
    """The codes of so many sheets, at most one for everybody who votes in the room and MAX_SPARE more.

    They are shown once and kept nowhere; only how many were printed is kept. Raises NotInTheRoom, KeysMissing.
    """
    ballot = _opened(session, ballot_id, round)
    require(Action.CAST_IN_ROOM, facts(round, by, ballot_accepts=ballot.accepts(now)))
    people = room_count(session, ballot.id)
    if not people:
        raise NotInTheRoom(Fault.NOBODY)
    secret = keys.load(key_folder, ballot.key_name).codes
    made: set[str] = set()
    while len(made) < min(count, people + MAX_SPARE):
        made.add(new_code(secret, ballot.id, room=True))
    _box(session, ballot.id).printed += len(made)
    note(session, Store.VOICES, by=by.person_id, verb="print_sheets", what="ballot", id=ballot.id, now=now)
    return list(made)


def settle_room(
    session: Session, ballot_id: int, round: Round, by: Membership, *, key_folder: Path, now: datetime
) -> None:
    """The room is ready: each sheet both people read alike becomes one sealed slip, and what they entered is erased.

    Where no sheet was ever printed nobody needs to enter any. Doing it twice is doing it once. Raises NotInTheRoom,
    and then nothing is changed.
    """
    ballot = _opened(session, ballot_id, round)
    require(Action.SETTLE_ROOM, facts(round, by, time_is_up=ballot.is_over(now)))
    box = _box(session, ballot.id)
    if ballot.state is not State.OPEN or not ballot.room_is_open:
        if box.settled_at is not None:
            return
        raise Refused(Reason.WRONG_STATE)
    secret = keys.load(key_folder, ballot.key_name).codes
    batches = queries.batches(session, ballot.id)
    if (box.printed or batches) and not (len(batches) == SEATS and all(b.done for b in batches)):
        raise NotInTheRoom(Fault.NOT_DONE)
    first, second = entering.read_sheets(session, ballot.id, secret)
    if differences(first, second):
        raise NotInTheRoom(Fault.DIFFERENT)
    sheets = first.values()
    valid = {code_key(secret, ballot.id, sheet.code): sheet for sheet in sheets if not sheet.spoiled}
    if ballot.room_slips + len(sheets) > room_count(session, ballot.id):
        raise NotInTheRoom(Fault.TOO_MANY)
    if any(queries.slip_exists(session, ballot.id, name) for name in valid):
        raise NotInTheRoom(Fault.HAS_VOTED)
    opening = Opening.read(ballot.opening or b"{}")
    rows = [
        {"ballot_id": ballot.id, "code_key": name, "sealed": seal(Vote(s.code, s.marks, "", s.reason), opening)}
        for name, s in sorted(valid.items())
    ]
    if rows:
        session.execute(insert(Slip), rows)
    ballot.room_slips += len(rows)
    ballot.room_is_open = False
    box.spoiled, box.settled_at = len(sheets) - len(rows), now
    empty(session, ballot.id)
    schedule.at(session, kind=closing.JOB, what_id=ballot.id, due_at=now)
    note(session, Store.VOICES, by=by.person_id, verb="settle_room", what="ballot", id=ballot.id, now=now)


def empty(session: Session, ballot_id: int) -> None:
    """Throw away what was entered, who entered it, tablets, and who was noted; only numbers stay."""
    for model in (RoomEntry, RoomBatch, RoomTablet, RoomVoter):
        session.execute(delete(model).where(model.ballot_id == ballot_id))


def forget(session: Session, person_id: int, now: datetime) -> None:
    """Take a person out of the room's lists (an `Eraser` of accounts); sheets she entered are entered by another."""
    for batch in queries.batches_of(session, person_id):
        entering.throw_away(session, batch)
    for row in (*queries.noted_for(session, person_id), *queries.tablets_of(session, person_id)):
        session.delete(row)


def _opened(session: Session, ballot_id: int, round: Round) -> Ballot:
    """The ballot of this round under its lock; LookupError when there is none or it was never opened."""
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id or ballot.opened_at is None:
        raise LookupError("no such ballot")
    return ballot


def _box(session: Session, ballot_id: int) -> RoomBox:
    box = queries.box(session, ballot_id)
    if box is None:
        box = RoomBox(ballot_id=ballot_id, printed=0, spoiled=0)
        session.add(box)
    return box


closing.ENDINGS.append(empty)
