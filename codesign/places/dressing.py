"""The house style of a place on its public pages: its style sheet and its logo, each at an address of its own bytes."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.places import queries
from codesign.places.house_style import style_sheet
from codesign.places.models import HouseStyle, Place

YEAR = 365 * 86400


def place_here(code: str) -> Place | None:
    """The place of this code; this page is one of its own, and shown in its house style when there is one."""
    found, flask.g.house_style = queries.dressed_place(db.session(), code)
    return found


def worn() -> HouseStyle | None:
    """The house style this page is shown in."""
    found: HouseStyle | None = flask.g.get("house_style")
    return found


def theme_css() -> str | None:
    """Address of the style sheet laid over ours."""
    style = worn()
    if style is None or not style.tokens:
        return None
    return flask.url_for("places.style_sheet", code=style.place_code, digest=style.digest)


def kept_for_ever(content: str | bytes, media_type: str, digest: str) -> flask.Response:
    """A reply whose address names its bytes: it can be kept for a year and never asked for again."""
    reply = flask.Response(content, mimetype=media_type)
    reply.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    reply.set_etag(digest)
    reply.make_conditional(flask.request)
    return reply


def sheet(code: str, digest: str) -> flask.Response:
    """The style sheet of a place, while it is the newest."""
    style = queries.style(db.session(), code)
    if style is None or style.digest != digest:
        flask.abort(404)
    return kept_for_ever(style_sheet(style), "text/css", digest)


def logo(code: str, digest: str) -> flask.Response:
    """The logo of a place, while it is the newest."""
    style = queries.style(db.session(), code)
    if style is None or style.logo is None or style.logo.digest != digest:
        flask.abort(404)
    return kept_for_ever(style.logo.content, "image/png", digest)


WORDS: dict[str, Any] = {"theme_css": theme_css, "house_style": worn}
