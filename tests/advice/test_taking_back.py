"""A sent advice is taken back by a vote of the panel and by nothing else, across the wall; or it stands."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from advice.test_answering import deliver_answer, sent
from codesign.documents.models import AdviceStatus, Withdrawal
from codesign.jobs.models import OutboxItem
from codesign.panels.queries import membership
from codesign.revising import correcting, queries, settling, taking_back
from codesign.revising.models import Ended, TakingBack
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.states import AdviceState
from codesign.voting import actions as voting

__all__ = ["sent"]
WHY = "The number of houses was wrong.\nWe want to write it anew."


def ask(w: Any, **more: Any) -> Any:
    with w.write():
        return taking_back.ask(
            w.session, w.view(), language="en", question="Do we take our advice back?",
            deadline=w.now + timedelta(days=7), key_folder=w.house.settings.keys, now=w.now,
            **{"reason": WHY, "answered": False} | more,
        )  # fmt: skip


def settle(w: Any, ballot: Any = None) -> Any:
    """The scheduled act; after the deadline of a vote."""
    w.now = (ballot.deadline if ballot else w.now) + timedelta(minutes=1)
    settling.settle_due(w.session, w.advice_id, w.now)
    w.session.expire_all()
    last = queries.last_taking_back(w.session, w.advice_id)
    return last[0].result if last else None


@pytest.fixture
def waiting(sent: Any) -> Any:
    """An advice that was sent and received, while its round waits for the answer."""
    sent.phase(Phase.ANSWERING)
    return sent


def test_R11_only_the_panel_takes_its_advice_back_and_the_record_says_so(waiting: Any, session: Session) -> None:
    w = waiting
    for reason, more in ((Reason.SAY_WHY_FIRST, {"reason": " "}), (Reason.ALREADY_ANSWERED, {"answered": True})):
        with pytest.raises(Refused, match=reason.value):
            ask(w, **more)
    ballot = ask(w)
    with pytest.raises(Refused, match=Reason.BALLOT_STILL_OPEN.value):
        ask(w)
    with pytest.raises(Refused, match=Reason.BALLOT_STILL_OPEN.value), w.write():
        correcting.begin(session, w.view(), reason="A number.", answered=False, now=w.now)
    with w.write():
        assert taking_back.settle(session, w.advice_id, answered=False, now=w.now) is None
    w.cast(ballot, {"take_back": 8, "let_stand": 1})
    assert settle(w, ballot) is Ended.TAKEN_BACK
    assert w.view().advice.state is AdviceState.WITHDRAWN
    crossing = {i.kind: json.loads(i.payload) for i in session.scalars(sa.select(OutboxItem).order_by(OutboxItem.id))}
    # Of the vote only the outcome and the quorum cross, and no number.
    told = crossing["release"]
    assert (told["kind"], told["outcome"], told["quorum_met"], told["shown"]) == (
        "withdrawal", "adopted", True, "outcome"
    )  # fmt: skip
    assert (told["turnout"], [o["quarters"] for o in told["options"]]) == ([], [[], []])
    assert (crossing["withdrawal"]["reason"], crossing["withdrawal"]["advice"]) == (WHY, w.digest)
    session.rollback()
    assert w.cross().refused == 0
    session.expire_all()
    status = session.scalar(sa.select(AdviceStatus))
    assert status.withdrawn_on == w.now.date()
    assert session.scalar(sa.select(Withdrawal)).language == "en"
    session.rollback()
    assert settle(w) is Ended.TAKEN_BACK
    assert session.scalar(sa.select(sa.func.count()).where(OutboxItem.kind == "withdrawal")) == 1
    with pytest.raises(Refused):
        ask(w)


def test_otherwise_everything_stays_and_an_answer_that_comes_first_ends_it(waiting: Any, session: Session) -> None:
    w = waiting
    for votes, ended in (({"take_back": 4}, Ended.NO_QUORUM), ({"take_back": 4, "let_stand": 5}, Ended.STANDS)):
        ballot = ask(w)
        w.cast(ballot, votes)
        assert settle(w, ballot) is ended
        assert w.view().advice.state is AdviceState.SENT
        session.rollback()
    ballot = ask(w)
    with w.write():
        by = membership(session, w.moderator.id, w.panel.id)
        voting.void_ballot(session, ballot.id, w.round, by, reason="A fault.", language="en", now=w.now)
    ballot = ask(w)
    w.cast(ballot, {"take_back": 9})
    assert w.cross().refused == 0
    deliver_answer(w, session)
    assert settle(w, ballot) is Ended.ANSWERED
    ends = [t.result for t in session.scalars(sa.select(TakingBack).order_by(TakingBack.id))]
    assert ends == [Ended.NO_QUORUM, Ended.STANDS, Ended.VOID, Ended.ANSWERED]
    assert (w.view().advice.state, session.scalar(sa.select(AdviceStatus)).withdrawn_on) == (AdviceState.SENT, None)
    with pytest.raises(Refused, match=Reason.ALREADY_ANSWERED.value):
        ask(w, answered=bool(queries.answered(session, w.view().advice)))


def test_an_answer_delivered_between_the_count_and_the_record_lets_it_stand(waiting: Any, session: Session) -> None:
    w = waiting
    ballot = ask(w)
    w.cast(ballot, {"take_back": 9})
    assert (settle(w, ballot), w.view().advice.state) == (Ended.TAKEN_BACK, AdviceState.WITHDRAWN)
    session.rollback()
    deliver_answer(w, session)
    assert w.cross().refused == 1
    assert (settle(w), w.view().advice.state) == (Ended.ANSWERED, AdviceState.SENT)
    assert session.scalar(sa.select(AdviceStatus)).withdrawn_on is None
