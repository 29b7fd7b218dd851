"""Which round the pages of members' words are about: the one in the address, else the newest open one at home."""

from __future__ import annotations

from dataclasses import dataclass

import flask

from codesign.db import db
from codesign.panels.models import Membership, Panel, Round
from codesign.panels.queries import RoundView, working_round
from codesign.web.access import me


@dataclass(frozen=True)
class Here:
    """Round, panel and my membership in it, which there always is."""

    round: Round
    panel: Panel
    membership: Membership


def here() -> Here:
    """The round of this page, in one statement; the one same 404 for whoever is not in its panel."""
    raw = flask.request.values.get("round")
    asked = int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 10 else None
    view = working_round(db.session(), me().id, asked) if not raw or asked is not None else None
    if view is None or view.membership is None:
        flask.abort(404)
    return place(view.round, view.panel, view.membership)


def place(round: Round, panel: Panel, membership: Membership) -> Here:
    """Say what this page is about, for its header and the rail of the desk."""
    flask.g.panel, flask.g.desk = panel, RoundView(round, panel, membership)
    return Here(round, panel, membership)
