"""Withdrawing consent and erasing: what ends, what stays, and that nothing personal is left."""

from __future__ import annotations

import build
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from codesign.accounts import actions
from codesign.accounts.models import Card, Consent, Kind, Person, SignIn
from codesign.accounts.queries import about_me, load_identity
from codesign.db import writing
from codesign.panels.actions import leave_all
from codesign.panels.models import Membership
from codesign.panels.queries import electorate
from codesign.rules.permissions import Facts
from codesign.rules.phases import Phase
from codesign.rules.roles import Role


@pytest.fixture
def panel(session):
    return build.make_panel(session)


@pytest.fixture
def member(session, panel):
    person = build.make_member(session, panel)
    with writing(session):
        actions.make_card(session, person, settings=build.CHEAP, by=None, facts=Facts(role=Role.HOST), now=build.NOW)
    return person


def test_withdrawing_consent_ends_card_and_sign_ins(session, member):
    with writing(session):
        token = actions.start_sign_in(session, member, build.NOW)
    with writing(session):
        actions.withdraw_consent(session, member, build.NOW)
    assert load_identity(session, token, build.NOW) is None
    about = about_me(session, member.id)
    assert about.consent is None
    assert [c.ended_at for c in about.cards] == [build.NOW]
    assert session.scalars(select(Consent)).one().withdrawn_at == build.NOW


def test_erasing_leaves_an_empty_row_and_runs_every_eraser(session, member, panel):
    asked = []
    with writing(session):
        actions.start_sign_in(session, member, build.NOW)
    with writing(session):
        actions.erase_person(session, member, [leave_all, lambda *a: asked.append(a)], build.NOW)
    row = session.get(Person, member.id)
    assert (row.pseudonym, row.pseudonym_folded, row.pin_hash, row.avatar, row.language) == (None, None, None, "", "")
    assert row.erased_at == build.NOW
    assert session.scalars(select(Card)).all() == []
    assert session.scalars(select(SignIn)).all() == []
    assert session.scalars(select(Membership)).one().left_at == build.NOW
    assert asked == [(session, member.id, build.NOW)]
    assert electorate(session, panel.id, False) == []
    with pytest.raises(LookupError):
        about_me(session, member.id)


def test_the_name_of_somebody_who_was_erased_is_free_again(session, member):
    name = (member.pseudonym, member.pseudonym_folded)
    with writing(session):
        actions.erase_person(session, member, [], build.NOW)
    build.make_person(session, pseudonym=name[0], pseudonym_folded=name[1])


@pytest.mark.parametrize(
    "values",
    [
        {"kind": Kind.MEMBER, "login": "member"},
        {"kind": Kind.MEMBER, "password_hash": "x"},
        {"kind": Kind.STAFF, "pin_hash": "x"},
        {"kind": Kind.MEMBER, "is_host": True},
    ],
)
def test_the_database_too_keeps_members_and_staff_apart(session, values):
    row = Person(language="en", created_on=build.TODAY, **values)
    with pytest.raises(IntegrityError), writing(session):
        session.add(row)


def test_one_person_has_one_open_card(session, member):
    row = Card(person_id=member.id, number="99999", secret_hash="x", token_digest="y", made_at=build.NOW)
    with pytest.raises(IntegrityError), writing(session):
        session.add(row)


def test_two_names_that_look_alike_are_one_name(session, member):
    with pytest.raises(IntegrityError):
        build.make_person(session, pseudonym="Other", pseudonym_folded=member.pseudonym_folded)


def test_r13_a_member_has_no_field_for_name_mail_phone_or_number(session):
    columns = {c.key for c in Person.__table__.columns}
    for forbidden in ("mail", "email", "phone", "address", "birth", "nationality", "citizen_number", "first_name"):
        assert forbidden not in columns


def test_topics_go_with_the_person_and_an_opened_round_forgets_who_began_it(session, member, panel):
    from codesign.panels.actions import erase_topics
    from codesign.panels.models import Round, RoundStep, TopicJoin

    waiting = build.make_round(session, panel, Phase.DRAFT, started_by=member.id, why="My words")
    opened = build.make_round(session, panel, Phase.LISTENING, started_by=member.id, why="My words")
    with writing(session):
        session.add(TopicJoin(round_id=waiting.id, person_id=member.id))
    with writing(session):
        actions.erase_person(session, member, [erase_topics, leave_all], build.NOW)
    row = session.scalars(select(Round)).one()
    assert (row.id, row.why, row.started_by) == (opened.id, "", None)
    assert session.scalars(select(TopicJoin)).all() == []
    assert {step.round_id for step in session.scalars(select(RoundStep))} == {opened.id}
