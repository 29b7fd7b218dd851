"""More time is asked for with a reason, in public; only the panel's yes moves the clock, and late stays late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from responses_desk import AT, example
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.documents.domain import DocumentError, freeze
from codesign.responses.receiving import receive_extension

REASON = "The council decides on the budget only in November."


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def official(desk: Any, record_client: Any, sign_in: Any) -> Any:
    return sign_in(record_client, desk.official)


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def ask(client: Any, until: str = "2026-11-30", reason: str = REASON) -> Any:
    return client.post("/desk/2026-3/more-time", data={"until": until, "reason": reason})


def says(session: Session, **more: Any) -> None:
    with writing(session):
        receive_extension(session, freeze("extension", example("extension") | more), AT)


def public(client: Any) -> str:
    return text(client.get("/advice/veldhaven/2026-3"))


@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [
        ("2026-11-30", "", "Say why. The panel decides."),
        ("2026-11-30", "It has our full attention.", "is not a reason"),
        ("2026-10-20", REASON, "Name a day after the due day"),
        ("2027-12-01", REASON, "Name a day after the due day"),
        ("", REASON, "Name a day."),
    ],
)
def test_a_request_needs_a_reason_and_a_later_day(official: Any, until: str, reason: str, said: str) -> None:
    reply = ask(official, until, reason)
    assert reply.status_code == 422
    assert said in text(reply)
    assert "asked for more time" not in public(official)


def test_R18_asking_moves_no_clock_and_the_panels_yes_does(desk: Any, official: Any) -> None:
    assert ask(official).status_code == 303
    assert "Your request is with the panel." in text(official.get("/desk/2026-3/more-time"))
    assert ask(official, "2026-12-15").status_code == 409
    page = public(official)
    assert REASON in page
    assert "The panel has not said yes or no yet." in page
    assert desk.task().advice.due_on == date(2026, 11, 2)
    says(desk.session)
    assert desk.task().advice.due_on == date(2026, 11, 30)
    page = public(official)
    assert "The panel agreed." in page
    assert "5 of 12 weeks used" in page
    with time_machine.travel("2026-12-03T10:00:00+00:00", tick=False):
        assert "3 days late." in public(official)


def test_R18_a_no_leaves_the_day_and_days_late_are_counted(desk: Any, official: Any) -> None:
    ask(official)
    says(desk.session, agreed=False)
    assert desk.task().advice.due_on == date(2026, 11, 2)
    with time_machine.travel("2026-11-05T10:00:00+00:00", tick=False):
        page = public(official)
    assert "The panel did not agree. The day stays." in page
    assert "3 days late." in page


def test_the_panel_can_only_agree_to_what_was_asked(desk: Any, official: Any) -> None:
    with pytest.raises(DocumentError, match="was not asked for"):
        says(desk.session)
    ask(official)
    with pytest.raises(DocumentError, match="was not asked for"):
        says(desk.session, until="2027-01-15")
    with pytest.raises(DocumentError, match="is not here"):
        says(desk.session, number="2026-9")
    says(desk.session)
    says(desk.session)
    desk.complete()
    with writing(desk.session):
        pass
    assert ask(official, "2027-01-10").status_code == 303
    desk.deliver()
    with pytest.raises(DocumentError, match="was answered meanwhile"):
        says(desk.session, until="2027-01-10")
    assert official.get("/desk/2026-3/more-time").headers["Location"] == "/desk/2026-3"


def test_an_official_of_another_place_asks_nothing(desk: Any, record_client: Any, sign_in: Any) -> None:
    assert ask(sign_in(record_client, desk.elsewhere)).status_code == 404
