"""The public pages of a place: to whom advice goes, its networks, and what it decides when."""

from __future__ import annotations

import re
from typing import Any

import flask

from codesign.db import db
from codesign.indicators.domain import domain_codes
from codesign.places import dressing, queries
from codesign.places.calendars import download, parted
from codesign.places.domain import MomentLine
from codesign.places.finding import NetworkSearch
from codesign.places.labels import MOMENT_ICONS, kind_of_moment, left_words, standing_words
from codesign.places.models import Place
from codesign.web.access import Access, access
from codesign.web.clock import today
from codesign.web.paging import page_number

bp = flask.Blueprint("places", __name__)
CODE = re.compile(r"[a-z0-9-]{1,40}")
WORDS = {
    "kind_of_moment": kind_of_moment, "standing_words": standing_words, "left_words": left_words,
    "moment_icon": MOMENT_ICONS.__getitem__, **dressing.WORDS,
}  # fmt: skip


@bp.record_once
def _words(state: Any) -> None:
    """Macros see only globals, so these are."""
    state.app.jinja_env.globals.update(WORDS)


@bp.get("/places")
@access(Access.PUBLIC)
def places() -> str:
    """All places that get advice."""
    return flask.render_template("places/places.html", places=queries.places(db.session()))


def _find(code: str) -> Place:
    """The place with this code, whose pages are shown in its house style; 404 for none."""
    found = dressing.place_here(code) if CODE.fullmatch(code) else None
    if found is None:
        flask.abort(404)
    return found


@bp.get("/places/<code>/style-<digest>.css")
@access(Access.PUBLIC)
def style_sheet(code: str, digest: str) -> flask.Response:
    """The colours and letters of a place, laid over ours."""
    return dressing.sheet(code, digest)


@bp.get("/places/<code>/logo-<digest>.png")
@access(Access.PUBLIC)
def logo(code: str, digest: str) -> flask.Response:
    """The logo of a place."""
    return dressing.logo(code, digest)


@bp.get("/places/<code>")
@access(Access.PUBLIC)
def place(code: str) -> str:
    """One place."""
    return flask.render_template("places/place.html", place=_find(code))


@bp.get("/places/<code>/networks")
@access(Access.PUBLIC)
def networks(code: str) -> str:
    """The networks of a place, by name, found by theme and language; informal groups stand among them (R39)."""
    here = _find(code)
    search = NetworkSearch.read(flask.request.args, domain_codes())
    page, languages = search.among(
        queries.networks(db.session(), code), page_number(flask.request.args.get("page"))
    )  # fmt: skip
    return flask.render_template(
        "places/networks.html", place=here, search=search, page=page, languages=languages, themes=domain_codes()
    )


def _lines(here: Place) -> list[MomentLine]:
    return [queries.line_of(moment, here.answer_weeks) for moment in queries.moments(db.session(), here.code)]


@bp.get("/places/<code>/calendar")
@access(Access.PUBLIC)
def calendar(code: str) -> str:
    """What a place decides and when, with the last day for advice (R24)."""
    here = _find(code)
    day = today(here.timezone)
    coming, past = parted(_lines(here), day)
    return flask.render_template("places/calendar.html", place=here, coming=coming, past=past, today=day)


@bp.get("/places/<code>/calendar.ics")
@access(Access.PUBLIC)
def calendar_file(code: str) -> flask.Response:
    """The same for the reader's own calendar."""
    here = _find(code)
    return download(here.code, here.name, _lines(here))
