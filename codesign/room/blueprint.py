"""The blueprint of the room, what other pages show of it, and the guard that keeps a tablet on its own pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.panels.hooks import Waiting, hooks
from codesign.panels.queries import RoundView
from codesign.room import queries
from codesign.rules.phases import Phase
from codesign.voting.blueprint import about
from codesign.web.access import sign_out, who
from codesign.web.clock import now
from codesign.web.i18n import _

bp = flask.Blueprint("room", __name__)
# What a device that was given out may open; "language.choose" so that everybody reads in their own.
_ON_A_TABLET = frozenset(
    {"room.tablet", "room.tablet_vote", "room.tablet_next", "room.tablet_leave", "room.tablet_left", "static",
     "language.choose"}
)  # fmt: skip
TABLET = "tablet"
# The steps of a round in which a ballot can be open.
_VOTES = {Phase.VOTING, Phase.ADVISING, Phase.ANSWERING, Phase.FOLLOWING}


@bp.record_once
def _join(state: Any) -> None:
    hooks(state.app).waiting.append(_waiting)
    # Before the guard of access: on a tablet a page that is not for moderators leads back as well.
    state.app.before_request_funcs.setdefault(None, []).insert(0, keep_on_tablet)


def keep_on_tablet() -> Any:
    """On a device that was given out, every other page leads back to the tablet's own, until it is left."""
    if TABLET not in flask.session or flask.request.endpoint in _ON_A_TABLET:
        return None
    if who() is None:  # the sign-in ended: nothing can be done with this device any more
        sign_out()
        return None
    return flask.redirect(flask.url_for("room.tablet"), 303)


def _waiting(session: Session, view: RoundView) -> Iterable[Waiting]:
    if view.round.phase not in _VOTES:
        return
    for ballot in queries.waiting_rooms(session, view.round.id):
        if ballot.is_over(now()):
            href = flask.url_for("room.desk", ballot_id=ballot.id)
            words = about(ballot, _("Two people enter the sheets. Then it is counted."))
            yield Waiting("users-three", _("The votes from the room are not in yet"), words, href, _("To the room"))
