"""The desk and the pages of an answer, as a browser sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from responses_desk import AT, HEARD, PROMISE
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.responses import actions, queries
from codesign.responses.domain import Decision, PartDraft

pytestmark = pytest.mark.pages

PART = {
    "decision": "partly", "reasons": "Contracts bind the rest until summer.", "forwarded_to": "", "seen": "0",
    "promises-0-owner": "Head of society", "promises-0-money": "48,000 euros", "promises-0-by": "2027-01-01",
    "promises-0-action": "Set 5% apart", "promises-0-first_step": "A form of one page",
}  # fmt: skip
CLOSING = {"ask_back": "", "council": "On the same day.", "first_report_on": "2027-04-06", "seen": "0"}


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def official(desk: Any, record_client: Any, sign_in: Any) -> Any:
    return sign_in(record_client, desk.official)


@pytest.fixture
def colleague(desk: Any, record_app: Any, sign_in: Any) -> Any:
    made = record_app.test_client()
    made.set_cookie("language", "en")
    return sign_in(made, desk.colleague)


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def listened(desk: Any) -> None:
    desk.start()
    desk.save(actions.save_heard, language="en", text=HEARD)


def test_the_desk_says_what_waits_with_its_clock(official: Any) -> None:
    page = text(official.get("/desk"))
    assert "Meet before you need help" in page
    assert "Not opened yet" in page
    assert "Week 5 of 8." in page
    assert "Your desk" in page


def test_a_desk_without_advice_says_what_will_come(desk: Any, record_client: Any, sign_in: Any) -> None:
    page = text(sign_in(record_client, desk.elsewhere).get("/desk"))
    assert "No advice yet" in page


def test_late_is_said_in_days(desk: Any, record_client: Any, sign_in: Any) -> None:
    with time_machine.travel("2026-11-05T10:00:00+00:00", tick=False):
        assert "3 days late." in text(sign_in(record_client, desk.official).get("/desk"))


@pytest.mark.parametrize(
    "path",
    ["", "/heard", "/recommendation/1", "/closing", "/plain", "/plain/nl", "/preview", "/changes/heard", "/start"],
)
def test_R12_another_places_advice_is_the_same_404(desk: Any, record_client: Any, sign_in: Any, path: str) -> None:
    listened(desk)
    sign_in(record_client, desk.elsewhere)
    for number in ("2026-3", "2026-99", "nonsense"):
        if path != "/start":
            assert record_client.get(f"/desk/{number}{path}").status_code == 404
        assert record_client.post(f"/desk/{number}{path}").status_code in {404, 405}
    assert record_client.post("/desk/2026-3/deliver").status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_sign_in(desk: Any, record_client: Any) -> None:
    for path in ("/desk", "/desk/2026-3", "/desk/2026-3/heard"):
        assert record_client.get(path).status_code == 303
    assert record_client.post("/desk/2026-3/start").status_code == 303
    assert desk.task().answer is None


def test_reading_opens_nothing_and_starting_does(desk: Any, official: Any) -> None:
    assert "Start our answer" in text(official.get("/desk/2026-3"))
    assert desk.task().advice.opened_at is None
    reply = official.post("/desk/2026-3/start")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3/heard")
    assert desk.task().advice.opened_at == AT
    assert "You are writing" in text(official.get("/desk"))
    assert official.post("/desk/2026-3/start").status_code == 303


@pytest.mark.parametrize("path", ["/recommendation/1", "/closing", "/plain", "/plain/nl"])
def test_R16_every_page_leads_to_listening_first(desk: Any, official: Any, path: str) -> None:
    desk.start()
    reply = official.get(f"/desk/2026-3{path}")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3/heard")
    assert official.post(f"/desk/2026-3{path}", data=PART | CLOSING | {"text": "x"}).status_code == 303
    assert desk.task().answer.parts == []


def test_R16_an_empty_what_we_heard_is_not_saved(desk: Any, official: Any) -> None:
    desk.start()
    reply = official.post("/desk/2026-3/heard", data={"what_we_heard": "  ", "language": "en", "seen": "0"})
    assert reply.status_code == 422
    assert "Say first what you heard." in text(reply)
    reply = official.post("/desk/2026-3/heard", data={"what_we_heard": HEARD, "language": "nl", "seen": "0"})
    assert reply.headers["Location"] == "/desk/2026-3/recommendation/1"
    assert (desk.task().answer.what_we_heard, desk.task().answer.language) == (HEARD, "nl")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("what_we_heard", "x" * 8001, "too long"),
        ("what_we_heard", "hidden \u202e turn", "hidden character"),
        ("language", "xx", "Choose one of these"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(
    desk: Any, official: Any, field: str, value: str, sentence: str
) -> None:
    desk.start()
    data = {"what_we_heard": "My typed words", "language": "en", "seen": "0"} | {field: value}
    reply = official.post("/desk/2026-3/heard", data=data)
    assert reply.status_code == 422
    assert sentence in text(reply)
    if field == "language":
        assert "My typed words" in text(reply)
    assert desk.task().answer.what_we_heard == ""


def test_each_recommendation_has_its_page_with_what_the_panel_asks(desk: Any, official: Any) -> None:
    listened(desk)
    page = text(official.get("/desk/2026-3/recommendation/1"))
    assert "Your answer to recommendation 1 of 3" in page
    assert "Reserve 10% of the participation budget" in page
    assert "Our own groups can pay for a room." in page
    assert official.get("/desk/2026-3/recommendation/4").status_code == 404
    assert official.get("/desk/2026-3/recommendation/0").status_code == 404


def test_a_whole_part_is_saved_and_leads_on(desk: Any, official: Any) -> None:
    listened(desk)
    reply = official.post("/desk/2026-3/recommendation/1", data=PART)
    assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3/recommendation/2")
    part = desk.task().answer.parts[0]
    assert (part.decision, part.promises[0].owner) == (Decision.PARTLY, "Head of society")
    page = text(official.get("/desk/2026-3/recommendation/1"))
    assert "48,000 euros" in page
    reply = official.post("/desk/2026-3/recommendation/3", data=PART)
    assert reply.headers["Location"] == "/desk/2026-3/closing"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reasons": "The college has taken note of the advice with interest."}, "is not a reason. Say what stands in"),
        ({"reasons": "Kennisgenomen."}, "“Kennisgenomen” is not a reason"),
        ({"reasons": ""}, "Say what stands in the way"),
        ({"decision": ""}, "Choose a decision."),
        ({"decision": "maybe"}, "Choose one of these."),
        ({"decision": "not_ours"}, "Say to whom you forward it."),
        ({"promises-0-money": ""}, "Fill this in first."),
        ({"promises-0-by": ""}, "Name a day."),
        ({"promises-0-by": "soon"}, "Write the date like"),
        ({"promises-0-by": "2026-10-05"}, "This day has gone by."),
        ({"promises-0-owner": "Mr Jansen"}, "Write a post, not the name"),
        ({"promises-0-first_step": "a\u200bb"}, "hidden character"),
        ({k: "" for k in PART if k.startswith("promises")}, "Name at least one post"),
    ],
)
def test_what_is_wrong_with_a_part_stands_at_its_field_and_nothing_is_saved(
    desk: Any, official: Any, wrong: dict[str, str], sentence: str
) -> None:
    listened(desk)
    data = PART | {"reasons": "Keep these words, please do."} | wrong
    reply = official.post("/desk/2026-3/recommendation/1", data=data)
    assert reply.status_code == 422
    page = text(reply)
    assert sentence in page
    assert "Not saved yet." in page
    if "reasons" not in wrong:
        assert "Keep these words" in page
    assert desk.task().answer.parts == []


def test_what_one_has_can_be_saved_without_the_rest(desk: Any, official: Any) -> None:
    listened(desk)
    half = {"reasons": "Half a thought about the contract", "seen": "0", "draft": "1"}
    reply = official.post("/desk/2026-3/recommendation/2", data=half)
    assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3")
    assert desk.task().answer.parts[0].decision is None
    page = text(official.get("/desk/2026-3"))
    assert "Recommendation 2: choose a decision." in page
    assert "Deliver this answer" not in page


def test_politeness_is_refused_in_a_draft_too(desk: Any, official: Any) -> None:
    listened(desk)
    data = {"reasons": "Taken note of.", "seen": "0", "draft": "1"}
    assert official.post("/desk/2026-3/recommendation/2", data=data).status_code == 422


def test_another_owner_gets_a_row_and_an_empty_row_falls_away(desk: Any, official: Any) -> None:
    listened(desk)
    reply = official.post("/desk/2026-3/recommendation/1", data=PART | {"another": "1"})
    assert reply.headers["Location"] == "/desk/2026-3/recommendation/1?another=1#owners"
    page = text(official.get("/desk/2026-3/recommendation/1?another=1"))
    assert "Owner 2" in page
    two = PART | {"seen": "1"} | {k.replace("-0-", "-1-"): v for k, v in PART.items() if "-0-" in k}
    assert official.post("/desk/2026-3/recommendation/1", data=two).status_code == 303
    assert len(desk.task().answer.parts[0].promises) == 2
    one = two | {"seen": "2"} | {k: "" for k in two if "-1-" in k}
    assert official.post("/desk/2026-3/recommendation/1", data=one).status_code == 303
    assert len(desk.task().answer.parts[0].promises) == 1


def test_more_owners_than_there_can_be_are_not_kept(desk: Any, official: Any) -> None:
    listened(desk)
    many = {"decision": "partly", "reasons": PART["reasons"], "seen": "0"}
    for n in range(14):
        many |= {k.replace("-0-", f"-{n}-"): v for k, v in PART.items() if "-0-" in k}
    assert official.post("/desk/2026-3/recommendation/1", data=many).status_code in {303, 422}
    parts = desk.task().answer.parts
    assert not parts or len(parts[0].promises) <= 10


def test_a_colleagues_save_is_shown_and_not_written_over(desk: Any, official: Any, colleague: Any) -> None:
    desk.start()
    mine = {"what_we_heard": "My typed words", "language": "en", "seen": "0"}
    theirs = mine | {"what_we_heard": "The words of my colleague"}
    assert colleague.post("/desk/2026-3/heard", data=theirs).status_code == 303
    reply = official.post("/desk/2026-3/heard", data=mine)
    assert reply.status_code == 409
    page = text(reply)
    assert "My typed words" in page
    assert "The words of my colleague" in page
    assert "Head of society" in page
    assert 'name="seen" value="1"' in page
    assert desk.task().answer.what_we_heard == "The words of my colleague"
    assert official.post("/desk/2026-3/heard", data=mine | {"seen": "1"}).status_code == 303
    assert desk.task().answer.what_we_heard == "My typed words"


def test_a_stale_part_keeps_every_field(desk: Any, official: Any, colleague: Any) -> None:
    listened(desk)
    other = PART | {"reasons": "The law of the province forbids it here."}
    assert colleague.post("/desk/2026-3/recommendation/1", data=other).status_code == 303
    reply = official.post("/desk/2026-3/recommendation/1", data=PART | {"promises-0-owner": "Alderman for society"})
    assert reply.status_code == 409
    page = text(reply)
    assert "Alderman for society" in page
    assert "The law of the province forbids it here." in page
    assert 'name="seen" value="1"' in page


def test_who_opens_a_page_after_a_colleague_is_told_and_sees_what_changed(
    desk: Any, official: Any, colleague: Any
) -> None:
    desk.start()
    data = {"what_we_heard": "We heard ten", "language": "en", "seen": "0"}
    colleague.post("/desk/2026-3/heard", data=data)
    colleague.post("/desk/2026-3/heard", data=data | {"what_we_heard": "We heard five", "seen": "1"})
    page = text(official.get("/desk/2026-3/heard"))
    assert "You are writing on top of it." in page
    assert "You are writing on top of it." not in text(colleague.get("/desk/2026-3/heard"))
    changed = text(official.get("/desk/2026-3/changes/heard"))
    assert "ten</del>" in changed
    assert "five</ins>" in changed
    assert official.get("/desk/2026-3/changes/closing").status_code == 404
    assert official.get("/desk/2026-3/changes/nonsense-x").status_code == 404


def test_what_changed_in_a_part_names_decision_and_owners(desk: Any, official: Any) -> None:
    listened(desk)
    official.post("/desk/2026-3/recommendation/1", data=PART)
    page = text(official.get("/desk/2026-3/changes/part-1"))
    assert "Partly" in page
    assert "Head of society" in page


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999", "٣"])
def test_a_made_up_version_number_writes_over_nothing(desk: Any, official: Any, seen: str) -> None:
    listened(desk)
    data = {"what_we_heard": "Other words", "language": "en", "seen": seen}
    assert official.post("/desk/2026-3/heard", data=data).status_code == 409
    assert desk.task().answer.what_we_heard == HEARD


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"council": ""}, "Say when and how the council"),
        ({"first_report_on": ""}, "Name a day."),
        ({"first_report_on": "2026-10-06"}, "Name a day to come"),
        ({"first_report_on": "2029-01-01"}, "within two years"),
        ({"first_report_on": "2027-02-30"}, "Write the date like"),
    ],
)
def test_what_is_wrong_at_the_end_is_said(desk: Any, official: Any, wrong: dict[str, str], sentence: str) -> None:
    listened(desk)
    reply = official.post("/desk/2026-3/closing", data=CLOSING | wrong)
    assert reply.status_code == 422
    assert sentence in text(reply)
    assert desk.task().answer.council == ""


def test_half_a_year_is_offered_for_the_first_report(desk: Any, official: Any) -> None:
    listened(desk)
    assert 'value="2027-04-06"' in text(official.get("/desk/2026-3/closing"))
    reply = official.post("/desk/2026-3/closing", data=CLOSING)
    assert reply.headers["Location"] == "/desk/2026-3/plain"


def test_R34_the_plain_words_are_counted_and_long_sentences_offered(desk: Any, official: Any) -> None:
    listened(desk)
    reply = official.post("/desk/2026-3/plain", data={"text": "word " * 82, "seen": "0"})
    assert reply.status_code == 422
    assert "This is 2 words too long." in text(reply)
    long = "We give five of the hundred because contracts that run until next summer bind all the rest."
    reply = official.post("/desk/2026-3/plain", data={"text": long, "seen": "0"})
    assert reply.headers["Location"] == "/desk/2026-3/plain#long"
    assert "These sentences are long" in text(official.get("/desk/2026-3/plain"))
    rare = "Money is given by the council in accordance with subsidiarity."
    official.post("/desk/2026-3/plain", data={"text": rare, "seen": "1"})
    page = text(official.get("/desk/2026-3/plain"))
    assert "Say who does it, and begin with them." in page
    assert "A rare word." in page
    reply = official.post("/desk/2026-3/plain", data={"text": "We give five. Contracts bind the rest.", "seen": "2"})
    assert reply.headers["Location"] == "/desk/2026-3/plain/nl"


def test_R34_each_language_of_the_panel_has_its_page_in_its_direction(desk: Any, official: Any) -> None:
    listened(desk)
    page = text(official.get("/desk/2026-3/plain/ar"))
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page
    assert official.get("/desk/2026-3/plain/uk").status_code == 404
    assert official.get("/desk/2026-3/plain/en").status_code == 404
    for code, after in (("ar", "/desk/2026-3/plain/nl"), ("nl", "/desk/2026-3/plain/ti"), ("ti", "/desk/2026-3")):
        reply = official.post(f"/desk/2026-3/plain/{code}", data={"text": "نعم ja", "seen": "0"})
        assert reply.headers["Location"] == after


def test_an_answer_that_is_not_complete_is_not_delivered(desk: Any, official: Any) -> None:
    listened(desk)
    page = text(official.get("/desk/2026-3"))
    assert "Still to do before you can deliver" in page
    assert "The plain words are missing in Nederlands." in page
    reply = official.post("/desk/2026-3/deliver")
    assert reply.status_code == 409
    assert "Something is still missing" in text(reply)
    assert desk.task().advice.answered_at is None
    assert "not filled in yet" in text(official.get("/desk/2026-3/preview"))


def test_a_complete_answer_is_delivered_and_stands_on_the_public_page(desk: Any, official: Any) -> None:
    desk.complete()
    assert "Everything is there" in text(official.get("/desk/2026-3"))
    assert "We heard that people wait" in text(official.get("/desk/2026-3/preview"))
    reply = official.post("/desk/2026-3/deliver")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3")
    page = text(official.get("/desk/2026-3"))
    assert "Your answer is delivered" in page
    assert "It cannot be changed." in page
    assert "Answered on" in text(official.get("/desk"))
    public = text(official.get("/advice/veldhaven/2026-3"))
    assert HEARD in public
    assert "The province" in public
    again = official.post("/desk/2026-3/deliver")
    assert again.status_code == 409
    assert "This advice has its answer." in text(again)


def test_after_delivery_every_page_leads_to_what_was_delivered(desk: Any, official: Any) -> None:
    desk.complete()
    desk.deliver()
    for path in ("heard", "recommendation/1", "closing", "plain", "plain/nl", "preview", "changes/heard"):
        reply = official.get(f"/desk/2026-3/{path}")
        assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3")
    data = {"what_we_heard": "Other words", "language": "en", "seen": "1"}
    assert official.post("/desk/2026-3/heard", data=data).status_code == 303
    assert desk.task().answer.what_we_heard == HEARD


def test_delivering_what_was_not_begun_leads_to_the_beginning(desk: Any, official: Any) -> None:
    assert official.post("/desk/2026-3/deliver").headers["Location"] == "/desk/2026-3"
    assert official.get("/desk/2026-3/heard").headers["Location"] == "/desk/2026-3"


def test_words_of_officials_are_text_in_every_page(desk: Any, official: Any) -> None:
    evil = '<script>alert(1)</script><b onclick="x">&amp;'
    desk.complete()
    desk.save(actions.save_heard, seen=1, language="en", text=evil)
    part = PartDraft(1, Decision.PARTLY, evil + " and the contract binds all of the rest", evil, (PROMISE,))
    desk.save(actions.save_part, seen=1, part=part)
    for path in ("/desk/2026-3/preview", "/desk/2026-3/heard", "/desk/2026-3/recommendation/1",
                 "/desk/2026-3/changes/heard"):  # fmt: skip
        assert "<script>alert" not in official.get(path).get_data(as_text=True)
    official.post("/desk/2026-3/deliver")
    assert "<script>alert" not in official.get("/advice/veldhaven/2026-3").get_data(as_text=True)


def _promises(desk: Any, session: Session, count: int) -> None:
    desk.complete()
    many = PartDraft(1, Decision.PARTLY, "Contracts bind the rest until the summer.", "", (PROMISE,) * count)
    desk.save(actions.save_part, seen=1, part=many)
    empty = PartDraft(2, Decision.NOT, "The law of the province forbids it here.")
    desk.save(actions.save_part, seen=1, part=empty)
    desk.deliver()


@pytest.mark.parametrize("count", [1, 3])
def test_promises_are_listed_in_three_statements_with_progress_and_findings(
    desk: Any, session: Session, record_client: Any, queries: Any, count: int
) -> None:
    _promises(desk, session, count)
    record_client.get("/promises")
    with queries() as q:
        page = text(record_client.get("/promises"))
    assert page.count("Head of society") >= count
    assert q.count == 3


def test_a_promise_is_listed_only_once_its_answer_is_delivered(desk: Any, session: Session, record_client: Any) -> None:
    desk.complete()
    assert "Head of society" not in text(record_client.get("/promises"))
    assert queries.promises(session).items == []


@pytest.mark.parametrize(("path", "most"), [
    ("/desk", 3), ("/desk/2026-3", 11), ("/desk/2026-3/recommendation/1", 10), ("/desk/2026-3/preview", 9),
])  # fmt: skip
def test_pages_of_the_desk_ask_little(desk: Any, official: Any, queries: Any, path: str, most: int) -> None:
    desk.complete()
    official.get(path)
    with queries() as q:
        assert official.get(path).status_code == 200
    assert q.count <= most


def test_the_desk_asks_the_same_for_more_rows(desk: Any, official: Any, queries: Any, session: Session) -> None:
    with queries() as one:
        official.get("/desk")
    first = desk.task().advice
    for n in (4, 5):
        digest = str(n) * 64
        with writing(session):
            session.add(
                Document(
                    digest=digest,
                    kind=Kind.ADVICE,
                    place_code="veldhaven",
                    number=f"2026-{n}",
                    title="More",
                    language="en",
                    stored=b"{}",
                    received_at=AT,
                )
            )
            session.flush()
            session.add(
                AdviceStatus(
                    place_code="veldhaven", number=f"2026-{n}", digest=digest, title="More", language="en", short={},
                    year=2026, found_by="", sent_on=first.sent_on, due_on=first.due_on + timedelta(days=n),
                    received_at=AT,
                )
            )  # fmt: skip
    with queries() as three:
        official.get("/desk")
    assert one.count == three.count == 3
