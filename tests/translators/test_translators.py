"""The host names translators, an official asks one for the plain words, she types them, and they are in the answer."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import build
import pyotp
import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[1] / "responses"))

from responses_desk import AT, HEARD, Desk

from codesign.crossing import RECEIVERS
from codesign.db import writing
from codesign.jobs import outbox
from codesign.mail.models import Mail
from codesign.responses import actions
from codesign.translators.queries import translators


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def browser(app: Any) -> Any:
    made = app.test_client()
    made.set_cookie("language", "en")
    return made


@pytest.mark.pages
def test_R34_a_translator_of_the_host_is_asked_types_and_sends_it_back(
    house: Any, session: Session, sign_in: Any
) -> None:
    desk = Desk(session)
    with writing(session):
        host = build.make_host(session)
        build.make_place(session, "veldhaven")
    with time_machine.travel(AT, tick=False):
        at_host = sign_in(browser(house.panel), host)
        url = "/host/places/veldhaven/translators"
        for wrong in ("ar; Linden", "xx; Linden; l@example.org", "ar; ; l@example.org", "ar; Linden; nowhere"):
            reply = at_host.post(url, data={"people": wrong})
            assert reply.status_code == 422, wrong
            assert "Line 1 is not right." in text(reply)
            assert wrong in text(reply)
        people = "ar, ti; Linden Bridge; Linden@example.org\n\nnl; Oak Gate; oak@example.org"
        assert at_host.post(url, data={"people": people}).status_code == 303
        assert outbox.deliver(session, session, RECEIVERS, AT).refused == 0
        session.expire_all()
        assert [t.name for t in translators(session, "veldhaven", "ar")] == ["Linden Bridge"]
        assert "ar, ti; Linden Bridge; linden@example.org" in at_host.get(url).get_data(as_text=True)
        desk.start()
        desk.save(actions.save_heard, language="en", text=HEARD)
        official = sign_in(browser(house.record), desk.official)
        ask = "/desk/2026-3/plain/ar/ask"
        assert "Linden Bridge" in text(official.get("/desk/2026-3/plain/ar"))
        official.post(ask)
        assert "Write the plain words first." in text(official.get("/desk/2026-3/plain/ar"))
        desk.save(actions.save_summary, language="en", text="We give money for rooms.")
        for _ in range(2):  # asked twice, one mail goes
            assert official.post(ask).status_code == 303
        assert "A translator was asked." in text(official.get("/desk/2026-3/plain/ar"))
        assert official.post("/desk/2026-3/plain/en/ask").status_code == 404
        session.rollback()
        mail = session.scalars(sa.select(Mail).where(Mail.to == "linden@example.org")).one()
        path = re.search(r"/invitation/[\w-]+", mail.body).group()  # type: ignore[union-attr]
        session.rollback()
        new = browser(house.record)
        secret = "".join(re.findall(r"<span>([A-Z2-7]{1,4})</span>", text(new.get(path))))
        data = {
            "login": "linden",
            "password": build.PASSWORD,
            "again": build.PASSWORD,
            "code": pyotp.TOTP(secret).at(AT),
        }
        assert new.post(path, data=data).status_code == 303
    later = AT.replace(minute=2)
    with time_machine.travel(later, tick=False):
        data["code"] = pyotp.TOTP(secret).at(later)
        assert new.post("/sign-in", data=data).headers["Location"] == "/part"
        page = text(new.get("/part"))
        assert "We give money for rooms." in page
        assert HEARD not in page
        assert new.post("/part", data={"text": "نعطي مالا للغرف.", "seen": "0"}).status_code == 303
        assert {s.language: s.text for s in desk.task().answer.summaries}["ar"] == "نعطي مالا للغرف."
        told = session.scalars(sa.select(Mail.subject).where(Mail.to == desk.official.mail)).all()
        assert any("the plain words are there in العربية" in subject for subject in told)
        assert "Translator: العربية" in text(official.get("/desk/2026-3"))
    # The list is the officials' own: no public page has a name or an address of it.
    with time_machine.travel(later, tick=False):
        reader = browser(house.record)
        for address in ("/", "/advice/veldhaven/2026-3", "/places/veldhaven", "/data"):
            page = text(reader.get(address))
            assert "Linden" not in page
            assert "linden@" not in page
