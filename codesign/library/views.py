"""The library on the record door: what was tried here and elsewhere, advice of elsewhere, what to read, the file."""

from __future__ import annotations

from datetime import date
from typing import Any

import flask
from flask import render_template, request

from codesign.cosigning.queries import names
from codesign.db import db
from codesign.documents.about import LICENCE, LICENCE_ADDRESS
from codesign.documents.domain import digest as digest_of
from codesign.documents.domain import short
from codesign.documents.render.words import words_in
from codesign.documents.views import DIGEST, JSON, NUMBER, PLACE
from codesign.indicators.domain import domain_codes, latest
from codesign.library import queries
from codesign.library.exporting import export, this_installation
from codesign.library.finding import COSTS, Asked
from codesign.library.labels import ACTORS, STANDS
from codesign.library.reading import reading_for
from codesign.library.shown import elsewhere as shown
from codesign.library.shown import indicators_of
from codesign.web.access import Access, access
from codesign.web.i18n import current_lang

bp = flask.Blueprint("library", __name__)
# The largest number of a row.
MOST = 2**31


@bp.record_once
def _words(state: Any) -> None:
    """What templates of other packages show of the library; macros see only globals."""
    state.app.jinja_env.globals.update(
        reading_for=reading_for, stands=STANDS, actor_words=lambda kind: str(ACTORS[kind]), whole_day=_whole_day
    )


def _whole_day(day: date) -> str:
    """A day with its year: what is dated here is read for years."""
    return words_in(current_lang()).day(day.isoformat())


@bp.get("/library")
@access(Access.PUBLIC)
def library() -> str:
    """Measures of all places, found by words, theme, indicator, kind of measure and state; the newest first."""
    themes = [(d.code, [(i.code, i.title(current_lang())) for i in d.indicators]) for d in latest().domains]
    codes = [code for _theme, indicators in themes for code, _title in indicators]
    asked = Asked.read(request.args, domain_codes(), codes)
    page = queries.measures(db.session(), asked.wanted)
    return render_template(
        "library/library.html", asked=asked, page=page, links=asked.links(page), themes=themes, costs=COSTS,
        actors=ACTORS, cosigned=names(db.session(), [m.advice.advice_id for m in page.items]),
    )  # fmt: skip


@bp.get("/library.json")
@access(Access.PUBLIC)
def download() -> flask.Response:
    """All public documents of this record in one file, for another installation or anybody else."""
    payload = export(db.session(), flask.current_app.config["SETTINGS"])
    reply = flask.Response(payload, mimetype=JSON)
    reply.headers["Content-Disposition"] = 'attachment; filename="library.json"'
    return _kept(reply, digest_of(payload))


@bp.get("/library/share")
@access(Access.PUBLIC)
def share() -> str:
    """What the file holds, under which licence, how to check it, and from where others shared with us."""
    return render_template(
        "library/share.html", origins=queries.origins(db.session()), licence=LICENCE, licence_address=LICENCE_ADDRESS,
        ours=this_installation(flask.current_app.config["SETTINGS"]),
    )  # fmt: skip


@bp.get("/library/reading")
@access(Access.PUBLIC)
def to_read() -> str:
    """The reading lists, theme by theme."""
    return render_template("library/reading.html", lists=[(code, reading_for(code)) for code in domain_codes()])


@bp.get("/library/<int:n>/<place>/<number>")
@access(Access.PUBLIC)
def elsewhere(n: int, place: str, number: str) -> str:
    """One advice of another installation: no clock, no answering, and its origin above everything."""
    entry = None
    if n < MOST and PLACE.fullmatch(place) and NUMBER.fullmatch(number):
        entry = queries.theirs(db.session(), n, place, number)
    if entry is None:
        flask.abort(404)
    found = shown(db.session(), entry)
    mine = current_lang()
    return render_template(
        "library/elsewhere.html", entry=entry, origin=entry.origin, x=found, d=found.document, short=short,
        w=words_in(mine), indicators=indicators_of(found.document), licence=LICENCE,
        passages=sorted(found.passages, key=lambda p: p["language"] != mine),
    )  # fmt: skip


@bp.get("/library/documents/<digest>.json")
@access(Access.PUBLIC)
def document(digest: str) -> flask.Response:
    """An imported document by its digest, as it came."""
    found = queries.imported(db.session(), digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        flask.abort(404)
    reply = flask.Response(found.stored, mimetype=JSON)
    reply.headers["Content-Disposition"] = f'inline; filename="{found.kind}-{digest[:12]}.json"'
    return _kept(reply, digest)


def _kept(reply: flask.Response, tag: str) -> flask.Response:
    """Caches may keep it, and ask again whether it is still the newest."""
    reply.set_etag(tag, weak=True)
    reply.cache_control.public = True
    reply.cache_control.max_age = 300
    reply.make_conditional(request)
    return reply
