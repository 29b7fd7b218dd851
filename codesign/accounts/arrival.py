"""What the signed cookie remembers: a card that was shown and not yet signed in with, and when it was used last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import flask

# Between showing the card and being in: long enough to read the consent page with a neighbour.
ARRIVAL_LASTS = 30 * 60
# A phone that is shared: over after a quarter of an hour without a page. Staff write long texts at a desk.
IDLE = {"member": 15 * 60, "staff": 60 * 60}
# The cookie is written anew at most once a minute.
_REFRESH = 60


@dataclass(frozen=True)
class Arrival:
    """A card was shown; `pin`: and its PIN was right (or has just been set)."""

    card_id: int
    pin: bool
    next: str


def begin(card_id: int, next: str, now: datetime) -> None:
    """Remember that a card was shown; whatever the cookie held before is forgotten, but not the language."""
    language = flask.session.get("language")
    flask.session.clear()
    if language:
        flask.session["language"] = language
    flask.session["card"] = {"id": card_id, "pin": False, "next": next, "at": int(now.timestamp())}


def current(now: datetime) -> Arrival | None:
    """The card that was shown on this device a short while ago."""
    card = flask.session.get("card")
    if not card or now.timestamp() - card["at"] > ARRIVAL_LASTS:
        return None
    return Arrival(card["id"], card["pin"], card["next"])


def pin_is_right() -> None:
    """Remember that the PIN was right."""
    flask.session["card"] = {**flask.session["card"], "pin": True}


def saw_a_page(kind: str, now: datetime) -> None:
    """Remember when a signed-in person was here last, and how long they may stay away."""
    stamp = int(now.timestamp())
    if stamp - flask.session.get("seen", 0) >= _REFRESH or "idle" not in flask.session:
        flask.session["seen"], flask.session["idle"] = stamp, IDLE[kind]


def stayed_away(now: datetime) -> bool:
    """Whether the last page was seen too long ago, so that somebody else may hold the phone."""
    seen = flask.session.get("seen")
    return seen is not None and now.timestamp() - seen > flask.session.get("idle", IDLE["member"])
