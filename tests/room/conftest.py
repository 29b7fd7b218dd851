"""A panel whose ballot is open, with some who vote in the room; and what tests do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import build
import pytest
from voting.conftest import PREPARED_IN, World

from codesign.db import writing
from codesign.panels.queries import membership
from codesign.room import actions, entering, tablets
from codesign.room import queries as room_queries
from codesign.rules.roles import Role
from codesign.voting import codes, keys
from codesign.voting.domain import Option
from codesign.web.clock import now as clock

IDEA = [Option("", "An open kitchen", "We cook together once a week.", "en", "BRI", ("coffee",))]
YES_NO: dict[str, Any] = {"method": "yes_no", "options": IDEA, "max_choices": 1, "with_none": False}


@dataclass
class Room(World):
    """The world of voting, with a room; `second` is another moderator."""

    second: Any = None
    sheets: list[str] = field(default_factory=list)

    def fresh_in_room(self) -> str:
        """A new code as sheets and tablets show it."""
        return codes.new_code(keys.load(self.key_folder, self.ballot.key_name).codes, self.ballot.id, room=True)

    def member(self, person: Any) -> Any:
        return membership(self.session, person.id, self.panel.id)

    def member_of(self, session: Any, person: Any) -> Any:
        """The same, in another session."""
        return membership(session, person.id, self.panel.id)

    def print(self, count: int = 6, now: datetime | None = None) -> list[str]:
        """The codes of freshly printed sheets."""
        with writing(self.session):
            self.sheets += actions.print_sheets(
                self.session, self.ballot.id, self.round, self.by, count=count, key_folder=self.key_folder,
                now=now or self.now,
            )  # fmt: skip
        return self.sheets

    def seat(self, person: Any, now: datetime | None = None) -> int:
        with writing(self.session):
            return entering.begin(self.session, self.ballot.id, self.round, self.member(person), now=now or self.end)

    def enter(self, person: Any, code: str, *chosen: str, spoiled: bool = False, **more: Any) -> str:
        """One sheet, entered by this person after the deadline."""
        at = more.pop("now", self.end)
        with writing(self.session):
            return entering.enter_sheet(
                self.session, self.ballot.id, self.round, self.member(person), code=code, chosen=chosen,
                spoiled=spoiled, key_folder=self.key_folder, now=at, **more,
            )  # fmt: skip

    def done(self, *people: Any) -> None:
        for person in people:
            with writing(self.session):
                entering.say_done(self.session, self.ballot.id, self.round, self.member(person), now=self.end)

    def enter_all(self, marked: Sequence[tuple[str, str]], *people: Any) -> None:
        """Each of these people enters the same sheets (code, choice) and says so."""
        for person in people:
            self.seat(person)
            for code, chosen in marked:
                self.enter(person, code, chosen)
        self.done(*people)

    def settle(self, now: datetime | None = None) -> None:
        with writing(self.session):
            actions.settle_room(
                self.session, self.ballot.id, self.round, self.by, key_folder=self.key_folder, now=now or self.end
            )

    def move(self, person: Any, now: datetime | None = None) -> None:
        """This member votes in the room from now on."""
        with writing(self.session):
            actions.choose_room(self.session, self.ballot.id, self.round, self.member(person), now=now or self.now)

    def tablet(self, now: datetime | None = None) -> int:
        """A tablet that is given out; returns its number."""
        with writing(self.session):
            made = tablets.start_tablet(
                self.session, self.ballot.id, self.round, self.by, digits_hash="x", language="en", now=now or self.now
            )
        return made.id

    def turn(self, tablet: int, now: datetime | None = None) -> str:
        """Hand it to the next person; returns the token of the turn."""
        with writing(self.session):
            tablets.hand_over(self.session, tablet, now=now or self.now)
        found = room_queries.tablet(self.session, tablet)
        assert found is not None
        return found.turn

    def cast_on(self, tablet: int, turn: str, *chosen: str, code: str | None = None, **more: Any) -> None:
        at = more.pop("now", self.now)
        with writing(self.session):
            tablets.cast_in_room(
                self.session, tablet, turn, chosen=chosen, code=self.fresh_in_room() if code is None else code,
                key_folder=self.key_folder, now=at, **more,
            )  # fmt: skip


@pytest.fixture
def room(house, session):
    """Make a panel with an open ballot: `room(members=6, noted=3)`; `live=True` opens it by the real clock."""

    def make(
        members: int = 6, noted: int = 3, kind: str = "vote", residents: int = 0, live: bool = False, **more: Any
    ) -> Room:
        now = clock() if live else build.NOW
        with writing(session):
            panel = build.make_panel(session)
            round_ = build.make_round(session, panel, PREPARED_IN[kind], residents_vote=bool(residents))
            moderator, second = build.make_moderator(session, panel), build.make_moderator(session, panel)
            people = [build.make_member(session, panel) for _ in range(members)]
            neighbours = [build.make_member(session, panel, Role.RESIDENT) for _ in range(residents)]
            ballot = build.make_ballot(session, round_, moderator, kind, now=now, **more)
            by = membership(session, moderator.id, panel.id)
            chosen = [p.id for p in (*people[:noted], *neighbours[:1])]
            round_.phase = PREPARED_IN[kind]
            actions.note_room_voters(session, ballot, round_, by, chosen, now=now)
            opened = build.open_ballot(session, ballot, round_, moderator, house.settings.keys, now)
        twin = opened[1] if len(opened) > 1 else None
        return Room(
            session, house.settings.keys, now + timedelta(hours=0 if live else 1), panel, round_, moderator, people,
            neighbours, opened[0], twin, second=second,
        )  # fmt: skip

    return make
