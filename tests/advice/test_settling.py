"""When the vote on the text runs longer, the advice waits for it quietly, and takes over what it says in the end."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from codesign.advice.models import Advice
from codesign.advice.ratifying import JOB, settle_due
from codesign.db import writing
from codesign.jobs import schedule
from codesign.jobs.models import DueJob
from codesign.panels.queries import membership
from codesign.rules.states import AdviceState
from codesign.voting import actions as voting
from codesign.voting.closing import JOB as CLOSE
from codesign.voting.closing import close_due


def test_a_later_end_of_the_vote_is_waited_for(drafted):
    w = drafted
    w.give()
    ballot = w.open_vote()
    first, until = ballot.deadline, ballot.deadline + timedelta(days=2)
    with writing(w.session):
        by = membership(w.session, w.moderator.id, w.panel.id)
        voting.extend_ballot(
            w.session, ballot.id, w.round, by, until=until, reason="Many were ill.", language="en", now=w.now
        )
    w.cast(ballot, {"adopt": 9, "send_back": 1})
    jobs = {JOB: settle_due, CLOSE: close_due}
    schedule.run_due(w.session, jobs, first + timedelta(seconds=1))
    w.session.expire_all()
    job = w.session.scalar(sa.select(DueJob).where(DueJob.kind == JOB))
    assert (job.problem, job.done_at) == (None, None)
    assert job.due_at > first
    assert w.session.get(Advice, w.advice_id).state is AdviceState.TO_PANEL
    w.session.rollback()
    schedule.run_due(w.session, jobs, until + timedelta(minutes=2))
    schedule.run_due(w.session, jobs, until + timedelta(minutes=4))
    w.session.expire_all()
    assert w.session.get(Advice, w.advice_id).state is AdviceState.ADOPTED
