"""Reporting, deciding with a reason, joining ideas, and appeals, which another moderator answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import codesign.discussion.actions as reply_acts
import codesign.proposals.curating as idea_acts
import codesign.tellings.actions as story_acts
from codesign.db import Store, insert_if_absent, lock
from codesign.discussion.models import Contribution
from codesign.journal.actions import note
from codesign.moderation.domain import What
from codesign.moderation.models import AppealOutcome, Decision, Outcome, Report
from codesign.moderation.queries import Thing, of_decision, open_reports, written_by
from codesign.panels.models import Membership, Panel, Round
from codesign.panels.queries import facts
from codesign.proposals.models import Proposal
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.words import WordState
from codesign.tellings.models import Telling

_KEYS = {What.IDEA: "proposal_id", What.REPLY: "contribution_id", What.STORY: "telling_id"}


def report(session: Session, thing: Thing, *, why: str, language: str, now: datetime) -> None:
    """Ask a moderator to look at somebody's words; asking twice is asking once."""
    require(Action.REPORT, facts(thing.round, thing.membership))
    if thing.row.state is not WordState.PUBLISHED or thing.row.author_id == thing.membership.person_id:
        raise Refused(Reason.WRONG_STATE)
    values: dict[str, Any] = {_KEYS[thing.what]: thing.row.id}
    came = insert_if_absent(
        session, Report, round_id=thing.round.id, by=thing.membership.person_id, why=why, language=language,
        made_on=now.date(), **values,
    )  # fmt: skip
    if came:
        # No name: moderators read the journal, and are not told who asked.
        note(session, Store.VOICES, by=None, verb="report", what=_name(thing), id=thing.row.id, now=now)


def decide_held(session: Session, thing: Thing, *, publish: bool, why: str, language: str, now: datetime) -> Decision:
    """Publish or hide words that were held or reported; the author reads `why`. Open reports are closed by it."""
    held = thing.row.state is WordState.HELD
    if held:
        _decide_held(session, thing, publish, why, now)
    elif publish:
        require(Action.DECIDE_HELD, facts(thing.round, thing.membership))
        if thing.row.state is not WordState.PUBLISHED:
            raise Refused(Reason.WRONG_STATE)
    else:
        _hide(session, thing, why, now)
    return _record(session, thing, Outcome.PUBLISH if publish else Outcome.HIDE, why, language, now)


def merge(session: Session, source: Thing, target: Proposal, *, why: str, language: str, now: datetime) -> Decision:
    """Join one idea into another; both authors see it, the author of the joined one may answer once."""
    assert isinstance(source.row, Proposal)
    idea_acts.merge(session, source.round, source.membership, source.row, target, now)
    return _record(session, source, Outcome.MERGE, why, language, now)


def appeal(
    session: Session,
    round: Round,
    membership: Membership,
    decision: Decision,
    *,
    text: str,
    language: str,
    now: datetime,
) -> None:
    """Answer a decision about one's own words, once; another moderator looks at it."""
    require(Action.APPEAL, facts(round, membership, own=decision.author_id == membership.person_id))
    lock(session, Decision, decision.id)
    if decision.appealed_on is not None or decision.outcome is Outcome.PUBLISH:
        raise Refused(Reason.WRONG_STATE)
    decision.appeal, decision.appeal_language, decision.appealed_on = text, language, now.date()
    note(session, Store.VOICES, by=membership.person_id, verb="appeal", what="decision", id=decision.id, now=now)


def decide_appeal(
    session: Session, round: Round, panel: Panel, membership: Membership, decision: Decision, *, turn: bool, why: str,
    language: str, now: datetime,
) -> None:  # fmt: skip
    """Another moderator lets the decision stand or turns it; the author reads `why`."""
    other = decision.by != membership.person_id
    require(Action.DECIDE_APPEAL, facts(round, membership, second_person=other, reason_given=bool(why)))
    what, words = of_decision(decision)
    lock(session, Decision, decision.id)
    if decision.appealed_on is None or decision.appeal_outcome is not None:
        raise Refused(Reason.WRONG_STATE)
    if turn:
        _turn(session, Thing(what, words, round, panel, membership), decision.outcome, now)
    decision.appeal_by = membership.person_id
    decision.appeal_outcome = AppealOutcome.TURNED if turn else AppealOutcome.STANDS
    decision.appeal_why, decision.appeal_why_language = why, language
    note(session, Store.VOICES, by=membership.person_id, verb="decide_appeal", what="decision", id=decision.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take out what somebody wrote to moderators: reasons of reports, and answers to decisions."""
    reports, decisions = written_by(session, person_id)
    for row in reports:
        row.why, row.language = "", ""
    for decision in decisions:
        decision.appeal, decision.appeal_language = "", ""
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="decision", id=decision.id, now=now)


def _name(thing: Thing) -> str:
    return thing.row.__tablename__


def _decide_held(session: Session, thing: Thing, publish: bool, why: str, now: datetime) -> None:
    row, by = thing.row, (thing.round, thing.membership)
    if isinstance(row, Proposal):
        idea_acts.decide_held(session, *by, row, publish=publish, why=why, now=now)
    elif isinstance(row, Contribution):
        reply_acts.decide_held(session, *by, row, publish=publish, why=why, now=now)
    else:
        story_acts.decide_held(session, *by, row, publish=publish, why=why, now=now)


def _hide(session: Session, thing: Thing, why: str, now: datetime) -> None:
    row, by = thing.row, (thing.round, thing.membership)
    if isinstance(row, Proposal):
        idea_acts.hide(session, *by, row, why=why, now=now)
    elif isinstance(row, Contribution):
        reply_acts.hide(session, *by, row, why=why, now=now)
    else:
        story_acts.hide(session, *by, row, why=why, now=now)


def _turn(session: Session, thing: Thing, outcome: Outcome, now: datetime) -> None:
    row, by = thing.row, (thing.round, thing.membership)
    if isinstance(row, Proposal) and outcome is Outcome.MERGE:
        idea_acts.part(session, *by, row, now)
    elif isinstance(row, Proposal):
        idea_acts.show_again(session, *by, row, now)
    elif isinstance(row, Contribution):
        reply_acts.show_again(session, *by, row, now)
    elif isinstance(row, Telling):
        story_acts.show_again(session, *by, row, now)


def _record(session: Session, thing: Thing, outcome: Outcome, why: str, language: str, now: datetime) -> Decision:
    values: dict[str, Any] = {_KEYS[thing.what]: thing.row.id}
    decision = Decision(
        round_id=thing.round.id, author_id=thing.row.author_id, outcome=outcome, why=why, language=language,
        by=thing.membership.person_id, made_on=now.date(), **values,
    )  # fmt: skip
    session.add(decision)
    for row in open_reports(session, thing.what, thing.row.id):
        row.closed_on = now.date()
    session.flush()
    note(
        session, Store.VOICES, by=decision.by, verb=f"decide_{outcome.value}", what="decision", id=decision.id, now=now
    )
    return decision
