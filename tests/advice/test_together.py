"""Members who write along in one part, notes in the margin, and what of it stays when somebody leaves."""

from __future__ import annotations

import build
import pytest
import time_machine
from sqlalchemy import select

from codesign.advice import composing, queries, quoting
from codesign.advice.domain import fingerprint
from codesign.advice.models import AdviceVersion, Coauthor, MarginNote
from codesign.advice.values import Words
from codesign.db import writing
from codesign.rules.permissions import Reason, Refused

pytestmark = pytest.mark.pages


def text(reply):
    return " ".join(reply.get_data(as_text=True).split())


@pytest.fixture
def desk(client, sign_in, drafted):
    with time_machine.travel(drafted.now, tick=False):
        yield sign_in(client, drafted.moderator)


@pytest.fixture
def member(drafted, panel_app, sign_in):
    """The first member in her own browser."""
    browser = panel_app.test_client()
    browser.set_cookie("language", "en")
    with time_machine.travel(drafted.now, tick=False):
        yield sign_in(browser, drafted.members[0])


def invite(desk, drafted, place="we_do", person=None):
    url = f"/desk/advice/{drafted.advice_id}/together/{place}"
    return desk.post(f"{url}/invite", data={"id": str((person or drafted.members[0]).id)})


def test_a_member_writes_the_part_she_was_asked_for_and_sees_no_other(desk, member, drafted, session):
    url = f"/advice/{drafted.advice_id}/write"
    assert member.get(f"{url}/we_do").status_code == 404
    assert invite(desk, drafted).status_code == 303
    assert "A moderator asks you to write a part" in text(member.get("/"))
    assert "What we do" in text(member.get("/advice"))
    page = text(member.get(f"{url}/we_do"))
    assert "We open our kitchen." in page
    assert "The welcome visit." not in page
    assert "Invite a street contact" not in page
    assert member.get(f"{url}/goes_well").status_code == 404
    assert member.get(f"/desk/advice/{drafted.advice_id}/parts/we_do").status_code == 404
    base = "We open our kitchen."
    data = {"we_do": "We open two kitchens.", "seen_we_do": fingerprint(base), "base_we_do": base}
    kept = member.post(f"{url}/we_do/keep", data=data, headers={"HX-Request": "true"})
    assert 'data-said="Saved."' in text(kept)
    late = desk.post(f"/desk/advice/{drafted.advice_id}/parts/we_do", data=data | {"we_do": "We open three."})
    assert late.status_code == 422
    assert member.post(f"{url}/we_do", data=data).status_code == 303
    assert drafted.members[0].pseudonym in text(desk.get(f"/desk/advice/{drafted.advice_id}/versions/we_do"))
    session.rollback()
    session.expire_all()
    assert composing.content(session, drafted.view()).text(Words.WE_DO) == "We open two kitchens."


def test_she_writes_the_words_of_one_recommendation(desk, member, drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    place = f"recommendation-{row.id}"
    session.rollback()
    invite(desk, drafted, place)
    url = f"/advice/{drafted.advice_id}/write/{place}"
    assert "Ask one person in every street." in text(member.get(url))
    data = {"title": row.title, "what": "Ask two.", "notice": "Tea.", "version": str(row.version)}
    assert member.post(url, data=data).status_code == 303
    assert member.post(url, data=data | {"what": "Ask nine."}).status_code == 422
    session.rollback()
    session.expire_all()
    found = queries.recommendations_with_actors(session, drafted.advice_id)[0]
    assert (found.what, found.notice, found.cost_class) == ("Ask two.", "Tea.", 1)
    assert [a.name for a in found.actors] == ["College"]


def test_only_a_moderator_invites_and_only_members(desk, member, drafted, session):
    with writing(session):
        stranger = build.make_person(session)
    assert invite(desk, drafted, person=stranger).status_code == 404
    assert invite(desk, drafted, place="cover").status_code == 404
    assert invite(member, drafted).status_code == 404
    assert invite(desk, drafted).status_code == 303
    assert invite(desk, drafted).status_code == 303
    session.rollback()
    assert len(session.scalars(select(Coauthor)).all()) == 1


def test_notes_are_read_by_those_who_write_the_part_and_can_be_dealt_with(desk, member, drafted, session):
    invite(desk, drafted)
    mine, theirs = f"/advice/{drafted.advice_id}/write/we_do", f"/desk/advice/{drafted.advice_id}/together/we_do"
    assert desk.post(f"{theirs}/note", data={"body": "Is this <i>enough</i>?"}).status_code == 303
    assert "Is this &lt;i&gt;enough&lt;/i&gt;?" in text(member.get(mine))
    assert member.post(f"{mine}/note", data={"body": " "}).status_code == 422
    assert member.post(f"{mine}/note", data={"body": "Two evenings."}).status_code == 303
    session.rollback()
    first = session.scalars(select(MarginNote).order_by(MarginNote.id)).first()
    assert member.post(f"{mine}/resolve", data={"id": str(first.id)}).status_code == 303
    assert "Dealt with." in text(desk.get(theirs))
    assert desk.post(f"{theirs}/resolve", data={"id": "999999"}).status_code == 404
    assert "Is this" not in text(desk.get(f"/desk/advice/{drafted.advice_id}/preview"))


def test_nobody_writes_along_once_the_panel_has_the_text(desk, member, drafted):
    invite(desk, drafted)
    drafted.give()
    url = f"/advice/{drafted.advice_id}/write/we_do"
    assert "The panel has the text now." in text(member.get(url))
    assert member.post(f"{url}/note", data={"body": "Late"}).status_code in {403, 409}
    assert invite(desk, drafted, person=drafted.members[1]).status_code in {403, 409}


def test_who_stops_or_erases_herself_leaves_the_text_and_takes_her_versions(desk, member, drafted, session):
    invite(desk, drafted)
    invite(desk, drafted, person=drafted.members[1])
    url = f"/advice/{drafted.advice_id}/write/we_do"
    base = "We open our kitchen."
    member.post(url, data={"we_do": "Mine now.", "seen_we_do": fingerprint(base), "base_we_do": base})
    member.post(f"{url}/note", data={"body": "Mine too."})
    assert member.post(f"{url}/stop").status_code == 303
    assert member.get(url).status_code == 404
    with writing(session):
        quoting.erase_posts(session, drafted.members[0].id, drafted.now)
    session.expire_all()
    left = session.scalars(select(AdviceVersion).where(AdviceVersion.saved_by == drafted.members[0].id)).all()
    assert [v.content for v in left] == [{}]
    assert session.scalars(select(MarginNote)).all() == []
    assert composing.content(session, drafted.view()).text(Words.WE_DO) == "Mine now."
    session.rollback()
    assert desk.get(f"/desk/advice/{drafted.advice_id}/versions/we_do").status_code == 200
    with writing(session):
        quoting.erase_round(session, drafted.round.id)
    assert session.scalars(select(AdviceVersion).where(AdviceVersion.advice_id == drafted.advice_id)).all() == []


def test_the_rules_say_who_writes_along(drafted, session):
    from codesign.advice import actions
    from codesign.advice.coauthor_queries import coauthor_view

    assert coauthor_view(session, drafted.advice_id, drafted.members[0].id, "we_do") is None
    with pytest.raises(Refused) as refused, drafted.write():
        from codesign.advice import coauthoring

        coauthoring.invite(session, drafted.view(), "we_do", drafted.members[0].id, now=drafted.now)
        view = coauthor_view(session, drafted.advice_id, drafted.members[0].id, "we_do")
        actions.save_words(session, view, {(Words.GOES_WELL, ""): ("x", fingerprint("y"))}, now=drafted.now)
    assert refused.value.reason is Reason.NOT_YOURS
