"""A panel with an open ballot, and what tests do with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import build
import pytest
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.panels.queries import membership
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting import actions, closing, codes, keys
from codesign.voting.models import Ballot
from voting.desks import Desk, make_idea


@dataclass
class World:
    """One panel, one round, one open ballot; `code(person)` gives each their own vote code."""

    session: Session
    key_folder: Path
    now: datetime
    panel: Any
    round: Any
    moderator: Any
    members: list[Any]
    residents: list[Any]
    ballot: Ballot
    twin: Ballot | None = None
    codes: dict[int, str] = field(default_factory=dict)

    @property
    def by(self) -> Any:
        return membership(self.session, self.moderator.id, self.panel.id)

    @property
    def end(self) -> datetime:
        return self.ballot.deadline

    def fresh(self) -> str:
        """A new code of this ballot."""
        return codes.new_code(keys.load(self.key_folder, self.ballot.key_name).codes, self.ballot.id)

    def code(self, person: Any) -> str:
        """The code this person was shown."""
        return self.codes.setdefault(person.id, self.fresh())

    def cast(
        self, person: Any, *chosen: str, code: str | None = None, now: datetime | None = None, **more: Any
    ) -> None:
        """Cast in a transaction of its own."""
        own = self.code(person) if code is None else code
        with writing(self.session):
            actions.cast(
                self.session, self.ballot.id, person.id, chosen=chosen, code=own,
                key_folder=self.key_folder, now=now or self.now, **more,
            )  # fmt: skip

    def close(self, now: datetime | None = None) -> Ballot:
        """What the schedule does at the deadline: close, sweep, destroy."""
        closing.close_due(self.session, self.ballot.id, now or self.end)
        return self.again()

    def again(self) -> Ballot:
        """The ballot as it is stored now."""
        self.session.rollback()
        found = self.session.get(Ballot, self.ballot.id, populate_existing=True)
        assert found is not None
        return found


PREPARED_IN = {"vote": Phase.DISCUSSING, "adoption": Phase.ADVISING, "rating": Phase.FOLLOWING}


@pytest.fixture
def world(house, session):
    """Make a panel with an open ballot: `world(members=6, kind="vote")`."""

    def make(members: int = 6, kind: str = "vote", residents: int = 0, now: datetime = build.NOW, **more: Any) -> World:
        with writing(session):
            panel = build.make_panel(session)
            round_more = {k: more.pop(k) for k in ("quorum", "majority") if k in more}
            round_ = build.make_round(session, panel, PREPARED_IN[kind], residents_vote=bool(residents), **round_more)
            moderator = build.make_moderator(session, panel)
            people = [build.make_member(session, panel) for _ in range(members)]
            neighbours = [build.make_member(session, panel, Role.RESIDENT) for _ in range(residents)]
            ballot = build.make_ballot(session, round_, moderator, kind, now=now, **more)
            opened = build.open_ballot(session, ballot, round_, moderator, house.settings.keys, now)
        twin = opened[1] if len(opened) > 1 else None
        return World(
            session, house.settings.keys, now + timedelta(hours=1), panel, round_, moderator, people, neighbours,
            opened[0], twin,
        )  # fmt: skip

    return make


@pytest.fixture
def desk(house, session, client, sign_in) -> Desk:
    """A round in discussion, its moderator at the desk."""
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, Phase.DISCUSSING)
        moderator, second = build.make_moderator(session, panel), build.make_moderator(session, panel)
        members = [build.make_member(session, panel) for _ in range(5)]
        ideas = [make_idea(session, round_, members[0], f"Idea number {i}") for i in range(3)]
    sign_in(client, moderator)
    return Desk(client, session, round_, ideas, moderator, second, members)
