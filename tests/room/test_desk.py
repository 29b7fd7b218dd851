"""The desk of the room, and a member's own way there."""

from __future__ import annotations

import build
import pytest
import sqlalchemy as sa

from codesign.db import writing
from codesign.panels.queries import membership
from codesign.room import actions
from codesign.room import queries as room_queries
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting.domain import Opening
from codesign.voting.models import RoomVoter
from codesign.voting.queries import with_options
from room.conftest import YES_NO

pytestmark = pytest.mark.pages


@pytest.fixture
def prepared(session, client, sign_in):
    """A prepared ballot, its moderator at the desk: (ballot, round, moderator, members, a neighbour)."""
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, Phase.DISCUSSING, residents_vote=True)
        moderator = build.make_moderator(session, panel)
        members = [build.make_member(session, panel) for _ in range(3)]
        neighbour = build.make_member(session, panel, Role.RESIDENT)
        ballot = build.make_ballot(session, round_, moderator, **YES_NO)
    sign_in(client, moderator)
    return ballot, round_, moderator, members, neighbour


def noted(session):
    session.rollback()
    return set(session.scalars(sa.select(RoomVoter.member_id)))


def test_who_votes_in_the_room_is_noted_before_opening_and_copied_to_the_roll(prepared, client, session, house):
    ballot, round_, moderator, members, neighbour = prepared
    path = f"/desk/votes/{ballot.id}/room"
    page = client.get(path)
    assert all(person.pseudonym in page.text for person in (*members, neighbour))
    assert client.post(path, data={"people": [members[0].id, neighbour.id]}).status_code == 303
    assert noted(session) == {members[0].id, neighbour.id}
    assert client.get(path).text.count(" checked") == 2
    assert client.post(path, data={"people": [members[1].id]}).status_code == 303
    assert client.post(path, data={}).status_code == 303
    assert noted(session) == set()
    with writing(session):
        stranger = build.make_member(session, build.make_panel(session))
    for wrong in (str(stranger.id), str(moderator.id), "x", "9" * 30):
        assert client.post(path, data={"people": [wrong]}).status_code == 422, wrong
    client.post(path, data={"people": [members[2].id, neighbour.id]})
    with writing(session):
        opened = build.open_ballot(session, with_options(session, ballot.id), round_, moderator, house.settings.keys)
    assert [Opening.read(b.opening).room for b in opened] == [1, 1]
    assert [b.room_is_open for b in opened] == [True, True]
    assert client.post(path, data={"people": []}).status_code == 409
    names = client.get(f"{path}/list").text
    assert members[2].pseudonym in names
    assert members[0].pseudonym not in names


def test_nobody_but_a_moderator_of_the_panel_finds_the_desk_of_the_room(prepared, house, sign_in, session):
    ballot, _round, _moderator, members, _neighbour = prepared
    with writing(session):
        others = [build.make_moderator(session, build.make_panel(session)), build.make_host(session), members[0]]
    for person in others:
        stranger = sign_in(house.panel.test_client(), person)
        for path in ("", "/list", "/sheets"):
            assert stranger.get(f"/desk/votes/{ballot.id}/room{path}").status_code == 404
        for path in ("", "/sheets", "/tablet", "/tablets/1/stop", "/again/1", "/ready"):
            assert stranger.post(f"/desk/votes/{ballot.id}/room{path}", data={"digits": "1234"}).status_code == 404


def test_before_opening_there_is_nothing_to_print_or_give_out(prepared, client):
    ballot = prepared[0]
    for path in ("/list", "/sheets"):
        assert client.get(f"/desk/votes/{ballot.id}/room{path}").status_code == 404
    for path in ("/sheets", "/tablet", "/again/1", "/ready"):
        assert client.post(f"/desk/votes/{ballot.id}/room{path}", data={"digits": "1234"}).status_code == 404


def test_where_nobody_votes_in_the_room_the_desk_says_so(room, client, sign_in):
    r = room(members=3, noted=0, live=True, **YES_NO)
    sign_in(client, r.moderator)
    path = f"/desk/votes/{r.ballot.id}/room"
    page = client.get(path).text
    assert "0 people vote in the room." in page
    assert "Print sheets" not in page
    assert "Give this device out" not in page
    tablet = client.post(f"{path}/tablet", data={"digits": "1234"})
    assert tablet.status_code == 422
    assert "Nobody votes in the room yet." in tablet.text
    sheets = client.post(f"{path}/sheets", data={"language": "en", "size": "a5", "count": "1"})
    assert sheets.status_code == 409
    assert client.post(f"{path}/ready").status_code == 409


def test_the_desk_says_that_the_count_waits_for_the_room_until_it_is_ready(room, client, sign_in, monkeypatch):
    r = room(members=3, noted=2, live=True, **YES_NO)
    sign_in(client, r.moderator)
    path = f"/desk/votes/{r.ballot.id}/room"
    for module in ("desk", "papers", "blueprint"):
        monkeypatch.setattr(f"codesign.room.{module}.now", lambda: r.end)
    r.print()
    assert "The votes from the room are not in yet" in client.get(f"/desk/rounds/{r.round.id}").text
    early = client.post(f"{path}/ready")
    assert early.status_code == 409
    assert "Two people must enter all sheets first" in early.text
    r.enter_all([], r.second, r.members[0])
    assert "The room is ready" in client.get(path).text
    assert client.post(f"{path}/ready").status_code == 303
    assert "The votes from the room lie with all others." in client.get(path).text
    assert "The votes from the room are not in yet" not in client.get(f"/desk/rounds/{r.round.id}").text


def test_what_one_entered_can_be_thrown_away_so_that_another_begins(room, client, sign_in, monkeypatch):
    r = room(members=3, noted=2, live=True, **YES_NO)
    r.print()
    sign_in(client, r.moderator)
    path = f"/desk/votes/{r.ballot.id}/room"
    assert client.post(f"{path}/again/1").status_code == 409  # not before the end
    r.seat(r.members[0])
    r.enter(r.members[0], r.sheets[0], "yes")
    monkeypatch.setattr("codesign.room.desk.now", lambda: r.end)
    assert client.post(f"{path}/again/3").status_code == 404
    assert client.post(f"{path}/again/1").status_code == 303
    assert room_queries.batches(r.session, r.ballot.id) == []
    assert room_queries.entries(r.session, r.ballot.id) == []


def test_a_member_sees_the_same_page_before_moving_whether_she_voted_or_not(room, house, sign_in):
    import re

    r = room(members=4, noted=1, live=True, **YES_NO)
    r.cast(r.members[2], "yes")
    pages = []
    for person in r.members[1:3]:
        phone = sign_in(house.panel.test_client(), person)
        pages.append(re.sub(r'name="csrf_token" value="[^"]*"', "", phone.get(f"/vote/{r.ballot.id}/room").text))
    assert pages[0] == pages[1]
    phone = sign_in(house.panel.test_client(), r.members[2])
    refused = phone.post(f"/vote/{r.ballot.id}/room")
    assert refused.status_code == 409
    assert "You voted on your phone." in refused.text
    moved = sign_in(house.panel.test_client(), r.members[1])
    assert moved.post(f"/vote/{r.ballot.id}/room", follow_redirects=True).status_code == 200
    assert moved.post(f"/vote/{r.ballot.id}/room").status_code == 303
    assert room_queries.on_roll(r.session, r.ballot.id, r.members[1].id).in_room


def test_a_neighbour_moves_in_the_vote_of_the_neighbours(room, house, sign_in):
    r = room(members=3, noted=1, residents=2, live=True, **YES_NO)
    phone = sign_in(house.panel.test_client(), r.residents[1])
    assert phone.get(f"/vote/{r.ballot.id}/room").location == f"/vote/{r.twin.id}/room"
    assert phone.post(f"/vote/{r.twin.id}/room").status_code == 303
    assert room_queries.on_roll(r.session, r.twin.id, r.residents[1].id).in_room


def test_who_has_no_vote_cannot_move_and_reads_why(room, house, sign_in, session):
    r = room(members=3, noted=1, live=True, **YES_NO)
    with writing(session):
        late, helper = build.make_member(session, r.panel), build.make_member(session, r.panel, Role.PROFESSIONAL)
        stranger = build.make_member(session, build.make_panel(session))
    path = f"/vote/{r.ballot.id}/room"
    for person, status in ((late, 403), (helper, 403), (stranger, 404), (r.moderator, 404)):
        phone = sign_in(house.panel.test_client(), person)
        assert phone.get(path).status_code == status
        assert phone.post(path).status_code == status


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_of_the_room_take_as_many_statements_for_one_as_for_three(
    room, client, sign_in, queries, people, monkeypatch
):
    r = room(members=4, noted=people, live=True, **YES_NO)
    sign_in(client, r.moderator)
    for _ in range(people):
        r.tablet()
    path = f"/desk/votes/{r.ballot.id}/room"
    client.get(path)
    with queries() as q:
        client.get(path)
    assert q.count == DESK, q.statements
    with queries() as q:
        client.get(f"{path}/list")
    assert q.count == LIST, q.statements
    r.print()
    sheets = [(code, "yes") for code in r.sheets[:people]]
    r.enter_all(sheets, r.moderator)
    r.seat(r.second)
    monkeypatch.setattr("codesign.room.papers.now", lambda: r.end)
    with queries() as q:
        page = client.get(f"/vote/{r.ballot.id}/sheets")
    assert page.text.count("Take out") == people
    assert q.count == PAPERS, q.statements


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_who_votes_in_the_room_takes_as_many_statements_for_one_as_for_three(
    session, client, sign_in, queries, people
):
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, Phase.DISCUSSING)
        moderator = build.make_moderator(session, panel)
        members = [build.make_member(session, panel) for _ in range(people)]
        ballot = build.make_ballot(session, round_, moderator, **YES_NO)
        by = membership(session, moderator.id, panel.id)
        actions.note_room_voters(session, ballot, round_, by, [m.id for m in members], now=build.NOW)
    sign_in(client, moderator)
    client.get(f"/desk/votes/{ballot.id}/room")
    with queries() as q:
        page = client.get(f"/desk/votes/{ballot.id}/room")
    assert page.text.count(" checked") == people
    assert q.count == WHO, q.statements


DESK, LIST, PAPERS, WHO = 8, 4, 5, 5
