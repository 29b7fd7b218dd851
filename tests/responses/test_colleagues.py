"""A colleague is invited to one part of an answer: they see and write that part, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import build
import pyotp
import pytest
import sqlalchemy as sa
import time_machine
from responses_desk import AT, HEARD
from test_views import PART

from codesign.db import writing
from codesign.mail.models import Mail
from codesign.officials import actions as officials
from codesign.officials.models import Invitation, Official
from codesign.responses import actions
from codesign.responses.domain import PartDraft
from codesign.rules.permissions import Reason, Refused
from codesign.rules.states import AdviceState

pytestmark = pytest.mark.pages

INVITE = {"piece": "part-2", "display_name": "Jo Vis", "post": "Adviser on housing", "mail": "jo@veldhaven.example"}


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def official(desk: Any, record_client: Any, sign_in: Any) -> Any:
    desk.start()
    desk.save(actions.save_heard, language="en", text=HEARD)
    return sign_in(record_client, desk.official)


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def browser(app: Any) -> Any:
    made = app.test_client()
    made.set_cookie("language", "en")
    return made


def colleague(desk: Any, app: Any, sign_in: Any, piece: str = "part-2") -> Any:
    """Somebody who came in by such an invitation."""
    place = type("Here", (), {"code": "veldhaven"})
    who = build.make_official(desk.session, place, post="Adviser on housing", number="2026-3", piece=piece)
    return who, sign_in(browser(app), who)


def test_the_way_in_from_the_invitation_to_the_part(desk: Any, official: Any, record_app: Any) -> None:
    page = text(official.post("/desk/2026-3/colleagues", data=INVITE))
    assert "Jo Vis is invited." in page
    path = re.search(r"/invitation/[\w-]+", page).group()  # type: ignore[union-attr]
    mail = desk.session.scalar(sa.select(Mail).where(Mail.to == INVITE["mail"]))
    assert mail is not None
    assert path in mail.body
    new = browser(record_app)
    page = text(new.get(path))
    secret = "".join(re.findall(r"<span>([A-Z2-7]{1,4})</span>", page))
    data = {
        "login": "jovis", "password": build.PASSWORD, "again": build.PASSWORD, "code": pyotp.TOTP(secret).at(AT),
    }  # fmt: skip
    assert new.post(path, data=data).status_code == 303
    assert new.get(path).status_code == 404
    with time_machine.travel(AT.replace(minute=2), tick=False):
        data["code"] = pyotp.TOTP(secret).at(AT.replace(minute=2))
        reply = new.post("/sign-in", data=data | {"next": "/desk"})
        assert reply.headers["Location"] == "/part"
        page = text(new.get("/part"))
        assert "Your answer to recommendation 2 of 3" in page
        assert "Your part" in page
        assert new.post("/part", data=PART).headers["Location"] == "/part"
        assert "Adviser on housing" in text(official.get("/desk/2026-3"))


def test_they_see_and_write_that_part_only(desk: Any, official: Any, record_app: Any, sign_in: Any) -> None:
    who, client = colleague(desk, record_app, sign_in)
    page = text(client.get("/part"))
    assert HEARD not in page
    assert "/desk" not in page
    for path in ("/desk", "/desk/2026-3", "/desk/2026-3/heard", "/desk/2026-3/recommendation/2", "/desk/2026-3/preview",
                 "/desk/2026-3/colleagues", "/desk/2026-3/changes/part-2", "/desk/2026-3/more-time"):  # fmt: skip
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in {404, 405}
    assert client.post("/desk/2026-3/deliver").status_code == 404
    assert official.get("/part").status_code == 404
    for what, more in [
        (actions.save_heard, {"language": "en", "text": "x"}),
        (actions.save_part, {"part": PartDraft(1)}),
        (actions.save_closing, {"ask_back": "", "council": "x", "first_report_on": None}),
        (actions.save_summary, {"language": "nl", "text": "x"}),
    ]:
        with pytest.raises(Refused) as refused:
            desk.save(what, by=who, seen=1, **more)
        assert refused.value.reason is Reason.NOT_YOURS
    desk.save(actions.save_part, by=who, part=PartDraft(2))
    with pytest.raises(Refused):
        desk.deliver(by=who)


def test_a_translator_has_one_language(desk: Any, official: Any, record_app: Any, sign_in: Any) -> None:
    _who, client = colleague(desk, record_app, sign_in, "summary-ar")
    desk.save(actions.save_summary, language="en", text="We give money for rooms.")
    assert "We give money for rooms." in text(client.get("/part"))
    assert client.post("/part", data={"text": "نعطي مالا للغرف.", "seen": "0"}).headers["Location"] == "/part"
    assert {s.language for s in desk.task().answer.summaries} == {"en", "ar"}


def test_an_official_and_a_colleague_at_once_lose_nothing(
    desk: Any, official: Any, record_app: Any, sign_in: Any
) -> None:
    _who, client = colleague(desk, record_app, sign_in)
    assert official.post("/desk/2026-3/recommendation/2", data=PART).status_code == 303
    reply = client.post("/part", data=PART | {"reasons": "The budget of housing is spent until May of next year."})
    assert reply.status_code == 409
    assert "Contracts bind the rest until summer." in text(reply)
    assert "The budget of housing is spent" in text(reply)


def test_delivering_or_ending_shuts_the_way_in(desk: Any, official: Any, record_app: Any, sign_in: Any) -> None:
    who, client = colleague(desk, record_app, sign_in)
    other, second = colleague(desk, record_app, sign_in, "part-3")
    official.post("/desk/2026-3/colleagues", data=INVITE | {"mail": "late@veldhaven.example"})
    assert official.post("/desk/2026-3/colleagues/end", data={"colleague": str(who.id)}).status_code == 303
    assert official.post("/desk/2026-3/colleagues/end", data={"colleague": str(desk.colleague.id)}).status_code == 404
    assert client.get("/part").status_code == 303
    assert second.get("/part").status_code == 200
    for part in range(1, 4):
        assert official.post(f"/desk/2026-3/recommendation/{part}", data=PART).status_code in {303, 409}
    desk.save(actions.save_closing, ask_back="", council="x", first_report_on=AT.date().replace(year=2027))
    for code in ("en", "nl", "ar", "ti"):
        desk.save(actions.save_summary, language=code, text=f"Money for rooms. ({code})")
    desk.deliver()
    assert second.get("/part").status_code == 303
    desk.session.expire_all()
    ended = desk.session.get(Official, other.id)
    assert ended is not None
    assert ended.ended_at is not None
    assert desk.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 0


def test_an_invitation_takes_the_desk_from_nobody(desk: Any, official: Any) -> None:
    reply = official.post("/desk/2026-3/colleagues", data=INVITE | {"mail": desk.colleague.mail})
    assert reply.status_code == 422
    assert "Just ask them." in text(reply)
    for wrong in ({"piece": "part-9"}, {"piece": "heard"}, {"mail": "no address"}, {"mail": "a@b.c, d@e.f"}):
        assert official.post("/desk/2026-3/colleagues", data=INVITE | wrong).status_code == 422
    with writing(desk.session):
        officials.invite_colleague(
            desk.session, desk.official, number="2026-3", piece="part-2", display_name="Jo", post="Adviser",
            mail="later@veldhaven.example", language="en", state=AdviceState.RECEIVED, now=AT,
        )  # fmt: skip
    row = desk.session.scalars(sa.select(Invitation).where(Invitation.mail == "later@veldhaven.example")).one()
    place = type("Here", (), {"code": "veldhaven"})
    build.make_official(desk.session, place, mail="later@veldhaven.example")
    with pytest.raises(officials.InvitationUsed), writing(desk.session):
        officials.accept_invitation(
            desk.session, row, login="later", password=build.PASSWORD, totp_secret="A" * 32, step=1,
            settings=desk.session.info["settings"], now=AT,
        )  # fmt: skip


def test_a_colleague_invites_nobody(desk: Any, official: Any, record_app: Any, sign_in: Any) -> None:
    who, _client = colleague(desk, record_app, sign_in)
    with pytest.raises(Refused), writing(desk.session):
        officials.invite_colleague(
            desk.session, who, number="2026-3", piece="part-1", display_name="Jo", post="Adviser",
            mail="x@veldhaven.example", language="en", state=AdviceState.RECEIVED, now=AT,
        )  # fmt: skip
