"""Each adopted recommendation has a learning card, written together and open to all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from responses_desk import AT
from sqlalchemy.exc import IntegrityError

from codesign.db import writing
from codesign.responses import after_queries, learning, queries
from codesign.responses.models import LearningCard
from codesign.rules.permissions import Refused

CARD = {"assumption": "People come if it is near.", "trial": "A lunch in each street.", "look_back_on": "2027-06-01"}


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with time_machine.travel(AT + timedelta(days=200), tick=False):
        yield


@pytest.fixture
def official(desk: Any, record_client: Any, sign_in: Any) -> Any:
    desk.complete()
    desk.deliver()
    return sign_in(record_client, desk.official)


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def test_R22_each_adopted_recommendation_gets_a_card_with_a_day_to_look_back(desk: Any, official: Any) -> None:
    made = after_queries.cards(desk.session, "veldhaven", "2026-3")
    # 1 is partly adopted, 2 adopted, 3 not theirs.
    assert [c.recommendation for c in made] == [1, 2]
    assert all(c.look_back_on == date(2027, 4, 6) and c.trial == "A form" and c.assumption for c in made)
    for path in ("/desk/2026-3", "/advice/veldhaven/2026-3"):
        page = text(official.get(path))
        assert page.count("Learning card</h4>") == 2
        assert made[0].assumption.split("\n")[0] in page


def test_R22_without_a_day_to_look_back_nothing_is_saved(desk: Any, official: Any) -> None:
    reply = official.post("/desk/2026-3/learning/1", data=CARD | {"seen": "0", "look_back_on": ""})
    assert reply.status_code == 422
    assert "Name a day." in text(reply)
    assert "People come if it is near." in text(reply)
    with pytest.raises(IntegrityError), writing(desk.session):
        answer = desk.task().answer.id
        desk.session.add(
            LearningCard(
                answer_id=answer, recommendation=4, assumption="x", assumption_language="en", trial="x",
                trial_language="en",
            )
        )  # fmt: skip


def test_R22_what_changed_is_added_and_every_version_is_kept(desk: Any, official: Any) -> None:
    assert official.post("/desk/2026-3/learning/1", data=CARD | {"seen": "0"}).status_code == 303
    later = CARD | {"seen": "1", "trial": "A lunch in two streets.", "changed": "Few came in winter."}
    assert official.post("/desk/2026-3/learning/1", data=later).status_code == 303
    assert "Few came in winter." in text(official.get("/advice/veldhaven/2026-3"))
    page = text(official.get("/desk/2026-3/learning/1"))
    assert "gone: </span>each street.</del>" in page
    assert "new: </span>two streets.</ins>" in page
    assert len(queries.versions(desk.session, desk.task().answer.id, "card-1")) == 2


def test_two_officials_on_one_card_lose_nothing(desk: Any, official: Any, record_app: Any, sign_in: Any) -> None:
    colleague = record_app.test_client()
    colleague.set_cookie("language", "en")
    sign_in(colleague, desk.colleague)
    assert colleague.post("/desk/2026-3/learning/1", data=CARD | {"seen": "0"}).status_code == 303
    reply = official.post("/desk/2026-3/learning/1", data=CARD | {"seen": "0", "trial": "My own words."})
    assert reply.status_code == 409
    page = text(reply)
    assert "My own words." in page
    assert "A lunch in each street." in page
    assert 'name="seen" value="1"' in page


def test_no_card_for_what_is_not_tried_and_none_for_others(desk: Any, official: Any, sign_in: Any) -> None:
    assert official.get("/desk/2026-3/learning/3").status_code == 404
    assert official.get("/desk/2026-3/learning/9").status_code == 404
    with pytest.raises(Refused), writing(desk.session):
        task = desk.task()
        learning.keep_learning_card(
            desk.session, desk.elsewhere, task.advice, task.answer, 1, seen=0, assumption="x", trial="x",
            look_back_on=date(2027, 6, 1), changed="", now=AT,
        )  # fmt: skip
    assert sign_in(official, desk.elsewhere).get("/desk/2026-3/learning/1").status_code == 404
