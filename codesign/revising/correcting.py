"""Correcting a sent advice: the same number, a new version, adopted by the panel like the first one (R11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.advice import meaning, ratifying, sending
from codesign.advice import queries as advices
from codesign.advice.document import as_document
from codesign.advice.models import Advice, SentAdvice
from codesign.advice.queries import AdviceView
from codesign.db import Store, lock
from codesign.documents.domain import freeze, parse
from codesign.fieldwork.sending import put_files
from codesign.jobs import outbox, schedule
from codesign.jobs.models import OutboxState
from codesign.journal.actions import note
from codesign.panels.queries import facts
from codesign.revising import queries, text_queries
from codesign.revising.models import Came, Correction, ReplacedAdvice
from codesign.revising.taking_back import JOB
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.states import AdviceState
from codesign.voting.queries import ballot_running


def begin(session: Session, view: AdviceView, *, reason: str, answered: bool, now: datetime) -> Correction:
    """Open the next version as a draft that is the text as it was sent; that version stands meanwhile.

    reason: what is corrected and why, in the language of the advice; it is sent along. Refused while a vote runs, once
    the answer is there, and while another correction is made.
    """
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    if queries.running_correction(session, advice.id) is not None:
        raise Refused(Reason.CORRECTION_FIRST)
    last = queries.last_taking_back(session, advice.id)
    undecided = last is not None and last[0].result is None
    known = facts(
        view.round, view.membership, state=AdviceState.ANSWERED if answered else advice.state,
        ballot_running=undecided or ballot_running(session, view.round.id), reason_given=bool(reason.strip()),
    )  # fmt: skip
    require(Action.CORRECT_ADVICE, known)
    gone = advices.sent(session, advice.id)
    assert gone is not None
    made = Correction(
        advice_id=advice.id, version=gone.version + 1, reason=reason.strip(), opened_by=view.person_id,
        before=text_queries.read(session, advice),
    )  # fmt: skip
    session.add(made)
    advice.state = AdviceState.DRAFT
    note(session, Store.VOICES, by=view.person_id, verb="begin_correction", what="advice", id=advice.id, now=now)
    return made


def say_why(session: Session, view: AdviceView, *, reason: str, now: datetime) -> None:
    """Write anew what is corrected and why, until the panel has the text."""
    advice = lock(session, Advice, view.advice.id)
    found = queries.running_correction(session, view.advice.id)
    if advice is None or found is None:
        raise Refused(Reason.WRONG_STATE)
    require(Action.COMPILE_ADVICE, facts(view.round, view.membership, state=advice.state))
    if not reason.strip():
        raise Refused(Reason.SAY_WHY_FIRST)
    found.reason = reason.strip()
    note(session, Store.VOICES, by=view.person_id, verb="save_correction", what="advice", id=advice.id, now=now)


def drop(session: Session, view: AdviceView, *, now: datetime) -> None:
    """Give the correction up; the text is as it was sent, which stood all the time. Twice is once."""
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    found = queries.running_correction(session, advice.id)
    if found is None or found.state is not Came.WRITING:
        return
    running = ballot_running(session, view.round.id)
    require(
        Action.DROP_CORRECTION, facts(view.round, view.membership, state=advice.state, ballot_running=running)
    )  # fmt: skip
    # A vote that was counted but not taken over yet must not adopt what comes to the panel later.
    ratifying.set_adopted(session, advice.id, now=now)
    _put_back(session, advice, found, Came.DROPPED, now)
    note(session, Store.VOICES, by=view.person_id, verb="drop_correction", what="advice", id=advice.id, now=now)


def send(session: Session, view: AdviceView, *, answered: bool, now: datetime) -> str:
    """Send the corrected version under its old number; returns the digest. Twice gives the same one.

    Refused as for a first version (`sending.send_advice`), and once the answer is there.
    """
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    gone = advices.sent(session, advice.id)
    found = queries.running_correction(session, advice.id)
    if gone is None:
        raise Refused(Reason.NOT_SENT)
    if found is None or found.state is not Came.WRITING:
        return gone.digest
    if answered:
        raise Refused(Reason.ALREADY_ANSWERED)
    content = sending.adopted_text(session, view, advice)
    numbered = replace(content, cover=replace(content.cover, year=advice.year, serial=advice.serial))
    # The clock goes on: it began when the first version was sent.
    first = parse("advice", gone.payload)["cover"]
    document = as_document(numbered, date.fromisoformat(first["sent_on"]))
    document["cover"] |= {name: first[name] for name in ("sent_on", "answer_weeks", "answer_due")}
    document |= {"version": found.version, "replaces": gone.digest, "correction": found.reason}
    payload = freeze("advice", document)
    put_files(session, [report.id for report in content.reports], now)
    digest = outbox.put(session, kind="advice", payload=payload, now=now)
    session.add(
        ReplacedAdvice(
            advice_id=advice.id, version=gone.version, digest=gone.digest, payload=gone.payload, sent_at=gone.sent_at
        )
    )  # fmt: skip
    gone.digest, gone.payload, gone.version, gone.sent_at = digest, payload, found.version, now
    advice.state, found.state = AdviceState.SENT, Came.SENT
    schedule.at(session, kind=JOB, what_id=advice.id, due_at=now)
    note(session, Store.VOICES, by=view.person_id, verb="send_correction", what="advice", id=advice.id, now=now)
    return digest


def look_after(session: Session, advice_id: int, now: datetime) -> bool:
    """Whether a correction is still on its way. When the record refused it, the version before stands again."""
    advice = lock(session, Advice, advice_id)
    found = queries.running_correction(session, advice_id)
    gone = advices.sent(session, advice_id)
    if advice is None or gone is None or found is None or found.state is not Came.SENT:
        return False
    there = queries.crossed(session, "advice", gone.digest)
    if there is OutboxState.DELIVERED:
        found.state, found.ended_at, found.before = Came.ARRIVED, now, {}
    elif there is OutboxState.REFUSED:
        _take_version_back(session, gone)
        _put_back(session, advice, found, Came.REFUSED, now)
    else:
        return True
    note(session, Store.VOICES, by=None, verb=f"correction_{found.state.value}", what="advice", id=advice_id, now=now)
    return False


def _take_version_back(session: Session, gone: SentAdvice) -> None:
    before = queries.replaced(session, gone.advice_id, gone.version - 1)
    assert before is not None
    values = before.digest, before.payload, before.version, before.sent_at
    session.delete(before)
    session.flush()
    gone.digest, gone.payload, gone.version, gone.sent_at = values


def _put_back(session: Session, advice: Advice, found: Correction, came: Came, now: datetime) -> None:
    """The text as it was sent, in the tables it is written in."""
    meaning.begin_anew(session, advice.id)
    session.flush()
    text_queries.write_back(session, advice, found.before)
    advice.state = AdviceState.SENT
    found.state, found.ended_at, found.before = came, now, {}
