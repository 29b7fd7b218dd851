"""Owners of promises get one mail when a day comes near, and one when it has come; never a second of the same kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.mail.models import Mail
from codesign.responses import after_queries, progress
from codesign.responses.domain import Progress
from codesign.responses.reminding import remind_owners


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 8, tzinfo=UTC)


def sent(session: Session) -> list[tuple[str, str]]:
    """To whom, and the body, of what was posted since the advice arrived."""
    session.rollback()
    rows = session.scalars(sa.select(Mail).where(Mail.body.contains("/desk/2026-3")).order_by(Mail.id))
    return [(m.to, m.body) for m in rows]


def report(desk: Any, n: int, state: Progress) -> None:
    with writing(desk.session):
        task = desk.task()
        row = after_queries.promises_of(desk.session, task.answer.id)[n][0]
        progress.report_progress(
            desk.session, desk.official, task.advice, row, state=state, text="So it is.", language="en",
            today=date(2026, 12, 1), now=at(2026, 12, 1),
        )  # fmt: skip


def test_R29_the_owner_is_reminded_before_and_on_the_day_each_once(desk: Any) -> None:
    desk.complete()
    desk.deliver()
    # Two promises of the head of society, due on 1 January 2027.
    assert remind_owners(desk.session, at(2026, 12, 1)) == 0
    assert remind_owners(desk.session, at(2026, 12, 20)) == 2
    assert remind_owners(desk.session, at(2026, 12, 21)) == 0
    mails = sent(desk.session)
    assert [to for to, _body in mails] == [desk.colleague.mail] * 2
    assert "1 januari 2027" in mails[0][1]
    assert "/desk/2026-3" in mails[0][1]
    assert "48,000" not in mails[0][1]
    report(desk, 0, Progress.DONE)
    report(desk, 1, Progress.UNDER_WAY)
    assert remind_owners(desk.session, at(2027, 1, 2)) == 1
    assert sent(desk.session)[-1][1] != mails[0][1]
    assert remind_owners(desk.session, at(2027, 1, 3)) == 0


def test_the_first_report_and_the_day_to_look_back_go_to_all_officials(desk: Any) -> None:
    desk.complete()
    desk.deliver()
    assert remind_owners(desk.session, at(2027, 4, 7)) == 2 + 1 + 2
    bodies = [body for _to, body in sent(desk.session)]
    # Two promises to one owner; one report and two cards to both officials.
    assert len(bodies) == 2 + 2 * 3
    assert sum("6 april 2027" in body for body in bodies) == 6
    assert remind_owners(desk.session, at(2027, 4, 8)) == 0


def test_an_owner_nobody_holds_reaches_all_and_another_place_nobody(desk: Any) -> None:
    desk.complete()
    desk.deliver()
    with writing(desk.session):
        desk.session.merge(desk.colleague).post = "Something else"
    remind_owners(desk.session, at(2026, 12, 20))
    assert {to for to, _body in sent(desk.session)} == {desk.official.mail, desk.colleague.mail}


def test_before_the_answer_is_delivered_nobody_is_reminded(desk: Any) -> None:
    desk.complete()
    assert remind_owners(desk.session, at(2027, 6, 1)) == 0
