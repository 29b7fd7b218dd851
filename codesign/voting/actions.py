"""What people do with ballots: prepare, change, open, cast, close after the deadline, make void."""

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
from codesign.rules.states import AdviceState
from codesign.voting import closing, codes, keys, queries
from codesign.voting.domain import (
    ADOPT,
    MAX_OPTIONS,
    RATINGS,
    SEND_BACK,
    Category,
    Kind,
    Method,
    NotCast,
    NotPrepared,
    Opening,
    Option,
    Problem,
    State,
    Vote,
)
from codesign.voting.methods import METHODS
from codesign.voting.models import Ballot, BallotOption, Roll, Slip
from codesign.voting.opening import freeze, twin_of
from codesign.voting.sealing import seal

# The right to prepare and to cast, and the phase a ballot runs in, by what it is for.
_PREPARE = {
    Kind.VOTE: Action.PREPARE_BALLOT, Kind.ADOPTION: Action.PREPARE_ADOPTION, Kind.RATING: Action.PREPARE_RATING,
}  # fmt: skip
CAST = {Kind.VOTE: Action.VOTE, Kind.ADOPTION: Action.ADOPT, Kind.RATING: Action.RATE_ANSWER}
_PHASE = {Kind.VOTE: Phase.VOTING, Kind.ADOPTION: Phase.ADVISING, Kind.RATING: Phase.FOLLOWING}
_OPTIONS = {
    Kind.ADOPTION: tuple(Option(key) for key in (ADOPT, SEND_BACK)),
    Kind.RATING: tuple(Option(key) for key in RATINGS),
}  # fmt: skip
SHORTEST = timedelta(minutes=5)


def prepare(
    session: Session,
    round: Round,
    by: Membership,
    *,
    kind: Kind,
    question: str,
    language: str,
    deadline: datetime,
    now: datetime,
    options: Sequence[Option] = (),
    max_choices: int = 1,
    with_none: bool = False,
    subject: str = "",
    state: AdviceState | None = None,
) -> Ballot:
    """Prepare a ballot; nobody but the moderators knows of it before it opens.

    Only a vote has options of its own (keys are given here). `subject`: for an adoption the digest of the text, for a
    rating `release.rated(...)`; `state` is then where that advice stands. Raises NotPrepared.
    """
    require(_PREPARE[kind], facts(round, by, state=state))
    if kind is not Kind.VOTE:
        options, max_choices, with_none = _OPTIONS[kind], 1, False
    ballot = Ballot(
        round_id=round.id, kind=kind, category=Category.NEWCOMERS, method=Method.APPROVAL, state=State.PREPARED,
        question=question, language=language, max_choices=max_choices, with_none=with_none, subject=subject,
        quorum=round.quorum, majority=round.majority, deadline=deadline, made_at=now, void_reason="", void_language="",
        options=_rows(options, kind),
    )  # fmt: skip
    _check(ballot, now)
    session.add(ballot)
    session.flush()
    note(session, Store.VOICES, by=by.person_id, verb="prepare_ballot", what="ballot", id=ballot.id, now=now)
    return ballot


def change_ballot(
    session: Session,
    ballot: Ballot,
    round: Round,
    by: Membership,
    *,
    question: str,
    language: str,
    deadline: datetime,
    options: Sequence[Option],
    max_choices: int,
    with_none: bool,
    now: datetime,
) -> None:
    """Change a ballot that is not open yet; `ballot` has its options loaded. Raises NotPrepared."""
    require(Action.CHANGE_BALLOT, facts(round, by))
    _must_be_prepared(ballot)
    ballot.question, ballot.language, ballot.deadline = question, language, deadline
    if ballot.kind is Kind.VOTE:
        ballot.max_choices, ballot.with_none = max_choices, with_none
        ballot.options.clear()
        session.flush()  # keys and places are used again
        ballot.options = _rows(options, ballot.kind)
    _check(ballot, now)
    note(session, Store.VOICES, by=by.person_id, verb="change_ballot", what="ballot", id=ballot.id, now=now)


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
    require(Action.OPEN_BALLOT, facts(round, by))
    if round.phase is not _PHASE[ballot.kind]:
        raise Refused(Reason.NOT_NOW)
    _must_be_prepared(ballot)
    _check(ballot, now)
    ballot.quorum, ballot.majority = round.quorum, round.majority
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
    accepts = ballot.state is State.OPEN and now < ballot.deadline
    # After closing the keys are gone, and no code needs to be read any more.
    secret = keys.load(key_folder, ballot.key_name) if accepts else None
    right = codes.read_code(secret.codes, ballot.id, code) if secret else None
    name = codes.code_key(secret.codes, ballot.id, right) if secret and right else b""
    at = queries.standing(session, ballot, person_id, name)
    if at is None:
        raise LookupError("no such ballot")
    known = Facts(role=at.role, phase=at.phase, residents_vote=at.residents_vote, on_roll=at.voted is not None)
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
    kept = reason if ballot.kind is Kind.ADOPTION and SEND_BACK in marks else ""
    sealed = seal(Vote(right, marks, sign, kept), opening.public_key, ballot.kind)
    if at.voted:
        session.execute(update(Slip).where(Slip.ballot_id == ballot.id, Slip.code_key == name).values(sealed=sealed))
        return
    session.execute(insert(Slip).values(ballot_id=ballot.id, code_key=name, sealed=sealed))
    session.execute(update(Roll).where(Roll.ballot_id == ballot.id, Roll.member_id == person_id).values(voted=True))


def close_ballot(
    session: Session, ballot_id: int, round: Round, by: Membership, *, key_folder: Path, now: datetime
) -> Ballot:
    """Close by hand what its deadline has ended (the schedule does it by itself, unless it stands still).

    Doing it twice is doing it once. Nobody closes before the deadline.
    """
    ballot = lock(session, Ballot, ballot_id)
    if ballot is None or ballot.round_id != round.id or ballot.opened_at is None:
        raise LookupError("no such ballot")
    require(Action.CLOSE_BALLOT, facts(round, by, time_is_up=now >= ballot.deadline))
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
    ballot.state, ballot.void_reason, ballot.void_language = State.VOID, reason, language
    schedule.at(session, kind=closing.JOB, what_id=ballot.id, due_at=now)
    note(session, Store.VOICES, by=by.person_id, verb="void_ballot", what="ballot", id=ballot.id, now=now)
    return ballot


def _must_be_prepared(ballot: Ballot) -> None:
    if ballot.state is not State.PREPARED:
        raise Refused(Reason.WRONG_STATE)


def _rows(options: Sequence[Option], kind: Kind) -> list[BallotOption]:
    return [
        BallotOption(
            place=place, key=f"o{place}" if kind is Kind.VOTE else o.key, title=o.title, meaning=o.meaning,
            language=o.language, domain=o.domain, icons=list(o.icons), proposal_id=o.proposal_id,
        )
        for place, o in enumerate(options, start=1)
    ]  # fmt: skip


def _check(ballot: Ballot, now: datetime) -> None:
    """What a ballot must have; NotPrepared names the first thing that is missing."""
    count = len(ballot.options)
    proposals = [o.proposal_id for o in ballot.options if o.proposal_id is not None]
    if not 2 <= count <= MAX_OPTIONS:
        raise NotPrepared("options")
    if len(set(proposals)) != len(proposals):
        raise NotPrepared("twice")
    if ballot.kind is Kind.VOTE and not all(o.title for o in ballot.options):
        raise NotPrepared("titles")
    if not 1 <= ballot.max_choices <= count:
        raise NotPrepared("max_choices")
    if ballot.deadline < now + SHORTEST:
        raise NotPrepared("deadline")
