"""The end of a ballot: counted once under the lock, swept until no trace of who voted when is left, keys destroyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from codesign import db_traces as traces
from codesign.db import Store, lock, writing
from codesign.jobs import schedule
from codesign.journal.actions import note
from codesign.panels.models import Round
from codesign.rules.permissions import Action, Facts, require
from codesign.voting import closed_list, halves, keys, queries
from codesign.voting.codes import code_key
from codesign.voting.domain import Damaged, Opening, State, Vote, digest
from codesign.voting.models import Ballot, Roll, Slip
from codesign.voting.release import put_release
from codesign.voting.sealing import unseal

JOB = "close_ballot"
# When the count cannot be made (keys gone, slips damaged) a person must look: asking every two seconds helps nobody.
_LATER = timedelta(minutes=5)


# What higher packages throw away when a ballot is counted or void: `(session, ballot_id)`, in the same transaction.
ENDINGS: list[Callable[[Session, int], None]] = []


class NotSwept(RuntimeError):
    """Traces are still there (somebody reads the store now); the next turn tries again."""


def count_and_close(session: Session, ballot: Ballot, key_folder: Path, now: datetime, by: int | None) -> None:
    """Count an open ballot and close it: one event, in the caller's transaction and under the ballot's lock.

    Slips must be as many as the roll says; each must open, and be named by its own code. Raises KeysMissing or Damaged
    and then changes nothing.
    """
    secret = keys.load(key_folder, ballot.key_name)
    opening = Opening.read(ballot.opening or b"{}")
    if digest(ballot.opening or b"") != ballot.opening_digest or opening.ballot != ballot.id:
        raise Damaged("what was frozen at opening was changed")
    private = [secret.private, *_halves(opening, key_folder)]
    votes: list[Vote] = []
    for name, sealed in queries.slips(session, ballot.id):
        vote = unseal(sealed, private, opening)
        if code_key(secret.codes, ballot.id, vote.code) != name:
            raise Damaged("a slip lies under the name of another")
        votes.append(vote)
    if ballot.room_slips > queries.room_count(session, ballot.id):
        raise Damaged("more slips came from the room than people vote there")
    if len(votes) != queries.voted_count(session, ballot.id) + ballot.room_slips:
        raise Damaged("there are not as many slips as people who voted")
    lock(session, Round, ballot.round_id)  # two ballots of one round close one after the other: the chain has no fork
    before = queries.last_in_chain(session, ballot.round_id)
    end(session, ballot.id)
    made = closed_list.make(
        opening, ballot.opening_digest or "", (before.closed_digest if before else "") or "", votes,
        room=ballot.room_slips, extended=[e.until.isoformat() for e in queries.extensions(session, ballot.id)],
    )  # fmt: skip
    ballot.closed = made.frozen()
    ballot.closed_digest = digest(ballot.closed)
    ballot.closed_at = now
    ballot.chain = (before.chain or 0) + 1 if before else 1
    ballot.state = State.CLOSED
    panel = queries.panel_of(session, ballot.round_id)
    ballot.release_digest = put_release(session, ballot, opening, closed_list.count(opening, made), panel, now)
    note(session, Store.VOICES, by=by, verb="close_ballot", what="ballot", id=ballot.id, now=now)


def _halves(opening: Opening, key_folder: Path) -> list[bytes]:
    """The halves two members handed in; raises KeysMissing when one is not there or is not theirs."""
    found = []
    for place, public in enumerate(opening.scrutineers, start=1):
        half = halves.handed_in(key_folder, opening.ballot, place)
        if half is None or halves.public_half(half) != public:
            raise keys.KeysMissing("a half of the key is not here")
        found.append(halves.private_half(half))
    return found


def end(session: Session, ballot_id: int) -> None:
    """Throw away what was kept only while the ballot lasted."""
    for ending in ENDINGS:
        ending(session, ballot_id)


def waits_for(session: Session, ballot: Ballot) -> dict[str, bool]:
    """What the count of a ballot may wait for after its deadline, as facts: the two halves of the key, the room."""
    held = queries.scrutineers(session, ballot.id)
    return {"keys_are_in": all(s.handed_in for s in held), "room_is_in": not ballot.room_is_open}


def close_when_due(session: Session, ballot_id: int, key_folder: Path, now: datetime) -> bool:
    """Close the ballot when its deadline has passed; True when this call did it. The clock alone never closes: the
    state does, so that a clock set back opens nothing again."""
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.state is not State.OPEN or not ballot.is_over(now):
        return False
    if not all(waits_for(session, ballot).values()):
        # The last half, or the room, asks for the next turn; until then over stays over.
        ballot.over_at = ballot.over_at or now
        return False
    round_ = session.get(Round, ballot.round_id)
    require(Action.CLOSE_BALLOT, Facts(by_house=True, phase=round_.phase if round_ else None))
    count_and_close(session, ballot, key_folder, now, by=None)
    return True


def sweep(session: Session, ballot_id: int, key_folder: Path, now: datetime) -> None:
    """Make the traces of an ended ballot vanish, look whether they did, and only then destroy its keys.

    Opens its own transactions. Safe to do twice, also by two workers at once. Raises NotSwept when it must be repeated.
    """
    require(Action.SWEEP_BALLOT, Facts(by_house=True))
    with writing(session):
        ballot = lock(session, Ballot, ballot_id)
        if ballot is None or ballot.state not in {State.CLOSED, State.VOID} or ballot.swept_at is not None:
            return
        if ballot.opened_at is not None:
            for model in (Roll, Slip):
                traces.rewrite_sorted(session, model, ballot_id)
    names = [name for name, _sealed in queries.slips(session, ballot_id)]
    session.rollback()
    if not traces.vacuum(session, Slip) or not proven(session, ballot, names):
        raise NotSwept("traces of an ended ballot are still there")
    keys.destroy(key_folder, ballot_id)
    with writing(session):
        ballot = lock(session, Ballot, ballot_id)
        if ballot is not None and ballot.swept_at is None:
            ballot.swept_at = now
            if ballot.state is State.CLOSED:
                ballot.state = State.SWEPT
            note(session, Store.VOICES, by=None, verb="sweep_ballot", what="ballot", id=ballot_id, now=now)


def proven(session: Session, ballot: Ballot, names: list[bytes]) -> bool:
    """Whether the store shows no order: by looking at the file (SQLite) or at rows and file size (PostgreSQL)."""
    if ballot.opened_at is None:
        return True
    good = traces.stand_once(session, Slip, names) and all(
        traces.rewritten(session, model, ballot.id) for model in (Roll, Slip)
    )
    session.rollback()
    return good


def close_due(session: Session, ballot_id: int, now: datetime) -> None:
    """The scheduled act: close at the deadline, sweep, destroy the keys; each is done once, whoever comes first."""
    key_folder: Path = session.info["settings"].keys
    try:
        with writing(session):
            close_when_due(session, ballot_id, key_folder, now)
    except (keys.KeysMissing, Damaged):
        with writing(session):
            schedule.at(session, kind=JOB, what_id=ballot_id, due_at=now + _LATER)
        raise
    sweep(session, ballot_id, key_folder, now)
