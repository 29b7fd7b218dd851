"""Reading what came after an answer: progress of promises, findings of newcomers, cards, more time, the reply."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import Row, select, tuple_
from sqlalchemy.orm import Session

from codesign.documents.domain import Json, parse
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.documents.queries import documents_of
from codesign.officials.models import Official
from codesign.places.models import Place
from codesign.responses.aftermath import Aftermath, Card, Fits, Found, MoreTime, Reply, Report, Said, Which
from codesign.responses.domain import Asked, Progress
from codesign.responses.models import (
    Answer,
    AnswerPart,
    LearningCard,
    ProgressReport,
    Promise,
    Reminder,
    TermExtension,
)

# What newcomers say of promises in votes.
_VOTES = (Kind.FINDING, Kind.FIT)
# An advice by its place and number.
Named = tuple[str, str]


def aftermath(
    session: Session, place_code: str, number: str, published: Sequence[Document] | None = None, *, whole: bool = True
) -> Aftermath:  # fmt: skip
    """All that came after one advice was sent: three statements, one more where newcomers voted on promises.

    `published`: all documents of the advice (`documents.queries.documents_of`), where the caller has them already; else
    that is one statement more. Not `whole`: without learning cards and requests for more time, two statements less.
    """
    if published is None:
        published = documents_of(session, place_code, number)
    rows = session.execute(
        select(AnswerPart.recommendation, Promise.position, ProgressReport, Official.post)
        .join(Promise, ProgressReport.promise_id == Promise.id)
        .join(AnswerPart, Promise.part_id == AnswerPart.id)
        .join(Answer, AnswerPart.answer_id == Answer.id)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .join(Official, ProgressReport.reported_by == Official.id)
        .where(AdviceStatus.place_code == place_code, AdviceStatus.number == number)
        .order_by(ProgressReport.id.desc())
    ).all()
    reports: dict[Which, list[Report]] = {}
    for recommendation, position, row, post in rows:
        reports.setdefault((recommendation, position + 1), []).append(_report(row, post))
    votes = _said(session, [d for d in published if d.kind in _VOTES]).get((place_code, number), Said())
    return Aftermath(
        reports=reports,
        found=votes.found,
        fits=votes.fits,
        cards={card.recommendation: _card(card) for card in (cards(session, place_code, number) if whole else ())},
        more_time=extensions(session, place_code, number) if whole else (),
        reply=_reply(next((d for d in published if d.kind is Kind.REPLY), None)),
    )


def _report(row: ProgressReport, post: str) -> Report:
    return Report(row.state, row.text, row.language, row.reported_on, post)


def _card(row: LearningCard) -> Card:
    return Card(
        row.recommendation, row.assumption, row.assumption_language, row.trial, row.trial_language, row.look_back_on,
        row.changed,
    )  # fmt: skip


def reports_of(session: Session, promise_ids: Collection[int]) -> dict[int, list[Report]]:
    """Every report on these promises, newest first, by promise; one statement."""
    found: dict[int, list[Report]] = {}
    if promise_ids:
        statement = (
            select(ProgressReport, Official.post)
            .join(Official, ProgressReport.reported_by == Official.id)
            .where(ProgressReport.promise_id.in_(promise_ids))
            .order_by(ProgressReport.id.desc())
        )
        for row, post in session.execute(statement).all():
            found.setdefault(row.promise_id, []).append(_report(row, post))
    return found


def said_of(session: Session, named: Iterable[Named]) -> dict[Named, Said]:
    """What newcomers say of the promises of these advice in votes; two statements, one when there is none."""
    wanted = set(named)
    if not wanted:
        return {}
    rows = session.scalars(
        select(Document).where(Document.kind.in_(_VOTES), tuple_(Document.place_code, Document.number).in_(wanted))
    ).all()
    return _said(session, rows)


def _said(session: Session, rows: Sequence[Document]) -> dict[Named, Said]:
    if not rows:
        return {}
    documents = [(row, parse(row.kind.value, row.stored)) for row in rows]
    names = {d["release"] for _row, d in documents}
    stored = session.execute(select(Document.digest, Document.stored).where(Document.digest.in_(names))).all()
    releases = {row.digest: parse("release", row.stored) for row in stored}
    found: dict[Named, dict[Which, list[Found]]] = {}
    fits: dict[Named, dict[Which, Fits]] = {}
    for row, d in sorted(documents, key=lambda pair: (pair[1]["closed_on"], pair[0].received_at), reverse=True):
        place, release = (row.place_code, row.number or ""), releases[d["release"]]
        if row.kind is Kind.FIT:
            fits[place] = fits_from(d, release)
        else:
            named = found.setdefault(place, {})
            named.setdefault((d["recommendation"], d["promise"]), []).append(found_from(d, release))
    return {place: Said(fits.get(place, {}), found.get(place, {})) for place in {*fits, *found}}


def found_from(d: Json, release: Json) -> Found:
    """What a finding says, with the words and quarters of its release."""
    option = release["options"][0]
    return Found(
        d["outcome"], release["question"], option["title"], option["language"],
        date.fromisoformat(d["closed_on"]), d["release"], option["quarters"],
    )  # fmt: skip


def fits_from(d: Json, release: Json) -> dict[Which, Fits]:
    """What members say of each measure, with the quarters of the release."""
    options = {option["key"]: option for option in release["options"]}
    day = date.fromisoformat(d["closed_on"])
    return {
        (m["recommendation"], m["promise"]): Fits(options[m["option"]]["quarters"], day, d["release"])
        for m in d["measures"]
    }


def reply_document(session: Session, place_code: str, number: str) -> Document | None:
    """The panel's reply to the answer to one advice."""
    return session.scalar(
        select(Document).where(
            Document.place_code == place_code, Document.number == number, Document.kind == Kind.REPLY
        )
    )


def fit_document(session: Session, place_code: str, number: str) -> Document | None:
    """Which vote asked of each measure in the answer to one advice if it fits."""
    return session.scalar(
        select(Document).where(Document.place_code == place_code, Document.number == number, Document.kind == Kind.FIT)
    )


def _reply(row: Document | None) -> Reply | None:
    """The panel's reply in words, in every language there is."""
    if row is None:
        return None
    d = parse("reply", row.stored)
    passages = [(p["language"], p["text"]) for p in d["text"]]
    return Reply(passages, date.fromisoformat(d["agreed_on"]), row.digest)


def cards(session: Session, place_code: str, number: str) -> Sequence[LearningCard]:
    """The learning cards of one answer, by recommendation."""
    return session.scalars(
        select(LearningCard)
        .join(Answer, LearningCard.answer_id == Answer.id)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .where(AdviceStatus.place_code == place_code, AdviceStatus.number == number)
        .order_by(LearningCard.recommendation)
    ).all()


def extensions(session: Session, place_code: str, number: str) -> Sequence[MoreTime]:
    """Every request for more time about one advice, in their order."""
    rows = session.scalars(
        select(TermExtension)
        .join(AdviceStatus, TermExtension.advice_id == AdviceStatus.id)
        .where(AdviceStatus.place_code == place_code, AdviceStatus.number == number)
        .order_by(TermExtension.id)
    ).all()
    return [MoreTime(r.before, r.until, r.reason, r.language, r.asked_on, r.state, r.decided_on) for r in rows]


def open_extension(session: Session, advice_id: int) -> TermExtension | None:
    """The request for more time that waits for the panel."""
    return session.scalar(
        select(TermExtension).where(TermExtension.advice_id == advice_id, TermExtension.state == Asked.ASKED)
    )


def promises_of(session: Session, answer_id: int) -> Sequence[Row[Promise, AnswerPart]]:
    """The promises of one answer with the part each stands in, in the order of the answer."""
    return session.execute(
        select(Promise, AnswerPart)
        .join(AnswerPart, Promise.part_id == AnswerPart.id)
        .where(AnswerPart.answer_id == answer_id)
        .order_by(AnswerPart.recommendation, Promise.position)
    ).all()


def promises_to_remind_of(session: Session, until: date, kind: str) -> Sequence[Row[Promise, AdviceStatus, Place]]:
    """Promises of delivered answers due by a day, neither done nor stopped, whose owner got no such reminder; at most
    200 at once."""
    ended = select(ProgressReport.promise_id).where(ProgressReport.state.in_([Progress.DONE, Progress.STOPPED]))
    reminded = select(Reminder.what_id).where(Reminder.kind == kind)
    return session.execute(
        select(Promise, AdviceStatus, Place)
        .join(AnswerPart, Promise.part_id == AnswerPart.id)
        .join(Answer, AnswerPart.answer_id == Answer.id)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .join(Place, AdviceStatus.place_code == Place.code)
        .where(Answer.digest.is_not(None), Promise.by <= until)
        .where(Promise.id.not_in(ended), Promise.id.not_in(reminded))
        .order_by(Promise.by, Promise.id)
        .limit(200)
    ).all()


def answers_to_remind_of(session: Session, until: date) -> Sequence[Row[Answer, AdviceStatus, Place]]:
    """Delivered answers whose first report is due by a day, none was made, and nobody was reminded."""
    reported = (
        select(AnswerPart.answer_id)
        .join(Promise, Promise.part_id == AnswerPart.id)
        .join(ProgressReport, ProgressReport.promise_id == Promise.id)
    )
    reminded = select(Reminder.what_id).where(Reminder.kind == "report")
    return session.execute(
        select(Answer, AdviceStatus, Place)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .join(Place, AdviceStatus.place_code == Place.code)
        .where(Answer.digest.is_not(None), Answer.first_report_on <= until)
        .where(Answer.id.not_in(reported), Answer.id.not_in(reminded))
        .order_by(Answer.id)
        .limit(200)
    ).all()


def cards_to_remind_of(session: Session, until: date) -> Sequence[Row[LearningCard, AdviceStatus, Place]]:
    """Learning cards whose day to look back has come, that do not say yet what changed, and nobody was reminded."""
    reminded = select(Reminder.what_id).where(Reminder.kind == "look_back")
    return session.execute(
        select(LearningCard, AdviceStatus, Place)
        .join(Answer, LearningCard.answer_id == Answer.id)
        .join(AdviceStatus, Answer.advice_id == AdviceStatus.id)
        .join(Place, AdviceStatus.place_code == Place.code)
        .where(LearningCard.look_back_on <= until, LearningCard.changed == "", LearningCard.id.not_in(reminded))
        .order_by(LearningCard.id)
        .limit(200)
    ).all()
