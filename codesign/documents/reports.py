"""The page of a report that an advice cites, and its file, for everybody."""

from __future__ import annotations

import re

import flask

from codesign.attachments import queries as attachments
from codesign.db import db
from codesign.documents.domain import Json, read
from codesign.documents.models import AdviceStatus
from codesign.documents.render.words import words_in
from codesign.documents.views import find, stored
from codesign.web.access import Access, access
from codesign.web.i18n import current_lang
from codesign.web.uploads import as_file

bp = flask.Blueprint("reports", __name__)
REPORT = re.compile(r"p[1-9][0-9]{0,2}")


def _report(place: str, number: str, name: str) -> tuple[AdviceStatus, Json, Json]:
    """The advice, its document, and the report in it; 404 for none, and for an advice that was taken back."""
    status = find(place, number)
    if status.withdrawn_on is not None or not REPORT.fullmatch(name):
        flask.abort(404)
    document = read("advice", stored(status.digest))
    report = next((r for r in document["elsewhere"].get("reports", []) if r["id"] == name), None)
    if report is None:
        flask.abort(404)
    return status, document, report


@bp.get("/advice/<place>/<number>/reports/<report>")
@access(Access.PUBLIC)
def report(place: str, number: str, report: str) -> str:
    """What a workshop or interviews found, as the advice tells it."""
    status, document, found = _report(place, number, report)
    file = found["file"]
    here = file is not None and bool(attachments.existing(db.session(), [file["digest"]]))
    return flask.render_template(
        "documents/report.html", status=status, d=document, report=found, file_is_here=here, w=words_in(current_lang())
    )


@bp.get("/advice/<place>/<number>/reports/<report>/file")
@access(Access.PUBLIC)
def file(place: str, number: str, report: str) -> flask.Response:
    """Its file, to keep: never opened as a page of this house."""
    _status, _document, found = _report(place, number, report)
    kept = attachments.attachment(db.session(), found["file"]["digest"]) if found["file"] else None
    if kept is None:
        flask.abort(404)
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[kept.media_type]
    reply = as_file(kept.content, kept.media_type, f"advice-{place}-{number}-{report}.{ending}")
    reply.set_etag(kept.digest)
    reply.headers["Cache-Control"] = "no-cache"
    reply.make_conditional(flask.request)
    return reply
