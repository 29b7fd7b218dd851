"""A whole vote in the room, in a real browser: two votes on the tablet, two on paper entered by two people, counted."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from build import PASSWORD, make_ballot, make_member, make_moderator, make_panel, make_round, open_ballot
from conftest import LAPTOP, PHONE, Doors
from eyes import wide, wrong_side
from hands import Hands
from playwright.sync_api import Error
from polling import LANGUAGES, QUESTION, do_what_is_due, options, signed_in, sit_down
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.rules.phases import Phase
from codesign.voting.domain import Method
from codesign.web.clock import now

pytestmark = pytest.mark.browser
TABLET = {"width": 800, "height": 1100}
DIGITS = "4071"


class Hall:
    """A prepared vote about an order, and a moderator's laptop."""

    def __init__(self, browser: Any, doors: Doors, session: Session) -> None:
        self.doors, self.session = doors, session
        self.found: list[str] = []
        with writing(session):
            panel = make_panel(session)
            self.round = make_round(session, panel, Phase.DISCUSSING)
            self.moderator = make_moderator(session, panel)
            self.members = [make_member(session, panel) for _ in range(9)]
            self.made = make_ballot(
                session, self.round, self.moderator, now=now(), deadline=now() + timedelta(hours=3), method=Method.RANKED,
                options=options(), question=QUESTION[0], translations=dict(zip(LANGUAGES[1:], QUESTION[1:], strict=True)),
                max_choices=4, with_none=False,
            )  # fmt: skip
        self.number: int = self.made.id
        self.desk = Hands(sit_down(browser, doors, session, self.moderator, "en", viewport=LAPTOP))

    def look(self, page: Any) -> None:
        """What is not right on this page, kept for the end."""
        self.found += [f"{page.url}: {line}" for line in wide(page) + wrong_side(page)]

    def note_four(self) -> None:
        """Four members vote in the room; then the vote opens."""
        page = self.desk.page
        page.goto(f"{self.doors.panel}/desk/votes/{self.number}/room")
        for member in self.members[:4]:
            self.desk.mark(str(member.id))
        self.desk.send()
        page.wait_for_url(re.compile(rf"/desk/votes/{self.number}$"))
        with writing(self.session):
            self.session.refresh(self.round)
            open_ballot(self.session, self.made, self.round, self.moderator, self.doors.house.settings.keys, now=now())

    def print_two(self) -> list[str]:
        """Two sheets; their codes as they stand on the paper."""
        page = self.desk.page
        page.goto(f"{self.doors.panel}/desk/votes/{self.number}/room/sheets")
        page.locator("main select[name=language]").select_option("nl")
        page.locator("main [name=count]").fill("2")
        self.desk.mark("a5")
        self.desk.send()
        page.locator("article").first.wait_for()
        assert page.locator("article").count() == 2
        self.look(page)
        return [re.sub(r"\D", "", text) for text in page.locator(".sheetpaper__code b").all_inner_texts()]

    def give_out(self, tablet: Hands) -> None:
        """This device goes from hand to hand from now on."""
        tablet.page.goto(f"{self.doors.panel}/desk/votes/{self.number}/room")
        tablet.write("digits", DIGITS)
        tablet.send("#tablet form.step button")
        tablet.see("/tablet")

    def hand_on(self, tablet: Hands, language: str) -> str:
        """One person takes it, in her language, votes, and gives it back; the code she wrote down."""
        page = tablet.page
        tablet.write("digits", DIGITS)
        tablet.send()
        page.locator("[data-choose]").wait_for()
        if language != "nl":
            tablet.press(".langbar summary")
            tablet.press(f".langbar button[value={language}]")
        page.locator(f"html[lang={language}] [data-choose]").wait_for()
        for key in ("o3", "o1"):
            tablet.press(f".opt:has(option[value='{key}:1']) .turn")
        self.look(page)
        with page.expect_request(lambda r: r.method == "POST") as looked:
            tablet.send("button.go[value=look]")
        code = page.locator(".code b")
        code.wait_for()
        self.look(page)
        text = code.inner_text()
        tablet.send("button.go[value=cast]")
        page.locator("main [name=digits]").wait_for()
        self.shows_nothing(page, text)
        # Back: the browser asks whether to send the form again. Whoever says yes learns nothing either.
        with pytest.raises(Error, match="ERR_CACHE_MISS"):
            page.go_back()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        again = page.request.post(looked.value.url, data=looked.value.post_data or "", headers=kind)
        assert again.url.endswith("/tablet")
        assert "data-choose" not in again.text()
        assert 'class="code"' not in again.text()
        page.goto(f"{self.doors.panel}/desk/votes/{self.number}/room")
        self.shows_nothing(page, text)
        return re.sub(r"\D", "", text)

    def shows_nothing(self, page: Any, code: str) -> None:
        """Whoever takes it next finds the way to vote, and nothing of who had it before."""
        page.locator("main h1").wait_for()
        assert page.locator("html").get_attribute("lang") == "nl"
        assert code not in page.content()
        assert page.locator(".code, .fate, .opt--on").count() == 0, page.locator("main").inner_text()

    def enter(self, me: Hands, sheets: dict[str, tuple[str, ...]]) -> None:
        """Sit down, enter every sheet, and say that these are all."""
        page = me.page
        page.goto(f"{self.doors.panel}/vote/{self.number}/sheets")
        me.press("form[action$='/begin'] button")
        for n, (code, order) in enumerate(sheets.items(), start=1):
            me.write("code", code)
            for place, key in enumerate(order, start=1):
                me.pick(f"{key}:{place}")
            me.send("form[action$='/sheets'] button.go")
            page.locator("form[action$='/settle']:has([value=remove])").nth(n - 1).wait_for()
        self.look(page)
        me.press("form[action$='/settle']:has([value=done]) button")
        page.locator("form[action$='/settle']:has([value=done])").wait_for(state="detached")

    def differ(self, me: Hands) -> Any:
        """The buttons to say that the other read a sheet right."""
        me.page.goto(f"{self.doors.panel}/vote/{self.number}/sheets")
        return me.page.locator("form[action$='/settle']:has([value=other])")


@pytest.mark.sqlite_only
def test_a_vote_in_the_room(browser: Any, doors: Doors, session: Session) -> None:
    _hold(browser, doors, session)


@pytest.mark.long
@pytest.mark.postgresql_only
def test_a_vote_in_the_room_on_the_other_database(browser: Any, doors: Doors, session: Session) -> None:
    _hold(browser, doors, session)


def _hold(browser: Any, doors: Doors, session: Session) -> None:
    with time_machine.travel(now(), tick=True) as clock:
        hall = Hall(browser, doors, session)
        hall.note_four()
        printed = hall.print_two()
        tablet = Hands(sit_down(browser, doors, session, hall.moderator, "nl", viewport=TABLET))
        hall.give_out(tablet)
        written = [hall.hand_on(tablet, language) for language in ("ar", "nl")]
        tablet.press("main a[href$='/tablet/leave']")
        tablet.write("password", PASSWORD)
        tablet.send()
        tablet.see(f"/desk/votes/{hall.number}/room")

        clock.shift(timedelta(hours=4))
        do_what_is_due(session)
        # The clock went on further than a sign-in of staff may stand still.
        hall.desk.page.context.add_cookies([signed_in(doors, session, hall.moderator)])
        member = Hands(sit_down(browser, doors, session, hall.members[7], "nl", viewport=PHONE))
        hall.enter(hall.desk, {printed[0]: ("o1", "o2"), printed[1]: ("o3", "o4")})
        hall.enter(member, {printed[0]: ("o1", "o2"), printed[1]: ("o4", "o3")})
        # Whoever read it wrong says so; then nothing differs for the other either.
        assert hall.differ(member).count() == 1
        hall.look(member.page)
        hall.differ(member).locator("button").click()
        member.page.locator("form[action$='/settle']:has([value=other])").wait_for(state="detached")
        assert hall.differ(hall.desk).count() == 0
        page = hall.desk.page
        page.goto(f"{doors.panel}/desk/votes/{hall.number}/room")
        hall.desk.press("form[action$='/ready'] button")
        page.locator("form[action$='/ready']").wait_for(state="detached")
        do_what_is_due(session)

        member.page.goto(f"{doors.panel}/vote/{hall.number}")
        member.see("/result")
        hall.look(member.page)
        # On three of four the third idea stands first.
        assert "Lessen buiten" in member.page.locator("p.said b").first.inner_text()
        member.press("main a[href$='/list']")
        member.see("/list")
        codes = {re.sub(r"\D", "", text) for text in member.page.locator("tbody th").all_inner_texts()}
        assert codes == {*printed, *written}
        for one in (hall.desk, tablet, member):
            one.page.context.close()
        assert hall.found == []
