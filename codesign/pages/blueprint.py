"""The blueprint of the panel door's own pages."""

from __future__ import annotations

import flask

from codesign.db import db
from codesign.panels.models import Membership
from codesign.panels.queries import home_panel
from codesign.web.access import me

bp = flask.Blueprint("pages", __name__)


def home_or_404() -> Membership:
    """The panel I come home to, with its place; 404 for whoever has none."""
    membership = home_panel(db.session(), me().id)
    if membership is None:
        flask.abort(404)
    flask.g.panel = membership.panel
    return membership
