"""The panel and its advice: giving the text, opening the vote on it, and what the closed vote makes of it (R11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from codesign.advice import composing, meaning, queries
from codesign.advice.document import text_digest
from codesign.advice.domain import before_the_panel, only_newcomers
from codesign.advice.models import Advice, Ratification, Ratified
from codesign.advice.queries import AdviceView
from codesign.advice.values import Content
from codesign.db import Store, lock, writing
from codesign.jobs import schedule
from codesign.journal.actions import note
from codesign.panels import actions as panels
from codesign.panels.models import Round
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.states import AdviceState
from codesign.voting import actions as voting
from codesign.voting import closing, preparing
from codesign.voting import queries as ballots
from codesign.voting.domain import ADOPT, Kind, State
from codesign.voting.models import Ballot

JOB = "settle_advice"
# A vote on the text may get more time, or wait for the room: then it is looked at again after this.
_LATER = timedelta(minutes=1)


def names_others(content: Content) -> bool:
    """Whether every recommendation names somebody who is not a newcomer (R02)."""
    return bool(content.recommendations) and not any(only_newcomers(r.actors) for r in content.recommendations)


def give_to_panel(session: Session, view: AdviceView, *, now: datetime) -> None:
    """Give the complete text to the panel to read; nobody changes it now. Refused while something is missing."""
    advice = _locked(session, view.advice.id)
    content = composing.content(session, view)
    require(
        Action.GIVE_TO_PANEL,
        facts(
            view.round, view.membership, state=advice.state, other_actors=names_others(content),
            complete=not before_the_panel(content),
        ),
    )  # fmt: skip
    advice.state, advice.given_at = AdviceState.TO_PANEL, now
    meaning.begin_anew(session, advice.id)
    note(session, Store.VOICES, by=view.person_id, verb="give_to_panel", what="advice", id=advice.id, now=now)


def prepare_adoption(
    session: Session, view: AdviceView, *, question: str, language: str, deadline: datetime, key_folder: Path,
    now: datetime,
) -> Ballot:  # fmt: skip
    """Open the panel's vote on the text: adopt, or send back with a reason. One vote at a time.

    The ballot names the digest of the text, so that what is sent can be held against what was adopted.
    """
    advice = _locked(session, view.advice.id)
    content = composing.content(session, view)
    known = facts(view.round, view.membership, state=advice.state, other_actors=names_others(content))
    require(Action.PREPARE_ADOPTION, known)
    if advice.state is not AdviceState.TO_PANEL:
        raise Refused(Reason.WRONG_STATE)
    last = queries.last_ratification(session, advice.id)
    if last is not None and last[0].result is None:
        if last[1].state is not State.VOID:
            raise Refused(Reason.BALLOT_STILL_OPEN)
        last[0].result, last[0].settled_at = Ratified.VOID, now
    ballot = preparing.prepare(
        session, view.round, view.membership, kind=Kind.ADOPTION, question=question, language=language,
        deadline=deadline, now=now, subject=text_digest(content), state=advice.state,
    )  # fmt: skip
    voting.open_ballot(session, ballot.id, view.round, view.membership, key_folder=key_folder, now=now)
    session.add(Ratification(advice_id=advice.id, ballot_id=ballot.id))
    schedule.at(session, kind=JOB, what_id=advice.id, due_at=deadline)
    return ballot


def set_adopted(session: Session, advice_id: int, *, now: datetime) -> AdviceState | None:
    """What the closed vote says: adopted with quorum, or back to draft. No person decides this, only the count.

    Doing it twice is doing it once. None while the vote is not closed.
    """
    advice = _locked(session, advice_id)
    last = queries.last_ratification(session, advice.id)
    if advice.state is not AdviceState.TO_PANEL or last is None or last[0].result is not None:
        return advice.state
    ratification, ballot = last
    if ballot.state is State.VOID:
        ratification.result, ratification.settled_at = Ratified.VOID, now
        return advice.state
    result = ballots.adoption_result(session, ballot.id)
    if not result.closed:
        return None
    round_ = session.get(Round, advice.round_id)
    known = Facts(
        by_house=True, phase=round_.phase if round_ else None, state=advice.state, adopted=result.outcome == ADOPT,
        adopted_with_quorum=result.adopted,
    )  # fmt: skip
    if result.adopted:
        require(Action.SET_ADOPTED, known)
        advice.adopted_ballot_id = ballot.id
        advice.state, advice.adopted_at = AdviceState.ADOPTED, now
        ratification.result = Ratified.ADOPTED
        if round_ is not None:
            panels.set_adopted(session, round_, facts=known, now=now)
    else:
        require(Action.SEND_BACK, known)
        advice.state, advice.given_at = AdviceState.DRAFT, None
        ratification.result = Ratified.SENT_BACK if result.quorum_met else Ratified.NO_QUORUM
    ratification.settled_at = now
    note(session, Store.VOICES, by=None, verb=ratification.result.value, what="advice", id=advice.id, now=now)
    return advice.state


def settle_due(session: Session, advice_id: int, now: datetime) -> None:
    """The scheduled act: see to it that the vote on the text is closed, then take over what it says."""
    last = queries.last_ratification(session, advice_id)
    session.rollback()
    if last is None:
        return
    closing.close_due(session, last[1].id, now)
    with writing(session):
        if set_adopted(session, advice_id, now=now) is None:
            schedule.at(session, kind=JOB, what_id=advice_id, due_at=now + _LATER)


def _locked(session: Session, advice_id: int) -> Advice:
    advice = lock(session, Advice, advice_id)
    assert advice is not None
    return advice
