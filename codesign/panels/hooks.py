"""Where higher packages add to pages of panels, so that panels need not know them: a literal list per place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.panels.models import Panel, Round
from codesign.panels.queries import RoundView


@dataclass(frozen=True)
class RailItem:
    """A page in the rail of the desk; `count` is how much waits there."""

    key: str
    label: str
    href: str
    icon: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a moderator: what it is, why, and where to look at it."""

    icon: str
    title: str
    words: str
    href: str
    label: str


@dataclass(frozen=True)
class Todo:
    """The one thing a member can do now: a sentence or two, and the way there."""

    title: str
    words: str
    label: str
    href: str
    icons: tuple[str, ...] = ("chats-circle", "hand-heart")


@dataclass(frozen=True)
class Coming:
    """A day on which the municipality decides something: what, when, how long there is for advice, where it stands."""

    title: str
    language: str
    day: date
    words: str
    late: bool
    href: str


@dataclass
class Hooks:
    """What higher packages added; they do so when their blueprint is registered."""

    # Further pages of the desk for this round.
    rail: list[Callable[[Session, RoundView], Iterable[RailItem]]] = field(default_factory=list)
    # What waits for the moderators of this round.
    waiting: list[Callable[[Session, RoundView], Iterable[Waiting]]] = field(default_factory=list)
    # Further pages of the desk of a panel, whatever round it is in.
    panel_rail: list[Callable[[Session, Panel], Iterable[RailItem]]] = field(default_factory=list)
    # What waits for the moderators of a panel, whatever round it is in; its municipality is loaded.
    panel_waiting: list[Callable[[Session, Panel], Iterable[Waiting]]] = field(default_factory=list)
    # The next days on which the municipality of a panel decides something.
    panel_coming: list[Callable[[Session, Panel], Iterable[Coming]]] = field(default_factory=list)
    # Ids of the people who told, wrote or supported something in this round since a moment; only counted, never shown.
    heard: list[Callable[[Session, Round, datetime], Iterable[int]]] = field(default_factory=list)
    # Facts the rules ask about before a phase changes: `ballot_running`, `sent`.
    phase_facts: list[Callable[[Session, Round], dict[str, Any]]] = field(default_factory=list)
    # The thing to do now; the first that answers is shown.
    todo: list[Callable[[Session, RoundView], Todo | None]] = field(default_factory=list)


def hooks(app: flask.Flask | None = None) -> Hooks:
    """The hooks of this app."""
    found: Hooks = (app or flask.current_app).extensions.setdefault("panels", Hooks())
    return found
