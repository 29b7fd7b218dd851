"""The blueprint of panels, how its views find a panel or round (or the one same 404), and the rail of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, current_app, g, session, url_for

from codesign.db import db
from codesign.panels import queries
from codesign.panels.hooks import RailItem, hooks
from codesign.panels.models import Membership, Panel
from codesign.panels.queries import RoundView
from codesign.rules.permissions import Facts
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.settings import Settings
from codesign.web.access import me, who
from codesign.web.i18n import _

bp = Blueprint("panels", __name__)
HOST = Facts(role=Role.HOST)


@bp.record_once
def _helpers(state: Any) -> None:
    hooks(state.app)
    state.app.jinja_env.globals.update(rail=rail, site_name=site_name)


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def site_name() -> str:
    """The panel somebody is in: the one this page knows, else the one they saw last; else the name of this door."""
    panel: Panel | None = g.get("panel")
    if panel is not None and who() is not None and session.get("panel_name") != panel.name:
        session["panel_name"] = panel.name
    return panel.name if panel is not None else session.get("panel_name", _("Newcomer panel"))


def find_round(round_id: int) -> RoundView:
    """The round, for whoever may know it; anybody else gets the same 404 as for a number that does not exist."""
    view = queries.round_for(db.session(), round_id, me().id)
    if view is None:
        abort(404)
    g.panel, g.desk = view.panel, view
    return view


def find_desk_round(round_id: int) -> tuple[RoundView, Membership]:
    """The round, for a moderator of its panel."""
    view = find_round(round_id)
    if view.membership is None or view.membership.role is not Role.MODERATOR:
        abort(404)
    return view, view.membership


def find_panel(panel_id: int) -> tuple[Panel, Membership | None]:
    """The panel, for its people and the host."""
    found = queries.panel_for(db.session(), panel_id, me().id)
    if found is None:
        abort(404)
    g.panel = found[0]
    return found


def find_desk_panel(panel_id: int) -> tuple[Panel, Membership]:
    """The panel, for one of its moderators."""
    panel, membership = find_panel(panel_id)
    if membership is None or membership.role is not Role.MODERATOR:
        abort(404)
    return panel, membership


def home() -> Membership:
    """The panel a member comes home to; 404 for whoever has none."""
    membership = queries.home_panel(db.session(), me().id)
    if membership is None:
        abort(404)
    g.panel = membership.panel
    return membership


def _desk() -> RoundView | None:
    """The round this page of the desk is about: the one it found, else the current one of its panel or of the first."""
    if "desk" not in g:
        panel: Panel | None = g.get("panel")
        g.desk = queries.working_round(db.session(), me().id, panel_id=panel.id if panel else None)
        g.panel = panel or (g.desk.panel if g.desk else None)
    found: RoundView | None = g.desk
    return found


def rail(nav: str) -> list[RailItem]:
    """The pages beside the desk: the host's, or those of the round a moderator is in."""
    identity = who()
    if identity is None or identity.kind != "staff":
        return []
    items = list(_host_rail() if identity.is_host else _moderator_rail())
    return [RailItem(i.key, i.label, i.href, i.icon, i.count, i.key == nav) for i in items]


def _host_rail() -> Iterable[RailItem]:
    yield RailItem("places", _("Places and panels"), url_for("panels.host"), "buildings")
    yield RailItem("people", _("Hosts and moderators"), url_for("accounts.people"), "users")
    yield RailItem("outbox", _("On the way"), url_for("panels.outbox_page"), "paper-plane-tilt")
    yield RailItem("journal", _("Journal"), url_for("panels.host_journal"), "list-checks")


def _moderator_rail() -> Iterable[RailItem]:
    desk = _desk()
    if desk is not None:
        yield RailItem("round", _("Round"), url_for("panels.desk_round", round_id=desk.round.id), "path")
        for hook in hooks().rail:
            yield from hook(db.session(), desk)
        if desk.round.phase is not Phase.DRAFT:
            href = url_for("panels.gatherings", round_id=desk.round.id)
            yield RailItem("gatherings", _("Gatherings"), href, "calendar-dots")
    panel: Panel | None = desk.panel if desk else g.get("panel")
    if panel is not None:
        for page in hooks().panel_rail:
            yield from page(db.session(), panel)
        yield RailItem("panel", _("Panel"), url_for("panels.desk_panel", panel_id=panel.id), "users-three")
        yield RailItem("journal", _("Journal"), url_for("panels.journal", panel_id=panel.id), "list-checks")
