"""When an official was last here, kept in the signed cookie, because a GET writes no row."""

from __future__ import annotations

from datetime import datetime

import flask

# A desk that was left: over after an hour without a page. The cookie is written anew at most once a minute.
IDLE = 60 * 60
_REFRESH = 60


def saw_a_page(now: datetime) -> None:
    """Remember that a signed-in official was here."""
    stamp = int(now.timestamp())
    if stamp - flask.session.get("seen", 0) >= _REFRESH:
        flask.session["seen"] = stamp


def stayed_away(now: datetime) -> bool:
    """Whether the last page was seen too long ago."""
    seen = flask.session.get("seen")
    return seen is not None and now.timestamp() - seen > IDLE
