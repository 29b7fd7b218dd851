"""A house whose round has counted its vote, and everybody who has to do with its advice, each at a device of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import waitress
from advice.conftest import World
from conftest import Doors
from eyes import findings, wide
from hands import Hands
from playwright.sync_api import TimeoutError
from servers import free_port
from sqlalchemy.orm import Session
from stage import run

from codesign.accounts.actions import start_sign_in as come_to_panel
from codesign.crossing import JOBS, RECEIVERS
from codesign.db import writing
from codesign.jobs import outbox, schedule
from codesign.officials.actions import start_sign_in as come_to_record
from codesign.places.models import Place
from codesign.web.clock import now


class Seat(Hands):
    """One person's device at one of the doors, in a language; what the browser complains about is kept in `errors`."""

    def __init__(self, table: Table, door: str, person: Any, language: str, **more: Any) -> None:
        self.table, self.door, self.person = table, door, person
        self.home = getattr(table.doors, door)
        context = table.browser.new_context(**more)
        context.set_default_timeout(10_000)
        # Only where one would wait for the editor: with it a page no longer knows how it was come to, as drafts need it.
        if door == "panel":
            context.clock.install()
        context.add_cookies([{"name": "language", "value": language, "url": self.home}])
        super().__init__(context.new_page())
        self.page.on("pageerror", lambda error: table.errors.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._listen)

    def _listen(self, line: Any) -> None:
        # A form that comes back with what is wrong, or with what a colleague wrote, is no error; the console says so.
        if line.type == "error" and "status of 422" not in line.text and "status of 409" not in line.text:
            self.table.errors.append(f"{self.page.url}: {line.text}")

    def come_in(self) -> None:
        """Signed in without typing; again after the clock went on."""
        app = getattr(self.table.doors.house, self.door)
        with writing(self.table.session):
            start = come_to_panel if self.door == "panel" else come_to_record
            token = start(self.table.session, self.person, now())
        value = app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})
        name = app.config["SESSION_COOKIE_NAME"]
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.home}])

    def open(self, path: str) -> None:
        """Go to an address of this door; it answers with a page."""
        reply = self.page.goto(self.home + path, wait_until="load")
        assert reply is not None
        assert reply.status == 200, f"{reply.status} at {path}"

    def hear(self, words: str) -> None:
        """Wait until these words stand on the page."""
        main = self.page.locator("main")
        with suppress(TimeoutError):
            main.filter(has_text=words).wait_for()
        text = " ".join((main.text_content() or "").split())
        assert words in text, f"{self.page.url}: {text}"

    def look(self) -> None:
        """Nothing on this page stands in the way of anybody, and it is no wider than its screen."""
        self.table.errors += [f"{self.page.url}: {line}" for line in findings(self.page) + wide(self.page)]

    def edit(self, name: str, text: str, said: str) -> None:
        """Words in a field of the editor, which saves by itself a moment after the last letter and says so."""
        self.page.locator(f"main [name={name}]").first.focus()
        # htmx comes at the first sign of life; a policy of the pages forbids playwright to wait for it by itself.
        while not self.page.evaluate("!document.querySelector('[hx-post]') || !!window.htmx"):
            self.page.wait_for_timeout(20)
        self.write(name, text)
        self.page.clock.fast_forward(1600)
        status = self.page.locator("#part-form [role=status]")
        with suppress(TimeoutError):
            status.filter(has_text=said).wait_for()
        assert said in status.inner_text(), self.page.url


class Table:
    """The panel, its moderator and the officials around one advice; `later` lets the clock go on and the worker work."""

    def __init__(self, browser: Any, doors: Doors, session: Session, world: World, clock: Any) -> None:
        self.browser, self.doors, self.session, self.world, self.clock = browser, doors, session, world, clock
        self.errors: list[str] = []
        self.seats: list[Seat] = []
        self.place = world.panel.municipality_code

    def seat(self, person: Any, language: str, door: str = "panel", **more: Any) -> Seat:
        """Somebody sits down, signed in."""
        made = Seat(self, door, person, language, **more)
        self.seats.append(made)
        if person is not None:
            made.come_in()
        return made

    def later(self, **more: int) -> None:
        """Time goes by; what is due is done, what waits crosses the wall, and everybody signs in again."""
        self.clock.shift(timedelta(**more))
        self.work()
        for seat in self.seats:
            if seat.person is not None:
                seat.come_in()

    def work(self) -> None:
        """One turn of the worker."""
        self.session.rollback()
        schedule.run_due(self.session, JOBS, now())
        done = outbox.deliver(self.session, self.session, RECEIVERS, now())
        assert done.refused == 0
        self.session.rollback()
        self.session.expire_all()
        self.world.now = now()

    def here(self, session: Session) -> Place:
        """The place as the record knows it."""
        return session.scalars(sa.select(Place).where(Place.code == self.place)).one()

    def newest(self, model: Any) -> Any:
        """The last row of a kind."""
        self.session.rollback()
        found = self.session.scalars(sa.select(model).order_by(model.id.desc()).limit(1)).one()
        self.session.rollback()
        return found

    def cast(self, ballot: Any, votes: dict[str, int], why: str = "") -> None:
        """Members who are not at a seat vote, through the action."""
        self.world.now = now()
        seated = {seat.person.id for seat in self.seats if seat.person is not None and seat.door == "panel"}
        others = [m for m in self.world.members if m.id not in seated]
        replace(self.world, members=others).cast(ballot, votes, why)
        self.session.rollback()

    @contextmanager
    def acting(self) -> Iterator[Session]:
        """Something done through an action, outside of any page."""
        self.session.rollback()
        self.world.now = now()
        with writing(self.session):
            yield self.session
        self.session.expire_all()


@contextmanager
def served(app: Any) -> Iterator[str]:
    """One more app on a free port; its address."""
    port = free_port()
    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=2)
    threading.Thread(target=run, args=(server,), daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    server.close()
