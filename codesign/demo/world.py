"""What the parts of the loader share: one session, the days, who is who, and the list of what happens when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from codesign.crossing import RECEIVERS
from codesign.db import writing
from codesign.demo.shapes import Idea, Place, Reply, RoundHead
from codesign.jobs import outbox
from codesign.panels.models import Membership, Round
from codesign.panels.queries import RoundView, round_for
from codesign.proposals.models import Proposal
from codesign.settings import Settings


@dataclass(frozen=True)
class Event:
    """One thing that happens: on which day (counted from loading), its turn on that day, in words, and the act."""

    day: int
    turn: int
    what: str
    do: Callable[[], Any]


class DidNotCross(RuntimeError):
    """A document of the demonstration was refused by the record."""


@dataclass
class World:
    """Everything the loader knows while it loads; ids by the keys of the content files."""

    place: Place
    settings: Settings
    session: Session
    record: Session
    today: date
    panel_id: int = 0
    people: dict[str, int] = field(default_factory=dict)
    officials: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    ideas: dict[str, int] = field(default_factory=dict)
    gatherings: dict[str, int] = field(default_factory=dict)
    ballots: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)
    quotes: dict[str, int] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    vision: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    replies: dict[str, list[tuple[int, Reply]]] = field(default_factory=dict)
    access: list[dict[str, Any]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def at(self, day: int, minute: int = 0) -> datetime:
        """The moment `minute` minutes after half past four in the afternoon (UTC) of that day; never after today."""
        return datetime.combine(self.today + timedelta(days=day), time(16, 30), UTC) + timedelta(minutes=minute)

    def day(self, day: int) -> date:
        """The date of that day."""
        return self.today + timedelta(days=day)

    def plan(self, day: int, what: str, do: Callable[..., Any], *given: Any) -> None:
        """Let `do(*given)` happen on a day; on one day in the order planned. What lies ahead does not happen."""
        if day <= 0:
            self.events.append(Event(day, len(self.events), what, partial(do, *given)))

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction of the voices."""
        with writing(self.session) as session:
            yield session

    def view(self, head: RoundHead, person: str) -> RoundView:
        """The round as somebody sees it."""
        found = round_for(self.session, self.rounds[head.key], self.people[person])
        assert found is not None, f"{person} does not see {head.key}"
        return found

    def seat(self, head: RoundHead, person: str) -> tuple[Round, Membership]:
        """The round, and the membership of somebody in its panel."""
        view = self.view(head, person)
        assert view.membership is not None
        return view.round, view.membership

    def proposal(self, head: RoundHead, idea: Idea | str) -> Proposal:
        """The row of an idea."""
        key = idea if isinstance(idea, str) else idea.key
        found = self.session.get(Proposal, self.ideas[f"{head.key}/{key}"])
        assert found is not None
        return found

    def cross(self, now: datetime) -> None:
        """Hand over what waits for the record; raises `DidNotCross` when a document is refused or none can pass."""
        done = outbox.deliver(self.session, self.record, RECEIVERS, now)
        if done.refused or not done.reachable:
            raise DidNotCross(f"{done.refused} documents refused, record reachable: {done.reachable}")
