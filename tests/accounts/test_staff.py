"""Staff: the one-time link, the sign-in with password and code, and what is refused."""

from __future__ import annotations

import re

import build
import pyotp
import pytest
import time_machine
from sqlalchemy import select

from codesign.accounts import actions
from codesign.accounts.models import Person, SignIn
from codesign.accounts.queries import any_host, load_identity, staff_by_login
from codesign.db import writing

pytestmark = pytest.mark.pages

PASSWORD = "four plain words here"


@pytest.fixture
def link(session):
    with writing(session):
        return actions.make_first_host(session, login="Root", now=build.NOW)


def secret_on(page: str) -> str:
    return "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))


def neutral(page: str) -> str:
    """A page without what differs by request: tokens and typed values."""
    return re.sub(r'value="[^"]*"', "", page)


def test_a_link_sets_password_and_code_once_and_opens_the_door(client, session, link):
    assert any_host(session)
    with time_machine.travel(build.NOW, tick=False) as clock:
        page = client.get(f"/setup/{link}").text
        secret = secret_on(page)
        assert secret == secret_on(client.get(f"/setup/{link}").text)
        data = {"password": PASSWORD, "again": PASSWORD, "code": pyotp.TOTP(secret).at(build.NOW)}
        assert client.post(f"/setup/{link}", data=data).location == "/sign-in/staff"
        assert client.get(f"/setup/{link}").status_code == 404
        assert client.post(f"/setup/{link}", data=data).status_code == 404
        sign_in = {"login": " ROOT ", "password": PASSWORD, "code": data["code"], "next": "/host"}
        assert client.post("/sign-in/staff", data=sign_in).status_code == 422
        clock.shift(30)
        sign_in["code"] = pyotp.TOTP(secret).now()
        assert client.post("/sign-in/staff", data=sign_in).location == "/host"
        assert client.get("/host").status_code == 200
        client.post("/sign-out")
        assert client.post("/sign-in/staff", data=sign_in).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "short", "again": "short"},
        {"again": "another long password"},
        {"code": "000000"},
        {"code": ""},
        {"password": "a" * 20, "again": "a" * 20},
        {"password": "", "again": ""},
    ],
)
def test_what_is_wrong_at_setting_up_is_said_and_the_link_stays_good(client, session, link, wrong):
    with time_machine.travel(build.NOW, tick=False):
        secret = secret_on(client.get(f"/setup/{link}").text)
        data = {"password": PASSWORD, "again": PASSWORD, "code": pyotp.TOTP(secret).at(build.NOW)}
        if wrong.get("code") == data["code"]:
            wrong = wrong | {"code": str((int(data["code"]) + 1) % 10**6).zfill(6)}
        assert client.post(f"/setup/{link}", data=data | wrong).status_code == 422
        assert client.get(f"/setup/{link}").status_code == 200
    assert session.scalars(select(Person)).one().password_hash is None


def test_a_link_made_up_or_too_old_is_the_same_404(client, link):
    with time_machine.travel(build.NOW + actions.SETUP_LASTS, tick=False):
        old = client.get(f"/setup/{link}")
    made_up = client.get("/setup/" + "x" * 43)
    assert old.status_code == made_up.status_code == 404
    assert neutral(old.text).replace(link, "") == neutral(made_up.text).replace("x" * 43, "")


@pytest.fixture
def moderator(session):
    return build.make_moderator(session, build.make_panel(session))


def attempt(client, person, **wrong):
    code = pyotp.TOTP(build.TOTP_SECRET).now()
    return client.post("/sign-in/staff", data={"login": person.login, "password": build.PASSWORD, "code": code} | wrong)


def test_a_wrong_login_password_or_code_gets_one_answer(client, moderator):
    with time_machine.travel(build.NOW, tick=False):
        replies = [
            attempt(client, moderator, login="nobody.here"), attempt(client, moderator, password="wrong horse battery"),
            attempt(client, moderator, code="000000"),
        ]  # fmt: skip
    texts = {neutral(r.text) for r in replies}
    assert {r.status_code for r in replies} == {422}
    assert len(texts) == 1


def test_wrong_passwords_make_one_wait(client, moderator):
    with time_machine.travel(build.NOW, tick=False):
        for _try in range(3):
            attempt(client, moderator, password="wrong horse battery")
        assert attempt(client, moderator).status_code == 429


def test_a_code_works_once_also_at_the_door(client, moderator, house):
    with time_machine.travel(build.NOW, tick=False):
        assert attempt(client, moderator).status_code == 303
        assert attempt(house.panel.test_client(), moderator).status_code == 422


@pytest.mark.parametrize("data", [{}, {"login": "x" * 400}, {"password": "x" * 100_000}, {"login": "\x00"}])
def test_a_broken_sign_in_is_a_page_and_not_an_error(client, data):
    assert client.post("/sign-in/staff", data={"login": "a", "password": "b", "code": "1"} | data).status_code == 422


def test_the_sign_in_of_staff_never_leaves_this_door(client, moderator):
    with time_machine.travel(build.NOW, tick=False):
        assert attempt(client, moderator, next="//evil.example").location == "/"


def test_a_new_link_takes_the_old_password_away_and_ends_every_sign_in(client, session, moderator, sign_in):
    sign_in(client, build.make_host(session))
    with writing(session):
        token = actions.start_sign_in(session, moderator, build.NOW)
    reply = client.post(f"/host/people/{moderator.id}/link")
    assert "/setup/" in reply.text
    session.rollback()
    session.expire_all()
    assert session.get(Person, moderator.id).password_hash is None
    assert load_identity(session, token, build.NOW) is None
    assert client.post("/host/people/999999/link").status_code == 404
    member = build.make_person(session)
    assert client.post(f"/host/people/{member.id}/link").status_code == 404


@pytest.mark.parametrize("login", ["", "ab", "x" * 41, "with space", "ﬁne", "name@example", "-dash"])
def test_a_login_is_plain(client, session, sign_in, login):
    sign_in(client, build.make_host(session))
    reply = client.post("/host/people", data={"display_name": "Noor", "login": login, "language": "nl"})
    assert reply.status_code == 422


def test_a_login_is_taken_once_in_any_case_of_letters(client, session, sign_in):
    sign_in(client, build.make_host(session))
    assert (
        client.post("/host/people", data={"display_name": "A B", "login": "noor", "language": "nl"}).status_code == 200
    )
    assert (
        client.post("/host/people", data={"display_name": "C D", "login": "NOOR", "language": "nl"}).status_code == 422
    )
    session.rollback()
    assert staff_by_login(session, "Noor").display_name == "A B"


def test_nothing_of_a_password_is_in_the_row(session, moderator):
    row = session.get(Person, moderator.id)
    assert build.PASSWORD not in " ".join(str(getattr(row, c.key)) for c in Person.__table__.columns)
    assert session.scalars(select(SignIn)).all() == []


def test_a_new_link_makes_the_old_one_worthless(client, session, link):
    with time_machine.travel(build.NOW, tick=False):
        with writing(session):
            newer = actions.renew_setup(session, staff_by_login(session, "root"), build.NOW)
        assert client.get(f"/setup/{link}").status_code == 404
        assert client.get(f"/setup/{newer}").status_code == 200
