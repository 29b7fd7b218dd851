"""The blueprint of directory and calendar, its places on the desk, and how its views find a panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.networks import queries
from codesign.panels.blueprint import find_panel
from codesign.panels.hooks import Coming, RailItem, Waiting, hooks
from codesign.panels.models import Membership, Panel
from codesign.places.labels import left_words
from codesign.places.views import WORDS
from codesign.rules.roles import Role
from codesign.web.access import me
from codesign.web.clock import today
from codesign.web.i18n import _, ngettext
from codesign.web.labels import detail_words

bp = flask.Blueprint("networks", __name__)
_SHOWN = 3


@bp.record_once
def _join_pages(state: Any) -> None:
    more = hooks(state.app)
    more.panel_rail.append(_rail)
    more.panel_waiting.append(_waiting)
    more.panel_coming.append(_coming)
    state.app.jinja_env.globals.update(WORDS | {"detail_words": detail_words})


def _rail(_session: Session, panel: Panel) -> Iterable[RailItem]:
    yield RailItem("networks", _("Groups and networks"), flask.url_for("networks.keep", panel_id=panel.id), "handshake")
    yield RailItem("calendar", _("Policy calendar"), flask.url_for("networks.keep_calendar", panel_id=panel.id), "bank")


def _waiting(session: Session, panel: Panel) -> Iterable[Waiting]:
    count = queries.waiting_count(session, panel.id)
    if count:
        yield Waiting(
            "handshake", _("A member names a group"),
            ngettext("%(num)d suggestion waits.", "%(num)d suggestions wait.", count),
            flask.url_for("networks.keep", panel_id=panel.id), _("Look at it"),
        )  # fmt: skip


def _coming(session: Session, panel: Panel) -> Iterable[Coming]:
    """The next three moments, with the days there are left for advice (R24)."""
    day = today(panel.municipality.timezone)
    lines, _reachable = queries.calendar(session, panel.municipality_code)
    for line in [x for x in lines if x.day >= day][:_SHOWN]:
        yield Coming(
            line.title, line.language, line.day, left_words(line.days_left(day)), line.late(day),
            flask.url_for("networks.keep_calendar", panel_id=panel.id),
        )  # fmt: skip


def find_keeper(panel_id: int, *, host: bool = True) -> tuple[Panel, Membership | None]:
    """The panel, for one of its moderators or (with `host`) the host; the same 404 for anybody else."""
    panel, membership = find_panel(panel_id)
    if membership is None and not (host and me().is_host):
        flask.abort(404)
    if membership is not None and membership.role is not Role.MODERATOR:
        flask.abort(404)
    return panel, membership


def find_moderator(panel_id: int) -> tuple[Panel, Membership]:
    """The panel, for one of its moderators."""
    panel, membership = find_keeper(panel_id, host=False)
    assert membership is not None
    return panel, membership


def day_at(panel: Panel) -> Any:
    """Today where the panel is."""
    return today(panel.municipality.timezone)


def network_or_404(panel: Panel, network_id: int) -> Any:
    """A network of the place of this panel."""
    found = queries.network(db.session(), network_id, panel.municipality_code)
    return found if found is not None else flask.abort(404)


def moment_or_404(panel: Panel, moment_id: int) -> Any:
    """A moment of the place of this panel."""
    found = queries.moment(db.session(), moment_id, panel.municipality_code)
    return found if found is not None else flask.abort(404)


def suggestion_or_404(panel: Panel, suggestion_id: int) -> Any:
    """A suggestion that waits in this panel."""
    found = queries.suggestion(db.session(), suggestion_id, panel.id)
    return found if found is not None else flask.abort(404)
