"""The pages of organisations at the record door: their advice, signing along, and offering to take over a task."""

from __future__ import annotations

from typing import Any

import flask
from flask import redirect, render_template, request, url_for

from codesign.cosigning import actions, queries
from codesign.cosigning.exporting import beside, cosignatures
from codesign.cosigning.forms import OfferForm, SignForm
from codesign.db import db
from codesign.documents.domain import Json, digest, read
from codesign.documents.models import AdviceStatus
from codesign.documents.standing import state_of
from codesign.documents.views import standing, stored
from codesign.officials.models import OrganisationAccount
from codesign.officials.queries import organisation_by_id
from codesign.rules.states import AWAITING
from codesign.web.access import Access, Identity, access, me, who
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import LANGUAGES, _
from codesign.web.paging import page_number

bp = flask.Blueprint("cosigning", __name__)


@bp.record_once
def _beside(state: Any) -> None:
    """The bundle of an advice holds who stands behind it."""
    state.app.extensions["cosignatures"] = beside


def _organisation(identity: Identity) -> OrganisationAccount:
    found = organisation_by_id(db.session(), identity.id)
    if found is None:
        flask.abort(404)
    return found


def _mine(place: str, number: str) -> tuple[OrganisationAccount, AdviceStatus]:
    """The organisation and one advice to its place; another place's advice answers as one that is not there."""
    here = _organisation(me())
    if here.place_code != place:
        flask.abort(404)
    return here, standing(place, number)


@bp.get("/organisation")
@access(Access.ORGANISATION)
def home() -> str:
    """Advice to the place of this organisation: what it can sign, what it signed, what it offered."""
    here = _organisation(me())
    page = queries.mine(db.session(), here, page_number(request.args.get("page")))
    offered = queries.my_offers(db.session(), here.id, [advice.id for advice, _signed in page.items])
    return render_template(
        "cosigning/home.html", organisation=here, page=page, offered=offered,
        waits={advice.id for advice, _signed in page.items if state_of(advice) in AWAITING},
    )  # fmt: skip


@bp.get("/advice/<place>/<number>/co-sign")
@access(Access.PUBLIC)
def co_sign(place: str, number: str) -> Any:
    """Where the panel's link leads: organisations of the place sign here; everybody else reads what it means."""
    status = standing(place, number)
    identity = who()
    if identity is not None and identity.kind == "organisation":
        here = _organisation(identity)
        if here.place_code == place:
            return _sign_page(here, status, _sign_form(here, status))
    return render_template(
        "cosigning/what.html", status=status, waits=state_of(status) in AWAITING,
        cosigners=queries.cosigners(db.session(), status), kind=identity.kind if identity else None,
    )  # fmt: skip


def _sign_form(here: OrganisationAccount, status: AdviceStatus) -> SignForm:
    mine = queries.cosignature(db.session(), status.id, here.id)
    kept = {"language": _language(here), "seen": status.digest}
    if mine is not None and mine.taken_back_at is None:
        kept |= {"words": mine.words, "language": mine.language}
    return SignForm(data=kept)


def _language(here: OrganisationAccount) -> str:
    return here.language if here.language in LANGUAGES else "en"


def _sign_page(here: OrganisationAccount, status: AdviceStatus, form: SignForm, code: int = 200, **more: Any) -> Any:
    session = db.session()
    mine = queries.cosignature(session, status.id, here.id)
    document = read("advice", stored(status.digest))
    # What the page shows is what one signs; a refused form keeps the words and learns the newest version.
    form.seen.data = status.digest
    offered = queries.my_offers(session, here.id, [status.id]).get(status.id, [])
    page = render_template(
        "cosigning/co_sign.html", form=form, organisation=here, status=status, d=document,
        mine=mine if mine is not None and mine.taken_back_at is None else None,
        waits=state_of(status) in AWAITING, offered={o.recommendation: o for o in offered}, **more,
    )  # fmt: skip
    return page if code == 200 else (page, code)


@bp.get("/advice/<place>/<number>/co-signatures.json")
@access(Access.PUBLIC)
def as_data(place: str, number: str) -> flask.Response:
    """The same as open data."""
    written = cosignatures(db.session(), standing(place, number))
    reply = flask.Response(written, mimetype="application/json")
    reply.headers["Content-Disposition"] = f'inline; filename="co-signatures-{place}-{number}.json"'
    reply.set_etag(digest(written), weak=True)
    reply.cache_control.public = True
    reply.cache_control.no_cache = True
    reply.make_conditional(request)
    return reply


@bp.post("/advice/<place>/<number>/co-sign")
@access(Access.ORGANISATION)
def sign(place: str, number: str) -> Any:
    """Sign, or sign the corrected version, or change the words."""
    here, status = _mine(place, number)
    form = SignForm()
    if not form.validate_on_submit():
        return _sign_page(here, status, form, 422, corrected=form.seen.data != status.digest)
    try:
        actions.sign(
            db.session(), here, status, seen=form.seen.data or "", words=form.words.data, language=form.language.data,
            now=now(),
        )  # fmt: skip
    except actions.Corrected:
        return _sign_page(here, status, form, 409, corrected=True)
    flask.flash(_("Your organisation stands behind this advice. Everybody can read it."))
    return redirect(url_for("cosigning.co_sign", place=place, number=number), 303)


@bp.post("/advice/<place>/<number>/co-sign/take-back")
@access(Access.ORGANISATION)
def take_back(place: str, number: str) -> Any:
    """Stand behind it no longer."""
    here, status = _mine(place, number)
    actions.take_back_signature(db.session(), here, status, now=now())
    flask.flash(_("Your signature is taken back. Your words are gone."))
    return redirect(url_for("cosigning.co_sign", place=place, number=number), 303)


def _asked(status: AdviceStatus, n: int) -> tuple[Json, Json]:
    """The document and one of its recommendations; the same 404 for one it does not have."""
    document = read("advice", stored(status.digest))
    for found in document["recommendations"]:
        if found["number"] == n:
            return document, dict(found)
    flask.abort(404)


@bp.route("/advice/<place>/<number>/offer/<int:n>", methods=["GET", "POST"])
@access(Access.ORGANISATION)
def offer(place: str, number: str, n: int) -> Any:
    """What an organisation offers at one recommendation, and what it needs."""
    here, status = _mine(place, number)
    document, asked = _asked(status, n)
    mine = queries.offer(db.session(), status.id, n, here.id)
    mine = mine if mine is not None and mine.taken_back_at is None else None
    kept = {"language": _language(here)}
    if mine is not None:
        kept |= {"words": mine.words, "needs": mine.needs, "language": mine.language}
    form = OfferForm(data=kept)
    page = {
        "status": status, "d": document, "asked": asked, "n": n, "mine": mine, "waits": state_of(status) in AWAITING,
        "organisation": here,
    }  # fmt: skip
    if request.method == "GET":
        return render_template("cosigning/offer.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("cosigning/offer.html", form, **page)
    actions.make_offer(
        db.session(), here, status, n, words=form.words.data, needs=form.needs.data, language=form.language.data,
        now=now(),
    )  # fmt: skip
    flask.flash(_("Your offer is public now. The municipality must say something to it."))
    return redirect(url_for("cosigning.co_sign", place=place, number=number), 303)


@bp.post("/advice/<place>/<number>/offer/<int:n>/take-back")
@access(Access.ORGANISATION)
def take_back_offer(place: str, number: str, n: int) -> Any:
    """Offer it no longer."""
    here, status = _mine(place, number)
    _asked(status, n)
    actions.take_back_offer(db.session(), here, status, n, now=now())
    flask.flash(_("Your offer is taken back. Your words are gone."))
    return redirect(url_for("cosigning.co_sign", place=place, number=number), 303)
