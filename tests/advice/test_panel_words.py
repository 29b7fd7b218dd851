"""Before the vote: "this is what we meant" or "not yet", told in counts; and other views that no moderator changes."""

from __future__ import annotations

import json

import pytest
import time_machine
from sqlalchemy import select

from codesign.advice import composing, meaning_queries, queries, sending
from codesign.advice.domain import Missing, blocks, fingerprint
from codesign.advice.models import Meaning, OtherView
from codesign.advice.values import Words
from codesign.db import writing

pytestmark = pytest.mark.pages


def text(reply):
    return " ".join(reply.get_data(as_text=True).split())


@pytest.fixture
def browser(panel_app, sign_in, drafted):
    """A browser of anybody, at the time of the world."""
    with time_machine.travel(drafted.now, tick=False):

        def go(person):
            made = panel_app.test_client()
            made.set_cookie("language", "en")
            return sign_in(made, person)

        yield go


def test_members_say_what_was_meant_and_only_counts_are_told(browser, drafted, session):
    drafted.give()
    number = queries.recommendations(session, drafted.advice_id)[0].id
    session.rollback()
    url, page = f"/advice/{drafted.advice_id}/meant/{number}", f"/advice/{drafted.advice_id}"
    people = drafted.members
    assert browser(people[0]).post(url, data={"answer": "yes"}).status_code == 303
    empty = browser(people[1]).post(url, data={f"r{number}-because": " "})
    assert empty.status_code == 422
    assert "Fill this in first" in text(empty)
    for why in ("Who pays?", "Too <i>late</i>"):
        assert browser(people[1]).post(url, data={f"r{number}-because": why}).status_code == 303
    mine = text(browser(people[1]).get(page))
    assert "1 member says: this is what we meant." in mine
    assert "1 says: not yet." in mine
    assert "Too &lt;i&gt;late&lt;/i&gt;" in mine
    assert "You said: not yet" in mine
    desk = text(browser(drafted.moderator).get(f"/desk/advice/{drafted.advice_id}"))
    assert "What members say of each point" in desk
    assert people[1].pseudonym not in desk
    assert browser(drafted.moderator).post(url, data={"answer": "yes"}).status_code in {403, 404}
    assert (
        browser(people[0]).post(f"/advice/{drafted.advice_id}/meant/999999", data={"answer": "yes"}).status_code == 404
    )
    session.rollback()
    assert len(session.scalars(select(Meaning)).all()) == 2
    assert set(meaning_queries.said_of(session, drafted.advice_id, None)[number].__dict__) == {
        "meant",
        "not_yet",
        "why",
        "mine",
        "because",
    }


def test_nobody_says_it_before_the_panel_has_the_text(browser, drafted, session):
    number = queries.recommendations(session, drafted.advice_id)[0].id
    session.rollback()
    reply = browser(drafted.members[0]).post(f"/advice/{drafted.advice_id}/meant/{number}", data={"answer": "yes"})
    assert reply.status_code == 404


def write(browser, person, drafted, number, **more):
    data = {"title": "Women first", "own_words": "نساء", "text": "Groups for women first.", "ready": "y"} | more
    return browser(person).post(f"/advice/{drafted.advice_id}/other-views/{number}", data=data)


def test_members_write_another_view_together_and_no_moderator_changes_it(browser, drafted, session):
    first, other, third = drafted.members[:3]
    url = f"/advice/{drafted.advice_id}/other-views"
    assert browser(first).get(url).status_code == 200
    made = browser(first).post(url, data={"title": "Women first"})
    assert made.status_code == 303
    session.rollback()
    number = session.scalars(select(OtherView.id)).one()
    assert write(browser, other, drafted, number).status_code == 404
    assert browser(other).post(f"{url}/{number}/join").status_code == 303
    assert other.pseudonym in text(browser(first).get(f"{url}/{number}"))
    assert browser(third).get(f"{url}/{number}").status_code == 404
    late = write(browser, other, drafted, number, text="")
    assert late.status_code == 422
    assert "Write it in the language of the advice first" in text(late)
    assert write(browser, other, drafted, number).status_code == 303
    moderator = browser(drafted.moderator)
    assert moderator.get(url).status_code == 404
    assert moderator.post(f"{url}/{number}", data={"text": "x"}).status_code == 404
    here = f"/desk/advice/{drafted.advice_id}/parts/other_views"
    assert "Groups for women first." in text(moderator.get(here))
    was = "Some want groups of women first."
    assert moderator.post(here, data={"other_views": "", "seen_other_views": fingerprint(was)}).status_code == 303
    session.rollback()
    session.expire_all()
    content = composing.content(session, drafted.view())
    assert content.text(Words.OTHER_VIEWS) == "Groups for women first."
    assert Missing.OTHER_VIEWS not in {b.what for b in blocks(content)}


def test_another_view_is_in_what_the_panel_adopts_and_what_is_sent(browser, drafted, session):
    first = drafted.members[0]
    url = f"/advice/{drafted.advice_id}/other-views"
    browser(first).post(url, data={"title": "Women first"})
    session.rollback()
    number = session.scalars(select(OtherView.id)).one()
    session.rollback()
    assert write(browser, first, drafted, number).status_code == 303
    drafted.give()
    ballot = drafted.open_vote()
    assert write(browser, first, drafted, number, text="Otherwise.").status_code in {403, 409}
    drafted.cast(ballot, {"adopt": 9, "send_back": 1})
    drafted.settle(ballot)
    with drafted.write():
        sending.send_advice(session, drafted.view(), now=drafted.now)
    sent = json.loads(queries.sent(session, drafted.advice_id).payload)
    assert sent["other_views"]["text"].endswith("Groups for women first.")
    assert "نساء" not in json.dumps(sent, ensure_ascii=False)


def test_a_view_that_everybody_left_goes_unless_it_stands_in_the_advice(browser, drafted, session):
    first = drafted.members[0]
    url = f"/advice/{drafted.advice_id}/other-views"
    browser(first).post(url, data={"title": "Women first"})
    session.rollback()
    number = session.scalars(select(OtherView.id)).one()
    session.rollback()
    assert browser(first).post(f"{url}/{number}/leave").status_code == 303
    assert session.scalars(select(OtherView)).all() == []
    with writing(session):
        pass
