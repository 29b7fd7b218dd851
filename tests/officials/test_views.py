"""The sign-in of the record door and the page behind an invitation, as a browser sees them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import flask
import pyotp
import pytest
import time_machine
from build import PASSWORD, TOTP_SECRET, make_official, make_record_place
from responses.responses_desk import AT as ANSWERED_AT
from responses.responses_desk import Desk
from sqlalchemy.orm import Session

from codesign.credentials import tokens
from codesign.db import writing
from codesign.officials import actions, queries

pytestmark = pytest.mark.pages

AT = datetime(2026, 6, 1, 9, 0, 5, tzinfo=UTC)
TOKEN = "one-time-token-of-an-official"


@pytest.fixture(autouse=True)
def fresh_delays(record_app: flask.Flask) -> None:
    record_app.extensions["official_delays"].clear()


def digits(moment: datetime = AT, secret: str = TOTP_SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


def invite(session: Session, place: Any, token: str = TOKEN, **more: Any) -> None:
    document = {
        "place": place.code, "display_name": "M. de Wit", "post": "Adviser on living together",
        "mail": "adviser@veldhaven.example", "language": "nl", "token_digest": tokens.digest(token),
        "invited_at": AT.isoformat(), "expires_at": (AT + timedelta(days=7)).isoformat(),
    } | more  # fmt: skip
    with writing(session):
        actions.receive_invitation(session, document, AT)


def secret_on(page: Any) -> str:
    """The secret as the page spells it out for those without a camera."""
    text = page.get_data(as_text=True)
    spelled = text.split('class="num" dir="ltr">')[1].split("</p>")[0]
    return "".join(part.split("</span>")[0] for part in spelled.split("<span>")[1:])


def test_an_official_comes_in_with_login_password_and_digits(session: Session, record_client: Any) -> None:
    official = make_official(session)
    with time_machine.travel(AT, tick=False):
        assert record_client.get("/sign-in").status_code == 200
        reply = record_client.post(
            "/sign-in", data={"login": official.login.upper(), "password": PASSWORD, "code": digits(), "next": "/desk"}
        )
        assert (reply.status_code, reply.headers["Location"]) == (303, "/desk")
        assert record_client.get("/sign-in?next=/desk").status_code == 302


def test_coming_in_without_a_goal_leads_to_the_desk(session: Session, record_client: Any) -> None:
    official = make_official(session)
    with time_machine.travel(AT, tick=False):
        data = {"login": official.login, "password": PASSWORD, "code": digits()}
        assert record_client.post("/sign-in", data=data).headers["Location"] == "/desk"


@pytest.mark.parametrize("next_", ["https://evil.example", "//evil.example", "/\\evil", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(session: Session, record_client: Any, next_: str) -> None:
    official = make_official(session)
    with time_machine.travel(AT, tick=False):
        data = {"login": official.login, "password": PASSWORD, "code": digits(), "next": next_}
        assert record_client.post("/sign-in", data=data).headers["Location"] == "/desk"


def test_who_is_not_signed_in_is_brought_back_after_the_sign_in(session: Session, record_client: Any) -> None:
    reply = record_client.get("/desk")
    assert reply.status_code == 303
    assert reply.headers["Location"] == "/sign-in?next=/desk"


def test_an_unknown_login_and_a_wrong_password_get_the_same_page(session: Session, record_client: Any) -> None:
    official = make_official(session)
    pages = []
    # The clock stands still: the form's token holds its second, and two pages may fall on either side of one.
    with time_machine.travel(AT, tick=False):
        for login, password in [(official.login, "wrong horse battery"), ("nobodyhere", PASSWORD)]:
            reply = record_client.post("/sign-in", data={"login": login, "password": password, "code": "123456"})
            assert reply.status_code == 422
            pages.append(reply.get_data(as_text=True).replace(login, "LOGIN"))
    assert pages[0] == pages[1]
    assert "wrong horse" not in pages[0]


def test_wrong_tries_are_slowed_down_also_for_the_right_password(session: Session, record_client: Any) -> None:
    official = make_official(session)
    with time_machine.travel(AT, tick=False) as clock:
        wrong = {"login": official.login, "password": "wrong horse battery", "code": digits()}
        seen = [record_client.post("/sign-in", data=wrong).status_code for _ in range(8)]
        assert seen[0] == 422
        assert seen[-1] == 429
        reply = record_client.post("/sign-in", data=wrong | {"password": PASSWORD})
        assert reply.status_code == 429
        assert int(reply.headers["Retry-After"]) > 0
        clock.shift(timedelta(hours=1))
        right = wrong | {"password": PASSWORD, "code": digits(AT + timedelta(hours=1))}
        assert record_client.post("/sign-in", data=right).status_code == 303


def test_an_empty_form_says_what_is_missing(record_client: Any) -> None:
    reply = record_client.post("/sign-in", data={})
    assert reply.status_code == 422


def test_signing_out_ends_it_on_the_server_too(session: Session, record_client: Any, sign_in: Any) -> None:
    official = make_official(session)
    sign_in(record_client, official)
    with record_client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert record_client.get("/desk").status_code == 200
    assert record_client.post("/sign-out").status_code == 303
    assert record_client.get("/desk").status_code == 303
    with record_client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    assert record_client.get("/desk").status_code == 303


def test_a_desk_that_was_left_for_an_hour_is_shut(session: Session, record_client: Any) -> None:
    official = make_official(session)
    with time_machine.travel(AT, tick=False) as clock:
        data = {"login": official.login, "password": PASSWORD, "code": digits()}
        record_client.post("/sign-in", data=data)
        clock.shift(timedelta(minutes=50))
        assert record_client.get("/desk").status_code == 200
        clock.shift(timedelta(minutes=50))
        assert record_client.get("/desk").status_code == 200
        clock.shift(timedelta(minutes=61))
        assert record_client.get("/desk").status_code == 303


def test_the_invited_sets_up_a_way_in_and_uses_it(session: Session, record_client: Any) -> None:
    place = make_record_place(session)
    with time_machine.travel(AT, tick=False) as clock:
        invite(session, place)
        page = record_client.get(f"/invitation/{TOKEN}")
        assert page.status_code == 200
        text = page.get_data(as_text=True)
        assert "<svg" in text
        assert "M. de Wit" in text
        secret = secret_on(page)
        assert secret_on(record_client.get(f"/invitation/{TOKEN}")) == secret
        data = {"login": "wit", "password": PASSWORD, "again": PASSWORD, "code": digits(AT, secret)}
        reply = record_client.post(f"/invitation/{TOKEN}", data=data)
        assert (reply.status_code, reply.headers["Location"]) == (303, "/sign-in")
        assert record_client.get(f"/invitation/{TOKEN}").status_code == 404
        assert record_client.post(f"/invitation/{TOKEN}", data=data).status_code == 404
        used = {"login": "wit", "password": PASSWORD, "code": digits(AT, secret)}
        assert record_client.post("/sign-in", data=used).status_code == 422
        clock.shift(timedelta(minutes=1))
        again = used | {"code": digits(AT + timedelta(minutes=1), secret)}
        assert record_client.post("/sign-in", data=again).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"login": "é!"}, "plain letters"),
        ({"password": "too short", "again": "too short"}, "15 letters"),
        ({"password": "a" * 20, "again": "a" * 20}, "15 letters"),
        ({"again": "something else entirely"}, "not the same"),
        ({"code": "000000"}, "digits of your app"),
        ({"code": ""}, "Fill this in"),
        ({"login": "taken"}, "Somebody has this login"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_link_still_works(
    session: Session, record_client: Any, wrong: dict[str, str], sentence: str
) -> None:
    place = make_record_place(session)
    make_official(session, login="taken")
    with time_machine.travel(AT, tick=False):
        invite(session, place)
        secret = secret_on(record_client.get(f"/invitation/{TOKEN}"))
        data = {"login": "wit", "password": PASSWORD, "again": PASSWORD, "code": digits(AT, secret)} | wrong
        reply = record_client.post(f"/invitation/{TOKEN}", data=data)
        assert reply.status_code == 422
        text = reply.get_data(as_text=True)
        assert sentence in text
        assert PASSWORD not in text
        assert queries.open_invitation(session, TOKEN, AT) is not None


def test_somebody_invited_again_is_not_asked_for_a_login(session: Session, record_client: Any) -> None:
    place = make_record_place(session)
    official = make_official(session, place, mail="adviser@veldhaven.example")
    with time_machine.travel(AT, tick=False):
        invite(session, place)
        page = record_client.get(f"/invitation/{TOKEN}")
        assert 'name="login"' not in page.get_data(as_text=True)
        secret = secret_on(page)
        data = {"password": "another long password", "again": "another long password", "code": digits(AT, secret)}
        assert record_client.post(f"/invitation/{TOKEN}", data=data).status_code == 303
    session.expire_all()
    found = queries.official_by_login(session, official.login)
    assert found is not None
    assert found.totp_secret == secret


@pytest.mark.parametrize("token", ["made-up", "x" * 300, "..%2f..", "%00"])
def test_a_link_that_never_was_is_the_same_404(record_client: Any, token: str) -> None:
    assert record_client.get(f"/invitation/{token}").status_code == 404


def test_a_link_that_ran_out_is_the_same_404(session: Session, record_client: Any) -> None:
    place = make_record_place(session)
    invite(session, place)
    with time_machine.travel(AT + timedelta(days=8), tick=False):
        old = record_client.get(f"/invitation/{TOKEN}")
        made_up = record_client.get("/invitation/made-up")
        assert old.status_code == made_up.status_code == 404
        assert old.get_data(as_text=True).replace(TOKEN, "") == made_up.get_data(as_text=True).replace("made-up", "")


def test_no_cookie_of_somebody_signed_in_goes_out_with_what_a_cache_may_keep(
    session: Session, record_app: flask.Flask, sign_in: Any
) -> None:
    desk = Desk(session)
    later = ANSWERED_AT + timedelta(seconds=90)
    with time_machine.travel(ANSWERED_AT, tick=False):
        official = sign_in(record_app.test_client(), desk.official)
        assert official.get("/desk").status_code == 200
    with time_machine.travel(later, tick=False):
        for path in ("/advice/veldhaven/2026-3.json", "/advice/veldhaven/2026-3/co-signatures.json"):
            reply = official.get(path)
            assert (reply.cache_control.public, reply.headers.get("Set-Cookie")) == (True, None), path
        assert "record_session=" in official.get("/desk").headers["Set-Cookie"]
