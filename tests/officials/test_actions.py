"""Invited, in, out: what is written, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from build import CHEAP, NOW, PASSWORD, TOTP_SECRET, make_official, make_record_place
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from codesign.credentials import passwords, tokens, totp
from codesign.db import writing
from codesign.journal.models import RecordEntry
from codesign.officials import actions, queries
from codesign.officials.models import Invitation, Official, OfficialSignIn
from codesign.officials.ways_in import LoginTaken

TOKEN = "a-one-time-token"
SECRET = TOTP_SECRET


def code_at(moment: datetime, secret: str = SECRET) -> str:
    import pyotp

    return str(pyotp.TOTP(secret).at(moment))


def document(place: Any, **more: Any) -> dict[str, Any]:
    return {
        "place": place.code, "display_name": "M. de Wit", "post": "Adviser on living together",
        "mail": "Adviser@veldhaven.example", "language": "nl", "token_digest": tokens.digest(TOKEN),
        "invited_at": NOW.isoformat(), "expires_at": (NOW + timedelta(days=7)).isoformat(),
    } | more  # fmt: skip


def invited(session: Session, **more: Any) -> Invitation:
    place = make_record_place(session)
    with writing(session):
        actions.receive_invitation(session, document(place, **more), NOW)
    found = queries.open_invitation(session, TOKEN, NOW)
    assert found is not None
    return found


def accept(session: Session, invitation: Invitation, now: datetime = NOW, **more: Any) -> Official:
    values: dict[str, Any] = {
        "login": "Wit", "password": PASSWORD, "totp_secret": SECRET,
        "step": totp.verify(SECRET, code_at(now), None, now),
    } | more  # fmt: skip
    with writing(session):
        return actions.accept_invitation(session, invitation, settings=CHEAP, now=now, **values)


def test_receiving_an_invitation_twice_is_receiving_it_once(session: Session) -> None:
    place = make_record_place(session)
    for _ in range(2):
        with writing(session):
            actions.receive_invitation(session, document(place), NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1
    rows = session.scalars(sa.select(RecordEntry).where(RecordEntry.what == "invitation")).all()
    assert len(rows) == 1


def test_only_the_digest_of_the_link_is_kept(session: Session) -> None:
    found = invited(session)
    assert TOKEN not in str(vars(found))
    assert found.token_digest == tokens.digest(TOKEN)


def test_an_invitation_ends_after_fourteen_days_whatever_it_says(session: Session) -> None:
    invited(session, expires_at=(NOW + timedelta(days=300)).isoformat())
    assert queries.open_invitation(session, TOKEN, NOW + timedelta(days=14, seconds=-1)) is not None
    assert queries.open_invitation(session, TOKEN, NOW + timedelta(days=14)) is None


def test_accepting_makes_an_official_who_can_come_in(session: Session) -> None:
    official = accept(session, invited(session))
    assert (official.login, official.mail, official.post) == (
        "wit", "adviser@veldhaven.example", "Adviser on living together",
    )  # fmt: skip
    assert official.password_hash is not None
    assert PASSWORD not in official.password_hash
    later = NOW + timedelta(minutes=2)
    with writing(session):
        found = actions.check_sign_in(
            session, login="WIT", password=PASSWORD, code=code_at(later), settings=CHEAP, now=later
        )
        assert found is not None
        token = actions.start_sign_in(session, found, later)
    identity = queries.load_identity(session, token, later)
    assert identity is not None
    assert (identity.kind, identity.id, identity.language) == ("official", official.id, "nl")


def test_an_invitation_works_once(session: Session) -> None:
    found = invited(session)
    accept(session, found)
    assert queries.open_invitation(session, TOKEN, NOW) is None
    with pytest.raises(actions.InvitationUsed):
        accept(session, found, login="other")
    assert session.scalar(sa.select(sa.func.count()).select_from(Official)) == 1


def test_an_invitation_that_ran_out_in_the_meantime_is_refused(session: Session) -> None:
    found = invited(session)
    late = NOW + timedelta(days=8)
    with pytest.raises(actions.InvitationUsed):
        accept(session, found, now=late)


def test_a_login_that_somebody_has_is_refused_and_nothing_is_used_up(session: Session) -> None:
    make_official(session, login="wit")
    found = invited(session)
    with pytest.raises(LoginTaken):
        accept(session, found)
    assert queries.open_invitation(session, TOKEN, NOW) is not None
    assert accept(session, found, login="wit2").login == "wit2"


def test_who_is_invited_again_keeps_the_login_gets_new_secrets_and_is_out_everywhere(session: Session) -> None:
    found = invited(session)
    with writing(session):
        old = Official(
            login="old", display_name="M. Wit", post="Clerk", place_code=found.place_code, mail=found.mail,
            language="nl", password_hash="x", totp_secret="y", made_at=NOW,
        )  # fmt: skip
        session.add(old)
        session.flush()
        token = actions.start_sign_in(session, old, NOW)
    renewed = accept(session, found, login="ignored")
    assert (renewed.id, renewed.login, renewed.post) == (old.id, "old", "Adviser on living together")
    assert passwords.verify(renewed.password_hash, PASSWORD, CHEAP)
    assert queries.load_identity(session, token, NOW) is None


@pytest.mark.parametrize(
    "wrong", [{"login": "nobody"}, {"password": "wrong horse battery staple"}, {"code": "000000"}, {"code": "x"}]
)
def test_the_answer_is_the_same_whatever_was_wrong(session: Session, wrong: dict[str, str]) -> None:
    official = make_official(session)
    asked = {"login": official.login, "password": PASSWORD, "code": code_at(NOW)} | wrong
    with writing(session):
        assert actions.check_sign_in(session, **asked, settings=CHEAP, now=NOW) is None


def test_digits_let_in_once(session: Session) -> None:
    official = make_official(session)
    asked = {"login": official.login, "password": PASSWORD, "code": code_at(NOW)}
    with writing(session):
        assert actions.check_sign_in(session, **asked, settings=CHEAP, now=NOW) is not None
    with writing(session):
        assert actions.check_sign_in(session, **asked, settings=CHEAP, now=NOW) is None


def test_a_sign_in_ends_after_a_working_day_and_at_once_on_sign_out(session: Session) -> None:
    official = make_official(session)
    with writing(session):
        token = actions.start_sign_in(session, official, NOW)
        other = actions.start_sign_in(session, official, NOW)
    assert queries.load_identity(session, token, NOW + timedelta(hours=8)) is None
    assert queries.load_identity(session, token, NOW - timedelta(minutes=1)) is None
    with writing(session):
        actions.end_sign_in(session, token, NOW + timedelta(hours=1))
        actions.end_sign_in(session, token, NOW + timedelta(hours=2))
        actions.end_sign_in(session, "made up", NOW)
    row = queries.sign_in_by_token(session, token)
    assert row is not None
    assert row.ended_at == NOW + timedelta(hours=1)
    assert queries.load_identity(session, token, NOW) is None
    assert queries.load_identity(session, other, NOW) is not None


def test_who_left_the_post_is_out_and_stays_named_by_the_post(session: Session) -> None:
    official = make_official(session)
    with writing(session):
        token = actions.start_sign_in(session, official, NOW)
    with writing(session):
        session.add(official)
        actions.end_official(session, official, NOW)
    assert queries.load_identity(session, token, NOW) is None
    assert queries.official_by_login(session, official.login) is None
    assert queries.addresses(session, official.place_code) == []
    assert queries.posts(session, [official.id]) == {official.id: official.post}


def test_reading_officials(session: Session) -> None:
    place = make_record_place(session)
    one, two = make_official(session, place), make_official(session, place)
    elsewhere = make_official(session)
    assert list(queries.addresses(session, place.code)) == sorted([one.mail, two.mail])
    assert {o.id for o in queries.all_officials(session)} == {one.id, two.id, elsewhere.id}
    found = queries.official_by_id(session, one.id)
    assert found is not None
    assert found.place.name == place.name
    assert queries.posts(session, []) == {}


@pytest.mark.parametrize(
    "row",
    [
        lambda o, p: Official(
            login="half", display_name="x", post="y", place_code=p, mail="z", language="nl", made_at=NOW,
            password_hash="only one",
        ),
        lambda o, p: Official(login="", display_name="x", post="y", place_code=p, mail="z", language="nl", made_at=NOW),
        lambda o, p: Official(
            login=o.login, display_name="x", post="y", place_code=p, mail="z", language="nl", made_at=NOW
        ),
        lambda o, p: OfficialSignIn(official_id=o.id, token_digest="d", started_at=NOW, ends_at=NOW),
        lambda o, p: Invitation(
            token_digest="0" * 64, place_code=p, display_name="x", post="y", mail="z", language="nl", invited_at=NOW,
            expires_at=NOW, received_at=NOW,
        ),
        lambda o, p: Invitation(
            token_digest="0" * 64, place_code=p, display_name="x", post="y", mail="z", language="nl", invited_at=NOW,
            expires_at=datetime(2027, 1, 1, tzinfo=UTC), received_at=NOW, used_at=NOW,
        ),
    ],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(session: Session, row: Any) -> None:
    official = make_official(session)
    with pytest.raises(IntegrityError), writing(session):
        session.add(row(official, official.place_code))
