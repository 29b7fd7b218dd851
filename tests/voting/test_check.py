"""The second person: another moderator, or the one member who is asked; a change makes a vote unchecked again."""

from __future__ import annotations

import build
import pytest
from sqlalchemy import select

from codesign.db import writing
from codesign.journal.models import VoicesEntry
from codesign.panels.models import Membership
from codesign.panels.queries import membership
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting import preparing, queries
from codesign.voting.models import Ballot
from codesign.web.clock import now
from voting.desks import find_right, form_of, say_right

pytestmark = pytest.mark.pages


def stored(desk, number):
    desk.session.rollback()
    return desk.session.get(Ballot, number, populate_existing=True)


@pytest.fixture
def asked(desk, house, sign_in):
    """A vote of two ideas, and the first member, who is asked to look at it: (number, her browser)."""
    number = desk.prepare(desk.ideas[:2], method="ranked")
    desk.client.post(f"/desk/votes/{number}/ask", data={"person": desk.members[0].id})
    browser = house.panel.test_client()
    browser.set_cookie("language", "en")
    return number, sign_in(browser, desk.members[0])


def test_who_changed_it_last_does_not_check_it(desk, house, sign_in):
    number = desk.prepare()
    mine = desk.client.get(f"/desk/votes/{number}")
    assert "You changed it last." in mine.text
    assert f"/desk/votes/{number}/check" not in mine.text
    own = desk.client.post(f"/desk/votes/{number}/check", data={"right": "y"})
    assert own.status_code == 403
    assert "Nobody decides about themselves." in own.text
    other = sign_in(house.panel.test_client(), desk.second)
    other.set_cookie("language", "en")
    unread = other.post(f"/desk/votes/{number}/check", data={})
    assert unread.status_code == 422
    assert "Read it first. Then tick this." in unread.text
    assert find_right(other, number).status_code == 303
    page = desk.client.get(f"/desk/votes/{number}")
    assert desk.second.name in page.text
    assert stored(desk, number).checked_by_id == desk.second.id
    # The second one changes something: now it is the first one's turn.
    action = f"/desk/votes/{number}"
    assert other.post(action, data=form_of(other.get(action), action)).status_code == 303
    assert stored(desk, number).checked_at is None
    assert other.post(f"/desk/votes/{number}/check", data={"right": "y"}).status_code == 403
    assert find_right(desk.client, number).status_code == 303


def test_unchecked_it_does_not_open_and_says_why(desk):
    number = desk.prepare()
    desk.vote_now()
    page = desk.client.get(f"/desk/votes/{number}")
    assert "A second person checks the vote first." in page.text
    reply = desk.client.post(f"/desk/votes/{number}/open", data={"sure": "y"})
    assert reply.status_code == 409
    assert "A second person checks the vote first." in reply.text
    assert stored(desk, number).opened_at is None


def test_the_asked_member_finds_it_on_home_reads_it_as_it_will_look_and_says_yes(desk, asked):
    number, browser = asked
    home = browser.get("/", follow_redirects=True)
    assert "Look at a vote first" in home.text
    assert f"/vote/{number}/check" in home.text
    page = browser.get(f"/vote/{number}/check")
    assert "What comes first here?" in page.text
    assert "Idea number 1" in page.text
    assert 'data-choose="ranked"' in page.text  # the very form
    before = browser.post(f"/vote/{number}", data={"step": "cast", "o": ["o1:1"], "code": "1" * 12})
    assert before.status_code == 404  # not open, and not known
    assert say_right(browser, number).status_code == 303
    assert stored(desk, number).checked_by_id == desk.members[0].id
    assert "Look at a vote first" not in browser.get("/", follow_redirects=True).text
    assert "You found it right." in browser.get(f"/vote/{number}/check").text
    assert desk.members[0].pseudonym in desk.client.get(f"/desk/votes/{number}").text
    desk.vote_now()
    assert desk.client.post(f"/desk/votes/{number}/open", data={"sure": "y"}).status_code == 303
    assert browser.get(f"/vote/{number}/check").status_code == 404
    assert browser.get(f"/vote/{number}").status_code == 200


def test_not_yet_and_why_is_read_by_the_moderators_and_asked_again_after_a_change(desk, asked):
    number, browser = asked
    empty = browser.post(f"/vote/{number}/check/not-yet", data={"note": ""})
    assert empty.status_code == 422
    words = "The word “bureau” is not clear."
    assert browser.post(f"/vote/{number}/check/not-yet", data={"note": words}).status_code == 303
    assert words in browser.get(f"/vote/{number}/check").text
    assert "Look at a vote first" not in browser.get("/", follow_redirects=True).text
    assert words in desk.client.get(f"/desk/votes/{number}").text
    waiting = desk.client.get(f"/desk/rounds/{desk.round.id}").text
    assert "A vote is not right yet" in waiting
    desk.vote_now()
    assert desk.client.post(f"/desk/votes/{number}/open", data={"sure": "y"}).status_code == 409
    action = f"/desk/votes/{number}"
    desk.client.post(action, data=form_of(desk.client.get(action), action) | {"question": "What comes first, then?"})
    assert stored(desk, number).check_note == ""
    assert "Look at a vote first" in browser.get("/", follow_redirects=True).text
    # A yes can become a not yet, as long as it is not open.
    assert say_right(browser, number).status_code == 303
    assert browser.post(f"/vote/{number}/check/not-yet", data={"note": "Wait, the date."}).status_code == 303
    assert stored(desk, number).checked_at is None


def test_exactly_the_asked_member_knows_of_it(desk, asked, house, sign_in, session):
    number, _browser = asked
    with writing(session):
        stranger = build.make_member(session, build.make_panel(session))
        resident = build.make_member(session, _panel(desk), Role.RESIDENT)
    nothing = house.panel.test_client()
    for person in (desk.members[1], stranger, resident, desk.moderator):
        other = sign_in(house.panel.test_client(), person)
        for path in ("check", "check/right", "check/not-yet"):
            method = other.get if path == "check" else other.post
            assert method(f"/vote/{number}/{path}").status_code in {403, 404}, (path, person)
        assert other.get(f"/vote/{number}").status_code == 404
    assert nothing.get(f"/vote/{number}/check").status_code == 303
    assert stored(desk, number).checked_at is None
    # Asking somebody else takes it away from the first.
    desk.client.post(f"/desk/votes/{number}/ask", data={"person": desk.members[1].id})
    assert _browser.get(f"/vote/{number}/check").status_code == 404
    with writing(session):
        mine = session.scalar(select(Membership).where(Membership.person_id == desk.members[1].id))
        mine.left_at = now()
    gone = sign_in(house.panel.test_client(), desk.members[1])
    assert gone.get(f"/vote/{number}/check").status_code in {303, 404}


def _panel(desk):
    from codesign.panels.models import Panel

    return desk.session.get(Panel, desk.round.panel_id)


def test_only_members_of_this_panel_who_may_look_can_be_asked(desk, session):
    number = desk.prepare()
    with writing(session):
        stranger = build.make_member(session, build.make_panel(session))
        professional = build.make_member(session, _panel(desk), Role.PROFESSIONAL)
    for person in (stranger, professional, desk.second):
        reply = desk.client.post(f"/desk/votes/{number}/ask", data={"person": person.id})
        assert reply.status_code == 422
        assert "Choose one of these." in reply.text
    assert desk.client.post(f"/desk/votes/{number}/ask", data={"person": "x"}).status_code == 422
    assert stored(desk, number).checker_id is None
    with pytest.raises(LookupError), writing(session):
        by = membership(session, desk.moderator.id, desk.round.panel_id)
        ballot = queries.with_options(session, number)
        preparing.ask_to_check(session, ballot, desk.round, by, professional.id, now=now())


def test_a_member_who_was_not_asked_is_refused_by_the_action_too(desk, session):
    number = desk.prepare()
    with pytest.raises(Refused) as error, writing(session):
        by = membership(session, desk.members[2].id, desk.round.panel_id)
        preparing.check_ballot(session, queries.with_options(session, number), desk.round, by, now=now())
    assert error.value.reason is Reason.NOT_YOURS


def test_each_look_stands_in_the_journal_by_numbers_only(desk, asked, session):
    number, browser = asked
    browser.post(f"/vote/{number}/check/not-yet", data={"note": "Secret words."})
    say_right(browser, number)
    rows = session.scalars(select(VoicesEntry).where(VoicesEntry.what_id == str(number))).all()
    verbs = [r.verb for r in rows if r.what == "ballot"]
    assert verbs == ["prepare_ballot", "ask_to_check", "say_not_yet", "check_ballot"]
    assert not any("Secret" in str(vars(r)) for r in rows)


def test_what_waits_for_the_moderators_follows_the_vote(desk, house, sign_in):
    def words(browser=desk.client):
        return browser.get(f"/desk/rounds/{desk.round.id}").text

    number = desk.prepare()
    assert "A vote waits for a second look" in words()
    assert "Ask another moderator or a member." in words()
    other = sign_in(house.panel.test_client(), desk.second)
    other.set_cookie("language", "en")
    assert "Is it right? Look at it before it opens." in words(other)
    desk.check(number)
    assert "A vote waits for a second look" not in words()
    assert "A vote is ready" not in words()  # the round does not vote yet
    desk.vote_now()
    assert "A vote is ready" in words()
    assert desk.round.phase is Phase.VOTING


def test_the_words_of_an_erased_member_are_gone(desk, asked, session):
    number, browser = asked
    browser.post(f"/vote/{number}/check/not-yet", data={"note": "My own words."})
    assert browser.post("/my-data/erase", data={"sure": "yes"}).status_code == 303
    found = stored(desk, number)
    assert (found.checker_id, found.check_note, found.check_language) == (None, "", "")
    assert "My own words." not in desk.client.get(f"/desk/votes/{number}").text


@pytest.mark.sqlite_only
def test_the_pages_of_one_vote_stay_within_ten_statements(desk, asked, request):
    number, browser = asked
    count = request.getfixturevalue("queries")
    with count() as q:
        desk.client.get(f"/desk/votes/{number}")
    assert q.count == 7, q.statements
    with count() as q:
        browser.get(f"/vote/{number}/check")
    assert q.count == 3, q.statements
    desk.open(number)
    with count() as q:
        desk.client.get(f"/desk/votes/{number}")
    assert q.count == 5, q.statements
