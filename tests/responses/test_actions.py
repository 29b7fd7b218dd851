"""An answer is written by two people at once, delivered complete or not at all, and rated once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from responses_desk import AT, HEARD, PROMISE, SENT, example
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.documents.domain import DocumentError, digest, freeze, read
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.documents.receiving import receive_advice, receive_release
from codesign.journal.models import RecordEntry
from codesign.responses import actions, queries
from codesign.responses.domain import Decision, PartDraft, PromiseDraft
from codesign.responses.models import Answer, AnswerPart, AnswerState, AnswerVersion, Promise
from codesign.rules.permissions import Reason, Refused


def count(session: Session, model: Any) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_starting_opens_the_advice_once(desk: Any) -> None:
    desk.start()
    opened = desk.task().advice.opened_at
    assert opened == AT
    with writing(desk.session):
        actions.start_answer(
            desk.session, desk.colleague, desk.task().advice, language="nl", now=AT + timedelta(hours=1)
        )
    assert count(desk.session, Answer) == 1
    assert desk.task().advice.opened_at == AT
    assert desk.task().answer.language == "en"


def test_an_official_of_another_place_is_refused_everywhere(desk: Any) -> None:
    with pytest.raises(Refused) as refused, writing(desk.session):
        actions.start_answer(desk.session, desk.elsewhere, desk.task().advice, language="nl", now=AT)
    assert refused.value.reason is Reason.NOT_YOURS
    desk.complete()
    for what, more in [
        (actions.save_heard, {"language": "en", "text": "x"}),
        (actions.save_part, {"part": PartDraft(1)}),
        (actions.save_closing, {"ask_back": "", "council": "x", "first_report_on": None}),
        (actions.save_summary, {"language": "en", "text": "x"}),
    ]:
        with pytest.raises(Refused):
            desk.save(what, by=desk.elsewhere, seen=1, **more)
    with pytest.raises(Refused):
        desk.deliver(by=desk.elsewhere)


def test_saving_keeps_each_version_and_the_same_again_is_none(desk: Any) -> None:
    desk.start()
    desk.save(actions.save_heard, language="en", text="One")
    desk.save(actions.save_heard, seen=1, language="en", text="Two")
    desk.save(actions.save_heard, seen=2, language="en", text="Two")
    desk.save(actions.save_heard, seen=0, language="en", text="Two")
    assert desk.task().answer.what_we_heard == "Two"
    assert count(desk.session, AnswerVersion) == 2
    two = queries.versions(desk.session, desk.task().answer.id, "heard")
    assert [v.content["what_we_heard"] for v in two] == ["Two", "One"]


def test_what_a_colleague_saved_is_not_written_over_unseen(desk: Any) -> None:
    desk.start()
    desk.save(actions.save_heard, language="en", text="Mine")
    desk.save(actions.save_heard, by=desk.colleague, seen=1, language="en", text="Theirs")
    with pytest.raises(actions.Stale) as stale:
        desk.save(actions.save_heard, seen=1, language="en", text="Mine again")
    assert stale.value.version.content["what_we_heard"] == "Theirs"
    assert stale.value.version.saved_by == desk.colleague.id
    assert desk.task().answer.what_we_heard == "Theirs"
    desk.save(actions.save_heard, seen=2, language="en", text="Both together")
    assert desk.task().answer.what_we_heard == "Both together"


def test_pieces_do_not_get_in_each_others_way(desk: Any) -> None:
    desk.start()
    desk.save(actions.save_heard, language="en", text=HEARD)
    desk.save(actions.save_part, by=desk.colleague, part=PartDraft(1, Decision.NOT, "No room in the law for it."))
    desk.save(actions.save_part, part=PartDraft(2, Decision.NOT, "No room in the law for it."))
    desk.save(actions.save_summary, by=desk.colleague, language="nl", text="Nee.")
    desk.save(actions.save_summary, language="ar", text="لا")
    saved = queries.last_saved(desk.session, desk.task().answer.id)
    assert {piece: v.number for piece, v in saved.items()} == {
        "heard": 1, "part-1": 1, "part-2": 1, "summary-nl": 1, "summary-ar": 1,
    }  # fmt: skip


def test_promises_are_replaced_and_empty_ones_fall_away(desk: Any) -> None:
    desk.start()
    first = PartDraft(1, Decision.PARTLY, "Why", "", (PROMISE, PromiseDraft(), PromiseDraft(owner="Alderman")))
    desk.save(actions.save_part, part=first)
    assert [p.owner for p in desk.task().answer.parts[0].promises] == ["Head of society", "Alderman"]
    desk.save(actions.save_part, seen=1, part=PartDraft(1, Decision.PARTLY, "Why", "", (PROMISE,)))
    assert [p.owner for p in desk.task().answer.parts[0].promises] == ["Head of society"]
    assert count(desk.session, Promise) == 1


def test_R16_without_what_was_heard_nothing_is_delivered(desk: Any) -> None:
    desk.complete()
    desk.save(actions.save_heard, seen=1, language="en", text="")
    with pytest.raises(Refused) as refused:
        desk.deliver()
    assert refused.value.reason is Reason.NOT_COMPLETE
    assert count(desk.session, Document) == 3


def test_R16_the_database_refuses_it_too(desk: Any) -> None:
    delivered = {
        "state": AnswerState.DELIVERED, "digest": "0" * 64, "delivered_on": date(2026, 10, 6),
        "first_report_on": date(2027, 1, 1),
    }  # fmt: skip
    statement = sa.update(Answer).where(Answer.id == desk.start().id).values(**delivered)
    with pytest.raises(IntegrityError, match="listening"), writing(desk.session):
        desk.session.execute(statement)


@pytest.mark.parametrize("language", ["nl", "ar", "ti"])
def test_R34_an_answer_counts_as_delivered_only_in_every_language_of_the_panel(desk: Any, language: str) -> None:
    desk.complete()
    desk.save(actions.save_summary, seen=1, language=language, text="")
    with pytest.raises(Refused):
        desk.deliver()
    assert desk.task().advice.answered_at is None
    assert queries.answer_of(desk.session, desk.advice_digest) is None


def test_a_delivered_answer_is_frozen_public_and_found(desk: Any) -> None:
    desk.complete()
    name = desk.deliver()
    document = desk.session.get(Document, name)
    assert document.kind is Kind.ANSWER
    assert digest(document.stored) == name
    body = read("answer", document.stored)
    assert (body["delivered_on"], body["advice"]) == ("2026-10-06", desk.advice_digest)
    task = desk.task()
    assert task.advice.answered_at == AT
    assert "head of society" in task.advice.found_by
    assert (task.answer.state, task.answer.digest) == (AnswerState.DELIVERED, name)
    view = queries.answer_of(desk.session, desk.advice_digest)
    assert view is not None
    assert (view.digest, view.what_we_heard, view.rating) == (name, HEARD, None)
    assert [p.language for p in view.summary] == ["en", "nl", "ar", "ti"]
    third = view.part(3)
    assert third is not None
    assert (third.decision, third.forwarded_to) == (Decision.NOT_OURS, "The province")


def test_what_was_delivered_is_not_delivered_twice_and_not_changed(desk: Any) -> None:
    desk.complete()
    desk.deliver()
    with pytest.raises(Refused) as refused:
        desk.deliver()
    assert refused.value.reason is Reason.ALREADY_ANSWERED
    with pytest.raises(Refused):
        desk.save(actions.save_heard, seen=1, language="en", text="Other words")
    with pytest.raises(Refused), writing(desk.session):
        actions.start_answer(desk.session, desk.official, desk.task().advice, language="en", now=AT)


def test_the_day_of_delivery_is_that_of_the_place(desk: Any) -> None:
    desk.complete()
    with writing(desk.session):
        task = desk.task()
        late = datetime.fromisoformat("2026-10-06T23:30:00+00:00")
        actions.deliver(desk.session, desk.official, task.answer, task.advice, timezone="Europe/Amsterdam", now=late)
    assert desk.task().answer.delivered_on == date(2026, 10, 7)


def test_every_act_stands_in_the_journal_without_words(desk: Any) -> None:
    desk.complete()
    desk.deliver()
    rows = desk.session.scalars(sa.select(RecordEntry).where(RecordEntry.by == desk.official.id)).all()
    verbs = [row.verb for row in rows]
    assert verbs.count("start_answer") == 1
    assert verbs.count("save_answer") == 9
    assert verbs.count("deliver_answer") == 1
    assert not any(HEARD[:20] in str(vars(row)) for row in rows)


def test_a_corrected_advice_is_read_again_before_delivering(desk: Any) -> None:
    desk.complete()
    newer = example("advice") | {"version": 2, "replaces": desk.advice_digest, "title": "Meet before help, mended"}
    with writing(desk.session):
        receive_advice(desk.session, freeze("advice", newer), AT)
    with pytest.raises(Refused) as refused:
        desk.deliver()
    assert refused.value.reason is Reason.NOT_COMPLETE
    desk.save(actions.save_heard, seen=1, language="en", text=HEARD + " And what you mended.")
    name = desk.deliver()
    again = digest(freeze("advice", newer))
    for asked in (desk.advice_digest, again):
        view = queries.answer_of(desk.session, asked)
        assert view is not None
        assert view.digest == name


def rating(desk: Any, answer: str, **more: Any) -> bytes:
    released = freeze("release", example("release_rating"))
    with writing(desk.session):
        receive_release(desk.session, released, AT)
    body = example("rating") | {"advice": desk.advice_digest, "answer": answer, "release": digest(released)} | more
    return freeze("rating", body)


def receive(desk: Any, payload: bytes) -> None:
    with writing(desk.session):
        actions.receive_rating(desk.session, payload, AT)


def test_the_panels_rating_is_shown_beside_the_answer(desk: Any) -> None:
    desk.complete()
    payload = rating(desk, desk.deliver())
    receive(desk, payload)
    receive(desk, payload)
    view = queries.answer_of(desk.session, desk.advice_digest)
    assert view is not None
    assert view.rating is not None
    assert (view.rating.outcome, view.rating.shown, view.rating.closed_on) == ("partly", "quarters", date(2026, 11, 9))
    assert view.rating.quarters == {"useful": [1], "partly": [3], "no": [1]}


def test_a_rating_of_nothing_is_refused(desk: Any) -> None:
    desk.complete()
    with pytest.raises(DocumentError, match="answer: is not here"):
        receive(desk, rating(desk, "0" * 64))


def test_a_rating_without_its_release_is_refused(desk: Any) -> None:
    desk.complete()
    with pytest.raises(DocumentError, match="release: is not here"):
        receive(desk, rating(desk, desk.deliver(), release="0" * 64))


def test_a_rating_that_says_something_else_than_its_release_is_refused(desk: Any) -> None:
    desk.complete()
    with pytest.raises(DocumentError, match="something else"):
        receive(desk, rating(desk, desk.deliver(), outcome="useful"))


def test_an_answer_is_rated_once(desk: Any) -> None:
    desk.complete()
    name = desk.deliver()
    receive(desk, rating(desk, name))
    with pytest.raises(DocumentError, match="has its rating already"):
        receive(desk, rating(desk, name, closed_on="2026-11-10"))


def test_a_broken_rating_is_refused(desk: Any) -> None:
    with pytest.raises(DocumentError):
        receive(desk, b"{}")


def test_an_answer_to_no_advice_is_none(desk: Any) -> None:
    assert queries.answer_of(desk.session, "0" * 64) is None
    with pytest.raises(LookupError):
        queries.advice_document(desk.session, "0" * 64)
    assert queries.task(desk.session, "veldhaven", "2026-4") is None
    assert queries.task(desk.session, desk.elsewhere.place_code, "2026-3") is None


@pytest.mark.parametrize(
    "row",
    [
        lambda a: AnswerPart(answer_id=a.id, recommendation=6),
        lambda a: AnswerPart(answer_id=a.id, recommendation=0),
        lambda a: AnswerVersion(
            answer_id=a.id, piece="heard", number=0, content={}, saved_by=a.started_by, saved_at=AT
        ),
        lambda a: Answer(
            advice_id=a.advice_id, advice_digest="0" * 64, language="en", started_by=a.started_by, started_at=SENT
        ),
    ],
)
def test_the_database_refuses_what_cannot_be(desk: Any, row: Any) -> None:
    answer = desk.start()
    with pytest.raises(IntegrityError), writing(desk.session):
        desk.session.add(row(answer))


def test_two_people_who_save_the_same_number_at_once_cannot_both_be_right(desk: Any) -> None:
    answer = desk.start()
    same = {"answer_id": answer.id, "piece": "heard", "number": 1, "saved_by": answer.started_by, "saved_at": AT}
    with pytest.raises(IntegrityError), writing(desk.session):
        desk.session.add_all([AnswerVersion(content={}, **same), AnswerVersion(content={"a": 1}, **same)])
    assert desk.session.scalar(sa.select(sa.func.count()).select_from(AdviceStatus)) == 1
