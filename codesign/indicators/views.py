"""The pages of the themes on the record door: all fourteen, and one with its indicators; no voices here."""

from __future__ import annotations

import flask

from codesign.indicators.domain import domain_of_slug, latest
from codesign.indicators.labels import Theme
from codesign.web.access import Access, access

bp = flask.Blueprint("indicators", __name__)


@bp.get("/themes")
@access(Access.PUBLIC)
def themes() -> str:
    """All themes in their four groups."""
    return flask.render_template("indicators/themes.html", framework=latest())


@bp.get("/themes/<slug>")
@access(Access.PUBLIC)
def theme(slug: str) -> str:
    """One theme: what it is about, its indicators, and what they rest on."""
    found = domain_of_slug(slug)
    if found is None:
        flask.abort(404)
    return flask.render_template("indicators/theme.html", theme=Theme(found), framework=latest())
