"""The moderator's pages: prepare from ideas, check, open, count after the deadline, make void."""

from __future__ import annotations

import re

import build
import pytest

from codesign.db import writing
from codesign.rules.words import WordState
from codesign.voting import keys, queries
from codesign.voting.domain import Opening, State
from codesign.voting.models import Ballot
from codesign.web.clock import now
from voting.desks import ballot_id, clock, form_of, make_idea, prepare

pytestmark = pytest.mark.pages


def test_prepare_change_open_and_see_no_count(desk, session, house):
    client, round_, ideas, _moderator, members = desk
    assert "Idea number 1" in client.get(f"/desk/rounds/{round_.id}/votes/new").text
    number = ballot_id(prepare(client, round_, ideas[:2]))
    page = client.get(f"/desk/votes/{number}")
    assert "We meet every week." in page.text
    data = form_of(page, f"/desk/votes/{number}") | {"max_choices": "2"}
    data |= {"options-0-title": "Coffee together", "options-2-title": "My own option"}
    saved = client.post(f"/desk/votes/{number}", data=data)
    assert saved.status_code == 303
    found = queries.with_options(session, number)
    assert [o.title for o in found.options] == ["Coffee together", "Idea number 0", "My own option"]
    assert [o.proposal_id is None for o in found.options] == [False, False, True]
    early = client.post(f"/desk/votes/{number}/open", data={"sure": "y"})
    assert early.status_code == 409  # the round does not vote yet
    desk.vote_now()
    unseen = client.post(f"/desk/votes/{number}/open", data={"sure": "y"})
    assert unseen.status_code == 409
    assert "A second person checks the vote first." in unseen.text
    desk.check(number)
    unsure = client.post(f"/desk/votes/{number}/open", data={})
    assert unsure.status_code == 422
    assert "After opening nothing can be changed." in unsure.text
    assert client.post(f"/desk/votes/{number}/open", data={"sure": "y"}).status_code == 303
    page = client.get(f"/desk/votes/{number}")
    assert "How many voted, and who, nobody sees before the end." in page.text
    assert "5 people can vote." in page.text
    ballot = session.get(Ballot, number, populate_existing=True)
    opening = Opening.read(ballot.opening)
    assert {o.proposal_id for o in opening.options} <= {ideas[0].id, ideas[1].id, None}
    assert (opening.max_choices, opening.electorate) == (2, len(members))
    again = client.post(f"/desk/votes/{number}", data=data)
    assert again.status_code in {409, 422}


def test_an_idea_taken_off_or_hidden_later_changes_nothing_that_is_open(desk, session):
    client, round_, ideas, _moderator, _members = desk
    number = ballot_id(prepare(client, round_, ideas))
    page = client.get(f"/desk/votes/{number}")
    data = form_of(page) | {"options-0-off": "y", "max_choices": "2"}
    assert client.post(f"/desk/votes/{number}", data=data).status_code == 303
    assert len(queries.with_options(session, number).options) == 2
    desk.open(number)
    with writing(session):
        for idea in ideas:
            idea.state, idea.title = WordState.HIDDEN, "changed"
            session.add(idea)
    session.rollback()
    opening = Opening.read(session.get(Ballot, number, populate_existing=True).opening)
    assert not any(o.title == "changed" for o in opening.options)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"question": ""}, "Fill this in first."),
        ({"question": "x" * 400}, "letters too long"),
        ({"ideas": []}, "A vote needs 2 to 20 options."),
        ({"ideas": ["999999"]}, "Choose one of these."),
        ({"ideas": ["abc"]}, "Choose one of these."),
        ({"deadline": ""}, "Fill this in first."),
        ({"deadline": "next week"}, "Write the date and time"),
        ({"deadline": "2020-01-01T10:00"}, "The vote must end later than now."),
        ({"deadline": "0001-01-01T10:00"}, "Choose another day."),
        ({"deadline": "2027-03-28T02:30"}, "That time does not exist."),
        ({"deadline": "2027-10-31T02:30"}, "That time comes twice."),
        ({"method": "loudest"}, "Choose one of these."),
        ({"method": "yes_no"}, "Choose exactly one."),
        ({"language": "xx"}, "Choose one of these."),
    ],
)
def test_a_bad_form_says_what_and_keeps_the_rest(desk, session, more, sentence):
    client, round_, ideas, _moderator, _members = desk
    reply = prepare(client, round_, ideas, **more)
    assert reply.status_code == 422
    assert sentence in reply.text, re.findall(r'class="bad.*?</p>', reply.text, re.S)
    if "question" not in more:
        assert "What comes first here?" in reply.text
    assert queries.ballots_of(session, round_.id, prepared=True) == []


def test_an_idea_of_another_panel_cannot_be_slipped_in(desk, session):
    client, round_, ideas, _moderator, _members = desk
    with writing(session):
        other = build.make_panel(session)
        foreign = make_idea(session, build.make_round(session, other), build.make_member(session, other), "Foreign")
    assert prepare(client, round_, [*ideas, foreign]).status_code == 422
    number = ballot_id(prepare(client, round_, ideas))
    page = client.get(f"/desk/votes/{number}")
    data = form_of(page)
    data |= {"options-0-proposal": str(foreign.id), "options-1-proposal": "9" * 20, "options-2-proposal": "<x>"}
    client.post(f"/desk/votes/{number}", data=data)
    session.rollback()
    assert [o.proposal_id for o in queries.with_options(session, number).options] == [None, None, None]


def test_only_moderators_of_the_panel_come_here(desk, house, sign_in, session):
    client, round_, ideas, _moderator, members = desk
    number = ballot_id(prepare(client, round_, ideas))
    with writing(session):
        other = build.make_moderator(session, build.make_panel(session))
        host = build.make_host(session)
    for person in (members[0], other, host):
        stranger = sign_in(house.panel.test_client(), person)
        for path in (f"/desk/rounds/{round_.id}/votes", f"/desk/rounds/{round_.id}/votes/new", f"/desk/votes/{number}"):
            assert stranger.get(path).status_code == 404
        for path in ("", "/ask", "/check", "/not-yet", "/open", "/extend", "/remind", "/close", "/void"):
            reply = stranger.post(f"/desk/votes/{number}{path}", data={"sure": "y", "reason": "Because I say so."})
            assert reply.status_code == 404
    anybody = house.panel.test_client()
    assert anybody.get(f"/desk/votes/{number}").status_code == 303
    assert session.get(Ballot, number, populate_existing=True).state is State.PREPARED


def test_a_moderator_has_no_vote(world, client, sign_in):
    w = world(now=now())
    sign_in(client, w.moderator)
    assert client.get(f"/vote/{w.ballot.id}").status_code == 404
    assert client.post(f"/vote/{w.ballot.id}", data={"step": "cast", "o": ["o1"], "code": w.fresh()}).status_code == 404


def test_void_needs_a_reason_that_is_kept(world, client, sign_in):
    w = world(now=now())
    sign_in(client, w.moderator)
    short = client.post(f"/desk/votes/{w.ballot.id}/void", data={"reason": "no"})
    assert short.status_code == 422
    assert "Write a little more." in short.text
    assert client.post(f"/desk/votes/{w.ballot.id}/void", data={"reason": "An option was missing."}).status_code == 303
    assert "An option was missing." in client.get(f"/desk/votes/{w.ballot.id}").text
    assert w.again().state is State.VOID


def test_nobody_closes_before_the_deadline_and_afterwards_once(world, client, sign_in, monkeypatch):
    w = world(now=now())
    w.cast(w.members[0], "o1", now=now())
    sign_in(client, w.moderator)
    early = client.post(f"/desk/votes/{w.ballot.id}/close")
    assert early.status_code == 409
    assert "Nobody closes it before." in early.text
    clock(monkeypatch, w.end)
    assert "Count it now" in client.get(f"/desk/votes/{w.ballot.id}").text
    for _ in range(2):
        assert client.post(f"/desk/votes/{w.ballot.id}/close").status_code == 303
    assert w.again().state is State.CLOSED


def test_gone_keys_are_said_in_plain_words(world, client, sign_in, monkeypatch):
    w = world(now=now())
    keys.destroy(w.key_folder, w.ballot.id)
    sign_in(client, w.moderator)
    assert "The keys of this vote are gone." in client.get(f"/desk/votes/{w.ballot.id}").text
    assert "A vote is broken" in client.get(f"/desk/rounds/{w.round.id}").text
    clock(monkeypatch, w.end)
    reply = client.post(f"/desk/votes/{w.ballot.id}/close")
    assert reply.status_code == 409
    assert "The keys of this vote are gone." in reply.text


def test_the_phase_does_not_change_under_an_open_ballot(world, client, sign_in):
    w = world(now=now())
    from codesign.panels.hooks import hooks

    facts = {}
    for hook in hooks(client.application).phase_facts:
        facts |= hook(w.session, w.round)
    assert facts["ballot_running"] is True
