"""What people do with prepared ballots: open, cast, extend, remind, close after the deadline, make void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from codesign import db_traces as traces
from codesign.db import Store, lock
from codesign.jobs import schedule
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import electorate, facts
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.phases import Phase
from codesign.voting import closing, codes, keys, outside_queries, queries
from codesign.voting.domain import (
    Kind,
    NotCast,
    NotPrepared,
    Opening,
    Problem,
    State,
    Vote,
)
from codesign.voting.marks import kept_words
from codesign.voting.methods import METHODS
from codesign.voting.models import Ballot, Extension, Roll, Slip
from codesign.voting.opening import freeze, twin_of
from codesign.voting.preparing import check, must_be_prepared
from codesign.voting.sealing import seal

# The right to cast, and the phases a ballot runs in, by what it is for.
CAST = {
    Kind.VOTE: Action.VOTE, Kind.ADOPTION: Action.ADOPT, Kind.RATING: Action.RATE_ANSWER,
    Kind.WITHDRAWAL: Action.DECIDE_TAKING_BACK,
}  # fmt: skip
# A corrected advice is adopted while the answer is awaited.
_PHASES = {
    Kind.VOTE: {Phase.VOTING}, Kind.ADOPTION: {Phase.ADVISING, Phase.ANSWERING}, Kind.RATING: {Phase.FOLLOWING},
    Kind.WITHDRAWAL: {Phase.ANSWERING},
}  # fmt: skip
BETWEEN_REMINDERS = timedelta(days=1)


def open_ballot(
    session: Session, ballot_id: int, round: Round, by: Membership, *, key_folder: Path, now: datetime
) -> list[Ballot]:
    """Open a prepared ballot: question, options, people and deadline are frozen, and nobody is added later.

    Where residents vote, they get a ballot of their own, counted apart. Returns the opened ballots (one or two).
    Raises NotPrepared.
    """
    ballot = lock(session, Ballot, ballot_id)
    found = queries.with_options(session, ballot_id)
    if ballot is None or found is None or found.round_id != round.id:
        raise NotPrepared("there is no such ballot")
    require(Action.OPEN_BALLOT, facts(round, by, checked=_is_checked(ballot)))
    if round.phase not in _PHASES[ballot.kind]:
        raise Refused(Reason.NOT_NOW)
    must_be_prepared(ballot)
    check(ballot, now)
    ballot.quorum, ballot.majority = round.quorum, round.majority
    if not all(s.confirmed_at for s in queries.scrutineers(session, ballot.id)):
        raise NotPrepared("halves")
    if outside_queries.outside_result(session, ballot.id) is not None:
        raise NotPrepared("outside")
    people = electorate(session, round.panel_id, False)
    if not people:
        raise NotPrepared("nobody")
    opened = [ballot]
    freeze(session, ballot, people, key_folder, now)
    neighbours = electorate(session, round.panel_id, True) if round.residents_vote and ballot.kind is Kind.VOTE else []
    if neighbours:
        opened.append(twin_of(session, ballot, now))
        freeze(session, opened[-1], neighbours, key_folder, now)
    for made in opened:
        schedule.at(session, kind=closing.JOB, what_id=made.id, due_at=made.deadline)
        note(session, Store.VOICES, by=by.person_id, verb="open_ballot", what="ballot", id=made.id, now=now)
    return opened


def cast(
    session: Session,
    ballot_id: int,
    person_id: int,
    *,
    chosen: Sequence[str],
    code: str,
    key_folder: Path,
    now: datetime,
    sign: str = "",
    reason: str = "",
) -> None:
    """Put one sealed slip in, or change it by its code: four statements, under the ballot's lock.

    The one write without journal row, event or time. LookupError: no such ballot for this person. Refused: not now or
    not them. NotCast: the choice or the code is wrong. KeysMissing: the ballot's keys are gone.
    """
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.opened_at is None:
        raise LookupError("no such ballot")
    accepts = ballot.accepts(now)
    # After closing the keys are gone, and no code needs to be read any more.
    secret = keys.load(key_folder, ballot.key_name) if accepts else None
    right = codes.read_code(secret.codes, ballot.id, code) if secret else None
    name = codes.code_key(secret.codes, ballot.id, right) if secret and right else b""
    at = queries.standing(session, ballot, person_id, name)
    if at is None:
        raise LookupError("no such ballot")
    known = Facts(
        role=at.role, phase=at.phase, residents_vote=at.residents_vote, on_roll=at.voted is not None,
        in_room=bool(at.in_room),
    )  # fmt: skip
    if not accepts:
        raise Refused(Reason.BALLOT_NOT_OPEN)
    require(CAST[ballot.kind], known)
    opening = Opening.read(ballot.opening or b"{}")
    marks = METHODS[opening.method].marks(opening, chosen)
    if right is None:
        raise NotCast(Problem.CODE_NEEDED if at.voted and not code.strip() else Problem.CODE_WRONG)
    if at.voted and not at.slip_exists:
        raise NotCast(Problem.CODE_NEEDED)
    if not at.voted and at.slip_exists:
        raise NotCast(Problem.CODE_TAKEN)
    sealed = seal(Vote(right, marks, sign, kept_words(opening, marks, reason)), opening)
    if at.voted:
        session.execute(update(Slip).where(Slip.ballot_id == ballot.id, Slip.code_key == name).values(sealed=sealed))
        return
    session.execute(insert(Slip).values(ballot_id=ballot.id, code_key=name, sealed=sealed))
    session.execute(update(Roll).where(Roll.ballot_id == ballot.id, Roll.member_id == person_id).values(voted=True))


def extend_ballot(
    session: Session,
    ballot_id: int,
    round: Round,
    by: Membership,
    *,
    until: datetime,
    reason: str,
    language: str,
    now: datetime,
) -> list[Ballot]:
    """Move the deadline of a running ballot to a later moment, never an earlier one; everybody reads why.

    What was frozen at opening stays as it is: the later deadlines stand beside it, and in the closed list. Neighbours
    who vote on the same question get the same time. Returns the extended ballots; raises NotPrepared("not_later").
    """
    pair = _running(session, ballot_id, round)
    accepts = bool(pair) and all(b.accepts(now) for b in pair)
    known = facts(round, by, ballot_accepts=accepts, reason_given=bool(reason.strip()))
    require(Action.EXTEND_BALLOT, known)
    if any(until <= b.deadline for b in pair):
        raise NotPrepared("not_later")
    for ballot in pair:
        session.add(
            Extension(
                ballot_id=ballot.id, before=ballot.deadline, until=until, reason=reason, language=language, made_at=now
            )
        )  # fmt: skip
        ballot.deadline = until
        schedule.at(session, kind=closing.JOB, what_id=ballot.id, due_at=until)
        note(session, Store.VOICES, by=by.person_id, verb="extend_ballot", what="ballot", id=ballot.id, now=now)
    return pair


def remind(session: Session, ballot_id: int, round: Round, by: Membership, *, now: datetime) -> None:
    """Note that everybody is reminded of a running ballot, all alike; nobody learns who voted, or how many.

    Once a day at most.
    """
    pair = _running(session, ballot_id, round)
    accepts = bool(pair) and all(b.accepts(now) for b in pair)
    # A clock that was set back makes no reminder lie in the future for good.
    reminded = any(b.reminded_at and abs(now - b.reminded_at) < BETWEEN_REMINDERS for b in pair)
    require(Action.REMIND, facts(round, by, ballot_accepts=accepts, reminded=reminded))
    for ballot in pair:
        ballot.reminded_at = now
        note(session, Store.VOICES, by=by.person_id, verb="remind", what="ballot", id=ballot.id, now=now)


def _running(session: Session, ballot_id: int, round: Round) -> list[Ballot]:
    """This ballot and the one beside it (newcomers' and residents') but for a void one, locked in one order: where one
    of the two is counted, the other gets no more time."""
    found = [lock(session, Ballot, number) for number in queries.pair(session, ballot_id)]
    if not any(b is not None and b.id == ballot_id and b.round_id == round.id for b in found):
        raise LookupError("no such ballot")
    return [b for b in found if b is not None and b.state is not State.VOID]


def close_ballot(
    session: Session, ballot_id: int, round: Round, by: Membership, *, key_folder: Path, now: datetime
) -> Ballot:
    """Close by hand what its deadline has ended (the schedule does it by itself, unless it stands still).

    Doing it twice is doing it once. Nobody closes before the deadline.
    """
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id or ballot.opened_at is None:
        raise LookupError("no such ballot")
    waits = closing.waits_for(session, ballot)
    require(Action.CLOSE_BALLOT, facts(round, by, time_is_up=ballot.is_over(now), **waits))
    if ballot.state is State.OPEN:
        closing.count_and_close(session, ballot, key_folder, now, by=by.person_id)
        schedule.at(session, kind=closing.JOB, what_id=ballot.id, due_at=now)
    return ballot


def void_ballot(
    session: Session, ballot_id: int, round: Round, by: Membership, *, reason: str, language: str, now: datetime
) -> Ballot:
    """Make a ballot void that was not counted: its slips are thrown away unread, and the panel reads why."""
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id:
        raise LookupError("no such ballot")
    require(Action.VOID_BALLOT, facts(round, by, reason_given=bool(reason.strip())))
    if ballot.state not in {State.PREPARED, State.OPEN}:
        raise Refused(Reason.WRONG_STATE)
    if ballot.opened_at is not None:
        for model in (Roll, Slip):
            traces.empty(session, model, ballot.id)
    closing.end(session, ballot.id)
    ballot.state, ballot.void_reason, ballot.void_language = State.VOID, reason, language
    schedule.at(session, kind=closing.JOB, what_id=ballot.id, due_at=now)
    note(session, Store.VOICES, by=by.person_id, verb="void_ballot", what="ballot", id=ballot.id, now=now)
    return ballot


def _is_checked(ballot: Ballot) -> bool:
    """Only a vote has words of its own to check; advice and answer were put to the panel as they stand."""
    return ballot.kind is not Kind.VOTE or ballot.checked_at is not None
