"""Sessions of a round: planned, changed, written up, printed, and seen by members."""

from __future__ import annotations

import build
import pytest
from sqlalchemy import select

from codesign.panels.models import Gathering

pytestmark = pytest.mark.pages

SESSION = {
    "title": "Evening at De Brug",
    "held_on": "2026-07-02",
    "starts": "19:00",
    "ends": "21:30",
    "place": "De Brug, Harbour Street 4",
    "link": "",
    "programme": "Soup\nThe question",
    "languages": ["ar", "ti"],
    "language": "en",
}


@pytest.fixture
def round_(session):
    return build.make_round(session)


@pytest.fixture
def desk(client, session, round_, sign_in):
    from codesign.panels.models import Panel

    sign_in(client, build.make_moderator(session, session.get(Panel, round_.panel_id)))
    return client


def test_a_session_is_planned_seen_and_written_up(desk, session, round_, house, sign_in):
    location = desk.post(f"/desk/rounds/{round_.id}/gatherings/new", data=SESSION).location
    assert desk.get(location).status_code == 200
    assert desk.get(location + "/sheet").status_code == 200
    assert desk.post(location, data={"headcount": "14", "notes": "We talked about buses."}).status_code == 303
    session.rollback()
    row = session.scalars(select(Gathering)).one()
    assert (row.headcount, row.languages) == (14, ["ar", "ti"])
    assert "14 people came" in desk.get(f"/desk/rounds/{round_.id}/gatherings").text
    from codesign.panels.models import Panel

    phone = house.panel.test_client()
    phone.set_cookie("language", "en")
    sign_in(phone, build.make_member(session, session.get(Panel, round_.panel_id)))
    assert "Evening at De Brug" in phone.get(f"/rounds/{round_.id}").text
    assert "Harbour Street" in phone.get(f"/gatherings/{row.id}").text
    assert (
        desk.post(location + "/edit", data=SESSION | {"place": "", "link": "https://meet.example/x"}).status_code == 303
    )
    assert "https://meet.example/x" in phone.get(f"/gatherings/{row.id}").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("held_on", "some day"),
        ("starts", "7pm"),
        ("ends", "18:00"),
        ("place", ""),
        ("link", "javascript:alert(1)"),
        ("link", "http://meet.example"),
        ("programme", "x" * 4001),
        ("languages", []),
        ("languages", ["tlh"]),
        ("place", "x" * 201),
    ],
)
def test_what_is_wrong_with_a_session_is_said(desk, session, round_, field, value):
    assert desk.post(f"/desk/rounds/{round_.id}/gatherings/new", data=SESSION | {field: value}).status_code == 422
    assert session.scalars(select(Gathering)).all() == []


@pytest.mark.parametrize(
    "data", [{"headcount": "-1"}, {"headcount": "501"}, {"headcount": "ten"}, {"notes": "x" * 8001}]
)
def test_what_is_wrong_afterwards_is_said(desk, session, round_, data):
    location = desk.post(f"/desk/rounds/{round_.id}/gatherings/new", data=SESSION).location
    assert desk.post(location, data=data).status_code == 422


def test_a_session_of_another_panel_is_the_same_404(desk, session, round_, house, sign_in):
    location = desk.post(f"/desk/rounds/{round_.id}/gatherings/new", data=SESSION).location
    other = build.make_panel(session)
    stranger = house.panel.test_client()
    sign_in(stranger, build.make_moderator(session, other))
    for path in (location, location + "/edit", location + "/sheet", "/desk/gatherings/999999"):
        assert stranger.get(path).status_code == 404
    phone = house.panel.test_client()
    sign_in(phone, build.make_member(session, other))
    assert phone.get("/gatherings/" + location.rsplit("/", 1)[1]).status_code == 404
    assert phone.get(location).status_code == 404


def test_the_list_asks_the_same_whatever_its_length(desk, session, round_, queries):
    path = f"/desk/rounds/{round_.id}/gatherings"
    counts = []
    for rows in (1, 3):
        for _row in range(rows):
            desk.post(path + "/new", data=SESSION)
        with queries() as q:
            desk.get(path)
        counts.append(q.count)
    assert counts[0] == counts[1] <= 10


def test_the_desk_shows_the_next_session_with_how_many_come_and_nobody_by_name(desk, session, round_, house, sign_in):
    from datetime import date, timedelta

    from codesign.panels.models import Panel

    soon = (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011
    desk.post(f"/desk/rounds/{round_.id}/gatherings/new", data=SESSION | {"held_on": soon})
    member = build.make_member(session, session.get(Panel, round_.panel_id))
    text = desk.get(f"/desk/rounds/{round_.id}").text
    assert "Harbour Street" in text
    assert "people come" not in text
    from codesign.db import writing
    from codesign.panels.models import Attendance

    session.rollback()
    row = session.scalars(select(Gathering)).one()
    with writing(session):
        session.add(Attendance(gathering_id=row.id, person_id=member.id, coming=True))
    text = desk.get(f"/desk/rounds/{round_.id}").text
    assert "1 person comes" in text
    assert member.pseudonym not in text
