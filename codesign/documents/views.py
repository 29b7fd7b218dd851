"""Documents as files for everybody: the stored bytes, the PDF, the bundle, and the schemas; each kept by its digest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import flask
from sqlalchemy.orm import Session

from codesign.attachments import queries as attachments
from codesign.db import db
from codesign.documents import queries
from codesign.documents.about import Standing, archive
from codesign.documents.bundle import MOST_OF_FILES, pack
from codesign.documents.domain import VERSIONS, read, report_files, schema_file
from codesign.documents.domain import digest as digest_of
from codesign.documents.models import AdviceStatus, Kind
from codesign.documents.notices import address
from codesign.documents.render.files import docx, odt
from codesign.documents.render.keeping import both
from codesign.documents.render.leaflet import leaflet
from codesign.documents.render.pdf import pdf as drawn
from codesign.documents.summaries import short_versions
from codesign.places.models import Place
from codesign.places.queries import style as style_of
from codesign.web.access import Access, access

# What stands beside an advice in its bundle; `cosigning`, a higher package, says what that is.
Beside = Callable[[Session, AdviceStatus], bytes | None]

bp = flask.Blueprint("documents", __name__)
PLACE = re.compile(r"[a-z0-9-]{1,40}")
NUMBER = re.compile(r"20[0-9]{2}-[1-9][0-9]{0,4}")
DIGEST = re.compile(r"[0-9a-f]{64}")
JSON, ZIP, PDF = "application/json", "application/zip", "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPENDOCUMENT = "application/vnd.oasis.opendocument.text"


def find(place: str, number: str) -> AdviceStatus:
    """The advice with this number of this place, or 404; what cannot be a code is never asked of the database."""
    found = None
    if PLACE.fullmatch(place) and NUMBER.fullmatch(number):
        found = queries.advice_of(db.session(), place, number)
    if found is None:
        flask.abort(404)
    return found


def standing(place: str, number: str) -> AdviceStatus:
    """The same for files drawn from it: of an advice that was taken back there is only the page that says so."""
    found = find(place, number)
    if found.withdrawn_on is not None:
        flask.abort(flask.redirect(flask.url_for("pages.advice", place=place, number=number)))
    return found


def stored(digest: str) -> bytes:
    """The bytes of a document, or 404."""
    found = queries.stored(db.session(), [digest])
    if digest not in found:
        flask.abort(404)
    return found[digest]


@bp.get("/advice/<place>/<number>.json")
@access(Access.PUBLIC)
def advice_json(place: str, number: str) -> flask.Response:
    """The newest version of an advice, as it was sent."""
    status = standing(place, number)
    return _sent(stored(status.digest), JSON, status.digest, f"advice-{place}-{number}.json")


@bp.get("/advice/<place>/<number>.pdf")
@access(Access.PUBLIC)
def advice_pdf(place: str, number: str) -> flask.Response:
    """The same on paper."""
    status = standing(place, number)
    style = style_of(db.session(), place)
    made = drawn(stored(status.digest), style)
    return _sent(made, PDF, both(status.digest, style), f"advice-{place}-{number}.pdf")


@bp.get("/advice/<place>/<number>.docx")
@access(Access.PUBLIC)
def advice_docx(place: str, number: str) -> flask.Response:
    """The same for Word."""
    status = standing(place, number)
    style = style_of(db.session(), place)
    made = docx(stored(status.digest), style)
    return _sent(made, WORD, f"{both(status.digest, style)}-docx", f"advice-{place}-{number}.docx", attached=True)


@bp.get("/advice/<place>/<number>.odt")
@access(Access.PUBLIC)
def advice_odt(place: str, number: str) -> flask.Response:
    """The same for LibreOffice and others (OpenDocument)."""
    status = standing(place, number)
    style = style_of(db.session(), place)
    made = odt(stored(status.digest), style)
    return _sent(made, OPENDOCUMENT, f"{both(status.digest, style)}-odt", f"advice-{place}-{number}.odt", attached=True)


@bp.get("/advice/<place>/<number>/short-<language>.pdf")
@access(Access.PUBLIC)
def advice_leaflet(place: str, number: str, language: str) -> flask.Response:
    """The short version on one sheet, in one of its languages."""
    status = standing(place, number)
    document = read("advice", stored(status.digest))
    passages = short_versions(document, status.digest, queries.documents_about(db.session(), status.digest))
    short = next((p for p in passages if p["language"] == language), None)
    if short is None:
        flask.abort(404)
    made = leaflet(document, short, address(db.session(), status))
    return _sent(made, PDF, digest_of(made), f"advice-{place}-{number}-short-{language}.pdf")


@bp.get("/advice/<place>/<number>/bundle.zip")
@access(Access.PUBLIC)
def bundle(place: str, number: str) -> flask.Response:
    """The document, the releases it cites, the PDF and who co-signed: what `codesign verify` takes."""
    status = standing(place, number)
    document = stored(status.digest)
    releases = queries.stored(db.session(), read("advice", document)["annexes"]["releases"])
    beside: Beside = flask.current_app.extensions["cosignatures"]
    files = attachments.together(db.session(), report_files(read("advice", document)), MOST_OF_FILES)
    style = style_of(db.session(), place)
    packed = pack(
        number, status.digest, document, releases, drawn(document, style), beside(db.session(), status), files,
        style.stored if style else None,
    )  # fmt: skip
    return _sent(
        packed, ZIP, f"{status.digest}-{digest_of(packed)[:16]}", f"advice-{place}-{number}.zip", attached=True
    )


@bp.get("/advice/<place>/<number>/metadata.json")
@access(Access.PUBLIC)
def advice_metadata(place: str, number: str) -> flask.Response:
    """What archives want to know of an advice, also when it was taken back."""
    status = find(place, number)
    about = archive(read("advice", stored(status.digest)), standing_of(status), _files(status))
    written = json.dumps(about, ensure_ascii=False, indent=1).encode()
    return _sent(written, JSON, digest_of(written), f"advice-{place}-{number}-metadata.json")


def standing_of(status: AdviceStatus) -> Standing:
    """What stands outside of the document; the day of the answer is that of the place."""
    here = db.session().get(Place, status.place_code)
    assert here is not None
    answered = status.answered_at.astimezone(ZoneInfo(here.timezone)).date() if status.answered_at else None
    return Standing(status.digest, address(db.session(), status), answered, status.withdrawn_on)


def _files(status: AdviceStatus) -> dict[str, str]:
    """Kind and address of each file; of an advice that was taken back only those that never change."""
    base = address(db.session(), status)
    fixed = f"{base.partition('/advice/')[0]}/documents/{status.digest}"
    if status.withdrawn_on is not None:
        return {JSON: f"{fixed}.json", PDF: f"{fixed}.pdf"}
    return {
        "text/html": base, JSON: f"{base}.json", PDF: f"{base}.pdf", WORD: f"{base}.docx",
        OPENDOCUMENT: f"{base}.odt", ZIP: f"{base}/bundle.zip",
    }  # fmt: skip


@bp.get("/documents/<digest>.json")
@access(Access.PUBLIC)
def document(digest: str) -> flask.Response:
    """Any public document by its digest; its bytes never change."""
    if not DIGEST.fullmatch(digest):
        flask.abort(404)
    found = queries.document(db.session(), digest)
    if found is not None:
        return _sent(found.stored, JSON, digest, f"{found.kind.value}-{digest[:12]}.json")
    back = queries.withdrawal(db.session(), digest)
    if back is None:
        flask.abort(404)
    return _sent(back.stored, JSON, digest, f"withdrawal-{digest[:12]}.json")


@bp.get("/documents/<digest>.pdf")
@access(Access.PUBLIC)
def document_pdf(digest: str) -> flask.Response:
    """One version of an advice on paper, by its digest."""
    found = queries.document(db.session(), digest, Kind.ADVICE) if DIGEST.fullmatch(digest) else None
    if found is None:
        flask.abort(404)
    style = style_of(db.session(), found.place_code)
    made = drawn(found.stored, style)
    return _sent(made, PDF, both(digest, style), f"advice-{found.place_code}-{found.number}.pdf")


@bp.get("/schemas")
@access(Access.PUBLIC)
def schemas() -> str:
    """The kinds of documents and their schemas."""
    return flask.render_template("documents/schemas.html", kinds=[(k, f"{k}-{v}") for k, v in VERSIONS.items()])


@bp.get("/schemas/<name>.json")
@access(Access.PUBLIC)
def schema(name: str) -> flask.Response:
    """One schema, such as `advice-1`."""
    kind, _, version = name.rpartition("-")
    if kind not in VERSIONS or version != str(VERSIONS[kind]):
        flask.abort(404)
    reply = flask.Response(schema_file(kind).read_bytes(), mimetype="application/schema+json")
    return _kept(reply, f"{name}")


def _sent(content: bytes, mimetype: str, tag: str, name: str, attached: bool = False) -> flask.Response:
    reply = flask.Response(content, mimetype=mimetype)
    reply.headers["Content-Disposition"] = f'{"attachment" if attached else "inline"}; filename="{name}"'
    return _kept(reply, tag)


def _kept(reply: flask.Response, tag: str) -> flask.Response:
    """Caches may keep it, and ask again whether it is still the newest."""
    # Weak, because the same bytes may travel compressed.
    reply.set_etag(tag, weak=True)
    reply.cache_control.public = True
    reply.cache_control.max_age = 300
    reply.make_conditional(flask.request)
    return reply
