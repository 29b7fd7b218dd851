"""Two members hold the key of a vote: asked, written down, typed back, handed in after the end; then the result."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from build import make_ballot, make_member, make_moderator, make_panel, make_round
from conftest import LAPTOP, PHONE, Doors
from eyes import findings, wide
from hands import Hands
from polling import IDEAS, do_what_is_due, options, signed_in, sit_down
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.db import writing
from codesign.panels.queries import membership
from codesign.rules.phases import Phase
from codesign.voting import preparing, queries
from codesign.voting.domain import Method, State, Terms
from codesign.voting.models import Ballot
from codesign.web.clock import now

pytestmark = pytest.mark.browser


class Keeping:
    """A prepared vote, the moderator's laptop, and the phones of two members who hold the key."""

    def __init__(self, browser: Any, doors: Doors, session: Session, clock: Any) -> None:
        self.doors, self.session, self.clock = doors, session, clock
        with writing(session):
            panel = make_panel(session)
            self.round = make_round(session, panel, Phase.DISCUSSING)
            self.moderator, self.second = make_moderator(session, panel), make_moderator(session, panel)
            self.members = [make_member(session, panel) for _ in range(9)]
            self.number: int = make_ballot(
                session, self.round, self.moderator, now=now(), deadline=now() + timedelta(hours=3),
                method=Method.BUDGET, options=options(costs=True), terms=Terms(total=10_000), max_choices=4,
            ).id  # fmt: skip
        self.desk = Hands(sit_down(browser, doors, session, self.moderator, "en", viewport=LAPTOP))
        self.phones = [
            Hands(sit_down(browser, doors, session, member, language, viewport=PHONE))
            for member, language in zip(self.members, ("nl", "ar"), strict=False)
        ]
        self.papers: list[str] = []

    def ballot(self) -> Ballot:
        self.session.rollback()
        found = self.session.get(Ballot, self.number, populate_existing=True)
        assert found is not None
        return found

    def ask_two(self) -> None:
        """The moderator names them."""
        page = self.desk.page
        page.goto(f"{self.doors.panel}/desk/votes/{self.number}/keys")
        for member in self.members[:2]:
            self.desk.mark(str(member.id))
        self.desk.send()
        page.locator("li.card", has_text=self.members[1].pseudonym or "").wait_for()
        assert findings(page) == []

    def write_down(self, phone: Hands) -> None:
        """From home; the half is seen once, and typed back after a slip of the pen."""
        page = phone.page
        page.goto(self.doors.panel)
        phone.press(".now-card a.go")
        phone.see(f"/vote/{self.number}/key")
        phone.press("form[action$='/key/make'] button")
        shown = page.locator(".code .num b")
        shown.wait_for()
        assert wide(page) + findings(page) == []
        half = re.sub(r"\D", "", shown.inner_text())
        assert len(half) == 40
        self._type(phone, half[:-1] + str((int(half[-1]) + 1) % 10), 422)
        page.locator(".field--bad").wait_for()
        assert half not in re.sub(r"\D", "", page.content()), "the half is shown a second time"
        self._type(phone, half, 303)
        phone.see(f"/vote/{self.number}/key")
        assert page.locator("main [name=half]").count() == 0
        self.papers.append(half)

    def _type(self, phone: Hands, half: str, status: int) -> None:
        phone.write("half", " ".join(half[i : i + 4] for i in range(0, 40, 4)))
        with phone.page.expect_response(lambda r: r.request.method == "POST") as came:
            phone.send()
        assert came.value.status == status

    def open(self) -> None:
        """Another moderator finds it right; then it opens from the desk."""
        with writing(self.session):
            found = queries.with_options(self.session, self.number)
            by = membership(self.session, self.second.id, self.round.panel_id)
            assert found is not None
            assert by is not None
            preparing.check_ballot(self.session, found, self.round, by, now=now())
            self.session.refresh(self.round)
            self.round.phase = Phase.VOTING
        page = self.desk.page
        page.goto(f"{self.doors.panel}/desk/votes/{self.number}")
        assert findings(page) == []
        self.desk.choose("sure")
        self.desk.send("form[action$='/open'] button.go")
        page.locator("form[action$='/open']").wait_for(state="detached")
        assert self.ballot().state is State.OPEN

    def vote(self, phone: Hands) -> None:
        """As in any other vote."""
        phone.page.goto(f"{self.doors.panel}/vote/{self.number}")
        phone.mark("o2")
        phone.send("button.go[value=look]")
        phone.page.locator(".code b").wait_for()
        phone.send("button.go[value=cast]")
        phone.see("/done")

    def hand_in(self, phone: Hands, member: Person, half: str) -> None:
        """After the end, from home; after the wrong paper."""
        # The clock went on further than a sign-in may stand still.
        phone.page.context.add_cookies([signed_in(self.doors, self.session, member)])
        phone.page.goto(self.doors.panel)
        phone.press(".now-card a.go")
        phone.see(f"/vote/{self.number}/key")
        self._type(phone, half[::-1], 422)
        phone.page.locator(".field--bad").wait_for()
        self._type(phone, half, 303)
        phone.see(f"/vote/{self.number}/key")


@pytest.mark.sqlite_only
def test_two_members_hold_the_key(browser: Any, doors: Doors, session: Session) -> None:
    _keep(browser, doors, session)


@pytest.mark.long
@pytest.mark.postgresql_only
def test_two_members_hold_the_key_on_the_other_database(browser: Any, doors: Doors, session: Session) -> None:
    _keep(browser, doors, session)


def _keep(browser: Any, doors: Doors, session: Session) -> None:
    with time_machine.travel(now(), tick=True) as clock:
        it = Keeping(browser, doors, session, clock)
        it.ask_two()
        for phone in it.phones:
            it.write_down(phone)
        it.open()
        for phone in it.phones:
            it.vote(phone)
        clock.shift(timedelta(hours=4))
        do_what_is_due(session)
        assert it.ballot().state is State.OPEN, "it was counted without the halves"
        for phone, member, half in zip(it.phones, it.members, it.papers, strict=False):
            assert it.ballot().state is State.OPEN
            it.hand_in(phone, member, half)
            do_what_is_due(session)
        assert it.ballot().state is State.SWEPT
        for phone, title in zip(it.phones, IDEAS[1][1:], strict=True):
            phone.page.goto(f"{doors.panel}/vote/{it.number}")
            phone.see("/result")
            assert title in phone.page.locator("p.said b").first.inner_text()
        for page in (it.desk.page, *(phone.page for phone in it.phones)):
            page.context.close()
