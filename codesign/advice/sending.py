"""Sending an advice over the wall, once; rating the answer; and counting on from numbers given on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.advice import composing, queries
from codesign.advice.document import as_document, text_digest
from codesign.advice.domain import blocks
from codesign.advice.models import Advice, AdviceNumber, SentAdvice
from codesign.advice.queries import AdviceView
from codesign.advice.ratifying import names_others
from codesign.advice.values import Content
from codesign.db import Store, insert_if_absent, lock
from codesign.documents.domain import freeze
from codesign.fieldwork.sending import put_files
from codesign.jobs import outbox
from codesign.journal.actions import note
from codesign.panels.models import Municipality
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.states import AdviceState
from codesign.voting import actions as voting
from codesign.voting import preparing
from codesign.voting import queries as ballots
from codesign.voting.domain import Kind, State
from codesign.voting.models import Ballot
from codesign.voting.release import rated


class TextChanged(RuntimeError):
    """The text is not the one the panel adopted; it is not sent."""


def send_advice(session: Session, view: AdviceView, *, now: datetime) -> str:
    """Freeze the advice, give it its number and put it in the outbox; returns the digest. Twice gives the same one.

    Refused unless the panel adopted it with quorum and nothing is missing. Raises `TextChanged`, and `DocumentError`
    (documents.domain) when the document would not hold.
    """
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    gone = queries.sent(session, advice.id)
    if gone is not None:
        return gone.digest
    content = adopted_text(session, view, advice)
    today = now.astimezone(ZoneInfo(view.place.timezone)).date()
    advice.year, advice.serial = today.year, _next_serial(session, advice.place_code, today.year)
    numbered = replace(content, cover=replace(content.cover, year=advice.year, serial=advice.serial))
    payload = freeze("advice", as_document(numbered, today))
    put_files(session, [report.id for report in content.reports], now)
    digest = outbox.put(session, kind="advice", payload=payload, now=now)
    session.add(SentAdvice(advice_id=advice.id, digest=digest, payload=payload, sent_at=now))
    advice.state = AdviceState.SENT
    note(session, Store.VOICES, by=view.person_id, verb="send_advice", what="advice", id=advice.id, now=now)
    return digest


def adopted_text(session: Session, view: AdviceView, advice: Advice) -> Content:
    """The text of an advice (locked) as it may be sent: adopted by the panel with quorum, and that very text.

    Refused, and `TextChanged`, as `send_advice` says; the same for a corrected version.
    """
    content = composing.content(session, view)
    ballot = session.get(Ballot, advice.adopted_ballot_id) if advice.adopted_ballot_id else None
    result = ballots.adoption_result(session, ballot.id) if ballot else None
    adopted = result is not None and result.adopted and advice.state is AdviceState.ADOPTED
    content = replace(content, adopted_with_quorum=adopted)
    require(
        Action.SEND_ADVICE,
        facts(
            view.round, view.membership, state=advice.state, adopted=adopted, adopted_with_quorum=adopted,
            complete=not blocks(content), other_actors=names_others(content),
        ),
    )  # fmt: skip
    assert ballot is not None
    if text_digest(content) != ballot.subject:
        raise TextChanged
    return content


def _next_serial(session: Session, place_code: str, year: int) -> int:
    """The next number of a place in a year, counted up under a lock: no number is given twice, none is lost."""
    insert_if_absent(session, AdviceNumber, place_code=place_code, year=year, last=0)
    row = lock(session, AdviceNumber, (place_code, year))
    assert row is not None
    row.last += 1
    return row.last


def change_place_numbers(
    session: Session, place: Municipality, *, year: int, used: int, by: int, now: datetime
) -> None:  # fmt: skip
    """The host says how many numbers of a year were given before, on paper; counting goes on after them, never back."""
    require(Action.CHANGE_PLACE, facts(None, None))
    insert_if_absent(session, AdviceNumber, place_code=place.code, year=year, last=0)
    row = lock(session, AdviceNumber, (place.code, year))
    assert row is not None
    if used < row.last:
        raise ValueError("a number that was given cannot be taken back")
    row.last = used
    note(session, Store.VOICES, by=by, verb="number_advice", what="municipality", id=place.code, now=now)


def may_rate(session: Session, view: AdviceView) -> tuple[Advice, SentAdvice]:
    """The advice under its lock, and what was sent: whoever asks may ask the panel about the answer to it."""
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    gone = queries.sent(session, advice.id)
    require(
        Action.PREPARE_RATING,
        facts(view.round, view.membership, state=AdviceState.ANSWERED if gone else advice.state),
    )
    assert gone is not None
    return advice, gone


def prepare_rating(
    session: Session, view: AdviceView, *, answer: str, question: str, language: str, deadline: datetime,
    key_folder: Path, now: datetime,
) -> Ballot:  # fmt: skip
    """Open the panel's rating of the answer (`answer`: digest of what was delivered): useful, partly or no. Once."""
    advice, gone = may_rate(session, view)
    before = session.get(Ballot, advice.rating_ballot_id) if advice.rating_ballot_id else None
    if before is not None and before.state is not State.VOID:
        raise Refused(Reason.WRONG_STATE)
    ballot = preparing.prepare(
        session, view.round, view.membership, kind=Kind.RATING, question=question, language=language,
        deadline=deadline, now=now, subject=rated(f"{advice.year}-{advice.serial}", gone.digest, answer),
        state=AdviceState.ANSWERED,
    )  # fmt: skip
    voting.open_ballot(session, ballot.id, view.round, view.membership, key_folder=key_folder, now=now)
    advice.rating_ballot_id = ballot.id
    return ballot
