"""The host's page of a house style: two files in, what stands now, and taking it away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.house_style import actions, queries
from codesign.house_style.forms import HouseStyleForm, named
from codesign.panels.blueprint import HOST
from codesign.panels.host import find_place
from codesign.places.house_style import Style, style_of
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _
from codesign.web.uploads import takes_file

bp = Blueprint("house_style", __name__)


def _now(code: str) -> Style | None:
    document = queries.last_sent(db.session(), code)
    return style_of(document, "", b"") if document else None


@bp.route("/host/places/<code>/house-style", methods=["GET", "POST"])
@access(Access.HOST)
@takes_file
def keep(code: str) -> Any:
    """Give tokens, a logo, or both; what is not given stays."""
    before = _now(code)
    page = {"place": find_place(code), "style": before}
    form = HouseStyleForm()
    if request.method == "GET":
        return render_template("house_style/keep.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("house_style/keep.html", form, **page)
    if form.taken is None and form.picture is None:
        form.form_errors.append(_("Choose a file first."))
        return bad("house_style/keep.html", form, **page)
    before = before or Style("")
    tokens = before.tokens if form.taken is None else form.taken
    try:
        actions.send(
            db.session(), code, tokens, form.given() or before.logo, by=me().id, facts=HOST, now=now()
        )  # fmt: skip
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("house_style/keep.html", form, **page)
    if form.left_out:
        flash(_("Left out: %(names)s.", names=named(form.left_out)))
    flash(_("Saved. The record door gets it in a moment."))
    return redirect(url_for("house_style.keep", code=code), 303)


@bp.post("/host/places/<code>/house-style/take-away")
@access(Access.HOST)
def take_away(code: str) -> Any:
    """Back to the look of the library."""
    find_place(code)
    if _now(code) is not None:
        actions.send(db.session(), code, {}, None, by=me().id, facts=HOST, now=now())
        flash(_("Taken away. The public pages look like the library again."))
    return redirect(url_for("house_style.keep", code=code), 303)
