"""Two installations: this one, and Lindermeer elsewhere, which has advice with an answer and what came of it."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from houses import MEMORY, House, make_house
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parent.parent / "responses"))

from responses_desk import AT, Desk, example

from codesign.db import writing
from codesign.documents.domain import digest, freeze
from codesign.documents.receiving import receive_release, receive_summary
from codesign.library.exporting import export
from codesign.library.importing import take_over
from codesign.library.indexing import catch_up
from codesign.responses import actions, after_queries, learning, progress
from codesign.responses.domain import Progress
from codesign.responses.receiving import receive_finding, receive_fit, receive_reply
from codesign.settings import Settings
from codesign.web.sessions import open_session

LATER = AT + timedelta(days=300)
_there: dict[str, House] = {}


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 8, 2, 9, 0, tzinfo=UTC), tick=False):
        yield


@dataclass
class Installation:
    """One installation: a session on its stores and its settings."""

    session: Session
    settings: Settings

    def export(self) -> bytes:
        self.session.rollback()
        return export(self.session, self.settings)

    def take(self, payload: bytes) -> Any:
        with writing(self.session):
            return take_over(self.session, payload, self.settings, LATER)

    def catch_up(self) -> int:
        return catch_up(self.session, LATER)


@pytest.fixture
def here(house: House, session: Session) -> Installation:
    """This installation."""
    return Installation(session, house.settings)


@pytest.fixture
def elsewhere(house: House) -> Iterator[Installation]:
    """A second installation over the same kind of database."""
    if house.kind not in _there:
        folder = Path(tempfile.mkdtemp(prefix=f"codesign-there-{house.kind}-", dir=MEMORY))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _there[house.kind] = make_house(house.kind, folder, os.environ.get("PYTEST_XDIST_WORKER", "main") + "_there")
    made = _there[house.kind]
    made.empty()
    settings = replace(made.settings, record_base="https://record.lindermeer.example", name="Lindermeer and friends")
    session = open_session(settings)
    yield Installation(session, settings)
    session.close()
    for engine in session.info["engines"].values():
        engine.dispose()


@pytest.fixture
def lived(elsewhere: Installation) -> Installation:
    """Lindermeer with everything there can be: answer, rating, reply, finding, progress, learning cards, a summary."""
    live(elsewhere.session)
    return elsewhere


def live(session: Session) -> Desk:
    """Give a record one advice with its answer and everything that can follow."""
    desk = Desk(session)
    desk.complete()
    answer = desk.deliver()
    about = {"advice": desk.advice_digest, "answer": answer}
    release = freeze("release", example("release_rating"))
    finding = {**example("finding"), **about}
    with writing(session):
        receive_summary(session, freeze("summary", example("summary")), AT)
        receive_release(session, release, AT)
        rating = {**example("rating"), **about, "release": digest(release)}
        actions.receive_rating(session, freeze("rating", rating), AT)
        asked = example("release_fit")
        asked["options"] = [o for o in asked["options"] if o["key"] in {"r1m1", "r2m1"}]
        receive_release(session, freeze("release", asked), AT)
        measures = [m for m in example("fit")["measures"] if m["option"] in {"r1m1", "r2m1"}]
        fit = {**example("fit"), **about, "release": digest(freeze("release", asked)), "measures": measures}
        receive_fit(session, freeze("fit", fit), AT)
        receive_reply(session, freeze("reply", {**example("reply"), **about}), AT)
        vote = _vote(finding)
        receive_release(session, freeze("release", vote), AT)
        finding = {**finding, "release": digest(freeze("release", vote))}
        receive_finding(session, freeze("finding", finding), AT)
    task = desk.task()
    promise, _part = after_queries.promises_of(session, task.answer.id)[0]
    with writing(session):
        row = desk.task()
        progress.report_progress(
            session, desk.official, row.advice, promise, state=Progress.DONE, text="The form is there.", language="en",
            today=date(2027, 3, 1), now=LATER - timedelta(days=60),
        )  # fmt: skip
    write_card(desk, "Six people came, and <b>two</b> stayed.", LATER - timedelta(days=50))
    return desk


def write_card(desk: Desk, changed: str, now: datetime, seen: int = 0) -> None:
    """Write what changed on the learning card of the first recommendation."""
    with writing(desk.session):
        row = desk.task()
        learning.keep_learning_card(
            desk.session, desk.official, row.advice, row.answer, 1, seen=seen, assumption="People come if it is near.",
            trial="A lunch in each street.", look_back_on=date(2027, 6, 1), changed=changed, now=now,
        )  # fmt: skip


def _vote(finding: dict[str, Any]) -> dict[str, Any]:
    """A follow-up vote of newcomers that says what the finding says."""
    release = example("release_adoption")
    option = {
        **release["options"][0],
        "key": "a",
        "title": "Groups can pay for a room",
        "quarters": [4],
        "outcome": True,
    }
    return {
        **release, "kind": "vote", "method": "yes_no", "electorate": "newcomers", "outcome": "adopted",
        "shown": finding["shown"], "closed_on": finding["closed_on"], "options": [option],
    }  # fmt: skip
