"""An organisation co-signs at the record door, from the panel's link to the public page, with every way it can fail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import build
import pyotp
import time_machine
from responses.responses_desk import Desk
from sqlalchemy.orm import Session

PLACE = type("Here", (), {"code": "veldhaven"})
AT = datetime(2026, 10, 6, 9, 0, 5, tzinfo=UTC)
LINK = "/advice/veldhaven/2026-3/co-sign"


def text(reply: Any) -> str:
    return reply.get_data(as_text=True)


def digest_on(page: str) -> str:
    """The version that the form was read from."""
    return page.split('name="seen" value="')[1].split('"')[0]


def test_R19_an_organisation_follows_the_link_signs_in_and_stands_behind_the_advice(
    session: Session, record_app: Any, record_client: Any
) -> None:
    record_app.extensions["official_delays"].clear()
    Desk(session)
    kitchen = build.make_organisation(session, PLACE, name="Open Kitchen")
    with time_machine.travel(AT, tick=False):
        page = text(record_client.get(LINK))
        assert "It changes no word of it" in page
        assert f'href="/sign-in?next={LINK}"' in page
        data = {"login": kitchen.login, "password": build.PASSWORD, "code": pyotp.TOTP(build.TOTP_SECRET).at(AT)}
        reply = record_client.post("/sign-in", data=data | {"next": LINK})
        assert (reply.status_code, reply.headers["Location"]) == (303, LINK)
        page = text(record_client.get(LINK))
        seen = digest_on(page)
        words = "Our cooks meet new people <b>every</b> week."
        reply = record_client.post(LINK, data={"seen": seen, "words": words, "language": "en"})
        assert (reply.status_code, reply.headers["Location"]) == (303, LINK)
        assert "Your organisation stands behind this advice." in text(record_client.get(LINK))
        home = text(record_client.get("/organisation"))
    assert "You co-signed" in home
    assert "Open Kitchen" in home
