"""The tablet: one device, one vote a turn, nothing left between two people, and no way to the desk."""

from __future__ import annotations

import re

import build

from codesign.db import writing
from codesign.voting import queries
from codesign.web.clock import now
from room.conftest import YES_NO

DIGITS = "4071"


def form_of(page):
    """The hidden fields of the form to choose with."""
    found = dict(re.findall(r'<input type="hidden" name="(turn|code|order|reason)" value="([^"]*)"', page.text))
    return {**found, "o": re.findall(r'<input type="hidden" name="o" value="([^"]*)"', page.text)}


def give_out(client, r, digits=DIGITS):
    return client.post(f"/desk/votes/{r.ballot.id}/room/tablet", data={"digits": digits})


def hand(client, digits=DIGITS):
    return client.post("/tablet/next", data={"digits": digits})


def look(client, *chosen, **more):
    turn = form_of(client.get("/tablet"))["turn"]
    return client.post("/tablet", data={"step": "look", "turn": turn, "o": list(chosen), **more})


def test_note_move_vote_on_the_tablet_and_count(room, client, house, sign_in):
    """The whole way through the pages: noted, moved, handed over twice, counted."""
    r = room(members=4, noted=1, live=True, **YES_NO)
    phone = sign_in(house.panel.test_client(), r.members[2])
    assert phone.get(f"/vote/{r.ballot.id}/room").status_code == 200
    assert phone.post(f"/vote/{r.ballot.id}/room").status_code == 303
    assert phone.post(f"/vote/{r.ballot.id}", data={"step": "cast", "o": ["yes"], "code": r.fresh()}).status_code == 403
    sign_in(client, r.moderator)
    assert "2 people vote in the room." in client.get(f"/desk/votes/{r.ballot.id}/room").text
    assert give_out(client, r).location == "/tablet"
    for choice in ("yes", "no"):
        assert "Give the tablet" in client.get("/tablet").text
        assert hand(client).status_code == 303
        again = look(client, choice)
        assert re.search(r"\d{4} \d{4} \d{4}", again.text)
        done = client.post("/tablet", data={**form_of(again), "step": "cast"})
        assert done.status_code == 303
        assert done.headers["Clear-Site-Data"] == '"cache"'
        between = client.get("/tablet")
        assert "Your vote is in." in between.text
        assert form_of(again)["code"] not in between.text
        assert "An open kitchen" not in between.text
        assert "no-store" in between.headers["Cache-Control"]
    r.cast(r.members[1], "yes", now=now())
    r.settle()
    r.close()
    found = queries.result(r.again())
    assert found.tally.counts == {"yes": 2, "no": 1, "abstain": 0}
    assert found.closed.room == 2


def test_whoever_voted_is_thanked_in_her_own_language(room, client, sign_in):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    give_out(client, r)
    hand(client)
    client.post("/language", data={"code": "ar", "next": "/tablet"})
    client.post("/tablet", data={**form_of(look(client, "yes")), "step": "cast"})
    between = client.get("/tablet").text
    assert '<h1 lang="ar" dir="auto">' in between
    assert "Your vote is in." not in between
    assert "For the moderator" in between


def test_whoever_holds_it_comes_nowhere_else_until_the_moderators_password(room, client, house, sign_in):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    with client.session_transaction() as cookie:
        before = dict(cookie)
    give_out(client, r)
    old = house.panel.test_client()
    with old.session_transaction() as cookie:
        cookie.update(before)
    assert "/sign-in" in old.get(f"/desk/votes/{r.ballot.id}").location  # the cookie from before opens nothing
    for path in ("/", "/desk", f"/desk/votes/{r.ballot.id}", f"/desk/rounds/{r.round.id}", "/words", "/nowhere", "/help",
                 f"/vote/{r.ballot.id}", "/host/people", "/sign-in"):  # fmt: skip
        for reply in (client.get(path), client.post(path)):
            assert (reply.status_code, reply.location) == (303, "/tablet"), path
    assert client.post("/tablet/leave", data={"password": "not this one"}).status_code == 422
    assert client.post("/tablet/leave", data={}).status_code == 422
    assert client.get("/desk").location == "/tablet"
    assert client.post("/language", data={"code": "nl", "next": "/tablet"}).location == "/tablet"
    left = client.post("/tablet/leave", data={"password": build.PASSWORD})
    assert left.location == f"/desk/votes/{r.ballot.id}/room"
    assert client.get(left.location).status_code == 200
    assert client.get("/tablet").status_code == 404


def test_each_handover_asks_for_the_digits(room, client, sign_in):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    for wrong in ("", "12", "12345", "abcd"):
        assert give_out(client, r, wrong).status_code == 422
    give_out(client, r, "٤٠٧١")  # digits of any script
    assert hand(client, "0000").status_code == 422
    assert "Give the tablet to the next person" in client.get("/tablet").text
    for _ in range(2):
        hand(client, "1111")
    assert hand(client).status_code == 429


def test_old_forms_and_the_back_button_change_nothing(room, client, sign_in):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    give_out(client, r)
    hand(client)
    again = look(client, "yes")
    form = {**form_of(again), "step": "cast"}
    for _ in range(3):
        assert client.post("/tablet", data=form).location == "/tablet"
    assert r.again().room_slips == 1
    hand(client)
    assert client.post("/tablet", data=form).location == "/tablet"  # the same vote again
    old = client.post("/tablet", data={**form, "code": r.fresh_in_room(), "o": ["no"]})
    assert old.status_code == 409
    assert "It was not counted" in old.text
    assert client.post("/tablet", data={**form, "step": "look"}).location == "/tablet"
    assert r.again().room_slips == 1
    turn = form_of(client.get("/tablet"))["turn"]
    assert client.post("/tablet", data={"step": "back", "turn": turn}).location == "/tablet"
    page = client.get("/tablet").text
    assert "Give the tablet to the next person" in page
    assert "Your vote is in." not in page
    assert r.again().room_slips == 1


def test_a_wrong_choice_stays_at_the_question(room, client, sign_in):
    r = room(members=4, noted=2, live=True)
    sign_in(client, r.moderator)
    give_out(client, r)
    hand(client)
    assert look(client).status_code == 422
    bad = look(client, "o1", "none")
    assert bad.status_code == 422
    assert "Choose ideas, or choose" in bad.text
    assert look(client, "nowhere").status_code == 422
    good = look(client, "o1", "o2")
    assert good.status_code == 200
    change = client.post("/tablet", data={**form_of(good), "step": "change"})
    assert change.text.count(" checked") == 2
    kept = client.post("/tablet", data={**form_of(good), "step": "look", "o": ["o1"]})
    assert form_of(kept)["code"] == form_of(good)["code"]  # what was written down stays true
    assert client.post("/tablet", data={**form_of(good), "step": "cast", "code": "1111 2222 3333"}).status_code == 422
    assert client.post("/tablet", data={**form_of(good), "step": "cast"}).status_code == 303


def test_after_the_end_or_when_stopped_it_says_so_and_can_be_left(room, client, house, sign_in, monkeypatch):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    give_out(client, r)
    desk = sign_in(house.panel.test_client(), r.second)
    page = desk.get(f"/desk/votes/{r.ballot.id}/room").text
    stop = re.search(r'action="(/desk/votes/\d+/room/tablets/\d+/stop)"', page)[1]
    assert desk.post(stop).status_code == 303
    assert "takes no more votes" in client.get("/tablet").text
    assert hand(client).status_code == 303
    assert client.post("/tablet", data={"step": "cast"}).status_code == 409
    r.settle(r.end)
    r.close()
    assert "takes no more votes" in client.get("/tablet").text
    assert client.post("/tablet/leave", data={"password": build.PASSWORD}).status_code == 303
    assert client.get("/desk").location != "/tablet"


def test_a_vote_that_comes_too_late_is_told_so_and_one_whose_answer_was_lost_is_not(room, client, sign_in, monkeypatch):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    give_out(client, r)
    hand(client)
    in_time = {**form_of(look(client, "yes")), "step": "cast"}
    client.post("/tablet", data=in_time)
    hand(client)
    too_late = {**form_of(look(client, "no")), "step": "cast"}
    monkeypatch.setattr("codesign.room.tablet_pages.now", lambda: r.end)
    assert client.post("/tablet", data=in_time).status_code == 303
    told = client.post("/tablet", data=too_late)
    assert told.status_code == 409
    assert "This vote came too late. It was not counted." in told.text
    assert r.again().room_slips == 1


def test_a_moderator_who_ended_can_still_leave_with_the_password(room, client, sign_in):
    r = room(members=4, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    give_out(client, r)
    hand(client)
    with writing(r.session):
        r.by.left_at = now()
    assert "takes no more votes" in client.get("/tablet").text
    assert client.post("/tablet", data={"step": "cast"}).status_code == 303
    assert client.post("/tablet/leave", data={"password": build.PASSWORD}).status_code == 303
    assert client.get("/tablet").status_code == 404
