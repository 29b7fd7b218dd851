"""A panel with people of each part and one round: what most tests of members' words start from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from build import NOW, make_member, make_moderator, make_panel, make_round
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.db import writing
from codesign.panels.models import Membership, Panel, Round
from codesign.panels.queries import membership
from codesign.proposals.domain import Content
from codesign.rules.phases import Phase
from codesign.rules.roles import Role


@dataclass
class World:
    """Panel and round, two newcomers, a neighbour, a professional, two moderators, and somebody of another panel."""

    session: Session
    panel: Panel
    round: Round
    me: Person
    other: Person
    resident: Person
    professional: Person
    moderator: Person
    second: Person
    stranger: Person
    browse: Callable[[Person], Any]

    def member(self, person: Person) -> Membership:
        """The membership of somebody in the panel."""
        found = membership(self.session, person.id, self.panel.id)
        assert found is not None
        return found

    def by(self, person: Person) -> tuple[Session, Round, Membership]:
        """The first arguments of an action."""
        return self.session, self.round, self.member(person)

    def set_phase(self, phase: Phase) -> None:
        """Take the round to a phase."""
        with writing(self.session):
            self.round.phase = phase

    def fresh(self, row: Any) -> Any:
        """The row as it stands in the store now."""
        self.session.rollback()
        self.session.refresh(row)
        return row


def bare(reply: Any) -> tuple[int, str]:
    """Status and page without what says its own address or is made anew each time."""
    page = re.sub(r'name="(next|csrf_token)" value="[^"]*"', "", reply.get_data(as_text=True))
    return reply.status_code, page


def content(title: str = "A room to drink tea", **more: Any) -> Content:
    """What an author writes."""
    return Content(**({"title": title, "body": "", "language": "en", "themes": ("BRI",)} | more))


@pytest.fixture
def world(panel_app, session, sign_in) -> World:
    """Panel, people and a round in which ideas can be given."""
    with writing(session):
        panel = make_panel(session)
        round_ = make_round(session, panel, Phase.PROPOSING)
        people = {
            "me": make_member(session, panel),
            "other": make_member(session, panel),
            "resident": make_member(session, panel, Role.RESIDENT),
            "professional": make_member(session, panel, Role.PROFESSIONAL),
            "moderator": make_moderator(session, panel),
            "second": make_moderator(session, panel),
        }
        elsewhere = make_panel(session)
        make_round(session, elsewhere, Phase.PROPOSING)
        people["stranger"] = make_member(session, elsewhere)

    def browse(person: Person) -> Any:
        client = panel_app.test_client()
        client.set_cookie("language", "en")
        sign_in(client, person)
        return client

    return World(session, panel, round_, browse=browse, **people)


__all__ = ["NOW", "World", "bare", "content", "world"]
