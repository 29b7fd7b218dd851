"""The plumbing: what a reply carries, what a POST needs, what a GET may not do, and what a broken store looks like."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from codesign.db import WriteOutsideWrite, db, writing
from codesign.journal.models import VoicesEntry
from codesign.web.access import safe_next
from codesign.web.clock import now


def test_a_reply_carries_the_headers_of_a_careful_house(client):
    headers = client.get("/sign-in").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_what_does_not_exist_answers_the_same_everywhere(client):
    one, other = client.get("/no-such-page"), client.get("/ideas/999999")
    assert one.status_code == 404
    assert other.status_code in {303, 404}


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/ideas?order=new", "/ideas?order=new"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\nb", "/"),
        (None, "/"),
    ],
)
def test_going_back_never_leaves_this_door(asked, goes):
    assert safe_next(asked) == goes


def test_a_post_needs_the_token(house):
    house.panel.config["WTF_CSRF_ENABLED"] = True
    try:
        reply = house.panel.test_client().post("/language", data={"code": "nl"})
    finally:
        house.panel.config["WTF_CSRF_ENABLED"] = False
    assert reply.status_code == 403


def test_a_post_from_another_origin_is_refused_also_over_https(client):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "https://["}):
        reply = client.post("/language", data={"code": "nl"}, headers=headers, base_url="https://localhost")
        assert reply.status_code == 403
    good = client.post(
        "/language",
        data={"code": "nl", "next": "/"},
        headers={"Origin": "https://localhost"},
        base_url="https://localhost",
    )
    assert good.status_code == 303


def test_a_write_outside_a_write_is_an_error(session):
    session.add(VoicesEntry(at=now(), by=None, verb="x", what="y", what_id="1"))
    with pytest.raises(WriteOutsideWrite):
        session.flush()
    session.rollback()


def test_a_failing_store_gives_a_plain_page_and_mends_itself(client, monkeypatch):
    def broken(*_a, **_k):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    with monkeypatch.context() as m:
        m.setattr(db.session, "execute", broken)
        m.setattr(db.session, "scalar", broken)
        m.setattr(db.session, "scalars", broken)
        m.setattr("codesign.panel_app.load_identity", broken)
        with client.session_transaction() as cookie:
            cookie["_user_id"] = "whatever"
        reply = client.get("/ideas")
        assert reply.status_code == 503
        assert reply.headers["Retry-After"]
    assert client.get("/sign-in").status_code == 200


def test_a_failed_write_leaves_nothing_half_written(session):
    def half() -> None:
        with writing(session):
            session.add(VoicesEntry(at=now(), by=None, verb="x", what="y", what_id="1"))
            session.flush()
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        half()
    assert session.query(VoicesEntry).count() == 0


def test_every_setting_is_documented_with_its_default():
    from dataclasses import fields
    from pathlib import Path

    from codesign.settings import Settings

    text = (Path(__file__).parents[2] / "docs" / "hosts.md").read_text()
    for f in fields(Settings):
        default = f"`{f.default}`" if f.default != "" else "empty"
        assert f"| `{f.metadata['env']}` | {default} | {f.metadata['why']} |" in text
