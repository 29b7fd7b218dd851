"""The room in a real browser: its pages seen by axe in both directions, a tablet handed over by keyboard, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from build import PASSWORD
from conftest import LAPTOP, PHONE, Doors
from eyes import findings, wide, wrong_side
from hands import Hands, Keyboard
from playwright.sync_api import Error
from polling import QUESTION, options
from room.conftest import Room, room

from codesign.accounts.actions import start_sign_in
from codesign.db import writing
from codesign.voting.domain import Terms
from codesign.web.clock import now

__all__ = ["room"]
pytestmark = pytest.mark.browser
TABLET = {"width": 800, "height": 1100}
SCORE: dict[str, Any] = {
    "method": "score", "terms": Terms(points=5), "options": options(), "max_choices": 1, "with_none": False, "question": QUESTION[0],
    "translations": {"nl": QUESTION[1], "ar": QUESTION[2]},
}  # fmt: skip
DIGITS = "4071"


def context(browser: Any, doors: Doors, r: Room, person: Any, language: str, **more: Any) -> Any:
    """A browser in a language, in which this person is signed in."""
    with writing(r.session):
        token = start_sign_in(r.session, person, now())
    app = doors.house.panel
    value = app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})  # type: ignore[attr-defined]
    made = browser.new_context(**more)
    made.set_default_timeout(8000)
    cookies = {app.config["SESSION_COOKIE_NAME"]: value, "language": language}
    made.add_cookies([{"name": n, "value": v, "url": doors.panel} for n, v in cookies.items()])
    return made


@pytest.fixture
def terms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Lets the desk and the papers believe that the vote is over."""

    def over(r: Room) -> None:
        for module in ("desk", "papers"):
            monkeypatch.setattr(f"codesign.room.{module}.now", lambda: r.end)

    return over


def seen(page: Any, name: str) -> list[str]:
    return [f"{name}: {line}" for check in (wide, wrong_side, findings) for line in check(page)]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_each_page_of_the_room_is_whole(browser: Any, doors: Doors, room: Any, terms: Any, language: str) -> None:
    r = room(members=6, noted=4, live=True, **SCORE)
    desk, found = f"{doors.panel}/desk/votes/{r.ballot.id}/room", []
    for size in (PHONE, LAPTOP):
        page = context(browser, doors, r, r.moderator, language, viewport=size).new_page()
        for path in ("", "/list", "/sheets"):
            page.goto(desk + path)
            found += seen(page, path or "desk")
        if size is LAPTOP:
            page.check("[name=size][value=a4]", force=True)
            page.click("button.go")
            page.wait_for_selector(".sheetpaper")
            found += [f"printed: {line}" for line in findings(page)]
    page = context(browser, doors, r, r.members[5], language, viewport=PHONE).new_page()
    page.goto(f"{doors.panel}/vote/{r.ballot.id}/room")
    found += seen(page, "move")
    sheets = r.print()
    for person, mark in ((r.second, "o1:5"), (r.members[0], "o1:2")):
        r.seat(person)
        r.enter(person, sheets[0], mark)
    r.done(r.second)
    terms(r)
    for person, size in ((r.members[0], PHONE), (r.members[1], PHONE), (r.second, LAPTOP)):
        page = context(browser, doors, r, person, language, viewport=size).new_page()
        page.goto(f"{doors.panel}/vote/{r.ballot.id}/sheets")
        found += seen(page, "papers")
    r.done(r.members[0])
    page.reload()
    found += seen(page, "differences")
    page.goto(desk)
    found += seen(page, "desk after the end")
    assert found == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_tablet_goes_from_hand_to_hand_and_back_shows_nothing(
    browser: Any, doors: Doors, room: Any, language: str, script: bool
) -> None:
    r = room(members=6, noted=4, live=True, **SCORE)
    made = context(browser, doors, r, r.moderator, language, viewport=TABLET, java_script_enabled=script)
    page = made.new_page()
    me: Hands = Keyboard(page) if script else Hands(page)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(seen(page, name) if script else wide(page))

    page.goto(f"{doors.panel}/desk/votes/{r.ballot.id}/room")
    me.write("digits", DIGITS)
    me.press("form:has(#digits) button")
    for mark in ("o1:4", "o2:5"):
        page.wait_for_url("**/tablet")
        look("between two people")
        me.write("digits", DIGITS)
        me.press("form:has(#digits) button")
        page.wait_for_selector("[data-choose]")
        look("the question")
        me.mark(mark)
        me.press("button[value=look]")
        page.wait_for_selector(".code")
        look("look again")
        code = page.locator(".code b").inner_text()
        me.press("button.go[value=cast]")
        page.wait_for_selector("#digits")
        look("given back")
        assert code not in page.content()
        before = back(page, 2)  # where the question stood
        assert code not in before
        assert "data-choose" not in before
        page.goto(f"{doors.panel}/desk")
        page.wait_for_url("**/tablet")
    assert r.again().room_slips == 2
    page.goto(f"{doors.panel}/tablet/leave")
    look("leave")
    me.write("password", PASSWORD)
    me.press("main form button.go")
    page.wait_for_url(f"**/desk/votes/{r.ballot.id}/room")
    assert found == []


@pytest.mark.sqlite_only
def test_one_page_back_there_is_no_choice_and_no_code(browser: Any, doors: Doors, room: Any) -> None:
    r = room(members=6, noted=4, live=True, **SCORE)
    page = context(browser, doors, r, r.moderator, "nl", viewport=TABLET).new_page()
    me = Hands(page)
    page.goto(f"{doors.panel}/desk/votes/{r.ballot.id}/room")
    for _ in range(2):
        me.write("digits", DIGITS)
        me.press("form:has(#digits) button")
        page.wait_for_url("**/tablet")
    me.mark("o1:4")
    me.press("button[value=look]")
    code = page.locator(".code b").inner_text()
    me.press("button.go[value=cast]")
    page.wait_for_selector("#digits")
    before = back(page, 1)
    assert code not in before
    assert 'name="o"' not in before
    assert r.again().room_slips == 1


def back(page: Any, steps: int) -> str:
    """What the browser shows when somebody goes back so many pages: one asked for again, or (where the answer to a form
    would have to be sent again) none at all."""
    with suppress(Error):
        page.evaluate(f"history.go(-{steps})")
        page.wait_for_timeout(600)
        return str(page.content())
    return ""
