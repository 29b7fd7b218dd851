"""Two people enter all sheets, each for themselves; what they read differently is settled by whoever read it wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.room import queries, sheets
from codesign.room.domain import Fault, NotInTheRoom, Sheet
from codesign.room.models import SEATS, RoomBatch, RoomEntry
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.voting import keys
from codesign.voting.codes import code_key, read_code
from codesign.voting.domain import Opening, State
from codesign.voting.marks import kept_words
from codesign.voting.methods import METHODS
from codesign.voting.models import Ballot
from codesign.voting.queries import room_count


def begin(session: Session, ballot_id: int, round: Round, by: Membership, *, now: datetime) -> int:
    """Take one of the two seats, 1 or 2; whoever has one keeps it."""
    ballot = _waiting(session, ballot_id, round, by, now)
    taken = queries.batches(session, ballot.id)
    mine = next((b for b in taken if b.person_id == by.person_id), None)
    if mine is not None:
        return mine.place
    free = [place for place in range(1, SEATS + 1) if place not in {b.place for b in taken}]
    if not free:
        raise NotInTheRoom(Fault.BOTH_SEATS_TAKEN)
    session.add(RoomBatch(ballot_id=ballot.id, place=free[0], person_id=by.person_id, done=False))
    _note(session, by, "begin_sheets", ballot, now)
    return free[0]


def enter_sheet(
    session: Session,
    ballot_id: int,
    round: Round,
    by: Membership,
    *,
    code: str,
    chosen: Sequence[str],
    spoiled: bool,
    key_folder: Path,
    now: datetime,
    reason: str = "",
    again: bool = False,
) -> str:
    """Enter one sheet, or (`again`) correct it; returns its code. The same twice is once.

    spoiled: the sheet is empty, or nobody can tell what was meant. Raises NotInTheRoom for the code, NotCast for the
    choice.
    """
    ballot = _waiting(session, ballot_id, round, by, now)
    mine = _mine(session, ballot.id, by)
    secret = keys.load(key_folder, ballot.key_name).codes
    right = read_code(secret, ballot.id, code, room=True)
    if right is None:
        raise NotInTheRoom(Fault.NO_CODE)
    name = code_key(secret, ballot.id, right)
    if queries.slip_exists(session, ballot.id, name):
        raise NotInTheRoom(Fault.HAS_VOTED)
    sheet = _read(Opening.read(ballot.opening or b"{}"), right, chosen, spoiled, reason)
    before = queries.entry(session, ballot.id, mine.place, name)
    if before is not None:
        if sheet.same(sheets.read(before.closed, secret)):
            return right
        if not again:
            raise NotInTheRoom(Fault.TWICE)
        before.closed = sheets.close(sheet, secret)
    else:
        _put(session, ballot, mine.place, name, sheet, secret)
    _note(session, by, "enter_sheet", ballot, now)
    return right


def remove_sheet(
    session: Session, ballot_id: int, round: Round, by: Membership, *, code: str, key_folder: Path, now: datetime
) -> None:
    """Take out a sheet this person entered and that does not exist; what is not there is not there."""
    ballot = _waiting(session, ballot_id, round, by, now)
    mine = _mine(session, ballot.id, by)
    found = queries.entry(session, ballot.id, mine.place, _name(ballot, code, key_folder))
    if found is not None:
        session.delete(found)
        _note(session, by, "remove_sheet", ballot, now)


def say_done(session: Session, ballot_id: int, round: Round, by: Membership, *, now: datetime) -> None:
    """These are all sheets in the box; when both said so, both see where they differ."""
    ballot = _waiting(session, ballot_id, round, by, now)
    mine = _mine(session, ballot.id, by)
    if not mine.done:
        mine.done = True
        _note(session, by, "end_sheets", ballot, now)


def take_other(
    session: Session, ballot_id: int, round: Round, by: Membership, *, code: str, key_folder: Path, now: datetime
) -> None:
    """Having looked at the paper again, this person agrees with the other about one sheet: only her own entry changes.

    So nobody settles a difference alone: the one who read it wrong says so. A sheet she did not enter she enters from
    the paper: whoever could take over what the other read would have read nothing herself.
    """
    ballot = _waiting(session, ballot_id, round, by, now)
    mine = _mine(session, ballot.id, by)
    if not both_done(queries.batches(session, ballot.id)):
        raise NotInTheRoom(Fault.NOT_DONE)
    secret = keys.load(key_folder, ballot.key_name).codes
    name = _name(ballot, code, key_folder)
    own = queries.entry(session, ballot.id, mine.place, name)
    other = queries.entry(session, ballot.id, SEATS + 1 - mine.place, name)
    if other is None and own is None:
        raise NotInTheRoom(Fault.NOT_THERE)
    if other is None:
        session.delete(own)
    elif own is None:
        raise NotInTheRoom(Fault.NOT_DONE)
    else:
        own.closed = sheets.close(sheets.read(other.closed, secret), secret)
    _note(session, by, "agree_on_sheet", ballot, now)


def start_over(
    session: Session, ballot_id: int, round: Round, by: Membership, place: int, *, now: datetime
) -> None:  # fmt: skip
    """Throw away what one of the two entered, when that person cannot go on: another takes the seat."""
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id or ballot.opened_at is None:
        raise LookupError("no such ballot")
    require(Action.SETTLE_ROOM, facts(round, by, time_is_up=ballot.is_over(now)))
    for batch in queries.batches(session, ballot.id):
        if batch.place == place:
            throw_away(session, batch)
            _note(session, by, "start_sheets_over", ballot, now)


def throw_away(session: Session, batch: RoomBatch) -> None:
    """Everything one of the two entered, and the seat."""
    session.execute(delete(RoomEntry).where(RoomEntry.ballot_id == batch.ballot_id, RoomEntry.place == batch.place))
    session.delete(batch)


def both_done(batches: Sequence[RoomBatch]) -> bool:
    """Whether two people said that these are all sheets."""
    return len(batches) == SEATS and all(b.done for b in batches)


def read_sheets(session: Session, ballot_id: int, secret: bytes) -> tuple[dict[str, Sheet], dict[str, Sheet]]:
    """What each of the two entered, code to sheet, by code; `secret`: `keys.Keys.codes`. One statement."""
    found: tuple[dict[str, Sheet], dict[str, Sheet]] = ({}, {})
    for entry in queries.entries(session, ballot_id):
        sheet = sheets.read(entry.closed, secret)
        found[entry.place - 1][sheet.code] = sheet
    return dict(sorted(found[0].items())), dict(sorted(found[1].items()))


def _waiting(session: Session, ballot_id: int, round: Round, by: Membership, now: datetime) -> Ballot:
    """The ballot under its lock, over and waiting for its papers; whoever is not of the panel finds none."""
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id or ballot.opened_at is None:
        raise LookupError("no such ballot")
    require(Action.ENTER_SHEETS, facts(round, by, time_is_up=ballot.is_over(now)))
    if ballot.state is not State.OPEN or not ballot.room_is_open:
        raise Refused(Reason.WRONG_STATE)
    ballot.over_at = ballot.over_at or now
    return ballot


def _mine(session: Session, ballot_id: int, by: Membership) -> RoomBatch:
    found = next((b for b in queries.batches(session, ballot_id) if b.person_id == by.person_id), None)
    if found is None:
        raise NotInTheRoom(Fault.NOT_YOUR_SEAT)
    return found


def _name(ballot: Ballot, code: str, key_folder: Path) -> bytes:
    secret = keys.load(key_folder, ballot.key_name).codes
    right = read_code(secret, ballot.id, code, room=True)
    if right is None:
        raise NotInTheRoom(Fault.NO_CODE)
    return code_key(secret, ballot.id, right)


def _read(opening: Opening, code: str, chosen: Sequence[str], spoiled: bool, reason: str) -> Sheet:
    filled = [mark for mark in chosen if not mark.endswith(":")]
    if spoiled:
        if filled:
            raise NotInTheRoom(Fault.SPOILED_AND_MARKED)
        return Sheet(code, {}, "", True)
    marks = METHODS[opening.method].marks(opening, chosen)
    return Sheet(code, marks, kept_words(opening, marks, reason))


def _put(session: Session, ballot: Ballot, place: int, name: bytes, sheet: Sheet, secret: bytes) -> None:
    there = queries.entered_count(session, ballot.id, place)
    if there + ballot.room_slips >= room_count(session, ballot.id):
        raise NotInTheRoom(Fault.TOO_MANY)
    session.add(RoomEntry(ballot_id=ballot.id, place=place, code_key=name, closed=sheets.close(sheet, secret)))


def _note(session: Session, by: Membership, verb: str, ballot: Ballot, now: datetime) -> None:
    note(session, Store.VOICES, by=by.person_id, verb=verb, what="ballot", id=ballot.id, now=now)
