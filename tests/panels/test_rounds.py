"""Rounds: prepared, declared, opened and moved by a moderator's act; topics of members; what others may not know."""

from __future__ import annotations

import re
from datetime import date, timedelta

import build
import pytest
from sqlalchemy import select

from codesign.db import writing
from codesign.panels import actions, queries
from codesign.panels.models import PhaseChange, Round, TopicJoin
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import NEXT, Phase
from codesign.rules.roles import Role

pytestmark = pytest.mark.pages

DRAFT = {
    "template": "expert_pool",
    "title": "Meet before you need help",
    "question": "What helped you feel at home here?",
    "language": "en",
    "asked": "no",
    "level": "advise",
    "fixed_text": "The budget of 2026.",
    "first_day": "2026-07-01",
    "quorum": "50",
    "majority": "50",
}


@pytest.fixture
def panel(session):
    return build.make_panel(session)


@pytest.fixture
def moderator(session, panel, client, sign_in):
    person = build.make_moderator(session, panel)
    sign_in(client, person)
    return person


def test_a_round_is_prepared_from_a_template_with_a_plan(client, session, panel, moderator):
    reply = client.post(f"/desk/panels/{panel.id}/rounds/new", data=DRAFT)
    assert reply.status_code == 303
    row = session.scalars(select(Round)).one()
    assert (row.phase, row.level, row.quorum, row.asked) == (Phase.DRAFT, "advise", 50, False)
    assert client.get(reply.location).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("question", "short"),
        ("question", "x" * 301),
        ("template", "none"),
        ("first_day", "tomorrow"),
        ("first_day", ""),
        ("first_day", "1999-01-01"),
        ("level", "rule"),
        ("quorum", "1"),
        ("majority", "many"),
        ("language", "xx"),
        ("title", "a‮b hidden"),
        ("fixed_text", "x" * 2001),
        ("asked", "yes"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_at_its_field_and_nothing_is_kept(
    client, session, panel, moderator, field, value
):
    reply = client.post(f"/desk/panels/{panel.id}/rounds/new", data=DRAFT | {field: value})
    assert reply.status_code == 422
    assert session.scalars(select(Round)).all() == []


def test_r33_without_level_and_fixed_part_the_round_stays_shut(client, session, panel, moderator):
    location = client.post(f"/desk/panels/{panel.id}/rounds/new", data=DRAFT | {"level": "", "fixed_text": ""}).location
    assert "First say what the panel decides and what is already fixed." in client.get(location).text
    reply = client.post(location + "/phase/listening", data={"language": "en"})
    assert reply.status_code == 409
    session.rollback()
    assert session.scalars(select(Round)).one().phase is Phase.DRAFT
    client.post(location + "/edit", data=DRAFT)
    assert client.post(location + "/phase/listening", data={"language": "en"}).status_code == 303


def test_r33_holds_in_the_database_too(session, panel):
    from sqlalchemy.exc import IntegrityError

    for wrong in ({"level": None}, {"fixed_text": ""}):
        with pytest.raises(IntegrityError):
            build.make_round(session, panel, **wrong)


def test_r21_a_moderator_without_declared_ties_cannot_open_a_round(client, session, panel, sign_in):
    person = build.make_moderator(session, panel, ties=False)
    sign_in(client, person)
    location = client.post(f"/desk/panels/{panel.id}/rounds/new", data=DRAFT).location
    reply = client.post(location + "/phase/listening", data={"language": "en"})
    assert reply.status_code in {403, 409}
    assert "First say for whom you work" in reply.text
    assert client.post(f"/desk/panels/{panel.id}/ties", data={"text": ""}).status_code == 422
    client.post(f"/desk/panels/{panel.id}/ties", data={"text": "Paid by the foundation De Brug."})
    assert client.post(location + "/phase/listening", data={"language": "en"}).status_code == 303


def test_another_phase_shows_what_changes_and_members_read_the_words(client, session, panel, moderator, house, sign_in):
    row = build.make_round(session, panel, Phase.PROPOSING)
    page = client.get(f"/desk/rounds/{row.id}/phase/discussing").text
    assert "They can no longer" in page
    assert "send new ideas" in page
    client.post(f"/desk/rounds/{row.id}/phase/discussing", data={"words": "Read each other now.", "language": "en"})
    member = build.make_member(session, panel)
    phone = house.panel.test_client()
    phone.set_cookie("language", "en")
    sign_in(phone, member)
    text = phone.get(f"/rounds/{row.id}").text
    assert "Read each other now." in text
    assert "Step 3 of 7" in text


def test_a_phase_that_may_not_follow_is_refused(client, session, panel, moderator):
    row = build.make_round(session, panel, Phase.LISTENING)
    for target in ("following", "listening", "nonsense"):
        assert client.get(f"/desk/rounds/{row.id}/phase/{target}").status_code == 404
        assert client.post(f"/desk/rounds/{row.id}/phase/{target}", data={"language": "en"}).status_code == 409
    assert session.scalars(select(PhaseChange)).all() == []


def test_the_clock_never_changes_a_phase(session, panel):
    row = build.make_round(session, panel, Phase.LISTENING)
    assert all(step.ends_on < date(2030, 1, 1) for step in row.steps)
    assert queries.current_round(session, panel.id).phase is Phase.LISTENING


def test_two_moderators_at_once_change_the_phase_once(session, panel, house):
    from codesign.web.sessions import open_session

    one = build.make_moderator(session, panel)
    row = build.make_round(session, panel, Phase.LISTENING)
    other = open_session(house.settings)
    seen = queries.round_for(other, row.id, one.id)
    mine = queries.round_for(session, row.id, one.id)
    with writing(session):
        mine = queries.round_for(session, row.id, one.id)
        actions.change_phase(
            session, mine.round, mine.membership, target=Phase.PROPOSING, words="", language="en", now=build.NOW
        )
    stale, membership = seen.round, seen.membership
    other.expunge(stale)

    def again():
        with writing(other):
            other.add(stale)
            actions.change_phase(
                other, stale, membership, target=Phase.PROPOSING, words="", language="en", now=build.NOW
            )

    with pytest.raises(Refused) as error:
        again()
    other.close()
    assert error.value.reason is Reason.NOT_THE_NEXT_PHASE


def test_r31_a_member_starts_a_topic_that_reaches_a_vote_without_any_municipal_act(
    client, session, panel, house, sign_in
):
    member, other = build.make_member(session, panel), build.make_member(session, panel, Role.RESIDENT)
    sign_in(client, member)
    location = client.post(
        "/topics/new", data={"title": "Night buses", "why": "No bus after ten.", "language": "en"}
    ).location
    assert "Night buses" in client.get("/rounds").text
    phone = house.panel.test_client()
    phone.set_cookie("language", "en")
    sign_in(phone, other)
    phone.post(location + "/join", data={"join": "yes"})
    phone.post(location + "/join", data={"join": "yes"})
    assert "2 people" in phone.get(location).text
    desk = house.panel.test_client()
    desk.set_cookie("language", "en")
    sign_in(desk, build.make_moderator(session, panel))
    row = session.scalars(select(Round)).one()
    assert "2 members want it" in desk.get(f"/desk/rounds/{row.id}").text
    assert (
        desk.post(
            f"/desk/rounds/{row.id}/edit", data=DRAFT | {"title": "Night buses", "template": "unasked"}
        ).status_code
        == 303
    )
    for phase in ("listening", "proposing", "discussing", "voting"):
        assert desk.post(f"/desk/rounds/{row.id}/phase/{phase}", data={"language": "en"}).status_code == 303, phase
    session.rollback()
    row = session.scalars(select(Round)).one()
    assert (row.phase, row.asked, row.started_by) == (Phase.VOTING, False, member.id)
    assert session.scalars(select(TopicJoin)).all() == []


@pytest.mark.parametrize(
    "data",
    [
        {"title": "", "why": "x y z", "language": "en"},
        {"title": "x" * 121, "why": "x y z", "language": "en"},
        {"title": "Night buses", "why": "", "language": "en"},
        {"title": "Night buses", "why": "x" * 2001, "language": "en"},
        {"title": "Night buses", "why": "No bus", "language": "tlh"},
        {},
    ],
)
def test_a_topic_with_something_missing_is_kept_on_the_page_and_not_written(client, session, panel, sign_in, data):
    sign_in(client, build.make_member(session, panel))
    reply = client.post("/topics/new", data=data)
    assert reply.status_code == 422
    assert session.scalars(select(Round)).all() == []


def test_a_professional_starts_no_topic(client, session, panel, sign_in):
    sign_in(client, build.make_member(session, panel, Role.PROFESSIONAL))
    reply = client.post("/topics/new", data={"title": "Night buses", "why": "No bus after ten.", "language": "en"})
    assert reply.status_code == 403


def without_token(page):
    """The page without its token against forged requests, which holds the second in which it was made."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def test_rounds_of_another_panel_and_hidden_drafts_answer_like_rounds_that_do_not_exist(
    client, session, panel, sign_in
):
    sign_in(client, build.make_member(session, panel))
    foreign = build.make_round(session)
    hidden = build.make_round(session, panel, Phase.DRAFT)
    gone = client.get("/rounds/999999")
    for path in (f"/rounds/{foreign.id}", f"/rounds/{hidden.id}", f"/topics/{hidden.id}"):
        reply = client.get(path)
        assert reply.status_code == 404
        assert without_token(reply.text).replace(path, "") == without_token(gone.text).replace("/rounds/999999", "")
    assert client.post(f"/topics/{hidden.id}/join", data={"join": "yes"}).status_code == 404


def test_pages_of_another_panels_desk_are_the_same_404(client, session, panel, moderator):
    foreign = build.make_round(session)
    paths = [
        f"/desk/rounds/{foreign.id}",
        f"/desk/rounds/{foreign.id}/edit",
        f"/desk/rounds/{foreign.id}/phase/proposing",
        f"/desk/rounds/{foreign.id}/dates",
        f"/desk/rounds/{foreign.id}/gatherings",
        f"/desk/panels/{foreign.panel_id}",
        f"/desk/panels/{foreign.panel_id}/ties",
        f"/desk/panels/{foreign.panel_id}/journal",
        f"/desk/panels/{foreign.panel_id}/rounds/new",
        "/desk/rounds/999999",
        "/host",
        "/host/journal",
        "/rounds",
    ]
    for path in paths:
        assert client.get(path).status_code == 404, path


def test_who_left_knows_nothing_any_more(client, session, panel, sign_in):
    member, row = build.make_member(session, panel), build.make_round(session, panel)
    sign_in(client, member)
    assert client.get(f"/rounds/{row.id}").status_code == 200
    with writing(session):
        actions.leave_panel(session, queries.membership(session, member.id, panel.id), build.NOW)
    assert client.get(f"/rounds/{row.id}").status_code == 404


def test_every_phase_has_a_page_for_members_and_moderators(client, session, panel, moderator, house, sign_in):
    phone = house.panel.test_client()
    phone.set_cookie("language", "en")
    sign_in(phone, build.make_member(session, panel))
    for phase in Phase:
        row = build.make_round(session, panel, phase)
        assert client.get(f"/desk/rounds/{row.id}").status_code == 200
        if phase is not Phase.DRAFT:
            assert phone.get(f"/rounds/{row.id}").status_code == 200
        for target in NEXT[phase]:
            assert client.get(f"/desk/rounds/{row.id}/phase/{target.value}").status_code == 200


def test_dates_inform_and_must_be_in_order(client, session, panel, moderator):
    row = build.make_round(session, panel)
    days = {}
    for n, step in enumerate(row.steps):
        first = date(2026, 9, 1) + timedelta(days=7 * n)
        days |= {
            f"{step.phase.value}_from": first.isoformat(),
            f"{step.phase.value}_to": (first + timedelta(days=6)).isoformat(),
        }
    path = f"/desk/rounds/{row.id}/dates"
    assert client.get(path).status_code == 200
    assert client.post(path, data=days | {"listening_to": "2026-08-01"}).status_code == 422
    assert client.post(path, data=days | {"voting_from": "soon"}).status_code == 422
    assert client.post(path, data=days).status_code == 303
    session.expire_all()
    assert queries.current_round(session, panel.id).steps[0].starts_on == date(2026, 9, 1)


def test_the_electorate_is_newcomers_who_came_in_and_residents_are_apart(session, panel):
    came = build.make_member(session, panel)
    neighbour = build.make_member(session, panel, Role.RESIDENT)
    build.make_member(session, panel, Role.PROFESSIONAL)
    build.make_member(session, panel, pseudonym=None, pseudonym_folded=None)
    assert queries.electorate(session, panel.id, False) == [came.id]
    assert queries.electorate(session, panel.id, True) == [neighbour.id]


def test_lists_ask_the_database_the_same_whatever_their_length(
    client, session, panel, moderator, queries, house, sign_in
):
    phone = house.panel.test_client()
    phone.set_cookie("language", "en")
    sign_in(phone, build.make_member(session, panel))
    phone.get("/sign-in"), client.get("/sign-in")
    for rows in (1, 3):
        for _row in range(rows):
            build.make_round(session, panel)
            build.make_round(session, panel, Phase.DRAFT, started_by=moderator.id)
        with queries() as q:
            phone.get("/rounds")
        assert q.count == 4
        with queries() as q:
            client.get(f"/desk/panels/{panel.id}")
        assert q.count <= 11
        asked = q.count
        with queries() as q:
            client.get(f"/desk/panels/{panel.id}")
        assert q.count == asked


def test_the_desk_of_a_round_asks_at_most_fifteen_times_whatever_the_panel_holds(
    client, session, panel, moderator, queries
):
    row = build.make_round(session, panel)
    counts = []
    for members in (1, 3):
        for _member in range(members):
            build.make_member(session, panel)
        with queries() as q:
            client.get(f"/desk/rounds/{row.id}")
        counts.append(q.count)
    assert counts[0] == counts[1] <= 15
