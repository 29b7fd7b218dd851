"""The clock of an advice is public: it counts from the day it was sent, day by day, for everybody."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from responses_desk import AT


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


@pytest.mark.pages
def test_R18_everybody_sees_the_clock_run_and_the_days_late(desk: Any, record_client: Any) -> None:
    """Sent on 7 September with eight weeks to answer; nobody is signed in."""
    for day, says in (
        ("2026-09-07", "1 of 8 weeks used. No answer yet."), ("2026-09-15", "2 of 8 weeks used. No answer yet."),
        ("2026-11-02", "8 of 8 weeks used. No answer yet."), ("2026-11-03", "No answer. 1 day late."),
        ("2026-11-12", "No answer. 10 days late."),
    ):  # fmt: skip
        with time_machine.travel(f"{day}T10:00:00+00:00", tick=False):
            page = text(record_client.get("/advice/veldhaven/2026-3"))
            listed = text(record_client.get("/?state=late"))
        assert says in page, (day, page[page.find("clockbox") :][:400])
        assert "/advice/veldhaven/2026-3" in page
        assert ("Meet before you need help" in listed) == ("late" in says), day
    desk.complete()
    with time_machine.travel(AT, tick=False):
        desk.deliver()
    with time_machine.travel("2027-01-05T10:00:00+00:00", tick=False):
        page = text(record_client.get("/advice/veldhaven/2026-3"))
    assert "days late" not in page, "the clock stopped on the day of the answer"
    assert "Answered on" in page
