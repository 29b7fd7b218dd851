"""Writing an answer piece by piece, delivering it, and receiving what the panel says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.cosigning.queries import offers
from codesign.db import Store, lock
from codesign.documents.domain import DocumentError, Fault, digest, freeze, parse, read
from codesign.documents.models import AdviceStatus, Kind
from codesign.documents.queries import existing, stored
from codesign.documents.receiving import keep
from codesign.documents.standing import answered, opened, state_of
from codesign.journal.actions import note
from codesign.officials.actions import end_colleagues
from codesign.officials.models import Official
from codesign.responses.domain import CLOSING, HEARD, AnswerDraft, PartDraft, missing, part_piece, summary_piece
from codesign.responses.learning import make_cards
from codesign.responses.models import Answer, AnswerPart, AnswerState, AnswerSummary, OfferReply, Promise
from codesign.responses.queries import advice_document, draft_of, rating_document, task
from codesign.responses.values import to_document
from codesign.responses.versions import Stale, must_be_fresh
from codesign.responses.versions import keep as keep_version
from codesign.rules.permissions import Action, Facts, require
from codesign.rules.roles import Role

__all__ = [
    "Stale", "deliver", "receive_rating", "save_closing", "save_heard", "save_part", "save_summary", "start_answer",
]  # fmt: skip


def _facts(official: Official, advice: AdviceStatus, piece: str | None = None, **more: Any) -> Facts:
    """What the rules need to know when an official touches an advice, or one piece of its answer.

    A colleague who was invited to a piece has that piece and nothing else.
    """
    may = official.piece is None or (official.number, official.piece) == (advice.number, piece)
    own = official.place_code == advice.place_code and may
    return Facts(role=Role.OFFICIAL, own=own, state=state_of(advice), **more)


def start_answer(session: Session, official: Official, advice: AdviceStatus, *, language: str, now: datetime) -> Answer:
    """Begin to answer: the advice counts as opened from now on. Begun twice is begun once."""
    advice = _locked(session, advice)
    require(Action.ANSWER_ADVICE, _facts(official, advice))
    found = task(session, advice.place_code, advice.number)
    if found is not None and found.answer is not None:
        return found.answer
    opened(session, advice.digest, now)
    answer = Answer(
        advice_id=advice.id, advice_digest=advice.digest, language=language, started_by=official.id, started_at=now
    )
    session.add(answer)
    session.flush()
    note(session, Store.RECORD, by=official.id, verb="start_answer", what="answer", id=answer.id, now=now)
    return answer


def save_heard(
    session: Session, official: Official, answer: Answer, advice: AdviceStatus, *, seen: int, language: str, text: str,
    now: datetime,
) -> None:  # fmt: skip
    """Save what the municipality heard, and in which language it answers. Raises `Stale`.

    It also says that the official has the newest version of the advice before them.
    """

    def write(row: Answer) -> None:
        row.what_we_heard, row.language, row.advice_digest = text, language, advice.digest

    content = {"language": language, "what_we_heard": text}
    _save(session, official, answer, advice, HEARD, seen, content, write, now)


def save_part(
    session: Session, official: Official, answer: Answer, advice: AdviceStatus, *, seen: int, part: PartDraft,
    now: datetime,
) -> None:  # fmt: skip
    """Save the answer to one recommendation with its promises, and with what is said to each offer that stands.

    Empty promises fall away, and so do replies to an offer that was taken back. Raises `Stale`.
    """
    promises = [p for p in part.promises if not p.empty]
    standing = {o.id: o.organisation for o in offers(session, advice.id).get(part.recommendation, [])}
    replies = [r for r in part.replies if r.offer in standing]

    def write(row: Answer) -> None:
        mine = next((p for p in _parts(session, row, advice) if p.recommendation == part.recommendation), None)
        if mine is None:
            mine = AnswerPart(answer_id=row.id, recommendation=part.recommendation, promises=[], offers=[])
            session.add(mine)
        mine.decision, mine.reasons, mine.forwarded_to = part.decision, part.reasons, part.forwarded_to
        mine.promises.clear()
        mine.offers.clear()
        session.flush()
        for position, p in enumerate(promises):
            mine.promises.append(
                Promise(
                    position=position, owner=p.owner, action=p.action, money=p.money, by=p.by, first_step=p.first_step
                )
            )
        mine.offers[:] = [OfferReply(offer_id=r.offer, reply=r.reply, reasons=r.reasons) for r in replies]

    content: dict[str, Any] = {
        "decision": part.decision.value if part.decision else "",
        "reasons": part.reasons,
        "forwarded_to": part.forwarded_to,
        "promises": [
            {"owner": p.owner, "action": p.action, "money": p.money, "by": _iso(p.by), "first_step": p.first_step}
            for p in promises
        ],
    }
    if replies:
        content["offers"] = [
            {"organisation": standing[r.offer], "reply": r.reply.value if r.reply else "", "reasons": r.reasons}
            for r in replies
        ]
    _save(session, official, answer, advice, part_piece(part.recommendation), seen, content, write, now)


def save_closing(
    session: Session, official: Official, answer: Answer, advice: AdviceStatus, *, seen: int, ask_back: str,
    council: str, first_report_on: date | None, now: datetime,
) -> None:  # fmt: skip
    """Save what is asked back, how the council hears of it, and the day of the first report. Raises `Stale`."""

    def write(row: Answer) -> None:
        row.ask_back, row.council, row.first_report_on = ask_back, council, first_report_on

    content = {"ask_back": ask_back, "council": council, "first_report_on": _iso(first_report_on)}
    _save(session, official, answer, advice, CLOSING, seen, content, write, now)


def save_summary(
    session: Session, official: Official, answer: Answer, advice: AdviceStatus, *, seen: int, language: str, text: str,
    now: datetime,
) -> None:  # fmt: skip
    """Save the plain summary in one language. Raises `Stale`."""

    def write(row: Answer) -> None:
        found = task(session, advice.place_code, advice.number)
        summaries = found.answer.summaries if found and found.answer else []
        mine = next((s for s in summaries if s.language == language), None)
        if mine is None:
            session.add(AnswerSummary(answer_id=row.id, language=language, text=text))
        else:
            mine.text = text

    _save(session, official, answer, advice, summary_piece(language), seen, {"text": text}, write, now)


def _save(
    session: Session, official: Official, answer: Answer, advice: AdviceStatus, piece: str, seen: int,
    content: dict[str, Any], write: Callable[[Answer], None], now: datetime,
) -> None:  # fmt: skip
    """One piece under the lock of its answer: theirs is never overwritten unseen; the same text again is no version."""
    require(Action.ANSWER_ADVICE, _facts(official, _locked(session, advice), piece))
    row = lock(session, Answer, answer.id)
    assert row is not None
    number = must_be_fresh(session, row.id, piece, seen, content)
    write(row)
    if number is not None:
        keep_version(session, row.id, piece, number, content, official.id, now)


def deliver(
    session: Session, official: Official, answer: Answer, advice: AdviceStatus, *, timezone: str, now: datetime
) -> str:
    """Deliver the answer: complete or not at all (R16, R34). Returns the digest of the frozen document.

    Raises `Refused` with NOT_COMPLETE while the checklist holds a line, and with ALREADY_ANSWERED the second time.
    """
    advice = _locked(session, advice)
    lock(session, Answer, answer.id)
    found = task(session, advice.place_code, advice.number)
    assert found is not None
    assert found.answer is not None
    document = advice_document(session, advice.digest)
    numbers = [r["number"] for r in document["recommendations"]]
    draft = draft_of(found.answer, advice, offers(session, advice.id))
    complete = not missing(draft, numbers, document["languages"])
    require(Action.DELIVER_ANSWER, _facts(official, advice, complete=complete))
    day = now.astimezone(ZoneInfo(timezone)).date()
    body = to_document(draft, numbers, document["languages"])
    head = {"place": advice.place_code, "number": advice.number, "advice": advice.digest}
    payload = freeze("answer", head | body | {"delivered_on": day.isoformat()})
    keep(session, Kind.ANSWER, payload, title=advice.title, document=parse("answer", payload), now=now)
    name = digest(payload)
    row = found.answer
    row.state, row.digest, row.delivered_on = AnswerState.DELIVERED, name, day
    end_colleagues(session, advice.place_code, advice.number, now)
    make_cards(session, row, draft, document, day)
    answered(session, advice.digest, _found_by(draft), now)
    note(session, Store.RECORD, by=official.id, verb="deliver_answer", what="answer", id=row.id, now=now)
    return name


def receive_rating(session: Session, payload: bytes, now: datetime) -> None:
    """Keep what the panel says of an answer, from a `codesign/rating/1` document; the same once more changes nothing.

    Refused (`DocumentError`): the answer or the release is not here, it says something else than its release, or the
    answer has another rating already.
    """
    require(Action.RECEIVE, Facts(by_house=True))
    document = read("rating", payload)
    if not existing(session, [document["answer"]], Kind.ANSWER):
        raise _refuse("answer", "is not here")
    releases = stored(session, existing(session, [document["release"]], Kind.RELEASE))
    if not releases:
        raise _refuse("release", "is not here")
    release = read("release", releases[document["release"]])
    if release["kind"] != "rating" or any(release[key] != document[key] for key in ("shown", "outcome", "place")):
        raise _refuse("release", "says something else than the rating")
    before = rating_document(session, document["place"], document["number"])
    if before is not None and before.digest != digest(payload):
        raise _refuse("answer", "has its rating already")
    keep(session, Kind.RATING, payload, title=release["question"], document=document, now=now)


def _refuse(path: str, what: str) -> DocumentError:
    return DocumentError("rating", [Fault(path, what)])


def _locked(session: Session, advice: AdviceStatus) -> AdviceStatus:
    row = lock(session, AdviceStatus, advice.id)
    assert row is not None
    return row


def _parts(session: Session, answer: Answer, advice: AdviceStatus) -> list[AnswerPart]:
    found = task(session, advice.place_code, advice.number)
    return found.answer.parts if found and found.answer else []


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _found_by(draft: AnswerDraft) -> str:
    """What search finds the answer by: its words and those of its promises."""
    promises = [f"{p.owner} {p.action}" for part in draft.parts for p in part.promises]
    return " ".join([draft.what_we_heard, *(p.reasons for p in draft.parts), *promises, *draft.summaries.values()])
