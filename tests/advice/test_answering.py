"""What the panel says about an answer: more time, one reply in words, and what a later vote of newcomers found."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import build
import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from codesign.advice import answering, sending
from codesign.db import writing
from codesign.documents.domain import digest, freeze
from codesign.documents.models import AdviceStatus, Document
from codesign.documents.models import Kind as DocumentKind
from codesign.documents.standing import answered
from codesign.responses.more_time import ask_more_time
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.voting import closing
from codesign.voting.domain import Method, Option

pytestmark = pytest.mark.pages

PROMISE = {
    "owner": "Head of society", "action": "Ask twelve streets", "money": "5,000 euro", "by": "2026-11-01",
    "first_step": "A letter",
}  # fmt: skip


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


@pytest.fixture
def sent(drafted: Any, session: Session) -> Any:
    """An advice that was adopted, sent and received."""
    drafted.adopt()
    with drafted.write():
        drafted.digest = sending.send_advice(session, drafted.view(), now=drafted.now)
    assert drafted.cross().refused == 0
    session.expire_all()
    return drafted


def deliver_answer(world: Any, session: Session, **more: Any) -> str:
    """An answer as it stands in the record, with one promise."""
    stored = freeze(
        "answer",
        {
            "place": world.panel.municipality_code, "number": "2026-1", "advice": world.digest, "language": "en",
            "delivered_on": world.now.date().isoformat(), "what_we_heard": "That people hardly meet.",
            "parts": [{"recommendation": 1, "decision": "partly", "reasons": "Money is short.", "forwarded_to": "",
                       "promises": [PROMISE]}],
            "ask_back": "", "council": "By letter.", "first_report_on": "2027-01-20",
            "summary": [{"language": "en", "text": "We do a part.", "translated_by": None}],
        }
        | more,
    )  # fmt: skip
    with writing(session):
        session.add(
            Document(
                digest=digest(stored), kind=DocumentKind.ANSWER, place_code=world.panel.municipality_code,
                number="2026-1", about=world.digest, title="Answer", language="en", stored=stored,
                received_at=world.now,
            )
        )  # fmt: skip
        answered(session, world.digest, "words", world.now)
    return digest(stored)


@pytest.fixture
def moderator(sent: Any, client: Any, sign_in: Any) -> Any:
    with time_machine.travel(sent.now, tick=False):
        yield sign_in(client, sent.moderator)


def reply_data(sent: Any, **more: str) -> dict[str, str]:
    day = sent.now.date().isoformat()
    return {"reply-language": "en", "reply-text_en": "Five percent is a beginning.", "reply-text_ar": "بداية.",
            "reply-agreed_on": day, "reply-sure": "y"} | more  # fmt: skip


def test_the_panel_replies_once_and_everybody_reads_it(
    sent: Any, session: Session, moderator: Any, house: Any, sign_in: Any
) -> None:
    url = f"/desk/advice/{sent.advice_id}"
    assert "The municipality did not answer yet." in text(moderator.get(f"{url}/answer"))
    assert moderator.post(f"{url}/answer/reply", data=reply_data(sent)).status_code == 409
    deliver_answer(sent, session)
    for more, said in [
        ({"reply-text_en": " "}, "Write the words in this language."),
        ({"reply-text_en": "word " * 201}, "At most 200 words"),
        ({"reply-sure": ""}, "Let the panel read it first."),
        ({"reply-agreed_on": "2031-01-01"}, "This day has not come yet."),
    ]:
        reply = moderator.post(f"{url}/answer/reply", data=reply_data(sent, **more))
        assert reply.status_code == 422
        assert said in text(reply)
        assert "بداية." in text(reply)
    assert moderator.post(f"{url}/answer/reply", data=reply_data(sent)).status_code == 303
    assert moderator.post(f"{url}/answer/reply", data=reply_data(sent)).status_code == 409
    assert sent.cross().refused == 0
    assert "This reply was sent." in text(moderator.get(f"{url}/answer"))
    member = sign_in(house.panel.test_client(), sent.members[3])
    member.set_cookie("language", "ar")
    assert "بداية." in text(member.get(f"/advice/{sent.advice_id}"))
    public = house.record.test_client()
    assert "Five percent is a beginning." in text(public.get(f"/advice/{sent.panel.municipality_code}/2026-1"))


def test_only_moderators_of_the_panel_speak_for_it(sent: Any, session: Session, client: Any, sign_in: Any) -> None:
    deliver_answer(sent, session)
    with time_machine.travel(sent.now, tick=False):
        for person in (sent.members[0], build_moderator(session)):
            other = sign_in(client, person)
            url = f"/desk/advice/{sent.advice_id}/answer"
            assert other.get(url).status_code == 404
            for path in ("time", "reply", "finding"):
                assert other.post(f"{url}/{path}", data=reply_data(sent)).status_code == 404


def build_moderator(session: Session) -> Any:
    with writing(session):
        return build.make_moderator(session, build.make_panel(session))


@pytest.mark.parametrize("agreed", ["yes", "no"])
def test_the_panel_says_yes_or_no_to_more_time(sent: Any, session: Session, moderator: Any, agreed: str) -> None:
    def status() -> AdviceStatus:
        session.expire_all()
        return session.scalars(sa.select(AdviceStatus)).one()

    due = status().due_on
    with writing(session):
        place = type("Here", (), {"code": sent.panel.municipality_code})
        official = build.make_official(session, place)
        ask_more_time(
            session, official, status(), until=due + timedelta(days=21), reason="The council meets in November.",
            language="en", today=sent.now.date(), now=sent.now,
        )  # fmt: skip
    url = f"/desk/advice/{sent.advice_id}/answer"
    assert "The council meets in November." in text(moderator.get(url))
    assert "The council meets in November." in text(moderator.get(f"/desk/advice/{sent.advice_id}/answer"))
    day = sent.now.date().isoformat()
    assert moderator.post(f"{url}/time", data={"time-decided_on": day}).status_code == 422
    data = {"time-agreed": agreed, "time-decided_on": day}
    assert moderator.post(f"{url}/time", data=data).status_code == 303
    assert moderator.post(f"{url}/time", data=data).status_code == 409
    assert sent.cross().refused == 0
    assert status().due_on == (due + timedelta(days=21) if agreed == "yes" else due)
    word = "The panel agreed." if agreed == "yes" else "The panel did not agree."
    assert word in text(moderator.get(url))


def follow_up(sent: Any, session: Session, votes: dict[str, int], **more: Any) -> Any:
    """A closed vote in a later round of the panel, after the answer."""
    now = sent.now + timedelta(days=300)
    with writing(session):
        round_ = build.make_round(session, sent.panel, Phase.DISCUSSING)
        values = {
            "method": Method.YES_NO, "question": "Does this fit what you need?", "max_choices": 1, "with_none": False,
            "options": [Option("", "Somebody asks in my street, and it fits", "", "en", "BRI")],
        } | more  # fmt: skip
        ballot = build.make_ballot(session, round_, sent.moderator, now=now, **values)
        build.open_ballot(session, ballot, round_, sent.moderator, sent.house.settings.keys, now)
    sent.now = now
    sent.cast(ballot, votes)
    sent.now = now + timedelta(days=8)
    closing.close_due(session, ballot.id, sent.now)
    assert sent.cross().refused == 0
    session.expire_all()
    return ballot


def test_R27_R30_each_measure_is_asked_and_a_vote_of_a_later_round_answers(
    sent: Any, session: Session, client: Any, sign_in: Any, house: Any
) -> None:
    deliver_answer(sent, session)
    first = sent.ideas[0].id
    with time_machine.travel(sent.now, tick=False):
        sign_in(client, sent.members[2])
        for path in (f"/advice/{sent.advice_id}", f"/ideas/{first}/trail"):
            page = text(client.get(path))
            assert "Does this fit what you need?" in page
            assert "You say it in a later round, in a secret vote." in page
    ballot = follow_up(sent, session, {"yes": 9, "no": 1})
    with time_machine.travel(sent.now, tick=False):
        client.delete_cookie("panel_session")
        desk = sign_in(client, sent.moderator)
        url = f"/desk/advice/{sent.advice_id}/answer"
        assert "Ask twelve streets" in text(desk.get(url))
        data = {"finding-promise": "1-1", "finding-vote": str(ballot.id), "outcome": "works"}
        for wrong in ({"finding-promise": "1-2"}, {"finding-vote": "999"}):
            assert desk.post(f"{url}/finding", data=data | wrong).status_code == 422
        assert desk.post(f"{url}/finding", data=data).status_code == 303
        session.rollback()
        assert sent.cross().refused == 0
        finding = session.scalar(sa.select(Document).where(Document.kind == DocumentKind.FINDING))
        assert finding is not None
        assert json.loads(finding.stored)["outcome"] == "works"
        member = sign_in(house.panel.test_client(), sent.members[2])
        member.set_cookie("language", "en")
        for path in (f"/advice/{sent.advice_id}", f"/ideas/{first}/trail"):
            assert "Newcomers say: it works for us." in text(member.get(path))


def test_R30_the_moderator_cannot_choose_what_was_found(sent: Any, session: Session) -> None:
    answer = deliver_answer(sent, session)
    no = follow_up(sent, session, {"no": 8, "yes": 2})
    two = [Option("", title, "", "en", "BRI") for title in ("It fits", "It does not fit")]
    many = follow_up(sent, session, {"o1": 8}, method=Method.APPROVAL, options=two)
    for ballot, fine in ((no, True), (many, False)):
        with sent.write():
            if fine:
                answering.send_finding(
                    session, sent.view(), ballot, answer=answer, recommendation=1, promise=1, now=sent.now
                )
                continue
            with pytest.raises(Refused) as refused:
                answering.send_finding(
                    session, sent.view(), ballot, answer=answer, recommendation=1, promise=1, now=sent.now
                )
            assert refused.value.reason is Reason.WRONG_STATE
    assert sent.cross().refused == 0
    found = session.scalar(sa.select(Document).where(Document.kind == DocumentKind.FINDING))
    assert found is not None
    assert json.loads(found.stored)["outcome"] == "not_yet"
    assert date.fromisoformat(json.loads(found.stored)["closed_on"]) > date(2027, 1, 1)
