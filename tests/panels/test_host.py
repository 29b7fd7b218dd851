"""What the host makes: places and their documents, panels, cards shown once, moderators, invitations, journal."""

from __future__ import annotations

import json

import build
import pytest
from sqlalchemy import select

from codesign.accounts.models import Card, Person
from codesign.jobs.models import OutboxItem
from codesign.panels.models import Membership, Municipality, Panel
from codesign.panels.queries import membership
from codesign.rules.roles import Role

pytestmark = pytest.mark.pages

PLACE = {
    "code": "veldhaven",
    "name": "Veldhaven",
    "addressee": "The college of mayor and aldermen",
    "answer_weeks": "8",
    "timezone": "Europe/Amsterdam",
    "languages": ["nl", "ti", "fa-AF"],
    "legal_basis": "",
}


@pytest.fixture
def host(client, session, sign_in):
    person = build.make_host(session)
    sign_in(client, person)
    return person


def test_a_place_goes_to_the_outbox_as_a_document(client, session, host):
    reply = client.post("/host/places/new", data=PLACE)
    assert reply.location == "/host/places/veldhaven/panels/new"
    item = session.scalars(select(OutboxItem)).one()
    document = json.loads(item.payload)
    assert item.kind == "place"
    assert (document["code"], document["answer_weeks"], document["languages"]) == (
        "veldhaven",
        8,
        ["nl", "ti", "fa-AF"],
    )


def test_a_changed_place_goes_again_and_keeps_its_code(client, session, host):
    client.post("/host/places/new", data=PLACE)
    client.post("/host/places/veldhaven", data=PLACE | {"code": "other", "answer_weeks": "10"})
    assert session.scalars(select(Municipality)).one().answer_weeks == 10
    assert len(session.scalars(select(OutboxItem)).all()) in {1, 2}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", "Veld haven"),
        ("code", "x" * 41),
        ("name", ""),
        ("name", "x" * 81),
        ("addressee", "x" * 161),
        ("answer_weeks", "0"),
        ("answer_weeks", "53"),
        ("answer_weeks", "soon"),
        ("timezone", "Mars/Base"),
        ("languages", []),
        ("languages", ["tlh"]),
        ("legal_basis", "x" * 301),
        ("name", "a\u202eb"),
        ("name", "\x00"),
    ],
)
def test_what_is_wrong_with_a_place_is_said_and_nothing_is_written(client, session, host, field, value):
    assert client.post("/host/places/new", data=PLACE | {field: value}).status_code == 422
    assert session.scalars(select(Municipality)).all() == []
    assert session.scalars(select(OutboxItem)).all() == []


def test_a_code_is_taken_once(client, session, host):
    client.post("/host/places/new", data=PLACE)
    assert client.post("/host/places/new", data=PLACE).status_code == 422


def test_a_panel_is_made_in_a_place(client, session, host):
    client.post("/host/places/new", data=PLACE)
    reply = client.post(
        "/host/places/veldhaven/panels/new", data={"name": "Veldhaven panel", "languages": ["nl", "ar"]}
    )
    assert client.get(reply.location).status_code == 200
    assert session.scalars(select(Panel)).one().languages == ["nl", "ar"]
    assert client.post("/host/places/veldhaven/panels/new", data={"name": ""}).status_code == 422
    assert client.get("/host/places/nowhere/panels/new").status_code == 404


def test_cards_are_shown_once_in_the_language_asked_for_and_open_the_door(client, session, host, house):
    panel = build.make_panel(session)
    reply = client.post(f"/host/panels/{panel.id}/cards", data={"count": "3", "role": "resident", "language": "ar"})
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert 'lang="ar" dir="rtl"' in reply.text
    assert reply.text.count('class="a6"') == 3
    rows = session.scalars(select(Membership).where(Membership.panel_id == panel.id)).all()
    assert [row.role for row in rows] == [Role.RESIDENT] * 3
    import re

    groups = re.findall(r'<p class="num">(.*?)</p>', reply.text)[0]
    digits = "".join(re.findall(r"\d{4}", groups))
    phone = house.panel.test_client()
    assert phone.post("/sign-in", data={"digits": digits}).location == "/welcome"
    assert digits[5:15] not in client.get(f"/host/panels/{panel.id}").text


@pytest.mark.parametrize(
    "data",
    [
        {"count": "0", "role": "newcomer", "language": "nl"},
        {"count": "41", "role": "newcomer", "language": "nl"},
        {"count": "1", "role": "host", "language": "nl"},
        {"count": "1", "role": "moderator", "language": "nl"},
        {"count": "1", "role": "newcomer", "language": "so"},
        {"count": "many", "role": "newcomer", "language": "nl"},
        {},
    ],
)
def test_cards_nobody_should_have_are_not_made(client, session, host, data):
    panel = build.make_panel(session)
    assert client.post(f"/host/panels/{panel.id}/cards", data=data).status_code == 422
    assert session.scalars(select(Card)).all() == []


def test_staff_are_let_in_and_moderate_a_panel(client, session, host):
    panel = build.make_panel(session)
    reply = client.post("/host/people", data={"display_name": "Noor", "login": "Noor.B", "language": "nl"})
    assert reply.status_code == 200
    assert "/setup/" in reply.text
    person = session.scalars(select(Person).where(Person.login == "noor.b")).one()
    assert client.post(f"/host/panels/{panel.id}/moderators", data={"person": person.id}).status_code == 303
    session.rollback()
    row = membership(session, person.id, panel.id)
    assert (row.role, row.ties_declared_at) == (Role.MODERATOR, None)
    assert client.post(f"/host/panels/{panel.id}/moderators/{person.id}/end").status_code == 303
    session.rollback()
    assert membership(session, person.id, panel.id) is None
    assert client.post(f"/host/panels/{panel.id}/moderators/{person.id}/end").status_code == 404


def test_a_member_or_the_host_cannot_be_made_moderator(client, session, host):
    panel = build.make_panel(session)
    member = build.make_member(session, panel)
    for person in (member, host):
        assert client.post(f"/host/panels/{panel.id}/moderators", data={"person": person.id}).status_code == 422
    assert client.post(f"/host/panels/{panel.id}/moderators", data={"person": "999999"}).status_code == 422
    assert client.post(f"/host/panels/{panel.id}/moderators", data={"person": "x"}).status_code == 422


def test_an_official_is_invited_by_a_document_that_holds_no_token(client, session, host):
    panel = build.make_panel(session)
    data = {"display_name": "J. de Wit", "post": "Adviser", "mail": "j.dewit@veldhaven.example", "language": "nl"}
    reply = client.post(f"/host/panels/{panel.id}/invitations", data=data)
    assert reply.status_code == 200
    token = reply.text.split("/invitation/")[1].split("<")[0]
    item = session.scalars(select(OutboxItem).where(OutboxItem.kind == "invitation")).one()
    assert token.encode() not in item.payload
    assert json.loads(item.payload)["place"] == panel.municipality_code
    for wrong in ({"mail": "nobody"}, {"post": ""}, {"display_name": "x" * 81}, {"language": "so"}):
        assert client.post(f"/host/panels/{panel.id}/invitations", data=data | wrong).status_code == 422


def test_the_journal_shows_acts_of_staff_and_none_of_members(client, session, host, sign_in, house):
    panel = build.make_panel(session)
    moderator = build.make_moderator(session, panel)
    desk = house.panel.test_client()
    desk.set_cookie("language", "en")
    sign_in(desk, moderator)
    desk.post(f"/desk/panels/{panel.id}/ties", data={"text": "Paid by De Brug."})
    phone = house.panel.test_client()
    sign_in(phone, build.make_member(session, panel))
    phone.post("/topics/new", data={"title": "Night buses", "why": "No bus after ten.", "language": "en"})
    for browser, path in ((client, "/host/journal"), (desk, f"/desk/panels/{panel.id}/journal")):
        text = browser.get(path).text
        assert "declare_ties" in text
        assert "start_topic" not in text
        assert "De Brug" not in text
    assert client.get("/host/journal?page=999").status_code == 200


def test_the_hosts_pages_are_the_hosts_alone(client, session, sign_in):
    panel = build.make_panel(session)
    for person in (build.make_member(session, panel), build.make_moderator(session, panel)):
        sign_in(client, person)
        for path in ("/host", "/host/people", "/host/places/new", f"/host/panels/{panel.id}", "/host/journal"):
            assert client.get(path).status_code == 404
        for path in (f"/host/panels/{panel.id}/cards", "/host/people", f"/host/people/{person.id}/link"):
            assert client.post(path, data={}).status_code == 404


def test_the_hosts_lists_ask_the_same_whatever_their_length(client, session, host, queries):
    client.get("/host")
    for rows in (1, 3):
        for _row in range(rows):
            build.make_moderator(session, build.make_panel(session))
        with queries() as q:
            client.get("/host")
        assert q.count == 4
        with queries() as q:
            client.get("/host/people")
        assert q.count == 2
        with queries() as q:
            client.get("/host/journal")
        assert q.count == 3
