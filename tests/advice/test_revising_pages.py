"""The pages of taking back and correcting: moderators, members and the public each read how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from advice.test_answering import deliver_answer, sent, text
from advice.test_correcting import write
from advice.test_taking_back import settle, waiting
from codesign.revising import queries

__all__ = ["sent", "waiting"]
pytestmark = pytest.mark.pages
HOSTILE = "<b>Wrong</b> {{ 7*7 }}"


@pytest.fixture
def doors(waiting: Any, house: Any, sign_in: Any) -> Any:
    """At the time of the world, signed in anew: a moderator, a member; and the public."""

    @contextmanager
    def go() -> Iterator[Any]:
        with time_machine.travel(waiting.now, tick=False):
            yield (
                sign_in(house.panel.test_client(), waiting.moderator),
                sign_in(house.panel.test_client(), waiting.members[0]), house.record.test_client(),
            )  # fmt: skip
        waiting.session.rollback()

    return go


def test_R11_a_panel_takes_its_advice_back_and_all_doors_say_so(waiting: Any, doors: Any, session: Session) -> None:
    w = waiting
    url, read = f"/desk/advice/{w.advice_id}", f"/advice/{w.advice_id}"
    page = f"/advice/{w.panel.municipality_code}/2026-1"
    with doors() as (desk, member, public):
        assert f"{url}/wrong" in text(desk.get(url))
        assert "Also a small correction needs a vote of the panel." in text(desk.get(f"{url}/wrong"))
        for path in ("take-back", "correct", "send", "drop", "settle"):
            assert member.post(f"{url}/wrong/{path}").status_code == 404
        until = (w.now + timedelta(days=3)).date().isoformat()
        empty = desk.post(f"{url}/wrong/take-back", data={"back-reason": " ", "back-until": until})
        assert (empty.status_code, "Fill this in first." in text(empty)) == (422, True)
        data = {"back-reason": HOSTILE, "back-until": until}
        assert desk.post(f"{url}/wrong/take-back", data=data).status_code == 303
        twice = desk.post(f"{url}/wrong/take-back", data=data)
        assert (twice.status_code, "A vote is still open." in text(twice)) == (409, True)
        other = desk.post(f"{url}/wrong/correct", data={"new-reason": "A number."})
        assert (other.status_code, "A vote is still open." in text(other)) == (409, True)
        assert desk.post(f"{url}/wrong/settle").status_code == 409
        seen = text(member.get(read))
        assert "Decide: take it back, or let it stand" in seen
        assert "&lt;b&gt;Wrong&lt;/b&gt; {{ 7*7 }}" in seen
        assert "Do we take our advice back?" in text(member.get("/"))
        ballot = queries.last_taking_back(session, w.advice_id)[1]
        ask = text(member.get(f"/vote/{ballot.id}"))
        assert "Let it stand" in ask
        session.rollback()
    w.cast(ballot, {"take_back": 9})
    settle(w, ballot)
    assert w.cross().refused == 0
    session.expire_all()
    with doors() as (desk, member, public):
        for client, where, said in (
            (desk, url, "The panel took this advice back."), (desk, f"{url}/wrong", "The panel took this advice back"),
            (desk, "/desk/advice", "withdrawn"), (member, read, "The municipality need not answer it."),
            (member, "/advice", "The panel took it back."), (member, "/", "We took our advice back"),
            (member, f"/vote/{ballot.id}/result", "The panel takes its advice back"), (public, page, "Wrong"),
        ):  # fmt: skip
            reply = client.get(where)
            assert (reply.status_code, said in text(reply)) == (200, True), where
            assert "<b>Wrong" not in text(reply)
        assert "9 of 9" not in text(public.get(page))


def test_a_correction_is_written_adopted_and_read_beside_what_was_sent(
    waiting: Any, doors: Any, session: Session
) -> None:
    w = waiting
    url, read = f"/desk/advice/{w.advice_id}", f"/advice/{w.advice_id}"
    page = f"/advice/{w.panel.municipality_code}/2026-1"
    with doors() as (desk, member, public):
        old = w.view().advice.title
        assert desk.post(f"{url}/wrong/correct", data={"new-reason": ""}).status_code == 422
        begun = desk.post(f"{url}/wrong/correct", data={"new-reason": HOSTILE})
        assert begun.location.endswith(f"/{w.advice_id}/parts/cover")
        assert desk.post(f"{url}/wrong/correct", data={"new-reason": "Twelve, not two."}).status_code == 303
        session.expire_all()
    write(w)
    session.rollback()
    with doors() as (desk, member, public):
        # Members read what was sent, not the draft; the editor is the one of always.
        seen = text(member.get(read, follow_redirects=True))
        assert old in seen
        assert "Something in this advice is being corrected." in seen
        assert "Twelve kitchens" not in seen
        listed = text(member.get("/advice"))
        assert (old in listed, "Twelve" in listed) == (True, False)
        assert "This is a correction" in text(desk.get(url))
        assert "Twelve kitchens" in text(desk.get(f"{url}/preview"))
        assert "Send it first, or drop it." in text(desk.get(f"{url}/wrong"))
        assert member.get(f"{read}/sent/2").status_code == 404
        trail = text(member.get(f"/ideas/{w.ideas[0].id}/trail"))
        assert ("Invite a street contact" in trail, "Twelve" in trail) == (True, False)
    w.adopt()
    session.rollback()
    with doors() as (desk, member, public):
        assert "Twelve kitchens" in text(member.get(read))
        assert f'action="{url}/wrong/send"' in text(desk.get(url))
        for _ in range(2):
            assert desk.post(f"{url}/wrong/send").status_code == 303
    assert w.cross().refused == 0
    settle(w)
    with doors() as (desk, member, public):
        seen = text(member.get(read))
        assert "This is version 2. What was corrected:" in seen
        assert "There is a newer version" in text(member.get(f"{read}/sent/1"))
        told = text(public.get(page))
        assert ("Twelve, not two." in told, "Twelve kitchens" in told) == (True, True)
        assert "Version 1" in text(desk.get(f"{url}/wrong"))
    assert queries.versions(session, w.advice_id)[0].version == 2
    session.rollback()
    # Dropped by hand, and answered: nothing can be corrected any more.
    with doors() as (desk, member, public):
        assert desk.post(f"{url}/wrong/correct", data={"new-reason": "Again."}).status_code == 303
        assert desk.post(f"{url}/wrong/drop").status_code == 303
        assert "What was sent stands." in text(desk.get(f"{url}/wrong"))
        w.digest = queries.versions(session, w.advice_id)[0].digest
        session.rollback()
        deliver_answer(w, session)
        late = desk.post(f"{url}/wrong/correct", data={"new-reason": "Too late."})
        assert (late.status_code, "This advice has its answer." in text(late)) == (409, True)
        assert "The answer is there. The advice stands as it was sent." in text(desk.get(f"{url}/wrong"))
