"""The blueprint of the page, what it adds to the desk, and how its views find a place or a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.legal_help import queries
from codesign.legal_help.labels import PARTS
from codesign.panels.hooks import RailItem, Waiting, hooks
from codesign.panels.models import Municipality, Panel
from codesign.rules.roles import Role
from codesign.web.access import me
from codesign.web.clock import today
from codesign.web.i18n import _, ngettext

bp = flask.Blueprint("legal_help", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    more = hooks(state.app)
    more.panel_rail.append(_rail)
    more.panel_waiting.append(_waiting)
    state.app.jinja_env.globals.update(part_words=lambda part: str(PARTS[part]))


def _rail(_session: Session, panel: Panel) -> Iterable[RailItem]:
    href = flask.url_for("legal_help.keep", code=panel.municipality_code)
    yield RailItem("legal_help", _("Sanctions and free help"), href, "scales")


def _waiting(session: Session, panel: Panel) -> Iterable[Waiting]:
    """The task of every moderator of the place, until somebody checked each line again (R17)."""
    place = panel.municipality
    old = queries.old_count(session, place.code, today(place.timezone))
    if old:
        yield Waiting(
            "scales", _("Sanctions and free help"),
            ngettext("%(num)d line is too old. Check it again.", "%(num)d lines are too old. Check them again.", old),
            flask.url_for("legal_help.keep", code=place.code), _("Check"),
        )  # fmt: skip


def role() -> Role:
    """As what somebody keeps the page."""
    return Role.HOST if me().is_host else Role.MODERATOR


def find_place(code: str) -> Municipality:
    """The place, for its moderators and the host; 404 for anybody else."""
    found = queries.place_for(db.session(), code, me().id)
    if found is None:
        flask.abort(404)
    return found


def find_line(line_id: int) -> tuple[queries.Line, Municipality]:
    """A line with its place, for whoever keeps it."""
    found = queries.line(db.session(), line_id)
    if found is None:
        flask.abort(404)
    return found, find_place(found.row.place_code)
