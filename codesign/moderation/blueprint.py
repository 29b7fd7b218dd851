"""The blueprint of moderation, its place in the rail, and how its views find words and rounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.moderation import queries
from codesign.moderation.domain import What
from codesign.moderation.queries import Thing
from codesign.panels.here import Here, here, place
from codesign.panels.hooks import RailItem, Waiting, hooks
from codesign.panels.models import Round
from codesign.panels.queries import RoundView
from codesign.rules.roles import Role
from codesign.web.access import me
from codesign.web.i18n import _
from codesign.web.labels import detail_words

bp = flask.Blueprint("moderation", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    hooks(state.app).rail.append(_rail)
    hooks(state.app).waiting.append(_waiting)
    hooks(state.app).heard.append(_heard)


def _rail(session: Session, view: RoundView) -> Iterable[RailItem]:
    count = flask.g.get("queue_length")
    if count is None:
        count = queries.queue_length(session, view.round.id, me().id)
    yield RailItem("queue", _("Queue"), flask.url_for("moderation.queue", round=view.round.id), "tray", count)


def title_of(line: queries.Waiting) -> str:
    """One line that says what waits."""
    if line.why == "appeal":
        return _("An author does not agree with a decision")
    if line.why == "reported":
        words = {
            What.IDEA: _("A member asks you to look at an idea"),
            What.REPLY: _("A member asks you to look at a reply"),
            What.STORY: _("A member asks you to look at a story"),
        }
        return words[line.what]
    held = {What.IDEA: _("An idea is held"), What.REPLY: _("A reply is held"), What.STORY: _("A story is held")}
    return f"{held[line.what]}. {' '.join(detail_words(line.found))}"


def href_of(line: queries.Waiting) -> str:
    """Where a moderator looks at it."""
    if line.decision_id is not None:
        return flask.url_for("moderation.decide_appeal", decision_id=line.decision_id)
    return flask.url_for("moderation.look", what=line.what.value, thing_id=line.id)


def lines(session: Session, round_id: int) -> list[queries.Waiting]:
    """Everything that waits in a round: held, reported, appeals; three statements."""
    found = [
        *queries.held(session, round_id),
        *queries.reported(session, round_id),
        *queries.appeals(session, round_id, me().id),
    ]
    flask.g.queue_length = sum(not line.own_decision for line in found)
    return found


def _waiting(session: Session, view: RoundView) -> Iterable[Waiting]:
    icons = {"held": "shield-check", "reported": "warning-circle", "appeal": "warning-circle"}
    for line in lines(session, view.round.id)[:5]:
        words = _("Another moderator answers this one.") if line.own_decision else line.title or line.body[:80]
        yield Waiting(icons[line.why], title_of(line), words, href_of(line), _("Look"))


def _heard(session: Session, round_: Round, since: datetime) -> Iterable[int]:
    return queries.heard(session, round_.id, since.date())


def desk() -> Here:
    """The round a moderator works in; the one same 404 for anybody else."""
    found = here()
    if found.membership.role is not Role.MODERATOR:
        flask.abort(404)
    return found


def find(what: str, thing_id: int) -> Thing:
    """Words of a member of one of my panels, or 404."""
    thing = queries.thing_for(db.session(), What(what), thing_id, me().id)
    if thing is None:
        flask.abort(404)
    place(thing.round, thing.panel, thing.membership)
    return thing


def find_for_desk(what: str, thing_id: int) -> Thing:
    """Words that a moderator of their panel may look at: what waits, was published, hidden or joined."""
    thing = find(what, thing_id)
    if thing.membership.role is not Role.MODERATOR or not thing.readable:
        flask.abort(404)
    return thing
