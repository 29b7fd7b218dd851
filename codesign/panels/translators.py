"""The host's page of who translates for a place; the record keeps the list, the panel door reads it there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.panels import place
from codesign.panels.blueprint import HOST, bp
from codesign.panels.host import find_place
from codesign.panels.translator_forms import TranslatorsForm
from codesign.translators.queries import translators as known
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _


@bp.route("/host/places/<code>/translators", methods=["GET", "POST"])
@access(Access.HOST)
def translators(code: str) -> Any:
    """Name the people officials can ask to translate the plain words of an answer."""
    found = find_place(code)
    if request.method == "GET":
        lines = [f"{', '.join(p.languages)}; {p.name}; {p.mail}" for p in known(db.session(), code)]
        form = TranslatorsForm(data={"people": "\n".join(lines)})
        return render_template("panels/translators.html", form=form, place=found)
    form = TranslatorsForm()
    if not form.validate_on_submit():
        return bad("panels/translators.html", form, place=found)
    try:
        place.name_translators(db.session(), found, form.value(), by=me().id, facts=HOST, now=now())
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("panels/translators.html", form, place=found)
    flash(_("Saved. The record door gets it in a moment."))
    return redirect(url_for("panels.host"), 303)
