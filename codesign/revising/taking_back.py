"""Taking a sent advice back: a moderator asks and says why, the panel decides, and only its count counts (R11)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.advice import queries as advices
from codesign.advice.models import Advice
from codesign.advice.queries import AdviceView
from codesign.db import Store, lock
from codesign.documents.domain import freeze
from codesign.jobs import outbox, schedule
from codesign.jobs.models import OutboxState
from codesign.journal.actions import note
from codesign.panels.models import Municipality
from codesign.panels.queries import facts
from codesign.revising import queries
from codesign.revising.models import Ended, TakingBack
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.states import AdviceState
from codesign.voting import actions as voting
from codesign.voting import preparing
from codesign.voting import queries as ballots
from codesign.voting.domain import TAKE_BACK, Kind, State
from codesign.voting.models import Ballot

JOB = "settle_revision"


def ask(
    session: Session, view: AdviceView, *, reason: str, language: str, question: str, deadline: datetime,
    answered: bool, key_folder: Path, now: datetime,
) -> Ballot:  # fmt: skip
    """Ask the panel to take the advice back: `reason` and `question` in `language`. One vote at a time.

    answered: the record holds the answer. Refused then, while a correction is made, and without a reason.
    """
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    if queries.running_correction(session, advice.id) is not None:
        raise Refused(Reason.CORRECTION_FIRST)
    state = AdviceState.ANSWERED if answered else advice.state
    known = facts(view.round, view.membership, state=state, reason_given=bool(reason.strip()))
    require(Action.PREPARE_TAKING_BACK, known)
    gone = advices.sent(session, advice.id)
    assert gone is not None
    last = queries.last_taking_back(session, advice.id)
    if last is not None and last[0].result is None:
        if last[1].state is not State.VOID:
            raise Refused(Reason.BALLOT_STILL_OPEN)
        last[0].result, last[0].settled_at = Ended.VOID, now
    ballot = preparing.prepare(
        session, view.round, view.membership, kind=Kind.WITHDRAWAL, question=question, language=language,
        deadline=deadline, now=now, subject=gone.digest, state=state,
    )  # fmt: skip
    voting.open_ballot(session, ballot.id, view.round, view.membership, key_folder=key_folder, now=now)
    session.add(
        TakingBack(
            advice_id=advice.id, ballot_id=ballot.id, reason=reason.strip(), language=language, asked_by=view.person_id
        )
    )  # fmt: skip
    schedule.at(session, kind=JOB, what_id=advice.id, due_at=deadline)
    note(session, Store.VOICES, by=view.person_id, verb="ask_to_take_back", what="advice", id=advice.id, now=now)
    return ballot


def settle(session: Session, advice_id: int, *, answered: bool, now: datetime) -> Ended | None:
    """What the closed vote says: the advice is taken back, or stands. No person decides this, only the count.

    answered: the record holds the answer, so that it stands whatever the vote says. Twice is once; None while the vote
    is not closed, or when nobody asked.
    """
    advice = lock(session, Advice, advice_id)
    assert advice is not None
    last = queries.last_taking_back(session, advice.id)
    if last is None or last[0].result is not None:
        return last[0].result if last else None
    row, ballot = last
    result = ballots.adoption_result(session, ballot.id)
    if not result.closed:
        return None
    if ballot.state is State.VOID:
        ended = Ended.VOID
    elif answered:
        ended = Ended.ANSWERED
    elif not result.quorum_met:
        ended = Ended.NO_QUORUM
    else:
        ended = Ended.TAKEN_BACK if result.outcome == TAKE_BACK else Ended.STANDS
    if ended is Ended.TAKEN_BACK:
        known = Facts(by_house=True, state=advice.state, adopted=True, adopted_with_quorum=result.adopted)
        require(Action.SET_TAKEN_BACK, known)
        row.digest = _send(session, advice, row, now)
        advice.state = AdviceState.WITHDRAWN
        schedule.at(session, kind=JOB, what_id=advice.id, due_at=now)
    row.result, row.settled_at = ended, now
    note(session, Store.VOICES, by=None, verb=f"taking_back_{ended.value}", what="advice", id=advice.id, now=now)
    return ended


def look_after(session: Session, advice_id: int, now: datetime) -> bool:
    """Whether the withdrawal is still on its way. When the record refused it (the answer was first), it stands."""
    advice = lock(session, Advice, advice_id)
    last = queries.last_taking_back(session, advice_id)
    if advice is None or last is None or last[0].result is not Ended.TAKEN_BACK or last[0].digest is None:
        return False
    there = queries.crossed(session, "withdrawal", last[0].digest)
    if there is OutboxState.REFUSED:
        last[0].result, advice.state = Ended.ANSWERED, AdviceState.SENT
        note(session, Store.VOICES, by=None, verb="taking_back_answered", what="advice", id=advice.id, now=now)
    return there is OutboxState.WAITING


def _send(session: Session, advice: Advice, row: TakingBack, now: datetime) -> str:
    """Put the withdrawal in the outbox; returns its digest."""
    gone = advices.sent(session, advice.id)
    place = session.get(Municipality, advice.place_code)
    assert gone is not None
    assert place is not None
    values = {
        "place": place.code, "number": f"{advice.year}-{advice.serial}", "advice": gone.digest,
        "language": row.language, "reason": row.reason,
        "withdrawn_on": now.astimezone(ZoneInfo(place.timezone)).date().isoformat(),
    }  # fmt: skip
    return outbox.put(session, kind="withdrawal", payload=freeze("withdrawal", values), now=now)
