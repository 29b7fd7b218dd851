"""The public page of a place: to whom advice goes there, by when it is answered, and on what that rests."""

from __future__ import annotations

import re

import flask

from codesign.db import db
from codesign.places.queries import place as find_place
from codesign.places.queries import places as all_places
from codesign.web.access import Access, access

bp = flask.Blueprint("places", __name__)
CODE = re.compile(r"[a-z0-9-]{1,40}")


@bp.get("/places")
@access(Access.PUBLIC)
def places() -> str:
    """All places that get advice."""
    return flask.render_template("places/places.html", places=all_places(db.session()))


@bp.get("/places/<code>")
@access(Access.PUBLIC)
def place(code: str) -> str:
    """One place."""
    found = find_place(db.session(), code) if CODE.fullmatch(code) else None
    if found is None:
        flask.abort(404)
    return flask.render_template("places/place.html", place=found)
