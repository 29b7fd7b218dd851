"""A sent advice is corrected: same number, a new version that the panel adopts, and the old one stands until then."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from advice.conftest import FIELDS
from advice.test_answering import deliver_answer, sent
from advice.test_taking_back import ask, settle, waiting
from codesign.advice import actions, composing, ratifying, sending
from codesign.advice.domain import fingerprint
from codesign.advice.models import SentAdvice
from codesign.advice.queries import recommendations
from codesign.advice.values import Actor, ActorKind, Words
from codesign.db import VoicesBase
from codesign.documents.models import AdviceStatus
from codesign.jobs.models import OutboxItem
from codesign.revising import correcting, queries, text_queries
from codesign.revising.models import Came, Correction, ReplacedAdvice
from codesign.rules.permissions import Reason, Refused
from codesign.rules.states import AdviceState
from codesign.voting import closing

__all__ = ["sent", "waiting"]
WHY = "Twelve streets, not two.\nWe counted again."


def begin(w: Any, **more: Any) -> None:
    with w.write():
        correcting.begin(w.session, w.view(), **{"reason": WHY, "answered": False} | more, now=w.now)


def write(w: Any) -> None:
    """Change the title, a text and a recommendation; add one."""
    with w.write():
        actions.save_cover(w.session, w.view(), title="Twelve", language="en", seen=w.view().advice.version, now=w.now)
        old = composing.content(w.session, w.view()).text(Words.WE_DO)
        actions.save_words(w.session, w.view(), {(Words.WE_DO, ""): ("Twelve kitchens.", fingerprint(old))}, now=w.now)
        row = recommendations(w.session, w.advice_id)[0]
        actions.save_recommendation(
            w.session, w.view(), row.id, FIELDS | {"title": "Twelve contacts", "what": "In twelve streets."}, links=None, seen=row.version,
            actors=[Actor("Library", ActorKind.MUNICIPALITY, "a room")], now=w.now,
        )  # fmt: skip
    w.recommend(title="A second")


def send(w: Any, **more: Any) -> str:
    with w.write():
        return correcting.send(w.session, w.view(), **{"answered": False} | more, now=w.now)


def text(w: Any) -> Any:
    """The text as rows, without the times at which it was adopted."""
    with w.write():
        kept = text_queries.read(w.session, w.view().advice)
    return {name: sorted(rows, key=str) for name, rows in kept.items()}


def test_R11_a_corrected_version_is_adopted_by_the_panel_and_sent_once(waiting: Any, session: Session) -> None:
    w = waiting
    for reason, more in ((Reason.SAY_WHY_FIRST, {"reason": " "}), (Reason.ALREADY_ANSWERED, {"answered": True})):
        with pytest.raises(Refused, match=reason.value):
            begin(w, **more)
    begin(w)
    for act in (begin, ask):
        with pytest.raises(Refused, match=Reason.CORRECTION_FIRST.value):
            act(w)
    write(w)
    # What was sent stands: for members it is the same advice, and the record does not know of it.
    seen = w.view(w.members[0])
    assert (seen.correcting, seen.gone, seen.sent_digest) == (True, None, w.digest)
    with w.write():
        assert sending.send_advice(session, w.view(), now=w.now) == w.digest
    with pytest.raises(Refused, match=Reason.PANEL_MUST_ADOPT_FIRST.value):
        send(w)
    w.adopt()
    with pytest.raises(Refused, match=Reason.ALREADY_ANSWERED.value):
        send(w, answered=True)
    made = send(w)
    assert send(w) == made != w.digest
    assert w.cross().refused == 0
    settle(w)
    status = session.scalar(sa.select(AdviceStatus))
    first = session.scalar(sa.select(ReplacedAdvice))
    newest = session.scalar(sa.select(SentAdvice))
    assert (status.digest, status.version, status.number, status.title) == (made, 2, "2026-1", "Twelve")
    assert (first.digest, first.version, newest.digest, newest.version) == (w.digest, 1, made, 2)
    one, two = json.loads(first.payload), json.loads(newest.payload)
    assert (two["number"], two["replaces"], two["correction"]) == (one["number"], w.digest, WHY)
    assert two["cover"]["answer_due"] == one["cover"]["answer_due"] == status.due_on.isoformat()
    assert [len(d["recommendations"]) for d in (one, two)] == [1, 2]
    found = session.scalar(sa.select(Correction))
    assert (found.state, found.before, w.view().advice.state) == (Came.ARRIVED, {}, AdviceState.SENT)
    assert session.scalar(sa.select(sa.func.count()).where(OutboxItem.kind == "advice")) == 2
    session.rollback()
    # The next one: a withdrawal names the newest version, and so does a third version.
    w.digest = made
    ballot = ask(w)
    assert ballot.subject == made
    settle(w, ballot)
    begin(w, reason="Again.")
    assert queries.running_correction(session, w.advice_id).version == 3


def test_a_correction_that_is_dropped_or_comes_too_late_leaves_what_was_sent(waiting: Any, session: Session) -> None:
    w = waiting
    before, content = text(w), composing.content(session, w.view())
    assert {"recommendation_actor", "advice_text", "cited_block"} <= set(before)
    hangs = {t.name for t in VoicesBase.metadata.tables.values() for c in t.c for k in c.foreign_keys
             if k.column.table.name in {"advice", "recommendation"}}  # fmt: skip
    assert hangs - text_queries.STAYS == {t.name for t in text_queries.tables()}
    begin(w)
    write(w)
    w.give()
    ballot = w.open_vote()
    with pytest.raises(Refused, match=Reason.BALLOT_STILL_OPEN.value), w.write():
        correcting.drop(session, w.view(), now=w.now)
    w.cast(ballot, {"adopt": 9})
    w.settle(ballot)
    assert w.view().advice.state is AdviceState.ADOPTED
    with w.write():
        correcting.drop(session, w.view(), now=w.now)
        correcting.drop(session, w.view(), now=w.now)
    assert text(w) == before
    assert composing.content(session, w.view()) == content
    assert (w.view().gone, w.view().advice.state) == (w.digest, AdviceState.SENT)
    session.rollback()
    # The record is down while it is sent, and the answer is delivered before it comes there.
    begin(w)
    write(w)
    w.adopt()
    made = send(w)
    settle(w)
    assert (w.view().gone, queries.last_correction(session, w.advice_id).state) == (made, Came.SENT)
    session.rollback()
    with pytest.raises(Refused, match=Reason.CORRECTION_FIRST.value):
        ask(w)
    deliver_answer(w, session)
    assert w.cross().refused == 1
    settle(w)
    assert queries.last_correction(session, w.advice_id).state is Came.REFUSED
    assert (w.view().gone, session.scalar(sa.select(sa.func.count()).select_from(ReplacedAdvice))) == (w.digest, 0)
    assert text(w) == before
    assert session.scalar(sa.select(AdviceStatus)).digest == w.digest


def test_R11_a_vote_on_a_dropped_correction_adopts_no_later_text(waiting: Any, session: Session) -> None:
    w = waiting
    begin(w)
    write(w)
    w.give()
    ballot = w.open_vote()
    w.cast(ballot, {"adopt": 9})
    # The vote is counted, and before the machine takes its result over a moderator drops the text.
    w.now = ballot.deadline + timedelta(minutes=1)
    closing.close_due(session, ballot.id, w.now)
    with w.write():
        correcting.drop(session, w.view(), now=w.now)
    assert (w.view().gone, w.view().advice.state) == (w.digest, AdviceState.SENT)
    session.rollback()
    # The same words once more, for another reason: nobody voted on that.
    begin(w, reason="Another reason.")
    write(w)
    w.give()
    ratifying.settle_due(session, w.advice_id, w.now)
    session.expire_all()
    assert w.view().advice.state is AdviceState.TO_PANEL
    session.rollback()
    with pytest.raises(Refused, match=Reason.PANEL_MUST_ADOPT_FIRST.value):
        send(w)
