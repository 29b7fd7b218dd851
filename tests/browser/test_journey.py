"""The journey of a new member in a real browser: Dutch and Arabic, without JavaScript, by the keyboard alone; then the
moderator and the official."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from build import make_ballot, make_host, make_idea, make_member, make_moderator, make_panel, make_round, open_ballot
from conftest import Doors
from hands import Hands, Keyboard
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.db import writing
from codesign.panels.actions import make_cards
from codesign.panels.models import Panel, Round
from codesign.proposals.models import Proposal
from codesign.rules.permissions import Facts
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.web.clock import now

sys.path.insert(0, str(Path(__file__).parents[1] / "responses"))

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
PIN = "274913"
WORDS = {
    "en": ("A neighbour rang my bell.", "A room to drink tea", "That would help me too."),
    "nl": ("Een buur belde aan.", "Een kamer om thee te drinken", "Dat zou mij ook helpen."),
    "ar": ("جار رن جرس الباب.", "غرفة لشرب الشاي", "هذا يساعدني أيضا."),
}


@dataclass
class Town:
    """A panel with one round, ten members who vote, a moderator, and a card that nobody used yet."""

    session: Session
    panel: Panel
    round: Round
    idea: Proposal
    moderator: Person
    digits: str
    keys: Path

    def go_to(self, phase: Phase) -> None:
        """The moderator moves the round; the voting begins with its ballot."""
        with writing(self.session):
            self.session.refresh(self.round)
            self.round.phase = Phase.DISCUSSING if phase is Phase.VOTING else phase
            if phase is Phase.VOTING:
                ballot = make_ballot(self.session, self.round, self.moderator, now=now())
                open_ballot(self.session, ballot, self.round, self.moderator, self.keys, now=now())


def settle(doors: Doors, session: Session, language: str) -> Town:
    """The town as the host and a moderator made it."""
    settings = doors.house.settings
    with writing(session):
        panel = make_panel(session)
        round_ = make_round(session, panel, Phase.LISTENING, language=language)
        members = [make_member(session, panel) for _ in range(10)]
        moderator, host = make_moderator(session, panel), make_host(session)
        idea = make_idea(session, round_, members[0], "An open kitchen")
        (card,) = make_cards(
            session, panel.id, count=1, language=language, role=Role.NEWCOMER, settings=settings, by=host.id,
            facts=Facts(role=Role.HOST), now=now(),
        )  # fmt: skip
    return Town(session, panel, round_, idea, moderator, card.digits, settings.keys)


def come_in(me: Hands, doors: Doors, town: Town, language: str) -> None:
    """The card, the promises, six digits, the language, a name."""
    me.page.goto(doors.panel)
    me.see("/sign-in")
    me.write("digits", town.digits)
    me.send()
    me.see("/welcome/consent")
    me.choose("yes")
    me.send()
    me.see("/welcome/pin")
    me.write("pin", PIN)
    me.write("again", PIN)
    me.send()
    me.see("/welcome/language")
    me.choose("language", language)
    me.send()
    me.see("/welcome/name")
    me.choose("name")
    me.choose("avatar")
    me.send()
    me.page.wait_for_url(doors.panel + "/")


def take_part(me: Hands, doors: Doors, town: Town, language: str) -> None:
    """From home, each time the one thing to do now: tell, give an idea, talk, vote."""
    told, title, reply = WORDS[language]
    onward = ".now-card a.go"
    me.press(onward)
    me.see("/tell")
    me.write("body", told)
    me.send()
    me.page.locator("article.card", has_text=told).wait_for()

    town.go_to(Phase.PROPOSING)
    me.page.goto(doors.panel)
    me.press(onward)
    me.see("/ideas/new")
    me.write("title", title)
    me.next_step()
    me.choose("themes")
    me.next_step()
    me.send("main form button[name=action][value=send]")
    me.page.wait_for_url(re.compile(r"/ideas/\d+$"))
    assert title in me.page.locator("h1").inner_text()

    town.go_to(Phase.DISCUSSING)
    me.page.goto(doors.panel)
    me.press(onward)
    me.see("/ideas")
    me.press(f"main a[href$='/ideas/{town.idea.id}']")
    me.see(f"/ideas/{town.idea.id}")
    me.press("form[action$='/support'] button")
    me.page.locator("form[action$='/support'] button[aria-pressed=true]").wait_for()
    me.choose("kind", "experience")
    me.write("body", reply)
    me.send("form[action$='/replies'] button.go")
    me.page.locator("article.reply", has_text=reply).wait_for()

    town.go_to(Phase.VOTING)
    me.page.goto(doors.panel)
    me.press(onward)
    me.see("/vote/")
    me.choose("o", "o2")
    me.send("button[value=look]")
    code = me.page.locator(".code b")
    code.wait_for()
    assert len("".join(code.inner_text().split())) == 12
    me.send("button.go[value=cast]")
    me.see("/done")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("way", ["dutch", "arabic", "no script", "keyboard"])
def test_a_new_member_goes_all_the_way(browser: Any, doors: Doors, session: Session, way: str) -> None:
    """R01, R07, R13, R14: one thing a page, at 360 px, in one's own language."""
    language = {"arabic": "ar", "keyboard": "en"}.get(way, "nl")
    _journey(browser, doors, session, way, language)


@pytest.mark.postgresql_only
def test_the_same_way_on_the_other_database(browser: Any, doors: Doors, session: Session) -> None:
    _journey(browser, doors, session, "dutch", "nl")


def _journey(browser: Any, doors: Doors, session: Session, way: str, language: str) -> None:
    town = settle(doors, session, language)
    context = browser.new_context(viewport=PHONE, java_script_enabled=way != "no script")
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "language", "value": language, "url": doors.panel}])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    me = (Keyboard if way == "keyboard" else Hands)(page)
    come_in(me, doors, town, language)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    take_part(me, doors, town, language)
    context.close()
    assert errors == []


@pytest.mark.sqlite_only
def test_a_moderator_sees_the_round_and_the_queue(browser: Any, doors: Doors, session: Session) -> None:
    town = settle(doors, session, "en")
    with writing(session):
        make_idea(session, town.round, make_member(session, town.panel), "Call me on 06 12345678")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    me = Hands(context.new_page())
    me.page.goto(doors.panel + "/desk")
    me.see("/sign-in")
    me.press("main a[href*='/sign-in/staff']")
    me.see("/sign-in/staff")
    me.sign_in(town.moderator.login or "")
    me.see("/desk")
    me.page.goto(f"{doors.panel}/desk/rounds/{town.round.id}")
    assert town.round.title in me.page.locator("h1").inner_text()
    me.press(".rail a[href*='/desk/queue']")
    me.see("/desk/queue")
    me.press("main ul.rows a.btn")
    me.see("/desk/look/idea/")
    assert "06 12345678" in me.page.locator("main").inner_text()
    context.close()


@pytest.mark.sqlite_only
def test_an_official_opens_the_advice_and_saves_what_was_heard(browser: Any, doors: Doors, session: Session) -> None:
    from responses_desk import HEARD, Desk

    desk = Desk(session)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    me = Hands(context.new_page())
    me.page.goto(doors.record + "/desk")
    me.see("/sign-in")
    me.sign_in(desk.official.login)
    me.see("/desk")
    me.press("main a[href$='/desk/2026-3']")
    me.see("/desk/2026-3")
    me.send("form[action$='/start'] button.go")
    me.see("/heard")
    me.write("what_we_heard", HEARD)
    me.send()
    me.see("/recommendation/1")
    answer = desk.task().answer
    assert answer is not None
    assert answer.what_we_heard == HEARD
    context.close()
