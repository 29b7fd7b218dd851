"""The directory of networks: kept by moderators and host, read by members, suggested to, and sent to the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from build import make_host, make_moderator, make_panel, make_place, make_record_place
from worlds import NOW

from codesign import crossing
from codesign.db import writing
from codesign.jobs import outbox
from codesign.jobs.models import OutboxItem
from codesign.networks import actions, queries
from codesign.networks.forms import NetworkForm, SuggestForm
from codesign.networks.models import Network, NetworkSuggestion
from codesign.pages.ending import tidy
from codesign.pages.queries import everything_of
from codesign.panels.models import Municipality
from codesign.places.domain import Standing
from codesign.places.models import PlaceNetwork
from codesign.rules.permissions import Refused
from codesign.web.clock import now

SEWING = {
    "name": "Sew together", "standing": "informal", "does": "Women sew and talk.", "could": "A first evening.",
    "reach": "Wednesdays, beside the library", "language": "en", "languages": ["ti", "nl"], "domains": ["BRI"],
}  # fmt: skip
KNOWN = {
    "name": "Tea tent",
    "does": "They drink tea with everybody.",
    "known": "Saturdays in the park.",
    "language": "en",
}


def desk(world, path=""):
    return f"/desk/panels/{world.panel.id}/networks{path}"


def cross(session):
    session.rollback()
    return outbox.deliver(session, session, crossing.RECEIVERS, now())


def one(session, model, **by):
    session.rollback()
    session.expire_all()
    return session.scalars(sa.select(model).filter_by(**by)).one()


def test_R39_moderators_keep_an_informal_group_without_any_number_and_it_reaches_the_record(
    world, session, record_client
):
    place = world.panel.municipality_code
    make_record_place(session, place)
    browser = world.browse(world.moderator)
    assert "An informal group needs no papers" in browser.get(desk(world, "/new")).text
    assert browser.post(desk(world, "/new"), data=SEWING).status_code == 303
    row = one(session, Network)
    assert (row.code, row.standing, row.languages) == ("sew-together", Standing.INFORMAL, ["ti", "nl"])
    # No field of form, tables or document could hold a number of a register.
    names = {c.name for t in (Network, NetworkSuggestion, PlaceNetwork) for c in t.__table__.columns} | set(SEWING)
    assert not [n for n in names if any(word in n for word in ("number", "registr", "kvk", "tax"))]
    assert cross(session).delivered == 1
    assert "Sew together" in record_client.get(f"/places/{place}/networks").text
    # Changed in the same second, and sent twice: the newer wins, once.
    edit = desk(world, f"/{row.id}")
    assert browser.post(edit, data=SEWING | {"name": "<i>Sew</i>"}).status_code == 303
    assert browser.post(edit, data=SEWING | {"name": "<b>Sew</b>"}).status_code == 303
    assert cross(session).delivered == 2
    items = session.scalars(sa.select(OutboxItem).order_by(OutboxItem.id)).all()
    for item in items:
        with writing(session):
            crossing.RECEIVERS["network"](session, item.payload, NOW)
    assert one(session, PlaceNetwork).name == "<b>Sew</b>"
    assert "&lt;b&gt;Sew" in world.browse(world.me).get("/networks").text
    # Ended, with a reason only.
    assert browser.post(edit + "/end", data={"why": " "}).status_code == 422
    assert browser.post(edit + "/end", data={"why": "They stopped."}).status_code == 303
    assert browser.post(edit + "/end", data={"why": "They stopped."}).status_code == 404
    cross(session)
    assert "Sew" not in record_client.get(f"/places/{place}/networks").text
    assert "Sew" not in browser.get(desk(world)).text
    assert queries.networks_of(session, place) == ()
    # Its code is not given again.
    browser.post(desk(world, "/new"), data=SEWING)
    assert one(session, Network, ended_on=None).code == "sew-together-2"
    assert [(n.code, n.name, n.kind) for n in queries.networks_of(session, place)] == [
        ("sew-together-2", "Sew together", Standing.INFORMAL)
    ]


@pytest.mark.pages
def test_what_is_wrong_is_said_at_its_field_and_what_could_be_wrong_is_asked(world, session, panel_app):
    browser = world.browse(world.moderator)
    for field, value in (
        ("name", ""), ("name", "x" * 121), ("name", "a\u202eb"), ("does", ""), ("does", "x" * 301), ("could", "x" * 301),
        ("reach", "x" * 201), ("standing", "company"), ("language", "xx"), ("languages", "xx"), ("domains", "XXX"),
    ):  # fmt: skip
        with panel_app.test_request_context(method="POST", data=SEWING | {field: value}):
            form = NetworkForm()
            assert not form.validate(), (field, value)
            assert list(form.errors) == [field]
    reply = browser.post(desk(world, "/new"), data=SEWING | {"name": "a\u202eb"})
    assert reply.status_code == 422
    assert "There is a hidden character in this text." in reply.text
    assert "A first evening." in reply.text
    assert browser.post(desk(world, "/new"), data=SEWING | {"name": "a\ufffeb"}).status_code == 422
    assert session.scalars(sa.select(Network)).all() == []
    # A telephone number, and later the same name written otherwise: asked once, kept after a tick.
    phone = SEWING | {"reach": "Call 06 12345678"}
    reply = browser.post(desk(world, "/new"), data=phone)
    assert reply.status_code == 422
    assert "It has a phone number in it." in reply.text
    assert browser.post(desk(world, "/new"), data=phone | {"sure": "y"}).status_code == 303
    again = SEWING | {"name": "SEW  Tógether"}
    reply = browser.post(desk(world, "/new"), data=again)
    assert reply.status_code == 422
    assert "The directory has a group with this name: Sew together" in reply.text
    assert browser.post(desk(world, "/new"), data=again | {"sure": "y"}).status_code == 303
    # Markup and a script without plain letters are words like others.
    arabic = SEWING | {"name": "<script>نادي الشاي</script>", "language": "ar"}
    assert browser.post(desk(world, "/new"), data=arabic | {"name": "نادي الشاي"}).status_code == 303
    assert one(session, Network, name="نادي الشاي").code == "group"


@pytest.mark.pages
def test_who_keeps_the_directory_and_who_does_not_even_see_its_desk(world, session, house, sign_in, queries):
    browser = world.browse(world.moderator)
    for name in ("Beta", "alpha", "Gamma"):
        browser.post(desk(world, "/new"), data=SEWING | {"name": name})
    row = one(session, Network, name="alpha")
    host = world.browse(make_host(session))
    assert host.post(desk(world, f"/{row.id}"), data=SEWING | {"name": "Alpha!"}).status_code == 303
    elsewhere = world.browse(make_moderator(session, make_panel(session, make_place(session))))
    near = make_panel(session, session.get(Municipality, world.panel.municipality_code))
    neighbour = world.browse(make_moderator(session, near))
    assert f"/desk/panels/{near.id}/networks/{row.id}" in neighbour.get(f"/desk/panels/{near.id}/networks").text
    for stranger in (elsewhere, world.browse(world.me), neighbour):
        for path in ("", "/new", f"/{row.id}"):
            assert stranger.get(desk(world, path)).status_code == 404
    assert world.browse(world.stranger).get("/networks").text.count("<article") == 0
    # By name whatever its letters, found by theme and language; as many statements with one row as with three.
    phone = world.browse(world.me)
    with queries() as q:
        text = phone.get("/networks").text
    assert text.index("Alpha!") < text.index("Beta") < text.index("Gamma")
    assert q.count == 4
    assert phone.get("/networks?theme=BRI&language=ti").text.count("<article") == 3
    assert "Nothing found" in phone.get("/networks?theme=SAF").text
    with queries() as q:
        browser.get(desk(world))
    asked = q.count
    with writing(session):
        session.execute(sa.delete(Network).where(Network.name != "Beta"))
    with queries() as q:
        browser.get(desk(world))
    assert q.count == asked == 6


def test_R39_a_member_names_a_group_and_a_moderator_takes_it_or_says_why_not(world, session, panel_app):
    phone, browser = world.browse(world.me), world.browse(world.moderator)
    for field, value in (("name", ""), ("does", "x" * 301), ("known", ""), ("language", "xx"), ("known", "a\u202eb")):
        with panel_app.test_request_context(method="POST", data=KNOWN | {field: value}):
            assert not SuggestForm().validate(), field
    assert phone.post("/networks/suggest", data=KNOWN | {"known": ""}).status_code == 422
    key = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    for _twice in range(2):
        assert phone.post("/networks/suggest", data=KNOWN | {"key": key}).status_code == 303
    held = KNOWN | {"name": "Swimming", "known": "Call mevrouw Jansen, 06 12345678", "language": "en"}
    phone.post("/networks/suggest", data=held)
    mine = phone.get("/networks").text
    assert "A moderator looks first" in mine
    assert "It has a phone number in it." in mine
    assert "Tea tent" not in world.browse(world.other).get("/networks").text
    assert "2 suggestions wait." in browser.get(f"/desk/rounds/{world.round.id}").text
    page = browser.get(desk(world)).text
    assert "It has the name of a person in it." in page
    tea, swim = (one(session, NetworkSuggestion, name=name) for name in ("Tea tent", "Swimming"))
    form = browser.get(desk(world, f"/new?suggestion={tea.id}")).text
    assert "Saturdays in the park." in form
    taken = desk(world, f"/new?suggestion={tea.id}")
    assert browser.post(taken, data=SEWING | {"name": "Tea tent"}).status_code == 303
    assert browser.post(taken, data=SEWING | {"name": "Tea tent two"}).status_code == 404
    assert browser.post(desk(world, f"/suggested/{swim.id}"), data={"why": ""}).status_code == 422
    assert browser.post(desk(world, f"/suggested/{swim.id}"), data={"why": "One person alone."}).status_code == 303
    mine = phone.get("/networks").text
    assert "It is in the directory" in mine
    assert "One person alone." in mine
    with pytest.raises(Refused), writing(session):
        actions.decline(session, world.member(world.moderator), swim, why="Twice", by=1, now=NOW)
    # Only the moderators of this panel read suggestions: not the host, nor another panel of the same place.
    world.browse(world.other).post("/networks/suggest", data=KNOWN | {"name": "Chess"})
    chess = one(session, NetworkSuggestion, name="Chess")
    near = make_panel(session, session.get(Municipality, world.panel.municipality_code))
    for person, panel in ((make_host(session), world.panel), (make_moderator(session, near), near)):
        other, path = world.browse(person), f"/desk/panels/{panel.id}/networks"
        assert "Chess" not in other.get(path).text
        assert other.get(f"{path}/suggested/{chess.id}").status_code == 404
        assert other.get(f"{path}/new?suggestion={chess.id}").status_code == 404
    # What somebody suggested goes with them, or after a year; a group in the directory stays.
    session.rollback()
    assert everything_of(session, world.me.id)["groups"][-1]["name"] == "Tea tent"
    session.rollback()
    tidy(session, now() + timedelta(days=360))
    with writing(session):
        actions.erase_posts(session, world.me.id, NOW)
    session.rollback()
    assert one(session, NetworkSuggestion).name == "Chess"
    session.rollback()
    tidy(session, now() + timedelta(days=370))
    session.rollback()
    assert session.scalars(sa.select(NetworkSuggestion)).all() == []
    assert one(session, Network).name == "Tea tent"
