"""A member's own page: vote in the room instead of on the phone."""

from __future__ import annotations

from typing import Any

import flask
from flask import flash, redirect, render_template, url_for

from codesign.db import db, read_mode
from codesign.panels.queries import facts
from codesign.room import actions, queries
from codesign.room.blueprint import bp
from codesign.room.domain import NotInTheRoom
from codesign.room.labels import fault_words
from codesign.rules.permissions import Action, Refused, why_not
from codesign.rules.roles import Role
from codesign.voting.blueprint import find, page_values
from codesign.voting.queries import BallotView
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.i18n import _


def find_own(ballot_id: int, endpoint: str) -> BallotView:
    """The ballot this member has a vote in: a neighbour is led to the one beside it."""
    view = find(ballot_id)
    if view.membership.role is Role.RESIDENT and view.twin_id is not None:
        flask.abort(redirect(url_for(endpoint, ballot_id=view.twin_id)))
    return view


def _page(view: BallotView, problem: str = "") -> str:
    line = queries.on_roll(db.session(), view.ballot.id, me().id)
    return render_template(
        "room/move.html", in_room=line is not None and line.in_room, problem=problem, **page_values(view)
    )


def _may(view: BallotView) -> None:
    known = facts(view.round, view.membership, on_roll=view.voted is not None, ballot_accepts=view.accepts(now()))
    if reason := why_not(Action.CHOOSE_ROOM, known):
        raise Refused(reason)


@bp.get("/vote/<int:ballot_id>/room")
@access(Access.MEMBER)
def move(ballot_id: int) -> Any:
    """What it means to vote in the room, and the way there; the same page for whoever voted before."""
    view = find_own(ballot_id, "room.move")
    _may(view)
    return _page(view)


@bp.post("/vote/<int:ballot_id>/room")
@access(Access.MEMBER)
def moved(ballot_id: int) -> Any:
    """From now on this member votes in the room."""
    view = find_own(ballot_id, "room.move")
    try:
        actions.choose_room(db.session(), ballot_id, view.round, view.membership, now=now())
    except NotInTheRoom as error:
        with read_mode(db.session()):
            return _page(find(ballot_id), fault_words(error.fault)), 409
    except LookupError:
        flask.abort(404)
    flash(_("You vote in the room now."))
    return redirect(url_for("room.move", ballot_id=ballot_id), 303)
