"""The page as everybody reads it; whoever keeps it works in `keeping`."""

from __future__ import annotations

from typing import Any

import flask

from codesign.db import db
from codesign.legal_help import keeping, queries
from codesign.legal_help.blueprint import bp
from codesign.panels.models import Municipality
from codesign.panels.queries import memberships, place_by_code
from codesign.web.access import Access, access, who
from codesign.web.clock import today
from codesign.web.i18n import LANGUAGES, reading_order

__all__ = ["bp", "keeping"]


def wanted() -> list[str]:
    """The languages somebody reads, and English at last."""
    identity = who()
    own = identity.language if identity is not None and identity.language in LANGUAGES else None
    return list(dict.fromkeys([*reading_order(own), "en"]))


@bp.get("/sanctions-and-help")
@access(Access.PUBLIC)
def page_here() -> Any:
    """The page of my panel's place; for whoever has no panel yet, of the only place, or the list of places."""
    identity = who()
    if identity is not None and not identity.is_host:
        mine = memberships(db.session(), identity.id)
        if mine:
            return _page(mine[0].panel.municipality)
    places = queries.places_with_a_page(db.session())
    return _page(places[0]) if len(places) == 1 else flask.render_template("legal_help/places.html", places=places)


@bp.get("/sanctions-and-help/<code>")
@access(Access.PUBLIC)
def page(code: str) -> Any:
    """The page of a place. It holds nothing about anybody, so a card is not needed to read it."""
    found = place_by_code(db.session(), code)
    if found is None:
        flask.abort(404)
    return _page(found)


def _page(place: Municipality) -> Any:
    day, lines = today(place.timezone), queries.lines(db.session(), place.code)
    return flask.render_template(
        "legal_help/page.html", place=place, parts=queries.by_part(lines), today=day, wanted=wanted(),
        old=sum(line.is_old(day) for line in lines),
    )  # fmt: skip
