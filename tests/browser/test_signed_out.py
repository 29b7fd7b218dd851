"""An official is signed out while typing: the words wait on the device and come back after the sign-in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import LAPTOP, Doors
from hands import Hands
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.officials.models import Official
from codesign.officials.queries import open_sign_ins
from codesign.web.clock import now

sys.path.insert(0, str(Path(__file__).parents[1] / "responses"))

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
WORDS = "We heard that nobody rings the bell, and that a letter is no visit."


def sign_out_elsewhere(session: Session, official: Official) -> None:
    """The sign-in ends on the server, as by another device or by time."""
    with writing(session):
        for row in open_sign_ins(session, official.id):
            row.ended_at = now()
        session.merge(official).totp_last_step = None


def test_what_an_official_typed_is_there_after_signing_in_again(browser: Any, doors: Doors, session: Session) -> None:
    from responses_desk import Desk

    desk = Desk(session)
    page = browser.new_context(viewport=LAPTOP, locale="en").new_page()
    me = Hands(page)
    page.goto(f"{doors.record}/sign-in")
    me.sign_in(desk.official.login)
    page.goto(f"{doors.record}/desk/2026-3")
    me.send()
    assert page.url.endswith("/heard")
    page.fill("[name=what_we_heard]", WORDS)
    sign_out_elsewhere(session, desk.official)
    me.send()
    assert "/sign-in" in page.url
    me.sign_in(desk.official.login)
    page.goto(f"{doors.record}/desk/2026-3/heard")
    assert page.input_value("[name=what_we_heard]") == WORDS
    me.send()
    assert page.url.endswith("/recommendation/1")
    page.goto(f"{doors.record}/desk/2026-3/heard")
    assert page.input_value("[name=what_we_heard]") == WORDS
    # A colleague on the same device finds none of it.
    page.goto(f"{doors.record}/desk/2026-3/closing")
    page.fill("[name=council]", "A half sentence that was never sent")
    page.goto(f"{doors.record}/desk")
    sign_out_elsewhere(session, desk.official)
    page.goto(f"{doors.record}/sign-in")
    me.sign_in(desk.colleague.login)
    page.goto(f"{doors.record}/desk/2026-3/closing")
    assert page.input_value("[name=council]") == ""
