"""The moderator's pages: prepare from ideas, check, open, count after the deadline, make void."""

from __future__ import annotations

import re
from datetime import date, timedelta

import build
import pytest

from codesign.db import writing
from codesign.proposals.models import Proposal, ProposalDomain
from codesign.rules.phases import Phase
from codesign.rules.words import WordState
from codesign.voting import keys, queries
from codesign.voting.domain import Opening, State
from codesign.voting.models import Ballot
from codesign.web.clock import now


def make_idea(session, round_, author, title, body="We meet every week. Everybody can come.", **more):
    values = {"state": WordState.PUBLISHED, "language": "en", "themes": "BRI", "picture": ["coffee"]} | more
    idea = Proposal(
        round_id=round_.id, author_id=author.id, title=title, body=body, framework="0.1", held_for=[],
        form_key=title[:36], created_on=date(2026, 6, 1), **values,
    )  # fmt: skip
    session.add(idea)
    session.flush()
    session.add(ProposalDomain(proposal_id=idea.id, code="BRI"))
    return idea


@pytest.fixture
def desk(house, session, client, sign_in):
    """A round in discussion, its moderator at the desk: (client, round, ideas, moderator, members)."""
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, Phase.DISCUSSING)
        moderator = build.make_moderator(session, panel)
        members = [build.make_member(session, panel) for _ in range(5)]
        ideas = [make_idea(session, round_, members[0], f"Idea number {i}") for i in range(3)]
    sign_in(client, moderator)
    return client, round_, ideas, moderator, members


def until(days=7):
    return (now() + timedelta(days=days)).strftime("%Y-%m-%dT18:00")


def prepare(client, round_, picked, **more):
    data = {"question": "What comes first here?", "language": "en", "deadline": until()}
    data["ideas"] = [i.id for i in picked]
    return client.post(f"/desk/rounds/{round_.id}/votes/new", data=data | more)


def ballot_id(reply):
    return int(re.search(r"/desk/votes/(\d+)$", reply.location)[1])


def form_of(page):
    """What the page's first form would send."""
    data = {}
    for tag in re.findall(r"<(?:input|option|select)[^>]*>", page.text):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if tag.startswith("<select"):
            select = name[1]
        elif tag.startswith("<option"):
            if " selected" in tag or select not in data:
                data[select] = value[1]
        elif name and "checkbox" in tag:
            if " checked" in tag:
                data[name[1]] = "y"
        elif name and name[1] not in data:
            data[name[1]] = value[1] if value else ""
    return data


def test_prepare_change_open_and_see_no_count(desk, session, house):
    client, round_, ideas, _moderator, members = desk
    assert "Idea number 1" in client.get(f"/desk/rounds/{round_.id}/votes/new").text
    number = ballot_id(prepare(client, round_, ideas[:2]))
    page = client.get(f"/desk/votes/{number}")
    assert "We meet every week." in page.text
    data = form_of(page) | {"max_choices": "2"}
    data |= {"options-0-title": "Coffee together", "options-2-title": "My own option"}
    saved = client.post(f"/desk/votes/{number}", data=data)
    assert saved.status_code == 303
    found = queries.with_options(session, number)
    assert [o.title for o in found.options] == ["Coffee together", "Idea number 0", "My own option"]
    assert [o.proposal_id is None for o in found.options] == [False, False, True]
    early = client.post(f"/desk/votes/{number}/open", data={"sure": "y"})
    assert early.status_code == 409  # the round does not vote yet
    with writing(session):
        round_.phase = Phase.VOTING
        session.add(round_)
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
    with writing(session):
        round_.phase = Phase.VOTING
        session.add(round_)
    client.post(f"/desk/votes/{number}/open", data={"sure": "y"})
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
        ({"deadline": "2027-03-28T02:30"}, "The clock changes in that hour."),
        ({"deadline": "2027-10-31T02:30"}, "The clock changes in that hour."),
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
        for path in ("", "/open", "/close", "/void"):
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
    monkeypatch.setattr("codesign.voting.desk.now", lambda: w.end)
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
    monkeypatch.setattr("codesign.voting.desk.now", lambda: w.end)
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
