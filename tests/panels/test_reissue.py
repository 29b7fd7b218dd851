"""A lost card: two moderators, everything old ends, and the member sees it."""

from __future__ import annotations

import build
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from codesign.accounts.models import Card, Person, Reissue, SignIn
from codesign.db import writing
from codesign.panels.actions import make_cards
from codesign.rules.folding import fold_name
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role


@pytest.fixture
def panel(session):
    return build.make_panel(session)


@pytest.fixture
def desks(house, session, panel, sign_in):
    made = []
    for _moderator in range(2):
        desk = house.panel.test_client()
        desk.set_cookie("language", "en")
        sign_in(desk, build.make_moderator(session, panel))
        made.append(desk)
    return made


def test_one_asks_and_another_confirms_and_the_old_card_is_worth_nothing(desks, session, panel, client, sign_in):
    with writing(session):
        card = make_cards(
            session,
            panel.id,
            count=1,
            language="en",
            role=Role.NEWCOMER,
            settings=build.CHEAP,
            by=None,
            facts=Facts(role=Role.HOST),
            now=build.NOW,
        )[0]
        person = session.scalars(select(Person).where(Person.kind == "member")).one()
        person.pseudonym, person.pseudonym_folded, person.pin_hash = "Olive Lamp", fold_name("Olive Lamp"), "x"
    sign_in(client, person)
    one, two = desks
    home = f"/desk/panels/{panel.id}"
    assert one.post(f"{home}/reissues", data={"name": " olive  LAMP "}).status_code == 303
    row = session.scalars(select(Reissue)).one()
    assert one.post(f"{home}/reissues/{row.id}/confirm").status_code == 403
    assert "Olive Lamp" in two.get(home).text
    reply = two.post(f"{home}/reissues/{row.id}/confirm")
    assert reply.status_code == 200
    assert reply.text.count('class="a6"') == 1
    session.rollback()
    session.expire_all()
    assert session.get(Person, person.id).pin_hash is None
    assert all(s.ended_at for s in session.scalars(select(SignIn).where(SignIn.person_id == person.id)))
    assert [c.ended_at is None for c in session.scalars(select(Card).order_by(Card.id))] == [False, True]
    assert client.post("/sign-in", data={"digits": card.digits}).status_code == 422
    assert two.post(f"{home}/reissues/{row.id}/confirm").status_code == 404


def test_a_name_nobody_has_or_of_another_panel_gets_the_same_sentence(desks, session, panel):
    other = build.make_member(session, build.make_panel(session))
    texts = []
    for name in ("Nobody Here", other.pseudonym, ""):
        reply = desks[0].post(f"/desk/panels/{panel.id}/reissues", data={"name": name})
        assert reply.status_code == 422
        texts.append("Nobody in this panel has this name" in reply.text)
    assert texts == [True, True, False]
    assert session.scalars(select(Reissue)).all() == []


def test_asked_twice_is_once_and_can_be_called_off(desks, session, panel):
    member = build.make_member(session, panel)
    for desk in desks:
        desk.post(f"/desk/panels/{panel.id}/reissues", data={"name": member.pseudonym})
    row = session.scalars(select(Reissue)).one()
    desks[1].post(f"/desk/panels/{panel.id}/reissues/{row.id}/call-off")
    assert desks[1].post(f"/desk/panels/{panel.id}/reissues/{row.id}/confirm").status_code == 404


def test_a_moderator_of_another_panel_confirms_nothing(desks, session, panel, house, sign_in):
    member = build.make_member(session, panel)
    desks[0].post(f"/desk/panels/{panel.id}/reissues", data={"name": member.pseudonym})
    row = session.scalars(select(Reissue)).one()
    elsewhere = build.make_panel(session)
    stranger = house.panel.test_client()
    sign_in(stranger, build.make_moderator(session, elsewhere))
    for home in (panel.id, elsewhere.id):
        assert stranger.post(f"/desk/panels/{home}/reissues/{row.id}/confirm").status_code == 404


def test_the_database_too_wants_two_people(session, panel):
    one = build.make_moderator(session, panel)
    member = build.make_member(session, panel)
    alone = Reissue(person_id=member.id, asked_by=one.id, asked_at=build.NOW, confirmed_by=one.id)
    with pytest.raises(IntegrityError), writing(session):
        session.add(alone)
