"""A moderator invites an organisation and hands out the link; the invitation crosses, and who signed comes back."""

from __future__ import annotations

import re
from typing import Any

import build
import pyotp
import pytest
import sqlalchemy as sa
from advice.conftest import World, voted
from build import PASSWORD
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from codesign.advice import sending
from codesign.alliances import views
from codesign.cosigning import actions
from codesign.db import writing
from codesign.documents.models import AdviceStatus
from codesign.jobs.models import OutboxItem
from codesign.mail.models import Mail
from codesign.officials.models import OrganisationAccount, OrganisationInvitation
from codesign.rules.roles import Role
from codesign.web.clock import now

pytestmark = pytest.mark.pages

INVITED = {
    "name": "Open Kitchen", "network": "", "contact_name": "Thimble Marsh", "mail": "kitchen@veldhaven.example",
    "language": "nl",
}  # fmt: skip


def text(reply: Any) -> str:
    return reply.get_data(as_text=True)


@pytest.fixture
def sent(house: Any, session: Session) -> World:
    """An advice that was sent and has crossed."""
    world = voted(house, session)
    world.compose()
    world.adopt()
    with world.write():
        sending.send_advice(session, world.view(), now=world.now)
    assert world.cross().refused == 0
    return world


def test_R19_a_moderator_invites_an_organisation_and_sees_who_stands_behind_the_advice(
    house: Any, session: Session, sent: World, client: Any, record_client: Any, sign_in: Any, monkeypatch: Any
) -> None:
    for app in (house.panel, house.record):
        for name in {"delays", "official_delays"} & set(app.extensions):
            app.extensions[name].clear()
    sign_in(client, sent.moderator)
    ask, invite = f"/desk/advice/{sent.advice_id}/organisations", f"/desk/panels/{sent.panel.id}/organisations"
    page = text(client.get(ask))
    link = re.search(r"https?://[^<\"]+/co-sign", page)
    assert link is not None
    assert "No organisation has co-signed yet." in page
    assert page.count('<svg class="qr"') == 1
    assert "Ask organisations to co-sign" in text(client.get(f"/desk/advice/{sent.advice_id}"))

    # What was typed stays, and nothing hidden crosses.
    reply = client.post(invite, data=INVITED | {"mail": "nobody"})
    assert reply.status_code == 422
    assert 'value="Open Kitchen"' in text(reply)
    assert client.post(invite, data=INVITED | {"name": "Open \u202eKitchen"}).status_code == 422
    page = text(client.post(invite, data=INVITED))
    token = re.search(r"/invitation/([\w-]+)", page)
    assert token is not None
    session.rollback()
    payload = session.scalars(sa.select(OutboxItem.payload).where(OutboxItem.kind == "organisation")).one()
    assert token[1].encode() not in payload

    # It crosses once; a mail says so without the link.
    sent.now = now()
    assert sent.cross().refused == 0
    session.rollback()
    mail = session.scalars(sa.select(Mail).where(Mail.to == INVITED["mail"])).one()
    assert token[1] not in mail.body + mail.subject
    session.rollback()
    found = text(record_client.get(f"/invitation/{token[1]}"))
    assert "You sign in for Open Kitchen" in found
    spelled = found.split('class="num" dir="ltr">')[1].split("</p>")[0]
    secret = "".join(part.split("</span>")[0] for part in spelled.split("<span>")[1:])
    data = {"login": "kitchen", "password": PASSWORD, "again": PASSWORD, "code": pyotp.TOTP(secret).at(now())}
    # Officials and organisations choose from the same logins.
    with writing(session):
        build.make_official(session, login="taken")
    taken = record_client.post(f"/invitation/{token[1]}", data=data | {"login": "Taken"})
    assert (taken.status_code, "Somebody has this login" in text(taken)) == (422, True)
    assert record_client.post(f"/invitation/{token[1]}", data=data).status_code == 303
    assert record_client.get(f"/invitation/{token[1]}").status_code == 404
    session.rollback()
    account = session.scalars(sa.select(OrganisationAccount)).one()
    assert (account.name, account.place_code) == ("Open Kitchen", sent.panel.municipality_code)
    assert session.scalars(sa.select(OrganisationInvitation.organisation_id)).one() == account.id

    # Invited again by a moderator, who holds the link: nobody comes in. By the host it keeps its login, what it signed,
    # and gets the new name.
    once_more = re.search(r"/invitation/([\w-]+)", text(client.post(invite, data=INVITED)))
    assert once_more is not None
    session.rollback()
    sent.now = now()
    assert sent.cross().refused == 0
    for reply in (record_client.get(f"/invitation/{once_more[1]}"), record_client.post(f"/invitation/{once_more[1]}")):
        assert "has a login already" in text(reply)
    session.rollback()
    with writing(session):
        host = build.make_host(session)
    sign_in(client, host)
    again = re.search(r"/invitation/([\w-]+)", text(client.post(invite, data=INVITED | {"name": "The Open Kitchen"})))
    assert again is not None
    session.rollback()
    sent.now = now()
    assert sent.cross().refused == 0
    assert "You keep your login" in text(record_client.get(f"/invitation/{again[1]}"))
    sign_in(client, sent.moderator)

    # Who signed stands on the moderators' page and on the members' page; without the record each says so.
    session.rollback()
    with writing(session):
        status = session.scalars(sa.select(AdviceStatus)).one()
        actions.sign(session, account, status, seen=status.digest, words="<i>Our cooks</i>", language="en", now=now())
    assert "&lt;i&gt;Our cooks&lt;/i&gt;" in text(client.get(ask))
    sign_in(client, sent.members[0])
    assert "Open Kitchen" in text(client.get(f"/advice/{sent.advice_id}"))
    assert client.get(ask).status_code == 404

    def down(*_args: Any) -> None:
        raise OperationalError("select", {}, Exception("away"))

    monkeypatch.setattr(views, "advice_of", down)
    sign_in(client, sent.moderator)
    page = text(client.get(ask))
    assert "The record cannot be reached now." in page
    assert link[0] in page


def test_R19_only_moderators_of_the_panel_and_the_host_invite(session: Session, client: Any, sign_in: Any) -> None:
    with writing(session):
        mine, other = build.make_panel(session), build.make_panel(session)
        people = {
            "moderator": build.make_moderator(session, mine), "elsewhere": build.make_moderator(session, other),
            "member": build.make_member(session, mine, Role.NEWCOMER), "host": build.make_host(session),
        }  # fmt: skip
    found = {}
    for name, person in people.items():
        sign_in(client, person)
        path = f"/desk/panels/{mine.id}/organisations"
        found[name] = (client.get(path).status_code, client.post(path, data=INVITED).status_code)
    assert found == {"moderator": (200, 200), "elsewhere": (404, 404), "member": (404, 404), "host": (200, 200)}
