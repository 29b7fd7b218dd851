"""Ways in that were tried: each once was a hole, or would be a bad one."""

from __future__ import annotations

import build
import pytest
import sqlalchemy as sa
from responses.responses_desk import Desk

from codesign.db import writing
from codesign.journal.models import VoicesEntry
from codesign.mail.actions import post, send_waiting
from codesign.voting import codes, keys
from codesign.voting.models import Ballot
from house.test_matrix import browser, told
from house.villages import village

NASTY = ("%00", "a%00b", "%0d%0a", "%7f")


def test_controls_in_an_address_are_an_address_that_does_not_exist(house, session, sign_in):
    """NUL is refused by PostgreSQL: it was a 500 at the pages of places and at the desk of officials."""
    with writing(session):
        person = build.make_host(session)
    host = sign_in(browser(house.panel), person)
    official = sign_in(browser(house.record), Desk(session).official)
    for word in NASTY:
        assert host.get(f"/host/places/{word}").status_code == 404
        assert host.get(f"/host/places/{word}/panels/new").status_code == 404
        assert host.get(f"/setup/{word}").status_code == 404
        for path in (f"/desk/{word}", f"/desk/{word}/heard", f"/places/{word}", f"/documents/{word}.json"):
            assert official.get(path).status_code == 404
        assert official.post(f"/desk/{word}/start").status_code == 404


@pytest.mark.pages
@pytest.mark.parametrize("number", ["²", "٣", "9" * 30, "-1", "\x00", "nine"])
def test_a_number_that_no_row_has_is_no_error(house, session, sign_in, number):
    """It was a 500 at the page of quotes and at the preview."""
    place = village(house, session)
    client = sign_in(browser(house.panel), place.people["moderator"])
    advice = place.ids["advice_id"]
    assert client.get(f"/desk/advice/{advice}/quotes", query_string={"idea": number}).status_code in {200, 404}
    there = f"/desk/advice/{advice}/parts/recommendations/preview"
    assert client.post(there, query_string={"recommendation": number}).status_code == 200


def test_a_mail_that_cannot_be_written_keeps_no_other_back_and_adds_no_header(session):
    """It stopped the whole row of mail, at each turn again."""
    sent = []
    with writing(session):
        for to in ("o@example.org\r\nBcc: spy@example.org", "o@example.org"):
            post(session, to=to, subject="Advice\r\nBcc: spy@example.org", body="It is here.", now=build.NOW)
    assert send_waiting(session, sent.append, "codesign@example.org", build.NOW) == 1
    assert [m["To"] for m in sent] == ["o@example.org"]
    assert "Bcc" not in sent[0]
    assert sent[0]["Subject"] == "Advice Bcc: spy@example.org"


def test_the_journal_and_the_logs_keep_nothing_of_a_vote(house, session, sign_in, capfd):
    """Casting by the pages: no journal row, no line, no tag, and the moderator's pages stay the same byte by byte."""
    place = village(house, session)
    ballot = place.ids["ballot_id"]
    moderator = sign_in(browser(house.panel), place.people["moderator"])
    paths = (
        f"/desk/votes/{ballot}", f"/desk/rounds/{place.ids['round_id']}/votes", f"/desk/rounds/{place.ids['round_id']}",
        f"/desk/panels/{place.ids['panel_id']}", f"/desk/panels/{place.ids['panel_id']}/journal", f"/vote/{ballot}/how",
        f"/vote/{ballot}/result", f"/vote/{ballot}/list", f"/vote/{ballot}/bundle", "/desk/queue",
    )  # fmt: skip

    def seen():
        found = []
        for path in paths:
            reply = moderator.get(path)
            found.append((path, *told(reply), reply.headers.get("Content-Length")))
        return found

    seen()
    before, rows = seen(), session.scalar(sa.select(sa.func.count()).select_from(VoicesEntry))
    session.rollback()
    with house.panel.app_context():
        secret = keys.load(house.settings.keys, session.get(Ballot, ballot).key_name)
    session.rollback()
    for member in place.world.members[:3]:  # the fourth votes in the room
        code = codes.new_code(secret.codes, ballot)
        voter = sign_in(browser(house.panel), member)
        data = {"step": "cast", "o": "o2", "code": code, "sign": "Sorrel"}
        assert voter.post(f"/vote/{ballot}", data=data).headers["Location"] == f"/vote/{ballot}/done"
    session.rollback()
    assert seen() == before
    assert session.scalar(sa.select(sa.func.count()).select_from(VoicesEntry)) == rows
    out = "".join(capfd.readouterr())
    assert "Sorrel" not in out
    assert code not in out


def test_hiding_what_is_hidden_already_is_refused_in_words(house, session, sign_in):
    """Two moderators at one thing: it was a 500 for the second."""
    place = village(house, session)
    client = sign_in(browser(house.panel), place.people["moderator"])
    data = {"action": "hide", "why": "It names somebody.", "language": "en"}
    for idea in (place.private["hidden"], place.ids["other_id"]):
        there = f"/desk/look/idea/{idea}"
        assert client.post(there, data=data).status_code in {303, 409}
        assert client.post(there, data=data).status_code == 409
