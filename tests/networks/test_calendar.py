"""The policy calendar behind the panel door: kept, read with the record's own moments, warned of, and taken along."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from build import make_official, make_record_place
from sqlalchemy.exc import OperationalError

from codesign import crossing
from codesign.jobs import outbox
from codesign.networks import queries
from codesign.networks.models import PolicyMoment
from codesign.places import queries as record
from codesign.places.domain import MomentKind, Origin
from codesign.places.forms import MomentForm
from codesign.places.models import PlaceMoment
from codesign.rules.permissions import Action, Facts, Reason, why_not
from codesign.rules.roles import Role
from codesign.web.clock import now, today

FAR = (today() + timedelta(days=400)).isoformat()
BUDGET = {
    "title": "The council decides on the budget", "language": "en", "kind": "budget", "decided_on": FAR,
    "advice_before": "", "source": "Planning of the council, page 4", "checked_on": today().isoformat(), "url": "",
}  # fmt: skip
OURS = BUDGET | {"title": "We buy language lessons", "kind": "purchase", "url": "https://veldhaven.example/buy"}


def desk(world, path=""):
    return f"/desk/panels/{world.panel.id}/calendar{path}"


def one(session, model, **by):
    session.rollback()
    session.expire_all()
    return session.scalars(sa.select(model).filter_by(**by)).one()


def cross(session):
    session.rollback()
    return outbox.deliver(session, session, crossing.RECEIVERS, now())


@pytest.fixture
def official(session, world, house, sign_in):
    place = make_record_place(session, world.panel.municipality_code)
    client = house.record.test_client()
    client.set_cookie("language", "en")
    return sign_in(client, make_official(session, place))


def test_R24_moderators_and_officials_keep_the_calendar_and_both_doors_read_all_of_it(
    world, session, official, record_client
):
    place, browser = world.panel.municipality_code, world.browse(world.moderator)
    assert browser.post(desk(world, "/new"), data=BUDGET).status_code == 303
    assert official.post("/desk/calendar/new", data=OURS).status_code == 303
    assert cross(session).delivered == 1
    row, theirs = one(session, PolicyMoment), one(session, PlaceMoment, origin=Origin.PLACE)
    assert (row.code, row.kind, row.advice_before) == ("the-council-decides-on-the-budget", MomentKind.BUDGET, None)
    # What advice picks from: both, with the last day for advice eight weeks before.
    lines = queries.moments_of(session, place)
    assert [(x.code, x.kind, x.day.isoformat()) for x in lines] == [
        ("the-council-decides-on-the-budget", MomentKind.BUDGET, FAR),
        ("place:we-buy-language-lessons", MomentKind.PURCHASE, FAR),
    ]
    assert lines[0].before == row.decided_on - timedelta(weeks=8)
    assert not lines[0].late(lines[0].before)
    assert lines[0].late(lines[0].before + timedelta(days=1))
    # Everybody reads all of it; only whoever keeps a moment can change it.
    phone = world.browse(world.me)
    for client, path in (
        (phone, "/calendar"), (browser, desk(world)), (record_client, f"/places/{place}/calendar"),
        (official, "/desk/calendar"),
    ):  # fmt: skip
        text = client.get(path).text
        assert BUDGET["title"] in text, path
        assert OURS["title"] in text, path
        assert BUDGET["source"] in text, path
    assert "days left for advice" in browser.get(f"/desk/rounds/{world.round.id}").text
    assert browser.get(desk(world)).text.count("/calendar/1") == 1
    own = record.moment_of(session, place, Origin.PANEL, row.code)
    assert official.get(f"/desk/calendar/{own.id}").status_code == 404
    # The file, at both doors; names stay, words are those of the row.
    for client, path in (
        (phone, f"/panels/{world.panel.id}/calendar.ics"), (record_client, f"/places/{place}/calendar.ics"),
    ):  # fmt: skip
        file = client.get(path).data
        assert file.count(b"BEGIN:VEVENT\r\n") == 4
        assert f"DTSTART;VALUE=DATE:{FAR.replace('-', '')}\r\n".encode() in file
    assert world.browse(world.stranger).get(f"/panels/{world.panel.id}/calendar.ics").status_code == 404
    # Changed and ended, on both sides.
    assert (
        official.post(f"/desk/calendar/{theirs.id}", data=OURS | {"title": "We buy <b>lessons</b>"}).status_code == 303
    )
    assert "We buy &lt;b&gt;lessons" in phone.get("/calendar").text
    assert official.post(f"/desk/calendar/{theirs.id}/end").status_code == 303
    assert official.post(f"/desk/calendar/{theirs.id}/end").status_code == 404
    path = desk(world, f"/{row.id}")
    assert browser.post(path, data=BUDGET | {"advice_before": "2026-01-01"}).status_code == 303
    assert "Too late for advice now." in phone.get("/calendar").text
    assert browser.post(path + "/end", data={"why": ""}).status_code == 422
    assert browser.post(path + "/end", data={"why": "It was moved."}).status_code == 303
    assert cross(session).refused == 0
    assert "Nothing is planned" in record_client.get(f"/places/{place}/calendar").text
    assert "Nothing is planned" in phone.get("/calendar").text
    assert one(session, PlaceMoment, origin=Origin.PLACE).title == ""


@pytest.mark.pages
def test_a_moment_needs_its_source_and_its_days_and_the_same_one_twice_is_asked(world, session, official, panel_app):
    browser = world.browse(world.moderator)
    tomorrow = (today() + timedelta(days=3)).isoformat()
    wrong = (
        ("title", ""), ("title", "x" * 161), ("title", "a\u202eb"), ("decided_on", ""), ("decided_on", "2027-02-30"),
        ("decided_on", "31-12-2027"), ("decided_on", "0001-01-01"), ("decided_on", "9999-12-31"),
        ("advice_before", "2027-13-01"), ("advice_before", "2099-01-01"), ("source", ""), ("source", "x" * 201),
        ("checked_on", ""), ("checked_on", tomorrow), ("url", "javascript:alert(1)"), ("url", "https://[x"),
        ("url", "http:// x"), ("kind", "party"), ("language", "xx"),
    )  # fmt: skip
    for field, value in wrong:
        with panel_app.test_request_context(method="POST", data=BUDGET | {field: value}):
            form = MomentForm(today=today())
            assert not form.validate(), (field, value)
            assert list(form.errors) == [field]
    for client, path in ((browser, desk(world, "/new")), (official, "/desk/calendar/new")):
        reply = client.post(path, data=BUDGET | {"decided_on": "2027-02-30"})
        assert reply.status_code == 422
        assert "Write the date like 2027-03-31." in reply.text
        assert BUDGET["source"] in reply.text
    session.rollback()
    assert session.scalars(sa.select(PolicyMoment)).all() == []
    assert session.scalars(sa.select(PlaceMoment)).all() == []
    for client, path in ((browser, desk(world, "/new")), (official, "/desk/calendar/new")):
        assert client.post(path, data=BUDGET).status_code == 303
        reply = client.post(path, data=BUDGET | {"title": "THE council decides on the búdget"})
        assert reply.status_code == 422
        assert "The calendar has this already" in reply.text
        assert client.post(path, data=BUDGET | {"sure": "y"}).status_code == 303
    # The rules say it too, for whoever keeps a calendar (R42).
    facts = {"own": True, "sourced": False}
    for role in (Role.MODERATOR, Role.OFFICIAL):
        assert why_not(Action.KEEP_CALENDAR, Facts(role=role, **facts)) is Reason.SOURCE_FIRST
        assert why_not(Action.KEEP_CALENDAR, Facts(role=role, own=False)) is Reason.NOT_YOURS


@pytest.mark.pages
def test_R24_without_the_record_the_panel_reads_its_own_moments_and_a_plain_line(
    world, session, official, monkeypatch, queries
):
    browser, phone = world.browse(world.moderator), world.browse(world.me)
    browser.post(desk(world, "/new"), data=BUDGET)
    official.post("/desk/calendar/new", data=OURS)
    with queries() as q:
        phone.get("/calendar")
    one_row = q.count
    for n in (1, 2):
        browser.post(desk(world, "/new"), data=BUDGET | {"title": f"Decision {n}"})
        official.post("/desk/calendar/new", data=OURS | {"title": f"Ours {n}"})
    with queries() as q:
        phone.get("/calendar")
    assert q.count == one_row == 4

    def down(*_args):
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    monkeypatch.setattr(record, "moments_kept_there", down)
    for client, path in ((phone, "/calendar"), (browser, desk(world))):
        text = client.get(path).text
        assert BUDGET["title"] in text
        assert OURS["title"] not in text
        assert "cannot be read now" in text
    assert browser.get(f"/desk/rounds/{world.round.id}").status_code == 200
    assert phone.get(f"/panels/{world.panel.id}/calendar.ics").data.count(b"BEGIN:VEVENT") == 6
