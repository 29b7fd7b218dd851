"""Two members who each hold a half of the key: named, shown their half once, and asked for it after the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.jobs import schedule
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.voting import closing, halves, key_queries, queries
from codesign.voting.domain import NotPrepared, State
from codesign.voting.models import Ballot, Scrutineer
from codesign.voting.preparing import must_be_prepared

SEATS = 2


class WrongHalf(ValueError):
    """What was typed is not this member's half of the key of this ballot."""


def name_scrutineers(
    session: Session, ballot: Ballot, round: Round, by: Membership, members: Sequence[int], *, now: datetime
) -> None:
    """Ask two members to hold the key of a prepared ballot, or nobody; halves that were made before are worth nothing.

    `members`: person ids, none or two, of `key_queries.may_hold_keys`. Raises NotPrepared.
    """
    require(Action.CHANGE_BALLOT, facts(round, by))
    must_be_prepared(ballot)
    chosen = list(dict.fromkeys(members))
    allowed = {person.id for person in key_queries.may_hold_keys(session, round.panel_id)}
    if len(chosen) not in {0, SEATS} or not set(chosen) <= allowed:
        raise NotPrepared("scrutineers")
    before = queries.scrutineers(session, ballot.id)
    if [row.member_id for row in before] != chosen:
        # Whoever found the vote right did so for other people with its key.
        ballot.checked_by_id = ballot.checked_at = None
    for row in before:
        session.delete(row)
    session.flush()
    session.add_all(
        Scrutineer(ballot_id=ballot.id, place=place, member_id=member, public_key="", handed_in=False)
        for place, member in enumerate(chosen, start=1)
    )
    note(session, Store.VOICES, by=by.person_id, verb="name_scrutineers", what="ballot", id=ballot.id, now=now)


def make_half(session: Session, ballot_id: int, round: Round, by: Membership, *, now: datetime) -> str:
    """A fresh half for this member, to be shown once; only its public side is kept. An earlier one is worth nothing."""
    ballot = lock(session, Ballot, ballot_id)
    row = _mine(session, ballot_id, round, by, Action.HOLD_KEY)
    if ballot is None or ballot.state is not State.PREPARED:
        raise Refused(Reason.WRONG_STATE)
    half = halves.new_half()
    row.public_key, row.confirmed_at = halves.public_half(half), None
    note(session, Store.VOICES, by=by.person_id, verb="make_half", what="ballot", id=ballot_id, now=now)
    return half


def confirm_half(session: Session, ballot_id: int, round: Round, by: Membership, typed: str, *, now: datetime) -> None:
    """She typed her half from her own paper: now it is sure that she has it. Raises WrongHalf."""
    row = _mine(session, ballot_id, round, by, Action.HOLD_KEY)
    _right(row, typed)
    if row.confirmed_at is None:
        row.confirmed_at = now
        note(session, Store.VOICES, by=by.person_id, verb="confirm_half", what="ballot", id=ballot_id, now=now)


def hand_in(
    session: Session, ballot_id: int, round: Round, by: Membership, typed: str, *, key_folder: Path, now: datetime
) -> None:
    """After the deadline she brings her half; with the second one the ballot is counted. Raises WrongHalf.

    The residents' ballot beside it has the same two halves, and takes this one too.
    """
    # Both locked, always in one order: two who bring their halves at once wait for each other, and not for ever.
    both = [lock(session, Ballot, number) for number in queries.pair(session, ballot_id)]
    ballot = next((b for b in both if b is not None and b.id == ballot_id), None)
    row = _mine(session, ballot_id, round, by, Action.HAND_IN_KEY, at=now, ballot=ballot)
    half = _right(row, typed)
    for one in both:
        if one is None or one.state is not State.OPEN:
            continue
        one.over_at = one.over_at or now
        halves.keep(key_folder, one.id, row.place, half)
        for mine in queries.scrutineers(session, one.id):
            if mine.place == row.place:
                mine.handed_in = True
        schedule.at(session, kind=closing.JOB, what_id=one.id, due_at=now)
    note(session, Store.VOICES, by=by.person_id, verb="hand_in_half", what="ballot", id=ballot_id, now=now)


def _mine(
    session: Session, ballot_id: int, round: Round, by: Membership, action: Action, *, at: datetime | None = None,
    ballot: Ballot | None = None,
) -> Scrutineer:  # fmt: skip
    found = next((s for s in queries.scrutineers(session, ballot_id) if s.member_id == by.person_id), None)
    over = ballot is None or at is None or ballot.is_over(at)
    require(action, facts(round, by, own=found is not None, time_is_up=over))
    assert found is not None
    return found


def _right(row: Scrutineer, typed: str) -> str:
    half = halves.read_half(typed)
    if half is None or not row.public_key or halves.public_half(half) != row.public_key:
        raise WrongHalf
    return half
