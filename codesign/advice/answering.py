"""What the panel says about an answer: to more time, in its one reply in words, and in a vote of a later round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.advice import answer_queries
from codesign.advice.models import Advice
from codesign.advice.queries import AdviceView
from codesign.db import Store, lock
from codesign.documents.domain import freeze, parse
from codesign.jobs import outbox
from codesign.journal.actions import note
from codesign.panels.queries import facts
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.states import AdviceState
from codesign.voting.models import Ballot
from codesign.voting.queries import released

# What a yes or no vote of newcomers finds of a promise.
_FOUND = {"adopted": "works", "not_adopted": "not_yet"}


def answer_more_time(
    session: Session, view: AdviceView, *, until: date, agreed: bool, decided_on: date, answered: bool, now: datetime
) -> str:
    """Say yes or no, for the panel, to the day the municipality asked for; returns the digest of what crosses."""
    _allowed(session, view, Action.ANSWER_MORE_TIME, answered)
    about = _about(view)
    if any(d["until"] == until.isoformat() for d in answer_queries.said(session, "extension", about["advice"])):
        raise Refused(Reason.WRONG_STATE)
    body = about | {"until": until.isoformat(), "agreed": agreed, "decided_on": decided_on.isoformat()}
    return _cross(session, view, "extension", body, now)


def reply_to_answer(
    session: Session, view: AdviceView, *, answer: str | None, texts: Sequence[tuple[str, str]], agreed_on: date,
    now: datetime,
) -> str:  # fmt: skip
    """Send the panel's reply, once. `answer`: digest of it; `texts`: language and words, original first.

    Raises Refused (WRONG_STATE) the second time, and `DocumentError` when the words cannot cross as they are.
    """
    _allowed(session, view, Action.REPLY_TO_ANSWER, answer is not None)
    about = _about(view)
    if answer_queries.said(session, "reply", about["advice"]):
        raise Refused(Reason.WRONG_STATE)
    passages = [
        {"language": code, "text": text, "translated_by": "person" if n else None}
        for n, (code, text) in enumerate(texts)
    ]
    body = about | {"answer": answer, "text": passages, "agreed_on": agreed_on.isoformat()}
    return _cross(session, view, "reply", body, now)


def send_finding(
    session: Session, view: AdviceView, ballot: Ballot, *, answer: str | None, recommendation: int, promise: int,
    now: datetime,
) -> str:  # fmt: skip
    """Let the record know what newcomers found of a promise, in a yes or no vote of a later round (R30).

    The word comes from the release of the vote; nobody chooses it. Refused (WRONG_STATE) for any other vote.
    """
    _allowed(session, view, Action.SEND_FINDING, answer is not None)
    votes = answer_queries.follow_up_votes(session, view.panel.id, view.round.id)
    payload = released(session, ballot.release_digest)
    if ballot.id not in {b.id for b in votes} or payload is None:
        raise Refused(Reason.WRONG_STATE)
    release = parse("release", payload)
    body = _about(view) | {
        "answer": answer, "recommendation": recommendation, "promise": promise, "release": ballot.release_digest,
        "closed_on": release["closed_on"], "shown": release["shown"], "outcome": _FOUND.get(release["outcome"]),
    }  # fmt: skip
    return _cross(session, view, "finding", body, now)


def _allowed(session: Session, view: AdviceView, action: Action, answered: bool) -> None:
    lock(session, Advice, view.advice.id)
    gone = AdviceState.ANSWERED if answered else AdviceState.SENT
    # A corrected version that is being made changes nothing here; an advice that was taken back gets no answer.
    stands = view.sent_digest and view.advice.state is not AdviceState.WITHDRAWN
    state = gone if stands else view.advice.state
    require(action, facts(view.round, view.membership, state=state))


def _about(view: AdviceView) -> dict[str, Any]:
    number = f"{view.advice.year}-{view.advice.serial}"
    return {"place": view.place.code, "number": number, "advice": view.sent_digest}


def _cross(session: Session, view: AdviceView, kind: str, body: dict[str, Any], now: datetime) -> str:
    digest = outbox.put(session, kind=kind, payload=freeze(kind, body), now=now)
    note(session, Store.VOICES, by=view.person_id, verb=f"send_{kind}", what="advice", id=view.advice.id, now=now)
    return digest
