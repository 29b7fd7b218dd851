"""After the answer: promises are reported on, history is kept, and no official can say that something works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from responses_desk import AT
from sqlalchemy.exc import IntegrityError

from codesign.db import writing
from codesign.responses import after_queries, progress
from codesign.responses.domain import Progress
from codesign.responses.models import ProgressReport
from codesign.rules.permissions import Reason, Refused

LATER = AT + timedelta(days=200)


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def official(desk: Any, record_client: Any, sign_in: Any) -> Any:
    desk.complete()
    desk.deliver()
    return sign_in(record_client, desk.official)


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def test_R29_an_owner_reports_on_a_promise_and_everybody_reads_it(official: Any, record_app: Any) -> None:
    page = text(official.get("/desk/2026-3"))
    assert "How do your promises stand?" in page
    assert "Report on promise 2" in page
    assert "How does promise 1 stand?" in text(official.get("/desk/2026-3/promises/1"))
    reply = official.post("/desk/2026-3/promises/1", data={"state": "under_way", "text": "The form is written."})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/desk/2026-3#promises")
    official.post("/desk/2026-3/promises/1", data={"state": "done", "text": "Three groups got money."})
    for path in ("/promises", "/advice/veldhaven/2026-3"):
        public = record_app.test_client()
        public.set_cookie("language", "en")
        page = text(public.get(path))
        assert page.index("Three groups got money.") < page.index("What was reported before")
        assert page.index("What was reported before") < page.index("The form is written.")
        assert "Adviser on living together" in page
        assert "No vote of newcomers in a later round has said it yet." in page


def test_a_promise_that_stops_needs_a_reason(official: Any, desk: Any) -> None:
    for words, said in [("", "Say why it does not go on."), ("We have taken note of it.", "is not a reason")]:
        reply = official.post("/desk/2026-3/promises/2", data={"state": "stopped", "text": words})
        assert reply.status_code == 422
        assert said in text(reply)
    assert official.post("/desk/2026-3/promises/2", data={"text": "x"}).status_code == 422
    assert official.post("/desk/2026-3/promises/2", data={"state": "works", "text": "x"}).status_code == 422
    reason = "The room was sold to a school in March."
    assert official.post("/desk/2026-3/promises/2", data={"state": "stopped", "text": reason}).status_code == 303
    assert reason in text(official.get("/promises"))
    assert official.get("/desk/2026-3/promises/3").status_code == 404
    assert official.get("/desk/2026-3/promises/0").status_code == 404


def test_only_of_their_place_and_only_after_the_answer(desk: Any, record_client: Any, sign_in: Any) -> None:
    desk.complete()
    sign_in(record_client, desk.official)
    assert record_client.get("/desk/2026-3/promises/1").headers["Location"] == "/desk/2026-3"
    desk.deliver()
    row = after_queries.promises_of(desk.session, desk.task().answer.id)[0][0]
    for by, state, words, reason in [
        (desk.elsewhere, Progress.DONE, "x", Reason.NOT_YOURS),
        (desk.official, Progress.STOPPED, " ", Reason.SAY_WHY_FIRST),
    ]:
        with pytest.raises(Refused) as refused, writing(desk.session):
            progress.report_progress(
                desk.session, by, desk.task().advice, row, state=state, text=words, language="en",
                today=date(2027, 4, 1), now=LATER,
            )  # fmt: skip
        assert refused.value.reason is reason
    assert sign_in(record_client, desk.elsewhere).get("/desk/2026-3/promises/1").status_code == 404


def test_R30_the_database_knows_no_report_that_says_it_works(desk: Any) -> None:
    desk.complete()
    desk.deliver()
    row = after_queries.promises_of(desk.session, desk.task().answer.id)[0][0]
    for state in ("works", "works_for_us"):
        with pytest.raises(IntegrityError), writing(desk.session):
            desk.session.execute(
                sa.insert(ProgressReport.__table__).values(
                    promise_id=row.id,
                    state=sa.literal(state, sa.String),
                    text="x",
                    language="en",
                    reported_on=date(2027, 4, 1),
                    reported_by=desk.official.id,
                    reported_at=LATER,
                )
            )
